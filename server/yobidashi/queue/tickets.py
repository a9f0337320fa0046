"""The ticket's states and the one table of transitions between them.

The same table decides in Redis: `queue/scripts.py` hands it to every Lua script, so there is no second copy. An entry that
is missing is the error (``wrong_state``), as in h11's state tables.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """Where a ticket stands in its queue."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    ABSENT = "absent"
    HELD = "held"
    CANCELLED = "cancelled"


class BoothState(StrEnum):
    """Whether a booth takes visitors: 受付中, 休止中, 終了."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class OfferState(StrEnum):
    """How an offer stands. An open one counts only while `Board.open_offer` gives it: nothing marks the moment it lapses."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


TRANSITIONS: Final = MappingProxyType(
    {
        "call": MappingProxyType(
            {State.WAITING: State.CALLED, State.HELD: State.CALLED, State.ABSENT: State.CALLED},
        ),
        "recall": MappingProxyType({State.CALLED: State.CALLED}),
        "start": MappingProxyType({State.CALLED: State.SERVING}),
        "finish": MappingProxyType({State.SERVING: State.FINISHED}),
        "absent": MappingProxyType({State.CALLED: State.ABSENT}),
        "hold": MappingProxyType({State.WAITING: State.HELD, State.CALLED: State.HELD}),
        "restore": MappingProxyType(
            {State.HELD: State.WAITING, State.ABSENT: State.WAITING, State.CANCELLED: State.WAITING},
        ),
        "transfer": MappingProxyType(
            {
                State.WAITING: State.WAITING,
                State.CALLED: State.WAITING,
                State.HELD: State.WAITING,
                State.ABSENT: State.WAITING,
            },
        ),
        "cancel": MappingProxyType(
            {
                State.WAITING: State.CANCELLED,
                State.CALLED: State.CANCELLED,
                State.HELD: State.CANCELLED,
                State.ABSENT: State.CANCELLED,
            },
        ),
        "offer": MappingProxyType({State.WAITING: State.WAITING}),
        "split": MappingProxyType(
            {State.WAITING: State.WAITING, State.HELD: State.HELD, State.ABSENT: State.ABSENT},
        ),
    },
)
"""Command → the state it needs → the state it leaves. `call` serves both call-next and the chosen number."""

OPEN_STATES: Final = frozenset({State.WAITING, State.CALLED, State.SERVING, State.ABSENT, State.HELD})
"""States in which a party still has business with a queue: it may not take a second ticket there."""

AT_BOOTH: Final = frozenset({State.CALLED, State.SERVING})
"""States in which a party is at one booth and must not be called to another (invariant 1)."""
