"""The real thing in a process of its own: `yobidashi serve` with sign-in, and people signed in at their own devices.

Everybody comes in as people do, by the HTTP API: the first chief by the printed link, the others by a badge and an invitation.
"""

import re
import secrets
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
from playwright.async_api import Browser, BrowserContext
from websockets.asyncio.client import ClientConnection, connect

from running import Refused, Serving, address_in, serving
from yobidashi.places import SAMPLE_FAIR

PIN: Final = "264813"


class Client:
    """One browser's worth of cookies: a device of the fair, with somebody signed in or nobody."""

    def __init__(self, url: str, fair: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self.fair = fair
        self.http = http
        self.csrf = ""
        self.id = ""
        """Id of the member who is signed in."""
        self.badge: dict[str, str] = {}

    @property
    def api(self) -> str:
        return f"{self.url}/api/fairs/{self.fair}"

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies by name, as the browser holds them."""
        return {cookie.key: cookie.value for cookie in self.http.cookie_jar}

    @property
    def headers(self) -> dict[str, str]:
        """What a page of the server sends with a POST."""
        return {"Origin": self.url, **({"x-csrf": self.csrf} if self.csrf else {})}

    async def get(self, path: str) -> dict[str, Any]:
        """Read ``path`` below the fair's API address as JSON, or raise `Refused`."""
        async with self.http.get(self.api + path) as response:
            return await _json(response)

    async def page(self, path: str) -> tuple[int, str]:
        """Open a page: its status, and its text or where it leads."""
        async with self.http.get(self.url + path, allow_redirects=False) as response:
            return response.status, response.headers.get("Location") or await response.text()

    async def post(self, path: str, *, command_id: str | None = None, **arguments: Any) -> dict[str, Any]:
        """Send a command of people or staff to ``path`` below the fair's API address; its answer, or raise `Refused`."""
        body = {"command_id": command_id or secrets.token_hex(16), **arguments}
        async with self.http.post(self.api + path, json=body, headers=self.headers) as response:
            return await _json(response)

    async def post_file(self, path: str, data: bytes, media_type: str = "application/octet-stream") -> dict[str, Any]:
        """Send a file to ``path`` below the fair's API address; its answer, or raise `Refused`."""
        headers = {**self.headers, "Content-Type": media_type}
        async with self.http.post(self.api + path, data=data, headers=headers) as response:
            return await _json(response)

    async def post_for_bytes(self, path: str, **arguments: Any) -> bytes:
        """Send a command whose answer is a file, or raise `Refused`."""
        body = {"command_id": secrets.token_hex(16), **arguments}
        async with self.http.post(self.api + path, json=body, headers=self.headers) as response:
            if response.status != 200:
                raise Refused(response.status, await response.json())
            return await response.read()

    async def command(self, name: str, **arguments: Any) -> dict[str, Any]:
        """Do a command of the queue; its event, or raise `Refused`."""
        return await self.post(f"/{name}", **arguments)

    @asynccontextmanager
    async def socket(self, headers: Mapping[str, str] | None = None) -> AsyncIterator[ClientConnection]:
        """Open the fair's websocket with these cookies; the test says hello itself."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Origin": self.url, "Cookie": cookie, **(headers or {})}
        address = f"{self.api}/live".replace("http", "ws", 1)
        async with connect(address, max_size=None, open_timeout=20, additional_headers=sent) as socket:
            yield socket

    async def enrol(self, token: str) -> dict[str, Any]:
        """Enrol this client as a device, by an invitation's token or code."""
        answer = await self.post("/enrol", token=token)
        self.csrf = answer["csrf"]
        return answer

    async def sign_in_first(self, badge: dict[str, str], pin: str = PIN) -> None:
        """Choose the PIN of a new badge, and sign in."""
        await self._signed_in(badge, await self.post("/sign-in/first", badge=badge, pin=pin, again=pin))

    async def sign_in(self, badge: dict[str, str], pin: str = PIN) -> None:
        """Sign in."""
        await self._signed_in(badge, await self.post("/sign-in", badge=badge, pin=pin))

    async def _signed_in(self, badge: dict[str, str], answer: dict[str, Any]) -> None:
        self.csrf, self.id, self.badge = answer["csrf"], answer["id"], badge


class RealServer:
    """One `yobidashi serve` that is no demonstration."""

    def __init__(self, serving: Serving, fair: str, prefix: str, keys: Path, clients: AsyncExitStack) -> None:
        self.serving = serving
        self.url = address_in(serving.said)
        self.fair = fair
        self.prefix = prefix
        self.keys = keys
        """Folder of its keys."""
        self.chief: Client
        self._clients = clients
        self._by_role: dict[tuple[str, int | None], Client] = {}

    async def client(self) -> Client:
        """Give a browser that nobody knows yet."""
        jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address without a name
        connector = aiohttp.TCPConnector(keepalive_timeout=30)
        http = await self._clients.enter_async_context(aiohttp.ClientSession(cookie_jar=jar, connector=connector))
        return Client(self.url, self.fair, http)

    async def device(self, kind: str = "handheld", label: str = "端末") -> Client:
        """Give a browser that is an enrolled device, with nobody signed in."""
        invitation = await self.chief.post("/devices/invite", kind=kind, label=label)
        client = await self.client()
        await client.enrol(invitation["url"].partition("#")[2])
        return client

    async def member(self, *roles: str, booth: int | None = None, person: str = "見本 太郎") -> dict[str, str]:
        """Add a member who is valid now; gives the new badge, whose PIN is not chosen yet."""
        days = {"first": "2020-01-01", "last": "2099-12-31"}
        where: dict[str, Any] = {"booth": booth} if booth is not None else {}
        added = await self.chief.post("/staff", person=person, roles=list(roles), **where, **days)
        return await self.new_badge(added["ids"][0])

    async def new_badge(self, member_id: str) -> dict[str, str]:
        """Give a member a new badge."""
        return badge_in((await self.chief.post(f"/staff/{member_id}/badge"))["badge"])

    async def sign_in(self, *roles: str, booth: int | None = None) -> Client:
        """Give a new member of these roles, signed in at a new device."""
        badge = await self.member(*roles, booth=booth)
        client = await self.device(label="_".join(roles)[:20])
        await client.sign_in_first(badge)
        return client

    async def as_role(self, role: str, booth: int | None = None) -> Client:
        """Give the one member of this role (and booth), signed in at an own device; the same one each time."""
        known = self._by_role.get((role, booth))
        if known is None:
            known = self._by_role[role, booth] = await self.sign_in(role, booth=booth)
        return known

    async def context_as(self, browser: Browser, client: Client) -> BrowserContext:
        """Give a browser context with the client's cookies; whoever asks closes it."""
        context = await browser.new_context(locale="ja-JP")
        await self.come_as(context, client)
        return context

    async def come_as(self, context: BrowserContext, client: Client | None) -> None:
        """Give a browser context the client's cookies instead of those it had; nobody's without a client."""
        await context.clear_cookies()
        if client is not None:
            each = client.cookies.items()
            await context.add_cookies([{"name": k, "value": v, "url": self.url, "httpOnly": True} for k, v in each])


@asynccontextmanager
async def real_server(
    *options: str,
    redis_url: str | None = None,
    data: Path | None = None,
    keys: Path | None = None,
    prefix: str | None = None,
    fair: Path = SAMPLE_FAIR,
    chief: bool = True,
    sweep_s: float = 15,
) -> AsyncIterator[RealServer]:
    """Start a real server, make its first chief (unless ``chief`` is false), and end it afterwards.

    It keeps its keys in a folder of its own unless ``keys`` names one; without ``redis_url`` it has a Redis in ``data``.
    """
    prefix = prefix or f"t{secrets.token_hex(6)}"
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yobi-keys-")))
        settings = {"YOBIDASHI_PREFIX": prefix, "YOBIDASHI_KEYS": str(keys or folder / "keys")}
        settings["YOBIDASHI_SWEEP"] = str(sweep_s)
        settings |= {"REDIS_URL": redis_url} if redis_url else {"YOBIDASHI_DATA": str(data or folder / "data")}
        served = await stack.enter_async_context(serving(str(fair), "--port", "0", *options, settings=settings))
        clients = await stack.enter_async_context(AsyncExitStack())
        slug = await _slug(address_in(served.said))
        server = RealServer(served, slug, prefix, Path(settings["YOBIDASHI_KEYS"]), clients)
        if chief:
            server.chief = await set_up(server)
        yield server


async def set_up(server: RealServer) -> Client:
    """Make the first chief by the printed link; gives the client, signed in."""
    client = await server.client()
    found = re.search(r"/set-up#(\S+)", server.serving.said)
    assert found is not None, server.serving.said
    answer = await client.post("/set-up", token=found[1], person="見本 花子", pin=PIN, again=PIN)
    client.csrf = answer["csrf"]
    await client.sign_in(badge_in(answer["badge"]))
    return client


def badge_in(address: str) -> dict[str, str]:
    """Give what a badge's QR code says, as it is sent."""
    member_id, _, secret = address.partition("#")[2].partition(".")
    return {"id": member_id, "secret": secret}


async def _slug(url: str) -> str:
    async with aiohttp.ClientSession() as http, http.get(f"{url}/api/fairs") as response:
        slug: str = (await response.json())["fairs"][0]["slug"]
        return slug


async def _json(response: aiohttp.ClientResponse) -> dict[str, Any]:
    answer: dict[str, Any] = await response.json()
    if response.status != 200:
        raise Refused(response.status, answer)
    return answer
