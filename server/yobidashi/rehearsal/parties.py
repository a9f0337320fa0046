"""What visitors do: they choose a queue, wait as long as they can bear, go on to their other wishes, and go home."""

from functools import partial
from typing import Final

from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import OPEN_STATES, State
from yobidashi.rehearsal.guidance import Guidance
from yobidashi.rehearsal.hall import Hall, Stay
from yobidashi.rehearsal.visitors import Visitor

ROUND_MS: Final = (60_000, 120_000)
"""From the end of a talk until the party has its next ticket."""

_CAN_LEAVE: Final = frozenset({State.WAITING, State.HELD, State.ABSENT})


class Parties:
    """Everybody who comes on one day. A party stands in one queue at a time, but for what it is offered."""

    def __init__(self, hall: Hall, guidance: Guidance, visitors: tuple[Visitor, ...]) -> None:
        self._hall, self._guidance = hall, guidance
        self._dice = hall.dice("parties")
        self.stays = [Stay(v, hall.dice(f"answers:{v.id}"), list(v.wishes), v.arrives) for v in visitors]
        for stay in self.stays:
            hall.clock.at(stay.visitor.arrives, partial(self._take_ticket, stay))
        hall.clock.at(hall.closes, self._closing)

    def talked(self, ticket: Ticket) -> None:
        """A talk has ended: the party's patience is fresh, and it goes on."""
        stay = self._hall.stay(ticket.party)
        stay.visited.add(ticket.queue)
        stay.wishes = [wish for wish in stay.wishes if wish != ticket.queue]
        self.waits_again(stay)
        for waiting in self._open(stay):
            self._hall.noticed(waiting.queue)
        self._hall.clock.after(self._dice.uniform(*ROUND_MS), partial(self._go_on, stay))

    def waits_again(self, stay: Stay) -> None:
        """A party's waiting begins anew, and with it its patience."""
        stay.waits_since = self._hall.now
        self._hall.clock.after(stay.visitor.patience_ms, partial(self._lose_patience, stay, stay.waits_since))

    def _take_ticket(self, stay: Stay) -> None:
        """Choose a queue and take a ticket there; who finds none goes home."""
        hall, party = self._hall, stay.party or None
        queue = self._guidance.choice(stay)
        if queue is None:
            self._go_home(stay)
            return
        size = None if party else stay.visitor.size
        queues = self._guidance.at_the_desk(stay, queue)
        issued = hall.floor.issue(queues, size=size, party=party)
        if party is None:
            stay.party = issued.changes["parties"][0].id  # type: ignore[assignment]
            hall.came(stay)
            self.waits_again(stay)
        for taken in queues:
            hall.noticed(taken)

    def _go_on(self, stay: Stay) -> None:
        """Take the next wish, unless the party waits somewhere or is at a booth."""
        if not stay.gone and not self._open(stay):
            self._take_ticket(stay)

    def _lose_patience(self, stay: Stay, since: int) -> None:
        """Go home, if the party has waited since then and is not called just now."""
        busy = self._hall.floor.board.parties[stay.party].active is not None
        if stay.waits_since == since and not stay.gone and not busy:
            self._go_home(stay)

    def _go_home(self, stay: Stay) -> None:
        stay.gone = True
        if not stay.party:
            self._hall.turned_away.append(stay.visitor)
        else:
            for ticket in self._open(stay):
                if ticket.state in _CAN_LEAVE:
                    self._hall.floor.cancel(ticket.id, "left")

    def _closing(self) -> None:
        """Who still waits at the closing goes home."""
        for stay in self.stays:
            if not stay.gone and stay.party and self._hall.floor.board.parties[stay.party].active is None:
                self._go_home(stay)

    def _open(self, stay: Stay) -> list[Ticket]:
        board = self._hall.floor.board
        rows = (board.tickets[id_] for id_ in board.parties[stay.party].tickets)
        return [ticket for ticket in rows if ticket.state in OPEN_STATES]
