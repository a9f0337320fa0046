"""A real server in a process of its own, as `yobidashi serve` starts it, and how a test talks to it."""

import asyncio
import os
import re
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from yobidashi.live.wire import Beat, decode_frame, encode_hello

READY_S: Final = 30.0
"""How long a server may take until it prints its address."""


class Refused(Exception):
    """The server refused a command; `status`, `code` and the whole answer."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(f"{status} {answer}")
        self.status = status
        self.code: str = answer["code"]
        self.answer = answer


class RunningServer:
    """One `yobidashi serve`, its address and its sample fair."""

    def __init__(
        self, process: asyncio.subprocess.Process, url: str, fair: str, prefix: str, http: aiohttp.ClientSession
    ) -> None:
        self.process = process
        self.url = url
        self.fair = fair
        self.prefix = prefix
        self.http = http

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
            return answer

    async def try_command(self, name: str, **arguments: Any) -> bool:
        """Do a command; False where it is refused."""
        try:
            await self.command(name, **arguments)
        except Refused:
            return False
        return True

    async def get(self, path: str) -> dict[str, Any]:
        """Read ``path`` below the fair's API address as JSON."""
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
        if self.process.returncode is None:
            self.process.send_signal(how)
        return await asyncio.wait_for(self.process.wait(), 20)


@asynccontextmanager
async def running_server(
    *options: str, redis_url: str | None = None, data: Path | None = None, prefix: str = "yobi", port: int = 0
) -> AsyncIterator[RunningServer]:
    """Start a demonstration server with the sample fair (or ``options``), and end it afterwards."""
    environment = {k: v for k, v in os.environ.items() if k not in {"REDIS_URL", "HOST", "PORT"}}
    environment |= {"YOBIDASHI_PREFIX": prefix, "PYTHONUNBUFFERED": "1"}
    if redis_url:
        environment["REDIS_URL"] = redis_url
    if data:
        environment["YOBIDASHI_DATA"] = str(data)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "yobidashi", "serve", "--demonstration", "--port", str(port), *options),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    try:
        url = await asyncio.wait_for(_address(process.stdout), READY_S)
        drain = asyncio.create_task(process.stdout.read())  # a full pipe would stop the server
        # Connections are given up before the server gives them up, so that none is cut under a command.
        connector = aiohttp.TCPConnector(keepalive_timeout=30)
        async with aiohttp.ClientSession(connector=connector) as http:
            async with http.get(f"{url}/api/fairs") as response:
                fair = (await response.json())["fairs"][0]["slug"]
            server = RunningServer(process, url, fair, prefix, http)
            await wait_until_live(server)
            yield server
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
    await drain


async def _address(output: asyncio.StreamReader) -> str:
    seen = b""
    while line := await output.readline():
        seen += line
        if found := re.search(rb"http://[0-9.]+:\d+", line):
            return found[0].decode()
    raise AssertionError(f"the server ended without an address:\n{seen.decode()}")


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
