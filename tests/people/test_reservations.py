"""Reservations on a real Redis: made once, changed, cancelled, found, and never more than there are places."""

import asyncio
import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis

from future_fair import future_fair, noon_zone
from reservation_samples import reserved, visitor
from yobidashi.fair import Fair, load_fair
from yobidashi.people.form.answers import Wish
from yobidashi.people.form.consents import Author, standing
from yobidashi.people.keyring import Keyring
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.protection.rotation import Rotated, Rotation
from yobidashi.people.reservations.booking import BOOKINGS_MAX, BookingState
from yobidashi.people.reservations.reservation import Reservation
from yobidashi.people.reservations.reservations import Reservations, Wanted
from yobidashi.people.reservations.slots import Period
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline

Many = Callable[[Fair], Sequence[Reservations]]


def new_id() -> str:
    return secrets.token_hex(16)


@pytest.fixture(scope="session")
def future(tmp_path_factory: pytest.TempPathFactory) -> Fair:
    """A fair whose reservations are open."""
    return load_fair(future_fair(tmp_path_factory.mktemp("future"), sapporo=2, otaru=1))


@pytest_asyncio.fixture
async def book(people: PeopleStore, future: Fair) -> Reservations:
    """The reservations of that fair."""
    await people.make_vault(future.slug)
    return Reservations(people, {future.slug: future})


async def made(book: Reservations, fair: Fair, *wishes: Wish, command_id: str = "", **changes: Any) -> Reservation:
    form = reserved(fair, *wishes, **changes)
    return await book.book(fair.slug, form, command_id=command_id or new_id(), author=visitor())


def hash_of(redis_url: str, prefix: str, fair: Fair, name: str) -> dict[str, str]:
    with Redis.from_url(redis_url) as redis:
        found = redis.hgetall(PeopleKeys(prefix, fair.slug).named(name))
    return {key.decode(): value.decode("utf-8", "replace") for key, value in found.items()}


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


@pytest.mark.parametrize(
    ("days", "code", "period"),
    [
        ((1, 29), "reservations_not_open", Period.BEFORE),
        ((-3, -1), "reservations_closed", Period.CLOSED),
    ],
)
async def test_visitors_reserve_from_the_first_day_to_the_last_and_staff_until_the_fair(
    people: PeopleStore, tmp_path: Path, days: tuple[int, int], code: str, period: Period
) -> None:
    fair = load_fair(future_fair(tmp_path, opens=days[0], closes=days[1]))
    await people.make_vault(fair.slug)
    book = Reservations(people, {fair.slug: fair})
    assert (await book.slots(fair.slug)).period is period
    with pytest.raises(Refusal) as refused:
        await made(book, fair)
    assert refused.value.code == code
    assert fair.reservation is not None
    if code == "reservations_not_open":
        assert str(fair.reservation.opens) in refused.value.sentence("ja")
    by_staff = await book.book(
        fair.slug, reserved(fair), command_id=new_id(), author=Author(by="s02", at=visitor().at), by_staff=True
    )
    assert by_staff.made_by == "s02"


async def test_when_the_fair_is_over_nothing_can_be_booked_changed_or_cancelled(
    people: PeopleStore, tmp_path: Path, redis_url: str, prefix: str
) -> None:
    fair = load_fair(future_fair(tmp_path, days=-1, opens=-9, closes=-1))
    await people.make_vault(fair.slug)
    book = Reservations(people, {fair.slug: fair})
    for by_staff in (False, True):
        with pytest.raises(Refusal, match="reservations_closed"):
            await book.book(fair.slug, reserved(fair), command_id=new_id(), author=visitor(), by_staff=by_staff)
    tomorrow = load_fair(future_fair(tmp_path))
    mine = await made(Reservations(people, {fair.slug: tomorrow}), tomorrow)
    for act in (
        book.cancel(fair.slug, mine.id, command_id=new_id(), author=visitor()),
        book.change(fair.slug, mine.id, reserved(fair), command_id=new_id(), author=visitor()),
    ):
        with pytest.raises(Refusal, match="reservations_closed"):
            await act


