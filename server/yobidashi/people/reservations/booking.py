"""A booking: what the queues know of a reservation. Places, persons and how far it has come; it names nobody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from yobidashi.people.form.answers import Persons, Wish

BOOKINGS_MAX: Final = 20_000
"""Bookings of one fair, those that were cancelled included (`lua/book.lua`)."""


class BookingState(StrEnum):
    """How far a booking has come."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    """Its party has its number."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking as it stands in the hash ``bookings`` (queue/keys.py)."""

    id: str
    wishes: tuple[Wish, ...]
    persons: Persons
    state: BookingState
    rev: int
    """Counts the writes of its reservation; the next one must have seen the newest."""
    novelty: int | None = None
    """When its gift was handed, real time in ms."""

    @classmethod
    def from_json(cls, booking_id: str, text: bytes) -> Booking:
        """Read a booking as it is stored."""
        stored = json.loads(text)
        return cls(
            id=booking_id,
            wishes=tuple(Wish(wish["queue"], int(wish["slot"])) for wish in stored["wishes"]),
            persons=Persons(stored["adults"], stored["children"]),
            state=BookingState(stored["state"]),
            rev=stored.get("rev", 0),
            novelty=stored.get("novelty"),
        )


def to_json(wishes: tuple[Wish, ...], persons: Persons) -> str:
    """Give what a script is told of a booking: wishes and persons."""
    wished = [{"queue": wish.queue, "slot": wish.slot} for wish in wishes]
    return json.dumps({"wishes": wished, "adults": persons.adults, "children": persons.children})
