"""The rules of the floor without Redis: each command changes the rows of a board and gives the event, as its script would.

States move by the transition table that the scripts have, the order of calling is `Board.line`, and the rows and events are
the journal's own. What the simulation does here can be done, command by command, on a real fair with the same rows as the
answer; `tests/rehearsal/test_floor.py` does that. Only commands that happen on a simulated day are here.
"""

from collections.abc import Sequence
from typing import Any, Final

from yobidashi.fair import MINUTE_MS, Fair
from yobidashi.live.board import Board
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Booth, Clock, Offer, Party, Queue, Ticket
from yobidashi.queue.tickets import OPEN_STATES, BoothState, OfferState, State
from yobidashi.rehearsal.clockwork import Clockwork
from yobidashi.rehearsal.ledger import Asked, Ledger

_UNCALLED: Final[dict[str, Any]] = {
    "booth": None,
    "called_at": None,
    "called_offset": None,
    "recalls": 0,
    "recalled_at": None,
    "started_at": None,
    "ended_at": None,
    "away_at": None,
    "reason": None,
}
"""What a ticket has that was not called."""


class Floor:
    """One fair's queues, booths and parties, at the time of the day's clock.

    Every command gives its event or raises `Refusal`. ``events`` is the journal, ``asked`` the command of each event but the
    first.
    """

    def __init__(self, fair: Fair, clock: Clockwork) -> None:
        self._ledger = Ledger(clock)
        self._changed, self._moved, self._commit = self._ledger.changed, self._ledger.moved, self._ledger.commit
        self.board: Board = self._ledger.board
        self.events: list[Event] = self._ledger.events
        self.asked: list[Asked] = self._ledger.asked
        self._tickets, self._calling = fair.tickets, fair.calling
        self._letters = {queue.id: queue.letter or "" for queue in fair.queues}
        self._spares = {booth.number for booth in fair.booths if booth.role == "spare"}
        self._numbers: dict[str, int] = {}
        queues = [Queue(id=queue.id, issuing=True, rev=1) for queue in fair.queues]
        booths = [
            Booth(id=booth.number, queue=booth.queue, state=BoothState.OPEN, since=clock.now, rev=1)
            for booth in fair.booths
        ]
        self._commit("founded", queues=queues, booths=booths, clocks=[Clock(id=0, real=0, fair=0, rate=1, rev=1)])

    @property
    def now(self) -> int:
        """The time in ms."""
        return self._ledger.now

    def issue(self, queues: Sequence[str], *, size: int | None = None, party: int | None = None) -> Event:
        """A party takes its place in queues: a new one of ``size`` persons, or one that has its number."""
        self._ledger.ask("issue", queues=list(queues), **({"size": size} if party is None else {"party": party}))
        who = self.board.parties[party] if party is not None else self._new_party(size or 1)
        self._refuse_more(who, len(queues))
        for queue in queues:
            self._refuse_stopped(queue)
            self._refuse_second(who, queue)
        first = len(self.board.tickets) + 1
        tickets = [self._new_ticket(first + i, who, queue, self.now) for i, queue in enumerate(queues)]
        who = self._changed(who, tickets=who.tickets + tuple(ticket.id for ticket in tickets))
        return self._commit("issued", parties=[who], tickets=tickets)

    def call_next(self, booth: int) -> Event:
        """A booth calls the first party of its queue that is free."""
        self._ledger.ask("call-next", booth=booth, finish=False)
        place = self.board.booths[booth]
        if place.state is not BoothState.OPEN or place.queue is None:
            raise Refusal("booth_not_open", {"booth": booth, "state": place.state})
        if place.ticket is not None:
            raise Refusal("booth_busy", {"booth": booth, "number": self.board.tickets[place.ticket].number})
        queue = self.board.queues[place.queue]
        free = self.free(queue.id)
        if not free:
            raise Refusal("no_one_waiting", {"queue": queue.id})
        ticket = free[0]
        in_a_row = self._is_due(ticket) and any(not self._is_due(other) for other in free)
        run = queue.reserved_run + 1 if in_a_row else 0
        called = self._moved(
            "call",
            ticket,
            booth=booth,
            called_at=self.now,
            called_offset=self._ledger.rev,
            recalls=0,
            recalled_at=None,
            started_at=None,
            away_at=None,
        )
        return self._commit(
            "called",
            tickets=[called],
            parties=[self._changed(self.board.parties[ticket.party], active=ticket.id)],
            booths=[self._changed(place, ticket=ticket.id, since=self.now)],
            queues=[self._changed(queue, reserved_run=run)] if run != queue.reserved_run else [],
        )

    def recall(self, booth: int) -> Event:
        """The called party is called once more."""
        self._ledger.ask("recall", booth=booth)
        ticket = self._at(booth)
        again = self._moved("recall", ticket, recalls=ticket.recalls + 1, recalled_at=self.now)
        return self._commit("recalled", tickets=[again], parties=[self._changed(self.board.parties[ticket.party])])

    def start(self, booth: int) -> Event:
        """The called party has come; the talk begins."""
        self._ledger.ask("start", booth=booth)
        ticket = self._at(booth)
        return self._commit(
            "started",
            tickets=[self._moved("start", ticket, started_at=self.now)],
            parties=[self._changed(self.board.parties[ticket.party])],
            booths=[self._changed(self.board.booths[booth], since=self.now)],
        )

    def finish(self, booth: int) -> Event:
        """The talk ends; booth and party are free."""
        self._ledger.ask("finish", booth=booth)
        ticket = self._at(booth)
        return self._leave("finished", self._moved("finish", ticket, ended_at=self.now))

    def absent(self, booth: int) -> Event:
        """The called party did not come; its place is kept."""
        self._ledger.ask("absent", booth=booth)
        ticket = self._at(booth)
        return self._leave("marked_absent", self._moved("absent", ticket, away_at=self.now))

    def restore(self, ticket: int) -> Event:
        """A party that was absent reports: it stands at the head of those who walked in."""
        self._ledger.ask("restore", ticket=ticket)
        row = self.board.tickets[ticket]
        back = self._moved("restore", row, **_UNCALLED)
        if row.state is State.ABSENT:
            grace_ms = self._calling.reserved_grace_min * MINUTE_MS
            if back.reserved is not None and self.now > back.reserved + grace_ms:
                back = self._changed(back, reserved=None)
            if not self._is_due(back):
                back = self._changed(back, place=self._head(back))
        return self._commit("restored", tickets=[back], parties=[self._changed(self.board.parties[row.party])])

    def cancel(self, ticket: int, reason: str) -> Event:
        """A ticket is given up."""
        self._ledger.ask("cancel", ticket=ticket, reason=reason)
        gone = self._moved("cancel", self.board.tickets[ticket], ended_at=self.now, reason=reason)
        return self._leave("cancelled", gone)

    def assign(self, booth: int, queue: str | None) -> Event:
        """A spare serves a queue from now on, or none."""
        self._ledger.ask("assign-booth", booth=booth, queue=queue)
        row = self.board.booths[booth]
        if booth not in self._spares:
            raise Refusal("not_a_spare", {"booth": booth})
        if row.ticket is not None:
            raise Refusal("booth_busy", {"booth": booth, "number": self.board.tickets[row.ticket].number})
        if row.queue == queue:
            raise Refusal("booth_unchanged", {"booth": booth, "queue": queue})
        serves = self._changed(row, queue=queue, state=BoothState.OPEN, since=self.now)
        return self._commit("booth_assigned", booths=[serves])

    def offer(self, ticket: int, queue: str, minutes: int) -> Event:
        """A waiting party is told of a quieter queue."""
        self._ledger.ask("offer", ticket=ticket, queue=queue, minutes=minutes)
        row = self._moved("offer", self.board.tickets[ticket])
        party = self.board.parties[row.party]
        self._refuse_stopped(queue)
        self._refuse_second(party, queue)
        opened = self.board.open_offer(party.id, self.now)
        if opened is not None:
            raise Refusal("offer_open", {"offer": opened.id, "number": row.number, "queue": opened.queue})
        offer = Offer(
            id=len(self.board.offers) + 1,
            party=party.id,
            ticket=ticket,
            queue=queue,
            state=OfferState.OPEN,
            at=self.now,
            until=self.now + minutes * MINUTE_MS,
            rev=self._ledger.rev,
        )
        return self._commit("offered", offers=[offer])

    def accept_offer(self, offer: int, how: str) -> Event:
        """The party goes to the queue that it was offered (``move``), or stands there as well (``add``)."""
        self._ledger.ask("accept-offer", offer=offer, how=how)
        row = self._open_offer(offer)
        ticket = self.board.tickets[row.ticket]
        party = self.board.parties[row.party]
        self._refuse_stopped(row.queue)
        self._refuse_second(party, row.queue)
        if how == "move":
            taken = self._moved("transfer", ticket, queue=row.queue, place=ticket.issued_at, reserved=None)
            party = self._changed(party)
        else:
            self._refuse_more(party, 1)
            taken = self._new_ticket(len(self.board.tickets) + 1, party, row.queue, ticket.issued_at)
            party = self._changed(party, tickets=(*party.tickets, taken.id))
        accepted = self._changed(row, state=OfferState.ACCEPTED, answer=how, answered_at=self.now)
        return self._commit("offer_accepted", offers=[accepted], tickets=[taken], parties=[party])

    def decline_offer(self, offer: int, answer: str) -> Event:
        """The party stays where it is: for good (``keep``) or for now (``not_now``)."""
        self._ledger.ask("decline-offer", offer=offer, answer=answer)
        row = self._open_offer(offer)
        declined = self._changed(row, state=OfferState.DECLINED, answer=answer, answered_at=self.now)
        return self._commit("offer_declined", offers=[declined])

    def stop_issuing(self, queue: str) -> Event:
        """No new tickets for a queue."""
        self._ledger.ask("stop-issuing", queue=queue)
        return self._commit("issuing_stopped", queues=[self._changed(self.board.queues[queue], issuing=False)])

    def free(self, queue: str) -> list[Ticket]:
        """Give who could be called in a queue now, in the order of calling."""
        line = self.board.line(queue, self.now, self._calling.reserved_in_a_row)
        return [ticket for ticket in line if not self.board.passed_over(ticket)]

    def _new_party(self, size: int) -> Party:
        number = self._draw("", "") if self._tickets.series == "party" else ""
        id_ = len(self.board.parties) + 1
        return Party(
            id=id_, number=number, size=size, issued_at=self.now, tickets=(), inside=size, rev=self._ledger.rev
        )

    def _new_ticket(self, id_: int, party: Party, queue: str, place: int) -> Ticket:
        number = party.number or self._draw(queue, self._letters[queue])
        return Ticket(
            id=id_,
            party=party.id,
            number=number,
            queue=queue,
            state=State.WAITING,
            place=place,
            issued_at=self.now,
            rev=self._ledger.rev,
        )

    def _draw(self, series: str, letter: str) -> str:
        number = self._numbers.get(series, self._tickets.first - 1) + 1
        while number in self._tickets.skip:
            number += 1
        self._numbers[series] = number
        return f"{letter}{number}"

    def _refuse_stopped(self, queue: str) -> None:
        if not self.board.queues[queue].issuing:
            raise Refusal("issuing_stopped", {"queue": queue})

    def _refuse_second(self, party: Party, queue: str) -> None:
        if queue in self._open_queues(party):
            raise Refusal("already_in_queue", {"queue": queue})

    def _refuse_more(self, party: Party, queues: int) -> None:
        if len(self._open_queues(party)) + queues > self._tickets.queues_per_party:
            raise Refusal("too_many_queues", {"limit": self._tickets.queues_per_party})

    def _open_offer(self, offer: int) -> Offer:
        row = self.board.offers[offer]
        if row not in self.board.open_offers(self.now):
            raise Refusal("offer_gone", {"offer": offer, "queue": row.queue})
        return row

    def _open_queues(self, party: Party) -> set[str]:
        rows = (self.board.tickets[id_] for id_ in party.tickets)
        return {ticket.queue for ticket in rows if ticket.state in OPEN_STATES}

    def _at(self, booth: int) -> Ticket:
        ticket = self.board.booths[booth].ticket
        if ticket is None:
            raise Refusal("booth_free", {"booth": booth})
        return self.board.tickets[ticket]

    def _is_due(self, ticket: Ticket) -> bool:
        return ticket.reserved is not None and ticket.reserved <= self.now

    def _head(self, ticket: Ticket) -> int:
        walk_ins = [other for other in self.board.waiting(ticket.queue) if not self._is_due(other)]
        return min(ticket.place, walk_ins[0].place - 1) if walk_ins else ticket.place

    def _leave(self, kind: str, ticket: Ticket) -> Event:
        """End the ticket's stay at its booth, if it is at one: booth and party are free."""
        party = self.board.parties[ticket.party]
        at_it = party.active == ticket.id and ticket.booth is not None
        booths = [self._changed(self.board.booths[ticket.booth or 0], ticket=None, since=self.now)] if at_it else []
        party = self._changed(party, active=None) if at_it else self._changed(party)
        return self._commit(kind, tickets=[ticket], parties=[party], booths=booths)
