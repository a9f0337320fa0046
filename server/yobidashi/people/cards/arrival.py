"""Who stands before the desk: a reservation or a card, found by link, code, name or number, and what is known of them already.

A party that has reserved only confirms: its card is filled in from the reservation beforehand. Reservation and card are two
records of one party, so a consent that is withdrawn is withdrawn on both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yobidashi.fair import Fair
from yobidashi.people.cards.card import CODE_LENGTH, Card
from yobidashi.people.cards.cards import Cards
from yobidashi.people.desk_code import typed_code
from yobidashi.people.form import consents
from yobidashi.people.form.answers import Answers, Persons, Wish
from yobidashi.people.form.consents import Author, Decision
from yobidashi.people.reservations.booking import BookingState
from yobidashi.people.reservations.reservation import Reservation, Summary, names_of, summary_of
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.reservations.search import FOUND_MAX, names_begin
from yobidashi.queue.errors import Refusal

_CARD_LINK: Final = re.compile(r"/c/([A-Za-z0-9_-]{22})/?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A party that was looked for: its reservation, or its card where it walked in."""

    reservation: Summary | None
    card: str | None
    """Id of its card, where there is one already."""
    name: str
    kana: str
    persons: Persons
    code: str
    party: int | None
    """Once it has its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a reservation tells for a card. Decisions are those on the present texts: a text that has changed is asked anew."""

    reservation: Reservation
    answers: Answers
    consents: Mapping[str, bool]
    card: str | None


class Arrival:
    """The desk of every fair."""

    def __init__(self, cards: Cards, reservations: Reservations, fairs: Mapping[str, Fair]) -> None:
        """Look into ``cards`` and ``reservations``."""
        self._cards = cards
        self._reservations = reservations
        self._fairs = fairs

    async def find(self, slug: str, text: str) -> list[Found]:
        """Give whom ``text`` names (a private link, a code), or at most `FOUND_MAX` whose name begins so. Raises as `vault`."""
        card_id = await self._card_named(slug, text)
        if card_id is not None:
            return await self._of_card(slug, card_id)
        reserved = [await self._with_card(slug, each) for each in await self._reservations.find(slug, text)]
        walked_in = [
            self._walked_in(slug, card)
            for card in await self._cards.all(slug)
            if card.reservation is None and names_begin(self._fairs[slug], card.answers, text)
        ]
        return sorted([*reserved, *walked_in], key=lambda found: (found.kana, found.code))[:FOUND_MAX]

    async def of_party(self, slug: str, party: int) -> list[Found]:
        """Give who holds a number; [] where no card belongs to it. Raises as `vault`."""
        holders = await self._cards.of_parties(slug, [party])
        return await self._of_card(slug, holders[party]) if party in holders else []

    async def known(self, slug: str, reservation_id: str) -> Known:
        """Give what a reservation tells for a card.

        Raises `Refusal`: ``unknown_reservation``, ``reservation_cancelled``, and as `vault`.
        """
        fair = self._fairs[slug]
        reservation = await self._reservations.read(slug, reservation_id)
        if reservation.state is BookingState.CANCELLED:
            raise Refusal("reservation_cancelled")
        asked = {field.key for field in fair.form.asked("card")} if fair.form else set()
        return Known(
            reservation=reservation,
            answers={key: answer for key, answer in reservation.answers.items() if key in asked},
            consents=consents.current(fair, reservation.consents),
            card=(await self._with_card(slug, summary_of(fair, reservation))).card,
        )

    async def decided(self, slug: str, reservation_id: str) -> Sequence[Decision]:
        """Give what was decided with a reservation: it goes on standing on its card.

        Raises `Refusal`: ``unknown_reservation``, and as `vault`.
        """
        return (await self._reservations.read(slug, reservation_id)).consents

    async def withdraw(
        self, slug: str, card_id: str, consent: str, *, command_id: str, author: Author, why: str = ""
    ) -> Card:
        """Withdraw a consent from a card and from its reservation.

        Raises `Refusal`: ``unknown_card``, ``unknown_consent``, ``too_many_decisions``, and as `vault`.
        """
        card = await self._cards.withdraw(slug, card_id, consent, command_id=command_id, author=author, why=why)
        if card.reservation is not None:
            await self._reservations.withdraw(
                slug, card.reservation, consent, command_id=command_id, author=author, why=why
            )
        return card

    async def _card_named(self, slug: str, text: str) -> str | None:
        link, code = _CARD_LINK.search(text.strip()), typed_code(text, CODE_LENGTH)
        if link is not None:
            return await self._cards.by_token(slug, link[1])
        return await self._cards.by_code(slug, code) if code else None

    async def _of_card(self, slug: str, card_id: str) -> list[Found]:
        card = await self._cards.read(slug, card_id)
        if card.reservation is None:
            return [self._walked_in(slug, card)]
        reserved: Sequence[Reservation] = await self._reservations.read_many(slug, [card.reservation])
        return [await self._with_card(slug, summary_of(self._fairs[slug], each)) for each in reserved]

    async def _with_card(self, slug: str, reserved: Summary) -> Found:
        card_id = await self._cards.id_for(slug, "", reserved.id)
        facts = (await self._cards.facts(slug, [card_id])).get(card_id)
        return Found(
            reservation=reserved,
            card=card_id if facts else None,
            name=reserved.name,
            kana=reserved.kana,
            persons=reserved.persons,
            code=reserved.code,
            party=facts.get("party") if facts else None,
        )

    def _walked_in(self, slug: str, card: Card) -> Found:
        name, kana = names_of(self._fairs[slug], card.answers)
        return Found(
            reservation=None,
            card=card.id,
            name=name,
            kana=kana,
            persons=card.persons,
            code=card.code,
            party=card.party,
        )


def wishes_of(wishes: Sequence[Wish]) -> list[dict[str, str | int]]:
    """Give wishes as they are answered."""
    return [{"queue": wish.queue, "slot": wish.slot} for wish in wishes]
