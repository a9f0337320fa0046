"""A hall for tests of the guide: a board that is filled by hand, and a model in which times come out in whole minutes."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import guide_of
from yobidashi.guide.model import Model, OfferRules, QueueModel
from yobidashi.live.board import Board
from yobidashi.live.guide import Guide
from yobidashi.queue.rows import Booth, Offer, Party, Queue, Ticket
from yobidashi.queue.tickets import BoothState, OfferState, State

MINUTE = 60_000
NOW = 1_000_000 * MINUTE
TALK_MIN = 20
TURNOVER_MIN = 1
FOREVER_MS = 10**12


def model(*queues: str, near: dict[str, frozenset[str]] | None = None, **changes: Any) -> Model:
    """Give a model of queues that all talk for twenty minutes, sharp, with people who always come and never leave."""
    base = Model(
        queues=MappingProxyType(
            {
                id_: QueueModel(
                    id_, "municipality", TALK_MIN * MINUTE, (near or {}).get(id_, frozenset(queues) - {id_})
                )
                for id_ in queues
            }
        ),
        talk_cv=0.0,
        patience_ms=FOREVER_MS,
        no_answer=0.0,
        no_answer_ms=2 * MINUTE,
        turnover_ms=TURNOVER_MIN * MINUTE,
        quiet_ms=8 * MINUTE,
        crowded_ms=25 * MINUTE,
        offers=OfferRules(12 * MINUTE, 8 * MINUTE, 5 * MINUTE, 2, 15_000),
        reserved_in_a_row=2,
        reserved_grace_ms=10 * MINUTE,
        spares=MappingProxyType({}),
        online=frozenset(),
        closes_at=NOW + 300 * MINUTE,
        warn_at=NOW + 240 * MINUTE,
        fit_only_at=NOW + 270 * MINUTE,
        stop_at=NOW + 300 * MINUTE,
    )
    return replace(base, **changes)


class WaitingHall:
    """A board with queues and no booths yet; ids are given in order, times are minutes before `NOW`."""

    def __init__(self, *queues: str) -> None:
        self.board = Board()
        self.board.put("queues", [Queue(id=id_, issuing=True, rev=1) for id_ in queues])

    def booth(self, queue: str | None, *, since: float = 120, state: BoothState = BoothState.OPEN) -> int:
        """Put up a booth; its number."""
        id_ = len(self.board.booths) + 1
        row = Booth(id=id_, queue=queue, state=state, since=_at(since), rev=1)
        self.board.put("booths", [row])
        return id_

    def waiting(self, queue: str, party: int | None = None, *, since: float = 60, reserved: float | None = None) -> int:
        """Let a party wait, a new one unless it is named; ``reserved``: its slot in minutes from now. Gives the ticket's id."""
        slot = None if reserved is None else _at(-reserved)
        return self._ticket(queue, party, since, state=State.WAITING, reserved=slot)

    def serving(self, booth: int, minutes: float, party: int | None = None) -> int:
        """Let a booth talk for some minutes already; the party's id."""
        queue = self.board.booths[booth].queue
        assert queue is not None
        times = {"called_at": _at(minutes + TURNOVER_MIN), "started_at": _at(minutes)}
        return self._at_booth(booth, queue, party, State.SERVING, times)

    def called(self, booth: int, minutes: float, party: int | None = None) -> int:
        """Let a booth have called some minutes ago; the party's id."""
        queue = self.board.booths[booth].queue
        assert queue is not None
        return self._at_booth(booth, queue, party, State.CALLED, {"called_at": _at(minutes)})

    def finished(self, queue: str, minutes: float, party: int | None = None, *, ended: float = 5) -> int:
        """Let a talk have lasted some minutes; the party's id."""
        times = {"called_at": _at(ended + minutes), "started_at": _at(ended + minutes), "ended_at": _at(ended)}
        id_ = self._ticket(queue, party, ended + minutes + 10, state=State.FINISHED, **times)
        return self.board.tickets[id_].party

    def offer(self, ticket: int, queue: str, state: OfferState = OfferState.OPEN, **values: Any) -> int:
        """Let an offer have been made: ``minutes`` ago, standing for ten; ``answered`` minutes ago."""
        id_ = len(self.board.offers) + 1
        made = values.pop("minutes", 1)
        if "answered" in values:
            values["answered_at"] = _at(values.pop("answered"))
        row = Offer(
            id=id_,
            party=self.board.tickets[ticket].party,
            ticket=ticket,
            queue=queue,
            state=state,
            at=_at(made),
            until=_at(made - 10),
            rev=1,
            **values,
        )
        self.board.put("offers", [row])
        return id_

    def party(self, ticket: int) -> int:
        """Give a ticket's party."""
        return self.board.tickets[ticket].party

    def change(self, table: str, id_: int | str, **values: Any) -> None:
        """Change a row."""
        self.board.put(table, [replace(self.board.table(table)[id_], **values)])

    def _at_booth(self, booth: int, queue: str, party: int | None, state: State, times: dict[str, int]) -> int:
        id_ = self._ticket(queue, party, 60, state=state, booth=booth, **times)
        who = self.board.tickets[id_].party
        self.change("parties", who, active=id_)
        self.change("booths", booth, ticket=id_)
        return who

    def _ticket(self, queue: str, party: int | None, since: float, **values: Any) -> int:
        id_ = len(self.board.tickets) + 1
        who = party or len(self.board.parties) + 1
        issued = _at(since)
        if party is None:
            row = Party(id=who, number=str(who), size=1, issued_at=issued, tickets=(), inside=1, rev=1)
            self.board.put("parties", [row])
        ticket = Ticket(
            id=id_, party=who, number=str(who), queue=queue, place=issued, issued_at=issued, rev=1, **values
        )
        self.board.put("tickets", [ticket])
        self.change("parties", who, tickets=(*self.board.parties[who].tickets, id_))
        return id_


def _at(minutes_ago: float) -> int:
    return NOW - round(minutes_ago * MINUTE)


def calls(hall: WaitingHall, **changes: Any) -> Calls:
    """Look at a hall now; ``changes``: what of the model is otherwise."""
    return Calls(hall.board, model(*hall.board.queues, **changes), NOW)


def guided(hall: WaitingHall, **changes: Any) -> Guide:
    """Estimate every wait of a hall."""
    return guide_of(calls(hall, **changes))


def minutes(guide: Guide, *tickets: int) -> list[float | None]:
    """Give the mean waits of tickets in minutes."""
    means = [guide.tickets[id_].mean_ms for id_ in tickets]
    return [None if mean is None else mean / MINUTE for mean in means]


def joining(guide: Guide, queue: str) -> float | None:
    """Give the mean wait in minutes of a party that would join a queue now."""
    mean = guide.queues[queue].mean_ms
    return None if mean is None else mean / MINUTE
