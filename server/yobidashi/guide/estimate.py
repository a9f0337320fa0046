"""How long everybody waits: each queue and each waiting ticket, as a mean and as the band that is shown.

The floor is run on from now by means and variances: booths end their talks, the first of the line who is free is called, by
the very rule of `call-next.lua`. So all that is known counts: how long present talks last already, who is busy at
another booth and for how long, who has reserved and from when, which booths are paused. No randomness: the same board and the
same time give the same guide in every process. A wait ends with the call.
"""

from math import sqrt

from yobidashi.guide.band import band_of
from yobidashi.guide.calls import Calls, calls_ahead
from yobidashi.guide.model import Model
from yobidashi.guide.moments import Moments
from yobidashi.guide.talks import talk_means
from yobidashi.live.board import Board
from yobidashi.live.guide import Band, Guide, Level, QueueGuide, TicketGuide
from yobidashi.queue.rows import Ticket


def guide_of(board: Board, model: Model, now: int) -> Guide:
    """Estimate every wait at ``now`` (ms in the fair's clock)."""
    talks = talk_means(board, model, now)
    calls = calls_ahead(board, model, talks, now)
    queues: dict[str, QueueGuide] = {}
    tickets: dict[int, TicketGuide] = {}
    for id_ in model.queues:
        line = _line(board, id_, now, model.reserved_in_a_row)
        queues[id_] = _queue(board, model, id_, len(line), calls)
        for ahead, ticket in enumerate(line):
            tickets[ticket.id] = TicketGuide(ticket.id, ahead, *_wait(calls.tickets.get(ticket.id)))
    return Guide(now, queues, tickets)


def _queue(board: Board, model: Model, id_: str, ahead: int, calls: Calls) -> QueueGuide:
    mean, band = _wait(calls.queues.get(id_))
    return QueueGuide(id_, ahead, calls.booths.get(id_, 0), mean, band, _level(board, model, id_, mean))


def _level(board: Board, model: Model, id_: str, mean: int | None) -> Level:
    if mean is None or id_ not in board.queues or not board.queues[id_].issuing:
        return Level.CLOSED
    if mean <= model.quiet_ms:
        return Level.QUIET
    return Level.CROWDED if mean >= model.crowded_ms else Level.BUSY


def _line(board: Board, id_: str, now: int, in_a_row: int) -> list[Ticket]:
    """Give who waits in the order of calling; without a reserved place that is due it is the order of places."""
    waiting = board.waiting(id_)
    due = any(ticket.reserved is not None and ticket.reserved <= now for ticket in waiting)
    return board.line(id_, now, in_a_row) if due else waiting


def _wait(call: Moments | None) -> tuple[int | None, Band | None]:
    if call is None:
        return None, None
    return round(call.mean), band_of(call.mean, sqrt(call.variance))
