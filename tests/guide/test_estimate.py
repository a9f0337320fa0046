"""Every wait, reckoned by hand where talks last twenty minutes sharp, and what must hold of every board."""

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waiting_hall import MINUTE, NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, model
from yobidashi.guide.estimate import guide_of
from yobidashi.live.guide import BAND_STEP_MIN, Guide, Level, QueueGuide, TicketGuide
from yobidashi.queue.tickets import BoothState, State

CYCLE = TALK_MIN + TURNOVER_MIN
ARRIVALS_WINDOW_MIN = 45


def guided(hall: WaitingHall, **changes: Any) -> Guide:
    return guide_of(hall.board, model(*hall.board.queues, **changes), NOW)


def minutes(guide: Guide, *tickets: int) -> list[float | None]:
    means = [guide.tickets[id_].mean_ms for id_ in tickets]
    return [None if mean is None else mean / MINUTE for mean in means]


def joining(guide: Guide, queue: str) -> float | None:
    mean = guide.queues[queue].mean_ms
    return None if mean is None else mean / MINUTE


def test_one_booth_whose_talk_is_half_done() -> None:
    hall = WaitingHall("a")
    hall.serving(hall.booth("a"), 10)
    line = [hall.waiting("a") for _ in range(3)]
    guide = guided(hall)
    assert minutes(guide, *line) == [10, 10 + CYCLE, 10 + 2 * CYCLE]
    assert [guide.tickets[id_].ahead for id_ in line] == [0, 1, 2]
    queue = guide.queues["a"]
    assert (queue.ahead, queue.booths, queue.level) == (3, 1, Level.CROWDED)
    assert joining(guide, "a") == 10 + 3 * CYCLE


def test_a_called_party_has_the_rest_of_its_way_and_its_talk_before_it() -> None:
    hall = WaitingHall("a")
    hall.called(hall.booth("a"), 0.25)
    ticket = hall.waiting("a")
    assert minutes(guided(hall), ticket) == [TURNOVER_MIN - 0.25 + TALK_MIN]


def test_a_called_party_that_does_not_come_has_its_talk_before_it_still() -> None:
    hall = WaitingHall("a")
    hall.called(hall.booth("a"), 2)
    ticket = hall.waiting("a")
    assert minutes(guided(hall), ticket) == [TALK_MIN]


def test_two_booths_take_turns() -> None:
    hall = WaitingHall("a")
    hall.serving(hall.booth("a"), 10)
    hall.serving(hall.booth("a"), 15)
    line = [hall.waiting("a") for _ in range(4)]
    assert minutes(guided(hall), *line) == [5, 10, 5 + CYCLE, 10 + CYCLE]


def test_an_idle_booth_calls_at_once() -> None:
    hall = WaitingHall("a")
    hall.booth("a")
    guide = guided(hall)
    assert joining(guide, "a") == 0
    assert guide.queues["a"].level is Level.QUIET
    line = [hall.waiting("a") for _ in range(2)]
    assert minutes(guided(hall), *line) == [0, CYCLE]


def test_who_is_at_another_booth_is_passed_over_and_called_when_back() -> None:
    hall = WaitingHall("a", "b")
    hall.booth("a")
    busy = hall.serving(hall.booth("b"), 5)  # fifteen minutes to go
    first, second, third = hall.waiting("a", busy), hall.waiting("a"), hall.waiting("a")
    guide = guided(hall)
    assert minutes(guide, second, first, third) == [0, CYCLE, 2 * CYCLE]
    assert guide.tickets[first].ahead == 0


def test_a_booth_waits_for_the_party_that_is_at_another_one() -> None:
    hall = WaitingHall("a", "b")
    hall.booth("a")
    ticket = hall.waiting("a", hall.serving(hall.booth("b"), 5))
    guide = guided(hall)
    assert minutes(guide, ticket) == [15]
    assert joining(guide, "a") == 0  # who comes now is called before it


def test_who_waits_in_two_queues_is_called_in_one_of_them_first() -> None:
    hall = WaitingHall("a", "b")
    hall.serving(hall.booth("a"), 15)
    hall.serving(hall.booth("b"), 10)
    first = hall.waiting("a")
    second = hall.waiting("b", hall.party(first))
    assert minutes(guided(hall), first, second) == [5, 5 + CYCLE]


@pytest.mark.parametrize(
    ("booths", "came", "wait"),
    [
        (1, 90, 15),  # nobody has come for long
        (1, 30, 15 + 0.7364 * CYCLE / 2),  # 4 in 45 minutes: in fifteen somebody comes with 1 - e^(-4/3) = 0.7364
        (
            2,
            30,
            15 + 0.4866**2 * CYCLE / 4,
        ),  # both booths are taken with (1 - e^(-2/3))² and the first is free in a quarter
    ],
)
def test_those_who_come_meanwhile_may_be_called_before_who_is_away(booths: int, came: float, wait: float) -> None:
    hall = WaitingHall("a", "b")
    for _ in range(booths):
        hall.booth("a")
    ticket = hall.waiting("a", hall.serving(hall.booth("b"), 5), since=120)
    for _ in range(4):
        hall.finished("a", TALK_MIN, ended=came - TALK_MIN - 10)
    mean = guided(hall).tickets[ticket].mean_ms
    assert mean is not None
    assert mean / MINUTE == pytest.approx(wait, abs=0.01)


