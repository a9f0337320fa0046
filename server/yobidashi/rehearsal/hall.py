"""The hall on a simulated day: its clock, its floor, and who is in it. What people, booths and guidance do stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from yobidashi.fair import MINUTE_MS, Fair
from yobidashi.fairfile.tables import DayModel
from yobidashi.rehearsal.clockwork import Clockwork
from yobidashi.rehearsal.floor import Floor
from yobidashi.rehearsal.visitors import Visitor

LAST_CALL_MS: Final = 10 * MINUTE_MS
"""Nobody is called in the last minutes before the closing, in ms; a talk that still lasts is brought to its end."""


@dataclass(slots=True)
class Stay:
    """A party in the hall. ``wishes``: those not yet fulfilled, the dearest first; ``waits_since``: when its waiting began.

    ``dice`` are its own: how it answers does not depend on what others were asked.
    """

    visitor: Visitor
    dice: Random
    wishes: list[str]
    waits_since: int
    party: int = 0  # its id, once it has its number
    gone: bool = False
    visited: set[str] = field(default_factory=set)


class Hall:
    """What everybody in the hall shares. ``noticed`` is called with a queue in which somebody can be called now."""

    def __init__(self, fair: Fair, day: DayModel, seed: int) -> None:
        self.fair, self.day, self.seed = fair, day, seed
        self.opens, self.closes = fair.at(fair.opens), fair.at(fair.closes)
        self.clock = Clockwork(self.opens)
        self.floor = Floor(fair, self.clock)
        self.talk_min = {queue.id: queue.talk_min for queue in fair.queues}
        self.noticed: Callable[[str], None] = lambda queue: None
        self.turned_away: list[Visitor] = []  # who came so late that no ticket was issued to them
        self._stays: dict[int, Stay] = {}

    @property
    def now(self) -> int:
        """The time in ms."""
        return self.clock.now

    @property
    def over(self) -> bool:
        """Whether nobody is called any more."""
        return self.now >= self.closes - LAST_CALL_MS

    def dice(self, who: str) -> Random:
        """Give somebody their own dice: the same seed, the same throws, whatever the others do."""
        return Random(f"{self.seed}:{who}")  # noqa: S311 (dice of a rehearsal)

    def came(self, stay: Stay) -> None:
        """Remember who has which number."""
        self._stays[stay.party] = stay

    def stay(self, party: int) -> Stay:
        """Give the stay of a party by its id."""
        return self._stays[party]
