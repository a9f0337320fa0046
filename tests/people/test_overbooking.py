"""Whoever books, changes and cancels at once, and while keys are replaced: no slot is given twice."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reservation_samples import hash_of, made, new_id, reserved, visitor
from yobidashi.fair import Fair
from yobidashi.people.form.answers import Wish
from yobidashi.people.keyring import Keyring
from yobidashi.people.protection.rotation import Rotated, Rotation
from yobidashi.people.reservations.booking import BookingState
from yobidashi.people.reservations.reservation import Reservation
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline

Many = Callable[[Fair], Sequence[Reservations]]


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
