"""A websocket's connection at the real server, byte by byte: what a client library would never send."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from websockets.frames import Frame, Opcode

from running import RunningServer
from yobidashi.live.wire import encode_hello

SAID_S = 20.0
"""Within which the server says what it has to say."""


class Line:
    """A raw connection, upgraded or not."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, opcode: Opcode, payload: bytes, *, fin: bool = True, mask: bool = True) -> None:
        self.writer.write(Frame(opcode, payload, fin).serialize(mask=mask))

    async def frame(self) -> tuple[int, bytes]:
        """Read one frame of the server: opcode and payload."""
        async with asyncio.timeout(SAID_S):
            first, size = await self.reader.readexactly(2)
            assert not size & 0x80, "a server's frames are not masked"
            if size >= 126:
                size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8))
            return first & 0x0F, await self.reader.readexactly(size)

    async def close_code(self) -> int:
        """Read up to the server's close frame, and to the connection's end after it."""
        while True:
            opcode, payload = await self.frame()
            if opcode == Opcode.CLOSE:
                async with asyncio.timeout(SAID_S):
                    assert await self.reader.read() == b""
                return int.from_bytes(payload[:2])


@asynccontextmanager
async def line(server: RunningServer, request_line: str = "GET {path} HTTP/1.1", *changed: str) -> AsyncIterator[Line]:
    """Connect and ask for the fair's socket; ``changed`` headers take the place of those with their names."""
    where = urlsplit(f"{server.api}/live")
    headers = {
        "Host": where.netloc,
        "Upgrade": "websocket",
        "Connection": "keep-alive, Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    } | dict(header.split(": ") for header in changed)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        head = [request_line.format(path=where.path), *(f"{name}: {value}" for name, value in headers.items())]
        writer.write("\r\n".join([*head, "", ""]).encode())
        yield Line(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def opened(server: RunningServer) -> AsyncIterator[Line]:
    async with line(server) as connection:
        head = await connection.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 ")
        assert b"\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in head
        yield connection


@pytest.mark.parametrize(
    ("request_line", "header", "status"),
    [
        ("GET {path} HTTP/1.1", "Sec-WebSocket-Version: 8", 426),
        ("GET {path} HTTP/1.1", "Sec-WebSocket-Key: short", 400),
        ("POST {path} HTTP/1.1", "Content-Length: 0", 400),
    ],
)
async def test_a_request_that_cannot_become_a_websocket_is_told_why(
    server: RunningServer, request_line: str, header: str, status: int
) -> None:
    async with line(server, request_line, header) as connection, asyncio.timeout(SAID_S):
        answer = await connection.reader.read()
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\nconnection: close\r\n" in answer.lower()


async def test_a_hello_in_pieces_with_a_ping_between_them_is_a_hello(server: RunningServer) -> None:
    hello = encode_hello(None, 0)
    async with opened(server) as connection:
        connection.send(Opcode.BINARY, hello[:5], fin=False)
        connection.send(Opcode.PING, b"still there?")
        assert await connection.frame() == (Opcode.PONG, b"still there?")
        connection.send(Opcode.CONT, hello[5:])
        opcode, payload = await connection.frame()
        assert (opcode, payload[1:9]) == (Opcode.BINARY, b"\xa7welcome")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (Frame(Opcode.BINARY, b"hello").serialize(mask=False), 1002),
        (b"\xc2\x80\0\0\0\0", 1002),
        (b"\x82\xff" + struct.pack("!Q", 2**40), 1009),
        (Frame(Opcode.TEXT, b"\xff").serialize(mask=True), 1007),
        (Frame(Opcode.CLOSE, struct.pack("!H", 1000)).serialize(mask=True), 1000),
        (Frame(Opcode.CLOSE, struct.pack("!H", 1005)).serialize(mask=True), 1002),
    ],
    ids=["unmasked", "reserved bit", "too large", "no UTF-8", "goodbye", "forbidden code"],  # masks are random
)
async def test_bytes_that_break_the_protocol_end_the_connection_with_their_code(
    server: RunningServer, sent: bytes, code: int
) -> None:
    async with opened(server) as connection:
        connection.writer.write(sent)
        assert await connection.close_code() == code


async def test_a_connection_cut_in_the_middle_of_a_frame_leaves_the_hub(server: RunningServer) -> None:
    async with opened(server) as connection:
        connection.send(Opcode.BINARY, encode_hello(None, 0))
        await connection.frame()
        connection.writer.write(b"\x82\xfe")
        connection.writer.transport.abort()
    await server.command("issue", size=1, queues=["sapporo"])  # nobody trips over it
    async with opened(server) as connection:
        connection.send(Opcode.BINARY, encode_hello(None, 0))
        assert (await connection.frame())[0] == Opcode.BINARY
