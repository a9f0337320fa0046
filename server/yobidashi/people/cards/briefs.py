"""What a consultant may read before a talk (5⑴イ(ｳ)): what the party wants to talk about, never who it is or how to reach it.

A brief holds the answers to the fields that `fair.toml` marks ``brief``, of the reservation and of the card (the card's are the
newer ones), in words. Which tickets a booth may ask about stands in `may_read`. Pure but for `Briefs`, which reads the records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yobidashi.fair import Fair
from yobidashi.fairfile.visitor_tables import FormField
from yobidashi.live.board import Board
from yobidashi.people.cards.cards import Cards
from yobidashi.people.form.answers import Answer, Answers, Persons
from yobidashi.people.reservations.booking import Booking, BookingState
from yobidashi.people.reservations.reservation import Reservation
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.queue.errors import Refusal
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import State

AT_A_GLANCE: Final = ("language", "needs", "online")
"""Keys of fields that have a place of their own on the booth's page: what must be ready before the party sits down."""

YES_NO: Final = (("いいえ", "No"), ("はい", "Yes"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question and its answer in words."""

    key: str
    ja: str
    en: str
    values: tuple[tuple[str, str], ...]
    """Japanese and English of each answer; a typed one is the same in both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a booth reads of one party."""

    persons: Persons
    glance: tuple[Line, ...]
    """Language, needs, online: those that were answered."""
    lines: tuple[Line, ...]
    """The other answers, in the order of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The ids of the records behind a brief: what the audit record names before they are read."""

    card: str | None
    reservation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A reservation of a booth's queue, with its brief."""

    slot: int
    """Start of its slot, ms."""
    reservation: str
    arrived: bool
    brief: Brief


def may_read(board: Board, booth_number: int, ticket_id: int) -> Ticket:
    """Give the ticket, if this booth may read its brief now.

    It may while the ticket is called to it or being served by it, and while the ticket waits in its queue with a reserved
    place. Raises `Refusal`: ``unknown_booth``, ``unknown_ticket``, ``brief_closed``.
    """
    booth, ticket = board.booths.get(booth_number), board.tickets.get(ticket_id)
    if booth is None:
        raise Refusal("unknown_booth", {"id": booth_number})
    if ticket is None:
        raise Refusal("unknown_ticket", {"id": ticket_id})
    here = booth.ticket == ticket.id and ticket.state in (State.CALLED, State.SERVING)
    expected = ticket.state is State.WAITING and ticket.reserved is not None and ticket.queue == booth.queue
    if not here and not expected:
        raise Refusal("brief_closed")
    return ticket


def brief_of(fair: Fair, persons: Persons, *answers: Answers) -> Brief:
    """Give a brief; where a question was answered twice, the later ``answers`` count."""
    told = {key: answer for each in answers for key, answer in each.items()}
    fields = [field for field in (fair.form.fields if fair.form else ()) if field.brief and field.key in told]
    lines = [_line(fair, field, told[field.key]) for field in fields]
    return Brief(
        persons=persons,
        glance=tuple(line for key in AT_A_GLANCE for line in lines if line.key == key),
        lines=tuple(line for line in lines if line.key not in AT_A_GLANCE),
    )


def fields_read(fair: Fair) -> list[str]:
    """Give the keys of what a booth reads, for the audit record."""
    return [field.key for field in (fair.form.fields if fair.form else ()) if field.brief]


class Briefs:
    """The briefs of every fair."""

    def __init__(self, cards: Cards, reservations: Reservations, fairs: Mapping[str, Fair]) -> None:
        """Read ``cards`` and ``reservations``."""
        self._cards = cards
        self._reservations = reservations
        self._fairs = fairs

    async def sources(self, slug: str, party: int) -> Sources:
        """Give which records stand behind a party's brief. Nothing personal."""
        card_id = (await self._cards.of_parties(slug, [party])).get(party)
        facts = (await self._cards.facts(slug, [card_id])).get(card_id, {}) if card_id else {}
        return Sources(card=card_id, reservation=facts.get("booking"))

    async def read(self, slug: str, sources: Sources, persons: Persons) -> Brief:
        """Read the brief of a party of ``persons``: a party that was split has fewer than its card.

        Raises `Refusal`: ``unknown_card``, and as `PeopleStore.vault`.
        """
        if sources.card is None:
            raise Refusal("unknown_card")
        card = await self._cards.read(slug, sources.card)
        reserved = await self._reservations.read_many(slug, [sources.reservation] if sources.reservation else [])
        return brief_of(self._fairs[slug], persons, *(each.answers for each in reserved), card.answers)

    async def booked(self, slug: str, queue: str) -> dict[str, Booking]:
        """Give the day's bookings of a queue that stand, by id. Nothing personal."""
        return {
            booking_id: booking
            for booking_id, booking in (await self._reservations.bookings(slug)).items()
            if booking.state is not BookingState.CANCELLED and any(wish.queue == queue for wish in booking.wishes)
        }

    async def read_booked(self, slug: str, queue: str, booking_ids: Sequence[str]) -> list[Booked]:
        """Read the briefs of a queue's reservations, in the order of their slots. Raises as `PeopleStore.vault`."""
        reservations = await self._reservations.read_many(slug, booking_ids)
        briefs = [self._booked(slug, queue, each) for each in reservations if each.state is not BookingState.CANCELLED]
        return sorted(briefs, key=lambda each: (each.slot, each.reservation))

    def _booked(self, slug: str, queue: str, reservation: Reservation) -> Booked:
        return Booked(
            slot=min(wish.slot for wish in reservation.wishes if wish.queue == queue),
            reservation=reservation.id,
            arrived=reservation.state is BookingState.ARRIVED,
            brief=brief_of(self._fairs[slug], reservation.persons, reservation.answers),
        )


def _line(fair: Fair, field: FormField, answer: Answer) -> Line:
    return Line(key=field.key, ja=field.ja, en=field.en, values=tuple(_words(fair, field, answer)))


def _words(fair: Fair, field: FormField, answer: Answer) -> list[tuple[str, str]]:
    """Give an answer in words; a key that the form no longer has stands as it is."""
    if isinstance(answer, bool):
        return [YES_NO[answer]]
    named = {option.key: (option.ja, option.en) for option in field.options}
    if field.kind == "queues":
        named = {queue.id: (queue.name, queue.english) for queue in fair.queues}
    return [named.get(key, (key, key)) for key in ([answer] if isinstance(answer, str) else answer)]
