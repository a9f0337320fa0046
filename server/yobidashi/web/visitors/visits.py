"""A visit: a party's own page on its own phone, found by a random token that the reception shows as a QR code.

It shows the public board, and finds the party in it. By the token, and for that party alone, it answers offers, gives a place up
and reports back; these are the very commands of the queue, after a look whose ticket or offer it is.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute
from starlette.websockets import WebSocket

from yobidashi.live import session
from yobidashi.live.board import Board
from yobidashi.live.closing import FULL, RESTARTING, UNKNOWN_LINK
from yobidashi.live.frames import split
from yobidashi.live.hub import Hub, Position
from yobidashi.people.address_limit import AddressLimit
from yobidashi.queue.commands.command import Command
from yobidashi.queue.commands.offers import AcceptOffer, DeclineOffer
from yobidashi.queue.commands.tickets import Cancel, Restore
from yobidashi.queue.errors import Refusal
from yobidashi.queue.links import Links
from yobidashi.queue.rows import Ticket
from yobidashi.queue.store import Store
from yobidashi.queue.tickets import State
from yobidashi.staff.permissions import Act
from yobidashi.staff.reach import is_at
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate, refuse
from yobidashi.web.links import page_address, page_of, qr_picture
from yobidashi.web.operation import Operation, posted
from yobidashi.web.packing import packed
from yobidashi.web.pages import Pages, both
from yobidashi.web.query import whole_number
from yobidashi.web.refusals import with_queue_name
from yobidashi.web.visitors.visit_commands import (
    AcceptOwnOffer,
    ComeBack,
    DeclineOwnOffer,
    GiveUp,
    LinkParty,
    VisitLink,
)

MSGPACK: Final = "application/msgpack"

SOCKETS_MAX: Final = 12
"""Sockets of one visit in one process: a party's phones, and some that were left open. The next is told to come back later."""

WHOLE_MAX: Final = 2**53 - 1


