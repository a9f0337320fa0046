"""One queue while the floor runs on: when its booths are free, and who of its line is called next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yobidashi.guide.model import Model
from yobidashi.guide.moments import Moments, in_order
from yobidashi.queue.rows import Ticket


@dataclass(slots=True)
class Line:
    """A queue's line and booths; it is used up as the floor runs on."""

    id: str
    free: list[Moments]
    """When its booths are free, the earliest first, the others roughly in order."""
    taken: Moments
    """For how long a call takes a booth."""
    walk_ins: list[Ticket]
    reserved: list[Ticket]
    """In the order of their slots; one that is not due stands among the walk-ins as well."""
    run: int
    spread: float = field(init=False)
    """Variance of all the booths' talks taken together: those that last, and those of everybody called so far; ms²."""
    called: int = 0
    joins: Moments | None = None
    """When a party would be called that joins now."""

    def __post_init__(self) -> None:
        """Bring the first booth to the front."""
        self.spread = sum(booth[1] for booth in self.free)
        earliest_first(self.free)

    def variance(self) -> float:
        """Give how unsure the next call is, in ms².

        The first calls are as sure as the first booths' ends. Later ones depend on the work of all booths together, of which each
        does its part; that ends follow from one another, `in_order` does not see.
        """
        variance, booths = self.free[0][1], len(self.free)
        return max(variance, self.spread / (booths * booths)) if self.called >= booths else variance

    def take(self, at: float, there: float) -> None:
        """Let the first booth be taken by a call ``at`` ms from now that finds somebody still ``there`` with this likelihood."""
        lasts, spread = self.taken
        mean = there * lasts
        variance = there * (spread + lasts * lasts) - mean * mean
        self.free[0] = Moments(at + mean, self.free[0][1] + variance)
        self.called += 1
        self.spread += variance
        earliest_first(self.free)

    def wait(self, variance: float) -> None:
        """Let the first booth wait for a party that is away: when it is free is so unsure, at least."""
        self.free[0] = Moments(self.free[0][0], variance)

    def next(self, ready: Mapping[int, Moments], at: float, now: int, in_a_row: int) -> Ticket | None:
        """Take the ticket that is called ``at`` ms from now, as `call-next.lua` would; None where nobody is free by then."""
        if self.reserved:
            return self._next_of_both(ready, at, now, in_a_row)
        for i, ticket in enumerate(self.walk_ins):
            busy = ready.get(ticket.party)
            if busy is None or busy[0] <= at:
                del self.walk_ins[i]
                self.run = 0
                return ticket
        if self.joins is None:
            self.joins = Moments(at, self.variance())
        return None

    def _next_of_both(self, ready: Mapping[int, Moments], at: float, now: int, in_a_row: int) -> Ticket | None:
        def is_free(ticket: Ticket) -> bool:
            busy = ready.get(ticket.party)
            return busy is None or busy[0] <= at

        def is_due(ticket: Ticket) -> bool:
            return ticket.reserved is not None and ticket.reserved <= now + at

        reserved = next((t for t in self.reserved if is_due(t) and is_free(t)), None)
        walk_in = next((t for t in self.walk_ins if is_free(t) and not is_due(t)), None)
        if self.joins is None and walk_in is None and (reserved is None or self.run >= in_a_row):
            self.joins = Moments(at, self.variance())
        turn_of_walk_in = walk_in is not None and self.run >= in_a_row
        ticket = reserved if reserved is not None and not turn_of_walk_in else walk_in
        if ticket is None:
            return None
        self.run = self.run + 1 if ticket is reserved and walk_in is not None else 0
        self.walk_ins.remove(ticket)
        if ticket.reserved is not None:
            self.reserved.remove(ticket)
        return ticket

    def first_back(self, ready: Mapping[int, Moments]) -> Moments | None:
        """Give when the first of those who wait here, and are all at other booths, is back; None where nobody waits."""
        return min((ready[t.party] for t in (*self.walk_ins, *self.reserved) if t.party in ready), default=None)


def line_of(
    model: Model, id_: str, waiting: Sequence[Ticket], run: int, free: Sequence[Moments], talk_ms: float
) -> Line:
    """Give a queue as it stands now: who is ``waiting`` in the order of places, when each booth is ``free``."""
    reserved = [t for t in waiting if t.reserved is not None]
    if reserved:
        reserved.sort(key=lambda t: (t.reserved, t.place, t.id))
    return Line(id_, list(free), _taken(model, talk_ms), list(waiting), reserved, run)


def _taken(model: Model, talk: float) -> Moments:
    """For how long a call takes a booth: a turnover and a talk, or the time until nobody has answered."""
    answered, lost = 1 - model.no_answer, model.no_answer
    whole = model.turnover_ms + talk
    mean = answered * whole + lost * model.no_answer_ms
    square = answered * (whole * whole + (talk * model.talk_cv) ** 2) + lost * model.no_answer_ms**2
    return Moments(mean, square - mean * mean)


def earliest_first(free: list[Moments]) -> None:
    """Bring the earliest to the front, pair by pair: it is earlier than each of them alone."""
    for i in range(len(free) - 1, 0, -1):
        free[i - 1], free[i] = in_order(free[i - 1], free[i])
