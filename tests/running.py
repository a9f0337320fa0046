"""A real server in a process of its own, as `yobidashi serve` starts it but for the imports (`warm_start`), and how a test talks to it."""

import asyncio
import os
import re
import secrets
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from warm_start import WarmProcess, start_warm
from yobidashi.live.wire import Beat, decode_frame, encode_hello

READY_S: Final = 60.0
"""How long a server may take until it prints its address; on a machine that is busy with much else."""

ENDS_S: Final = 60.0
"""How long it may take to end, likewise; how long it should take, a test says where it is the subject."""

NOT_PASSED_ON: Final = {"REDIS_URL", "HOST", "PORT", "PYTHONDONTWRITEBYTECODE"}
"""Nobody's settings; and each server compiles the package but once, as an installed one."""


class Refused(Exception):
    """The server refused a command; `status`, `code` and the whole answer."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(f"{status} {answer}")
        self.status = status
        self.code: str = answer["code"]
        self.answer = answer


class RunningServer:
    """One `yobidashi serve`, its address and its sample fair."""

    def __init__(self, process: WarmProcess, url: str, fair: str, prefix: str, http: aiohttp.ClientSession) -> None:
        self.process = process
        self.url = url
        self.fair = fair
        self.prefix = prefix
        self.http = http
        self._top = (0, 0)
        """(epoch, offset) of the newest event that a command gave here."""

    @property
    def api(self) -> str:
        return f"{self.url}/api/fairs/{self.fair}"

    async def command(self, name: str, *, command_id: str | None = None, **arguments: Any) -> dict[str, Any]:
        """Do a command; gives its event or raises `Refused`."""
        body = {"command_id": command_id or secrets.token_hex(16), **arguments}
        async with self.http.post(f"{self.api}/{name}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            if response.status != 200:
                raise Refused(response.status, answer)
        self._top = max(self._top, (answer.get("epoch", 0), answer.get("offset", 0)))
        return answer

    async def try_command(self, name: str, **arguments: Any) -> bool:
        """Do a command; False where it is refused."""
        try:
            await self.command(name, **arguments)
        except Refused:
            return False
        return True

    async def get(self, path: str) -> dict[str, Any]:
        """Read ``path`` below the fair's API address as JSON; a board with what was commanded here before.

        A command is answered when Redis has it. The server's own board hears of it a moment later.
        """
        while True:
            answer = await self._read(path)
            if path != "/board" or (answer["epoch"], answer["offset"]) >= self._top:
                return answer

    async def _read(self, path: str) -> dict[str, Any]:
        async with self.http.get(self.api + path) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer

    @asynccontextmanager
    async def socket(self) -> AsyncIterator[ClientConnection]:
        """Open the fair's websocket; the test says hello itself."""
        address = f"{self.api}/live".replace("http", "ws", 1)
        async with connect(address, max_size=None, open_timeout=20, ping_interval=None) as socket:
            yield socket

    async def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """End the server and give its exit status."""
        self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), ENDS_S)


@asynccontextmanager
async def running_server(
    *options: str,
    redis_url: str | None = None,
    data: Path | None = None,
    prefix: str = "yobi",
    port: int = 0,
    guide_s: float = 5,
) -> AsyncIterator[RunningServer]:
    """Start a demonstration server with the sample fair (or ``options``), and end it afterwards."""
    settings = {"YOBIDASHI_PREFIX": prefix, "YOBIDASHI_GUIDE": str(guide_s)}
    if redis_url:
        settings["REDIS_URL"] = redis_url
    if data:
        settings["YOBIDASHI_DATA"] = str(data)
    async with serving("--demonstration", "--port", str(port), *options, settings=settings) as serving_now:
        url = address_in(serving_now.said)
        # Connections are given up before the server gives them up, so that none is cut under a command.
        connector = aiohttp.TCPConnector(keepalive_timeout=30)
        async with aiohttp.ClientSession(connector=connector) as http:
            async with http.get(f"{url}/api/fairs") as response:
                fair = (await response.json())["fairs"][0]["slug"]
            server = RunningServer(serving_now.process, url, fair, prefix, http)
            await wait_until_live(server)
            yield server


@dataclass
class Serving:
    """A `yobidashi serve` that is ready."""

    process: WarmProcess
    said: str
    """What it said until it was ready."""
    said_since: bytearray
    """What it has said from then on, its log included."""


@asynccontextmanager
async def serving(*options: str, settings: Mapping[str, str]) -> AsyncIterator[Serving]:
    """Start `yobidashi serve`, and end it afterwards."""
    environment = {k: v for k, v in os.environ.items() if k not in NOT_PASSED_ON}
    process = await start_warm("serve", *options, environment=environment | dict(settings))
    try:
        said = await asyncio.wait_for(_until_ready(process.said), READY_S)
        said_since = bytearray()
        drain = asyncio.create_task(_drain(process.said, said_since))  # a full pipe would stop the server
        yield Serving(process, said, said_since)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()
    await drain


async def _drain(output: asyncio.StreamReader, into: bytearray) -> None:
    while chunk := await output.read(65_536):
        into += chunk


async def _until_ready(output: asyncio.StreamReader) -> str:
    seen = ""
    while line := (await output.readline()).decode():
        seen += line
        if "Ctrl-C" in line:
            return seen
    raise AssertionError(f"the server ended before it was ready:\n{seen}")


def address_in(said: str) -> str:
    """Give the server's first address in what it said."""
    found = re.search(r"http://[0-9.]+:\d+", said)
    assert found is not None, said
    return found[0]


async def wait_until_live(server: RunningServer) -> None:
    """Wait until the server has its fair's board from Redis: its own page says so."""
    async with asyncio.timeout(READY_S):
        while not await _is_live(server):
            pass


async def _is_live(server: RunningServer) -> bool:
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        try:
            async for frame in socket:
                assert isinstance(frame, bytes)
                found = decode_frame(frame)
                if isinstance(found, Beat) and found.epoch:
                    return found.live
        except ConnectionClosed:
            pass
        return False
