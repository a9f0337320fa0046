"""The folded state of a fair: what every process and every page keeps, made of events alone."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from yobidashi.queue.events import Event
from yobidashi.queue.rows import TABLES, Booth, Clock, Party, Queue, Row, Ticket
from yobidashi.queue.tickets import State


@dataclass(slots=True)
class Board:
    """All rows of a fair at one position (epoch, offset)."""

    epoch: int = 0
    offset: int = 0
    parties: dict[int, Party] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)
    booths: dict[int, Booth] = field(default_factory=dict)
    clocks: dict[int, Clock] = field(default_factory=dict)

    def table(self, name: str) -> dict[Any, Any]:
        """Give one table by its name in `TABLES`."""
        table: dict[Any, Any] = getattr(self, name)
        return table

    def apply(self, event: Event) -> None:
        """Take one event: an upsert of its rows. The caller has checked that it is the next one."""
        for name, rows in event.changes.items():
            table = self.table(name)
            for row in rows:
                table[row.id] = row
        self.epoch, self.offset = event.epoch, event.offset

    def rows(self) -> dict[str, list[Row]]:
        """Give every row by table, ordered by id, so that two equal boards compare equal."""
        return {name: [row for _, row in sorted(self.table(name).items())] for name in TABLES}

    def waiting(self, queue: str) -> list[Ticket]:
        """Give the waiting tickets of a queue in the order of their places, whoever has reserved."""
        line = [t for t in self.tickets.values() if t.queue == queue and t.state is State.WAITING]
        return sorted(line, key=lambda t: (t.place, t.id))

    def passed_over(self, ticket: Ticket) -> bool:
        """Say whether a waiting ticket's party is busy at another booth (他ブース相談中): it keeps its place."""
        return self.parties[ticket.party].active is not None

    def line(self, queue: str, now: int, in_a_row: int) -> list[Ticket]:
        """Give the waiting tickets of a queue in the order in which they would be called if all were called at ``now``.

        ``now`` is ms in the fair's clock, ``in_a_row`` how many reserved places may be called in a row while others could be
        (`queue/lua/call-next.lua` decides by the same rule). A ticket that is passed over stands before the one of its kind,
        due or walk-in, that is called in its stead.
        """
        waiting = self.waiting(queue)
        due = sorted((t for t in waiting if _is_due(t, now)), key=lambda t: (t.reserved, t.place, t.id))
        due_turns, due_rest = self._turns(due)
        walk_in_turns, walk_in_rest = self._turns([t for t in waiting if not _is_due(t, now)])
        run = self.queues[queue].reserved_run if queue in self.queues else 0
        line: list[Ticket] = []
        while due_turns or walk_in_turns:
            both = bool(due_turns and walk_in_turns)
            due_first = not walk_in_turns or (both and run < in_a_row)
            run = run + 1 if both and due_first else 0
            line += (due_turns if due_first else walk_in_turns).popleft()
        return line + due_rest + walk_in_rest

    def _turns(self, tickets: list[Ticket]) -> tuple[deque[list[Ticket]], list[Ticket]]:
        """Part tickets into turns, each of one that can be called and those passed over before it, and a rest without."""
        turns: deque[list[Ticket]] = deque()
        turn: list[Ticket] = []
        for ticket in tickets:
            turn.append(ticket)
            if not self.passed_over(ticket):
                turns.append(turn)
                turn = []
        return turns, turn


def _is_due(ticket: Ticket, now: int) -> bool:
    return ticket.reserved is not None and ticket.reserved <= now
