"""How much one device, one visitor and one network address may ask for, so that a flood holds up nobody but its sender.

Whoever shows the cookie of an enrolled device, or the link of a visit, has a bucket of their own, once it was seen to be good:
a booth is not cut off by what a stranger behind the same Wi-Fi sends. Everybody else behind one network address shares that
address's bucket, and that is large: a whole hall may stand behind one. What comes from this machine itself has no address that
says anything, a reverse proxy that does not tell for whom it asks among it, and is held back by its devices alone.

A refused request costs neither a look at Redis nor a route: it is answered here (429, ``too_often``), and a refused socket before
its handshake; after `HELD_S`, so that a flood waits instead of asking again at once. The socket whose number is too high is told
4003 (`live/closing.py`): pages come back by themselves, later.
"""

import asyncio
import ipaddress
import math
import re
from collections import Counter, OrderedDict
from collections.abc import Callable
from functools import lru_cache
from time import monotonic
from typing import Any, Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from yobidashi.live.closing import FULL
from yobidashi.queue.errors import Refusal
from yobidashi.settings import Settings
from yobidashi.staff.principal import Kind
from yobidashi.web import refusals
from yobidashi.web.buckets import Buckets
from yobidashi.web.gate import Asked, refuse
from yobidashi.web.health import ALIVE, READY

KNOWN_MAX: Final = 10_000
"""Devices and links remembered as good; the one that has not come longest makes room and is looked at again."""

DEVICE_SOCKETS_MAX: Final = 20
"""Open sockets of one enrolled device in one process: as many pages as anybody has open at once."""

HELD_S: Final = 1.0
"""Seconds until a refused sender hears of it: an answer at once would only let a flood come again at once."""

HELD_MAX: Final = 1_000
"""Refused requests that wait for their answer at once, about 20 kB each; one more is answered at once."""

ADDRESS_MAX_CHARS: Final = 60
"""Of what a proxy says of who asks."""

ADDRESSES_REMEMBERED: Final = 4_096
"""Network addresses of which it is remembered whose they are; they come again with every request."""

NETWORK_BITS: Final = 64
"""Of an IPv6 address this part says whose it is; the rest a machine chooses by itself, anew as often as it likes."""

_DEVICE: Final = re.compile(rb"(?:^|;\s*)yobi-device-[A-Za-z0-9-]{1,64}=([A-Za-z0-9_.-]{1,120})")
_VISIT: Final = re.compile(r"(?:^|/)(?:t|visits)/([A-Za-z0-9_-]{22})(?:/|$)")
_ENROLLED: Final = frozenset({Kind.STAFF, Kind.SCREEN, Kind.DEVICE})


class Limits:
    """ASGI middleware that refuses what is too much."""

    def __init__(self, app: ASGIApp, settings: Settings, limited: Callable[[str], None]) -> None:
        """Wrap ``app``, by the rates of ``settings``; ``limited`` is told the name of a limit each time it is met."""
        self._app = app
        self._limited = limited
        self._sockets_max = settings.sockets
        self._address_sockets_max = settings.address_sockets
        self._devices = Buckets(settings.device_rate)
        self._addresses = Buckets(settings.address_rate)
        self._known: OrderedDict[str, None] = OrderedDict()
        self._held = 0
        self._sockets = 0
        self._sockets_of: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan" or scope["path"] in (ALIVE, READY):
            return await self._app(scope, receive, send)
        shown = _shown(scope)
        known = shown if shown in self._known else None
        address = _address(scope)
        wait_s = self._wait(known, address)
        if wait_s:
            self._limited("device" if known else "address")
            await self._hold()
            return await _too_often(scope, receive, send, wait_s)
        if scope["type"] == "websocket":
            return await self._socket(scope, receive, send, known, address)
        await self._app(scope, receive, self._noting(send, scope, shown) if shown and not known else send)
        return None

    def _wait(self, known: str | None, address: str | None) -> float:
        if known is not None:
            self._known.move_to_end(known)
            return self._devices.take(known, monotonic())
        return self._addresses.take(address, monotonic()) if address is not None else 0.0

    async def _hold(self) -> None:
        if self._held < HELD_MAX:
            self._held += 1
            try:
                await asyncio.sleep(HELD_S)
            finally:
                self._held -= 1

    async def _socket(self, scope: Scope, receive: Receive, send: Send, known: str | None, address: str | None) -> None:
        """Serve a socket, counted for whoever it belongs to as long as it is open."""
        whose, most = (known, DEVICE_SOCKETS_MAX) if known else (address, self._address_sockets_max)
        full = bool(self._sockets_max) and self._sockets >= self._sockets_max
        if full or (whose is not None and most and self._sockets_of[whose] >= most):
            self._limited("sockets")
            return await refuse(WebSocket(scope, receive, send), FULL)
        self._sockets += 1
        if whose is not None:
            self._sockets_of[whose] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._sockets -= 1
            if whose is not None:
                self._sockets_of[whose] -= 1
                if not self._sockets_of[whose]:
                    del self._sockets_of[whose]

    def _noting(self, send: Send, scope: Scope, shown: str) -> Send:
        """Remember what was shown as good, once the answer tells that it is."""

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_good(scope, shown, message["status"]):
                self._known[shown] = None
                if len(self._known) > KNOWN_MAX:
                    self._known.popitem(last=False)
            await send(message)

        return noting


def _shown(scope: Scope) -> str | None:
    """Give what a request shows of who sends it, good or not: a visit's link, or the cookie of a device."""
    link = _VISIT.search(scope["path"])
    if link is not None:
        return f"visit {link[1]}"
    for name, value in scope["headers"]:
        if name == b"cookie":
            cookie = _DEVICE.search(value)
            return f"device {cookie[1].decode()}" if cookie else None
    return None


def _is_good(scope: Scope, shown: str, status: int) -> bool:
    if shown.startswith("visit "):
        return status < 400
    asked: Any = scope.get("state", {}).get("asked")
    return isinstance(asked, Asked) and asked.principal.kind in _ENROLLED


def _address(scope: Scope) -> str | None:
    """Give the network address that a request comes from; None where that is this machine, or nobody knows."""
    client = scope.get("client")
    return _sender(client[0][:ADDRESS_MAX_CHARS]) if client else None


@lru_cache(ADDRESSES_REMEMBERED)
def _sender(client: str) -> str | None:
    address: ipaddress.IPv4Address | ipaddress.IPv6Address
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client  # what a proxy says that is no address is one sender too
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, NETWORK_BITS), strict=False))
    return str(address)


async def _too_often(scope: Scope, receive: Receive, send: Send, wait_s: float) -> None:
    refusal = Refusal("too_often", {"wait_s": max(1, math.ceil(wait_s))})
    request = Request({**scope, "type": "http", "method": scope.get("method", "GET")})
    answer = await refusals.refused(request, refusal)
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(answer)
    else:
        answer.headers["Connection"] = "close"  # who floods has to come in again for every request
        await answer(scope, receive, send)
