"""What a page sends on its socket: masked frames taken apart and put together to messages (RFC 6455, section 5).

Pure: bytes in, messages out, and a `BadFrames` for everything that the standard forbids. A page says hello and nothing more,
so messages are small; whatever is larger is refused by its head, before it has come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from yobidashi.live.closing import REASON_MAX_BYTES

CONTROL_MAX_BYTES: Final = REASON_MAX_BYTES + 2
"""Of the payload of a ping, pong or close."""

FRAGMENTS_MAX: Final = 64
"""Pieces of one message; a hello comes in one."""

PROTOCOL_ERROR: Final = 1002
NOT_TEXT: Final = 1007
TOO_LARGE: Final = 1009
NO_STATUS: Final = 1005
"""Close codes of the standard; `NO_STATUS` stands for a close frame that names none."""

_SAYABLE: Final = frozenset({*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)})
"""Codes that may stand in a close frame (RFC 6455, section 7.4, and what IANA has added)."""


class Opcode(IntEnum):
    """What a frame is."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class BadFrames(ValueError):
    """What came breaks the protocol; the connection ends with ``code``."""

    def __init__(self, code: int, why: str) -> None:
        """Say with which close code, and why."""
        super().__init__(why)
        self.code = code
        self.why = why


@dataclass(frozen=True, slots=True)
class Received:
    """A whole message, ping, pong or close."""

    opcode: Opcode
    payload: bytes


class Incoming:
    """One connection's bytes on their way to messages."""

    __slots__ = ("_opcode", "_pieces", "_rest", "_size_max")

    def __init__(self, size_max: int) -> None:
        """Take messages of at most ``size_max`` bytes."""
        self._size_max = size_max
        self._rest = b""
        self._opcode: Opcode | None = None
        self._pieces: list[bytes] | None = None

    def take(self, data: bytes) -> Iterator[Received]:
        """Give what ``data`` completes, in order. Raises `BadFrames`; nothing may be taken after it, nor after a close."""
        self._rest += data
        while (found := self._frame()) is not None:
            opcode, final, payload = found
            if opcode >= Opcode.CLOSE:
                yield Received(opcode, payload)
            elif (whole := self._put_together(opcode, final, payload)) is not None:
                yield whole

    def _frame(self) -> tuple[Opcode, bool, bytes] | None:
        """Take the next frame off the bytes that came; None where it has not come whole."""
        data = self._rest
        if len(data) < 2:
            return None
        opcode, final = _kind(data[0])
        size, start = data[1] & 0x7F, 2
        if not data[1] & 0x80:
            raise BadFrames(PROTOCOL_ERROR, "a page's frames are masked")
        if opcode >= Opcode.CLOSE and (size > CONTROL_MAX_BYTES or not final):
            raise BadFrames(PROTOCOL_ERROR, "a control frame is small and whole")
        if size >= 126:
            start += 2 if size == 126 else 8
            if len(data) < start:
                return None
            size = int.from_bytes(data[2:start])
        if size > self._size_max:
            raise BadFrames(TOO_LARGE, f"expected at most {self._size_max} bytes")
        end = start + 4 + size
        if len(data) < end:
            return None
        self._rest = data[end:]
        return opcode, final, unmasked(data[start : start + 4], data[start + 4 : end])

    def _put_together(self, opcode: Opcode, final: bool, payload: bytes) -> Received | None:
        if (opcode is Opcode.CONTINUATION) is (self._pieces is None):
            raise BadFrames(PROTOCOL_ERROR, "a message begins once and goes on until its end")
        if final and self._pieces is None:
            return Received(opcode, payload)
        if self._pieces is None:
            self._opcode, self._pieces = opcode, []
        self._pieces.append(payload)
        if sum(map(len, self._pieces)) > self._size_max:
            raise BadFrames(TOO_LARGE, f"expected at most {self._size_max} bytes")
        if len(self._pieces) > FRAGMENTS_MAX:
            raise BadFrames(TOO_LARGE, "too many pieces")
        if not final:
            return None
        assert self._opcode is not None
        whole = Received(self._opcode, b"".join(self._pieces))
        self._opcode = self._pieces = None
        return whole


def _kind(first: int) -> tuple[Opcode, bool]:
    """Read a frame's first byte: what it is, and whether it is the last piece."""
    try:
        opcode = Opcode(first & 0x0F)
    except ValueError:
        raise BadFrames(PROTOCOL_ERROR, "unknown opcode") from None
    if first & 0x70:
        raise BadFrames(PROTOCOL_ERROR, "no extension was agreed on")
    return opcode, bool(first & 0x80)


def unmasked(mask: bytes, payload: bytes) -> bytes:
    """Take the mask off; it is put on by the same."""
    size = len(payload)
    whole = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload) ^ int.from_bytes(whole)).to_bytes(size)


def text_of(payload: bytes) -> str:
    """Read a text message. Raises `BadFrames`."""
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise BadFrames(NOT_TEXT, "text is UTF-8") from None


def close_of(payload: bytes) -> tuple[int, str]:
    """Read a close frame: its code, `NO_STATUS` where it names none, and its reason. Raises `BadFrames`."""
    if not payload:
        return NO_STATUS, ""
    code = int.from_bytes(payload[:2])
    if len(payload) < 2 or code not in _SAYABLE:
        raise BadFrames(PROTOCOL_ERROR, "no such close code")
    return code, text_of(payload[2:])
