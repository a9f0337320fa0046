"""How right the estimate is over whole rehearsed days of the sample fair: what `FAIR.md` asks of it, and what simpler rules do."""

from collections.abc import Callable
from statistics import fmean

import pytest

from yobidashi.fair import load_fair
from yobidashi.guide.forecasts import Accuracy, Figures, Forecasts
from yobidashi.guide.model import model_of
from yobidashi.places import SAMPLE_FAIR
from yobidashi.rehearsal.day import play_day
from yobidashi.rehearsal.policies import FIXED, POOL

PERSONS = 349
DAYS = 2
MINUTE = 60_000


@pytest.fixture(scope="module", params=[FIXED, POOL], ids=lambda policy: policy.name)
def days(request: pytest.FixtureRequest) -> list[Accuracy]:
    """Days with shown waits and fixed spares; then lent spares and offers as well."""
    fair = load_fair(SAMPLE_FAIR)
    model = model_of(fair)
    assert fair.day is not None
    figures = []
    for seed in range(DAYS):
        forecasts = Forecasts(model)
        for event in play_day(fair, fair.day, model, request.param, PERSONS, seed).floor.events:
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


def test_simpler_rules_are_wrong_by_a_fifth_more_at_least(days: list[Accuracy]) -> None:
    error, _ = over(days, lambda day: day.estimate)
    assert error < 8
    for simpler in (lambda day: day.fixed_prior, lambda day: day.last_wait, lambda day: day.last_ten):
        assert over(days, simpler)[0] > 1.2 * error