def test_a_reserved_place_goes_first_once_it_is_due() -> None:
    hall = WaitingHall("a")
    hall.serving(hall.booth("a"), 10)
    walk_ins = [hall.waiting("a") for _ in range(3)]
    reserved = hall.waiting("a", reserved=20)  # due after the first of them is called, before the second is
    guide = guided(hall)
    assert minutes(guide, *walk_ins, reserved) == [10, 10 + 2 * CYCLE, 10 + 3 * CYCLE, 10 + CYCLE]
    assert [guide.tickets[id_].ahead for id_ in (*walk_ins, reserved)] == [0, 1, 2, 3]
    hall.change("tickets", reserved, reserved=NOW)
    guide = guided(hall)
    assert minutes(guide, reserved, *walk_ins) == [10, 10 + CYCLE, 10 + 2 * CYCLE, 10 + 3 * CYCLE]
    assert guide.tickets[reserved].ahead == 0


def test_at_most_two_reserved_places_in_a_row() -> None:
    hall = WaitingHall("a")
    hall.booth("a")
    walk_in = hall.waiting("a")
    reserved = [hall.waiting("a", reserved=-5) for _ in range(3)]
    assert minutes(guided(hall), *reserved[:2], walk_in, reserved[2]) == [0, CYCLE, 2 * CYCLE, 3 * CYCLE]
    hall.change("queues", "a", reserved_run=1)
    assert minutes(guided(hall), reserved[0], walk_in, *reserved[1:]) == [0, CYCLE, 2 * CYCLE, 3 * CYCLE]


def test_a_reserved_place_overtakes_only_those_who_could_be_called() -> None:
    hall = WaitingHall("a", "b")
    hall.booth("a")
    walk_in = hall.waiting("a", hall.serving(hall.booth("b"), 5))  # back in fifteen minutes, after the first call
    reserved = [hall.waiting("a", reserved=-5) for _ in range(4)]
    assert minutes(guided(hall), *reserved[:3], walk_in) == [0, CYCLE, 2 * CYCLE, 3 * CYCLE]


def test_reserved_places_go_by_their_slots() -> None:
    hall = WaitingHall("a")
    hall.booth("a")
    late, early = hall.waiting("a", reserved=-5), hall.waiting("a", reserved=-35)
    assert minutes(guided(hall), early, late) == [0, CYCLE]


def test_who_joins_waits_for_no_more_reserved_places_than_a_walk_in_would() -> None:
    hall = WaitingHall("a")
    hall.booth("a")
    for _ in range(4):
        hall.waiting("a", reserved=-5)
    hall.change("queues", "a", reserved_run=2)
    assert joining(guided(hall), "a") == 0


def test_a_paused_booth_serves_nobody_after_its_talk() -> None:
    hall = WaitingHall("a")
    paused, other = hall.booth("a"), hall.booth("a")
    hall.serving(paused, 19)
    hall.serving(other, 10)
    ticket = hall.waiting("a")
    assert minutes(guided(hall), ticket) == [1]
    hall.change("booths", paused, state=BoothState.PAUSED)
    guide = guided(hall)
    assert minutes(guide, ticket) == [10]
    assert guide.queues["a"].booths == 1


@pytest.mark.parametrize("state", [BoothState.PAUSED, BoothState.CLOSED])
def test_without_an_open_booth_nothing_is_promised(state: BoothState) -> None:
    hall = WaitingHall("a", "b")
    hall.booth("a", state=state)
    hall.booth("b")
    ticket = hall.waiting("a")
    guide = guided(hall)
    queue, own = guide.queues["a"], guide.tickets[ticket]
    assert (queue.booths, queue.mean_ms, queue.band, queue.level) == (0, None, None, Level.CLOSED)
    assert (own.ahead, own.mean_ms, own.band) == (0, None, None)


def test_where_nothing_is_issued_is_closed_and_who_waits_is_still_told() -> None:
    hall = WaitingHall("a")
    hall.booth("a")
    ticket = hall.waiting("a")
    hall.change("queues", "a", issuing=False)
    guide = guided(hall)
    assert guide.queues["a"].level is Level.CLOSED
    assert minutes(guide, ticket) == [0]


