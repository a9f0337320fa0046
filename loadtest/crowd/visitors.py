"""Who comes: parties with their time, their persons, what they wish, and how they answer their call. Seeded; times in seconds.

The shares are those of the fair's own day model (`[day]` in fair.toml); the wishes' are the demand that the fair's description tells.
"""

import math
from dataclasses import dataclass
from random import Random
from typing import Any, Final

ARRIVALS: Final = (15, 11, 8, 6, 7, 11, 11, 9, 8, 6, 4, 3, 1)
"""Parts of a day's parties by equal parts of its hours."""

SIZES: Final = (55, 32, 9, 4)
"""Parts of the parties with 1, 2, 3, 4 persons."""

WISHES: Final = 2.2
"""Queues that a party wishes, in the mean."""

SILENT: Final = 0.04
"""Part of the calls that nobody answers; half of them answer the recall."""

LAST_ENTRY: Final = 0.93
"""Part of the day after which nobody is let in any more: the closing is not the end of a line."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """One party: when it stands at the reception, how many persons, where it wants to go."""

    at_s: float
    size: int
    queues: tuple[str, ...]


def rush(parties: int, within_s: float, fair: dict[str, Any], random: Random) -> list[Visitor]:
    """Give parties that come evenly within so many seconds."""
    sizes = random.choices(range(1, len(SIZES) + 1), SIZES, k=parties)
    counts = _wish_counts(parties, round(parties * WISHES), fair, random)
    times = sorted(random.uniform(0, within_s) for _ in range(parties))
    return [
        Visitor(at, size, _choose(fair, count, random)) for at, size, count in zip(times, sizes, counts, strict=True)
    ]


def day(persons: int, wishes: int, length_s: float, fair: dict[str, Any], random: Random) -> list[Visitor]:
    """Give a whole day: exactly so many persons with so many wishes, at the hours at which people come."""
    sizes: list[int] = []
    while sum(sizes) < persons:
        sizes.append(min(persons - sum(sizes), *random.choices(range(1, len(SIZES) + 1), SIZES)))
    part = LAST_ENTRY * length_s / len(ARRIVALS)
    hours = random.choices(range(len(ARRIVALS)), ARRIVALS, k=len(sizes))
    times = sorted(random.uniform(part * hour, part * (hour + 1)) for hour in hours)
    counts = _wish_counts(len(sizes), wishes, fair, random)
    return [
        Visitor(at, size, _choose(fair, count, random)) for at, size, count in zip(times, sizes, counts, strict=True)
    ]


def _wish_counts(parties: int, total: int, fair: dict[str, Any], random: Random) -> list[int]:
    """Divide wishes among parties: one at least, as many as one party may have at most."""
    most = min(fair["limits"]["queues_per_party"], len(fair["queues"]))
    counts = [1] * parties
    while sum(counts) < min(total, parties * most):
        i = random.randrange(parties)
        counts[i] += counts[i] < most
    return counts


def _choose(fair: dict[str, Any], count: int, random: Random) -> tuple[str, ...]:
    """Draw different queues by their demand."""
    keys = {q["id"]: math.log(random.random()) / (q["demand"] or 1.0) for q in fair["queues"]}
    return tuple(sorted(keys, key=keys.__getitem__, reverse=True)[:count])
