"""How many parties join each queue now: those who come while somebody is at another booth may be called before."""

from collections.abc import Mapping
from typing import Final

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.model import Model
from yobidashi.live.board import Board

WINDOW_MS: Final = 45 * MINUTE_MS
"""The last tickets that tell how many come now."""

NEWEST_MAX: Final = 1_000
"""So many of them tell it well enough; with more of them in the window only the time in which these came counts."""


def arrival_rates(board: Board, model: Model, now: int) -> Mapping[str, float]:
    """Give how many parties (組) join each queue in a millisecond, as in the last while."""
    joined = dict.fromkeys(model.queues, 0.0)
    since = now - WINDOW_MS
    for looked_at, ticket in enumerate(reversed(board.tickets.values())):  # the newest first
        if ticket.issued_at <= since:
            break
        if looked_at == NEWEST_MAX:
            since = ticket.issued_at
            break
        if ticket.queue in joined:
            joined[ticket.queue] += 1
    return {id_: parties / max(1, now - since) for id_, parties in joined.items()}
