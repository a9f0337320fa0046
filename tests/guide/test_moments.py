"""What is left of a talk, which of two times is the earlier, and the bands, against thousands of throws of the dice."""

from math import log, sqrt
from random import Random
from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yobidashi.guide.band import COVERED, WIDEST_MIN, band_of
from yobidashi.guide.moments import Moments, in_order, remaining
from yobidashi.live.guide import BAND_STEP_MIN

MINUTE = 60_000
MEAN, CV = 22 * MINUTE, 0.45
THROWS = 40_000


def talks(random: Random, mean: float = MEAN, cv: float = CV) -> float:
    variance = log(1 + cv * cv)
    return mean * random.lognormvariate(-variance / 2, sqrt(variance))


@pytest.mark.parametrize("elapsed", [0, 5, 10, 22, 35, 50])
def test_what_is_left_of_a_talk(elapsed: int) -> None:
    random = Random(f"talks:{elapsed}")
    left = [talk - elapsed * MINUTE for talk in (talks(random) for _ in range(THROWS * 3)) if talk > elapsed * MINUTE]
    moments = remaining(MEAN, CV, elapsed * MINUTE)
    error = sqrt(pvariance(left) / len(left))
    assert abs(moments.mean - fmean(left)) < 4 * error
    assert moments.variance == pytest.approx(pvariance(left), rel=0.25)


def test_a_talk_that_nobody_ended_is_not_waited_for_without_end() -> None:
    assert remaining(MEAN, CV, 600 * MINUTE) == remaining(MEAN, CV, 400 * MINUTE)
    assert remaining(MEAN, CV, 600 * MINUTE).mean < 2 * MEAN


def test_talks_without_spread_end_on_time() -> None:
    assert remaining(MEAN, 0, 8 * MINUTE) == pytest.approx((14 * MINUTE, 0))
    assert remaining(MEAN, 0, 30 * MINUTE) == Moments(0, 0)


@pytest.mark.parametrize(
    ("one", "other"), [((10, 4), (10, 4)), ((10, 4), (14, 8)), ((5, 3), (25, 3)), ((12, 0), (14, 6))]
)
def test_the_earlier_of_two_is_earlier_than_either(one: tuple[int, int], other: tuple[int, int]) -> None:
    random = Random("pairs")
    pairs = [[talks(random, mean, spread / mean) for mean, spread in (one, other)] for _ in range(THROWS)]
    first, last = in_order(Moments(one[0], one[1] ** 2), Moments(other[0], other[1] ** 2))
    for moments, thrown in ((first, [min(p) for p in pairs]), (last, [max(p) for p in pairs])):
        assert moments.mean == pytest.approx(fmean(thrown), abs=0.15)
        assert moments.variance == pytest.approx(pvariance(thrown), rel=0.06, abs=0.05)
    assert first.mean <= min(one[0], other[0]) <= max(one[0], other[0]) <= last.mean


@given(st.floats(1, 100), st.floats(0, 900), st.floats(1, 100), st.floats(0, 900))
def test_order_does_not_matter_and_nothing_is_lost(a: float, a_2: float, b: float, b_2: float) -> None:
    one, other = Moments(a, a_2), Moments(b, b_2)
    first, last = in_order(one, other)
    for moments, again in zip((first, last), in_order(other, one), strict=True):
        assert moments.mean == pytest.approx(again.mean)
    assert 0 <= first.mean <= last.mean + 1e-9
    assert first.mean <= min(a, b) + 1e-9
    assert first.variance >= 0
    assert last.variance >= 0


def test_a_booth_that_is_free_comes_first() -> None:
    free, busy = Moments(0, 0), Moments(7, 9)
    assert in_order(free, busy) == in_order(busy, free) == (free, busy)


@pytest.mark.parametrize(("mean", "spread"), [(4, 3), (12, 6), (25, 9), (43, 12), (60, 14)])
def test_a_band_covers_what_it_says_and_no_narrower_one_would(mean: int, spread: int) -> None:
    random = Random(f"waits:{mean}")
    waits = [talks(random, mean, spread / mean) for _ in range(THROWS)]

    def covers(low: int, high: int) -> float:
        return sum(low <= wait < high for wait in waits) / len(waits)

    band = band_of(mean * MINUTE, spread * MINUTE)
    assert covers(band.low_min, band.high_min) >= COVERED - 0.01
    width = band.high_min - band.low_min - BAND_STEP_MIN
    for low in range(0, mean + 1, BAND_STEP_MIN):
        assert covers(low, low + width) < COVERED + 0.01


@given(st.floats(0, 300), st.floats(0, 80))
def test_bands_are_steps_of_five_around_the_mean(mean: float, spread: float) -> None:
    band = band_of(mean * MINUTE, spread * MINUTE)
    assert band.low_min % BAND_STEP_MIN == band.high_min % BAND_STEP_MIN == 0
    assert 0 <= band.low_min <= mean + 0.125
    assert mean - 0.125 <= band.high_min
    assert BAND_STEP_MIN <= band.high_min - band.low_min <= WIDEST_MIN


def test_who_is_called_at_once_is_told_so() -> None:
    assert band_of(0, 0) == band_of(30_000, 10_000) == band_of(90_000, 30_000)
    assert (band_of(0, 0).low_min, band_of(0, 0).high_min) == (0, 5)
