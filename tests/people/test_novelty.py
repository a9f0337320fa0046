"""The gift for those who reserved: once a booking, never more than there are, whoever hands it at the same moment."""

import asyncio
import json
import secrets
from pathlib import Path

import pytest
import pytest_asyncio
from redis import Redis

from future_fair import future_fair
from reservation_samples import reserved, visitor
from yobidashi.fair import Fair, load_fair
from yobidashi.people.form.answers import Wish
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.reservations.novelty import Novelty
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

STOCK = 2


def new_id() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def future(tmp_path: Path) -> Fair:
    fair = load_fair(future_fair(tmp_path))
    assert fair.novelty is not None
    return fair.model_copy(update={"novelty": fair.novelty.model_copy(update={"stock": STOCK})})


@pytest_asyncio.fixture
async def gifts(people: PeopleStore, future: Fair) -> Novelty:
    await people.make_vault(future.slug)
    return Novelty(people, {future.slug: future})


async def booked(
    people: PeopleStore, fair: Fair, redis_url: str, prefix: str, *, nth: int, state: str = "arrived"
) -> str:
    """Book, and let the party arrive as the queue's `issue` writes it."""
    slot = fair.slots("sapporo")[nth]
    made = await Reservations(people, {fair.slug: fair}).book(
        fair.slug, reserved(fair, Wish("sapporo", slot)), command_id=new_id(), author=visitor()
    )
    with Redis.from_url(redis_url) as redis:
        key = PeopleKeys(prefix, fair.slug).named("bookings")
        stands = redis.hget(key, made.id)
        assert isinstance(stands, bytes)
        redis.hset(key, made.id, json.dumps(json.loads(stands) | {"state": state}))
    return made.id


async def test_a_gift_is_handed_once_and_the_stock_is_told(
    gifts: Novelty, people: PeopleStore, future: Fair, redis_url: str, prefix: str
) -> None:
    slug, booking = future.slug, await booked(people, future, redis_url, prefix, nth=0)
    assert await gifts.left(slug) == STOCK
    command_id = new_id()
    handed = await gifts.hand(slug, booking, command_id)
    assert handed.handed is not None
    assert handed.left == STOCK - 1
    assert await gifts.hand(slug, booking, command_id) == handed
    with pytest.raises(Refusal) as given:
        await gifts.hand(slug, booking, new_id())
    assert given.value.code == "novelty_given"
    assert ":" in given.value.detail["time"]
    assert await gifts.left(slug) == STOCK - 1


async def test_it_is_taken_back_within_the_time_of_undoing(
    gifts: Novelty, people: PeopleStore, future: Fair, redis_url: str, prefix: str
) -> None:
    slug, booking = future.slug, await booked(people, future, redis_url, prefix, nth=0)
    with pytest.raises(Refusal, match="novelty_not_given"):
        await gifts.take_back(slug, booking, new_id())
    await gifts.hand(slug, booking, new_id())
    back = await gifts.take_back(slug, booking, new_id())
    assert (back.handed, back.left) == (None, STOCK)
    assert (await gifts.hand(slug, booking, new_id())).left == STOCK - 1
    hurried = future.model_copy(update={"tickets": future.tickets.model_copy(update={"undo_s": 0})})
    late = Novelty(people, {slug: hurried})
    with pytest.raises(Refusal, match="undo_too_late"):
        while True:  # within the same millisecond it is not too late yet
            await late.take_back(slug, booking, new_id())
            await gifts.hand(slug, booking, new_id())


async def test_only_who_has_come_gets_one(
    gifts: Novelty, people: PeopleStore, future: Fair, redis_url: str, prefix: str
) -> None:
    for nth, (state, code) in enumerate({"booked": "not_arrived", "cancelled": "reservation_cancelled"}.items()):
        booking = await booked(people, future, redis_url, prefix, nth=nth, state=state)
        with pytest.raises(Refusal, match=code):
            await gifts.hand(future.slug, booking, new_id())
    with pytest.raises(Refusal, match="unknown_reservation"):
        await gifts.hand(future.slug, "A" * 22, new_id())


async def test_never_more_are_handed_than_there_are(
    gifts: Novelty, people: PeopleStore, future: Fair, redis_url: str, prefix: str
) -> None:
    bookings = [await booked(people, future, redis_url, prefix, nth=nth) for nth in range(STOCK + 2)]
    tries = [gifts.hand(future.slug, booking, new_id()) for booking in bookings * 2]
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(each, BaseException) for each in found) == STOCK
    assert {each.code for each in found if isinstance(each, Refusal)} == {"novelty_out", "novelty_given"}
    assert await gifts.left(future.slug) == 0


async def test_a_fair_without_a_gift_says_so(people: PeopleStore, future: Fair) -> None:
    none = Novelty(people, {future.slug: future.model_copy(update={"novelty": None})})
    with pytest.raises(Refusal, match="no_novelty"):
        await none.left(future.slug)
