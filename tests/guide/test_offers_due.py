"""Who is asked to visit a quieter booth and where: each rule alone, then the spread over queues and municipalities."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from waiting_hall import MINUTE, NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, model
from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import guide_of
from yobidashi.guide.model import Model
from yobidashi.guide.offers import REST_MS, Proposal, offers_due
from yobidashi.queue.tickets import BoothState, OfferState, State

CYCLE = TALK_MIN + TURNOVER_MIN
QUIET = ("b", "c", "d", "e")


def crowded(*quiet: str, lasted: float = 10, waiting: int = 3) -> tuple[WaitingHall, list[int]]:
    """Give a hall where three wait in ``a`` (for 10, 31 and 52 minutes) and the other queues are idle."""
    hall = WaitingHall("a", *quiet)
    hall.serving(hall.booth("a"), lasted)
    for queue in quiet:
        hall.booth(queue)
    return hall, [hall.waiting("a") for _ in range(waiting)]


def due(hall: WaitingHall, what: Model | None = None, now: int = NOW) -> list[Proposal]:
    what = what or model(*hall.board.queues)
    return offers_due(hall.board, guide_of(Calls(hall.board, what, now)), what, now)


def asked(hall: WaitingHall, what: Model | None = None, now: int = NOW) -> list[tuple[int, str]]:
    return [(proposal.ticket, proposal.queue) for proposal in due(hall, what, now)]


def with_offers(hall: WaitingHall, **rules: Any) -> Model:
    base = model(*hall.board.queues)
    return replace(base, offers=replace(base.offers, **rules))


# --- the rules, each alone ---


def test_who_waits_long_is_led_to_a_booth_without_waiting() -> None:
    hall, line = crowded("b")
    assert due(hall) == [Proposal(line[2], "b", (10 + 2 * CYCLE) * MINUTE)]


def test_who_waits_no_longer_than_from_ms_is_left_alone() -> None:
    hall, line = crowded("b")
    wait = (10 + 2 * CYCLE) * MINUTE
    assert asked(hall, with_offers(hall, from_ms=wait)) == []
    assert asked(hall, with_offers(hall, from_ms=wait - 1)) == [(line[2], "b")]


def test_nobody_is_led_to_where_the_wait_is_longer_than_to_ms() -> None:
    hall, line = crowded("b")
    hall.serving(2, 12)  # the booth of b: eight minutes to go
    assert asked(hall) == [(line[2], "b")]
    assert asked(hall, with_offers(hall, to_ms=8 * MINUTE - 1)) == []


def test_an_offer_saves_the_margin_at_least() -> None:
    hall, line = crowded("b")
    saved = (10 + 2 * CYCLE) * MINUTE
    assert asked(hall, with_offers(hall, margin_ms=saved)) == [(line[2], "b")]
    assert asked(hall, with_offers(hall, margin_ms=saved + 1)) == []


@pytest.mark.parametrize(("not_within", "first_asked"), [(0, 1), (1, 1), (2, 2), (3, 3)])
def test_nobody_near_the_front_is_asked(not_within: int, first_asked: int) -> None:
    hall, line = crowded(*QUIET, lasted=5, waiting=4)
    rules = with_offers(hall, not_within=not_within, from_ms=16 * MINUTE)  # the first waits for 15 minutes
    assert {ticket for ticket, _ in asked(hall, rules)} == set(line[first_asked:])


def test_who_is_near_the_front_of_another_line_is_not_asked() -> None:
    hall, line = crowded("b", "c", "d")
    hall.serving(2, 1)
    assert asked(hall) == [(line[2], "c")]
    hall.waiting("b", hall.party(line[2]))
    assert asked(hall) == []


def test_who_is_soon_called_elsewhere_is_not_asked() -> None:
    hall, line = crowded("b", "c")
    hall.serving(2, 9)
    for _ in range(9):
        hall.serving(hall.booth("b"), 9)  # ten booths in eleven minutes: nobody waits there for more than that
    for _ in range(2):
        hall.waiting("b")
    assert asked(hall) == [(line[2], "c")]
    hall.waiting("b", hall.party(line[2]))
    assert asked(hall) == []


def test_of_several_lines_the_longest_is_the_one_to_leave() -> None:
    hall, line = crowded("b", "c", waiting=4)
    hall.serving(2, 1)
    for _ in range(2):
        hall.waiting("b")
    short = hall.waiting("b", hall.party(line[3]))
    proposals = {proposal.ticket: proposal for proposal in due(hall)}
    assert short not in proposals
    first_call = (19 + 2 * CYCLE) * MINUTE
    assert proposals[line[3]].saves_ms == first_call
    assert due(hall)[0].ticket == line[3]


def test_who_is_at_a_booth_is_not_asked() -> None:
    hall, line = crowded("b", "c")
    hall.serving(2, 1, hall.party(line[2]))
    assert asked(hall) == []


def test_who_has_a_reserved_place_is_not_asked() -> None:
    hall, line = crowded("b")
    hall.change("tickets", line[2], reserved=NOW + 120 * MINUTE)
    assert asked(hall) == []


def test_no_second_offer_while_one_stands() -> None:
    hall, line = crowded(*QUIET)
    hall.offer(line[2], "b")
    assert asked(hall) == []


def test_who_did_not_answer_is_asked_again_after_a_rest_and_for_something_else() -> None:
    hall, line = crowded("b", "c")
    rest = REST_MS // MINUTE
    hall.offer(line[2], "b", minutes=10 + rest - 1)
    assert asked(hall) == []
    hall.change("offers", 1, until=NOW - REST_MS)
    assert asked(hall) == [(line[2], "c")]


def test_who_keeps_the_place_is_never_asked_again_for_it() -> None:
    hall, line = crowded("b", "c")
    hall.offer(line[2], "b", OfferState.DECLINED, answer="keep", minutes=120, answered=119)
    assert asked(hall) == []
    hall.change("offers", 1, answer="not_now")
    assert asked(hall) == [(line[2], "c")]


def test_who_keeps_one_place_may_still_be_asked_for_another() -> None:
    hall, line = crowded("b", "c")
    hall.offer(line[2], "b", OfferState.DECLINED, answer="keep", minutes=120, answered=119)
    hall.serving(2, 1)
    for _ in range(3):
        hall.waiting("b")
    longer = hall.waiting("b", hall.party(line[2]))
    hall.booth("c")
    hall.booth("c")
    assert (longer, "c") in asked(hall)


def test_not_now_is_heard_for_ten_minutes() -> None:
    hall, line = crowded("b", "c")
    hall.offer(line[2], "b", OfferState.DECLINED, answer="not_now", minutes=11, answered=9.9)
    assert asked(hall) == []
    hall.change("offers", 1, answered_at=NOW - REST_MS)
    assert asked(hall) == [(line[2], "c")]


def test_the_same_queue_is_offered_once() -> None:
    hall, line = crowded("b")
    hall.offer(line[2], "b", OfferState.DECLINED, answer="not_now", minutes=60, answered=59)
    assert asked(hall) == []


@pytest.mark.parametrize("state", [State.FINISHED, State.CANCELLED, State.ABSENT, State.HELD])
def test_nobody_is_led_to_where_it_has_been(state: State) -> None:
    hall, line = crowded("b", "c")
    ticket = hall.waiting("b", hall.party(line[2]))
    hall.change("tickets", ticket, state=state)
    assert asked(hall) == [(line[2], "c")]


def test_nobody_is_led_to_a_queue_that_issues_no_tickets_or_has_no_booth() -> None:
    hall, line = crowded("b", "c", "d")
    hall.change("queues", "b", issuing=False)
    hall.change("booths", 3, state=BoothState.PAUSED)
    assert asked(hall) == [(line[2], "d")]


def test_nobody_is_led_to_a_talk_that_does_not_fit_the_day() -> None:
    hall, line = crowded("b")
    fits = model(*hall.board.queues, stop_at=NOW + CYCLE * MINUTE)
    assert asked(hall, fits) == [(line[2], "b")]
    assert asked(hall, replace(fits, stop_at=fits.stop_at - 1)) == []


def test_similar_interest_comes_first_and_others_after_it() -> None:
    hall, line = crowded("b", "c", waiting=4)
    near = model(*hall.board.queues, near={"a": frozenset({"c"})})
    assert asked(hall, near) == [(line[3], "c"), (line[2], "b")]


def test_of_similar_ones_the_quicker_in_steps_that_people_feel() -> None:
    hall, line = crowded("b", "c")
    hall.serving(2, 14)  # b: six minutes to go
    assert asked(hall) == [(line[2], "c")]
    hall.change("booths", 3, state=BoothState.CLOSED)
    assert asked(hall) == [(line[2], "b")]


def test_a_minute_more_or_less_is_no_reason_to_prefer_a_queue() -> None:
    hall, line = crowded("b", "c")
    hall.serving(3, 17)  # c: three minutes to go
    hall.offer(line[0], "b", OfferState.DECLINED, answer="keep", minutes=60, answered=59)
    assert asked(hall) == [(line[2], "c")]


def test_an_old_guide_offers_nothing() -> None:
    hall, line = crowded("b")
    what = model(*hall.board.queues)
    guide = guide_of(Calls(hall.board, what, NOW))
    fresh = what.offers.fresh_ms
    assert [p.ticket for p in offers_due(hall.board, guide, what, NOW + fresh)] == [line[2]]
    assert offers_due(hall.board, guide, what, NOW + fresh + 1) == []


def test_who_left_the_line_since_the_guide_was_made_is_not_asked() -> None:
    hall, line = crowded("b")
    what = model(*hall.board.queues)
    guide = guide_of(Calls(hall.board, what, NOW))
    hall.change("tickets", line[2], state=State.CANCELLED)
    assert offers_due(hall.board, guide, what, NOW) == []


# --- no herd ---


def test_who_waits_longest_is_asked_first() -> None:
    hall, line = crowded("b", waiting=6)
    assert asked(hall) == [(line[5], "b")]


def test_thirty_parties_and_four_quiet_queues_make_no_herd() -> None:
    hall, _ = crowded(*QUIET, waiting=30)
    for queue in ("c", "d", "d"):
        hall.booth(queue)
    offered = Counter(queue for _, queue in asked(hall))
    booths = Counter({"b": 1, "c": 2, "d": 3, "e": 1})
    assert offered == booths  # were all of them to accept, each would be called at once
    assert len({ticket for ticket, _ in asked(hall)}) == sum(offered.values())


def test_offers_that_stand_are_on_their_way() -> None:
    """Look after look, with nobody answering, no queue is offered to more parties than it can take."""
    hall, _ = crowded(*QUIET, waiting=30)
    for minute in range(8):
        for proposal in due(hall, now=NOW + minute * MINUTE):
            hall.offer(proposal.ticket, proposal.queue, minutes=-minute)
    assert Counter(offer.queue for offer in hall.board.offers.values()) == dict.fromkeys(QUIET, 1)


def test_who_accepted_after_the_guide_was_made_is_on_its_way() -> None:
    hall, line = crowded("b", "c", waiting=5)
    what = model(*hall.board.queues)
    guide = guide_of(Calls(hall.board, what, NOW))
    hall.offer(line[4], "b", OfferState.ACCEPTED, answer="move", answered=-0.1)
    hall.change("tickets", line[4], queue="b")
    later = offers_due(hall.board, guide, what, NOW + 10_000)
    assert [proposal.queue for proposal in later] == ["c"]


def test_one_booth_is_not_promised_to_those_who_come_and_those_who_are_led() -> None:
    """However old the guide that is looked at, loads come from the board: stale advice makes no herd."""
    hall, _ = crowded(*QUIET, waiting=30)
    what = with_offers(hall, fresh_ms=60 * MINUTE)
    guide = guide_of(Calls(hall.board, what, NOW))
    for minute in range(15):
        for proposal in offers_due(hall.board, guide, what, NOW + minute * MINUTE):
            hall.offer(proposal.ticket, proposal.queue, OfferState.ACCEPTED, answer="add", answered=-minute - 0.5)
    assert Counter(offer.queue for offer in hall.board.offers.values()) == dict.fromkeys(QUIET, 1)


# --- no favour ---


def a_day_of_offers(answers: list[str]) -> Counter[str]:
    """Count the offers of six hours in which forty parties wait for one queue and eleven others are idle at every look."""
    idle = tuple(f"m{i:02}" for i in range(11))
    hall, _ = crowded(*idle, waiting=40)
    made = 0
    for minute in range(0, 300, 3):
        for proposal in due(hall, model(*hall.board.queues), NOW + minute * MINUTE):
            answer = answers[made % len(answers)]
            made += 1
            state = OfferState.ACCEPTED if answer == "add" else OfferState.DECLINED
            hall.offer(proposal.ticket, proposal.queue, state, answer=answer, minutes=-minute, answered=-minute)
    return Counter(offer.queue for offer in hall.board.offers.values())


@pytest.mark.parametrize("answers", [["not_now"], ["keep", "not_now", "not_now"], ["add", "not_now"]])
def test_no_municipality_is_favoured(answers: list[str]) -> None:
    offered = a_day_of_offers(answers)
    assert len(offered) == 11
    assert min(offered.values()) >= 3
    assert max(offered.values()) - min(offered.values()) <= 2  # the same party is asked once only for the same queue


def test_whoever_was_offered_least_comes_first() -> None:
    hall, line = crowded("b", "c", "d")
    for party, queue in ((0, "b"), (1, "c"), (0, "c")):
        hall.offer(line[party], queue, OfferState.DECLINED, answer="keep", minutes=60, answered=59)
    assert asked(hall) == [(line[2], "d")]


def test_offers_of_one_look_take_turns() -> None:
    hall, line = crowded("b", "c", waiting=4)
    for queue in ("b", "b", "c", "c"):
        hall.booth(queue)
    assert asked(hall) == [(line[3], "b"), (line[2], "c")]


def test_every_process_offers_the_same() -> None:
    one, _ = crowded(*QUIET, waiting=20)
    other, _ = crowded(*QUIET, waiting=20)
    assert due(one) == due(other) != []
