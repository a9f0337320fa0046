"""The people of a simulated day: who comes when, what for, and with how much patience. The same seed brings the same people.

All that chance decides about a party is drawn before the day, and each talk's length belongs to party and queue. So every
policy meets the same people, and what differs between policies is their doing.
"""

import math
from dataclasses import dataclass
from random import Random
from typing import Final

from yobidashi.fair import Fair
from yobidashi.fairfile.tables import DayModel
from yobidashi.replay.day import Day, arrival_times, choose, party_sizes

PATIENCE_SPREAD: Final = 0.5
"""Sigma of the log-normal patience; its median is `patience_min`. An assumption."""

TALK_BOUNDS: Final = (0.25, 3.0)
"""A talk is no shorter and no longer than so many times its queue's mean."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """People who come together. Times in ms; ``wishes`` in the order in which they want them.

    ``patience_ms`` is how long they wait, from coming or from the end of their last talk, before they go home.
    """

    id: int
    arrives: int
    size: int
    wishes: tuple[str, ...]
    patience_ms: int


def visitors_of(fair: Fair, day: DayModel, persons: int, seed: int) -> tuple[Visitor, ...]:
    """Give the visitors of a day in order of arrival; their sizes add up to ``persons``."""
    random = Random(f"visitors:{seed}")  # noqa: S311 (people of a rehearsal, not secrets)
    crowd = Day(name="rehearsal", persons=persons, consultations=0, arrivals=day.arrivals_pct, sizes=day.party_size_pct)
    sizes = party_sizes(crowd, fair.tickets.largest_party, random)
    opens = fair.at(fair.opens)
    arrivals = arrival_times(crowd, len(sizes), (fair.at(fair.closes) - opens) // 1_000, random)
    shares = {queue.id: queue.demand for queue in fair.queues if queue.demand}
    return tuple(
        Visitor(
            id=i,
            arrives=opens + arrives_s * 1_000,
            size=size,
            wishes=tuple(choose(shares, min(_wishes(day, random), len(shares)), random)),
            patience_ms=round(60_000 * random.lognormvariate(math.log(day.patience_min), PATIENCE_SPREAD)),
        )
        for i, (arrives_s, size) in enumerate(zip(arrivals, sizes, strict=True))
    )


def talk_ms(day: DayModel, mean_min: float, random: Random) -> int:
    """Draw the length of a talk in ms: log-normal about the queue's mean."""
    if day.talk_cv == 0:
        return round(60_000 * mean_min)
    sigma = math.sqrt(math.log(1 + day.talk_cv**2))
    times = random.lognormvariate(-(sigma**2) / 2, sigma)
    return round(60_000 * mean_min * min(max(times, TALK_BOUNDS[0]), TALK_BOUNDS[1]))


def _wishes(day: DayModel, random: Random) -> int:
    """Draw how many queues a party wishes to visit: one, and a Poisson number more."""
    wishes, chance, least = 1, random.random(), math.exp(1 - day.wishes)
    while chance > least:
        chance *= random.random()
        wishes += 1
    return wishes
