"""The calls to come: the floor run on from now, in means and variances instead of chances.

Every open booth of a queue is free at some time (`Moments`); the earliest of them calls the first of the line who is free by
then, and is taken for a turnover and a talk. All queues run together, because a party that is called in one of them is passed
over in the others until its talk is over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import exp
from types import MappingProxyType

from yobidashi.guide.arrivals import arrival_rates
from yobidashi.guide.model import Model
from yobidashi.guide.moments import Moments, in_order, remaining
from yobidashi.guide.patience import patience_of
from yobidashi.live.board import Board
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import BoothState, State

_NOW = Moments(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Calls:
    """When each waiting ticket is called, and when a party would be that joined each queue now: ms from now.

    Tickets and queues that no booth serves are absent. ``booths``: queue → booths that serve it.
    """

    tickets: Mapping[int, Moments]
    queues: Mapping[str, Moments]
    booths: Mapping[str, int]


@dataclass(slots=True)
class _Queue:
    """A queue while the floor runs on."""

    free: list[Moments]
    """When its booths are free, the earliest first, the others roughly in order."""
    taken: Moments
    """For how long a call takes a booth."""
    walk_ins: list[Ticket]
    reserved: list[Ticket]
    """In the order of their slots; one that is not due stands among the walk-ins as well."""
    run: int
    spread: float
    """Variance of all the booths' talks taken together: those that last, and those of everybody called so far; ms²."""
    called: int = 0
    joins: Moments | None = None
    """When a party would be called that joins now."""

    def call(self, at: float) -> Moments:
        """Give the moments of a call ``at`` ms from now.

        The first calls are as sure as the first booths' ends. Later ones depend on the work of all booths together, of which each
        does its part; that ends follow from one another, `in_order` does not see.
        """
        variance = self.free[0].variance
        if self.called >= len(self.free):
            variance = max(variance, self.spread / len(self.free) ** 2)
        return Moments(at, variance)


def calls_ahead(
    board: Board,
    model: Model,
    talks: Mapping[str, float],
    now: int,
    moved: Mapping[int, str | None] = MappingProxyType({}),
) -> Calls:
    """Run the floor on from ``now`` until every waiting party is called once. ``talks``: queue → mean talk in ms.

    ``moved``: booth → the queue that it serves instead (None: none), for the sake of the argument.
    """
    at_booth = {b.id: board.tickets[b.ticket] for b in board.booths.values() if b.ticket is not None}
    over = {id_: _over(model, talks, ticket, now) for id_, ticket in at_booth.items() if ticket.queue in talks}
    ready = {at_booth[id_].party: end for id_, end in over.items()}
    free = _free_booths(board, model, over, moved)
    queues = {id_: _queue(board, model, id_, booths, talks[id_]) for id_, booths in free.items()}
    rates = arrival_rates(board, model, now)
    stays = patience_of(board, model, now)
    called: dict[int, Moments] = {}
    coming = [(queue.free[0].mean, id_) for id_, queue in queues.items()]
    heapify(coming)
    while coming:
        at, id_ = heappop(coming)
        queue = queues[id_]
        ticket = _next(queue, ready, at, now, model.reserved_in_a_row)
        if ticket is not None:
            start, call = queue.free[0], queue.call(at)
            back = ready.get(ticket.party)
            called[ticket.id] = Moments(at, call.variance + (back.variance / 2 if back is not None else 0.0))
            waited = now - ticket.issued_at
            there = stays(waited, waited + at)
            ready[ticket.party] = Moments(at + queue.taken.mean, call.variance + queue.taken.variance)
            lasts, mean = queue.taken, there * queue.taken.mean
            square = there * (lasts.variance + lasts.mean * lasts.mean)
            queue.free[0] = Moments(at + mean, start.variance + square - mean * mean)
            queue.called += 1
            queue.spread += square - mean * mean
            _earliest_first(queue.free)
            heappush(coming, (max(at, queue.free[0].mean), id_))
        elif queue.walk_ins or queue.reserved:  # all are at other booths: the first who is back is called
            back = min(ready[t.party] for t in (*queue.walk_ins, *queue.reserved) if t.party in ready)
            taken = _taken_by_others(queue, rates[id_], back.mean - at, model.talk_cv)
            queue.free[0] = Moments(queue.free[0].mean, max(queue.free[0].variance, back.variance) + taken.variance)
            heappush(coming, (back.mean + taken.mean, id_))
    joins = {id_: queue.joins for id_, queue in queues.items() if queue.joins is not None}
    return Calls(called, joins, {id_: len(booths) for id_, booths in free.items()})