async def test_a_slot_that_has_begun_is_not_booked(people: PeopleStore, tmp_path: Path) -> None:
    fair = load_fair(future_fair(tmp_path, days=0, opens=-1, closes=0, timezone=noon_zone()))
    fair = fair.model_copy(update={"opens": fair.opens.replace(0, 0), "closes": fair.closes.replace(23, 59)})
    await people.make_vault(fair.slug)
    book = Reservations(people, {fair.slug: fair})
    slots = await book.slots(fair.slug)
    begun = [slot for slot in fair.slots("sapporo") if slot <= slots.at]
    assert begun, "midnight is a slot"
    assert all(slots.places["sapporo"][slot] == 0 for slot in begun)
    with pytest.raises(Refusal, match="slot_over"):
        await made(book, fair, Wish("sapporo", begun[0]))


async def test_found_by_link_by_code_and_by_the_name_in_any_spelling(book: Reservations, future: Fair) -> None:
    slots = iter(future.slots("sapporo"))
    people = {"やまだ はなこ": "山田 花子", "やまもと じろう": "山本 次郎", "さとう たろう": "佐藤 太郎"}
    made_now = {
        kana: await made(book, future, Wish("sapporo", next(slots)), kana=kana, name=name)
        for kana, name in people.items()
    }

    async def kana_found(text: str) -> list[str]:
        return [each.kana for each in await book.find(future.slug, text)]

    assert await kana_found("やま") == ["やまだ はなこ", "やまもと じろう"]
    for text in ("ヤマダ", "ﾔﾏﾀﾞ", "やまだはな", "山田", "はなこ", "山田　花"):
        assert await kana_found(text) == ["やまだ はなこ"], text
    assert await kana_found("だ") == []
    assert await kana_found(" ") == []
    yamada = made_now["やまだ はなこ"]
    token = await book.token(future.slug, yamada.id)
    code = yamada.code
    for text in (
        token,
        f"https://fair.example/r/{token}",
        f"https://fair.example/fairs/x/r/{token}/",
        code,
        code.lower(),
        f"{code[:4]}-{code[4:]}",
    ):
        assert await kana_found(text) == ["やまだ はなこ"], text
    (summary,) = await book.find(future.slug, code)
    assert (summary.id, summary.persons, summary.wishes) == (yamada.id, (2, 1), yamada.wishes)
    await book.cancel(future.slug, yamada.id, command_id=new_id(), author=visitor())
    assert await kana_found("やまだ") == []
    assert await kana_found(code) == []
    assert [each.state for each in await book.find(future.slug, token)] == [BookingState.CANCELLED]


async def test_many_are_booked_together_or_not_at_all(book: Reservations, future: Fair) -> None:
    slot = future.slots("otaru")[0]
    good = Wanted(new_id(), reserved(future, Wish("sapporo", slot)))
    first, second = (Wanted(new_id(), reserved(future, Wish("otaru", slot))) for _ in range(2))
    wanted = [good, first, second]

    async def outcomes(mode: Any) -> list[tuple[bool, str | None]]:
        found = await book.book_many(future.slug, wanted, mode, author=visitor(), by_staff=True)
        return [(each.made, each.refusal.code if each.refusal else None) for each in found]

    expected = [(True, None), (True, None), (False, "slot_full")]
    assert await outcomes("check") == expected
    assert await outcomes("all") == expected
    assert await book.bookings(future.slug) == {}
    assert await outcomes("good") == expected
    assert len(await book.all(future.slug)) == 2
    assert await outcomes("good") == [(False, None), (False, None), (False, "slot_full")]  # they are there
    assert len(await book.bookings(future.slug)) == 2


async def test_a_code_that_is_taken_is_made_anew(
    book: Reservations, future: Fair, people: PeopleStore, redis_url: str, prefix: str
) -> None:
    command_id = new_id()
    mine = await made(book, future, command_id=command_id)
    link = (await people.vault(future.slug)).id_for("code", mine.code)
    with Redis.from_url(redis_url) as redis:
        keys = PeopleKeys(prefix, future.slug)
        for name in ("records", "bookings", "links", "slots"):
            redis.delete(keys.named(name))
        redis.hset(keys.named("links"), link, "reservation:another")
    again = await made(book, future, command_id=command_id)
    assert again.id == mine.id
    assert again.code != mine.code
    assert await book.by_code(future.slug, again.code) == mine.id


async def test_a_fair_takes_only_so_many_bookings(
    book: Reservations, future: Fair, redis_url: str, prefix: str
) -> None:
    with Redis.from_url(redis_url) as redis:
        key = PeopleKeys(prefix, future.slug).named("bookings")
        redis.hset(key, mapping={f"filler{n}": "{}" for n in range(BOOKINGS_MAX - 1)})
    wanted = [Wanted(new_id(), reserved(future)) for _ in range(2)]
    outcomes = await book.book_many(future.slug, wanted, "good", author=visitor(), by_staff=True)
    assert outcomes[0].made
    assert outcomes[1].refusal is not None
    assert (outcomes[1].refusal.code, outcomes[1].refusal.detail["limit"]) == ("people_full", BOOKINGS_MAX)


