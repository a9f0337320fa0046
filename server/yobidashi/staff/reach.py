"""How far a consultant reaches: the own booth, its queue, and whoever is there (FAIR, personal data: 相談員 own booth only)."""

from yobidashi.live.board import Board
from yobidashi.queue.commands.command import AtBooth, Command, OnTicket
from yobidashi.queue.commands.corrections import Undo
from yobidashi.queue.commands.tickets import Call, CallNext, Issue
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event


def reach(command: Command, board: Board, booth: int, undone: Event | None = None) -> None:
    """Let a consultant's command pass where it concerns the own booth. Raises `Refusal` (``other_booth``).

    ``undone`` is the event that an undo names, None where there is none.
    """
    if not _reaches(command, board, booth, undone):
        raise Refusal("other_booth", {"booth": booth})


def _reaches(command: Command, board: Board, booth: int, undone: Event | None) -> bool:
    match command:
        case CallNext() | Call() | AtBooth():
            return command.booth == booth
        case OnTicket():
            return _ticket_is_near(board, command.ticket, booth)
        case Issue():
            return is_at(board, command.party or 0, booth)
        case Undo():
            return undone is None or _concerns(undone, board, booth)
        case _:
            return False


def _ticket_is_near(board: Board, ticket_id: int, booth: int) -> bool:
    ticket, own = board.tickets.get(ticket_id), board.booths.get(booth)
    if ticket is None:
        return True  # there is none: the script says so
    return ticket.booth == booth or (own is not None and own.queue is not None and ticket.queue == own.queue)


def _concerns(event: Event, board: Board, booth: int) -> bool:
    """Tell whether an event is the booth's own: it changed the booth, its line alone, or gave who sits there more tickets."""
    if any(row.id == booth for row in event.changes.get("booths", ())):
        return True
    if any(is_at(board, int(row.id), booth) for row in event.changes.get("parties", ())):
        return True
    tickets = event.changes.get("tickets", ())
    return bool(tickets) and all(_ticket_is_near(board, int(row.id), booth) for row in tickets)


def is_at(board: Board, party_id: int, booth: int) -> bool:
    """Tell whether a party is called or talking at a booth now."""
    party = board.parties.get(party_id)
    ticket = board.tickets.get(party.active or 0) if party else None
    return ticket is not None and ticket.booth == booth
