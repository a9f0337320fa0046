"""How long everybody waits: each queue and each waiting ticket, as a mean and as the band that is shown.

The floor is run on from now by means and variances: booths end their talks, the first of the line who is free is called, by
the very rule of `call-next.lua`. So all that is known counts: how long present talks last already, who is busy at
another booth and for how long, who has reserved and from when, which booths are paused. No randomness: the same board and the
same time give the same guide in every process. A wait ends with the call.
"""

from math import sqrt

from yobidashi.guide.band import band_of
from yobidashi.guide.calls import Calls
from yobidashi.guide.moments import Moments
from yobidashi.live.guide import Band, Guide, Level, QueueGuide, TicketGuide
from yobidashi.queue.rows import Ticket


def guide_of(calls: Calls, *, bands: bool = True) -> Guide:
    """Estimate every wait at one look. ``bands``: with what is shown; who only decides by the means has no need of it."""
    queues: dict[str, QueueGuide] = {}
    tickets: dict[int, TicketGuide] = {}
    for id_ in calls.model.queues:
        line = _line(calls, id_)
        mean, band = _wait(calls.joining(id_), bands)
        queues[id_] = QueueGuide(id_, len(line), calls.booths(id_), mean, band, _level(calls, id_, mean))
        for ahead, ticket in enumerate(line):
            tickets[ticket.id] = TicketGuide(ticket.id, ahead, *_wait(calls.of(ticket), bands))
    return Guide(calls.now, queues, tickets)


def ticket_guide_of(calls: Calls, ticket: Ticket) -> TicketGuide:
    """Estimate the wait of one waiting ticket, as `guide_of` would."""
    ahead = next(i for i, other in enumerate(_line(calls, ticket.queue)) if other.id == ticket.id)
    return TicketGuide(ticket.id, ahead, *_wait(calls.of(ticket), bands=True))


def _level(calls: Calls, id_: str, mean: int | None) -> Level:
    if mean is None or id_ not in calls.board.queues or not calls.board.queues[id_].issuing:
        return Level.CLOSED
    if mean <= calls.model.quiet_ms:
        return Level.QUIET
    return Level.CROWDED if mean >= calls.model.crowded_ms else Level.BUSY


def _line(calls: Calls, id_: str) -> list[Ticket]:
    """Give who waits in the order of calling; without a reserved place that is due it is the order of places."""
    waiting = calls.waiting[id_]
    due = any(ticket.reserved is not None and ticket.reserved <= calls.now for ticket in waiting)
    return calls.board.line(id_, calls.now, calls.model.reserved_in_a_row) if due else waiting


def _wait(call: Moments | None, bands: bool) -> tuple[int | None, Band | None]:
    if call is None:
        return None, None
    return round(call[0]), band_of(call[0], sqrt(call[1])) if bands else None
