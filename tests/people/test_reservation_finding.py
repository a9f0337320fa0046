"""Reservations are found by link, code and name; many are made together or none, and no more than a fair takes."""

from typing import Any

from redis import Redis

from reservation_samples import made, new_id, reserved, visitor
from yobidashi.fair import Fair
from yobidashi.people.form.answers import Wish
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.reservations.booking import BOOKINGS_MAX, BookingState
from yobidashi.people.reservations.reservations import Reservations, Wanted
from yobidashi.people.store import PeopleStore


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
