"""A wait as it is shown: a band of minutes in steps of five (約・目安), never a single number."""

from functools import lru_cache
from math import erfc, log, sqrt
from typing import Final

from yobidashi.live.guide import BAND_STEP_MIN, Band

COVERED: Final = 0.7
"""How likely a wait is to fall into its band, at least, as far as the model is right."""

WIDEST_MIN: Final = 60
"""No band is wider, in minutes: beyond that it would say nothing more."""

_GRAIN_MS: Final = 15_000
_MEMORY: Final = 20_000
"""Bands kept in memory: means and spreads are rounded to quarters of a minute before they are looked up."""


def band_of(mean_ms: float, spread_ms: float) -> Band:
    """Give the narrowest band around a wait with this mean and standard deviation that covers it often enough."""
    return _band(round(mean_ms / _GRAIN_MS), round(spread_ms / _GRAIN_MS))


@lru_cache(maxsize=_MEMORY)
def _band(mean: int, spread: int) -> Band:
    mean_min = mean * _GRAIN_MS / 60_000
    first = int(mean_min // BAND_STEP_MIN) * BAND_STEP_MIN  # the step the mean lies in
    if mean <= 0 or spread <= 0:
        return Band(first, first + BAND_STEP_MIN)
    variance = log(1 + (spread / mean) ** 2)
    centre, sigma = log(mean_min) - variance / 2, sqrt(variance)

    def below(minutes: int) -> float:
        """How likely the wait is shorter, were it log-normal."""
        return 0.5 * erfc((centre - log(minutes)) / sigma / sqrt(2)) if minutes > 0 else 0.0

    band = Band(first, first + BAND_STEP_MIN)
    for width in range(BAND_STEP_MIN, WIDEST_MIN + 1, BAND_STEP_MIN):
        lows = range(max(0, first + BAND_STEP_MIN - width), first + 1, BAND_STEP_MIN)
        covered, low = max((below(low + width) - below(low), -low) for low in lows)
        band = Band(-low, -low + width)
        if covered >= COVERED:
            break
    return band
