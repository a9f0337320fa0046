"""What the estimates come to now: how long a party waits in each queue, and where it is quiet. Words only; `guide/` reckons.

It is advice and no part of the board: it comes and goes with the time, so nothing of it is in the journal.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

BAND_STEP_MIN: Final = 5
"""Both ends of a band are multiples of so many minutes (FAIR, capacity)."""


class Level(IntEnum):
    """How crowded a queue is, as the wire carries it: ○ 空いています, ◐ やや混雑, ● 混雑, and closed: nobody can be served now."""

    QUIET = 0
    BUSY = 1
    CROWDED = 2
    CLOSED = 3


@dataclass(frozen=True, slots=True)
class Band:
    """A wait in minutes, from ``low_min`` to ``high_min``, multiples of `BAND_STEP_MIN`; 0–5 is said as すぐ."""

    low_min: int
    high_min: int


@dataclass(frozen=True, slots=True)
class QueueGuide:
    """A queue as a party finds it that would take a ticket now.

    ``ahead``: parties (組) that would be called before it; ``booths``: open ones that serve it. ``mean_ms`` and ``band``: its
    wait; None where no booth serves the queue.
    """

    id: str
    ahead: int
    booths: int
    mean_ms: int | None
    band: Band | None
    level: Level


@dataclass(frozen=True, slots=True)
class TicketGuide:
    """A waiting ticket: parties (組) ahead of it, and how long it still waits; None where no booth serves its queue."""

    id: int
    ahead: int
    mean_ms: int | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class Guide:
    """The estimates of one moment, ``at`` ms in the fair's clock: every queue by id, every waiting ticket by id."""

    at: int = 0
    queues: dict[str, QueueGuide] = field(default_factory=dict)
    tickets: dict[int, TicketGuide] = field(default_factory=dict)
