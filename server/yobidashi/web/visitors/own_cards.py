"""A visitor's own reception card: the form at the entrance's QR code, and the private page that it leaves in one's hand."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.people.address_limit import AddressLimit
from yobidashi.people.cards import commands
from yobidashi.people.cards.answers import OwnCard, own_card
from yobidashi.people.cards.card import ID, Source, place_of
from yobidashi.people.cards.cards import Cards
from yobidashi.people.form.answers import read_form
from yobidashi.people.form.consents import VISITOR, Author
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.body import FORM_MAX_BYTES, read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.links import page_address, qr_picture
from yobidashi.web.operation import Operation
from yobidashi.web.pages import Pages, both


class OwnCards:
    """The visitors' side of the cards of every fair."""

    def __init__(self, cards: Cards, limit: AddressLimit, fairs: Mapping[str, Fair], pages: Pages) -> None:
        """Keep cards by ``cards``; hold floods back by ``limit``."""
        self._cards = cards
        self._limit = limit
        self._fairs = fairs
        self._pages = pages

    def operations(self) -> list[Operation]:
        """Give the operations."""
        return [
            Operation(
                method="POST",
                path="/own-cards",
                name=commands.EnterOwnCard.name,
                summary=commands.EnterOwnCard.summary,
                act=Act.OWN_CARD,
                endpoint=self.enter,
                takes=commands.EnterOwnCard,
                answers=OwnCard,
            ),
            Operation(
                method="GET",
                path="/own-cards/{token}",
                name="read-own-card",
                summary="自分の受付カード · A visitor's own card, by its private link.",
                act=Act.OWN_CARD,
                endpoint=self.read,
                answers=OwnCard,
            ),
            Operation(
                method="POST",
                path="/own-cards/{token}/withdraw",
                name=commands.WithdrawOwnConsent.name,
                summary=commands.WithdrawOwnConsent.summary,
                act=Act.OWN_CARD,
                endpoint=self.withdraw,
                takes=commands.WithdrawOwnConsent,
                answers=OwnCard,
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give the form, the private page, the poster at the entrance, and their QR codes."""
        rooms = (
            ("/card", self.form_page, Act.OWN_CARD),
            ("/card.svg", self.form_qr, Act.OWN_CARD),
            ("/card/poster", self.poster, Act.OWN_CARD),
            ("/c/{token}", self.own_page, Act.OWN_CARD),
            ("/c/{token}/qr.svg", self.own_qr, Act.OWN_CARD),
        )
        return [route for path, page, act in rooms for route in both(gate, path, page, act)]

    async def enter(self, request: Request) -> Response:
        """Take a card that its visitor has filled in."""
        asked: Asked = request.state.asked
        await self._count(request)
        command = await read_command(request, commands.EnterOwnCard, FORM_MAX_BYTES)
        filled = read_form(self._fairs[asked.slug], "card", command.form())
        card_id = await self._cards.id_for(asked.slug, command.command_id)
        await asked.note(f"card:{card_id}", records=[place_of(card_id)], fields=sorted(filled.answers))
        source = Source(command.source)
        card = await self._cards.enter(
            asked.slug, filled, command_id=command.command_id, source=source, author=_visitor(asked)
        )
        return await self._told(asked.slug, card.id)

    async def read(self, request: Request) -> Response:
        """Give what the private page shows."""
        asked: Asked = request.state.asked
        card_id = await self._linked(request)
        await asked.note(f"card:{card_id}", records=[place_of(card_id)], fields=["consents"])
        return await self._told(asked.slug, card_id)

    async def withdraw(self, request: Request) -> Response:
        """Take a consent back."""
        asked: Asked = request.state.asked
        await self._count(request)
        command = await read_command(request, commands.WithdrawOwnConsent)
        card_id = await self._linked(request)
        await asked.note(f"card:{card_id}", records=[place_of(card_id)], fields=[f"consents.{command.consent}"])
        await self._cards.withdraw(
            asked.slug, card_id, command.consent, command_id=command.command_id, author=_visitor(asked)
        )
        return await self._told(asked.slug, card_id)

    async def form_page(self, request: Request) -> Response:
        """The form, on a phone or at a tablet."""
        return self._pages.page(request, "card.html", tablet="tablet" in request.query_params)

    async def own_page(self, request: Request) -> Response:
        """The private page; what it shows it asks for itself."""
        token = _token(request)
        return self._pages.page(request, "own-card.html", token=token)

    async def poster(self, request: Request) -> Response:
        """A sheet to print for the entrance."""
        return self._pages.page(request, "card-poster.html", address=page_address(request, "/card"))

    async def form_qr(self, request: Request) -> Response:
        """The address of the form, for the camera of a phone."""
        return qr_picture(page_address(request, "/card"))

    async def own_qr(self, request: Request) -> Response:
        """The address of the private page, for the camera of the reception."""
        return qr_picture(page_address(request, f"/c/{_token(request)}"))

    async def _count(self, request: Request) -> None:
        """Hold back a flood from one address; a device of the fair is known, and stands before many visitors."""
        asked: Asked = request.state.asked
        if asked.principal.device is None:
            await self._limit.count(asked.slug, request.client.host if request.client else "unknown")

    async def _told(self, slug: str, card_id: str) -> Response:
        card = await self._cards.read(slug, card_id)
        return JSONResponse(own_card(card, await self._cards.token(slug, card_id)).model_dump(mode="json"))

    async def _linked(self, request: Request) -> str:
        card_id = await self._cards.by_token(request.state.asked.slug, _token(request))
        if card_id is None:
            raise Refusal("unknown_link")
        return card_id


def _visitor(asked: Asked) -> Author:
    assert asked.audit is not None, "the gate lets nobody pass here in a demonstration"
    return Author(by=VISITOR, at=asked.audit.now(), device=asked.principal.device)


def _token(request: Request) -> str:
    token: str = request.path_params["token"]
    if not ID.fullmatch(token):
        raise Refusal("unknown_link")
    return token
