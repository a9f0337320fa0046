"""How likely somebody still waits when called: who goes home leaves the line shorter than it looks."""

from collections.abc import Callable
from functools import lru_cache
from math import erfc, exp, log, sqrt
from typing import Final

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.model import Model
from yobidashi.live.board import Board
from yobidashi.queue.tickets import State

SPREAD: Final = 0.5
"""Sigma of how long people wait (log-normal). †"""

EXPECTED_COUNTS: Final = 10.0
"""How many parties that leave the expectation counts for, beside those that left on the day itself. †"""

LONGEST_MIN: Final = 600
"""Waits beyond this many minutes change nothing more."""

Stays = Callable[[float, float], float]
"""From a wait so far to a longer one, both in ms: how likely a party that has borne the first bears the second."""


def patience_of(board: Board, model: Model, now: int) -> Stays:
    """Give how likely tickets stay in line: as expected, more or less as the day has shown so far."""
    hazard = _hazard(model.patience_ms)
    expected, left = EXPECTED_COUNTS, EXPECTED_COUNTS
    for ticket in board.tickets.values():
        if ticket.called_at is not None:
            until = ticket.called_at
        elif ticket.state is State.WAITING:
            until = now
        elif ticket.reason == "left" and ticket.ended_at is not None:
            until = ticket.ended_at
            left += 1
        else:
            continue
        waited = (until - ticket.issued_at) // MINUTE_MS
        expected += hazard[waited] if 0 <= waited <= LONGEST_MIN else hazard[-1]
    ratio = left / expected

    def stays(waited_ms: float, then_ms: float) -> float:
        first = hazard[min(int(waited_ms // MINUTE_MS), LONGEST_MIN)]
        last = hazard[min(int(then_ms // MINUTE_MS), LONGEST_MIN)]
        return exp(ratio * (first - last))

    return stays


@lru_cache(maxsize=8)
def _hazard(patience_ms: int) -> tuple[float, ...]:
    """Give minus the logarithm of how likely a wait of each minute is borne."""
    centre = log(patience_ms / MINUTE_MS)
    borne = (0.5 * erfc((log(max(minute, 0.5)) - centre) / SPREAD / sqrt(2)) for minute in range(LONGEST_MIN + 1))
    return tuple(-log(max(each, 1e-9)) for each in borne)
