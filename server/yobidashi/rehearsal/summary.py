"""What many days come to: waits of all of them together, and of each day's counts the mean and what to be prepared for."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from statistics import mean, quantiles
from typing import Final

from yobidashi.guide.forecasts import Accuracy
from yobidashi.rehearsal.outcome import STEP_MIN, Outcome
from yobidashi.rehearsal.policies import Policy
from yobidashi.rehearsal.runs import Run
from yobidashi.replay.figures import Waits, waits_of

DESK_S: Final = 60
"""Seconds that one party takes at reception: finding it, the card, the ticket. An assumption."""

PREPARED: Final = 95
"""A need is covered when it suffices on so many days of a hundred."""


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """One queue on the mean day: its waits, the longest one on 95 days of 100, talks, parties (組) who gave up, offers to it."""

    id: str
    waits: Waits | None
    longest_min: float
    consultations: float
    gave_up: float
    offered: float
    accepted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Many days under one policy. Persons (名) and counts are means of a day; ``_peak`` suffices on `PREPARED` days of 100."""

    policy: Policy
    days: int
    persons: float
    waits: Waits
    served: float
    unserved: float
    unserved_most: float  # on the worse days: the tenth decile
    consultations: float
    queues: tuple[QueueSummary, ...]
    booth_longest_min: dict[int, float]
    waiting: tuple[float, ...]  # persons waiting, by steps of the day
    waiting_p95: tuple[float, ...]
    seats_peak: int
    issued_peak: int  # parties at reception within STEP_MIN minutes
    calls_peak: int
    offered: float
    accepted: float
    spare_moves: float
    last_end_min: float
    overtakings: dict[str, float]
    unfair: int
    forecasts: tuple[Accuracy, ...]  # of the days on which they were remembered

    @property
    def receptionists(self) -> int:
        """How many receptionists are needed so that the busiest five minutes leave no line behind."""
        return max(1, ceil(self.issued_peak * DESK_S / (STEP_MIN * 60)))


def summary_of(run: Run) -> Summary:
    """Sum up the days of a run. Raises `ValueError` where hardly anybody was ever called."""
    days = run.outcomes
    waits = waits_of([minutes for day in days for minutes in day.waits_min])
    if waits is None:
        raise ValueError("nobody was called")

    def each(count: Callable[[Outcome], float]) -> list[float]:
        return [count(day) for day in days]

    unserved = each(lambda day: day.persons - day.served)
    return Summary(
        policy=run.policy,
        days=len(days),
        persons=mean(each(lambda day: day.persons)),
        waits=waits,
        served=mean(each(lambda day: day.served)),
        unserved=mean(unserved),
        unserved_most=share_below(unserved, 90),
        consultations=mean(each(lambda day: day.consultations)),
        queues=tuple(_queue(id_, days) for id_ in days[0].queues),
        booth_longest_min={
            booth: share_below([day.booths_longest_min.get(booth, 0.0) for day in days], PREPARED)
            for booth in sorted({booth for day in days for booth in day.booths_longest_min})
        },
        waiting=tuple(mean(step) for step in zip(*(day.course.waiting for day in days), strict=True)),
        waiting_p95=tuple(
            share_below(list(step), PREPARED) for step in zip(*(day.course.waiting for day in days), strict=True)
        ),
        seats_peak=ceil(share_below(each(lambda day: max(day.course.waiting)), PREPARED)),
        issued_peak=ceil(share_below(each(lambda day: max(day.course.issued)), PREPARED)),
        calls_peak=ceil(share_below(each(lambda day: day.calls_peak), PREPARED)),
        offered=mean(each(lambda day: sum(day.offered.values()))),
        accepted=mean(each(lambda day: sum(day.accepted.values()))),
        spare_moves=mean(each(lambda day: day.spare_moves)),
        last_end_min=share_below(each(lambda day: day.last_end_min), PREPARED),
        overtakings=_means(day.overtakings for day in days),
        unfair=sum(len(day.unfair) for day in days),
        forecasts=tuple(day.forecasts for day in days if day.forecasts),
    )


def share_below(values: list[float], percent: int) -> float:
    """Give the value that ``percent`` of a hundred do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def _queue(id_: str, days: tuple[Outcome, ...]) -> QueueSummary:
    queues = [day.queues[id_] for day in days]
    return QueueSummary(
        id_,
        waits_of([minutes for queue in queues for minutes in queue.waits_min]),
        share_below([queue.longest_min for queue in queues], PREPARED),
        mean(queue.consultations for queue in queues),
        mean(queue.gave_up for queue in queues),
        mean(day.offered.get(id_, 0) for day in days),
        mean(day.accepted.get(id_, 0) for day in days),
    )


def _means(counts: Iterable[dict[str, int]]) -> dict[str, float]:
    days = list(counts)
    total: Counter[str] = Counter()
    for day in days:
        total.update(day)
    return {name: count / len(days) for name, count in total.items()}
