"""How long a talk takes at this fair: the day's own talks, shrunk to what was expected, queue by queue and pooled."""

from collections.abc import Mapping
from typing import Final

from yobidashi.guide.model import Model
from yobidashi.guide.moments import remaining
from yobidashi.live.board import Board
from yobidashi.queue.tickets import State

EXPECTED_COUNTS: Final = 8.0
"""How many talks the expectation counts for, in each queue and over all of them: queues differ by a sixth or so. †"""

SHORTEST_MS: Final = 60_000
"""A talk below this is a slip of the finger, no talk."""

LONGEST: Final = 4.0
"""A talk longer than this many expected lengths was not ended in time and counts as one of this length."""


def talk_means(board: Board, model: Model, now: int) -> Mapping[str, float]:
    """Give each queue's mean talk in ms.

    Talks that still last count as what they are expected to become: else only the short ones would count in the first hour.
    """
    shares: dict[str, list[float]] = {id_: [] for id_ in model.queues}  # lengths as shares of what was expected
    for ticket in board.tickets.values():
        if ticket.started_at is None or ticket.queue not in shares:
            continue
        expected = model.queues[ticket.queue].talk_ms
        if ticket.state is State.FINISHED and ticket.ended_at is not None:
            length: float = ticket.ended_at - ticket.started_at
            if length < SHORTEST_MS:
                continue
        elif ticket.state is State.SERVING:
            elapsed = now - ticket.started_at
            length = elapsed + remaining(expected, model.talk_cv, elapsed).mean
        else:
            continue
        share = length / expected
        shares[ticket.queue].append(share if share < LONGEST else LONGEST)
    sums = {id_: sum(each) for id_, each in shares.items()}
    pooled = (EXPECTED_COUNTS + sum(sums.values())) / (EXPECTED_COUNTS + sum(map(len, shares.values())))
    return {
        id_: queue.talk_ms * (EXPECTED_COUNTS * pooled + sums[id_]) / (EXPECTED_COUNTS + len(shares[id_]))
        for id_, queue in model.queues.items()
    }
