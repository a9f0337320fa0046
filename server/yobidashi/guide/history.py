"""What the day has shown so far, kept from look to look: how long talks were, and how long waits were borne.

Reckoned anew it would mean looking through every ticket of the day every time. Rows are never changed in place, so a row that is
still the same one was counted before; a changed one is taken out as it was and counted as it is. All sums are whole numbers: in
whatever order rows came, and however often they were counted, the same board gives the same history.
"""

from collections.abc import Iterable

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.model import Model
from yobidashi.guide.patience import LONGEST_MIN, hazard_of
from yobidashi.guide.talks import LONGEST, SHORTEST_MS
from yobidashi.live.board import Board
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import State


class History:
    """The history of one fair. `catch_up` brings it to a board; the figures are then that board's."""

    def __init__(self, model: Model) -> None:
        """Begin with nothing."""
        self._model = model
        self._hazard = hazard_of(model.patience_ms)
        self._begin(0)

    def _begin(self, epoch: int) -> None:
        self._epoch = epoch
        self._taken = (0, 0)
        self._seen: dict[int, Ticket] = {}
        self.talk_ms = dict.fromkeys(self._model.queues, 0)
        """Queue → length of its finished talks together, each as `talks.py` counts it."""
        self.talks = dict.fromkeys(self._model.queues, 0)
        """Queue → how many finished talks those were."""
        self.left = 0
        """Parties that went home before they were called."""
        self.borne = 0
        """How many should have gone home, of those called or gone, had all been as patient as expected; in `patience.UNIT`."""

    def catch_up(self, board: Board) -> None:
        """Count what has changed since the last time; another epoch begins anew."""
        if self._taken == (board.epoch, board.offset) != (0, 0):
            return
        if board.epoch != self._epoch or len(board.tickets) < len(self._seen):
            self._begin(board.epoch)
        self._count_all(board.tickets.values())

    def take(self, board: Board, tickets: Iterable[Ticket]) -> None:
        """Count the ``tickets`` of one event, which ``board`` has just folded: no other has changed since the one before.

        So a whole day is learnt in a time that grows with its events, and not with their square.
        """
        if self._taken == (board.epoch, board.offset - 1):
            self._count_all(board.tickets[ticket.id] for ticket in tickets)
        else:
            self.catch_up(board)
        self._taken = (board.epoch, board.offset)

    def _count_all(self, tickets: Iterable[Ticket]) -> None:
        for ticket in tickets:
            before = self._seen.get(ticket.id)
            if before is not ticket:
                if before is not None:
                    self._count(before, -1)
                self._count(ticket, 1)
                self._seen[ticket.id] = ticket

    def _count(self, ticket: Ticket, times: int) -> None:
        if ticket.state is State.FINISHED:
            self._count_talk(ticket, times)
        if ticket.called_at is not None:
            self.borne += times * self.borne_by(ticket, ticket.called_at)
        elif ticket.reason == "left" and ticket.ended_at is not None and ticket.state is not State.WAITING:
            self.borne += times * self.borne_by(ticket, ticket.ended_at)
            self.left += times

    def _count_talk(self, ticket: Ticket, times: int) -> None:
        if ticket.started_at is None or ticket.ended_at is None or ticket.queue not in self.talks:
            return
        length = ticket.ended_at - ticket.started_at
        if length >= SHORTEST_MS:
            self.talk_ms[ticket.queue] += times * min(length, round(LONGEST * self._model.queues[ticket.queue].talk_ms))
            self.talks[ticket.queue] += times

    def borne_by(self, ticket: Ticket, until: int) -> int:
        """Give how likely a ticket's party should have gone home in its wait ``until`` then, as a hazard in `patience.UNIT`."""
        waited = (until - ticket.issued_at) // MINUTE_MS
        return self._hazard[waited if 0 <= waited <= LONGEST_MIN else LONGEST_MIN]
