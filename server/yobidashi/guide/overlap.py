"""A party can be at one booth only: how much later it is called in one queue because it may be called in another before.

Which of its queues calls it first is not sure. Taken for sure, the first would always be told too short a wait and the others too
long a one; so each is told its own turn and, by how likely the other comes first, the talk there.
"""

from collections.abc import Sequence
from math import erfc, exp, inf, pi, sqrt
from typing import Final, NamedTuple

from yobidashi.guide.moments import Moments

REST: Final = 0.25
"""Part of a talk for which a party that is back waits for the next booth to be free. †"""

UNSURE: Final = 0.4
"""Spread of such a call beside all that is reckoned, as a part of its wait: parties ahead are in several queues too. †"""

_ROOT_2: Final = sqrt(2)
_ROOT_2PI: Final = sqrt(2 * pi)


class Turn(NamedTuple):
    """When a party's turn comes in one of its queues, were it always there; for how long a call takes it; booths that call."""

    at: Moments
    taken_ms: float
    booths: int


def calls_of_one(turns: Sequence[Turn], back: Moments | None) -> list[Moments]:
    """Give when one party is called in each of the queues in which it waits; ``back``: when it is, if it is at a booth now."""
    calls = []
    for own in turns:
        rest = REST * own.taken_ms / own.booths
        later = [later_by(own.at, other.at, other.taken_ms + rest) for other in turns if other is not own]
        if back is not None:
            later.append(until_back(own.at, back))
        mean = own.at[0] + sum(each[0] for each in later)
        variance = own.at[1] + sum(each[1] for each in later)
        calls.append(Moments(mean, variance + (UNSURE * mean) ** 2))
    return calls


def later_by(own: Moments, other: Moments, taken_ms: float) -> Moments:
    """Give by how much a call comes later whose turn is at ``own``, where another at ``other`` would take the party for ``taken_ms``.

    Both turns are taken to be normal and independent. Nothing where the own turn is first, or comes after the talk.
    """
    return _between(other[0] + taken_ms - own[0], own[1] + other[1], taken_ms)


def until_back(own: Moments, back: Moments) -> Moments:
    """Give by how much a call comes later whose turn is at ``own``, where the party is away until ``back``."""
    return _between(back[0] - own[0], own[1] + back[1], inf)


def _between(mean: float, variance: float, most: float) -> Moments:
    """Give mean and variance of a normal time where it lies between nothing and ``most``; nothing where it does not."""
    if variance <= 0:
        return Moments(mean if 0 < mean < most else 0.0, 0.0)
    spread = sqrt(variance)
    low, high = -mean / spread, (most - mean) / spread
    likely = 0.5 * (erfc(low / _ROOT_2) - erfc(high / _ROOT_2))
    at_low, at_high = exp(-low * low / 2) / _ROOT_2PI, exp(-high * high / 2) / _ROOT_2PI
    first = mean * likely + spread * (at_low - at_high)
    edge = (most + mean) * at_high if at_high else 0.0
    second = (mean * mean + variance) * likely + spread * (mean * at_low - edge)
    return Moments(max(0.0, first), max(0.0, second - first * first))
