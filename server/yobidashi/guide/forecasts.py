"""Every forecast and what came of it: how right the estimate was today, and what simpler rules would have said.

Folded from the journal like the board, so every process that has read the same journal has the same figures. A forecast is what
a ticket was told when it was issued; its outcome is how long it then waited for its first call.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.bookings import NOBODY, Booked
from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import ticket_guide_of
from yobidashi.guide.history import History
from yobidashi.guide.model import Model
from yobidashi.live.board import Board
from yobidashi.live.guide import Band
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import State

REMEMBERED: Final = 10
"""Waits of a queue that the rule "average of the last ten" averages."""

_CALLED: Final = frozenset({State.CALLED, State.SERVING, State.FINISHED})


@dataclass(frozen=True, slots=True)
class Figures:
    """How right forecasts were. None where nothing was forecast yet, or the rule gives no band.

    ``mean_error_ms``: without signs; ``bias_ms``: above zero where waits were shorter than told; ``coverage``: share (0–1) of
    waits within their band; ``width_min``: mean width of the bands.
    """

    count: int
    mean_error_ms: int | None
    bias_ms: int | None
    coverage: float | None = None
    width_min: float | None = None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The estimate beside three simpler rules, over the same tickets.

    ``fixed_prior``: parties ahead over booths times the expected talk; ``last_wait``: that of whoever was called last in the
    queue; ``last_ten``: the average of ten such. Rules of the past say what the prior says until there is a past.
    """

    estimate: Figures
    queues: dict[str, Figures]
    fixed_prior: Figures
    last_wait: Figures
    last_ten: Figures


@dataclass(frozen=True, slots=True)
class _Forecast:
    """What a ticket was told at ``at``, and what the simpler rules would have said; ms."""

    queue: str
    at: int
    mean: int
    band: Band
    fixed_prior: float
    last_wait: float
    last_ten: float


class Forecasts:
    """The forecasts of one fair. ``board``: one that is folded before each `take`; without it the journal is folded here."""

    def __init__(self, model: Model, board: Board | None = None) -> None:
        self._model = model
        self._folds = board is None
        self._board = board if board is not None else Board()
        self._begin()

    def _begin(self) -> None:
        self._told: dict[int, _Forecast] = {}
        self._waited: dict[int, int] = {}
        self._waits: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self._epoch: int | None = None
        self._history = History(self._model)

    def take(self, event: Event, booked: Booked = NOBODY) -> None:
        """Take the next event of the journal; another epoch begins anew. ``booked``: who was still expected then."""
        if self._epoch is not None and event.epoch != self._epoch:
            self._begin()
            self._board = Board() if self._folds else self._board
        self._epoch = event.epoch
        if self._folds:
            self._board.apply(event)
        tickets = [row for row in event.changes.get("tickets", ()) if isinstance(row, Ticket)]
        if self._folds:
            self._history.take(self._board, tickets)
        for ticket in tickets:
            self._outcome(ticket, event)
        new = [t for t in tickets if t.state is State.WAITING and t.id not in self._told]
        if new:
            self._tell(new, event.at, booked)

    def figures(self) -> Accuracy:
        """Give how right it was so far."""
        ended = [(self._told[id_], wait) for id_, wait in self._waited.items()]
        by_queue: dict[str, list[tuple[_Forecast, int]]] = defaultdict(list)
        for told, wait in ended:
            by_queue[told.queue].append((told, wait))
        return Accuracy(
            estimate=_of_estimate(ended),
            queues={id_: _of_estimate(by_queue[id_]) for id_ in sorted(by_queue)},
            fixed_prior=_errors(told.fixed_prior - wait for told, wait in ended),
            last_wait=_errors(told.last_wait - wait for told, wait in ended),
            last_ten=_errors(told.last_ten - wait for told, wait in ended),
        )

    def _outcome(self, ticket: Ticket, event: Event) -> None:
        """Compare what became of a ticket with what it was told. Who was held, moved or left had no wait to compare."""
        told = self._told.get(ticket.id)
        if told is None:
            return
        if ticket.state in _CALLED:
            if ticket.id not in self._waited and ticket.called_at is not None:
                self._waited[ticket.id] = wait = ticket.called_at - told.at
                self._waits[ticket.queue].append(wait)
        elif ticket.id in self._waited:
            if ticket.state is State.WAITING and event.kind == "undone":
                del self._waited[ticket.id]  # the call was a slip; it is still to come
        elif ticket.state is not State.WAITING or ticket.queue != told.queue:
            del self._told[ticket.id]

    def _tell(self, tickets: Iterable[Ticket], now: int, booked: Booked) -> None:
        calls = Calls(self._board, self._model, now, self._history, booked)
        for ticket in tickets:
            if not calls.booths(ticket.queue):
                continue
            own = ticket_guide_of(calls, ticket)
            if own.mean_ms is None or own.band is None:
                continue
            prior = own.ahead / calls.booths(ticket.queue) * self._model.queues[ticket.queue].talk_ms
            past = self._waits[ticket.queue]
            self._told[ticket.id] = _Forecast(
                queue=ticket.queue,
                at=now,
                mean=own.mean_ms,
                band=own.band,
                fixed_prior=prior,
                last_wait=past[-1] if past else prior,
                last_ten=sum(past) / len(past) if past else prior,
            )


def _of_estimate(ended: list[tuple[_Forecast, int]]) -> Figures:
    errors = _errors(told.mean - wait for told, wait in ended)
    if not ended:
        return errors
    inside = sum(told.band.low_min * MINUTE_MS <= wait <= told.band.high_min * MINUTE_MS for told, wait in ended)
    width = sum(told.band.high_min - told.band.low_min for told, _ in ended)
    return Figures(errors.count, errors.mean_error_ms, errors.bias_ms, inside / len(ended), width / len(ended))


def _errors(errors: Iterable[float]) -> Figures:
    all_ = list(errors)
    if not all_:
        return Figures(0, None, None)
    return Figures(len(all_), round(sum(map(abs, all_)) / len(all_)), round(sum(all_) / len(all_)))