class Visits:
    """The visits of every fair."""

    def __init__(self, links: Links, store: Store, hubs: Mapping[str, Hub], limit: AddressLimit, pages: Pages) -> None:
        """Find parties by ``links`` and on the boards of ``hubs``; act by ``store``; hold floods back by ``limit``."""
        self._links = links
        self._store = store
        self._hubs = hubs
        self._limit = limit
        self._pages = pages
        self._listening: Counter[tuple[str, int]] = Counter()

    def operations(self) -> list[Operation]:
        """Give the operations."""
        own = "/visits/{token}"
        return [
            posted("/parties/{party:int}/link", LinkParty, Act.LINK_PARTY, self.link, VisitLink),
            posted(f"{own}/accept-offer", AcceptOwnOffer, Act.OWN_VISIT, self.accept_offer, None),
            posted(f"{own}/decline-offer", DeclineOwnOffer, Act.OWN_VISIT, self.decline_offer, None),
            posted(f"{own}/give-up", GiveUp, Act.OWN_VISIT, self.give_up, None),
            posted(f"{own}/come-back", ComeBack, Act.OWN_VISIT, self.come_back, None),
            Operation(
                method="GET",
                path=f"{own}/board",
                name="read-own-board",
                summary="呼出状況（ソケットなし） · The frames of the live connection since a position, for a phone without a socket.",
                act=Act.OWN_VISIT,
                endpoint=self.board,
                answers_media=MSGPACK,
                query=("epoch", "offset"),
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give the page, its QR code, and the socket it listens to."""
        return [
            *both(gate, "/t/{token}", self.page, Act.OWN_VISIT),
            *both(gate, "/t/{token}/qr.svg", self.qr, Act.OWN_VISIT),
            gate.socket("/api/fairs/{fair}/visits/{token}/live", self.live, Act.OWN_VISIT),
        ]

    async def link(self, request: Request) -> Response:
        """Give a party's link. A consultant gives it to who sits at the own booth."""
        asked = _asked(request)
        await read_command(request, LinkParty)
        party: int = request.path_params["party"]
        booth = asked.principal.only_at_booth(asked.act)
        if booth is not None and not is_at(self._hubs[asked.slug].board, party, booth):
            raise Refusal("other_booth", {"booth": booth})
        token = await self._links.of(asked.slug, party)
        return JSONResponse(VisitLink(token=token, url=page_of(request, self._hubs, f"/t/{token}")).model_dump())

    async def page(self, request: Request) -> Response:
        """The page. It is told whose it is and where its own addresses are; all else comes over the live connection."""
        slug, token = _asked(request).slug, _token(request)
        own = f"/api/fairs/{slug}/visits/{token}"
        visit = {"party": await self._party(request), "api": own}
        more: dict[str, Any] = {"token": token, "live": f"{own}/live", "asked": f"{own}/board", "visit": visit}
        page = self._pages.page(request, "visitor.html", visitors=False, **more)
        kept = {name: page.headers[name] for name in ("Content-Security-Policy", "Cache-Control")}
        return packed(request, bytes(page.body), "text/html", kept)

    async def qr(self, request: Request) -> Response:
        """The address of the page, to hand it on to another phone of the party."""
        await self._party(request)
        return qr_picture(page_address(request, f"/t/{_token(request)}"))

    async def board(self, request: Request) -> Response:
        """Give the frames that bring a page from where it is to here, one after the other."""
        await self._counted(request)
        hub = self._hubs[_asked(request).slug]
        if not hub.board.epoch:
            raise Refusal("not_founded")
        epoch, offset = (whole_number(request, name, default=0, most=WHOLE_MAX) for name in ("epoch", "offset"))
        frames = b"".join(split(hub.since(Position(epoch, offset))))
        return packed(request, frames, MSGPACK, {"Cache-Control": "no-store"})

    async def live(self, websocket: WebSocket) -> None:
        """Serve the page's socket: the live connection that everybody has."""
        slug = websocket.path_params["fair"]
        try:
            party = await self._links.party(slug, websocket.path_params["token"]) if slug in self._hubs else None
        except Refusal:
            return await refuse(websocket, RESTARTING)
        if party is None:
            return await refuse(websocket, UNKNOWN_LINK)
        visit = (slug, party)
        if self._listening[visit] >= SOCKETS_MAX:
            return await refuse(websocket, FULL)
        self._listening[visit] += 1
        try:
            await session.serve(websocket, self._hubs)
        finally:
            self._listening[visit] -= 1
            if not self._listening[visit]:
                del self._listening[visit]

    async def accept_offer(self, request: Request) -> Response:
        """Go to the queue that was offered."""
        command, party = await read_command(request, AcceptOwnOffer), await self._counted(request)
        self._own_offer(request, party, command.offer)
        return await self._done(request, party, AcceptOffer(**_within(party, command)))

    async def decline_offer(self, request: Request) -> Response:
        """Stay."""
        command, party = await read_command(request, DeclineOwnOffer), await self._counted(request)
        self._own_offer(request, party, command.offer)
        return await self._done(request, party, DeclineOffer(**_within(party, command)))

    async def give_up(self, request: Request) -> Response:
        """Give a place up."""
        command, party = await read_command(request, GiveUp), await self._counted(request)
        self._own_ticket(request, party, command.ticket)
        return await self._done(request, party, Cancel(**_within(party, command), reason="left"))

    async def come_back(self, request: Request) -> Response:
        """Report back. What was given up or cancelled is for the reception to restore."""
        command, party = await read_command(request, ComeBack), await self._counted(request)
        ticket = self._own_ticket(request, party, command.ticket)
        if ticket.state is State.CANCELLED:
            raise Refusal("wrong_state", {"ticket": ticket.id, "number": ticket.number, "state": str(ticket.state)})
        return await self._done(request, party, Restore(**_within(party, command)))

    async def _party(self, request: Request) -> int:
        party = await self._links.party(_asked(request).slug, _token(request))
        if party is None:
            raise Refusal("unknown_link")
        return party

    async def _counted(self, request: Request) -> int:
        party = await self._party(request)
        await self._limit.count_visit(_asked(request).slug, party)
        return party

    def _board(self, request: Request) -> Board:
        return self._hubs[_asked(request).slug].board

    def _own_ticket(self, request: Request, party: int, ticket_id: int) -> Ticket:
        ticket = self._board(request).tickets.get(ticket_id)
        if ticket is None or ticket.party != party:
            raise Refusal("unknown_ticket", {"id": ticket_id})
        return ticket

    def _own_offer(self, request: Request, party: int, offer_id: int) -> None:
        offer = self._board(request).offers.get(offer_id)
        if offer is None or offer.party != party:
            raise Refusal("unknown_offer", {"id": offer_id})

    async def _done(self, request: Request, party: int, command: Command) -> Response:
        asked = _asked(request)
        try:
            event = await self._store.run(asked.slug, command)
        except Refusal as refusal:
            raise with_queue_name(refusal, self._pages.fairs[asked.slug]) from None
        await asked.note(f"party:{party} {command.name}")
        return JSONResponse(event.to_object())


def _asked(request: Request) -> Asked:
    asked: Asked = request.state.asked
    return asked


def _token(request: Request) -> str:
    token: str = request.path_params["token"]
    return token


def _within(party: int, command: Command) -> dict[str, Any]:
    """Give a visitor's arguments with an id that only this visit can make: it never takes one that staff or the house will send."""
    own = hashlib.blake2s(f"{party}:{command.command_id}".encode(), digest_size=16).hexdigest()
    return {**command.model_dump(), "command_id": f"visit-{own}"}
