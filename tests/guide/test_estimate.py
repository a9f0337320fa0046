"""Every wait, reckoned by hand where talks last twenty minutes sharp."""

import pytest

from waiting_hall import MINUTE, NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, guided, joining, minutes, model
from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import guide_of
from yobidashi.live.guide import Level
from yobidashi.queue.tickets import BoothState

CYCLE = TALK_MIN + TURNOVER_MIN


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


def test_queues_that_the_fair_no_longer_has_are_no_hindrance() -> None:
    hall = WaitingHall("a", "gone")
    hall.serving(hall.booth("a"), 10)
    busy = hall.serving(hall.booth("gone"), 10)
    hall.waiting("gone")
    hall.finished("gone", 30)
    tickets = [hall.waiting("a", busy), hall.waiting("a")]
    guide = guide_of(Calls(hall.board, model("a"), NOW))
    assert set(guide.queues) == {"a"}
    assert minutes(guide, *tickets) == [10, 10 + CYCLE]
