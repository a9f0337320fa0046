"""The proof over the journal: what happened, against what people were told and what screens show. It trusts no counter."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Protocol

from soaking.ledger import Ledger
from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Party, Ticket
from yobidashi.queue.tickets import AT_BOOTH

TOLD_MAX: Final = 3
"""Wrong things told of each check."""
OF_THE_HOUSE: Final = frozenset({"founded", "offered", "cancelled", "issuing_stopped", "booth_closed", "day_closed"})
"""Kinds of events that the house makes by itself, beside the crowd's."""


class Shows(Protocol):
    """What a screen has to say for itself: its board, and what it saw that must never be."""

    board: Board
    wrong: list[str]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold: how often it was looked at, and where it did not hold."""

    says: str
    looked: int
    wrong: list[str]

    @property
    def holds(self) -> bool:
        """Whether it was looked at and never broken."""
        return self.looked > 0 and not self.wrong


def prove(
    events: Sequence[Event], ledger: Ledger, screens: Sequence[Shows], boards: Sequence[dict[str, Any]]
) -> list[Check]:
    """Check a whole soak: its ``events`` in order, what was acknowledged, what every screen and each server shows."""
    board = Board(events[0].epoch, 0)
    for event in events:
        board.apply(event)
    return [
        _dense(events),
        _numbers(events),
        _double_calls(events),
        _acknowledged(events, ledger),
        _once(events, ledger),
        Check(
            "every command is answered, a retry like the first time",
            ledger.commands,
            [*ledger.unanswered, *ledger.contradicted],
        ),
        _same(board, screens, boards),
        Check(
            "no screen sees a gap, or a call twice",
            len(screens),
            [wrong for screen in screens for wrong in screen.wrong],
        ),
    ]


def _dense(events: Sequence[Event]) -> Check:
    wrong = [
        f"{after.epoch}/{after.offset} follows {before.epoch}/{before.offset}"
        for before, after in pairwise(events)
        if (after.epoch, after.offset) != (before.epoch, before.offset + 1)
    ]
    wrong += [] if events[0].offset == 1 else [f"the journal begins at {events[0].offset}"]
    return Check("offsets are dense, in one epoch", len(events), wrong)


def _numbers(events: Sequence[Event]) -> Check:
    holders: dict[str, set[int]] = {}
    for event in events:
        for party in event.changes.get("parties", ()):
            assert isinstance(party, Party)
            if party.number:
                holders.setdefault(party.number, set()).add(party.id)
    wrong = [f"number {number} belongs to parties {sorted(ids)}" for number, ids in holders.items() if len(ids) > 1]
    return Check("each number belongs to one party", len(holders), wrong)


def _double_calls(events: Sequence[Event]) -> Check:
    wrong: list[str] = []
    calls = 0
    at: dict[int, Ticket] = {}  # ticket id → the ticket that is at a booth
    for event in events:
        calls += event.kind == "called"
        touched = [row for row in event.changes.get("tickets", ()) if isinstance(row, Ticket)]
        for ticket in touched:
            at.pop(ticket.id, None)
            if ticket.state in AT_BOOTH:
                at[ticket.id] = ticket
        for ticket in touched:
            if ticket.id in at:
                others = [other for other in at.values() if other.id != ticket.id]
                wrong += [
                    f"{event.offset}: party {o.party} is at booths {o.booth} and {ticket.booth}"
                    for o in others
                    if o.party == ticket.party
                ]
                wrong += [
                    f"{event.offset}: booth {o.booth} has tickets {o.id} and {ticket.id}"
                    for o in others
                    if o.booth == ticket.booth
                ]
    return Check("no party is at two booths, no booth has two", calls, wrong)


def _acknowledged(events: Sequence[Event], ledger: Ledger) -> Check:
    there = {(event.epoch, event.offset): event for event in events}
    wrong = []
    for command_id, answer in ledger.done.items():
        event = there.get((answer["epoch"], answer["offset"]))
        if event is None:
            wrong.append(
                f"{command_id}: {answer['kind']} at {answer['epoch']}/{answer['offset']} is not in the journal"
            )
        elif event.to_object() != answer:
            wrong.append(f"{command_id}: the journal has {event.kind} at {event.offset}, it was told {answer['kind']}")
    return Check("everything acknowledged stands in the journal, word for word", len(ledger.done), wrong)


def _once(events: Sequence[Event], ledger: Ledger) -> Check:
    told = Counter((answer["epoch"], answer["offset"]) for answer in ledger.done.values())
    wrong = [f"{position} was the answer to {count} commands" for position, count in told.items() if count > 1]
    wrong += [
        f"{event.kind} at {event.offset} was done for nobody"
        for event in events
        if (event.epoch, event.offset) not in told and event.kind not in OF_THE_HOUSE
    ]
    return Check("nothing was done twice, and nothing for nobody", len(events), wrong)


def _same(board: Board, screens: Sequence[Shows], boards: Sequence[dict[str, Any]]) -> Check:
    wrong = [
        f"screen {number} shows {screen.board.epoch}/{screen.board.offset}, not the fold of the journal at {board.offset}"
        for number, screen in enumerate(screens, start=1)
        if screen.board != board or screen.board.rows() != board.rows()
    ]
    event = Event(board.epoch, board.offset, 0, "all", {name: tuple(rows) for name, rows in board.rows().items()})
    rows = {name: value for name, value in event.to_object().items() if isinstance(value, list)}
    wrong += [
        f"server {number} shows another board than the journal's fold"
        for number, shown in enumerate(boards, start=1)
        if shown["offset"] != board.offset or any(shown[name] != rows[name] for name in rows)
    ]
    return Check("every screen and every server shows what the journal folds to", len(screens) + len(boards), wrong)
