"""Who is still expected: counted from the bookings that have no number yet, and from no others."""

from queue_rules import SLUG
from small_fair import Cards, Fair

SLOT = 1_900_000_000_000


async def test_parties_that_are_booked_and_have_not_come_are_counted_by_queue_and_slot(
    fair: Fair, cards: Cards
) -> None:
    assert await cards.store.booked(SLUG) == {}
    for _ in range(2):
        cards.book(("a", SLOT), ("b", SLOT + 1))
    cards.book(("a", SLOT), state="cancelled")
    cards.book(("a", SLOT), state="arrived")
    assert await cards.store.booked(SLUG) == {"a": {SLOT: 2}, "b": {SLOT + 1: 2}}
    card = await cards.booked(("a", SLOT))
    assert (await cards.store.booked(SLUG))["a"] == {SLOT: 3}
    await fair.do("issue", queues=["a"], card=card)
    assert (await cards.store.booked(SLUG))["a"] == {SLOT: 2}
