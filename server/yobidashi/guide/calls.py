"""The calls to come: the floor run on from now, in means and variances instead of chances.

Every open booth of a queue is free at some time (`Moments`); the earliest of them calls the first of the line who is free by
then, and is taken for a turnover and a talk. Queues in which the same party waits run together, because a party that is called
in one of them is passed over in the others until its talk is over; all others run alone, and only when they are asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import heapify, heappop, heappush
from math import exp

from yobidashi.guide.arrivals import arrival_rates
from yobidashi.guide.bookings import NOBODY, Booked, Expected, expected_in
from yobidashi.guide.history import History
from yobidashi.guide.line import Line, earliest_first, line_of
from yobidashi.guide.model import Model
from yobidashi.guide.moments import Moments, remaining
from yobidashi.guide.overlap import Turn, calls_of_one
from yobidashi.guide.patience import Stays, stays_of
from yobidashi.guide.talks import talk_means
from yobidashi.live.board import Board
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import BoothState, State

_NOW = Moments(0.0, 0.0)


class Calls:
    """One look at a board: when each waiting ticket is called, and when a party would be that joined a queue now.

    Times are ms from ``now``. The board must not change while its calls are asked for.
    """

    def __init__(
        self, board: Board, model: Model, now: int, history: History | None = None, booked: Booked = NOBODY
    ) -> None:
        """Look at ``board`` at ``now`` (ms in the fair's clock).

        ``history``: one kept from look to look saves time. ``booked``: reservations of parties that have not come yet.
        """
        self.board, self.model, self.now = board, model, now
        self._history = history if history is not None else History(model)
        self._history.catch_up(board)
        at_booth = [board.tickets[b.ticket] for b in board.booths.values() if b.ticket is not None]
        history = self._history
        self.talks = talk_means(
            model, history.talk_ms, history.talks, (t for t in at_booth if t.state is State.SERVING), now
        )
        """Queue → its mean talk in ms."""
        over = {ticket.id: self._over(ticket) for ticket in at_booth if ticket.queue in self.talks}
        self._ready = {ticket.party: over[ticket.id] for ticket in at_booth if ticket.id in over}
        self._free: dict[str, list[tuple[int, Moments]]] = {}  # queue → its open booths, and when each is free
        for booth in board.booths.values():
            # a paused one calls nobody, even after its present talk
            if booth.queue in self.talks and booth.state is BoothState.OPEN:
                free = over.get(booth.ticket, _NOW) if booth.ticket is not None else _NOW
                self._free.setdefault(booth.queue, []).append((booth.id, free))
        self.waiting = {id_: board.waiting(id_) for id_ in model.queues}
        """Queue → who waits, in the order of places."""
        self._expected = {id_: expected_in(model, booked, id_, now) for id_ in booked}
        self._tickets: dict[int, Moments] = {}
        self._joins: dict[str, Moments | None] = {}

    def booths(self, queue: str) -> int:
        """Give how many open booths serve a queue."""
        return len(self._free.get(queue, ()))

    def joining(self, queue: str) -> Moments | None:
        """Give when a party is called that joins a queue now; None where no booth serves it."""
        self._run(queue)
        return self._joins[queue]

    def of(self, ticket: Ticket) -> Moments | None:
        """Give when a waiting ticket is called; None where no booth serves its queue."""
        if ticket.queue in self.waiting:
            self._run(ticket.queue)
        return self._tickets.get(ticket.id)

    def moved(self, booth: int, queue: str | None) -> tuple[dict[int, Moments], dict[str, Moments]]:
        """Give the calls if ``booth`` served ``queue`` instead (None: none): of the tickets and queues for which it matters."""
        was = self.board.booths[booth].queue
        affected = [id_ for id_ in (was, queue) if id_ is not None and id_ in self.waiting]
        groups = {id(self._groups[id_]): self._groups[id_] for id_ in affected}
        moved = {id_: list(self._free.get(id_, ())) for group in groups.values() for id_ in group}
        own = [each for each in moved.get(was or "", ()) if each[0] == booth] or [(booth, _NOW)]
        if was in moved:
            moved[was] = [each for each in moved[was] if each[0] != booth]
        if queue in moved:
            moved[queue] = sorted([*moved[queue], *own])
        tickets: dict[int, Moments] = {}
        joins: dict[str, Moments] = {}
        for group in groups.values():
            lines = self._lines(group, moved)
            tickets |= self._run_on(lines)
            joins |= {line.id: line.joins for line in lines if line.joins is not None}
        return tickets, joins

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[str]]:
        return groups_of(self.waiting)

    @cached_property
    def _stays(self) -> Stays:
        waiting = (t for line in self.waiting.values() for t in line if t.called_at is None)
        borne = sum(self._history.borne_by(ticket, self.now) for ticket in waiting)
        return stays_of(self.model.patience_ms, self._history.left, self._history.borne + borne)

    @cached_property
    def _rates(self) -> Mapping[str, float]:
        return arrival_rates(self.board, self.model, self.now)

    def _over(self, ticket: Ticket) -> Moments:
        """Give when what happens at a booth is over: a call that is not yet a talk, or a talk."""
        talk, model = self.talks[ticket.queue], self.model
        if ticket.state is State.SERVING:
            return remaining(talk, model.talk_cv, self.now - (ticket.started_at or self.now))
        comes = max(0, model.turnover_ms - (self.now - (ticket.called_at or self.now)))
        return Moments(comes + talk, (talk * model.talk_cv) ** 2)

    def _run(self, queue: str) -> None:
        """Run on the queue, and those that belong to it, unless that was done."""
        if queue in self._joins:
            return
        if not self.waiting[queue] and not self._expected.get(queue):  # nobody is called before who comes now
            free = [end for _, end in self._free.get(queue, ())]
            earliest_first(free)
            self._joins[queue] = free[0] if free else None
        else:
            lines = self._lines(self._groups[queue], self._free)
            self._joins |= dict.fromkeys(self._groups[queue])
            self._tickets |= self._run_on(lines)
            self._joins |= {line.id: line.joins for line in lines}

    def _lines(self, queues: Iterable[str], free: Mapping[str, list[tuple[int, Moments]]]) -> list[Line]:
        rows = self.board.queues
        return [
            line_of(
                self.model,
                id_,
                self.waiting[id_],
                self._expected.get(id_, ()),
                rows[id_].reserved_run if id_ in rows else 0,
                [end for _, end in free[id_]],
                self.talks[id_],
            )
            for id_ in queues
            if free.get(id_)
        ]

    def _run_on(self, lines: list[Line]) -> dict[int, Moments]:
        """Run the lines on until every ticket is called once."""
        now, in_a_row = self.now, self.model.reserved_in_a_row
        alone = len(lines) == 1
        ready = self._ready if alone else dict(self._ready)
        called: dict[int, Moments] = {}
        by_id = {line.id: line for line in lines}
        coming = [(line.free[0][0], line.id) for line in lines]
        heapify(coming)
        while coming:
            at, id_ = heappop(coming)
            line = by_id[id_]
            ticket = line.next(ready, at, now, in_a_row)
            if isinstance(ticket, Expected):
                line.take(at, ticket.likely)
                heappush(coming, (max(at, line.free[0][0]), id_))
            elif ticket is not None:
                variance = line.variance()
                called[ticket.id] = Moments(at, variance)
                if not alone:
                    ready[ticket.party] = Moments(at + line.taken[0], variance + line.taken[1])
                waited = now - ticket.issued_at
                line.take(at, self._stays(waited, waited + at))
                heappush(coming, (max(at, line.free[0][0]), id_))
            elif (
                back := line.first_back(ready)
            ) is not None:  # who waits is at other booths: the first who is back is called
                taken = self._taken_by_others(line, back[0] - at)
                line.wait(max(line.free[0][1], back[1]) + taken[1])
                heappush(coming, (back[0] + taken[0], id_))
        return called | self._unsure(lines, called)

    def _unsure(self, lines: list[Line], called: Mapping[int, Moments]) -> dict[int, Moments]:
        """Give the calls of parties that are at a booth, or wait in several queues: which of these calls first is not sure."""
        if self.model.talk_cv <= 0:
            return {}
        own: dict[int, list[tuple[Ticket, Line]]] = {}
        for line in lines:
            for ticket in self.waiting[line.id]:
                if len(lines) > 1 or ticket.party in self._ready:
                    own.setdefault(ticket.party, []).append((ticket, line))
        unsure: dict[int, Moments] = {}
        for party, tickets in own.items():
            back = self._ready.get(party)
            if len(tickets) > 1 or back is not None:
                turns = [
                    Turn(line.turns.get(ticket.id, called[ticket.id]), line.taken[0], len(line.free))
                    for ticket, line in tickets
                ]
                calls = calls_of_one(turns, back)
                unsure |= {ticket.id: call for (ticket, _), call in zip(tickets, calls, strict=True)}
        return unsure

    def _taken_by_others(self, line: Line, gap_ms: float) -> Moments:
        """Give how long a party that comes back after ``gap_ms`` waits for those who came meanwhile and were called before it."""
        booths, rate, cv = len(line.free), self._rates[line.id], self.model.talk_cv
        busy = min(1 - exp(-rate * gap_ms / booths), rate * line.taken[0] / booths) ** booths
        rest = line.taken[0] * (1 + cv * cv) / 2 / booths
        return Moments(busy * rest, busy * rest * rest * (4 / 3 - busy))


def groups_of(waiting: Mapping[str, Iterable[Ticket]]) -> Mapping[str, Sequence[str]]:
    """Give for each queue all those that run together with it, for the sake of parties that wait in more than one."""
    groups = {id_: [id_] for id_ in waiting}
    first: dict[int, str] = {}
    for id_, line in waiting.items():
        for ticket in line:
            other = groups[first.setdefault(ticket.party, id_)]
            if other is not groups[id_]:
                other += groups[id_]
                for joined in groups[id_]:
                    groups[joined] = other
    return groups
