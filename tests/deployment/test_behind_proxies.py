"""Two real servers behind nginx, and behind Caddy, by the configurations of `docker/`: TLS, addresses, and one restart after the other."""

import asyncio
import json
import os
import secrets
import shutil
import signal
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.abc import AbstractResolver, ResolveResult
from redis import Redis
from websockets.asyncio.client import connect

from card_samples import written
from deployment.proxies import NAME, Front, front
from future_fair import future_fair
from real import Client, RealServer, set_up
from running import Refused, Serving, serving
from yobidashi.fair import load_fair
from yobidashi.live.board import Board
from yobidashi.live.wire import decode_frame, encode_hello
from yobidashi.staff.keys import StaffKeys

ADDRESSES: Final = ("127.0.0.11", "127.0.0.12")
QUEUE: Final = "sapporo"
PAGES, WORKERS = 16, 3
"""As many pages as one screen may have open at one server, and receptionists who issue without a pause."""
FORGED: Final = "203.0.113.9"


class OnlyHere(AbstractResolver):
    """Leads every name to this machine."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = {"hostname": host, "host": "127.0.0.1", "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
        return [ResolveResult(**found)]  # type: ignore[typeddict-item]

    async def close(self) -> None:
        """Nothing is held."""


class Deployment(RealServer):
    """Two servers of one fair; who comes, comes through a proxy by its name."""

    def __init__(self, folder: Path, redis_url: str, fair: Path, clients: AsyncExitStack) -> None:
        self.prefix, self.keys, self.fair = f"t{secrets.token_hex(6)}", folder / "keys", load_fair(fair).slug
        self.port = free_port()
        self._settings = {
            "REDIS_URL": redis_url,
            "YOBIDASHI_PREFIX": self.prefix,
            "YOBIDASHI_KEYS": str(self.keys),
            "YOBIDASHI_NAMES": NAME,
            "YOBIDASHI_NOTICE": "0.5",
        }
        self._file = fair
        self._servers: dict[str, tuple[AsyncExitStack, Serving]] = {}
        self._clients = clients
        self._by_role: dict[tuple[str, int | None], Client] = {}
        self.fronts: AsyncExitStack
        self.front: Front

    async def start(self, address: str) -> Serving:
        """Start the server on ``address``."""
        stack = AsyncExitStack()
        options = (str(self._file), "--host", address, "--port", str(self.port))
        started = await stack.enter_async_context(serving(*options, settings=self._settings))
        self._servers[address] = stack, started
        return started

    async def end(self, address: str) -> tuple[int | None, str]:
        """End the server on ``address`` as systemd and container engines do; its exit status, and what it complained of."""
        stack, started = self._servers.pop(address)
        started.process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(started.process.wait(), 20)
        await stack.aclose()
        return started.process.returncode, started.said_since.decode()

    async def close(self) -> None:
        """End what still runs."""
        for address in list(self._servers):
            await self.end(address)

    def behind(self, proxy: Front) -> None:
        """Let everybody come through this proxy from now on."""
        self.front, self.url = proxy, proxy.url

    async def client(self, address: str = "127.0.0.1") -> Client:
        """Give a browser that nobody knows yet, on the machine ``address``."""
        connector = aiohttp.TCPConnector(
            resolver=OnlyHere(), ssl=trusting(self.front), local_addr=(address, 0), keepalive_timeout=10
        )
        http = await self._clients.enter_async_context(aiohttp.ClientSession(connector=connector))
        return Client(self.url, self.fair, http)


def free_port() -> int:
    """Give a port that is free at every one of the addresses."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def trusting(proxy: Front) -> ssl.SSLContext:
    """Trust the proxy's authority and no other, as a handheld of the hall."""
    return ssl.create_default_context(cafile=str(proxy.roots))


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return future_fair(tmp_path_factory.mktemp("fair"))


@pytest_asyncio.fixture(scope="module")
async def servers(redis_url: str, fair: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Deployment]:
    """Both servers; who has come in through one proxy is known through the other."""
    async with AsyncExitStack() as fronts, AsyncExitStack() as clients:
        deployment = Deployment(tmp_path_factory.mktemp("servers"), redis_url, fair, clients)
        deployment.fronts = fronts
        for address in ADDRESSES:
            deployment.serving = await deployment.start(
                address
            )  # of the links for the first chief, the last one counts
        yield deployment
        await deployment.close()


@pytest_asyncio.fixture(scope="module", params=["nginx", "caddy"])
async def deployment(
    request: pytest.FixtureRequest, servers: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Deployment:
    """The servers behind one proxy, and a chief who came in through it."""
    ports = free_port(), free_port()
    folder = tmp_path_factory.mktemp(request.param)
    # The one before stays: the chief is known there, and lets the devices of the next in.
    proxy = front(request.param, dict.fromkeys(ADDRESSES, servers.port), ports, folder)
    servers.behind(await servers.fronts.enter_async_context(proxy))
    if not hasattr(servers, "chief"):
        servers.chief = await set_up(servers)
    else:
        servers.chief = await moved(servers, servers.chief)
    return servers


async def test_who_comes_in_through_the_proxy_is_known_by_a_secure_cookie(deployment: Deployment) -> None:
    """The proxy's name, TLS and Origin hold together; else the chief could not have signed in."""
    cookies = list(deployment.chief.http.cookie_jar)
    assert cookies
    assert all(cookie["secure"] and cookie["httponly"] for cookie in cookies)
    status, page = await deployment.chief.page("/staff")
    assert status == 200
    assert page.startswith("<!doctype html>")


async def test_under_a_name_it_was_not_told_the_server_answers_nothing(deployment: Deployment) -> None:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=OnlyHere())) as http:
        address = f"http://{ADDRESSES[0]}:{deployment.port}/"
        for host, status in ((NAME, 200), ("elsewhere.example.jp", 421)):
            async with http.get(address, headers={"Host": host}) as answer:
                assert answer.status == status, host


