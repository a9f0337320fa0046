"""What must hold of every board, whoever waits there."""

import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from waiting_hall import MINUTE, NOW, WaitingHall, guided
from yobidashi.live.guide import BAND_STEP_MIN, QueueGuide, TicketGuide
from yobidashi.queue.tickets import BoothState, State


@st.composite
def halls(draw: st.DrawFn) -> tuple[WaitingHall, dict[str, Any]]:
    """A hall of two queues with booths in any state, some parties in both queues, some with a reserved place."""
    hall = WaitingHall("a", "b")
    for queue in draw(st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=6)):
        booth = hall.booth(queue, state=draw(st.sampled_from([*[BoothState.OPEN] * 4, BoothState.PAUSED])))
        lasted = draw(st.none() | st.integers(0, 90))
        if lasted is not None:
            hall.serving(booth, lasted)
    busy = [party.id for party in hall.board.parties.values()]
    for _ in range(draw(st.integers(0, 12))):
        again = draw(st.booleans())
        party = draw(st.sampled_from(busy)) if busy and again else None
        queue = draw(st.sampled_from(["a", "b"]))
        if party is not None:
            queues = {hall.board.tickets[id_].queue for id_ in hall.board.parties[party].tickets}
            if queue in queues:
                continue
        reserved = draw(st.none() | st.integers(-30, 60))
        ticket = hall.waiting(queue, party, since=draw(st.integers(0, 90)), reserved=reserved)
        busy.append(hall.party(ticket))
    changes = {
        "talk_cv": draw(st.sampled_from([0.0, 0.45, 1.0])),
        "no_answer": draw(st.sampled_from([0.0, 0.1])),
        "patience_ms": draw(st.sampled_from([35 * MINUTE, 10**12])),
    }
    return hall, changes


@settings(max_examples=60)
@given(halls())
def test_bands_are_steps_of_five_around_the_mean_and_every_process_has_the_same(
    case: tuple[WaitingHall, dict[str, Any]],
) -> None:
    hall, changes = case
    guide = guided(hall, **changes)
    waiting = {t.id for t in hall.board.tickets.values() if t.state is State.WAITING}
    assert set(guide.tickets) == waiting
    assert set(guide.queues) == set(hall.board.queues)
    told: list[QueueGuide | TicketGuide] = [*guide.tickets.values(), *guide.queues.values()]
    for each in told:
        assert (each.mean_ms is None) == (each.band is None)
        if each.mean_ms is not None and each.band is not None:
            low, high = each.band.low_min, each.band.high_min
            assert low % BAND_STEP_MIN == high % BAND_STEP_MIN == 0
            assert 0 <= low < high
            assert low * MINUTE - 7_500 <= each.mean_ms <= high * MINUTE + 7_500  # means are rounded to quarters before
    for queue in hall.board.queues:
        line = hall.board.line(queue, NOW, 2)
        assert [guide.tickets[ticket.id].ahead for ticket in line] == list(range(len(line)))
        assert guide.queues[queue].ahead == len(line)
    assert guided(hall, **changes) == guide


@st.composite
def single_lines(draw: st.DrawFn) -> tuple[list[int | None], int, dict[str, Any]]:
    """Open booths of one queue (minutes of their talks), how many wait, each in this queue alone, and the model."""
    booths = draw(st.lists(st.none() | st.integers(0, 80), min_size=1, max_size=5))
    changes = {
        "talk_cv": draw(st.sampled_from([0.0, 0.2, 0.45, 0.8])),
        "patience_ms": draw(st.sampled_from([35 * MINUTE, 10**12])),
    }
    return booths, draw(st.integers(0, 12)), changes


def line_of(booths: list[int | None], waiting: int, changes: dict[str, Any]) -> list[int]:
    """Give the wait of each who waits, and of one who would join."""
    hall = WaitingHall("a", "b")
    for lasted in booths:
        booth = hall.booth("a")
        if lasted is not None:
            hall.serving(booth, lasted)
    line = [hall.waiting("a", since=20) for _ in range(waiting)]
    guide = guided(hall, **changes)
    waits = [*(guide.tickets[id_].mean_ms for id_ in line), guide.queues["a"].mean_ms]
    return [wait for wait in waits if wait is not None]


@settings(max_examples=60)
@given(single_lines())
def test_more_ahead_never_wait_shorter(case: tuple[list[int | None], int, dict[str, Any]]) -> None:
    booths, waiting, changes = case
    waits = line_of(booths, waiting, changes)
    assert len(waits) == waiting + 1
    assert waits == sorted(waits)
    assert line_of(booths, waiting + 1, changes)[-1] >= waits[-1]


@settings(max_examples=60)
@given(single_lines())
def test_with_more_booths_nobody_waits_longer(case: tuple[list[int | None], int, dict[str, Any]]) -> None:
    booths, waiting, changes = case
    with_one_more = line_of([*booths, None], waiting, changes)
    for more, fewer in zip(with_one_more, line_of(booths, waiting, changes), strict=True):
        assert more <= fewer


def test_the_work_grows_with_the_hall_and_no_faster() -> None:
    """Counted in function calls, for how long they take is the machine's affair."""

    def calls(waiting: int) -> int:
        hall = WaitingHall(*(f"q{i}" for i in range(18)))
        for queue in hall.board.queues:
            hall.serving(hall.booth(queue), 10)
            hall.serving(hall.booth(queue), 5)
            for _ in range(waiting):
                hall.waiting(queue)
        count = 0

        def step(*_: object) -> None:
            nonlocal count
            count += 1

        guided(hall, talk_cv=0.45)  # tables are made once
        sys.setprofile(step)
        try:
            guided(hall, talk_cv=0.45)
        finally:
            sys.setprofile(None)
        return count

    assert calls(20) < 2.2 * calls(10)
