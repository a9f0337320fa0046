"""One websocket of the fair, read as it comes: RFC 6455 as far as a page of this project needs it, over a plain socket.

A hall of thousands of pages stands in one process here, and what is to be measured is the server: so nothing is done that a page
does not need. Under Locust the socket is gevent's; in a test it is Python's.
"""

import contextlib
import secrets
import socket
import struct
from collections.abc import Iterator, Mapping
from typing import Final

READ_BYTES: Final = 65_536
"""Bytes taken off the socket at a time."""

OPEN_S: Final = 20.0
"""Seconds that a connection and its handshake may take; a storm of thousands on two cores takes a few."""

SILENCE_S: Final = 10.0
"""Seconds without any frame after which a page gives its socket up (`STALE_S` of live/wire.py)."""

HEAD_MAX_BYTES: Final = 8_192
"""A longer answer to the handshake is not this server's."""

BINARY, CLOSE, PING, PONG = 0x82, 0x88, 0x89, 0x8A
"""First bytes of whole messages."""

ABNORMAL: Final = 1006
"""The code of a connection that ended without a close frame."""


class Closed(Exception):
    """The connection has ended; ``code`` is that of the close frame, or `ABNORMAL`."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Listening:
    """One open websocket."""

    def __init__(self, address: tuple[str, int], path: str, headers: Mapping[str, str]) -> None:
        """Connect and shake hands. Raises `OSError` where nobody answers, `Closed` where the answer is no."""
        self._buffer = b""
        self._socket = socket.create_connection(address, OPEN_S)
        try:
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._shake(address, path, headers)
            self._socket.settimeout(SILENCE_S)
        except BaseException:
            self._socket.close()
            raise

    def _shake(self, address: tuple[str, int], path: str, headers: Mapping[str, str]) -> None:
        lines = {
            "Host": f"{address[0]}:{address[1]}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version": "13",
            **headers,
        }
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self._socket.sendall(f"GET {path} HTTP/1.1\r\n{text}\r\n".encode())
        while b"\r\n\r\n" not in self._buffer:
            self._fill()
            if len(self._buffer) > HEAD_MAX_BYTES:
                raise Closed(ABNORMAL)
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        if b" 101 " not in head.partition(b"\r\n")[0]:
            raise Closed(ABNORMAL)

    def send(self, message: bytes) -> None:
        """Send one binary message of fewer than 126 bytes: a page says hello and nothing else."""
        self._send(BINARY, message)

    def frames(self) -> Iterator[bytes]:
        """Give every binary message until the connection ends. Raises `Closed`; `OSError` after `SILENCE_S` or a reset."""
        while True:
            while (taken := self._next()) is None:
                self._fill()
            kind, payload = taken
            if kind == BINARY:
                yield payload
            elif kind == PING:
                self._send(PONG, payload)
            elif kind == CLOSE:
                raise Closed(int.from_bytes(payload[:2]) if len(payload) > 1 else ABNORMAL)

    def close(self) -> None:
        """Leave as a page does that is closed."""
        with contextlib.suppress(OSError):  # it is gone already
            self._send(CLOSE, (1001).to_bytes(2))
        self._socket.close()

    def cut(self) -> None:
        """Leave without a word, as when the Wi-Fi goes: the connection is reset."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def _send(self, kind: int, payload: bytes) -> None:
        mask = secrets.token_bytes(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self._socket.sendall(bytes((kind, 0x80 | len(payload))) + mask + masked)

    def _fill(self) -> None:
        data = self._socket.recv(READ_BYTES)
        if not data:
            raise Closed(ABNORMAL)
        self._buffer += data

    def _next(self) -> tuple[int, bytes] | None:
        """Take one whole frame off the buffer: its first byte and its payload. The server does not split messages."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1], 2
        if size == 126:
            size, start = int.from_bytes(buffer[2:4]), 4
        elif size == 127:
            size, start = int.from_bytes(buffer[2:10]), 10
        if len(buffer) < start + size:
            return None
        self._buffer = buffer[start + size :]
        return buffer[0], buffer[start : start + size]
