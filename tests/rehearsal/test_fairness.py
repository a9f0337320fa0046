"""Nobody is overtaken but by the stated rules; and a planted overtaking is noticed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Booth, Party, Queue, Ticket
from yobidashi.queue.tickets import BoothState, State
from yobidashi.rehearsal.fairness import BUSY, CHOSEN, RESERVED, fairness_of
from yobidashi.rehearsal.hall import Hall
from yobidashi.rehearsal.policies import FIXED, POLICIES, Policy

IN_A_ROW = 2


@pytest.mark.parametrize("name", list(POLICIES))
def test_simulated_days_are_fair(name: str, played: Callable[[Policy, int], Hall]) -> None:
    hall = played(POLICIES[name], 1)
    found = fairness_of(hall.floor.events, IN_A_ROW)
    assert found.calls > 100
    assert found.wrong == []


def test_a_planted_overtaking_is_noticed(played: Callable[[Policy, int], Hall]) -> None:
    events = list(played(FIXED, 1).floor.events)
    board, planted = Board(), 0
    for i, event in enumerate(events):
        called = next((t for t in event.changes.get("tickets", ()) if isinstance(t, Ticket)), None)
        if event.kind == "called" and called is not None and not planted:
            second = [t for t in board.waiting(called.queue) if t.id != called.id and not board.passed_over(t)]
            if second:
                events[i] = call(event, second[0])
                planted = event.offset
        board.apply(events[i])
    wrong = fairness_of(events, IN_A_ROW).wrong
    assert planted
    assert wrong[0].startswith(f"offset {planted}: number ")


def call(event: Event, instead: Ticket) -> Event:
    """Give a call's event with another ticket called in it."""
    called = replace(instead, state=State.CALLED, called_offset=event.offset, called_at=event.at)
    return replace(event, changes={**event.changes, "tickets": (called,)})


def test_a_place_that_moves_by_itself_is_noticed() -> None:
    events = journal([waiting(1, 100), waiting(2, 200)])
    moved = Event(1, 2, 300, "recalled", {"tickets": (replace(waiting(2, 200), place=50),)})
    found = fairness_of([*events, moved], IN_A_ROW)
    assert found.wrong[0] == "offset 2: recalled changed the place of number 2"


def test_who_is_busy_elsewhere_is_passed_over() -> None:
    events = journal([waiting(1, 100), waiting(2, 200)], busy={1})
    found = fairness_of([*events, called_at(300, waiting(2, 200))], IN_A_ROW)
    assert found.wrong == []
    assert found.overtakings == {BUSY: 1}


@pytest.mark.parametrize(
    ("run", "who", "fair"), [(0, 2, True), (1, 2, True), (2, 2, False), (2, 1, True), (0, 1, False)]
)
def test_reserved_places_go_first_but_not_for_ever(run: int, who: int, fair: bool) -> None:
    line = {1: waiting(1, 100), 2: replace(waiting(2, 200), reserved=250)}
    found = fairness_of([*journal(list(line.values()), run=run), called_at(300, line[who])], IN_A_ROW)
    assert (found.wrong == []) is fair
    assert found.overtakings == ({RESERVED: 1} if who == 2 else {})


@pytest.mark.parametrize(("booth", "fair"), [(1, True), (2, False)])
def test_a_booth_may_call_again_whom_it_had_called_before_it_took_that_back(booth: int, fair: bool) -> None:
    first, second = waiting(1, 100), waiting(2, 200)
    called = replace(second, state=State.CALLED, called_offset=2, called_at=300, booth=1)
    again = replace(called, called_offset=4, booth=booth)
    events = [
        *journal([replace(first, state=State.HELD), second]),
        Event(1, 2, 300, "called", {"tickets": (called,)}),
        Event(1, 3, 400, "undone", {"tickets": (second, first)}),
        Event(1, 4, 500, "called", {"tickets": (again,)}),
    ]
    found = fairness_of(events, IN_A_ROW)
    assert (found.wrong == []) is fair
    assert found.overtakings[CHOSEN] == (1 if fair else 0)


def test_a_booth_that_has_called_another_since_may_not() -> None:
    first, second, third = waiting(1, 100), waiting(2, 200), waiting(3, 150)
    events = [
        *journal([first, second, replace(third, state=State.HELD)]),
        Event(1, 2, 300, "called", {"tickets": (at_booth(second, 2),)}),
        Event(1, 3, 400, "undone", {"tickets": (second, third)}),
        Event(1, 4, 500, "called", {"tickets": (at_booth(first, 4),)}),
        Event(1, 5, 600, "called", {"tickets": (at_booth(second, 5),)}),
    ]
    wrong = fairness_of(events, IN_A_ROW).wrong
    assert [each.split(":")[0] for each in wrong] == ["offset 2", "offset 5"]


def test_a_number_called_again_in_its_turn_overtakes_nobody() -> None:
    only = waiting(1, 100)
    events = [
        *journal([only]),
        Event(1, 2, 300, "called", {"tickets": (at_booth(only, 2),)}),
        Event(1, 3, 400, "undone", {"tickets": (only,)}),
        Event(1, 4, 500, "called", {"tickets": (at_booth(only, 4),)}),
    ]
    found = fairness_of(events, IN_A_ROW)
    assert (found.wrong, found.overtakings) == ([], {})


def at_booth(ticket: Ticket, offset: int) -> Ticket:
    """The ticket as booth 1 has called it."""
    return replace(ticket, state=State.CALLED, called_offset=offset, called_at=offset * 100, booth=1)


def waiting(id_: int, at: int) -> Ticket:
    return Ticket(id=id_, party=id_, number=str(id_), queue="a", state=State.WAITING, place=at, issued_at=at, rev=1)


def journal(tickets: list[Ticket], *, run: int = 0, busy: frozenset[int] | set[int] = frozenset()) -> list[Event]:
    """Give a journal of one event: everybody waits in queue a, some parties being busy elsewhere."""
    parties = tuple(
        Party(
            id=t.party,
            number=t.number,
            size=1,
            issued_at=t.issued_at,
            active=99 if t.party in busy else None,
            tickets=(t.id,),
            inside=1,
            rev=1,
        )
        for t in tickets
    )
    queues = (Queue(id="a", issuing=True, reserved_run=run, rev=1),)
    booths = (Booth(id=1, queue="a", state=BoothState.OPEN, since=0, rev=1),)
    return [
        Event(1, 1, 0, "founded", {"parties": parties, "tickets": tuple(tickets), "queues": queues, "booths": booths})
    ]


def called_at(at: int, ticket: Ticket) -> Event:
    return Event(1, 2, at, "called", {"tickets": (replace(ticket, state=State.CALLED, called_offset=2, called_at=at),)})
