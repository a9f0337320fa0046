"""Many days at once: every processor plays days of its own, and the result does not depend on how many there are."""

import gc
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from yobidashi.fair import Booth, Fair, load_fair
from yobidashi.guide.model import Model, model_of
from yobidashi.rehearsal.day import play_day
from yobidashi.rehearsal.outcome import Outcome, outcome_of
from yobidashi.rehearsal.policies import Policy

FORECASTS_EVERY: Final = 10
"""On one day of so many every forecast is remembered and compared with what came; it takes as long as the day itself."""


@dataclass(frozen=True, slots=True)
class Run:
    """The same days under one policy, in the order of their seeds."""

    policy: Policy
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A policy and how many of the days are played under it."""

    policy: Policy
    days: int


class _Hall:
    """What a process plays in; it reads the fair once."""

    fair: Fair
    model: Model


def rehearse(
    path: Path, plans: Sequence[Plan], persons: int, seed: int, processes: int, progress: Callable[[Policy], None]
) -> list[Run]:
    """Play every plan's days, the first with ``seed``, each next one with the next; ``progress`` is told of each day."""
    tasks = [(i, plan.policy, persons, seed + day) for i, plan in enumerate(plans) for day in range(plan.days)]
    found: list[list[Outcome]] = [[] for _ in plans]
    # a fresh process each: what the first one holds (threads of a progress bar) is not copied into the others
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (path,)) as pool:
        for playing in as_completed([pool.submit(_play, task) for task in tasks]):
            i, outcome = playing.result()
            found[i].append(outcome)
            progress(plans[i].policy)
    by_seed = [sorted(outcomes, key=lambda outcome: outcome.seed) for outcomes in found]
    return [Run(plan.policy, tuple(outcomes)) for plan, outcomes in zip(plans, by_seed, strict=True)]


def _begin(path: Path) -> None:
    _Hall.fair = load_fair(path)
    _Hall.model = model_of(_Hall.fair)


def _play(task: tuple[int, Policy, int, int]) -> tuple[int, Outcome]:
    plan, policy, persons, seed = task
    assert _Hall.fair.day is not None
    fair = with_booths(_Hall.fair, policy.extra)
    gc.collect()  # between days, and not within one: it would look through the day's rows again and again
    gc.disable()
    hall = play_day(fair, _Hall.fair.day, _Hall.model, policy, persons, seed)
    away = sum(visitor.size for visitor in hall.turned_away)
    forecasts_by = _Hall.model if policy.shown and seed % FORECASTS_EVERY == 0 else None
    return plan, outcome_of(fair, hall.floor.events, seed, away, forecasts_by)


def with_booths(fair: Fair, queues: tuple[str, ...]) -> Fair:
    """Give the fair with a further main booth for each of the queues."""
    first = 1 + max(booth.number for booth in fair.booths)
    more = tuple(Booth(number=first + i, role="main", queue=queue) for i, queue in enumerate(queues))
    values = {key: getattr(fair, key) for key in Fair.model_fields}
    return Fair.model_construct(**{**values, "booths": (*fair.booths, *more)}) if more else fair
