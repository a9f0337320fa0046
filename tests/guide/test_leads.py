"""Where the floor manager may lead a waiting party by hand: the rules of an offer, with what to choose from, or why not."""

from dataclasses import replace
from typing import Any

from waiting_hall import MINUTE, NOW, WaitingHall, guided, model
from yobidashi.guide.offers import LEADS_MAX, Lead, leads_in, offers_due
from yobidashi.queue.tickets import OfferState


def crowded(*quiet: str, waiting: int = 4) -> tuple[WaitingHall, list[int]]:
    """Give a hall where a long line waits in ``a``, behind a talk of ten minutes, and booths of other queues are idle."""
    hall = WaitingHall("a", *quiet)
    hall.serving(hall.booth("a"), 10)
    for queue in quiet:
        hall.booth(queue)
    return hall, [hall.waiting("a") for _ in range(waiting)]


def leads(hall: WaitingHall, now: int = NOW) -> dict[int, Lead]:
    what = model(*hall.board.queues)
    return {lead.ticket: lead for lead in leads_in(hall.board, guided(hall), what, now, "a")}


def why(hall: WaitingHall, ticket: int) -> str | None:
    return leads(hall)[ticket].why


def test_the_first_to_choose_is_where_the_house_itself_would_lead() -> None:
    hall, line = crowded("b", "c", "d", "e")
    what = model(*hall.board.queues)
    first = offers_due(hall.board, guided(hall), what, NOW)[0]
    lead = leads(hall)[first.ticket]
    assert first.ticket == line[3]
    assert lead.why is None
    assert lead.to[0] == (first.queue, first.saves_ms)
    assert [queue for queue, _ in lead.to] == ["b", "c", "d"]
    assert len(lead.to) == LEADS_MAX


def test_every_waiting_ticket_of_the_queue_is_told_and_no_other() -> None:
    hall, line = crowded("b")
    hall.waiting("b")
    assert list(leads(hall)) == line


def test_whose_turn_comes_soon_is_left_alone() -> None:
    hall, line = crowded("b")
    assert [why(hall, ticket) for ticket in line] == ["near_front", "near_front", None, None]


def test_who_is_at_another_booth_or_has_a_slot_is_left_alone() -> None:
    hall, line = crowded("b", waiting=3)
    other = hall.board.tickets[line[2]].party
    hall.serving(2, 1, other)
    reserved = hall.waiting("a", reserved=200)
    assert why(hall, line[2]) == "elsewhere"
    assert why(hall, reserved) == "reserved"


def test_where_nothing_is_quieter_by_enough_nobody_is_led() -> None:
    hall, line = crowded("b")
    hall.serving(2, 0)
    assert why(hall, line[3]) == "nowhere"


def test_a_short_wait_needs_no_advice() -> None:
    hall, line = crowded("b", waiting=3)
    for _ in range(4):
        hall.booth("a")
    hall.change("booths", 1, since=NOW)
    what = replace(model("a", "b"), offers=replace(model("a", "b").offers, not_within=0))
    told = leads_in(hall.board, guided(hall), what, NOW, "a")
    assert {lead.why for lead in told} == {"short_wait"}
    assert len(told) == len(line)


def test_who_has_an_offer_or_has_answered_one_is_not_asked_again() -> None:
    answers: tuple[dict[str, Any], ...] = (
        {},
        {"state": OfferState.DECLINED, "answer": "not_now", "answered": 1},
        {"state": OfferState.DECLINED, "answer": "keep", "answered": 30},
    )
    for answer in answers:
        hall, line = crowded("b", "c")
        hall.offer(line[3], "b", minutes=40 if answer.get("answer") == "keep" else 1, **answer)
        assert why(hall, line[3]) == "asked_before", answer


def test_an_offer_that_was_taken_back_stands_in_nobodys_way() -> None:
    hall, line = crowded("b")
    hall.offer(line[3], "b", OfferState.DECLINED, answered=1)
    assert [queue for queue, _ in leads(hall)[line[3]].to] == ["b"]


def test_an_old_guide_leads_nowhere() -> None:
    hall, _ = crowded("b")
    assert {lead.why for lead in leads(hall, NOW + MINUTE).values()} == {"old"}
