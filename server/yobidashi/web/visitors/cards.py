"""The reception's side of the cards: who stands before the desk, what is known already, the card typed, corrected, withdrawn from."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.live.hub import Hub
from yobidashi.people.cards import commands
from yobidashi.people.cards.answers import CardAnswer, FoundArrival, FoundArrivals, Prefill, card_answer
from yobidashi.people.cards.arrival import Arrival, Found, wishes_of
from yobidashi.people.cards.card import ID, Source, place_of
from yobidashi.people.cards.cards import Cards
from yobidashi.people.form.answers import read_form
from yobidashi.people.form.consents import Author
from yobidashi.people.reservations.reservation import place_of as reservation_place
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.body import FORM_MAX_BYTES, read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation

FOUND_FIELDS: Final = ("name", "kana")
"""What a list of those who were found shows."""


class CardsRoom:
    """The desk of every fair."""

    def __init__(self, cards: Cards, arrival: Arrival, fairs: Mapping[str, Fair], hubs: Mapping[str, Hub]) -> None:
        """Keep cards by ``cards``, look for people by ``arrival``; ``hubs`` tell the number of a party."""
        self._cards = cards
        self._arrival = arrival
        self._fairs = fairs
        self._hubs = hubs

    def operations(self) -> list[Operation]:
        """Give the operations."""
        return [
            Operation(
                method="POST",
                path="/arrivals/find",
                name=commands.FindArrivals.name,
                summary=commands.FindArrivals.summary,
                act=Act.SEARCH_PEOPLE,
                endpoint=self.find,
                takes=commands.FindArrivals,
                answers=FoundArrivals,
            ),
            Operation(
                method="GET",
                path="/arrivals/{reservation}",
                name="read-arrival",
                summary="予約から受付カードへ · What a reservation tells for the card.",
                act=Act.READ_RESERVATION,
                endpoint=self.known,
                answers=Prefill,
            ),
            Operation(
                method="POST",
                path="/cards",
                name=commands.EnterCard.name,
                summary=commands.EnterCard.summary,
                act=Act.WRITE_CARD,
                endpoint=self.enter,
                takes=commands.EnterCard,
                answers=CardAnswer,
            ),
            Operation(
                method="GET",
                path="/cards/{card}",
                name="read-card",
                summary="受付カード · A card, as the reception sees it.",
                act=Act.READ_CARD,
                endpoint=self.read,
                answers=CardAnswer,
            ),
            Operation(
                method="POST",
                path="/cards/{card}/correct",
                name=commands.CorrectCard.name,
                summary=commands.CorrectCard.summary,
                act=Act.WRITE_CARD,
                endpoint=self.correct,
                takes=commands.CorrectCard,
                answers=CardAnswer,
            ),
            Operation(
                method="POST",
                path="/cards/{card}/withdraw",
                name=commands.WithdrawConsent.name,
                summary=commands.WithdrawConsent.summary,
                act=Act.WITHDRAW_CONSENT,
                endpoint=self.withdraw,
                takes=commands.WithdrawConsent,
                answers=CardAnswer,
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: the reception's own shows all this."""
        return []

    async def find(self, request: Request) -> Response:
        """Find whoever stands before the desk."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.FindArrivals)
        if command.party is not None:
            found = await self._arrival.of_party(asked.slug, command.party)
        else:
            found = await self._arrival.find(asked.slug, command.text or "")
        on = f"party:{command.party}" if command.party is not None else "search"
        await asked.note(on, records=[place for each in found for place in _places(each)], fields=FOUND_FIELDS)
        return JSONResponse(FoundArrivals(found=list(map(_found, found))).model_dump(mode="json"))

    async def known(self, request: Request) -> Response:
        """Give what a reservation tells for the card."""
        asked: Asked = request.state.asked
        reservation_id = _id_in(request, "reservation", "unknown_reservation")
        place = reservation_place(reservation_id)
        await asked.note(place, records=[place], fields=["answers", "consents"])
        known = await self._arrival.known(asked.slug, reservation_id)
        prefill = Prefill(
            reservation=reservation_id,
            party=known.reservation.persons._asdict(),
            answers=known.answers,
            consents=dict(known.consents),
            wishes=wishes_of(known.reservation.wishes),
            card=known.card,
        )
        return JSONResponse(prefill.model_dump(mode="json"))

    async def enter(self, request: Request) -> Response:
        """Enter a card, of a walk-in or of a reservation."""
        asked: Asked = request.state.asked
        slug = asked.slug
        command = await read_command(request, commands.EnterCard, FORM_MAX_BYTES)
        filled = read_form(self._fairs[slug], "card", command.form())
        card_id = await self._cards.id_for(slug, command.command_id, command.reservation)
        records = [place_of(card_id)] + ([reservation_place(command.reservation)] if command.reservation else [])
        await asked.note(f"card:{card_id}", records=records, fields=sorted(filled.answers))
        earlier = await self._arrival.decided(slug, command.reservation) if command.reservation else ()
        try:
            card = await self._cards.enter(
                slug,
                filled,
                command_id=command.command_id,
                source=Source.RESERVATION if command.reservation else Source.STAFF,
                author=_author(asked),
                reservation=command.reservation,
                earlier=earlier,
            )
        except Refusal as refusal:
            raise self._numbered(slug, refusal) from None
        return JSONResponse(card_answer(card).model_dump(mode="json"))

    async def read(self, request: Request) -> Response:
        """Give a card."""
        asked: Asked = request.state.asked
        card_id = _id_in(request, "card", "unknown_card")
        await asked.note(f"card:{card_id}", records=[place_of(card_id)], fields=["answers", "consents"])
        return JSONResponse(card_answer(await self._cards.read(asked.slug, card_id)).model_dump(mode="json"))

    async def correct(self, request: Request) -> Response:
        """Write a card anew."""
        asked: Asked = request.state.asked
        card_id = _id_in(request, "card", "unknown_card")
        command = await read_command(request, commands.CorrectCard, FORM_MAX_BYTES)
        filled = read_form(self._fairs[asked.slug], "card", command.form())
        await asked.note(f"card:{card_id}", records=[place_of(card_id)], fields=sorted(filled.answers))
        card = await self._cards.correct(
            asked.slug, card_id, filled, command_id=command.command_id, author=_author(asked)
        )
        return JSONResponse(card_answer(card).model_dump(mode="json"))

    async def withdraw(self, request: Request) -> Response:
        """Take a consent back for a visitor who asks for it."""
        asked: Asked = request.state.asked
        card_id = _id_in(request, "card", "unknown_card")
        command = await read_command(request, commands.WithdrawConsent)
        field = f"consents.{command.consent}"
        await asked.note(f"card:{card_id}", why=command.why, records=[place_of(card_id)], fields=[field])
        card = await self._arrival.withdraw(
            asked.slug,
            card_id,
            command.consent,
            command_id=command.command_id,
            author=_author(asked),
            why=command.why,
        )
        return JSONResponse(card_answer(card).model_dump(mode="json"))

    def _numbered(self, slug: str, refusal: Refusal) -> Refusal:
        """Give the refusal with the number of the party it names: people know the number."""
        board = self._hubs[slug].board
        party = board.parties.get(refusal.detail.get("party", 0))
        if party is None:
            return refusal
        first = board.tickets.get(party.tickets[0]) if party.tickets else None
        number = party.number or (first.number if first else "—")
        return Refusal(refusal.code, {**refusal.detail, "number": number})


def _author(asked: Asked) -> Author:
    assert asked.audit is not None, "the gate lets nobody pass here in a demonstration"
    return Author(by=asked.principal.staff or "", at=asked.audit.now(), device=asked.principal.device)


def _id_in(request: Request, name: str, code: str) -> str:
    found: str = request.path_params[name]
    if not ID.fullmatch(found):
        raise Refusal(code)
    return found


def _places(found: Found) -> list[str]:
    reserved = [reservation_place(found.reservation.id)] if found.reservation else []
    return reserved + ([place_of(found.card)] if found.card else [])


def _found(found: Found) -> FoundArrival:
    reserved = found.reservation
    return FoundArrival(
        reservation=reserved.id if reserved else None,
        card=found.card,
        name=found.name,
        kana=found.kana,
        adults=found.persons.adults,
        children=found.persons.children,
        code=found.code,
        wishes=wishes_of(reserved.wishes) if reserved else [],
        party=found.party,
        state=reserved.state if reserved else None,
        novelty=reserved.novelty if reserved else None,
    )
