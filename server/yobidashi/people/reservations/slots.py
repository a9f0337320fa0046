"""Slots: when reservations are taken, how many places each slot has and how many are left. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from yobidashi.fair import Fair
from yobidashi.people.form.answers import Wish
from yobidashi.queue.errors import Refusal


class Period(StrEnum):
    """Whether reservations are taken."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The places of a fair at one moment."""

    at: int
    """Real time, ms."""
    period: Period
    """For visitors; staff enter reservations until the fair ends."""
    places: Mapping[str, Mapping[int, int]]
    """Queue → start of a slot in ms → places left (組). A slot that has begun has none."""


def slots_from(fair: Fair, at: int, flat: Sequence[bytes]) -> Slots:
    """Read what Redis counts: ``queue@slot`` and its bookings, one after the other."""
    taken = {field.decode(): int(count) for field, count in zip(flat[::2], flat[1::2], strict=True)}
    places = {
        queue.id: {slot: _left(fair, at, queue.id, slot, taken) for slot in fair.slots(queue.id)}
        for queue in fair.queues
        if fair.slots(queue.id)
    }
    return Slots(at=at, period=period_of(fair, at), places=places)


def period_of(fair: Fair, at: int) -> Period:
    """Tell whether visitors can reserve at a moment; a fair without reservations is closed."""
    period = fair.reservation_period()
    if period is None or at >= period[1]:
        return Period.CLOSED
    return Period.OPEN if at >= period[0] else Period.BEFORE


def taken_between(fair: Fair, *, by_staff: bool) -> tuple[int, int]:
    """Give the first moment at which a new booking is taken, and the first at which it no longer is, in ms.

    Staff enter what they are told on the telephone at any time before the fair ends.
    """
    if by_staff and fair.reservation is not None:
        return 0, fair.at(fair.closes)
    return fair.reservation_period() or (0, 0)


def capacities(fair: Fair, wishes: Sequence[Wish]) -> list[int]:
    """Give how many places each wish's slot has."""
    return [fair.slot_capacity(wish.queue) for wish in wishes]


def with_words(fair: Fair, refusal: Refusal) -> Refusal:
    """Give a script's refusal with the words its sentence needs: a queue's name, a time, a day."""
    detail: dict[str, Any] = dict(refusal.detail)
    if refusal.code == "reservations_not_open" and fair.reservation is not None:
        detail["opens"] = fair.reservation.opens.isoformat()
    if "slot" in detail:
        detail["slot"] = int(detail["slot"])
        queue = fair.queue(detail["queue"])
        detail["queue_name"], detail["queue_english"] = queue.name, queue.english
        detail["time"] = time_of(fair, detail["slot"])
    if "at" in detail:
        detail["time"] = time_of(fair, int(detail["at"]))
    return Refusal(refusal.code, detail)


def time_of(fair: Fair, at: int) -> str:
    """Give a moment as a clock at the fair shows it: 13:00."""
    return dt.datetime.fromtimestamp(at / 1000, fair.timezone).strftime("%H:%M")


def _left(fair: Fair, at: int, queue: str, slot: int, taken: Mapping[str, int]) -> int:
    if slot <= at:
        return 0
    return max(0, fair.slot_capacity(queue) - taken.get(f"{queue}@{slot}", 0))
