"""What a day comes to, counted from its journal and nothing else: 組 and 名, waits, calls, recalls, moves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import mean, median, quantiles
from typing import Final

from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Party, Ticket
from yobidashi.queue.tickets import State
from yobidashi.replay.screen import Call, called_in

LONG_WAIT_MIN: Final = 30
"""A wait above this many minutes counts as long."""


@dataclass(slots=True)
class Tally:
    """Consultations at one booth or in one queue: parties (組), persons (名), and minutes of each talk and wait."""

    parties: int = 0
    persons: int = 0
    talks_min: list[float] = field(default_factory=list)
    waits_min: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits in minutes: mean, median, the tenth decile, and the part above `LONG_WAIT_MIN`."""

    mean: float
    median: float
    p90: float
    long: float


def waits_of(minutes: Sequence[float]) -> Waits | None:
    """Sum up waits; None where there are too few."""
    if len(minutes) < 2:
        return None
    long = sum(m > LONG_WAIT_MIN for m in minutes) / len(minutes)
    return Waits(mean(minutes), median(minutes), quantiles(minutes, n=10, method="inclusive")[8], long)


@dataclass(slots=True)
class Figures:
    """The day's totals. ``kinds`` counts every event by kind; ``reasons`` the cancelled tickets by reason."""

    board: Board = field(default_factory=Board)
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    calls: list[Call] = field(default_factory=list)
    by_booth: dict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_queue: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    waits_min: list[float] = field(default_factory=list)
    waits_by_ticket: dict[int, float] = field(default_factory=dict)  # ticket id → minutes to its first call
    persons: int = 0
    parties: int = 0
    consultations: int = 0
    consulted_persons: int = 0  # persons of parties with at least one consultation
    last_end: int = 0  # ms: when the last talk ended


def figures_of(events: Iterable[Event]) -> Figures:
    """Count a day from its journal.

    A wait runs from the ticket to its first call, without the time in which the party was at another booth, held or absent:
    only what a visitor would call waiting.
    """
    figures = Figures()
    waits = _Waits()
    for event in events:
        waits.take(event, figures.board)
        figures.board.apply(event)
        figures.kinds[event.kind] += 1
        if call := called_in(event):
            figures.calls.append(call)
    _sum_up(figures, waits.minutes)
    return figures


def _sum_up(figures: Figures, waits_min: dict[int, float]) -> None:
    board = figures.board
    figures.parties, figures.persons = len(board.parties), sum(p.size for p in board.parties.values())
    figures.waits_min, figures.waits_by_ticket = list(waits_min.values()), waits_min
    heard: set[int] = set()
    for ticket in board.tickets.values():
        if ticket.state is State.CANCELLED:
            figures.reasons[ticket.reason or "—"] += 1
        if ticket.state is not State.FINISHED or ticket.booth is None or not ticket.ended_at or not ticket.started_at:
            continue
        figures.consultations += 1
        figures.last_end = max(figures.last_end, ticket.ended_at)
        heard.add(ticket.party)
        for tally in (figures.by_booth[ticket.booth], figures.by_queue[ticket.queue]):
            tally.parties += 1
            tally.persons += board.parties[ticket.party].size
            tally.talks_min.append((ticket.ended_at - ticket.started_at) / 60_000)
            if ticket.id in waits_min:
                tally.waits_min.append(waits_min[ticket.id])
    figures.consulted_persons = sum(board.parties[p].size for p in heard)


class _Waits:
    """Adds up, event by event, how long each ticket has waited while its party was free."""

    def __init__(self) -> None:
        self.minutes: dict[int, float] = {}  # ticket id → minutes, from its first call on
        self._so_far: dict[int, int] = defaultdict(int)  # ms
        self._since: dict[int, int] = {}  # tickets whose wait runs now → since when

    def take(self, event: Event, before: Board) -> None:
        """Look at what an event changes, before the board applies it."""
        parties = {row.id: row for row in event.changes.get("parties", ()) if isinstance(row, Party)}
        touched: dict[int, Ticket] = {
            t.id: t for t in (before.tickets[i] for p in parties.values() for i in p.tickets if i in before.tickets)
        }
        touched |= {row.id: row for row in event.changes.get("tickets", ()) if isinstance(row, Ticket)}
        for ticket in touched.values():
            party = parties.get(ticket.party) or before.parties[ticket.party]
            waits = ticket.state is State.WAITING and party.active is None and ticket.id not in self.minutes
            if ticket.id in self._since and not waits:
                self._so_far[ticket.id] += event.at - self._since.pop(ticket.id)
            elif waits:
                self._since.setdefault(ticket.id, event.at)
            if ticket.state is State.CALLED:
                self.minutes.setdefault(ticket.id, self._so_far[ticket.id] / 60_000)
