"""Under which names this server answers: its addresses, and what it is told it is called.

Links and QR codes say the address the asker's browser used. A name of somebody else's that leads here (DNS rebinding, a
forged Host) would stand in them and make another's page one of this origin, so such a request is refused before anything
looks at it. An IP address needs no list: no other site's name resolves to the page of an address typed as such.
"""

import ipaddress
import re
import socket
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from yobidashi.queue.errors import Refusal
from yobidashi.web import refusals
from yobidashi.web.health import ALIVE, READY

HEALTH: Final = frozenset({ALIVE, READY})
"""Asked for by load balancers under any name; they tell nothing but how the process is."""

HOST_MAX_BYTES: Final = 260
"""Of a name and a port."""

REMEMBERED_MAX: Final = 256
"""Hosts whose answer is remembered; a server is asked under a handful."""

_HOST: Final = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(:[0-9]{1,5})?")


class KnownHosts:
    """ASGI middleware that answers 421 where the Host is not a name of this server."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        """Answer under ``names``, this machine's own name, ``localhost``, and every IP address."""
        self._app = app
        machine = socket.gethostname().lower()
        self._names = frozenset({*(name.lower() for name in names), machine, f"{machine}.local", "localhost"})
        self._is_own = lru_cache(REMEMBERED_MAX)(self._is_own_name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan" or scope["path"] in HEALTH or self._knows(scope):
            return await self._app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        answer = await refusals.refused(Request(scope), Refusal("unknown_host"))
        return await answer(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        return len(hosts) == 1 and len(hosts[0]) <= HOST_MAX_BYTES and self._is_own(hosts[0])

    def _is_own_name(self, host: bytes) -> bool:
        found = _HOST.fullmatch(host.decode("latin-1"))
        if found is None:
            return False
        name = found[1].strip("[]").lower()
        return name in self._names or name.endswith(".localhost") or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