async def test_keys_are_replaced_while_people_book_and_change(
    book: Reservations, future: Fair, people: PeopleStore
) -> None:
    slots = future.slots("bus")
    mine = [await made(book, future, Wish("bus", slot)) for slot in slots[:6]]

    async def change(reservation: Reservation) -> None:
        for persons in range(1, 9):
            form = reserved(future, *reservation.wishes, adults=persons)
            await book.change(future.slug, reservation.id, form, command_id=new_id(), author=visitor())

    async def rotate() -> list[Rotated]:
        return [progress async for progress in Rotation(people).run(future.slug)]

    async with asyncio.TaskGroup() as group:
        rotating = group.create_task(rotate())
        for each in mine:
            group.create_task(change(each))
    assert rotating.result()[-1].finished
    assert [each.persons.adults for each in await book.read_many(future.slug, [each.id for each in mine])] == [8] * 6
    assert await book.by_code(future.slug, mine[0].code) == mine[0].id


SLOTS = 3
QUEUES = ("sapporo", "otaru", "bus")
wishes = st.lists(
    st.tuples(st.sampled_from(QUEUES), st.integers(0, SLOTS - 1)),
    min_size=1,
    max_size=2,
    unique_by=(lambda wish: wish[0], lambda wish: wish[1]),
)
acts: st.SearchStrategy[tuple[str, int, Any]] = st.one_of(
    st.tuples(st.just("book"), st.just(0), wishes),
    st.tuples(st.just("change"), st.integers(0, 9), wishes),
    st.tuples(st.just("cancel"), st.integers(0, 9), st.just([])),
)


@pytest_asyncio.fixture(scope="session")
async def several(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Stores of four processes on one Redis and one key, under a new prefix each time."""
    keyring = Keyring(tmp_path_factory.mktemp("keys"))
    async with AsyncExitStack() as stack:
        lines = [Pipeline(masters.connect(redis_url)) for _ in range(4)]
        for line in lines:
            stack.push_async_callback(line.close)
        yield lambda prefix: [PeopleStore(line, prefix, keyring) for line in lines]


@given(st.lists(st.lists(acts, min_size=1, max_size=8), min_size=4, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_slot_is_ever_overbooked_whoever_comes_when(
    several: Callable[[str], list[PeopleStore]], future: Fair, redis_url: str, plans: list[list[tuple[str, int, Any]]]
) -> None:
    prefix = f"t{secrets.token_hex(6)}"
    stores = several(prefix)
    await stores[0].make_vault(future.slug)
    ids: list[str] = []

    async def live(store: PeopleStore, plan: list[tuple[str, int, Any]]) -> None:
        book = Reservations(store, {future.slug: future})
        for act, which, wished in plan:
            form = reserved(future, *(Wish(queue, future.slots(queue)[slot]) for queue, slot in wished))
            said: Any = {"command_id": new_id(), "author": visitor()}
            try:
                if act == "book":
                    ids.append((await book.book(future.slug, form, **said)).id)
                elif ids and act == "change":
                    await book.change(future.slug, ids[which % len(ids)], form, **said)
                elif ids:
                    await book.cancel(future.slug, ids[which % len(ids)], **said)
            except Refusal as refusal:
                assert refusal.code in {"slot_full", "reservation_cancelled"}, refusal

    await asyncio.gather(*(live(store, plan) for store, plan in zip(stores, plans, strict=True)))

    book = Reservations(stores[0], {future.slug: future})
    every = await book.all(future.slug)
    assert {each.id for each in every} == set(ids)
    counted: dict[str, int] = {}
    for each in every:
        assert each.booking is not None
        assert each.wishes == each.booking.wishes
        assert each.persons == each.booking.persons
        for wish in each.wishes if each.state is BookingState.BOOKED else ():
            field = f"{wish.queue}@{wish.slot}"
            counted[field] = counted.get(field, 0) + 1
            assert counted[field] <= future.slot_capacity(wish.queue)
    stored = hash_of(redis_url, prefix, future, "slots")
    assert {field: int(count) for field, count in stored.items()} == counted
