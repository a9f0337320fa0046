"""How the time of a simulated day passes: what is to happen is kept in order, and the clock jumps from one to the next."""

import heapq
from collections.abc import Callable
from itertools import count

Act = Callable[[], None]
"""Something that happens at a moment."""


class Clockwork:
    """The time of one simulated day. ``now`` is ms in the fair's clock."""

    def __init__(self, begins: int) -> None:
        self.now = begins
        self._planned: list[tuple[int, int, Act]] = []
        self._order = count()  # of two acts at one moment, the one that was planned first happens first

    def at(self, moment: int, act: Act) -> None:
        """Plan an act for a moment in ms; what is past happens now."""
        heapq.heappush(self._planned, (max(moment, self.now), next(self._order), act))

    def after(self, ms: float, act: Act) -> None:
        """Plan an act for so many ms from now."""
        self.at(self.now + round(ms), act)

    def run(self) -> None:
        """Let everything happen, in order, until nothing is planned any more."""
        while self._planned:
            self.now, _, act = heapq.heappop(self._planned)
            act()
