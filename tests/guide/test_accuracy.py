"""How right the estimate is over whole rehearsed days of the sample fair: what `FAIR.md` asks of it, and what simpler rules do."""

from collections.abc import Callable
from statistics import fmean
from typing import Final

import pytest

from yobidashi.fair import load_fair
from yobidashi.guide.forecasts import Accuracy, Figures, Forecasts
from yobidashi.guide.model import model_of
from yobidashi.live.board import Board
from yobidashi.places import SAMPLE_FAIR
from yobidashi.rehearsal.day import play_day
from yobidashi.rehearsal.policies import FIXED, POOL, Policy

PERSONS = 349
SIMPLER: Final[tuple[Callable[[Accuracy], Figures], ...]] = (
    lambda day: day.fixed_prior,
    lambda day: day.last_wait,
    lambda day: day.last_ten,
)
DAYS = 4
MINUTE = 60_000


@pytest.fixture(scope="module")
def fixed() -> list[Accuracy]:
    """Days with shown waits and fixed spares."""
    return played(FIXED)


@pytest.fixture(scope="module")
def pool() -> list[Accuracy]:
    """Days with lent spares and offers as well: what comes is harder to know, for booths move and parties follow offers."""
    return played(POOL)


@pytest.fixture(params=["fixed", "pool"])
def days(request: pytest.FixtureRequest) -> list[Accuracy]:
    """The days of either policy."""
    days: list[Accuracy] = request.getfixturevalue(request.param)
    return days


def played(policy: Policy) -> list[Accuracy]:
    """Rehearse days, and give how right each of them was foreseen."""
    fair = load_fair(SAMPLE_FAIR)
    model = model_of(fair)
    assert fair.day is not None
    figures = []
    for seed in range(DAYS):
        forecasts = Forecasts(model)
        for event in play_day(fair, fair.day, model, policy, PERSONS, seed).floor.events:
            forecasts.take(event)
        figures.append(forecasts.figures())
    return figures


def over(days: list[Accuracy], of: Callable[[Accuracy], Figures]) -> tuple[float, float]:
    """Give mean error and bias over the days, in minutes."""
    figures = [of(day) for day in days]
    return (
        fmean(each.mean_error_ms or 0 for each in figures) / MINUTE,
        fmean(each.bias_ms or 0 for each in figures) / MINUTE,
    )


def test_the_estimate_leans_to_neither_side(days: list[Accuracy]) -> None:
    assert all(day.estimate.count > 200 for day in days)
    _, bias = over(days, lambda day: day.estimate)
    assert abs(bias) < 2


def test_bands_are_kept_and_no_wider_than_need_be(days: list[Accuracy]) -> None:
    assert 0.68 < fmean(day.estimate.coverage or 0 for day in days) < 0.92
    assert fmean(day.estimate.width_min or 60 for day in days) < 17


def test_the_error_is_below_eight_minutes(days: list[Accuracy]) -> None:
    assert over(days, lambda day: day.estimate)[0] < 8


def test_simpler_rules_are_twice_as_wrong_on_a_day_with_fixed_booths(fixed: list[Accuracy]) -> None:
    error, _ = over(fixed, lambda day: day.estimate)
    for simpler in SIMPLER:
        assert over(fixed, simpler)[0] > 2 * error


def test_where_booths_move_simpler_rules_are_still_more_wrong(pool: list[Accuracy]) -> None:
    error, _ = over(pool, lambda day: day.estimate)
    for simpler, factor in zip(SIMPLER, (1.25, 1.5, 1.5), strict=True):
        assert over(pool, simpler)[0] > factor * error


def test_a_day_that_is_learnt_event_by_event_is_one_that_is_looked_through_anew() -> None:
    fair = load_fair(SAMPLE_FAIR)
    model, board = model_of(fair), Board()
    assert fair.day is not None
    taken, looked_through = Forecasts(model), Forecasts(model, board)
    for event in play_day(fair, fair.day, model, POOL, PERSONS, DAYS).floor.events:
        taken.take(event)
        board.apply(event)
        looked_through.take(event)
    assert taken.figures() == looked_through.figures()
    assert taken.figures().estimate.count > 200
