"""What a page sends, taken apart: the same as what another implementation put together, and a close code for all that is forbidden."""

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame
from websockets.frames import Opcode as Theirs

from yobidashi.live.incoming import (
    FRAGMENTS_MAX,
    NO_STATUS,
    NOT_TEXT,
    PROTOCOL_ERROR,
    TOO_LARGE,
    BadFrames,
    Incoming,
    Opcode,
    Received,
    close_of,
    text_of,
)

SIZE_MAX = 4_096


def masked(opcode: int, payload: bytes, *, fin: bool = True) -> bytes:
    """A page's frame as the library `websockets` writes it, with a mask of its own choice."""
    return Frame(Theirs(opcode), payload, fin).serialize(mask=True)


def taken(*chunks: bytes) -> list[Received]:
    incoming = Incoming(SIZE_MAX)
    return [received for chunk in chunks for received in incoming.take(chunk)]


def refused(*chunks: bytes) -> int:
    with pytest.raises(BadFrames) as caught:
        taken(*chunks)
    return caught.value.code


messages = st.tuples(st.sampled_from([Opcode.TEXT, Opcode.BINARY]), st.binary(max_size=SIZE_MAX))
controls = st.tuples(st.sampled_from([Opcode.PING, Opcode.PONG]), st.binary(max_size=125))


@given(st.lists(messages | controls, max_size=6), st.randoms(use_true_random=False))
def test_messages_come_whole_however_they_were_cut(sent: list[tuple[Opcode, bytes]], dice: random.Random) -> None:
    """Messages in pieces, pings between the pieces, and all of it in chunks of any size."""
    stream, expected = b"", []
    for opcode, payload in sent:
        cut = dice.randrange(len(payload) + 1)
        if opcode in (Opcode.TEXT, Opcode.BINARY) and dice.random() < 0.5:
            stream += masked(opcode, payload[:cut], fin=False) + masked(Opcode.PING, b"between")
            stream += masked(Opcode.CONTINUATION, payload[cut:])
            expected += [Received(Opcode.PING, b"between"), Received(opcode, payload)]
        else:
            stream += masked(opcode, payload)
            expected.append(Received(opcode, payload))
    chunks = []
    while stream:
        size = dice.randrange(1, 2_000)
        chunks.append(stream[:size])
        stream = stream[size:]
    assert taken(*chunks) == expected


@pytest.mark.parametrize(
    ("chunk", "code"),
    [
        (Frame(Theirs.BINARY, b"hello").serialize(mask=False), PROTOCOL_ERROR),  # not masked
        (b"\xc2\x80\0\0\0\0", PROTOCOL_ERROR),  # RSV1, though nothing was agreed on
        (b"\x83\x80\0\0\0\0", PROTOCOL_ERROR),  # an opcode nobody knows
        (b"\x09\x80\0\0\0\0", PROTOCOL_ERROR),  # a ping in pieces
        (b"\x89\xfe\0\x7e", PROTOCOL_ERROR),  # a ping of 126 bytes
        (masked(Opcode.CONTINUATION, b"rest"), PROTOCOL_ERROR),  # of nothing
        (masked(Opcode.TEXT, b"a", fin=False) + masked(Opcode.TEXT, b"b"), PROTOCOL_ERROR),  # two begun
        (b"\x82\xfe" + struct.pack("!H", SIZE_MAX + 1), TOO_LARGE),  # by its head alone
        (b"\x82\xff" + struct.pack("!Q", 2**63), TOO_LARGE),
        (masked(Opcode.BINARY, b"a" * SIZE_MAX, fin=False) + masked(Opcode.CONTINUATION, b"b"), TOO_LARGE),
        (
            masked(Opcode.BINARY, b"", fin=False) + masked(Opcode.CONTINUATION, b"", fin=False) * FRAGMENTS_MAX,
            TOO_LARGE,
        ),
    ],
    ids=[  # masks are random, and every worker must know a test by the same name
        *("unmasked", "reserved bit", "unknown opcode", "ping in pieces", "long ping", "rest of nothing", "two begun"),
        *("too large", "far too large", "too large in pieces", "too many pieces"),
    ],
)
def test_what_the_standard_forbids_has_its_close_code(chunk: bytes, code: int) -> None:
    assert refused(chunk) == code


def test_a_close_frame_names_a_code_that_may_be_said_and_a_reason_in_utf_8() -> None:
    assert close_of(b"") == (NO_STATUS, "")
    assert close_of(struct.pack("!H", 4001) + "再起動".encode()) == (4001, "再起動")
    for payload, code in (
        (b"\x03", PROTOCOL_ERROR),
        (struct.pack("!H", 1005), PROTOCOL_ERROR),
        (struct.pack("!H", 999), PROTOCOL_ERROR),
        (struct.pack("!H", 1000) + b"\xff", NOT_TEXT),
    ):
        with pytest.raises(BadFrames) as caught:
            close_of(payload)
        assert caught.value.code == code
    with pytest.raises(BadFrames):
        text_of(b"\xed\xa0\x80")  # a surrogate
