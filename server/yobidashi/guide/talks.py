"""How long a talk takes at this fair: the day's own talks, shrunk to what was expected, queue by queue and pooled."""

from collections.abc import Iterable, Mapping
from typing import Final

from yobidashi.guide.model import Model
from yobidashi.guide.moments import remaining
from yobidashi.queue.rows import Ticket

EXPECTED_COUNTS: Final = 8.0
"""How many talks the expectation counts for, in each queue and over all of them: queues differ by a sixth or so. †"""

SHORTEST_MS: Final = 60_000
"""A talk below this is a slip of the finger, no talk."""

LONGEST: Final = 4.0
"""A talk longer than this many expected lengths was not ended in time and counts as one of this length."""


def talk_means(
    model: Model, talk_ms: Mapping[str, int], talks: Mapping[str, int], lasting: Iterable[Ticket], now: int
) -> dict[str, float]:
    """Give each queue's mean talk in ms: ``talks`` are over and took ``talk_ms`` together, those of ``lasting`` still last.

    Talks that last count as what they are expected to become: else only the short ones would count in the first hour.
    """
    shares = {id_: talk_ms[id_] / queue.talk_ms for id_, queue in model.queues.items()}  # of what was expected
    counts = dict(talks)
    for ticket in lasting:
        if ticket.queue in shares and ticket.started_at is not None:
            expected, elapsed = model.queues[ticket.queue].talk_ms, now - ticket.started_at
            share = (elapsed + remaining(expected, model.talk_cv, elapsed).mean) / expected
            shares[ticket.queue] += share if share < LONGEST else LONGEST
            counts[ticket.queue] += 1
    pooled = (EXPECTED_COUNTS + sum(shares.values())) / (EXPECTED_COUNTS + sum(counts.values()))
    return {
        id_: queue.talk_ms * (EXPECTED_COUNTS * pooled + shares[id_]) / (EXPECTED_COUNTS + counts[id_])
        for id_, queue in model.queues.items()
    }
