"""The proof that a day went right, line by line: from the journal, the server's snapshot, the screens and the answers.

The checks compare facts that were recorded independently of each other: the journal as the server gives it, the calls as the
screens heard them, the answers as the crew got them. A check that fails names the first thing that is wrong.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import TABLES, Party, Ticket, row_object
from yobidashi.queue.tickets import AT_BOOTH, State
from yobidashi.replay.screen import Call, Screen, called_in


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the proof: what is claimed, the evidence, and what is wrong (None: it holds)."""

    claim: str
    evidence: str
    wrong: str | None

    @property
    def holds(self) -> bool:
        """Whether the claim holds."""
        return self.wrong is None


def offsets_dense(events: Sequence[Event]) -> Check:
    """The journal is complete: offsets 1, 2, 3, … of one epoch."""
    wrong = None
    for expected, event in enumerate(events, start=1):
        if event.offset != expected or event.epoch != events[0].epoch:
            wrong = f"offset {expected} of epoch {events[0].epoch} is {event.offset} of {event.epoch}"
            break
    if not events or events[0].kind != "founded":
        wrong = wrong or "the journal does not begin with the founding of the fair"
    return Check("The journal is dense", f"{len(events)} events, one epoch", wrong)


def numbers_once(events: Iterable[Event]) -> Check:
    """No number was issued twice: each belongs to one party (or, in lettered series, to one ticket) for the whole day."""
    owner: dict[str, str] = {}
    wrong = None
    for event in events:
        for row in (*event.changes.get("parties", ()), *event.changes.get("tickets", ())):
            party = row.party if isinstance(row, Ticket) else row.id
            lettered = isinstance(row, Ticket) and not row.number.isdecimal()
            mine = f"ticket {row.id}" if lettered else f"party {party}"
            number = getattr(row, "number", "")
            if number and owner.setdefault(number, mine) != mine:
                wrong = wrong or f"offset {event.offset}: {number} belongs to {owner[number]} and to {mine}"
    return Check("No number was issued twice", f"{len(owner)} numbers", wrong)


def no_double_call(events: Iterable[Event]) -> Check:
    """A ticket is called by one booth, a booth has one ticket: looked at after every event."""
    board, calls, wrong = Board(), 0, None
    at: dict[int, int] = {}  # ticket → the booth it is at
    for event in events:
        if call := called_in(event):
            calls += 1
            before = board.tickets.get(call.ticket)
            if before is not None and before.state in AT_BOOTH:
                wrong = wrong or f"offset {event.offset}: {before.number} is called again, from booth {before.booth}"
        board.apply(event)
        for ticket in (row for row in event.changes.get("tickets", ()) if isinstance(row, Ticket)):
            at.pop(ticket.id, None)
            if ticket.state in AT_BOOTH and ticket.booth is not None:
                at[ticket.id] = ticket.booth
        if len(set(at.values())) < len(at):
            wrong = wrong or f"offset {event.offset}: two tickets are at one booth"
        if at != {booth.ticket: booth.id for booth in board.booths.values() if booth.ticket is not None}:
            wrong = wrong or f"offset {event.offset}: the booths do not know which tickets are at them"
    return Check("No ticket was called by two booths", f"{calls} calls", wrong)


def one_place_each(events: Iterable[Event]) -> Check:
    """No party was at two booths: looked at after every event, for every party that it touches."""
    board, looks, wrong = Board(), 0, None
    for event in events:
        board.apply(event)
        touched = {row.party for row in event.changes.get("tickets", ()) if isinstance(row, Ticket)}
        touched |= {row.id for row in event.changes.get("parties", ()) if isinstance(row, Party)}
        for party in (board.parties[p] for p in touched):
            looks += 1
            at = [t for t in party.tickets if board.tickets[t].state in AT_BOOTH]
            if len(at) > 1:
                booths = " and ".join(str(board.tickets[t].booth) for t in at)
                wrong = wrong or f"offset {event.offset}: party {party.id} is at booths {booths}"
            elif at != ([] if party.active is None else [party.active]):
                wrong = (
                    wrong or f"offset {event.offset}: party {party.id} is marked as at ticket {party.active}, not {at}"
                )
    return Check("No party was in two places", f"{looks} looks, {len(board.parties)} parties", wrong)


