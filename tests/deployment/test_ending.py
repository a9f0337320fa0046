"""How one server ends: what a load balancer, a page, a command and systemd see of it, in that order."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from running import Serving, address_in, serving
from yobidashi.live.closing import LEAVING
from yobidashi.live.wire import Beat, decode_frame, encode_hello
from yobidashi.replay.screen import Screen

ASKED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
OPENED = (
    b"GET /api/fairs/sapporo-2026/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)


class Systemd:
    """Hears what a service of type notify says."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.setblocking(False)

    async def told(self) -> str:
        """The next thing it is told."""
        return (await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self._socket, 100), 20)).decode()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    heard = Systemd(tmp_path / "notify")
    yield heard
    heard.close()


@asynccontextmanager
async def ending(redis_url: str, prefix: str, notice_s: int, **more: str) -> AsyncIterator[Serving]:
    """A demonstration that will give so much notice."""
    settings = {"REDIS_URL": redis_url, "YOBIDASHI_PREFIX": prefix, "YOBIDASHI_NOTICE": str(notice_s), **more}
    async with serving("--demonstration", "--port", "0", settings=settings) as server:
        yield server


async def test_it_takes_nobody_new_then_sends_its_pages_away_then_ends(
    redis_url: str, prefix: str, systemd: Systemd
) -> None:
    async with ending(redis_url, prefix, 3, NOTIFY_SOCKET=str(systemd.path)) as server, aiohttp.ClientSession() as http:
        url = address_in(server.said)
        assert await systemd.told() == "READY=1"
        async with connect(socket_of(url), ping_interval=None) as page:
            await page.send(encode_hello(None, 0))
            await heard_beat(page)
            async with http.get(f"{url}/readyz") as answer:
                assert (answer.status, answer.headers.get("Connection")) == (200, None)

            kept, asleep = await asyncio.open_connection(*place_of(url)), await asyncio.open_connection(*place_of(url))
            kept[1].write(ASKED)
            assert b"200 OK" in await kept[0].readuntil(b"}")
            asleep[1].write(OPENED)  # a page that answers no goodbye: the server waits for it a little
            assert b"101" in await asleep[0].readline()

            server.process.send_signal(signal.SIGTERM)
            assert await systemd.told() == "STOPPING=1"
            async with http.get(f"{url}/readyz") as answer:
                assert (answer.status, (await answer.json())["code"]) == (503, "draining")
            command = {"command_id": "0123456789abcdef", "size": 1, "queues": ["sapporo"]}
            async with http.post(f"{url}/api/fairs/sapporo-2026/issue", json=command) as answer:
                assert (answer.status, answer.headers["Connection"]) == (200, "close")
            await heard_beat(page)  # its pages are served as before

            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    await page.recv()
            assert closed.value.rcvd is not None
            assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (LEAVING.code, LEAVING.reason())
            with pytest.raises(aiohttp.ClientConnectorError):  # the listener was closed before
                await http.get(f"{url}/readyz")
            kept[1].write(ASKED)  # and what a load balancer keeps open, too: the pages must not come back by it
            with suppress(ConnectionError):
                assert await kept[0].read() == b""
        assert await asyncio.wait_for(server.process.wait(), 20) == 0
        for _, writer in (kept, asleep):
            writer.close()


async def test_ctrl_c_gives_no_notice(redis_url: str, prefix: str) -> None:
    async with ending(redis_url, prefix, 60) as server:
        server.process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(server.process.wait(), 30) == 0


async def test_processes_are_replaced_one_by_one_and_their_pages_go_to_the_others(redis_url: str, prefix: str) -> None:
    """By SIGUSR2, on one listener: there is no moment at which nobody serves."""
    async with ending(redis_url, prefix, 0, YOBIDASHI_PROCESSES="2") as server:
        url = address_in(server.said)
        before = children(server.process.pid)
        screens = [Screen(str(n), socket_of(url)) for n in range(6)]
        await asyncio.gather(*(screen.open() for screen in screens))
        server.process.send_signal(signal.SIGUSR2)
        async with aiohttp.ClientSession() as http:
            while before & children(server.process.pid):
                async with http.get(f"{url}/healthz") as answer:
                    assert answer.status == 200
            command = {"command_id": "0123456789abcdef", "size": 1, "queues": ["sapporo"]}
            async with http.post(f"{url}/api/fairs/sapporo-2026/issue", json=command) as answer:
                event = await answer.json()
        assert all([await screen.reached((event["epoch"], event["offset"])) for screen in screens])
        assert all(screen.opened >= 2 for screen in screens)
        assert all(screen.gaps == 0 for screen in screens)
        await asyncio.gather(*(screen.close() for screen in screens))


def children(pid: int) -> set[int]:
    """The server processes of one server, without what Python starts beside them."""
    found = set()
    for each in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended since
            if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes():
                found.add(each)
    return found


async def heard_beat(page: ClientConnection) -> None:
    """Wait for the next beat."""
    while not isinstance(decode_frame(await page.recv(decode=False)), Beat):
        pass


def place_of(url: str) -> tuple[str, int]:
    """Give address and port."""
    host, _, port = url.removeprefix("http://").partition(":")
    return host, int(port)


def socket_of(url: str) -> str:
    """Give the address of the sample fair's socket."""
    return f"{url.replace('http', 'ws', 1)}/api/fairs/sapporo-2026/live"
