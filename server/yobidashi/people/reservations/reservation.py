"""One reservation (5⑴イ(ｳ)): what a party answered and decided, kept sealed beside its booking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.people.form.answers import Answers, Filled, Persons, Wish
from yobidashi.people.form.consents import Author, Decision, decide, from_objects
from yobidashi.people.reservations.booking import Booking, BookingState

KIND: Final = "reservation"
"""Records of reservations stand at ``reservation:<id>``."""

CODE_LENGTH: Final = 8
"""Characters of the code for the desk: 40 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """A reservation as it is kept sealed, beside what the queue knows of it openly (`booking`)."""

    id: str
    answers: Answers
    """{} once it is cancelled."""
    persons: Persons
    wishes: tuple[Wish, ...]
    """In the order ①, ②, …"""
    consents: tuple[Decision, ...]
    """Every decision, oldest first (consents.py)."""
    form: str | None
    """Version of the questions that were answered."""
    privacy: str | None
    """Version of the notice that was shown."""
    made_by: str
    """``visitor`` or the id of a member of staff."""
    device: str | None
    made_at: int
    """Real time, ms."""
    changed_by: str
    changed_at: int
    code: str
    """For the desk, where the QR code is not at hand."""
    command: str
    """Command id of the newest write: a retry is known by it."""
    booking: Booking | None = None
    """None before it is written."""

    @property
    def place(self) -> str:
        """Where the record stands."""
        return place_of(self.id)

    @property
    def state(self) -> BookingState:
        """How far it has come."""
        return self.booking.state if self.booking else BookingState.BOOKED

    @property
    def rev(self) -> int:
        """Which write of it this is."""
        return self.booking.rev if self.booking else 0

    def filled_in(self, fair: Fair, filled: Filled, command_id: str, author: Author) -> Reservation:
        """Give the reservation as a form was filled in for it; what was decided before stays on record.

        Raises `Refusal` (``too_many_decisions``).
        """
        return replace(
            self,
            answers=filled.answers,
            persons=filled.persons,
            wishes=filled.wishes,
            consents=decide(fair, self.consents, filled.consents, author),
            form=fair.form.version if fair.form else None,
            privacy=fair.privacy.version if fair.privacy else None,
            changed_by=author.by,
            changed_at=author.at,
            command=command_id,
        )

    def says(self, filled: Filled) -> bool:
        """Tell whether this is what a form says: a command that comes again is taken for the same only then."""
        said = filled.persons, filled.wishes, filled.answers
        return said == (self.persons, self.wishes, self.answers)

    def without_answers(self) -> Reservation:
        """Give what stays of a reservation that is cancelled: which consents were decided, and when."""
        return replace(self, answers={})

    def to_record(self) -> dict[str, Any]:
        """Give what is sealed."""
        return {
            "answers": self.answers,
            "adults": self.persons.adults,
            "children": self.persons.children,
            "wishes": [{"queue": wish.queue, "slot": wish.slot} for wish in self.wishes],
            "consents": [decision.to_object() for decision in self.consents],
            "form": self.form,
            "privacy": self.privacy,
            "made_by": self.made_by,
            "device": self.device,
            "made_at": self.made_at,
            "changed_by": self.changed_by,
            "changed_at": self.changed_at,
            "code": self.code,
            "command": self.command,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any], booking: Booking) -> Reservation:
        """Read a reservation from its opened record and its booking."""
        stored = dict(record)
        persons = Persons(stored.pop("adults"), stored.pop("children"))
        wishes = tuple(Wish(wish["queue"], wish["slot"]) for wish in stored.pop("wishes"))
        consents = from_objects(stored.pop("consents"))
        return cls(id=booking.id, persons=persons, wishes=wishes, consents=consents, booking=booking, **stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a list shows of a reservation: who and when, no contact."""

    id: str
    name: str
    kana: str
    code: str
    persons: Persons
    wishes: tuple[Wish, ...]
    state: BookingState
    novelty: int | None


def summary_of(fair: Fair, reservation: Reservation) -> Summary:
    """Give what a list shows of a reservation."""
    name, kana = names_of(fair, reservation.answers)
    return Summary(
        id=reservation.id,
        name=name,
        kana=kana,
        code=reservation.code,
        persons=reservation.persons,
        wishes=reservation.wishes,
        state=reservation.state,
        novelty=reservation.booking.novelty if reservation.booking else None,
    )


def names_of(fair: Fair, answers: Answers) -> tuple[str, str]:
    """Give name and kana of who reserved; "" where the form does not ask."""
    fields = fair.form.fields if fair.form else ()
    name = next((field.key for field in fields if field.names), "")
    kana = next((field.key for field in fields if field.kind == "kana"), "")
    return str(answers.get(name, "")), str(answers.get(kana, ""))


def place_of(booking_id: str) -> str:
    """Give where a reservation's record stands."""
    return f"{KIND}:{booking_id}"
