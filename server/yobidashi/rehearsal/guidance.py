"""What visitors are told and where spares stand, under one policy: the project's own guide, looked at every minute."""

from collections import deque
from math import inf
from typing import Final

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.estimate import guide_of
from yobidashi.guide.model import Model
from yobidashi.live.guide import Guide
from yobidashi.rehearsal.hall import Hall, Stay
from yobidashi.rehearsal.policies import Policy, Spares

LOOK_MS: Final = 60_000
"""How often the guide looks at the floor, in ms. On the day it is every few seconds; between two looks little changes."""


class Guidance:
    """The guide of one day, and what it does."""

    def __init__(self, hall: Hall, model: Model, policy: Policy) -> None:
        self._hall, self._model, self._policy = hall, model, policy
        self._guides: deque[Guide] = deque()
        hall.clock.at(hall.opens + policy.spares_from_min * MINUTE_MS, self._place_fixed)
        if policy.shown:
            self._look()

    def choice(self, stay: Stay) -> str | None:
        """Give the queue in which a party takes its next ticket; None where it goes home instead.

        Without shown waits that is its dearest wish. Who sees the waits takes the dearest wish for which it will have to wait
        no longer than it can bear; where there is none, the one with the shortest wait.
        """
        if not self._policy.shown:
            return stay.wishes[0] if stay.wishes else None
        waits = {wish: self.wait_ms(wish) for wish in stay.wishes}
        waits = {wish: wait for wish, wait in waits.items() if self._fits(wish, wait)}
        bearable = [wish for wish, wait in waits.items() if wait <= stay.visitor.patience_ms]
        return bearable[0] if bearable else min(waits, key=waits.__getitem__, default=None)

    def wait_ms(self, queue: str) -> float:
        """Give the wait that is shown for a queue now; infinite where no booth serves it."""
        guide = self._guides[0].queues[queue]
        return inf if guide.mean_ms is None else guide.mean_ms

    def _fits(self, queue: str, wait_ms: float) -> bool:
        """Say whether a talk still fits before the closing: from the last half hour on, tickets are issued for no other."""
        if self._hall.now < self._model.fit_only_at:
            return True
        return self._hall.now + wait_ms + self._model.queues[queue].talk_ms <= self._model.stop_at

    def _look(self) -> None:
        """Look at the floor; what visitors are told is as old as the policy has it."""
        hall, age_ms = self._hall, self._policy.advice_age_min * MINUTE_MS
        self._guides.append(guide_of(hall.floor.board, self._model, hall.now))
        while len(self._guides) > 1 and self._guides[1].at <= hall.now - age_ms:
            self._guides.popleft()
        if hall.now + LOOK_MS < hall.closes:
            hall.clock.after(LOOK_MS, self._look)

    def _place_fixed(self) -> None:
        """Let each spare serve the queue it belongs to, from now on."""
        if self._policy.spares is Spares.HOME:
            for booth, home in self._model.spares.items():
                if home is not None:
                    self._hall.floor.assign(booth, home)
                    self._hall.noticed(home)
