"""What writing past a transport rests on: its descriptor is its own until it has said that the connection is lost."""

import asyncio
import os
import socket
import struct
from collections.abc import Callable
from typing import cast

import pytest
import uvloop

WAIT_S = 20.0


class Watched(asyncio.Protocol):
    """Looks, at its end, whether its descriptor is still the socket it was."""

    def __init__(self, ended: "asyncio.Queue[bool]") -> None:
        self.ended = ended

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.descriptor = transport.get_extra_info("socket").fileno()
        self.inode = os.fstat(self.descriptor).st_ino

    def data_received(self, data: bytes) -> None:
        if data == b"close":
            self.transport.close()
        elif data == b"abort":
            self.transport.abort()
            self.transport.write(b"said to nobody")

    def connection_lost(self, exc: Exception | None) -> None:
        try:
            self.ended.put_nowait(os.fstat(self.descriptor).st_ino == self.inode)
        except OSError:
            self.ended.put_nowait(False)


def end_hard(page: socket.socket) -> None:
    page.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    page.close()


@pytest.mark.parametrize("loop", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
@pytest.mark.parametrize(
    "end",
    [socket.socket.close, end_hard, lambda page: page.send(b"close"), lambda page: page.send(b"abort")],
    ids=["the-page-ends", "the-page-is-gone", "the-server-ends", "the-server-aborts"],
)
def test_a_descriptor_is_its_sockets_until_the_connection_is_lost(
    loop: Callable[[], asyncio.AbstractEventLoop], end: Callable[[socket.socket], object]
) -> None:
    async def visit() -> None:
        ended: asyncio.Queue[bool] = asyncio.Queue()
        server = await asyncio.get_running_loop().create_server(lambda: Watched(ended), "127.0.0.1", 0)
        async with server:
            pages = [socket.create_connection(server.sockets[0].getsockname()) for _ in range(20)]
            for page in pages:
                end(page)
            async with asyncio.timeout(WAIT_S):
                assert all([await ended.get() for _ in pages])
        for page in pages:
            page.close()

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(visit())
