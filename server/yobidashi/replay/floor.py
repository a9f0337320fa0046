"""The hall as the crew sees it: the live board of a handheld, and what was planned for each ticket on it.

Everybody of the crew looks at the same board, followed by a websocket like any page. `Floor` adds what a person reads off it at
a glance: who can be called, how long a line is, which tickets have ended.
"""

import math
from collections import defaultdict
from random import Random
from typing import Final

from yobidashi.queue.events import Event
from yobidashi.queue.rows import Booth, Ticket
from yobidashi.queue.tickets import OPEN_STATES, BoothState, State
from yobidashi.replay.client import Client
from yobidashi.replay.day import Answer, Ending, Visit, Wish
from yobidashi.replay.description import Description
from yobidashi.replay.pace import Pace
from yobidashi.replay.screen import Screen, ScreenLost

TURN_MIN: Final = 17.0
"""Minutes from one call of a booth to its next, as the crew estimates it."""

CLOSING_MIN: Final = 90.0
"""Minutes before the end from which consultants watch the line and shorten talks so that everybody is heard."""

RESERVE_MIN: Final = 8.0
"""Minutes before the end at which the last talk should be over."""

TURNOVER_S: Final = 100.0
"""Seconds between two talks that a consultant reckons with when shortening them."""

SHORTEST_TALK_S: Final = 120.0
"""No talk is shorter, in seconds."""

DESKS: Final = 5
"""Receptionists who issue at the same time."""

DESK_S: Final = 15
"""Seconds that a party stands at a desk."""

OVERTIME_MS: Final = 3 * 3_600_000
"""So long after the closing the crew goes home, whatever still waits (someone else has touched the fair)."""


class Floor:
    """What the crew shares: the fair, its time, its commands, its board, and the plan of each ticket."""

    def __init__(
        self, fair: Description, visits: tuple[Visit, ...], client: Client, screen_url: str, seed: int
    ) -> None:
        self.fair = fair
        self.visits = visits
        self.client = client
        self.screen = Screen("crew", screen_url, self._hear)
        self.seed = seed
        self.wishes: dict[int, Wish] = {}  # ticket id → its plan
        self.to_come: dict[int, int] = {}  # party id → wishes not issued yet
        self.came_back: set[int] = set()  # tickets that were absent once and have reported
        self.slipped: set[int] = set()  # tickets at which a button has been pressed too early
        self.asked: set[int] = set()  # tickets whose party has been offered a quieter queue
        self.visits_over = 0
        self._lines: dict[str, set[int]] = defaultdict(set)
        self._state: dict[int, tuple[str, State]] = {}
        self._desks = [0] * DESKS
        self.pace: Pace

    def take(self, pace: Pace) -> None:
        """Take the pace of the day; it needs this floor's board, and the crew needs it."""
        self.pace = pace

    async def caught_up(self) -> None:
        """Wait until the crew's board shows everything that the crew's commands have done."""
        if not await self.screen.reached(self.client.top):
            raise ScreenLost(
                f"The crew's own screen does not show offset {self.client.top[1]}, which was acknowledged."
            )

    def random(self, who: str) -> Random:
        """Give somebody of the crew their own dice: the same seed, the same throws, whoever acts first."""
        return Random(f"{self.seed}:{who}")  # noqa: S311 (dice of a rehearsal)

    def over(self) -> bool:
        """Say whether every visit has ended (or it is so late that the crew goes home)."""
        return self.visits_over == len(self.visits) or self.pace.now() > self.fair.closes + OVERTIME_MS

    def left_min(self) -> float:
        """Give the minutes until the closing."""
        return (self.fair.closes - self.pace.now()) / 60_000

    def desk(self) -> int:
        """Take the receptionist who is free first; gives the time (ms) at which the party is served."""
        i = min(range(DESKS), key=self._desks.__getitem__)
        served = max(self._desks[i], self.pace.now()) + DESK_S * 1_000
        self._desks[i] = served
        return served

    def ticket(self, ticket: int) -> Ticket:
        """Give a ticket's row as the board has it."""
        return self.screen.board.tickets[ticket]

    def ended(self, ticket: int) -> bool:
        """Say whether a ticket is finished or cancelled."""
        return self.ticket(ticket).state not in OPEN_STATES

    def wish(self, ticket: Ticket) -> Wish:
        """Give the plan of a ticket; one that somebody else has issued is an ordinary talk."""
        return self.wishes.get(ticket.id) or Wish(ticket.queue, Ending.FINISHED, Answer.AT_ONCE, talk_s=900, walk_s=40)

    def booth(self, number: int) -> Booth:
        """Give a booth's row."""
        return self.screen.board.booths[number]

    def open_booths(self, queue: str) -> int:
        """Count the open booths of a queue."""
        return sum(b.queue == queue and b.state is BoothState.OPEN for b in self.screen.board.booths.values())

    def line(self, queue: str) -> list[Ticket]:
        """Give the tickets that can be called now, in calling order: waiting, and the party not at another booth."""
        board = self.screen.board
        free = (t for t in map(self.ticket, self._lines[queue]) if board.parties[t.party].active is None)
        return sorted(free, key=lambda t: (t.place, t.id))

    def can_call(self, queue: str) -> bool:
        """Say whether anybody in the queue can be called now."""
        board = self.screen.board
        return any(board.parties[self.ticket(t).party].active is None for t in self._lines[queue])

    def wait_min(self, queue: str) -> float:
        """Estimate the wait at the end of a queue, in minutes; infinite where no booth is open."""
        booths = self.open_booths(queue)
        return len(self.line(queue)) * TURN_MIN / booths if booths else math.inf

    def talk_s(self, ticket: Ticket, wish: Wish) -> float:
        """Give the length of a talk that begins now: the planned one, or less when the fair is about to close.

        In the last `CLOSING_MIN` minutes the time left is shared among those who stand in the same line, and among the wishes
        that the party still has elsewhere, so that the day ends in time without sending anybody away.
        """
        if self.left_min() > CLOSING_MIN:
            return wish.talk_s
        left_s = 60 * (self.left_min() - RESERVE_MIN)
        board = self.screen.board
        behind = sum(t.queue == ticket.queue and t.state in _TO_COME for t in board.tickets.values())
        in_line = left_s / (1 + math.ceil(behind / max(1, self.open_booths(ticket.queue))))
        party = board.parties[ticket.party]
        elsewhere = sum(not self.ended(t) for t in party.tickets) + self.to_come.get(party.id, 0)
        share_s = min(in_line, left_s / max(1, elsewhere)) - TURNOVER_S
        return max(min(wish.talk_s, share_s), SHORTEST_TALK_S)

    def count(self, state: State) -> int:
        """Count the tickets in a state."""
        return sum(now is state for _, now in self._state.values())

    def _hear(self, event: Event | None) -> None:
        rows = self.screen.board.tickets.values() if event is None else event.changes.get("tickets", ())
        if event is None:  # a whole board came: what was known of the old one is no more
            self._lines.clear()
            self._state.clear()
        for row in rows:
            if isinstance(row, Ticket):
                if row.id in self._state:
                    self._lines[self._state[row.id][0]].discard(row.id)
                self._state[row.id] = (row.queue, row.state)
                if row.state is State.WAITING:
                    self._lines[row.queue].add(row.id)
        self.pace.look()


_TO_COME: Final = frozenset({State.WAITING, State.ABSENT, State.HELD})
"""States of tickets that a booth still has to reckon with."""
