"""Mean and variance of times to come: what is left of a talk, and which of two things ends first."""

from functools import lru_cache
from math import erfc, exp, log, sqrt
from typing import Final, NamedTuple

_ROOT_2: Final = sqrt(2)
_STEPS: Final = 50
"""Steps of a talk's mean length for which what is left of it is reckoned once; between them it is drawn straight."""

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
    means, variances = _remaining_of_one(cv)
    steps = max(0.0, elapsed_ms / mean_ms * _STEPS)
    step = int(steps)
    if step >= len(means) - 1:
        return Moments(mean_ms * means[-1], mean_ms * mean_ms * variances[-1])
    part = steps - step
    mean = means[step] + part * (means[step + 1] - means[step])
    variance = variances[step] + part * (variances[step + 1] - variances[step])
    return Moments(mean_ms * mean, mean_ms * mean_ms * variance)


@lru_cache(maxsize=8)
def _remaining_of_one(cv: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Give mean and variance of what is left of a talk of mean length 1, step by step of what has elapsed."""
    if cv <= 0:
        return tuple(1 - step / _STEPS for step in range(_STEPS + 1)), (0.0,) * (_STEPS + 1)
    sigma_2 = log(1 + cv * cv)
    sigma = sqrt(sigma_2)
    means, variances = [1.0], [cv * cv]
    for step in range(1, int(exp(_FAR * sigma - sigma_2 / 2) * _STEPS) + 1):
        z = (log(step / _STEPS) + sigma_2 / 2) / sigma
        longer = _above(z)
        mean = _above(z - sigma) / longer
        square = (1 + cv * cv) * _above(z - 2 * sigma) / longer
        means.append(mean - step / _STEPS)
        variances.append(max(0.0, square - mean * mean))
    return tuple(means), tuple(variances)


def in_order(one: Moments, other: Moments) -> tuple[Moments, Moments]:
    """Give the earlier and the later of two independent times, each roughly log-normal: never below zero, a long tail.

    The earlier of two is earlier than either: two booths that will both be free in about ten minutes have one free in seven.
    """
    if one.mean <= 0 or other.mean <= 0:
        return (one, other) if one.mean <= other.mean else (other, one)
    one_2, other_2 = one.mean * one.mean + one.variance, other.mean * other.mean + other.variance
    one_v, other_v = log(one_2 / (one.mean * one.mean)), log(other_2 / (other.mean * other.mean))
    apart = log(other.mean / one.mean) + (one_v - other_v) / 2
    a_2 = one_v + other_v
    if apart * apart >= _FAR * _FAR * a_2:
        return (one, other) if apart >= 0 else (other, one)
    a = sqrt(a_2)
    min_mean = one.mean * _above((one_v - apart) / a) + other.mean * _above((other_v + apart) / a)
    min_2 = one_2 * _above((2 * one_v - apart) / a) + other_2 * _above((2 * other_v + apart) / a)
    max_mean = one.mean + other.mean - min_mean
    return (
        Moments(min_mean, max(0.0, min_2 - min_mean * min_mean)),
        Moments(max_mean, max(0.0, one_2 + other_2 - min_2 - max_mean * max_mean)),
    )


def _above(z: float) -> float:
    """How likely a standard normal number is above ``z``."""
    return 0.5 * erfc(z / _ROOT_2)
