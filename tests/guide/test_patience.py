"""How likely people still wait: as the fair expects, and as the day shows."""

from math import erfc, log, sqrt

import pytest

from waiting_hall import MINUTE, NOW, WaitingHall, model
from yobidashi.guide.patience import SPREAD, patience_of

PATIENCE = 35


def borne(minutes: float) -> float:
    """How likely a wait is borne where half the people bear 35 minutes."""
    return 0.5 * erfc(log(minutes / PATIENCE) / SPREAD / sqrt(2))


@pytest.mark.parametrize(("waited", "then"), [(0, 10), (0, 35), (0, 70), (20, 40), (35, 36), (60, 90)])
def test_who_has_borne_the_first_part_bears_the_rest_more_likely(waited: int, then: int) -> None:
    stays = patience_of(WaitingHall("a").board, model("a", patience_ms=PATIENCE * MINUTE), NOW)
    first = borne(waited) if waited else 1.0
    assert stays(waited * MINUTE, then * MINUTE) == pytest.approx(borne(then) / first, abs=1e-9)


def test_waits_beyond_a_day_change_nothing_more() -> None:
    stays = patience_of(WaitingHall("a").board, model("a", patience_ms=PATIENCE * MINUTE), NOW)
    assert stays(0, 5_000 * MINUTE) == stays(0, 600 * MINUTE) < 0.001
    assert stays(700 * MINUTE, 5_000 * MINUTE) == 1
