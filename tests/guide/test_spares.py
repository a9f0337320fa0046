"""Which spare should be opened, lent or taken back: each reason alone."""

from types import MappingProxyType
from typing import Any

import pytest

from waiting_hall import MINUTE, NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, model
from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import guide_of
from yobidashi.guide.model import Model
from yobidashi.guide.spares import SAVES_LEAST_MIN, STAYS_MS, Suggestion, TakeBack, suggestion_of, take_back_of
from yobidashi.queue.rows import Queue
from yobidashi.queue.tickets import BoothState

CYCLE = TALK_MIN + TURNOVER_MIN
STAYS_MIN = STAYS_MS / MINUTE


def hall_of(*queues: str, waiting: int = 3) -> WaitingHall:
    """Give a hall where each queue has one main booth, talking for ten minutes, and parties wait for the first."""
    hall = WaitingHall(*queues)
    for queue in queues:
        hall.serving(hall.booth(queue), 10)
    for _ in range(waiting):
        hall.waiting(queues[0])
    return hall


def model_with(hall: WaitingHall, spares: dict[int, str | None], **changes: Any) -> Model:
    return model(*hall.board.queues, spares=MappingProxyType(spares), **changes)


def suggested(hall: WaitingHall, spares: dict[int, str | None], **changes: Any) -> Suggestion | None:
    what = model_with(hall, spares, **changes)
    calls = Calls(hall.board, what, NOW)
    return suggestion_of(calls, guide_of(calls))


def to_take_back(hall: WaitingHall, spares: dict[int, str | None]) -> TakeBack | None:
    what = model_with(hall, spares)
    calls = Calls(hall.board, what, NOW)
    return take_back_of(calls, guide_of(calls))


def test_the_spare_that_saves_those_who_wait_most_time() -> None:
    hall = hall_of("a", "b")
    spare = hall.booth(None)
    # one booth: 10, 31, 52 and 73 for the next; two: 0, 10, 21 and 31
    assert suggested(hall, {spare: "a"}) == Suggestion(
        booth=spare,
        queue="a",
        now_serving=None,
        saves_party_minutes=10 + 21 + 31,
        waiting=3,
        mean_ms_before=(10 + 3 * CYCLE) * MINUTE,
        mean_ms_after=(10 + CYCLE) * MINUTE,
    )


@pytest.mark.parametrize(("left", "opened"), [(SAVES_LEAST_MIN - 1, False), (SAVES_LEAST_MIN, True)])
def test_no_spare_is_opened_for_little(left: float, opened: bool) -> None:
    hall = hall_of("a", waiting=1)
    hall.change("tickets", 1, started_at=NOW - round((TALK_MIN - left) * MINUTE))  # what it saves the one who waits
    assert (suggested(hall, {hall.booth(None): "a"}) is not None) is opened


def test_a_queue_s_own_spare_goes_first_then_the_one_least_needed_at_home() -> None:
    hall = hall_of("a", "b", "c")
    hall.waiting("b")
    b, c, a = hall.booth(None), hall.booth(None), hall.booth(None)
    homes: dict[int, str | None] = {b: "b", c: "c", a: "a"}
    found = suggested(hall, homes)
    assert found is not None
    assert found.booth == a
    hall.serving(hall.booth("a"), 1)
    hall.change("booths", a, state=BoothState.CLOSED)
    found = suggested(hall, homes)
    assert found is not None
    assert (found.booth, found.queue) == (c, "a")


def test_the_queue_where_it_helps_most_comes_first() -> None:
    hall = hall_of("a", "b")
    for _ in range(5):
        hall.waiting("b")
    spare = hall.booth(None)
    found = suggested(hall, {spare: "a"})
    assert found is not None
    assert found.queue == "b"


def test_a_queue_without_a_booth_is_helped() -> None:
    hall = WaitingHall("a")
    hall.booth("a", state=BoothState.PAUSED)
    hall.waiting("a")
    spare = hall.booth(None)
    found = suggested(hall, {spare: None})
    assert found is not None
    assert (found.queue, found.mean_ms_before, found.mean_ms_after) == ("a", None, CYCLE * MINUTE)


def test_one_without_a_booth_is_helped_before_many_with_one() -> None:
    hall = hall_of("a", "b", "c", "d", waiting=1)
    for queue in ("b", "c", "d"):
        hall.waiting(queue)
    hall.board.put("queues", [Queue(id="z", issuing=True, rev=1)])
    hall.waiting("z")
    found = suggested(hall, {hall.booth(None): "a"})
    assert found is not None
    assert found.queue == "z"


def test_a_spare_where_nobody_waits_is_lent_when_no_other_is_free() -> None:
    hall = hall_of("a", "b")
    idle = hall.booth("b", since=STAYS_MIN)
    found = suggested(hall, {idle: "b"})
    assert found is not None
    assert (found.booth, found.queue, found.now_serving) == (idle, "a", "b")
    free = hall.booth(None)
    found = suggested(hall, {idle: "b", free: "b"})
    assert found is not None
    assert (found.booth, found.now_serving) == (free, None)


def test_spares_that_are_needed_or_busy_or_new_or_shut_stay_where_they_are() -> None:
    for spoil in ("waiting", "serving", "new", "paused"):
        hall = hall_of("a", "b")
        spare = hall.booth("b", since=STAYS_MIN - 0.1 if spoil == "new" else 60)
        if spoil == "waiting":
            hall.waiting("b")
        elif spoil == "serving":
            hall.serving(spare, 5)
        elif spoil == "paused":
            hall.change("booths", spare, state=BoothState.PAUSED)
        assert suggested(hall, {spare: "b"}) is None, spoil


def test_main_booths_are_never_lent_and_nothing_is_opened_after_the_end() -> None:
    hall = hall_of("a", "b")
    hall.booth("b")
    assert suggested(hall, {}) is None
    spare = hall.booth(None)
    assert suggested(hall, {spare: "a"}, stop_at=NOW) is None


def test_a_spare_whose_queue_stays_quiet_without_it_can_be_free_again() -> None:
    hall = WaitingHall("a")
    hall.serving(hall.booth("a"), 13)
    spare = hall.booth("a", since=STAYS_MIN)
    assert to_take_back(hall, {spare: "a"}) == TakeBack(spare, "a", 7 * MINUTE)


def test_a_spare_stays_while_its_queue_needs_it() -> None:
    for spoil in ("crowded", "waiting", "serving", "new", "alone", "main"):
        hall = WaitingHall("a", "b")
        hall.serving(hall.booth("a", state=BoothState.CLOSED if spoil == "alone" else BoothState.OPEN), 13)
        spare = hall.booth("a", since=STAYS_MIN - 0.1 if spoil == "new" else STAYS_MIN)
        if spoil == "crowded":
            hall.change("tickets", 1, started_at=NOW - 11 * MINUTE)
        elif spoil == "waiting":
            hall.waiting("a", hall.serving(hall.booth("b"), 1))
        elif spoil == "serving":
            hall.serving(spare, 19)
        assert to_take_back(hall, {} if spoil == "main" else {spare: "a"}) is None, spoil
