"""Reception cards on a real Redis: sealed, complete, written once, found again, withdrawn from, and swept away."""

import asyncio
import secrets
import time
from collections.abc import Callable

import pytest
from redis import Redis

from card_samples import filled
from yobidashi.fair import Fair
from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.people.cards import cards as cards_module
from yobidashi.people.cards.card import Card, Source
from yobidashi.people.cards.cards import KEPT_MS, Cards
from yobidashi.people.desk_code import typed_code
from yobidashi.people.form.consents import Author, standing
from yobidashi.people.store import PeopleStore
from yobidashi.queue.commands.tickets import Issue
from yobidashi.queue.errors import Refusal
from yobidashi.queue.store import Store


def now() -> int:
    return int(time.time() * 1000)


def new_id() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def desk(people: PeopleStore, audit: Audit, sample: Fair) -> Cards:
    """The cards of the sample fair; `desk` because `cards` are those of the small fair."""
    return Cards(people, audit, {sample.slug: sample})


async def entered(desk: Cards, fair: Fair, command_id: str = "", at: int = 0, **changes: object) -> Card:
    """Enter a card as a visitor does on a phone."""
    author = Author(by="visitor", at=at or now())
    form = filled(fair, **changes)
    return await desk.enter(fair.slug, form, command_id=command_id or new_id(), source=Source.PHONE, author=author)


async def issued(store: Store, fair: Fair, card_id: str) -> int:
    """Issue a number for a card, as the reception does; give the party."""
    await store.found(fair.slug, fair.rules(demonstration=False))
    event = await store.run(fair.slug, Issue(command_id=new_id(), card=card_id, queues=(fair.queues[0].id,)))
    (party,) = event.changes["parties"]
    return int(party.id)


async def test_a_card_holds_what_was_written_and_is_known_to_the_queue(desk: Cards, sample: Fair) -> None:
    card = await entered(desk, sample)
    assert card.answers["name"] == "見本 太郎"
    assert card.persons == (2, 1)
    assert {key: each.given for key, each in standing(card.consents).items()} == {"city": True, "furusato": False}
    assert [each.version for each in card.consents] == [each.version for each in sample.consents]
    facts = await desk.facts(sample.slug, [card.id])
    assert (facts[card.id]["adults"], facts[card.id]["children"]) == (2, 1)
    assert typed_code(f" {card.code[:3].lower()}-{card.code[3:]} ", 6) == card.code
    assert await desk.read(sample.slug, card.id) == card


async def test_nothing_personal_stands_in_redis(desk: Cards, sample: Fair, redis_url: str, prefix: str) -> None:
    card = await entered(desk, sample, name="見本 canary-7f31", kana="みほん かなりや")
    token = await desk.token(sample.slug, card.id)
    with Redis.from_url(redis_url) as redis:
        dumps = {key: redis.dump(key) for key in redis.scan_iter(f"{prefix}:*")}
        whole = b"".join(
            field + value for key in dumps if redis.type(key) == b"hash" for field, value in redis.hgetall(key).items()
        )
    assert whole
    for secret in ("canary-7f31", "みほん", "saitama", "stroller", token, card.code):
        assert secret.encode() not in whole, secret


async def test_the_same_command_makes_one_card(desk: Cards, sample: Fair) -> None:
    command_id = new_id()
    first, *others = await asyncio.gather(*(entered(desk, sample, command_id) for _ in range(8)))
    assert {card.id for card in others} == {first.id}
    assert {card.code for card in others} == {first.code}
    assert len(await desk.all(sample.slug)) == 1


async def test_a_command_that_says_something_else_makes_no_card(desk: Cards, sample: Fair) -> None:
    command_id = new_id()
    first = await entered(desk, sample, command_id)
    with pytest.raises(Refusal, match="command_id_reused"):
        await entered(desk, sample, command_id, name="見本 次郎")
    assert await desk.all(sample.slug) == [first]


async def test_a_card_is_found_by_its_link_and_its_code(desk: Cards, sample: Fair) -> None:
    card, other = await entered(desk, sample), await entered(desk, sample)
    assert card.code != other.code
    assert await desk.by_token(sample.slug, await desk.token(sample.slug, card.id)) == card.id
    assert await desk.by_code(sample.slug, card.code) == card.id
    assert await desk.by_token(sample.slug, "x" * 22) is None
    assert await desk.by_code(sample.slug, "222222") is None
    assert await desk.by_token(sample.slug, card.id) is None, "the id is no key"


