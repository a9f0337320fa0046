"""Nobody is overtaken but by the stated rules: a check of any journal, simulated or real, that shares no code with the line.

A call is fair when nobody who could have been called instead had the better right to it. Who goes first is said once in the
rules of the floor: reserved places from their slot on, but so many in a row at most while others wait; else the place in line.
And a place itself may be better than the time of the ticket only for a reason that is stated too.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Party, Ticket
from yobidashi.queue.tickets import State

BUSY: Final = "busy"
RESERVED: Final = "reserved"
RETURNED: Final = "returned"
CAME_EARLIER: Final = "came_earlier"
CHOSEN: Final = "chosen"

REASONS: Final = {
    BUSY: ("他ブース相談中", "the earlier party was at another booth"),
    RESERVED: ("予約の時刻", "a reserved place was due"),
    RETURNED: ("不在から戻った", "back from absence, at the head of the line"),
    CAME_EARLIER: ("先に来場・ご案内で移動", "came to the fair earlier, and moved here"),
    CHOSEN: ("番号を指定", "the booth chose the number: absent, held, or called before and taken back"),
}
"""Why somebody with a later ticket may be called first, in Japanese and English."""

_MOVES_PLACE: Final = frozenset({"restored", "transferred", "offer_accepted", "undone", "corrected"})
"""Kinds of events that may change a ticket's place in line."""


@dataclass(slots=True)
class Fairness:
    """What a journal comes to. ``overtakings`` counts the stated reasons; ``wrong`` says what no rule explains."""

    calls: int = 0
    overtakings: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def fairness_of(events: Iterable[Event], in_a_row: int) -> Fairness:
    """Check a journal from its founding on. ``in_a_row``: reserved places called in a row while others could be."""
    found = Fairness()
    board = Board()
    returned: set[int] = set()  # tickets that have reported after an absence
    # booth → the ticket whose call it took back: until its next call it may call that number again
    taken_back: dict[int, int] = {}
    for event in events:
        tickets = [row for row in event.changes.get("tickets", ()) if isinstance(row, Ticket)]
        for ticket in tickets:
            before = board.tickets.get(ticket.id)
            if event.kind == "restored" and before is not None and before.state is State.ABSENT:
                returned.add(ticket.id)
            if event.kind == "undone" and before is not None and before.state is State.CALLED and before.booth:
                taken_back[before.booth] = ticket.id
            if ticket.called_offset == event.offset and event.kind == "called":
                found.calls += 1
                again = taken_back.pop(ticket.booth or 0, None) == ticket.id
                _check_call(board, event, ticket, in_a_row, returned, found, again=again)
            wrong = _place_fault(board, event, ticket)
            if wrong:
                found.wrong.append(wrong)
        board.apply(event)
    return found


def _check_call(
    board: Board, event: Event, called: Ticket, in_a_row: int, returned: set[int], found: Fairness, *, again: bool
) -> None:
    """Compare who was called with everybody who stood in the same line. ``again``: the booth took its call of this ticket back before."""
    before = board.tickets[called.id]
    if before.state is not State.WAITING:
        found.overtakings[CHOSEN] += 1
        return
    freed = {p.id for p in event.changes.get("parties", ()) if isinstance(p, Party) and p.active is None}
    line = [t for t in board.tickets.values() if t.queue == called.queue and t.state is State.WAITING]
    others = [t for t in line if t.id != called.id]
    free = [t for t in others if board.parties[t.party].active is None or t.party in freed]
    turn_of_walk_in = board.queues[called.queue].reserved_run >= in_a_row
    passed = [other for other in free if _before(other, before, event.at, turn_of_walk_in)]
    if passed and again:
        found.overtakings[CHOSEN] += 1
        return
    found.wrong += [
        f"offset {event.offset}: number {called.number} was called in {called.queue} before number {other.number}"
        for other in passed
    ]
    for other in others:
        if (other.issued_at, other.id) < (before.issued_at, before.id):
            found.overtakings[_reason(board, before, other, event.at, free, returned)] += 1


def _before(other: Ticket, called: Ticket, now: int, turn_of_walk_in: bool) -> bool:
    """Say whether another free party had the better right to the call."""
    due, other_due = _is_due(called, now), _is_due(other, now)
    if due != other_due:
        return other_due != turn_of_walk_in
    if due:
        return (other.reserved or 0, other.place, other.id) < (called.reserved or 0, called.place, called.id)
    return (other.place, other.id) < (called.place, called.id)


def _reason(board: Board, called: Ticket, other: Ticket, now: int, free: list[Ticket], returned: set[int]) -> str:
    if other not in free:
        return BUSY
    if _is_due(called, now) or _is_due(other, now):
        return RESERVED
    return RETURNED if called.id in returned else CAME_EARLIER


def _place_fault(board: Board, event: Event, ticket: Ticket) -> str | None:
    """Say what is wrong with a ticket's place in line; None where nothing is."""
    before = board.tickets.get(ticket.id)
    if before is None:
        return _first_place_fault(board, event, ticket)
    if before.place != ticket.place and event.kind not in _MOVES_PLACE:
        return f"offset {event.offset}: {event.kind} changed the place of number {ticket.number}"
    if before.state is not State.ABSENT and event.kind != "undone" and ticket.place < before.place:
        came = board.parties[ticket.party].issued_at
        if ticket.place < came:
            return f"offset {event.offset}: number {ticket.number} got a place before it came"
    return None


def _first_place_fault(board: Board, event: Event, ticket: Ticket) -> str | None:
    """Say what is wrong with the place of a new ticket: only who has reserved or has an offer begins before the present."""
    party = board.parties.get(ticket.party)
    came = party.issued_at if party is not None else event.at
    if event.kind == "offer_accepted" and ticket.place < came:
        return f"offset {event.offset}: number {ticket.number} got a place before it came"
    return None


def _is_due(ticket: Ticket, now: int) -> bool:
    return ticket.reserved is not None and ticket.reserved <= now
