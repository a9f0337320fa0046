"""Cards: no number without one where the fair asks for it, one party a card, and its booking arrives with it."""

from typing import Any

import pytest

from queue_rules import SLUG, rules
from small_fair import Cards, Fair, party, ticket
from yobidashi.live.journal import Journal
from yobidashi.queue.errors import Refusal
from yobidashi.queue.keys import CARDS_MAX
from yobidashi.queue.store import Store

AT = 1_000_000_000
GRACE = 600_000
SLOT = AT + 3_600_000
UNKNOWN = "A" * 22


async def test_where_cards_are_needed_nobody_gets_a_number_without_one(
    store: Store, journal: Journal, cards: Cards
) -> None:
    await store.found(SLUG, rules(cards_needed=True))
    fair = Fair(store, journal)
    assert (await fair.refused("issue", size=1, queues=["a"])).code == "card_needed"
    assert (await fair.refused("issue", card=UNKNOWN, queues=["a"])).code == "unknown_card"
    issued = await fair.do("issue", card=await cards.enter(), queues=["a"])
    assert ticket(await fair.do("issue", party=party(issued).id, queues=["b"])).number == "1"


async def test_the_persons_come_from_the_card_unless_they_are_said(fair: Fair, cards: Cards) -> None:
    row = party(await fair.do("issue", card=await cards.enter(adults=2, children=3), queues=["a"]))
    assert (row.size, row.children, row.inside) == (5, 3, 5)
    row = party(await fair.do("issue", card=await cards.enter(adults=2, children=3), size=2, queues=["a"]))
    assert (row.size, row.children, row.inside) == (2, 2, 2)
    row = party(await fair.do("issue", card=await cards.enter(adults=2), size=3, children=1, queues=["a"]))
    assert (row.size, row.children, row.inside) == (3, 1, 3)


async def test_a_card_has_one_party(fair: Fair, cards: Cards) -> None:
    card = await cards.enter()
    issued = await fair.do("issue", card=card, queues=["a"])
    assert (cards.card(card)["party"], cards.holder(1)) == (party(issued).id, card)
    refusal = await fair.refused("issue", card=card, queues=["b"])
    assert (refusal.code, refusal.detail) == ("card_used", {"party": 1, "number": "1"})
    assert card not in refusal.sentence("en")


async def test_a_used_card_is_told_by_a_ticket_where_each_queue_has_its_series(
    store: Store, journal: Journal, cards: Cards
) -> None:
    await store.found(SLUG, rules(series="queue"))
    fair = Fair(store, journal)
    card = await cards.enter()
    await fair.do("issue", card=card, queues=["b", "a"])
    assert (await fair.refused("issue", card=card, queues=["c"])).detail["number"] == "B1"


async def test_a_card_is_entered_again_only_as_it_was_once_it_has_its_party(fair: Fair, cards: Cards) -> None:
    card = await cards.enter(adults=1)
    await fair.store.enter_card(SLUG, card, 2, 1)  # corrected before the number
    assert party(await fair.do("issue", card=card, queues=["a"])).size == 3
    await fair.store.enter_card(SLUG, card, 2, 1)  # the same again: a retry
    assert cards.card(card)["party"] == 1
    with pytest.raises(Refusal) as caught:
        await fair.store.enter_card(SLUG, card, 2, 2)
    assert (caught.value.code, caught.value.detail) == ("card_used", {"party": 1, "number": "1"})


@pytest.mark.parametrize(("adults", "children"), [(0, 0), (-1, 2), (2, -1), (20, 1)])
async def test_a_card_of_nobody_or_of_a_crowd_is_not_one(fair: Fair, cards: Cards, adults: int, children: int) -> None:
    with pytest.raises(ValueError, match="expected 1 to 20 persons"):
        await cards.enter(adults, children)


async def test_there_is_an_end_to_cards(fair: Fair, cards: Cards) -> None:
    mapping: dict[Any, Any] = {f"{n:022}": '{"adults":1,"children":0}' for n in range(CARDS_MAX)}
    cards.redis.hset(cards.keys.named("cards"), mapping=mapping)
    with pytest.raises(Refusal, match="people_full"):
        await cards.enter()
    await fair.store.enter_card(SLUG, f"{0:022}", 2, 0)  # one that stands may still be corrected


