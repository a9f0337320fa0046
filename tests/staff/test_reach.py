"""How far a consultant reaches: the own booth, its queue, and who is there."""

from typing import Any

import pytest

from yobidashi.live.board import Board
from yobidashi.queue.commands import COMMANDS
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Booth, Party, Ticket
from yobidashi.queue.tickets import BoothState, State
from yobidashi.staff.reach import reach

OWN, OTHER = 7, 8
AT_OWN, IN_OWN_LINE, AT_OTHER, IN_OTHER_LINE = 1, 2, 3, 4


def booth(number: int, queue: str | None) -> Booth:
    return Booth(id=number, queue=queue, state=BoothState.OPEN, ticket=None, since=0, rev=1)


def ticket(id_: int, party: int, queue: str, at: int | None = None) -> Ticket:
    state = State.WAITING if at is None else State.SERVING
    return Ticket(
        id=id_, party=party, number=str(id_), queue=queue, state=state, place=id_, booth=at, issued_at=0, rev=1
    )


def party(id_: int, active: int | None) -> Party:
    return Party(id=id_, number=str(id_), size=1, issued_at=0, active=active, tickets=(id_,), inside=1, rev=1)


@pytest.fixture
def board() -> Board:
    """Two booths of two queues; at each one party, in each line another."""
    tickets = [
        ticket(AT_OWN, 1, "own", OWN),
        ticket(IN_OWN_LINE, 2, "own"),
        ticket(AT_OTHER, 3, "other", OTHER),
        ticket(IN_OTHER_LINE, 4, "other"),
    ]
    return Board(
        booths={OWN: booth(OWN, "own"), OTHER: booth(OTHER, "other"), 19: booth(19, None)},
        tickets={one.id: one for one in tickets},
        parties={one.party: party(one.party, one.id if one.booth else None) for one in tickets},
    )


def reaches(board: Board, name: str, undone: Event | None = None, own: int = OWN, **args: Any) -> bool:
    command = COMMANDS[name].model_validate({"command_id": "0123456789abcdef", **args})
    try:
        reach(command, board, own, undone)
    except Refusal as refusal:
        assert (refusal.code, refusal.detail) == ("other_booth", {"booth": own})
        return False
    return True


@pytest.mark.parametrize("name", ["call-next", "recall", "start", "finish", "absent", "open-booth", "pause-booth"])
def test_what_is_done_at_a_booth_is_done_at_the_own(board: Board, name: str) -> None:
    assert reaches(board, name, booth=OWN)
    assert not reaches(board, name, booth=OTHER)


def test_a_number_is_called_to_the_own_booth(board: Board) -> None:
    assert reaches(board, "call", booth=OWN, number="104")
    assert not reaches(board, "call", booth=OTHER, number="104")


@pytest.mark.parametrize(("name", "more"), [("hold", {}), ("restore", {}), ("transfer", {"queue": "other"})])
def test_tickets_are_those_of_the_own_queue_or_booth(board: Board, name: str, more: dict[str, Any]) -> None:
    assert reaches(board, name, ticket=AT_OWN, **more)
    assert reaches(board, name, ticket=IN_OWN_LINE, **more)
    assert not reaches(board, name, ticket=AT_OTHER, **more)
    assert not reaches(board, name, ticket=IN_OTHER_LINE, **more)
    assert reaches(board, name, ticket=99, **more), "there is none: the script says so"


def test_a_booth_without_a_queue_has_no_line(board: Board) -> None:
    assert not reaches(board, "hold", own=19, ticket=IN_OWN_LINE)
    assert not reaches(board, "hold", own=0, ticket=IN_OWN_LINE)


def test_tickets_are_added_only_for_who_sits_at_the_own_booth(board: Board) -> None:
    assert reaches(board, "issue", party=1, queues=["other"])
    assert not reaches(board, "issue", party=2, queues=["other"])
    assert not reaches(board, "issue", party=3, queues=["own"])
    assert not reaches(board, "issue", size=2, queues=["own"])


@pytest.mark.parametrize("name", ["stop-issuing", "reopen-issuing"])
def test_a_whole_queue_is_not_a_consultants(board: Board, name: str) -> None:
    assert not reaches(board, name, queue="own")


def test_what_is_taken_back_is_the_own_booths_doing(board: Board) -> None:
    rows = board.rows()

    def undo(**changes: tuple[Any, ...]) -> bool:
        return reaches(board, "undo", Event(1, 5, 0, "called", changes), offset=5)

    own_booth, other_booth = (row for row in rows["booths"] if row.id in (OWN, OTHER))
    _, in_own_line, at_other, in_other_line = rows["tickets"]
    assert undo(booths=(own_booth,), tickets=(at_other,))
    assert undo(tickets=(in_own_line,), parties=(board.parties[2],))
    assert undo(tickets=(in_other_line,), parties=(board.parties[1],)), "one more queue for who sits here"
    assert not undo(booths=(other_booth,), tickets=(at_other,), parties=(board.parties[3],))
    assert not undo(tickets=(in_own_line, in_other_line), parties=(board.parties[2],)), "reception gave it both"
    assert not undo()
    assert reaches(board, "undo", None, offset=5), "there is none: the script says so"
