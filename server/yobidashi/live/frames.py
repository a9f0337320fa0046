"""Websocket frames from server to client (RFC 6455, section 5.2): unmasked, unfragmented, uncompressed, binary.

The hub builds a frame once for all its subscribers and writes it past the protocol's state machine, which keeps no state
about data frames that it did not send. Frames of one loop turn are joined; `split` takes them apart again for servers on
which only whole messages can be sent.
"""

import struct
from collections.abc import Iterator
from typing import Final

_BINARY_FINAL: Final = 0x82


def frame(payload: bytes) -> bytes:
    """Make a binary message of ``payload``."""
    size = len(payload)
    if size < 126:
        return bytes((_BINARY_FINAL, size)) + payload
    if size < 65_536:
        return struct.pack("!BBH", _BINARY_FINAL, 126, size) + payload
    return struct.pack("!BBQ", _BINARY_FINAL, 127, size) + payload


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