async def test_a_screen_hears_the_fair_through_the_proxy(deployment: Deployment) -> None:
    screen = await deployment.device("screen")
    headers = {"Origin": deployment.url, "Cookie": cookies_of(screen)}
    address = f"{screen.api}/live".replace("https", "wss", 1)
    async with connect(
        address,
        host="127.0.0.1",
        port=deployment.front.https,
        ssl=trusting(deployment.front),
        additional_headers=headers,
    ) as page:
        await page.send(encode_hello(None, 0))
        while not isinstance(frame := decode_frame(await page.recv(decode=False)), Board):
            pass
        assert frame.epoch


async def test_the_server_sees_who_asks_and_believes_nobody_else_about_it(
    deployment: Deployment, redis_url: str
) -> None:
    """What an enrolment that fails is counted under."""
    nth = 1 + ["nginx", "caddy"].index(deployment.front.kind)
    near, far = f"127.0.2.{nth}", f"127.0.3.{nth}"
    through = await deployment.client(near)
    directly = Client(f"http://{ADDRESSES[0]}:{deployment.port}", deployment.fair, (await deployment.client(far)).http)
    for asker in (through, directly):
        asker.http.headers.update({"X-Forwarded-For": FORGED, "Forwarded": f"for={FORGED}"})
        with pytest.raises(Refused):
            await asker.enrol("A" * 22)
    keys = StaffKeys(deployment.prefix, deployment.fair)
    with Redis.from_url(redis_url) as redis:
        counted = {seen: redis.exists(keys.enrolments_from(seen)) for seen in (near, far, FORGED, "127.0.0.1")}
    assert counted == {near: 1, far: 1, FORGED: 0, "127.0.0.1": 0}


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")
async def test_one_server_after_the_other_is_restarted_and_nobody_loses_anything(deployment: Deployment) -> None:
    reception, screen = await deployment.as_role("reception"), await deployment.device("screen")
    reception = await moved(deployment, reception)
    before = {party["id"] for party in (await reception.get("/board"))["parties"]}
    async with hall(deployment, reception, screen) as pages:
        assert pages.stdout is not None
        assert await pages.stdout.readline() == b"ready\n"
        for address in ADDRESSES:
            status, complaints = await deployment.end(address)
            assert (status, complaints.strip()) == (0, "")
            await deployment.start(address)
        told, _ = await asyncio.wait_for(pages.communicate(b"\n"), 60)
    result: dict[str, Any] = json.loads(told)
    print(deployment.front.kind, "ms away:", sorted(ms for page in result["seen"] for ms in page["away"]))  # with -s
    acknowledged = {each["party"]: each["number"] for each in result["acknowledged"]}
    assert len(acknowledged) == len(result["acknowledged"]), "a party was acknowledged twice"
    board = await reception.get("/board")
    stands = {party["id"]: party["number"] for party in board["parties"] if party["id"] not in before}
    assert stands == acknowledged, "what stands is what was acknowledged: none lost, none issued twice"
    assert len(set(stands.values())) == len(stands)
    for page in result["seen"]:
        # It was sent to the other server, missed nothing, and never had to say 更新停止中, which it does after 10 s.
        assert page["away"]
        assert (page["gaps"], page["stale"], page["offset"]) == (0, 0, board["offset"])


@asynccontextmanager
async def hall(deployment: Deployment, reception: Client, screen: Client) -> AsyncIterator[asyncio.subprocess.Process]:
    """A hall's pages, in a process of their own."""
    process = await asyncio.create_subprocess_exec(
        *("node", "--experimental-websocket", "--no-warnings", str(Path(__file__).with_name("hall.js"))),
        json.dumps(plan(deployment, reception, screen)),
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(deployment.front.roots)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**20,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def plan(deployment: Deployment, reception: Client, screen: Client) -> dict[str, Any]:
    """What hall.js is told."""
    here = deployment.url
    return {
        "socket": f"{here.replace('https', 'wss')}/api/fairs/{deployment.fair}/live",
        "api": f"{here}/api/fairs/{deployment.fair}",
        "address": "127.0.0.1",
        "pages": PAGES,
        "workers": WORKERS,
        "screen": {"origin": here, "cookie": cookies_of(screen)},
        "reception": {"origin": here, "cookie": cookies_of(reception), "csrf": reception.csrf},
        "form": written(),
        "queue": QUEUE,
    }


async def moved(deployment: Deployment, client: Client) -> Client:
    """Give somebody who came in through another proxy, come in through this one."""
    if client.url == deployment.url:
        return client
    again = await deployment.device()
    await again.sign_in(client.badge)
    return again


def cookies_of(client: Client) -> str:
    """Give a client's cookies as a browser sends them."""
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())
