"""One queue while the floor runs on: when its booths are free, and who of its line is called next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yobidashi.guide.bookings import Expected
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
    expected: list[Expected]
    """Who has booked and is still to come, in the order of their slots."""
    run: int
    spread: float = field(init=False)
    """Variance of all the booths' talks taken together: those that last, and those of everybody called so far; ms²."""
    called: int = 0
    turns: dict[int, Moments] = field(default_factory=dict)
    """Ticket → when its turn came first, where its party was at another booth then."""
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

    def next(self, ready: Mapping[int, Moments], at: float, now: int, in_a_row: int) -> Ticket | Expected | None:
        """Take who is called ``at`` ms from now, as `call-next.lua` would; None where nobody is free by then."""
        if self.reserved or self.expected:
            return self._next_of_both(ready, at, now, in_a_row)
        for i, ticket in enumerate(self.walk_ins):
            busy = ready.get(ticket.party)
            if busy is None or busy[0] <= at:
                del self.walk_ins[i]
                self.run = 0
                return ticket
            if ticket.id not in self.turns:
                self.turns[ticket.id] = Moments(at, self.variance())
        if self.joins is None:
            self.joins = Moments(at, self.variance())
        return None

    def _next_of_both(
        self, ready: Mapping[int, Moments], at: float, now: int, in_a_row: int
    ) -> Ticket | Expected | None:
        def is_free(ticket: Ticket) -> bool:
            busy = ready.get(ticket.party)
            free = busy is None or busy[0] <= at
            if not free and ticket.id not in self.turns:
                self.turns[ticket.id] = Moments(at, self.variance())
            return free

        def is_due(ticket: Ticket | Expected) -> bool:
            return ticket.reserved is not None and ticket.reserved <= now + at

        reserved: Ticket | Expected | None = next((t for t in self.reserved if is_due(t) and is_free(t)), None)
        comes = self.expected[0] if self.expected and is_due(self.expected[0]) else None
        if comes is not None and (reserved is None or comes.reserved < (reserved.reserved or 0)):
            reserved = comes
        walk_in = next((t for t in self.walk_ins if is_free(t) and not is_due(t)), None)
        if self.joins is None and walk_in is None and (reserved is None or self.run >= in_a_row):
            self.joins = Moments(at, self.variance())
        turn_of_walk_in = walk_in is not None and self.run >= in_a_row
        called = reserved if reserved is not None and not turn_of_walk_in else walk_in
        if called is None:
            return None
        self.run = self.run + 1 if called is reserved and walk_in is not None else 0
        self._leave(called)
        return called

    def _leave(self, called: Ticket | Expected) -> None:
        if isinstance(called, Expected):
            del self.expected[0]
            return
        self.walk_ins.remove(called)
        if called.reserved is not None:
            self.reserved.remove(called)

    def first_back(self, ready: Mapping[int, Moments]) -> Moments | None:
        """Give when the first of those who wait here, and are all at other booths, is back; None where nobody waits."""
        return min((ready[t.party] for t in (*self.walk_ins, *self.reserved) if t.party in ready), default=None)


def line_of(
    model: Model,
    id_: str,
    waiting: Sequence[Ticket],
    expected: Sequence[Expected],
    run: int,
    free: Sequence[Moments],
    talk_ms: float,
) -> Line:
    """Give a queue as it stands now: who is ``waiting`` in the order of places, when each booth is ``free``."""
    reserved = [t for t in waiting if t.reserved is not None]
    if reserved:
        reserved.sort(key=lambda t: (t.reserved, t.place, t.id))
    return Line(id_, list(free), _taken(model, talk_ms), list(waiting), reserved, list(expected), run)


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
