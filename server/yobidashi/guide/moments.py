"""Mean and variance of times to come: what is left of a talk, and which of two things ends first."""

from math import erfc, exp, log, pi, sqrt
from typing import Final, NamedTuple

_ROOT_2: Final = sqrt(2)
_ROOT_2_PI: Final = sqrt(2 * pi)
_FAR: Final = 4.0
"""Standard deviations beyond which the later of two never comes first, and a talk's length tells nothing more."""


class Moments(NamedTuple):
    """Mean (ms) and variance (ms²) of a time to come."""

    mean: float
    variance: float


def remaining(mean_ms: float, cv: float, elapsed_ms: float) -> Moments:
    """Give what is left of a talk that has lasted ``elapsed_ms``, talks being log-normal with this mean and spread.

    A talk far beyond its usual length is taken to be as long as the longest that is still credible: what is left of it does
    not grow without end (somebody forgot to end it).
    """
    if cv <= 0:
        return Moments(max(0.0, mean_ms - elapsed_ms), 0.0)
    if elapsed_ms <= 0:
        return Moments(mean_ms, (mean_ms * cv) ** 2)
    sigma_2 = log(1 + cv * cv)
    sigma = sqrt(sigma_2)
    z = min((log(elapsed_ms / mean_ms) + sigma_2 / 2) / sigma, _FAR)
    elapsed = mean_ms * exp(z * sigma - sigma_2 / 2)
    longer = _above(z)
    mean = mean_ms * _above(z - sigma) / longer
    square = mean_ms * mean_ms * (1 + cv * cv) * _above(z - 2 * sigma) / longer
    return Moments(mean - elapsed, max(0.0, square - mean * mean))


def in_order(one: Moments, other: Moments) -> tuple[Moments, Moments]:
    """Give the earlier and the later of two independent times, each roughly normal (Clark 1961).

    The earlier of two is earlier than either: two booths that will both be free in about ten minutes have one free in eight.
    """
    a_2 = one.variance + other.variance
    apart = other.mean - one.mean
    if apart * apart >= _FAR * _FAR * a_2:
        return (one, other) if apart >= 0 else (other, one)
    a = sqrt(a_2)
    alpha = apart / a
    later = 0.5 * erfc(-alpha / _ROOT_2)  # how likely the other one is the later
    dense = a * exp(-alpha * alpha / 2) / _ROOT_2_PI
    sum_ = one.mean + other.mean
    max_mean = other.mean * later + one.mean * (1 - later) + dense
    one_2, other_2 = one.mean * one.mean + one.variance, other.mean * other.mean + other.variance
    max_2 = other_2 * later + one_2 * (1 - later) + sum_ * dense
    min_mean = max(0.0, sum_ - max_mean)  # roughly normal times reach below zero, real ones do not
    return (
        Moments(min_mean, max(0.0, one_2 + other_2 - max_2 - min_mean * min_mean)),
        Moments(max_mean, max(0.0, max_2 - max_mean * max_mean)),
    )


def _above(z: float) -> float:
    """How likely a standard normal number is above ``z``."""
    return 0.5 * erfc(z / _ROOT_2)
