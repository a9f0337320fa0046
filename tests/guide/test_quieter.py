"""What reception says before it issues a ticket for a crowded queue: the rules of an offer, but for the front of the line."""

from collections.abc import Collection

from waiting_hall import MINUTE, NOW, WaitingHall, model
from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import guide_of
from yobidashi.guide.offers import quieter_for


def hall(waiting: int) -> WaitingHall:
    """Give a hall with one busy booth for ``a``, ten minutes into its talk, and idle ones for the others."""
    rooms = WaitingHall("a", "b", "c")
    rooms.serving(rooms.booth("a"), 10)
    for queue in "bc":
        rooms.booth(queue)
    for _ in range(waiting):
        rooms.waiting("a")
    return rooms


def advice(rooms: WaitingHall, been: set[str], wished: Collection[str] = (), age: int = 0) -> tuple[str, int] | None:
    what = model("a", "b", "c", near={"a": frozenset("b")})
    return quieter_for(rooms.board, guide_of(Calls(rooms.board, what, NOW)), what, NOW + age, "a", been, wished)


def test_who_would_be_second_in_line_hears_of_a_quieter_queue_too() -> None:
    found = advice(hall(waiting=1), set())
    assert found is not None
    assert found[0] == "b"
    assert found[1] > 12 * MINUTE


def test_where_a_party_wishes_to_go_anyway_comes_before_similar_interest() -> None:
    assert (advice(hall(waiting=1), set(), wished="ca") or ("", 0))[0] == "c"


def test_nobody_is_led_to_where_it_has_been() -> None:
    assert (advice(hall(waiting=1), {"b"}) or ("", 0))[0] == "c"
    assert advice(hall(waiting=1), {"b", "c"}) is None


def test_a_short_wait_and_an_old_guide_advise_nothing() -> None:
    assert advice(hall(waiting=0), set()) is None
    assert advice(hall(waiting=1), set(), age=16_000) is None
