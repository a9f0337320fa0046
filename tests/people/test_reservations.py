"""Reservations on a real Redis: made once, changed, cancelled; the queue knows their places and nothing personal stands in the open."""

import asyncio
import json

import pytest
from redis import Redis

from reservation_samples import hash_of, made, new_id, reserved, visitor
from yobidashi.fair import Fair
from yobidashi.people.form.answers import Wish
from yobidashi.people.form.consents import Author, standing
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.reservations.booking import BookingState
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.queue.errors import Refusal


async def test_a_reservation_holds_what_was_written_and_the_queue_knows_its_places(
    book: Reservations, future: Fair, redis_url: str, prefix: str
) -> None:
    wishes = Wish("sapporo", future.slots("sapporo")[0]), Wish("bus", future.slots("bus")[4])
    found = await made(book, future, *wishes, online=True, needs=["stroller"])
    assert found.answers["name"] == "見本 太郎"
    assert found.wishes == wishes
    assert (found.form, found.privacy, found.made_by) == ("2025-12-01", "2025-12-01", "visitor")
    assert {key: each.given for key, each in standing(found.consents).items()} == {"city": True, "furusato": False}
    assert await book.read(future.slug, found.id) == found
    assert hash_of(redis_url, prefix, future, "slots") == {f"{wish.queue}@{wish.slot}": "1" for wish in wishes}
    stored = json.loads(hash_of(redis_url, prefix, future, "bookings")[found.id])
    assert stored == {
        "wishes": [wish._asdict() for wish in wishes],
        "adults": 2,
        "children": 1,
        "state": "booked",
        "rev": 1,
    }


async def test_nothing_personal_stands_in_redis(book: Reservations, future: Fair, redis_url: str, prefix: str) -> None:
    secret = {
        "name": "見本 canary-7f31",
        "kana": "みほん かなりや",
        "mail": "canary@example.jp",
        "phone": "09012345678",
        "content": "かなりやの相談",
    }
    found = await made(book, future, **secret)
    await book.change(future.slug, found.id, reserved(future, **secret), command_id=new_id(), author=visitor())
    token = await book.token(future.slug, found.id)
    seen = 0
    with Redis.from_url(redis_url) as redis:
        for key in redis.scan_iter(f"{prefix}:*"):
            kind = redis.type(key)
            assert kind == b"hash", key
            raw = b"".join((key, *(part for pair in redis.hgetall(key).items() for part in pair)))
            seen += len(raw)
            for word in (*secret.values(), "chiba", "30s", "housing", token, found.code, "2025-12-01"):
                assert word.encode() not in raw, (key, word)
    assert seen > 500


async def test_the_same_command_books_once(book: Reservations, future: Fair, redis_url: str, prefix: str) -> None:
    command_id = new_id()
    first = await made(book, future, command_id=command_id)
    again = await asyncio.gather(*(made(book, future, command_id=command_id) for _ in range(5)))
    assert [each.id for each in again] == [first.id] * 5
    assert all(each == first for each in again)
    assert set(hash_of(redis_url, prefix, future, "slots").values()) == {"1"}


async def test_a_command_that_says_something_else_books_nothing(
    book: Reservations, future: Fair, redis_url: str, prefix: str
) -> None:
    command_id = new_id()
    first = await made(book, future, command_id=command_id)
    with pytest.raises(Refusal, match="command_id_reused"):
        await made(book, future, command_id=command_id, name="見本 次郎")
    assert await book.read(future.slug, first.id) == first
    assert set(hash_of(redis_url, prefix, future, "slots").values()) == {"1"}


async def test_a_full_slot_is_refused_with_its_words(book: Reservations, future: Fair) -> None:
    slot = future.slots("otaru")[3]
    await made(book, future, Wish("otaru", slot))
    with pytest.raises(Refusal) as full:
        await made(book, future, Wish("sapporo", future.slots("sapporo")[0]), Wish("otaru", slot))
    assert full.value.code == "slot_full"
    assert full.value.detail == {
        "wish": 1,
        "queue": "otaru",
        "slot": slot,
        "queue_name": "小樽市",
        "queue_english": "Otaru",
        "time": "12:00",
    }
    left = (await book.slots(future.slug)).places
    assert (left["otaru"][slot], left["sapporo"][future.slots("sapporo")[0]]) == (0, 2)  # nothing of it was taken


