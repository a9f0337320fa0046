"""The gate: every route passes through here, names its act, and runs only for who may do it.

It finds who asks, looks the act up in the one table (`staff/permissions.py`), holds consultants to their own booth where
the address names one, and takes a POST only from a page of this server: the Origin is its own and, where a cookie speaks
for the sender, ``x-csrf`` carries what only a page of that sign-in was given. The endpoint then finds an `Asked` in
``request.state.asked``.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from yobidashi.live.closing import FOREIGN_ORIGIN, NOT_ALLOWED, NOT_SIGNED_IN, Closing
from yobidashi.live.session import CLOSE_S
from yobidashi.live.socket import round_trip_s
from yobidashi.people.auditing.audit import WHY_MAX, Audit, Entry
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.staff.principal import DEMONSTRATION, Kind, Principal
from yobidashi.web.sockets import Listener, OpenSockets, Revoked
from yobidashi.web.turned_away import TurnedAway

Endpoint = Callable[[Request], Awaitable[Response]]
ActOf = Callable[[Request], Act]

CSRF_HEADER: Final = "x-csrf"
SAFE: Final = frozenset({"GET", "HEAD"})


class Identify(Protocol):
    """How the gate learns who asks: from the cookies of a request."""

    async def __call__(self, slug: str, cookies: Mapping[str, str]) -> Principal:
        """Give who asks of this fair; `PUBLIC` where nothing says who."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was let in: who asks what of which fair, and the pen of the audit record."""

    slug: str
    act: Act
    principal: Principal
    audit: Audit | None
    """None in a demonstration: nobody is there whose data could be read."""
    written: list[Entry]

    async def note(
        self, on: str = "", *, why: str = "", records: Collection[str] = (), fields: Collection[str] = ()
    ) -> None:
        """Write this act into the audit record; returns once it is on disk. Before personal data is read, not after."""
        if self.audit is None:
            return
        who = self.principal.staff or ("visitor" if self.principal.kind is Kind.PUBLIC else str(self.principal.kind))
        entry = Entry(
            at=self.audit.now(),
            who=who,
            act=self.act,
            device=self.principal.device,
            on=on,
            records=tuple(records),
            fields=tuple(fields),
            why=why[:WHY_MAX],
        )
        self.written.append(entry)
        await self.audit.write(self.slug, entry)


