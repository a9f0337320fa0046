"""What the API answers about reception cards."""

from pydantic import BaseModel

from yobidashi.people.cards.card import Card, Source
from yobidashi.people.form.answers import Answers
from yobidashi.people.form.consents import Decision, standing
from yobidashi.people.reservations.booking import BookingState


class Stands(BaseModel):
    """The decision about one recipient that holds now."""

    consent: str
    given: bool
    version: str
    at: int
    """Real time, ms."""
    by: str


class OwnCard(BaseModel):
    """A visitor's own card, as its page shows it. What was written on it is not given back."""

    token: str
    """Of its private page, ``/c/{token}``."""
    code: str
    """To tell at the desk."""
    entered_at: int
    party: int | None
    """Once it has a number: the party's id on the board."""
    consents: list[Stands]


class CardAnswer(BaseModel):
    """A card, as the reception sees it."""

    id: str
    party: dict[str, int]
    """Persons (名): adults, children."""
    answers: Answers
    consents: list[Stands]
    history: list[Stands]
    """Every decision, oldest first."""
    reservation: str | None
    source: Source
    code: str
    made_by: str
    made_at: int
    changed_at: int
    holder: int | None
    """The party that has its number by this card."""


class Prefill(BaseModel):
    """What a reservation tells for a card: what is missing is asked at the desk."""

    reservation: str
    party: dict[str, int]
    answers: Answers
    consents: dict[str, bool]
    """Decisions on the present texts; where a text has changed since, it is asked anew."""
    wishes: list[dict[str, str | int]]
    card: str | None
    """Its card, where one was made already."""


class FoundArrival(BaseModel):
    """A party that was looked for: its reservation, or its card where it walked in."""

    reservation: str | None
    card: str | None
    """Its card, where there is one already."""
    name: str
    kana: str
    adults: int
    children: int
    code: str
    wishes: list[dict[str, str | int]]
    """Queue and slot (ms) of each; a walk-in has none."""
    party: int | None
    """Id of the party on the board, once it has its number."""
    state: BookingState | None
    """How far the reservation has come."""
    novelty: int | None
    """When its gift was handed, real time in ms."""


class FoundArrivals(BaseModel):
    """All that match, as many as a person can look through."""

    found: list[FoundArrival]


def stands(decision: Decision) -> Stands:
    """Give a decision as it is answered."""
    return Stands(
        consent=decision.consent, given=decision.given, version=decision.version, at=decision.at, by=decision.by
    )


def own_card(card: Card, token: str) -> OwnCard:
    """Give a card as its visitor sees it."""
    held = [stands(decision) for decision in standing(card.consents).values()]
    return OwnCard(token=token, code=card.code, entered_at=card.made_at, party=card.party, consents=held)


def card_answer(card: Card) -> CardAnswer:
    """Give a card as the reception sees it."""
    return CardAnswer(
        id=card.id,
        party=card.persons._asdict(),
        answers=card.answers,
        consents=[stands(decision) for decision in standing(card.consents).values()],
        history=[stands(decision) for decision in card.consents],
        reservation=card.reservation,
        source=card.source,
        code=card.code,
        made_by=card.made_by,
        made_at=card.made_at,
        changed_at=card.changed_at,
        holder=card.party,
    )
