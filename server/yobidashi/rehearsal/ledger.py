"""The books of a simulated fair: its rows, its journal, and the commands that made it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from yobidashi.live.board import Board
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Booth, Clock, Notice, Offer, Party, Queue, Row, Ticket
from yobidashi.queue.tickets import TRANSITIONS
from yobidashi.rehearsal.clockwork import Clockwork

EPOCH: Final = 1
"""The epoch of every simulated fair."""

R = TypeVar("R", Party, Ticket, Queue, Booth, Clock, Offer, Notice)


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as it was given: when (ms), its name, its arguments as the API takes them."""

    at: int
    name: str
    arguments: dict[str, Any]


class Ledger:
    """What a fair's scripts write, at the time of the day's clock.

    ``events`` is the journal, ``asked`` the command of each event but the first.
    """

    def __init__(self, clock: Clockwork) -> None:
        """Open the books, empty."""
        self.board = Board()
        self.events: list[Event] = []
        self.asked: list[Asked] = []
        self._clock = clock
        self._asked: Asked | None = None

    @property
    def now(self) -> int:
        """The time in ms."""
        return self._clock.now

    @property
    def rev(self) -> int:
        """The offset of the event to come: what changes with it carries this number."""
        return self.board.offset + 1

    def ask(self, name: str, **arguments: Any) -> None:
        """Note the command whose event comes next, if it is not refused."""
        self._asked = Asked(self.now, name, arguments)

    def changed(self, row: R, **values: Any) -> R:
        """Give a row as the event to come leaves it."""
        return replace(row, rev=self.rev, **values)

    def moved(self, command: str, ticket: Ticket, **values: Any) -> Ticket:
        """Give a ticket as a command leaves it; raises `Refusal` where the transition table has no such step."""
        to = TRANSITIONS[command].get(ticket.state)
        if to is None:
            raise Refusal("wrong_state", {"number": ticket.number, "state": ticket.state})
        return replace(ticket, state=to, rev=self.rev, **values)

    def commit(self, kind: str, **tables: Iterable[Row]) -> Event:
        """Write the rows and their event, all at once. Each row has the event's number already."""
        event = Event(EPOCH, self.rev, self.now, kind, {name: tuple(rows) for name, rows in tables.items() if rows})
        if self._asked is not None:
            self.asked.append(self._asked)
        self.events.append(event)
        self.board.apply(event)
        return event