class Gate:
    """Makes the routes of an application, each with its act."""

    def __init__(
        self, slugs: Collection[str], identify: Identify | None, audit: Audit | None, sockets: OpenSockets
    ) -> None:
        """Guard the fairs ``slugs``; without ``identify`` this is a demonstration, where everybody is the same."""
        self._slugs = tuple(slugs)
        self._identify = identify
        self._audit = audit
        self._sockets = sockets
        self._refused = TurnedAway(audit)

    @property
    def demonstration(self) -> bool:
        """Whether nobody signs in here."""
        return self._identify is None

    def route(self, path: str, endpoint: Endpoint, act: Act | ActOf, methods: Collection[str] = ("GET",)) -> Route:
        """Make a route whose endpoint runs only for who may do ``act``."""

        async def guarded(request: Request) -> Response:
            slug = self.slug_of(request)
            wanted = act if isinstance(act, Act) else act(request)
            principal = await self.who(request, slug)
            try:
                return await self._let_in(request, endpoint, slug, wanted, principal)
            except Refusal as refusal:
                await self._refused.note(slug, principal, wanted, _named_in(request), refusal.code)
                raise

        route = Route(path, guarded, methods=list(methods), name=getattr(endpoint, "__name__", path))
        route.act = act  # type: ignore[attr-defined]  # the permission matrix test reads it
        return route

    async def _let_in(
        self, request: Request, endpoint: Endpoint, slug: str, wanted: Act, principal: Principal
    ) -> Response:
        if not principal.may(wanted):
            return self._turned_away(request, principal)
        if request.method not in SAFE:
            _check_origin(request, principal)
            _check_csrf(request, principal)
        _check_booth(request, principal, wanted)
        asked = Asked(slug, wanted, principal, self._audit, [])
        request.state.asked = asked
        response = await endpoint(request)
        if request.method not in SAFE and principal.kind is Kind.STAFF and not asked.written:
            await asked.note(_named_in(request))
        return response

    def socket(self, path: str, endpoint: Callable[[WebSocket], Awaitable[None]], act: Act) -> WebSocketRoute:
        """Make a websocket route; who may no longer listen is found out within a sweep of `sockets` and closed."""

        async def guarded(websocket: WebSocket) -> None:
            slug = websocket.path_params["fair"]
            if not _own_origin(websocket, needed=not self.demonstration):
                return await refuse(websocket, FOREIGN_ORIGIN)
            principal = await self.who(websocket, slug) if slug in self._slugs else DEMONSTRATION
            if not principal.may(act):
                closing = NOT_SIGNED_IN if principal.kind in (Kind.PUBLIC, Kind.DEVICE) else NOT_ALLOWED
                return await refuse(websocket, closing)
            cookies = dict(websocket.cookies)

            async def still() -> bool:
                return self._identify is None or (await self._identify(slug, cookies)).may(act)

            listener = Listener(slug, principal.kind, principal.staff, principal.device)
            trip = partial(round_trip_s, websocket)
            try:
                async with self._sockets.watch(listener, still if self._identify else None, trip):
                    await endpoint(websocket)
            except Revoked:
                await refuse(websocket, NOT_SIGNED_IN)
            return None

        route = WebSocketRoute(path, _Sockets(guarded), name=path)
        route.act = act  # type: ignore[attr-defined]
        return route

    async def who(self, connection: HTTPConnection, slug: str) -> Principal:
        """Give who asks."""
        return DEMONSTRATION if self._identify is None else await self._identify(slug, connection.cookies)

    def slug_of(self, connection: HTTPConnection) -> str:
        """Give the fair an address names, or the first one. Raises `Refusal` (``unknown_fair``)."""
        slug: str = connection.path_params.get("fair", self._slugs[0])
        if slug not in self._slugs:
            raise Refusal("unknown_fair", {"id": slug[:60]})
        return slug

    def _turned_away(self, request: Request, principal: Principal) -> Response:
        if principal.kind is Kind.DEMONSTRATION:
            raise Refusal("demonstration_keeps_nobody")
        if principal.kind is Kind.STAFF or principal.kind is Kind.SCREEN:
            raise Refusal("not_allowed")
        if request.method in SAFE and not request.url.path.startswith("/api/"):
            base = f"/fairs/{request.path_params['fair']}" if "fair" in request.path_params else ""
            return RedirectResponse(f"{base}/sign-in", 303, {"Cache-Control": "no-store"})
        raise Refusal("not_signed_in")


class _Sockets:
    """An ASGI application of its own: Starlette would wrap a function for exceptions, which the whole application already is."""

    def __init__(self, serve: Callable[[WebSocket], Awaitable[None]]) -> None:
        self._serve = serve

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._serve(WebSocket(scope, receive, send))


def _own_origin(connection: HTTPConnection, *, needed: bool) -> bool:
    """Tell whether a request comes from a page of this server; without the header it does unless one is needed."""
    origin = connection.headers.get("origin")
    if origin is None:
        return not needed
    return urlsplit(origin).netloc.lower() == connection.headers.get("host", "").lower()


def _check_origin(request: Request, principal: Principal) -> None:
    site = request.headers.get("sec-fetch-site", "same-origin")
    if not _own_origin(request, needed=principal.csrf is not None) or site not in ("same-origin", "none"):
        raise Refusal("foreign_origin")


def _check_csrf(request: Request, principal: Principal) -> None:
    if principal.csrf is not None and not hmac.compare_digest(
        request.headers.get(CSRF_HEADER, "").encode(), principal.csrf.encode()
    ):
        raise Refusal("stale_page")


def _check_booth(request: Request, principal: Principal, act: Act) -> None:
    own = principal.only_at_booth(act)
    if own is not None and request.path_params.get("booth", own) != own:
        raise Refusal("other_booth", {"booth": own})


def _named_in(request: Request) -> str:
    """Give what an address names, for the audit record: ids only, for an address holds nothing else."""
    named = {key: value for key, value in request.path_params.items() if key not in ("fair", "command")}
    return " ".join(f"{key}:{value}" for key, value in sorted(named.items()))


async def refuse(websocket: WebSocket, closing: Closing) -> None:
    """Close a socket and say why; a browser learns of it only from a socket that was accepted."""
    try:
        async with asyncio.timeout(CLOSE_S):
            if websocket.client_state is WebSocketState.CONNECTING:
                await websocket.accept()
            await websocket.close(closing.code, closing.reason())
    except (TimeoutError, WebSocketDisconnect, RuntimeError):
        pass  # it does not read, or it is gone
