"""One websocket's life against the real server: how it is let in, and how it is sent away."""

import asyncio
import socket as sockets
from typing import Any
from urllib.parse import urlsplit

import msgpack
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from running import RunningServer
from yobidashi.live.board import Board
from yobidashi.live.wire import PROTOCOL, Beat, Told, decode_frame, encode_hello
from yobidashi.queue.events import Event
from yobidashi.replay.screen import Screen


async def closed(socket: ClientConnection) -> tuple[int, str]:
    """Read until the server closes; give code and reason."""
    with pytest.raises(ConnectionClosed) as caught:
        while True:
            await socket.recv()
    assert caught.value.rcvd is not None
    return caught.value.rcvd.code, caught.value.rcvd.reason


def live_url(server: RunningServer) -> str:
    return f"{server.api}/live".replace("http", "ws", 1)


async def relayed(server: RunningServer, offset: int) -> None:
    """Return once the hub has an event: a command is answered before it is relayed."""
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        board = Board()
        while board.offset < offset:
            found = decode_frame(await socket.recv(decode=False))
            if isinstance(found, Board):
                board = found
            elif isinstance(found, Event):
                board.apply(found)


async def test_a_new_page_gets_welcome_board_and_beat(server: RunningServer) -> None:
    issued = await server.command("issue", size=2, queues=["sapporo"])
    await relayed(server, issued["offset"])
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        frames = [decode_frame(await socket.recv(decode=False)) for _ in range(4)]
    # A guide comes with them where the steward has looked already.
    assert [type(frame) for frame in frames if not isinstance(frame, Told)][:3] == [Beat, Board, Beat]
    assert isinstance(frames[1], Board)
    assert frames[1].offset == 2


async def test_a_page_that_comes_back_gets_only_what_it_missed(server: RunningServer) -> None:
    first = await server.command("issue", size=2, queues=["sapporo"])
    called = await server.command("call-next", booth=1)
    await relayed(server, called["offset"])
    async with server.socket() as socket:
        await socket.send(encode_hello(first["epoch"], first["offset"]))
        frames = [decode_frame(await socket.recv(decode=False)) for _ in range(2)]
    assert isinstance(frames[1], Event)
    assert (frames[1].kind, frames[1].offset) == ("called", first["offset"] + 1)


@pytest.mark.parametrize(
    ("said", "code", "word"),
    [
        (b"\xc1garbage", 4501, "bad_hello"),
        (b"", 4501, "bad_hello"),
        (msgpack.packb(["hello", PROTOCOL, None]), 4501, "bad_hello"),
        (msgpack.packb({"hello": 1}), 4501, "bad_hello"),
        (msgpack.packb(["hello", PROTOCOL, None, -1]), 4501, "bad_hello"),
        (b"\x94\xa5hello" + b"x" * 2_000, 4501, "bad_hello"),
        ("hello", 4501, "bad_hello"),
        (msgpack.packb(["hello", PROTOCOL + 1, None, 0]), 4502, "unsupported_protocol"),
    ],
)
async def test_what_is_no_hello_is_sent_away(server: RunningServer, said: bytes | str, code: int, word: str) -> None:
    async with server.socket() as socket:
        await socket.send(said)
        got, reason = await closed(socket)
    assert (got, reason.split(":")[0]) == (code, word)
    assert len(reason) > len(word) + 5  # a sentence follows


async def test_a_hello_from_the_future_may_come_back_without_a_position(server: RunningServer) -> None:
    event = await server.command("issue", size=1, queues=["sapporo"])
    async with server.socket() as socket:
        await socket.send(encode_hello(event["epoch"], event["offset"] + 1_000))
        code, reason = await closed(socket)
    assert (code, reason.split(":")[0]) == (4002, "ahead")


async def test_a_page_sends_nothing_after_its_hello(server: RunningServer) -> None:
    for message in (b"\x91\xa5issue", "call-next"):
        async with server.socket() as socket:
            await socket.send(encode_hello(None, 0))
            await socket.send(message)
            assert (await closed(socket))[0] == 4500
    assert (await server.get("/board"))["offset"] == 1


async def test_an_unknown_fair_is_told(server: RunningServer) -> None:
    address = live_url(server).replace(server.fair, "nowhere")
    async with connect(address) as socket:
        assert (await closed(socket))[0] == 4503


async def test_a_socket_that_says_nothing_is_sent_away(server: RunningServer) -> None:
    async with server.socket() as socket:
        assert (await closed(socket))[0] == 4004


async def test_a_frame_too_large_ends_the_socket_and_nothing_else(server: RunningServer) -> None:
    async with server.socket() as socket:
        await socket.send(b"x" * 100_000)
        assert (await closed(socket))[0] == 1009
    await server.command("issue", size=1, queues=["sapporo"])


async def test_a_frozen_reader_harms_nobody(server: RunningServer) -> None:
    """A client that never reads: the others see everything, and it is left behind and dropped, not waited for."""
    frozen = await _frozen_reader(server)
    screen = Screen("beside", live_url(server))
    await screen.open()
    try:
        last = await _make_traffic(server, events=1_500)
        assert await screen.reached((last["epoch"], last["offset"]))
        assert screen.snapshots == 1
    finally:
        frozen.close()
        await screen.close()


async def _frozen_reader(server: RunningServer) -> sockets.socket:
    """Shake hands by hand on a socket with the smallest buffers, say hello, and read no more."""
    parts = urlsplit(live_url(server))
    assert parts.hostname is not None
    frozen = sockets.socket()
    frozen.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 2_048)
    frozen.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(frozen, (parts.hostname, parts.port))
    request = (
        f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    await loop.sock_sendall(frozen, request.encode())
    assert b"101" in await loop.sock_recv(frozen, 64)
    hello = encode_hello(None, 0)
    await loop.sock_sendall(frozen, bytes((0x82, 0x80 | len(hello), 0, 0, 0, 0)) + hello)  # mask of zeros
    return frozen


async def _make_traffic(server: RunningServer, events: int) -> dict[str, Any]:
    """Hold and restore tickets until there are more events than any socket's buffers hold."""
    await server.command("issue", size=1, queues=["sapporo"])
    answers: list[dict[str, Any]] = []
    for _ in range(events // 100):
        answers = await asyncio.gather(*(server.command("issue", size=1, queues=["otaru"]) for _ in range(100)))
    return max(answers, key=lambda answer: answer["offset"])
