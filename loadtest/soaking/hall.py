"""The machines of a soak: one Redis, two servers, the lines between them, and what of all that can be broken here."""

import asyncio
import re
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import aiohttp

from soaking.day import fair_of_today
from soaking.false_clock import FalseClock, NoFalseClock, false_clock
from soaking.island import HERE, THERE, Island, NoIsland, make_island
from soaking.lossy_line import LossyLine
from soaking.machine import Machine
from soaking.small_disk import NoSmallDisk, SmallDisk, mount
from yobidashi.embedded import find_binary

WELL_S: Final = 60.0
"""How long a server may take to be well again."""
LOOK_S: Final = 0.1


class NotWell(Exception):
    """A server does not come back; the text says which and what it said last."""


@dataclass
class Hall:
    """Everything that runs, and everything that can be broken; what cannot be broken here is in ``missing`` with its reason."""

    folder: Path
    redis: Machine
    line: LossyLine
    servers: list[Machine]
    urls: list[str]
    fair: Path
    island: Island | None = None
    disk: SmallDisk | None = None
    clock: FalseClock | None = None
    missing: list[str] = field(default_factory=list)

    async def first_link(self) -> str:
        """Give the token of the first chief's link: the newest holds, which the last server prints once it is ready."""
        async with asyncio.timeout(WELL_S):
            while not (found := re.search(r"/set-up#(\S+)", self.servers[-1].log.read_text("utf-8"))):  # noqa: ASYNC110
                await asyncio.sleep(LOOK_S)
        return found[1]

    async def until_well(self, of: Sequence[Machine] = (), seconds: float = WELL_S) -> None:
        """Wait until every server (or each ``of`` some) says that it is ready. Raises `NotWell`."""
        async with aiohttp.ClientSession() as http:
            for machine, url in zip(self.servers, self.urls, strict=True):
                if of and machine not in of:
                    continue
                try:
                    async with asyncio.timeout(seconds):
                        while not await _is_ready(http, url):  # noqa: ASYNC110 (asked over HTTP)
                            await asyncio.sleep(LOOK_S)
                except TimeoutError:
                    said = machine.log.read_text("utf-8")[-600:]
                    raise NotWell(f"{machine.name} is not ready after {seconds:.0f} s; it said last: {said}") from None


@asynccontextmanager
async def open_hall(folder: Path) -> AsyncIterator[Hall]:
    """Start everything in ``folder``, and end it all afterwards."""
    async with AsyncExitStack() as ending:
        missing: list[str] = []
        island = disk = clock = None
        try:
            island = await make_island()
            ending.push_async_callback(island.remove)
        except NoIsland as why:
            missing.append(str(why))
        try:
            disk = mount(folder / "data")
            ending.callback(disk.remove)
        except NoSmallDisk as why:
            missing.append(str(why))
            (folder / "data").mkdir()
        try:
            clock = false_clock(folder / "clock")
        except NoFalseClock as why:
            missing.append(str(why))
        redis = _redis(folder, clock)
        await redis.start()
        ending.push_async_callback(redis.stop)
        line = LossyLine(_port_in(redis))
        ending.push_async_callback(line.close)
        fair = fair_of_today(folder)
        hosts = ["127.0.0.1", THERE if island else "127.0.0.1"]
        servers, urls = [], []
        for number, host in enumerate(hosts, start=1):
            there = host == THERE
            to_redis = await line.listen(HERE if there else "127.0.0.1")
            port = _free_port()
            redis_url = f"redis://{HERE if there else '127.0.0.1'}:{to_redis}/0"
            settings = {
                "REDIS_URL": redis_url,
                "YOBIDASHI_KEYS": str(folder / "keys"),
                "YOBIDASHI_NAMES": host,
                "PYTHONUNBUFFERED": "1",
            }
            settings |= clock.settings if clock else {}
            command = [sys.executable, "-m", "yobidashi", "serve", str(fair), "--host", host, "--port", str(port)]
            prefix = island.prefix if there and island else ()
            server = Machine(f"server {number}", [*prefix, *command], settings, folder / f"server-{number}.log")
            servers.append(server)
            urls.append(f"http://{host}:{port}")
        hall = Hall(folder, redis, line, servers, urls, fair, island, disk, clock, missing)
        for server in servers:
            await server.start()
            ending.push_async_callback(server.stop)
            await hall.until_well(of=[server])
        yield hall


def _redis(folder: Path, clock: FalseClock | None) -> Machine:
    options = {
        "bind": "127.0.0.1",
        "port": str(_free_port()),
        "dir": str(folder / "data"),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
    }
    command: list[str | Path] = [
        find_binary(),
        *(word for name, value in options.items() for word in (f"--{name}", value)),
    ]
    return Machine("Redis", command, clock.settings if clock else {}, folder / "redis.log")


def _port_in(redis: Machine) -> int:
    words = [str(word) for word in redis.command]
    return int(words[words.index("--port") + 1])


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


async def _is_ready(http: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with http.get(f"{url}/readyz", timeout=aiohttp.ClientTimeout(2)) as response:
            return response.status == 200
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False
