"""A party in several queues: its calls, against those of a party that has thrown dice for its turns twenty thousand times."""

from math import sqrt
from random import Random
from statistics import fmean, pstdev

import pytest

from waiting_hall import MINUTE, WaitingHall, calls
from yobidashi.guide.moments import Moments
from yobidashi.guide.overlap import REST, UNSURE, Turn, calls_of_one, later_by, until_back

DAYS = 20_000


@pytest.mark.parametrize("other", [-10.0, 3.0, 10.0, 18.0, 40.0])
def test_a_call_comes_later_by_how_likely_the_party_is_at_the_other_booth(other: float) -> None:
    random = Random(f"overlap:{other}")
    waits = []
    for _ in range(DAYS):
        own, elsewhere = random.gauss(15, 4), random.gauss(other, 6)
        waits.append(elsewhere + 20 - own if elsewhere < own < elsewhere + 20 else 0.0)
    later = later_by(Moments(15, 16), Moments(other, 36), 20)
    assert later.mean == pytest.approx(fmean(waits), abs=0.2)
    assert sqrt(later.variance) == pytest.approx(pstdev(waits), abs=0.2)


@pytest.mark.parametrize("back", [0.0, 12.0, 30.0])
def test_who_is_away_is_called_when_back_at_the_earliest(back: float) -> None:
    random = Random(f"back:{back}")
    waits = [max(0.0, random.gauss(back, 5) - random.gauss(12, 3)) for _ in range(DAYS)]
    later = until_back(Moments(12, 9), Moments(back, 25))
    assert later.mean == pytest.approx(fmean(waits), abs=0.2)
    assert sqrt(later.variance) == pytest.approx(pstdev(waits), abs=0.2)


def test_what_is_sure_is_sure() -> None:
    sure, other = Moments(15, 0), Moments(10, 0)
    assert later_by(sure, other, 20) == (15, 0)
    assert later_by(other, sure, 20) == later_by(sure, other, 4) == (0, 0)
    assert until_back(sure, Moments(20, 0)) == (5, 0)


def test_two_turns_at_the_same_time_are_each_first_as_often() -> None:
    same = Turn(Moments(10 * MINUTE, MINUTE**2), 20 * MINUTE, 1)
    first, second = calls_of_one([same, Turn(*same)], None)
    assert first == second
    # in half the cases the other is first, and its talk and the rest of the next one have all but begun
    assert first.mean / MINUTE == pytest.approx(10 + (20 + REST * 20) / 2, abs=1)
    assert first.variance > (UNSURE * first.mean) ** 2


def test_nobody_is_told_the_wait_of_who_is_surely_first() -> None:
    hall = WaitingHall("a", "b")
    for queue, lasted in (("a", 8), ("b", 9)):
        hall.serving(hall.booth(queue), lasted)
    ticket = hall.board.tickets[hall.waiting("a")]
    alone = calls(hall, talk_cv=0.45).of(ticket)
    other = hall.board.tickets[hall.waiting("b", ticket.party)]
    both = calls(hall, talk_cv=0.45)
    told, elsewhere = both.of(ticket), both.of(other)
    assert alone is not None
    assert told is not None
    assert elsewhere is not None
    assert alone.mean + 5 * MINUTE < told.mean
    assert abs(told.mean - elsewhere.mean) < 5 * MINUTE
