"""The proof of a replay can fail: each of its lines, shown a journal, a screen or an answer with that one fault, says so."""

from dataclasses import replace
from typing import Any

import pytest

from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import TABLES, Booth, Clock, Party, Queue, Row, Ticket, row_object
from yobidashi.queue.tickets import BoothState, State
from yobidashi.replay import proof
from yobidashi.replay.figures import figures_of
from yobidashi.replay.screen import Call, Screen, called_in

MIN = 60_000
BOOTHS = tuple(Booth(id=n, queue="sapporo", state=BoothState.OPEN, since=0, rev=1) for n in (1, 2))


def party(number: str, rev: int, active: int | None = None, id_: int = 1) -> Party:
    return Party(
        id=id_, number=number, size=2, issued_at=0, active=active, tickets=(id_ * 2 - 1, id_ * 2), inside=2, rev=rev
    )


def ticket(id_: int, state: State, rev: int, number: str = "101", **values: Any) -> Ticket:
    return Ticket(
        id=id_,
        party=(id_ + 1) // 2,
        number=number,
        queue="sapporo",
        state=state,
        place=0,
        issued_at=0,
        rev=rev,
        **values,
    )


def called(offset: int, id_: int, booth: int, number: str = "101") -> Event:
    rows = (ticket(id_, State.CALLED, offset, number, booth=booth, called_at=offset * MIN, called_offset=offset),)
    at = replace(BOOTHS[booth - 1], ticket=id_, rev=offset)
    owner = party(number, offset, id_, (id_ + 1) // 2)
    return Event(1, offset, offset * MIN, "called", {"tickets": rows, "parties": (owner,), "booths": (at,)})


def ended(offset: int, id_: int, booth: int, number: str = "101") -> Event:
    times = {"called_at": (offset - 1) * MIN, "called_offset": offset - 1, "started_at": (offset - 1) * MIN}
    rows = (ticket(id_, State.FINISHED, offset, number, booth=booth, ended_at=offset * MIN, **times),)
    free = replace(BOOTHS[booth - 1], rev=offset)
    owner = party(number, offset, None, (id_ + 1) // 2)
    return Event(1, offset, offset * MIN, "finished", {"tickets": rows, "parties": (owner,), "booths": (free,)})


@pytest.fixture
def journal() -> list[Event]:
    founding: dict[str, tuple[Row, ...]] = {
        "queues": (Queue(id="sapporo", issuing=True, rev=1),),
        "booths": BOOTHS,
        "clocks": (Clock(id=0, real=0, fair=0, rate=1, rev=1),),
    }
    both: dict[str, tuple[Row, ...]] = {
        "parties": (party("101", 2),),
        "tickets": tuple(ticket(n, State.WAITING, 2) for n in (1, 2)),
    }
    return [
        Event(1, 1, 0, "founded", founding),
        Event(1, 2, 0, "issued", both),
        called(3, 1, 1),
        ended(4, 1, 1),
        called(5, 2, 2),
        ended(6, 2, 2),
    ]


def screen_of(events: list[Event]) -> Screen:
    screen = Screen("1", "ws://nowhere")
    screen.calls = [call for event in events if (call := called_in(event))]
    for event in events:
        screen.board.apply(event)
    return screen


def snapshot_of(board: Board) -> dict[str, object]:
    rows = {table: [row_object(table, row) for row in board.rows()[table]] for table in TABLES}
    return {"epoch": board.epoch, "offset": board.offset, **rows}


def test_a_right_day_is_proved(journal: list[Event]) -> None:
    screens = [screen_of(journal)]
    checks = [
        proof.offsets_dense(journal),
        proof.numbers_once(journal),
        proof.no_double_call(journal),
        proof.one_place_each(journal),
        proof.screens_saw_all(journal, screens),
        proof.boards_agree(journal, snapshot_of(screens[0].board), screens),
        proof.answers_kept(journal, journal[1:], 1, 0),
        proof.totals_planned(journal, 2, 2, 10 * MIN),
    ]
    assert [check.wrong for check in checks] == [None] * 8


def test_a_hole_in_the_journal_is_found(journal: list[Event]) -> None:
    assert "offset 4" in str(proof.offsets_dense([*journal[:3], *journal[4:]]).wrong)
    assert "begin" in str(proof.offsets_dense([replace(journal[1], offset=1)]).wrong)
    assert "of 2" in str(proof.offsets_dense([*journal[:3], replace(journal[3], epoch=2)]).wrong)


def test_a_number_of_two_parties_is_found(journal: list[Event]) -> None:
    again = Event(1, 7, 0, "issued", {"parties": (party("101", 7, id_=2),)})
    assert "party 1 and to party 2" in str(proof.numbers_once([*journal, again]).wrong)
    lettered = [Event(1, 7, 0, "issued", {"tickets": (ticket(n, State.WAITING, 7, "A12"),)}) for n in (1, 2)]
    assert "A12 belongs to ticket 1 and to ticket 2" in str(proof.numbers_once(lettered).wrong)


def test_a_ticket_at_two_booths_is_found(journal: list[Event]) -> None:
    assert "called again" in str(proof.no_double_call([*journal[:3], called(4, 1, 2)]).wrong)


def test_two_tickets_at_one_booth_are_found(journal: list[Event]) -> None:
    assert "two tickets" in str(proof.no_double_call([*journal[:3], called(4, 3, 1, "102")]).wrong)


def test_a_party_called_to_two_booths_is_found(journal: list[Event]) -> None:
    wrong = [*journal[:3], called(4, 2, 2)]
    assert "party 1 is at booths 1 and 2" in str(proof.one_place_each(wrong).wrong)
    unmarked = replace(journal[2], changes=journal[2].changes | {"parties": (party("101", 3),)})
    assert "marked" in str(proof.one_place_each([*journal[:2], unmarked]).wrong)


def test_a_call_that_a_screen_missed_repeated_or_swapped_is_found(journal: list[Event]) -> None:
    for calls in ([Call(3, 1, 1)], [Call(3, 1, 1)] * 2 + [Call(5, 2, 2)], [Call(5, 2, 2), Call(3, 1, 1)]):
        screen = screen_of(journal)
        screen.calls = calls
        assert "screen 1" in str(proof.screens_saw_all(journal, [screen_of(journal), screen]).wrong)


def test_a_board_or_snapshot_that_differs_is_found(journal: list[Event]) -> None:
    right, behind = screen_of(journal), screen_of(journal[:-1])
    assert "stands at 5" in str(proof.boards_agree(journal, snapshot_of(right.board), [behind]).wrong)
    assert "ends at 6" in str(proof.boards_agree(journal, snapshot_of(behind.board), [right]).wrong)
    other = snapshot_of(right.board) | {"tickets": []}
    assert "tickets" in str(proof.boards_agree(journal, other, [right]).wrong)


def test_an_answer_that_is_not_in_the_journal_is_found(journal: list[Event]) -> None:
    assert "offset 6" in str(proof.answers_kept(journal[:-1], journal, 0, 0).wrong)
    assert "offset 3" in str(proof.answers_kept(journal, [replace(journal[2], at=1)], 0, 0).wrong)
    assert "same event" in str(proof.answers_kept(journal, [journal[2], journal[2]], 0, 0).wrong)
    assert "two different answers" in str(proof.answers_kept(journal, journal, 3, 1).wrong)


def test_totals_that_are_not_the_days_or_a_late_end_are_found(journal: list[Event]) -> None:
    assert "3 persons" in str(proof.totals_planned(journal, 3, 2, 10 * MIN).wrong)
    assert "9 consultations" in str(proof.totals_planned(journal, 2, 9, 10 * MIN).wrong)
    assert "1 minutes after" in str(proof.totals_planned(journal, 2, 2, 5 * MIN).wrong)


def test_figures_count_parties_persons_and_only_real_waiting(journal: list[Event]) -> None:
    figures = figures_of(journal)
    assert (figures.parties, figures.persons, figures.consultations, figures.consulted_persons) == (1, 2, 2, 2)
    assert {booth: (tally.parties, tally.persons) for booth, tally in figures.by_booth.items()} == {
        1: (1, 2),
        2: (1, 2),
    }
    assert figures.by_queue["sapporo"].talks_min == [1, 1]
    # The first was called in minute 3; the other waited from 4 to 5 besides, while the party was not at booth 1.
    assert figures.waits_min == [3, 4]
    assert figures.kinds["called"] == 2
    assert figures.last_end == 6 * MIN
