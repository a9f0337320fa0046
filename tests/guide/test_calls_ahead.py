"""The floor run on by means and variances, against the floor played ten thousand times with dice."""

import heapq
from math import log, sqrt
from random import Random
from statistics import fmean, pstdev

import pytest

from waiting_hall import MINUTE, NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, model
from yobidashi.guide.calls import calls_ahead

CV = 0.45
DAYS = 10_000
WAITING = 6


def talk(random: Random, lasted: float = 0.0) -> float:
    """Throw what is left of a talk that has lasted some minutes."""
    sigma_2 = log(1 + CV * CV)
    while (length := TALK_MIN * random.lognormvariate(-sigma_2 / 2, sqrt(sigma_2))) <= lasted:
        pass
    return length - lasted


def played(booths: list[float], random: Random) -> list[float]:
    """Give when each who waits is called on one day, and who would join."""
    free = [talk(random, lasted) for lasted in booths]
    heapq.heapify(free)
    called = []
    for _ in range(WAITING + 1):
        called.append(free[0])
        heapq.heapreplace(free, free[0] + TURNOVER_MIN + talk(random))
    return called


@pytest.mark.parametrize("booths", [[10], [0.01, 12], [5, 18, 25], [0.01, 0.01, 0.01, 0.01], [40, 3]])
def test_means_and_spreads_are_those_of_many_days(booths: list[float]) -> None:
    random = Random(f"days:{booths}")
    days = list(zip(*(played(booths, random) for _ in range(DAYS)), strict=True))
    hall = WaitingHall("a")
    for lasted in booths:
        hall.serving(hall.booth("a"), lasted)
    line = [hall.waiting("a") for _ in range(WAITING)]
    calls = calls_ahead(hall.board, model("a", talk_cv=CV), {"a": TALK_MIN * MINUTE}, NOW)
    moments = [*(calls.tickets[id_] for id_ in line), calls.queues["a"]]
    for called, times in zip(moments, days, strict=True):
        assert called.mean / MINUTE == pytest.approx(fmean(times), abs=1.2)
        assert sqrt(called.variance) / MINUTE == pytest.approx(pstdev(times), abs=1.0)


def test_who_is_called_elsewhere_first_is_told_with_less_certainty() -> None:
    hall = WaitingHall("a", "b")
    hall.booth("a")
    hall.serving(hall.booth("b"), 10)
    free = [hall.waiting("b") for _ in range(2)]
    certain = calls_ahead(hall.board, model("a", "b", talk_cv=CV), dict.fromkeys("ab", TALK_MIN * MINUTE), NOW)
    hall.waiting("a", hall.party(free[1]))
    less = calls_ahead(hall.board, model("a", "b", talk_cv=CV), dict.fromkeys("ab", TALK_MIN * MINUTE), NOW)
    assert less.tickets[free[1]].variance > certain.tickets[free[1]].variance > 0