def _free_booths(
    board: Board, model: Model, over: Mapping[int, Moments], moved: Mapping[int, str | None]
) -> dict[str, list[Moments]]:
    """Give when each open booth is free, by queue; a paused one calls nobody, even after its present talk."""
    free: dict[str, list[Moments]] = {}
    for booth in board.booths.values():
        serves = moved.get(booth.id, booth.queue) if moved else booth.queue
        if serves is not None and serves in model.queues and booth.state is BoothState.OPEN:
            free.setdefault(serves, []).append(over.get(booth.id, _NOW))
    return free


def _over(model: Model, talks: Mapping[str, float], ticket: Ticket, now: int) -> Moments:
    """Give when what happens at a booth is over: a call that is not yet a talk, or a talk."""
    talk = talks[ticket.queue]
    if ticket.state is State.SERVING:
        return remaining(talk, model.talk_cv, now - (ticket.started_at or now))
    comes = max(0, model.turnover_ms - (now - (ticket.called_at or now)))
    return Moments(comes + talk, (talk * model.talk_cv) ** 2)


def _queue(board: Board, model: Model, id_: str, free: list[Moments], talk: float) -> _Queue:
    spread = sum(booth.variance for booth in free)
    _earliest_first(free)
    waiting = board.waiting(id_)
    reserved = sorted((t for t in waiting if t.reserved is not None), key=lambda t: (t.reserved, t.place, t.id))
    run = board.queues[id_].reserved_run if id_ in board.queues else 0
    return _Queue(free, _taken(model, talk), list(waiting), reserved, run, spread)


def _taken(model: Model, talk: float) -> Moments:
    """For how long a call takes a booth: a turnover and a talk, or the time until nobody has answered."""
    answered, lost = 1 - model.no_answer, model.no_answer
    whole = model.turnover_ms + talk
    mean = answered * whole + lost * model.no_answer_ms
    square = answered * (whole * whole + (talk * model.talk_cv) ** 2) + lost * model.no_answer_ms**2
    return Moments(mean, square - mean * mean)


def _taken_by_others(queue: _Queue, rate: float, gap_ms: float, cv: float) -> Moments:
    """Give how long a party that comes back after ``gap_ms`` waits for those who came meanwhile and were called before it."""
    booths = len(queue.free)
    busy = min(1 - exp(-rate * gap_ms / booths), rate * queue.taken.mean / booths) ** booths
    rest = queue.taken.mean * (1 + cv * cv) / 2 / booths
    return Moments(busy * rest, busy * rest * rest * (4 / 3 - busy))


def _next(queue: _Queue, ready: dict[int, Moments], at: float, now: int, in_a_row: int) -> Ticket | None:
    """Take the ticket that is called ``at`` ms from now, as `call-next.lua` would; None where nobody is free by then."""

    def is_free(ticket: Ticket) -> bool:
        busy = ready.get(ticket.party)
        return busy is None or busy.mean <= at

    def is_due(ticket: Ticket) -> bool:
        return ticket.reserved is not None and ticket.reserved <= now + at

    reserved = next((t for t in queue.reserved if is_due(t) and is_free(t)), None) if queue.reserved else None
    walk_in = next((t for t in queue.walk_ins if is_free(t) and not is_due(t)), None)
    if queue.joins is None and walk_in is None and (reserved is None or queue.run >= in_a_row):
        queue.joins = queue.call(at)
    turn_of_walk_in = walk_in is not None and queue.run >= in_a_row
    ticket = reserved if reserved is not None and not turn_of_walk_in else walk_in
    if ticket is None:
        return None
    queue.run = queue.run + 1 if ticket is reserved and walk_in is not None else 0
    queue.walk_ins.remove(ticket)
    if ticket.reserved is not None:
        queue.reserved.remove(ticket)
    return ticket


def _earliest_first(free: list[Moments]) -> None:
    """Bring the earliest to the front, pair by pair: it is earlier than each of them alone."""
    for i in range(len(free) - 1, 0, -1):
        free[i - 1], free[i] = in_order(free[i - 1], free[i])
