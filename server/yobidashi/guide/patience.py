"""How likely somebody still waits when called: who goes home leaves the line shorter than it looks."""

from collections.abc import Callable
from functools import lru_cache
from math import erfc, exp, log, sqrt
from typing import Final

from yobidashi.fair import MINUTE_MS

SPREAD: Final = 0.5
"""Sigma of how long people wait (log-normal). †"""

EXPECTED_COUNTS: Final = 10.0
"""How many parties that leave the expectation counts for, beside those that left on the day itself. †"""

LONGEST_MIN: Final = 600
"""Waits beyond this many minutes change nothing more."""

UNIT: Final = 1e-9
"""Hazards are whole numbers of this unit, so that sums of them are exact."""

Stays = Callable[[float, float], float]
"""From a wait so far to a longer one, both in ms: how likely a party that has borne the first bears the second."""


def stays_of(patience_ms: int, left: int, borne: int) -> Stays:
    """Give how likely tickets stay in line: as expected, more or less as the day has shown so far.

    ``left``: parties that have gone home; ``borne``: how many should have, as `hazard_of` adds up over all waits so far.
    """
    hazard = hazard_of(patience_ms)
    unit = -UNIT * (EXPECTED_COUNTS + left) / (EXPECTED_COUNTS + UNIT * borne)

    def stays(waited_ms: float, then_ms: float) -> float:
        first, last = int(waited_ms // MINUTE_MS), int(then_ms // MINUTE_MS)
        return exp(
            unit
            * (
                hazard[last if last < LONGEST_MIN else LONGEST_MIN]
                - hazard[first if first < LONGEST_MIN else LONGEST_MIN]
            )
        )

    return stays


@lru_cache(maxsize=8)
def hazard_of(patience_ms: int) -> tuple[int, ...]:
    """Give minus the logarithm of how likely a wait of each minute is borne, in `UNIT`."""
    centre = log(patience_ms / MINUTE_MS)
    borne = (0.5 * erfc((log(max(minute, 0.5)) - centre) / SPREAD / sqrt(2)) for minute in range(LONGEST_MIN + 1))
    return tuple(round(-log(max(each, 1e-9)) / UNIT) for each in borne)
