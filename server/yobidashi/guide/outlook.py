"""How many persons will have visited a booth by the closing: what the day brought so far, and how it was expected to go on.

The goal (仕様書 8) counts persons (名) with at least one talk. Those to come are reckoned from those who came: the expected curve
of arrivals says which share of the day that was. Of all who still wait or come, as many are served as were so far, given that who leaves does so late.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from yobidashi.fair import Fair
from yobidashi.live.board import Board
from yobidashi.live.counts import HALF_HOUR_MS, counts_of
from yobidashi.queue.tickets import State

SHARE_LEAST: Final = 0.05
"""Before this share of the day's parties was due, who came tells nothing of who will. †"""

SERVED_PRIOR: Final = 0.8
SERVED_WEIGHT: Final = 40.0
"""Share of persons who are served, as expected before the day shows it, and how many persons that expectation weighs.

Found, with `LOST_WEIGHT`, on rehearsed days of 200 to 450 persons, quiet and overrun; `tests/rehearsal/test_outlook_calibrated.py`
looks at others.
"""

LOST_WEIGHT: Final = 2.0
"""As so many counts who went home unserved: of those who came with them, others still wait and will go home as well."""

CLUMPED: Final = 2.1
"""Persons come in parties: their number varies so many times as much as that of single persons. †"""

CURVE_ERROR: Final = 0.15
"""How wrong the expected curve may be about the rest of the day, as a share of it. †"""

SPREAD: Final = 1.28
"""Standard deviations on either side: eight days of ten end within."""

STEP: Final = 10
"""Both ends are rounded outwards to so many persons."""

_STILL: Final = frozenset({State.WAITING, State.CALLED, State.HELD, State.ABSENT})


@dataclass(frozen=True, slots=True)
class Curve:
    """When visitors are expected: ``shares`` of the day in each half hour from ``opens_at``; ms in the fair's clock."""

    opens_at: int
    closes_at: int
    shares: tuple[float, ...]

    def by(self, now: int) -> float:
        """Give the share of the day's parties (0–1) that was to have come by ``now``."""
        steps = max(0.0, (now - self.opens_at) / HALF_HOUR_MS)
        whole = sum(self.shares) or 1.0
        return sum(share * min(1.0, max(0.0, steps - i)) for i, share in enumerate(self.shares)) / whole


@dataclass(frozen=True, slots=True)
class Outlook:
    """Persons (名) who visited so far, and between which numbers the day will end, most likely."""

    visited: int
    low: int
    high: int


def curve_of(fair: Fair) -> Curve | None:
    """Give the curve that the fair's file expects; None where it says nothing of its day."""
    if fair.day is None:
        return None
    return Curve(fair.at(fair.opens), fair.at(fair.closes), tuple(fair.day.arrivals_pct))


def outlook_of(board: Board, curve: Curve | None, now: int) -> Outlook | None:
    """Give how the day will end; None without a curve, or while it is too early to say."""
    if curve is None:
        return None
    counts = counts_of(board)
    came, visited = counts.came.persons, counts.visited.persons
    if now >= curve.closes_at:
        return Outlook(visited, visited, visited)
    share = curve.by(now)
    if share < SHARE_LEAST or came == 0:
        return None
    still = _still_to_be_served(board)
    lost = max(0, came - visited - still)
    served = (visited + SERVED_WEIGHT * SERVED_PRIOR) / (visited + LOST_WEIGHT * lost + SERVED_WEIGHT)
    coming = came * (1 - share) / share
    expected = visited + served * (still + coming)
    by_chance = CLUMPED * coming + CLUMPED * coming * coming / came
    spread = SPREAD * served * sqrt(by_chance + (CURVE_ERROR * coming) ** 2 + CLUMPED * still * (1 - served))
    low, high = int((expected - spread) // STEP) * STEP, -int(-(expected + spread) // STEP) * STEP
    return Outlook(visited, max(visited, low), max(visited, high))


def _still_to_be_served(board: Board) -> int:
    """Count the persons who came, have visited nobody, and may still be called."""
    persons = 0
    for party in board.parties.values():
        states = {board.tickets[id_].state for id_ in party.tickets}
        if states & _STILL and not states & {State.SERVING, State.FINISHED}:
            persons += party.size
    return persons
