"""What reserved places do to the waits, reckoned by hand where talks last twenty minutes sharp."""

from waiting_hall import NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, guided, joining, minutes

CYCLE = TALK_MIN + TURNOVER_MIN


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
