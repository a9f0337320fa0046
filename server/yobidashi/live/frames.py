"""Websocket frames from server to client (RFC 6455, section 5.2): unmasked, unfragmented, uncompressed.

The hub builds a frame once for all its subscribers and writes it to their transports; nobody keeps state about what was sent.
Frames of one loop turn are joined; `split` takes them apart again for servers on which only whole messages can be sent.
"""

import struct
from collections.abc import Iterator
from typing import Final

_FINAL: Final = 0x80
_TEXT_FINAL: Final = 0x81
_BINARY_FINAL: Final = 0x82


def frame(payload: bytes) -> bytes:
    """Make a binary message of ``payload``."""
    return _head(_BINARY_FINAL, len(payload)) + payload


def text_frame(text: str) -> bytes:
    """Make a text message."""
    payload = text.encode()
    return _head(_TEXT_FINAL, len(payload)) + payload


def control_frame(opcode: int, payload: bytes) -> bytes:
    """Make a ping, pong or close, of at most 125 bytes."""
    return bytes((_FINAL | opcode, len(payload))) + payload


def _head(first: int, size: int) -> bytes:
    if size < 126:
        return bytes((first, size))
    if size < 65_536:
        return struct.pack("!BBH", first, 126, size)
    return struct.pack("!BBQ", first, 127, size)


def split(frames: bytes) -> Iterator[bytes]:
    """Give the payloads of joined frames that `frame` made."""
    at = 0
    while at < len(frames):
        size = frames[at + 1]
        at += 2
        if size == 126:
            (size,) = struct.unpack_from("!H", frames, at)
            at += 2
        elif size == 127:
            (size,) = struct.unpack_from("!Q", frames, at)
            at += 8
        yield frames[at : at + size]
        at += size
