"""The folded state of a fair: what every process and every page keeps, made of events alone."""

from bisect import insort
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from yobidashi.queue.events import Event
from yobidashi.queue.rows import TABLES, Booth, Clock, Notice, Offer, Party, Queue, Row, Ticket
from yobidashi.queue.tickets import OfferState, State


@dataclass(slots=True)
class Board:
    """All rows of a fair at one position (epoch, offset). Rows come in by `apply` and `put` alone: both keep the lines."""

    epoch: int = 0
    offset: int = 0
    parties: dict[int, Party] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)
    booths: dict[int, Booth] = field(default_factory=dict)
    clocks: dict[int, Clock] = field(default_factory=dict)
    offers: dict[int, Offer] = field(default_factory=dict)
    notices: dict[int, Notice] = field(default_factory=dict)
    at: int = field(default=0, compare=False, kw_only=True)
    """When its newest event happened, ms in the fair's clock, as far as that is known; the fair's time is never before it."""
    _lines: dict[str, list[Ticket]] | None = field(default=None, init=False, repr=False, compare=False)
    """Queue → who waits, in order; made when it is first asked for, kept from then on."""

    def table(self, name: str) -> dict[Any, Any]:
        """Give one table by its name in `TABLES`."""
        table: dict[Any, Any] = getattr(self, name)
        return table

    def apply(self, event: Event) -> None:
        """Take one event: an upsert of its rows. The caller has checked that it is the next one."""
        for name, rows in event.changes.items():
            self.put(name, rows)
        self.epoch, self.offset, self.at = event.epoch, event.offset, event.at

    def put(self, name: str, rows: Iterable[Row]) -> None:
        """Take complete rows into a table, each in the place of the one before it."""
        table = self.table(name)
        for row in rows:
            if self._lines is not None and isinstance(row, Ticket):
                _step(self._lines, self.tickets.get(row.id), row)
            table[row.id] = row

    def rows(self) -> dict[str, list[Row]]:
        """Give every row by table, ordered by id, so that two equal boards compare equal."""
        return {name: [row for _, row in sorted(self.table(name).items())] for name in TABLES}

    def waiting(self, queue: str) -> list[Ticket]:
        """Give the waiting tickets of a queue in the order of their places, whoever has reserved."""
        if self._lines is None:
            self._lines = defaultdict(list)
            for ticket in self.tickets.values():
                _step(self._lines, None, ticket)
        return list(self._lines.get(queue, ()))

    def open_offers(self, now: int) -> list[Offer]:
        """Give every offer that can be accepted at ``now`` (ms in the fair's clock), oldest first.

        It is open and has not lapsed, and its party still waits in another queue with the ticket it was made for
        (`queue/lua/lib/offers.lua` decides by the same rule).
        """
        return [offer for _, offer in sorted(self.offers.items()) if self._is_open(offer, now)]

    def open_offer(self, party_id: int, now: int) -> Offer | None:
        """Give the offer that a party can accept at ``now``; of several the newest."""
        own = (offer for offer in self.offers.values() if offer.party == party_id and self._is_open(offer, now))
        return max(own, key=lambda offer: offer.id, default=None)

    def _is_open(self, offer: Offer, now: int) -> bool:
        if offer.state is not OfferState.OPEN or now >= offer.until:
            return False
        ticket = self.tickets.get(offer.ticket)
        if ticket is None or ticket.state is not State.WAITING:
            return False
        return ticket.party == offer.party and ticket.queue != offer.queue

    def notices_now(self, now: int) -> list[Notice]:
        """Give the announcements in force at ``now``, oldest first."""
        return [n for _, n in sorted(self.notices.items()) if n.until is None or now < n.until]

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


def _step(lines: dict[str, list[Ticket]], was: Ticket | None, now: Ticket) -> None:
    """Take a ticket's change into the lines, which are short: who waits is in one, nobody else."""
    if was is not None and was.state is State.WAITING:
        lines[was.queue].remove(was)
    if now.state is State.WAITING:
        insort(lines[now.queue], now, key=lambda t: (t.place, t.id))


def _is_due(ticket: Ticket, now: int) -> bool:
    return ticket.reserved is not None and ticket.reserved <= now
