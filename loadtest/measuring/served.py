"""The real server as a benchmark needs it: `yobidashi serve fair.toml`, no demonstration, with a fair in the middle of its day.

The first chief comes in by the printed link and enrols a screen, as on the day; its cookie opens the sockets. Queues are
filled by the project's own store on the same Redis.
"""

import asyncio
import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from measuring.machine import SERVER_CPU, children_of, pinned
from yobidashi.data_folder import DataFolder
from yobidashi.fair import load_fair
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue import masters
from yobidashi.queue.commands import COMMANDS
from yobidashi.queue.commands.command import Command
from yobidashi.queue.events import Event
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store

PIN: Final = "264813"
PREFIX: Final = "yobi"
NO_LIMITS: Final = dict.fromkeys(("YOBIDASHI_DEVICE_RATE", "YOBIDASHI_ADDRESS_RATE", "YOBIDASHI_ADDRESS_SOCKETS"), "0")
"""Ten thousand sockets of one screen at one address are no attack here."""


@dataclass(frozen=True, slots=True)
class Served:
    """One running server: its address, its processes, its Redis, and the cookie of an enrolled screen."""

    url: str
    fair: str
    """The fair's slug."""
    fair_file: Path
    pids: tuple[int, ...]
    """The server's processes, its own Redis left out."""
    redis_pid: int
    redis_socket: Path
    cookie: str
    """Of the screen."""
    chief_cookie: str
    chief_csrf: str

    @property
    def port(self) -> int:
        """The port it listens on."""
        port = urlsplit(self.url).port
        assert port is not None
        return port

    @property
    def headers(self) -> str:
        """What a screen's browser adds to the opening of a socket, as lines."""
        return f"Origin: {self.url}\r\nCookie: {self.cookie}\r\n"

    async def run(self, name: str, **arguments: Any) -> Event:
        """Do a command through the project's own store, as another process of the same deployment would."""
        store = self.store()
        try:
            return await store.run(self.fair, command(name, **arguments))
        finally:
            await store.close()

    def store(self) -> Store:
        """Give a store on this server's Redis; whoever asks closes it."""
        return Store(Pipeline(masters.connect(f"unix://{self.redis_socket}")), PREFIX)


@contextmanager
def served(*, cpu: int | None = SERVER_CPU, processes: int = 1, fair: Path = SAMPLE_FAIR) -> Iterator[Served]:
    """Run the server with sign-in, on one CPU, and end it afterwards; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="yobi-") as name:
        folder = Path(name)
        environment = {key: value for key, value in os.environ.items() if key not in {"HOST", "PORT", "REDIS_URL"}}
        environment |= {
            "YOBIDASHI_KEYS": str(folder / "keys"),
            "YOBIDASHI_DATA": str(folder / "data"),
            "YOBIDASHI_PREFIX": PREFIX,
            "YOBIDASHI_PROCESSES": str(processes),
        }
        command = [sys.executable, "-m", "yobidashi", "serve", str(fair), "--port", "0"]
        process = subprocess.Popen(
            pinned(command, cpu), env=environment | NO_LIMITS, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        try:
            url, link = _said(process)
            children = children_of(process.pid)
            redis = next(pid for pid, words in children.items() if "unixsocket" in words)
            workers = tuple(pid for pid in children if pid != redis) if processes > 1 else ()
            slug = load_fair(fair).slug
            come_in = asyncio.run(_come_in(url, slug, link))
            pids = (process.pid, *workers)
            yield Served(url, slug, fair, pids, redis, DataFolder(folder / "data").socket, *come_in)
        finally:
            process.terminate()
            process.wait()


def _said(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """Give the address and the token of the first link, which the server prints when it serves."""
    assert process.stdout is not None
    url = ""
    for line in process.stdout:
        address = re.search(r"http://[0-9.]+:\d+", line)
        url = url or (address[0] if address else "")
        if link := re.search(r"/set-up#(\S+)", line):
            return url, link[1]
    raise SystemExit("the server ended before it served")


async def _come_in(url: str, slug: str, link: str) -> tuple[str, str, str]:
    """Come in as the first chief, invite a screen, enrol it; gives the screen's cookie, and the chief's with its token."""
    api = f"{url}/api/fairs/{slug}"

    async def post(http: aiohttp.ClientSession, path: str, csrf: str = "", **arguments: Any) -> dict[str, Any]:
        headers = {"Origin": url, **({"x-csrf": csrf} if csrf else {})}
        body = {"command_id": secrets.token_hex(16), **arguments}
        async with http.post(api + path, json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            given: dict[str, Any] = await answer.json()
            return given

    def browser() -> aiohttp.ClientSession:
        return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async with browser() as chief, browser() as screen:
        made = await post(chief, "/set-up", token=link, person="見本 花子", pin=PIN, again=PIN)
        member, _, secret = made["badge"].partition("#")[2].partition(".")
        signed_in = await post(chief, "/sign-in", made["csrf"], badge={"id": member, "secret": secret}, pin=PIN)
        invited = await post(chief, "/devices/invite", signed_in["csrf"], kind="screen", label="計測")
        await post(screen, "/enrol", token=invited["url"].partition("#")[2])
        return _cookie_of(screen), _cookie_of(chief), signed_in["csrf"]


def _cookie_of(browser: aiohttp.ClientSession) -> str:
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in browser.cookie_jar)


def command(name: str, **arguments: Any) -> Command:
    """Make a command with an id of its own."""
    return COMMANDS[name].model_validate({"command_id": secrets.token_hex(16), **arguments})
