"""What the booths do: call whoever can be called, wait for them, call again, talk, and note down what was said."""

from collections.abc import Callable
from functools import partial
from typing import Final

from yobidashi.fair import MINUTE_MS
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import BoothState, State
from yobidashi.rehearsal.hall import Hall
from yobidashi.rehearsal.visitors import talk_ms

REACTION_MS: Final = (0, 10_000)
"""From seeing somebody in line until the button is pressed."""

WALK_MS: Final = (20_000, 70_000)
"""From the call until the party sits down."""

TIDY_MS: Final = (0, 40_000)
"""For notes between two talks."""

RECALL_MS: Final = 75_000
"""From a call without an answer until it is repeated."""

HEARD_MS: Final = 25_000
"""From the recall until who has heard only that sits down."""

ANSWERS_RECALL: Final = 0.4
"""Part of those who do not answer their call that answer the recall."""

COMES_BACK: Final = 0.5
"""Part of those who are marked absent that report later."""

AWAY_MS: Final = (300_000, 1_080_000)
"""From being marked absent until they report."""


class Booths:
    """All booths of one day. ``talked`` is told of each ticket whose talk has ended, ``back`` of each that reports again."""

    def __init__(self, hall: Hall, no_answer: float, talked: Callable[[Ticket], None], back: Callable[[Ticket], None]):
        self._hall = hall
        self._no_answer = no_answer
        self._talked, self._back = talked, back
        self._dice = hall.dice("booths")
        self._about_to_call: set[int] = set()
        self._resting: dict[int, int] = {}  # booth → until when notes are written
        hall.noticed = self.look

    def look(self, queue: str) -> None:
        """Let the idle booths of a queue see that somebody waits."""
        for booth in self._hall.floor.board.booths.values():
            if booth.queue == queue and booth.ticket is None and booth.id not in self._about_to_call:
                self._about_to_call.add(booth.id)
                ready = max(self._resting.get(booth.id, 0), self._hall.now)
                self._hall.clock.at(ready + round(self._dice.uniform(*REACTION_MS)), partial(self._call, booth.id))

    def _call(self, booth: int) -> None:
        self._about_to_call.discard(booth)
        floor, row = self._hall.floor, self._hall.floor.board.booths[booth]
        free = row.ticket is None and row.state is BoothState.OPEN
        if not free or row.queue is None or self._hall.over or not floor.free(row.queue):
            return
        ticket = _ticket_of(floor.call_next(booth).changes["tickets"][0])
        if ticket.away_at is None and self._dice.random() < self._no_answer:
            self._hall.clock.after(RECALL_MS, partial(self._recall, booth))
        else:
            self._hall.clock.after(self._dice.uniform(*WALK_MS), partial(self._start, booth))

    def _recall(self, booth: int) -> None:
        self._hall.floor.recall(booth)
        if self._dice.random() < ANSWERS_RECALL:
            self._hall.clock.after(HEARD_MS, partial(self._start, booth))
        else:
            seconds = self._hall.fair.calling.absent_after_s
            self._hall.clock.after(seconds * 1_000, partial(self._mark_absent, booth))

    def _mark_absent(self, booth: int) -> None:
        ticket = _ticket_of(self._hall.floor.absent(booth).changes["tickets"][0])
        if self._dice.random() < COMES_BACK:
            self._hall.clock.after(self._dice.uniform(*AWAY_MS), partial(self._report, ticket.id))
        minutes = self._hall.fair.calling.absent_cancelled_after_min
        self._hall.clock.after(minutes * MINUTE_MS, partial(self._give_up, ticket.id))
        self._free(booth)

    def _report(self, ticket: int) -> None:
        """Somebody who was absent is back."""
        if self._hall.floor.board.tickets[ticket].state is State.ABSENT:
            self._back(_ticket_of(self._hall.floor.restore(ticket).changes["tickets"][0]))

    def _give_up(self, ticket: int) -> None:
        """Cancel who has been absent for too long."""
        if self._hall.floor.board.tickets[ticket].state is State.ABSENT:
            self._hall.floor.cancel(ticket, "no_answer")

    def _start(self, booth: int) -> None:
        ticket = _ticket_of(self._hall.floor.start(booth).changes["tickets"][0])
        dice = self._hall.dice(f"talk:{self._hall.stay(ticket.party).visitor.id}:{ticket.queue}")
        length = talk_ms(self._hall.day, self._hall.talk_min[ticket.queue], dice)
        self._hall.clock.at(min(self._hall.now + length, self._hall.closes), partial(self._finish, booth))

    def _finish(self, booth: int) -> None:
        ticket = _ticket_of(self._hall.floor.finish(booth).changes["tickets"][0])
        self._resting[booth] = self._hall.now + round(self._dice.uniform(*TIDY_MS))
        self._talked(ticket)
        self._free(booth)

    def _free(self, booth: int) -> None:
        queue = self._hall.floor.board.booths[booth].queue
        if queue is not None:
            self.look(queue)


def _ticket_of(row: object) -> Ticket:
    assert isinstance(row, Ticket)
    return row