async def test_a_booking_arrives_with_its_party(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    booking = cards.book(("a", SLOT))
    event = await fair.do("issue", card=await cards.enter(booking=booking), queues=["a", "b"])
    assert [row.reserved for row in (ticket(event, 0), ticket(event, 1))] == [SLOT, None]
    assert ticket(event).place == AT
    assert cards.booking(booking)["state"] == "arrived"
    assert cards.reserved() == [("a", SLOT, 1)]


async def test_the_grace_lasts_to_its_last_millisecond(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=SLOT + GRACE, rate=0)
    assert ticket(await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"])).reserved == SLOT
    await fair.do("set-clock", at=SLOT + GRACE + 1, rate=0)
    assert ticket(await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"])).reserved is None


async def test_who_comes_late_is_at_the_head_of_the_walk_ins(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    await fair.do("issue", size=1, queues=["a"])  # 1 walks in
    await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"])  # 2 is in time
    await fair.do("issue", size=1, queues=["a"])  # 3 walks in
    await fair.do("set-clock", at=SLOT + GRACE + 1, rate=0)
    late = ticket(await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"]))
    assert late.reserved is None
    board = await fair.board()
    assert [t.id for t in board.line("a", SLOT + GRACE + 1, 2)] == [2, 4, 1, 3]


async def test_who_comes_late_to_an_empty_queue_has_its_time_of_arrival(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=SLOT + GRACE + 1, rate=0)
    late = ticket(await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"]))
    assert (late.place, late.reserved) == (SLOT + GRACE + 1, None)


async def test_of_two_slots_in_one_queue_the_first_that_can_be_kept_counts(fair: Fair, cards: Cards) -> None:
    wishes = (("a", SLOT + 3_600_000), ("a", SLOT), ("b", SLOT))
    await fair.do("set-clock", at=AT, rate=0)
    event = await fair.do("issue", card=await cards.booked(*wishes), queues=["a"])
    assert ticket(event).reserved == SLOT
    await fair.do("set-clock", at=SLOT + GRACE + 1, rate=0)
    event = await fair.do("issue", card=await cards.booked(*wishes), queues=["a"])
    assert ticket(event).reserved == SLOT + 3_600_000


async def test_a_queue_added_later_is_reserved_too_but_only_for_one_talk(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    issued = await fair.do("issue", card=await cards.booked(("a", SLOT), ("b", SLOT)), queues=["a"])
    assert ticket(await fair.do("issue", party=party(issued).id, queues=["b"])).reserved == SLOT
    await fair.do("call-next", booth=1)
    await fair.do("start", booth=1)
    await fair.do("finish", booth=1)
    assert ticket(await fair.do("issue", party=party(issued).id, queues=["a"])).reserved is None
    await fair.do("cancel", ticket=2, reason="other")
    assert ticket(await fair.do("issue", party=party(issued).id, queues=["b"])).reserved == SLOT


@pytest.mark.parametrize("state", ["cancelled", "arrived"])
async def test_a_booking_that_is_over_reserves_nothing(fair: Fair, cards: Cards, state: str) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    booking = cards.book(("a", SLOT), ("b", SLOT), state=state)
    card = await cards.enter(booking=booking)
    issued = await fair.do("issue", card=card, queues=["a"])
    assert ticket(issued).reserved is None
    assert cards.booking(booking)["state"] == state
    assert ticket(await fair.do("issue", party=party(issued).id, queues=["b"])).reserved is None
    await fair.store.enter_card(SLUG, card, 1, 0, booking)  # a retry of the entry is still harmless


async def test_a_card_whose_booking_is_gone_walks_in(fair: Fair, cards: Cards) -> None:
    card = await cards.enter(booking=UNKNOWN)
    assert ticket(await fair.do("issue", card=card, queues=["a"])).reserved is None


async def test_a_refused_issue_uses_no_card_and_no_booking(fair: Fair, cards: Cards) -> None:
    booking = cards.book(("a", SLOT))
    card = await cards.enter(booking=booking)
    await fair.do("stop-issuing", queue="b")
    assert (await fair.refused("issue", card=card, queues=["a", "b"])).code == "issuing_stopped"
    assert (await fair.refused("issue", card=card, queues=["a", "nowhere"])).code == "unknown_queue"
    assert (cards.booking(booking)["state"], "party" in cards.card(card)) == ("booked", False)


async def test_an_undone_issue_leaves_the_card_with_its_number(fair: Fair, cards: Cards) -> None:
    card = await cards.enter()
    issued = await fair.do("issue", card=card, queues=["a"])
    await fair.do("undo", offset=issued.offset)
    assert (await fair.refused("issue", card=card, queues=["a"])).detail["party"] == party(issued).id
    assert ticket(await fair.do("issue", party=party(issued).id, queues=["a"])).number == "1"


async def test_a_reset_forgets_cards_and_bookings(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"])
    await fair.do("reset")
    names = ("cards", "holders", "bookings", "reserved")
    assert not cards.redis.exists(*(cards.keys.named(name) for name in names))


async def test_persons_counted_anew_leave_who_was_out_outside(fair: Fair) -> None:
    issued = await fair.do("issue", size=3, children=2, queues=["a"])
    await fair.do("exit", party=1, persons=1)
    row = party(await fair.do("issue", party=party(issued).id, size=4, queues=["b"]))
    assert (row.size, row.children, row.inside) == (4, 2, 3)
    row = party(await fair.do("issue", party=party(issued).id, size=1, children=1, queues=["c"]))
    assert (row.size, row.children, row.inside) == (1, 1, 0)
