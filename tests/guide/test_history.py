"""What is kept from look to look, and what is reckoned alone, is what reckoning everything anew would give."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.test_estimate_laws import halls
from waiting_hall import MINUTE, NOW, WaitingHall, calls, model
from yobidashi.guide.arrivals import NEWEST_MAX, arrival_rates
from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import guide_of, ticket_guide_of
from yobidashi.guide.history import History
from yobidashi.live.board import Board
from yobidashi.queue.tickets import State

STATES = [State.WAITING, State.CALLED, State.SERVING, State.FINISHED, State.CANCELLED, State.ABSENT]


@settings(max_examples=40)
@given(halls(), st.lists(st.tuples(st.sampled_from(STATES), st.integers(0, 200)), max_size=12))
def test_a_history_that_is_kept_is_one_that_is_made_anew(
    case: tuple[WaitingHall, dict[str, Any]], steps: list[tuple[State, int]]
) -> None:
    hall, changes = case
    what = model(*hall.board.queues, **changes)
    kept = History(what)
    kept.catch_up(hall.board)
    for state, minutes in steps:
        if not hall.board.tickets:
            break
        ticket = hall.board.tickets[1 + minutes % len(hall.board.tickets)]
        began = ticket.issued_at + minutes * MINUTE
        times: dict[str, Any] = dict.fromkeys(("called_at", "started_at", "ended_at", "reason"))
        if state in (State.CALLED, State.SERVING, State.FINISHED, State.ABSENT):
            times["called_at"] = began
        if state in (State.SERVING, State.FINISHED):
            times["started_at"] = began
        if state in (State.FINISHED, State.CANCELLED):
            times["ended_at"] = began + minutes * MINUTE
        if state is State.CANCELLED:
            times["reason"] = "left"
        hall.change("tickets", ticket.id, state=state, **times)
        kept.catch_up(hall.board)
        anew = History(what)
        anew.catch_up(hall.board)
        assert (kept.talks, kept.talk_ms, kept.left, kept.borne) == (anew.talks, anew.talk_ms, anew.left, anew.borne)


@pytest.mark.parametrize("epoch", [1, 2])
def test_another_day_begins_a_new_history(epoch: int) -> None:
    hall = WaitingHall("a")
    hall.finished("a", 30)
    history = History(model("a"))
    history.catch_up(hall.board)
    assert history.talks == {"a": 1}
    history.catch_up(Board(epoch=epoch))
    assert history.talks == {"a": 0}


@settings(max_examples=60)
@given(halls())
def test_queues_that_run_alone_come_to_what_all_together_would(case: tuple[WaitingHall, dict[str, Any]]) -> None:
    hall, changes = case
    alone = guide_of(calls(hall, **changes))
    every = list(hall.board.queues)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("yobidashi.guide.calls.groups_of", lambda waiting: dict.fromkeys(waiting, every))
        assert guide_of(calls(hall, **changes)) == alone


@settings(max_examples=40)
@given(halls())
def test_one_ticket_asked_alone_is_told_what_it_would_be_told_among_all(
    case: tuple[WaitingHall, dict[str, Any]],
) -> None:
    hall, changes = case
    for id_, told in guide_of(calls(hall, **changes)).tickets.items():
        assert ticket_guide_of(calls(hall, **changes), hall.board.tickets[id_]) == told


@settings(max_examples=40)
@given(halls(), st.sampled_from(["a", "b", None]))
def test_a_booth_moved_for_the_sake_of_the_argument_is_a_booth_moved(
    case: tuple[WaitingHall, dict[str, Any]], to: str | None
) -> None:
    hall, changes = case
    spare = hall.booth("a")
    tickets, joins = calls(hall, **changes).moved(spare, to)
    hall.change("booths", spare, queue=to)
    then = Calls(hall.board, model(*hall.board.queues, **changes), NOW)
    assert {id_: then.of(hall.board.tickets[id_]) for id_ in tickets} == tickets
    assert {id_: then.joining(id_) for id_ in joins} == joins
    for id_ in (to, "a"):
        if id_ is not None and then.booths(id_):
            assert id_ in joins


def test_a_crowd_that_comes_at_once_is_told_by_the_newest_of_it() -> None:
    hall = WaitingHall("a", "b")
    for nth in range(2 * NEWEST_MAX):
        hall.waiting("ab"[nth % 4 == 0], since=30 - 30 * nth / (2 * NEWEST_MAX))
    rates = arrival_rates(hall.board, model("a", "b"), NOW)
    a_minute = {queue: rate * MINUTE for queue, rate in rates.items()}
    assert a_minute == pytest.approx({"a": 0.75 * NEWEST_MAX / 15, "b": 0.25 * NEWEST_MAX / 15}, rel=0.01)