async def test_a_code_that_is_taken_is_drawn_anew(desk: Cards, sample: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await entered(desk, sample)
    drawn = iter([first.code, first.code, "ABCDEF"])
    monkeypatch.setattr(cards_module, "code_from", lambda secret, length: next(drawn))
    second = await entered(desk, sample)
    assert second.code == "ABCDEF"
    assert await desk.by_code(sample.slug, first.code) == first.id


async def test_no_number_without_a_card_and_one_for_each(desk: Cards, sample: Fair, store: Store) -> None:
    card = await entered(desk, sample)
    party = await issued(store, sample, card.id)
    assert await desk.of_parties(sample.slug, [party, 999]) == {party: card.id}
    assert (await desk.read(sample.slug, card.id)).party == party
    with pytest.raises(Refusal, match="card_needed"):
        await store.run(sample.slug, Issue(command_id=new_id(), size=1, queues=(sample.queues[1].id,)))
    with pytest.raises(Refusal, match="unknown_card"):
        await issued(store, sample, "x" * 22)
    with pytest.raises(Refusal, match="card_used"):
        await issued(store, sample, card.id)


async def test_a_correction_keeps_every_decision(desk: Cards, sample: Fair) -> None:
    card = await entered(desk, sample, at=1_000)
    author = Author(by="s07", at=2_000, device="d1")
    form = filled(sample, consents={"city": False, "furusato": False}, name="見本 次郎", adults=1, children=0)
    corrected = await desk.correct(sample.slug, card.id, form, command_id=new_id(), author=author)
    assert corrected == await desk.read(sample.slug, card.id)
    assert (corrected.answers["name"], corrected.persons, corrected.code) == ("見本 次郎", (1, 0), card.code)
    assert [(each.consent, each.given, each.by, each.at) for each in corrected.consents] == [
        ("city", True, "visitor", 1_000),
        ("furusato", False, "visitor", 1_000),
        ("city", False, "s07", 2_000),
    ]


async def test_persons_stay_once_the_party_has_its_number(desk: Cards, sample: Fair, store: Store) -> None:
    card = await entered(desk, sample)
    party = await issued(store, sample, card.id)
    author = Author(by="s07", at=now())
    form = filled(sample, adults=5, children=0, name="見本 次郎")
    corrected = await desk.correct(sample.slug, card.id, form, command_id=new_id(), author=author)
    assert (corrected.answers["name"], corrected.persons) == ("見本 次郎", (2, 1))
    facts = await desk.facts(sample.slug, [card.id])
    assert (facts[card.id]["party"], facts[card.id]["adults"]) == (party, 2)


async def test_a_withdrawal_is_one_more_decision(desk: Cards, sample: Fair) -> None:
    card, command_id = await entered(desk, sample), new_id()
    author = Author(by="s07", at=now(), device="d1")
    for _ in range(2):  # a retry changes nothing
        gone = await desk.withdraw(
            sample.slug, card.id, "city", command_id=command_id, author=author, why="ご本人の申し出"
        )
    assert not standing(gone.consents)["city"].given
    assert (gone.consents[-1].by, gone.consents[-1].why, len(gone.consents)) == ("s07", "ご本人の申し出", 3)
    again = await desk.withdraw(sample.slug, card.id, "city", command_id=new_id(), author=author)
    assert again.consents == gone.consents
    with pytest.raises(Refusal, match="unknown_consent"):
        await desk.withdraw(sample.slug, card.id, "nobody", command_id=new_id(), author=author)
    with pytest.raises(Refusal, match="unknown_card"):
        await desk.withdraw(sample.slug, "x" * 22, "city", command_id=new_id(), author=author)


async def test_two_who_write_at_once_lose_no_decision(desk: Cards, sample: Fair) -> None:
    card = await entered(desk, sample, consents={"city": True, "furusato": True})
    author = Author(by="s07", at=now())
    await asyncio.gather(
        *(desk.withdraw(sample.slug, card.id, key, command_id=new_id(), author=author) for key in ("city", "furusato"))
    )
    stands = await desk.read(sample.slug, card.id)
    assert len(stands.consents) == 4
    assert not any(each.given for each in standing(stands.consents).values())


async def test_cards_that_came_to_no_number_go(
    desk: Cards, sample: Fair, store: Store, entries: Callable[[], list[Entry]]
) -> None:
    long_ago = now() - KEPT_MS - 1
    left, came, fresh = [await entered(desk, sample, at=at) for at in (long_ago, long_ago, 0)]
    await issued(store, sample, came.id)
    token = await desk.token(sample.slug, left.id)
    assert await desk.sweep(sample.slug) == [left.id]
    assert {card.id for card in await desk.all(sample.slug)} == {came.id, fresh.id}
    assert await desk.find(sample.slug, left.id) is None
    assert await desk.by_token(sample.slug, token) is None
    assert await desk.by_code(sample.slug, left.code) is None
    assert await desk.sweep(sample.slug) == []
    (entry,) = entries()
    assert (entry.who, entry.act, entry.records) == ("system", "sweep-cards", (left.place,))


async def test_many_cards_are_swept_in_parts(desk: Cards, sample: Fair) -> None:
    long_ago = now() - KEPT_MS - 1
    cards = await asyncio.gather(*(entered(desk, sample, at=long_ago) for _ in range(cards_module.SWEPT_AT_ONCE * 2)))
    assert set(await desk.sweep(sample.slug)) == {card.id for card in cards}
    assert await desk.all(sample.slug) == []
