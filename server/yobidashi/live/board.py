"""The folded state of a fair: what every process and every page keeps, made of events alone."""

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
        """Give the waiting tickets of a queue in calling order."""
        line = [t for t in self.tickets.values() if t.queue == queue and t.state is State.WAITING]
        return sorted(line, key=lambda t: (t.place, t.id))