@pytest.mark.parametrize(
    ("lasted", "level"), [(12, Level.QUIET), (11.5, Level.BUSY), (1, Level.BUSY), (-4.5, Level.BUSY)]
)
def test_levels_follow_the_wait(lasted: float, level: Level) -> None:
    hall = WaitingHall("a")
    if lasted > 0:
        hall.serving(hall.booth("a"), lasted)
    else:
        hall.booth("a")
        hall.waiting("a")
    assert guided(hall).queues["a"].level is level


def test_talks_of_the_day_count_and_so_do_those_of_other_queues() -> None:
    hall = WaitingHall("a", "b", "c")
    for queue in ("a", "b"):
        hall.booth(queue)
        hall.waiting(queue)
    for _ in range(8):
        hall.finished("a", 30, ended=60)
    guide = guided(hall)
    pooled = (8 * 1 + 8 * 1.5) / 16
    assert joining(guide, "a") == pytest.approx(TURNOVER_MIN + TALK_MIN * (8 * pooled + 8 * 1.5) / 16)
    assert joining(guide, "b") == pytest.approx(TURNOVER_MIN + TALK_MIN * pooled)


def test_slips_of_the_finger_are_no_talks_and_forgotten_ends_count_little() -> None:
    hall = WaitingHall("a")
    hall.booth("a")
    hall.waiting("a")
    hall.finished("a", 0.5, ended=60)
    assert joining(guided(hall), "a") == CYCLE
    hall.finished("a", 20 * TALK_MIN, ended=60)
    pooled = (8 + 4) / 9
    assert joining(guided(hall), "a") == pytest.approx(TURNOVER_MIN + TALK_MIN * (8 * pooled + 4) / 9)


def test_long_talks_that_still_last_are_seen() -> None:
    def wait(lasted: float) -> float:
        hall = WaitingHall("a", *"bcdefgh")
        hall.booth("a")
        hall.waiting("a")
        for queue in "bcdefgh":
            hall.serving(hall.booth(queue), lasted)
        return joining(guided(hall, talk_cv=0.45), "a") or 0.0

    assert wait(0.01) == pytest.approx(CYCLE, abs=0.2)  # as expected
    assert wait(40) > CYCLE + 2


def test_who_goes_home_makes_the_line_shorter_than_it_looks() -> None:
    hall = WaitingHall("a")
    hall.serving(hall.booth("a"), 10)
    line = [hall.waiting("a", since=5) for _ in range(5)]
    patient, hurried = guided(hall), guided(hall, patience_ms=35 * MINUTE)
    assert minutes(patient, line[0]) == minutes(hurried, line[0])
    waits = [mean for mean in minutes(hurried, *line) if mean is not None]
    assert waits == sorted(waits)
    assert waits[-1] < 10 + 3 * CYCLE  # four talks lie between it and now, were nobody to leave


def test_a_day_on_which_nobody_leaves_is_believed() -> None:
    def wait(state: State) -> float:
        hall = WaitingHall("a", "b")
        hall.booth("a")
        for _ in range(5):
            last = hall.waiting("a", since=5)
        for _ in range(60):
            ticket = hall.waiting("b", since=50)
            if state is State.CANCELLED:
                hall.change("tickets", ticket, state=state, reason="left", ended_at=NOW)
            elif state is State.ABSENT:
                hall.change("tickets", ticket, state=state, called_at=NOW)
        mean = guided(hall, patience_ms=35 * MINUTE).tickets[last].mean_ms
        assert mean is not None
        return mean / MINUTE

    assert wait(State.WAITING) == wait(State.ABSENT) > wait(State.CANCELLED) + 10


def test_calls_without_an_answer_take_a_booth_for_less() -> None:
    hall = WaitingHall("a")
    hall.booth("a")
    hall.waiting("a")
    assert joining(guided(hall, no_answer=0.25), "a") == 0.75 * CYCLE + 0.25 * 2


def test_queues_that_the_fair_no_longer_has_are_no_hindrance() -> None:
    hall = WaitingHall("a", "gone")
    hall.serving(hall.booth("a"), 10)
    busy = hall.serving(hall.booth("gone"), 10)
    hall.waiting("gone")
    hall.finished("gone", 30)
    tickets = [hall.waiting("a", busy), hall.waiting("a")]
    guide = guide_of(hall.board, model("a"), NOW)
    assert set(guide.queues) == {"a"}
    assert minutes(guide, *tickets) == [10, 10 + CYCLE]


# --- of every board ---


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


@settings(max_examples=150, deadline=None)
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


@settings(max_examples=150, deadline=None)
@given(single_lines())
def test_more_ahead_never_wait_shorter(case: tuple[list[int | None], int, dict[str, Any]]) -> None:
    booths, waiting, changes = case
    waits = line_of(booths, waiting, changes)
    assert len(waits) == waiting + 1
    assert waits == sorted(waits)
    assert line_of(booths, waiting + 1, changes)[-1] >= waits[-1]


@settings(max_examples=150, deadline=None)
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
