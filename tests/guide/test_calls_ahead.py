"""The floor run on by means and variances, against the floor played ten thousand times with dice."""

import heapq
from math import log, sqrt
from random import Random
from statistics import fmean, pstdev

import pytest

from waiting_hall import MINUTE, TURNOVER_MIN, WaitingHall, calls

CV = 0.45
DAYS = 5_000
WAITING = 6


def talk(random: Random, mean: float, lasted: float = 0.0) -> float:
    """Throw what is left of a talk that has lasted some minutes."""
    sigma_2 = log(1 + CV * CV)
    while (length := mean * random.lognormvariate(-sigma_2 / 2, sqrt(sigma_2))) <= lasted:
        pass
    return length - lasted


def played(booths: list[float], mean: float, random: Random) -> list[float]:
    """Give when each who waits is called on one day, and who would join."""
    free = [talk(random, mean, lasted) for lasted in booths]
    heapq.heapify(free)
    called = []
    for _ in range(WAITING + 1):
        called.append(free[0])
        heapq.heapreplace(free, free[0] + TURNOVER_MIN + talk(random, mean))
    return called


@pytest.mark.parametrize("booths", [[10], [0.01, 12], [5, 18, 25], [0.01, 0.01, 0.01, 0.01], [40, 3]])
def test_means_and_spreads_are_those_of_many_days(booths: list[float]) -> None:
    hall = WaitingHall("a")
    for lasted in booths:
        hall.serving(hall.booth("a"), lasted)
    line = [hall.waiting("a") for _ in range(WAITING)]
    look = calls(hall, talk_cv=CV)
    mean, random = look.talks["a"] / MINUTE, Random(f"days:{booths}")
    days = zip(*(played(booths, mean, random) for _ in range(DAYS)), strict=True)
    moments = [*(look.of(hall.board.tickets[id_]) for id_ in line), look.joining("a")]
    for called, times in zip(moments, days, strict=True):
        assert called is not None
        assert called.mean / MINUTE == pytest.approx(fmean(times), abs=0.06 * mean)
        assert sqrt(called.variance) / MINUTE == pytest.approx(pstdev(times), abs=0.05 * mean)


def test_who_is_called_elsewhere_first_is_told_with_less_certainty() -> None:
    hall = WaitingHall("a", "b")
    hall.booth("a")
    hall.serving(hall.booth("b"), 10)
    second = hall.board.tickets[[hall.waiting("b") for _ in range(2)][1]]
    certain = calls(hall, talk_cv=CV).of(second)
    hall.waiting("a", second.party)
    less = calls(hall, talk_cv=CV).of(second)
    assert certain is not None
    assert less is not None
    assert less.variance > certain.variance > 0
