"""What the day itself teaches: how long talks are, who goes home, who does not answer."""

import pytest

from waiting_hall import MINUTE, NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, guided, joining, minutes
from yobidashi.queue.tickets import State

CYCLE = TALK_MIN + TURNOVER_MIN


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