async def test_a_change_takes_and_gives_back_in_one_step(book: Reservations, future: Fair) -> None:
    first, second, third = future.slots("otaru")[:3]
    mine = await made(book, future, Wish("otaru", first))
    await made(book, future, Wish("otaru", second))
    with pytest.raises(Refusal, match="slot_full"):
        await book.change(
            future.slug, mine.id, reserved(future, Wish("otaru", second)), command_id=new_id(), author=visitor()
        )
    assert (await book.read(future.slug, mine.id)).wishes == mine.wishes
    wishes = Wish("sapporo", first), Wish("otaru", third)
    moved = await book.change(
        future.slug, mine.id, reserved(future, *wishes, name="見本 花子"), command_id=new_id(), author=visitor()
    )
    assert (moved.wishes, moved.answers["name"], moved.code) == (wishes, "見本 花子", mine.code)
    left = (await book.slots(future.slug)).places
    assert [left["otaru"][slot] for slot in (first, second, third)] == [1, 0, 0]
    assert left["sapporo"][first] == 1


async def test_a_change_that_keeps_its_full_slot_keeps_it(book: Reservations, future: Fair) -> None:
    wish = Wish("otaru", future.slots("otaru")[0])
    mine = await made(book, future, wish)
    changed = await book.change(
        future.slug, mine.id, reserved(future, wish, adults=4), command_id=new_id(), author=visitor()
    )
    assert changed.persons.adults == 4
    assert (await book.slots(future.slug)).places["otaru"][wish.slot] == 0


async def test_cancelling_frees_the_place_and_takes_the_answers_away(
    book: Reservations, future: Fair, redis_url: str, prefix: str
) -> None:
    mine = await made(book, future)
    command_id = new_id()
    gone = await book.cancel(future.slug, mine.id, command_id=command_id, author=visitor())
    assert (gone.state, gone.answers) == (BookingState.CANCELLED, {})
    assert [each.consent for each in gone.consents] == ["city", "furusato"]
    assert await book.cancel(future.slug, mine.id, command_id=command_id, author=visitor()) == gone
    assert hash_of(redis_url, prefix, future, "slots") == {}
    assert await book.by_code(future.slug, mine.code) is None
    for act in (
        book.cancel(future.slug, mine.id, command_id=new_id(), author=visitor()),
        book.change(future.slug, mine.id, reserved(future), command_id=new_id(), author=visitor()),
    ):
        with pytest.raises(Refusal, match="reservation_cancelled"):
            await act


async def test_after_arrival_nothing_is_changed_but_a_consent(
    book: Reservations, future: Fair, redis_url: str, prefix: str
) -> None:
    mine = await made(book, future)
    arrive(redis_url, prefix, future, mine.id)
    for act in (
        book.cancel(future.slug, mine.id, command_id=new_id(), author=visitor()),
        book.change(future.slug, mine.id, reserved(future), command_id=new_id(), author=visitor()),
    ):
        with pytest.raises(Refusal, match="reservation_arrived"):
            await act
    author = Author(by="s07", at=visitor().at + 1, device="d1")
    after = await book.withdraw(future.slug, mine.id, "city", command_id=new_id(), author=author, why="ご本人の申し出")
    assert after.state is BookingState.ARRIVED
    assert not standing(after.consents)["city"].given
    assert [(each.consent, each.given) for each in after.consents] == [
        ("city", True),
        ("furusato", False),
        ("city", False),
    ]
    assert after.consents[-1].why == "ご本人の申し出"


def arrive(redis_url: str, prefix: str, fair: Fair, booking_id: str) -> None:
    """Let the party arrive, as the queue's `issue` writes it."""
    with Redis.from_url(redis_url) as redis:
        key = PeopleKeys(prefix, fair.slug).named("bookings")
        stands = redis.hget(key, booking_id)
        assert isinstance(stands, bytes)
        redis.hset(key, booking_id, json.dumps(json.loads(stands) | {"state": "arrived"}))
