"""How likely people still wait: as the fair expects, and as the day shows."""

from math import erfc, exp, log, sqrt

import pytest

from yobidashi.guide.patience import EXPECTED_COUNTS, SPREAD, UNIT, hazard_of, stays_of

MINUTE = 60_000
PATIENCE = 35


def borne(minutes: float) -> float:
    """How likely a wait is borne where half the people bear 35 minutes."""
    return 0.5 * erfc(log(minutes / PATIENCE) / SPREAD / sqrt(2))


@pytest.mark.parametrize(("waited", "then"), [(0, 10), (0, 35), (0, 70), (20, 40), (35, 36), (60, 90)])
def test_who_has_borne_the_first_part_bears_the_rest_more_likely(waited: int, then: int) -> None:
    stays = stays_of(PATIENCE * MINUTE, 0, 0)
    first = borne(waited) if waited else 1.0
    assert stays(waited * MINUTE, then * MINUTE) == pytest.approx(borne(then) / first, abs=1e-8)


def test_waits_beyond_a_day_change_nothing_more() -> None:
    stays = stays_of(PATIENCE * MINUTE, 0, 0)
    assert stays(0, 5_000 * MINUTE) == stays(0, 600 * MINUTE) < 0.001
    assert stays(700 * MINUTE, 5_000 * MINUTE) == 1


def test_who_left_and_who_should_have_left_are_weighed_against_each_other() -> None:
    should = round(30 / UNIT)  # thirty parties were expected to leave
    expected = log(borne(40))
    for left, ratio in ((0, 10 / 40), (30, 1), (60, 70 / 40)):
        assert stays_of(PATIENCE * MINUTE, left, should)(0, 40 * MINUTE) == pytest.approx(exp(ratio * expected))
    assert EXPECTED_COUNTS == 10
    assert hazard_of(PATIENCE * MINUTE)[40] == pytest.approx(-expected / UNIT, abs=1)