def screens_saw_all(events: Iterable[Event], screens: Sequence[Screen]) -> Check:
    """Every screen saw every call exactly once and in order, through all its disconnections."""
    calls = [call for event in events if (call := called_in(event))]
    came_back = sum(screen.opened - 1 for screen in screens)
    wrong = None
    for screen in screens:
        if screen.calls != calls:
            wrong = wrong or f"screen {screen.name}: {_first_difference(calls, screen.calls)}"
        if screen.gaps:
            wrong = wrong or f"screen {screen.name} was sent {screen.gaps} events that did not follow"
    evidence = f"{len(screens)} screens × {len(calls)} calls, {came_back} returns"
    return Check("Every screen saw every call in order", evidence, wrong)


def boards_agree(events: Iterable[Event], snapshot: dict[str, Any], screens: Sequence[Screen]) -> Check:
    """fold(journal) == the server's snapshot == the board of every screen, row by row."""
    fold = Board()
    for event in events:
        fold.apply(event)
    rows = {table: [row_object(table, row) for row in rows] for table, rows in fold.rows().items()}
    wrong = None
    if (fold.epoch, fold.offset) != (snapshot["epoch"], snapshot["offset"]):
        wrong = f"the journal ends at {fold.offset}, the snapshot stands at {snapshot['offset']}"
    for table in TABLES:
        if rows[table] != snapshot[table]:
            wrong = wrong or f"the server's {table} are not those of the journal"
    for screen in screens:
        if screen.board != fold:
            wrong = (
                wrong or f"screen {screen.name} stands at {screen.board.offset} and shows other rows than the journal"
            )
    count = sum(map(len, rows.values()))
    return Check("fold(journal) == snapshot == every screen", f"{count} rows × {len(screens) + 2}", wrong)


def answers_kept(events: Sequence[Event], answers: Sequence[Event], doubled: int, disagreed: int) -> Check:
    """Every acknowledged command stands in the journal as it was answered, and a command sent twice acted once."""
    by_offset = {event.offset: event for event in events}
    wrong = None
    for answer in answers:
        if by_offset.get(answer.offset) != answer:
            wrong = wrong or f"the answer at offset {answer.offset} ({answer.kind}) is not what the journal says"
    if len({answer.offset for answer in answers}) != len(answers):
        wrong = wrong or "two commands were answered with the same event"
    if disagreed:
        wrong = wrong or f"{disagreed} commands sent twice got two different answers"
    evidence = f"{len(answers)}, of which {doubled} were sent twice"
    return Check("Acknowledged commands are in the journal", evidence, wrong)


def totals_planned(events: Iterable[Event], persons: int, consultations: int, closes: int) -> Check:
    """The persons and consultations of the journal are those of the day, and the last talk ended before the closing."""
    fold = Board()
    for event in events:
        fold.apply(event)
    came = sum(party.size for party in fold.parties.values())
    finished = [t.ended_at or 0 for t in fold.tickets.values() if t.state is State.FINISHED]
    wrong = None
    if (came, len(finished)) != (persons, consultations):
        wrong = f"the day has {persons} persons and {consultations} consultations"
    elif finished and max(finished) > closes:
        wrong = f"the last talk ended {(max(finished) - closes) / 60_000:.0f} minutes after the closing"
    return Check("The day's people were all served in time", f"{came} persons, {len(finished)} consultations", wrong)


def _first_difference(expected: Sequence[Call], seen: Sequence[Call]) -> str:
    for i, (right, came) in enumerate(zip(expected, seen, strict=False)):
        if right != came:
            return f"call {i + 1} should be that of offset {right.offset}, was that of {came.offset}"
    return f"saw {len(seen)} calls of {len(expected)}"
