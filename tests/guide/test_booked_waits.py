"""Reservations of parties that have not come yet: told to those who wait, by hand and against ten thousand days with dice."""

import heapq
from random import Random
from statistics import fmean

import pytest

from waiting_hall import MINUTE, NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, minutes, model
from yobidashi.guide.bookings import SHOWS, Booked, expected_in
from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import guide_of
from yobidashi.live.guide import Guide

CYCLE = TALK_MIN + TURNOVER_MIN
GRACE = 10
DAYS = 5_000


def guided(hall: WaitingHall, booked: Booked) -> Guide:
    return guide_of(Calls(hall.board, model(*hall.board.queues), NOW, booked=booked))


def slot(minutes_from_now: float) -> int:
    return NOW + round(minutes_from_now * MINUTE)


def test_who_has_booked_is_called_first_from_the_slot_on() -> None:
    hall = WaitingHall("a", "b")
    hall.serving(hall.booth("a"), 10)
    line = [hall.waiting("a") for _ in range(3)]
    nobody = minutes(guided(hall, {}), *line)
    # due after the first call and before the second: from there on all wait the talk of who comes so likely
    told = guided(hall, {"a": {slot(20): 1}, "b": {slot(0): 5}})
    assert minutes(told, *line) == pytest.approx([10, 10 + CYCLE + SHOWS * CYCLE, 10 + 2 * CYCLE + SHOWS * CYCLE])
    assert [told.tickets[id_].ahead for id_ in line] == [0, 1, 2]
    assert minutes(guided(hall, {"a": {slot(300): 4}}), *line) == nobody


def test_at_most_so_many_in_a_row_go_before_who_waits() -> None:
    hall = WaitingHall("a")
    hall.serving(hall.booth("a"), 10)
    line = [hall.waiting("a")]
    assert minutes(guided(hall, {"a": {slot(5): 6}}), *line) == pytest.approx([10 + 2 * SHOWS * CYCLE])


def test_who_takes_a_ticket_now_is_told_of_them_as_well() -> None:
    hall = WaitingHall("a")
    hall.serving(hall.booth("a"), 10)
    queue = guided(hall, {"a": {slot(5): 1}}).queues["a"]
    assert queue.mean_ms is not None
    assert queue.mean_ms / MINUTE == pytest.approx(10 + SHOWS * CYCLE)
    assert queue.ahead == 0


@pytest.mark.parametrize(("late", "likely"), [(-30, SHOWS), (0, SHOWS), (5, SHOWS / 2), (GRACE, None), (60, None)])
def test_who_is_late_comes_less_likely(late: float, likely: float | None) -> None:
    expected = expected_in(model("a"), {"a": {slot(-late): 2}}, "a", NOW)
    assert [each.likely for each in expected] == ([] if likely is None else [pytest.approx(likely)] * 2)


def test_means_are_those_of_many_days() -> None:
    hall = WaitingHall("a")
    for lasted in (4, 15):
        hall.serving(hall.booth("a"), lasted)
    line = [hall.waiting("a") for _ in range(5)]
    slots = [12, 12, 40]
    told = minutes(guided(hall, {"a": {slot(12): 2, slot(40): 1}}), *line)
    random = Random("booked")
    days = [_played(slots, len(line), random) for _ in range(DAYS)]
    for mean, waits in zip(told, zip(*days, strict=True), strict=True):
        assert mean == pytest.approx(fmean(waits), abs=3)


def _played(slots: list[int], waiting: int, random: Random) -> list[float]:
    """Give when each who waits is called on one day on which some of the booked parties come."""
    free = [TALK_MIN - 4.0, TALK_MIN - 15.0]
    heapq.heapify(free)
    booked = sorted(slot for slot in slots if random.random() < SHOWS)
    called: list[float] = []
    run = 0
    while len(called) < waiting:
        at = free[0]
        if booked and booked[0] <= at and run < 2:
            booked.pop(0)
            run += 1
        else:
            called.append(at)
            run = 0
        heapq.heapreplace(free, at + CYCLE)
    return called
