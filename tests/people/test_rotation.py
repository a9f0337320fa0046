"""Keys replaced while the fair runs: everything opens before, during and after, also where the rotation was killed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from redis import Redis

from yobidashi.fair import Fair
from yobidashi.people.keyring import Keyring, wrapping_files
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.protection import rotation as rotations
from yobidashi.people.protection.canaries import CANARIES
from yobidashi.people.protection.rotation import BATCH, Rotated, Rotation
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline

MANY = 5 * BATCH


@pytest.fixture
def slug(sample: Fair, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(rotations, "SETTLED_S", 0.0)  # the test's Redis writes nothing to disk
    return sample.slug


@pytest_asyncio.fixture
async def filled(people: PeopleStore, slug: str) -> PeopleStore:
    """A store with more records than one batch."""
    await asyncio.gather(*(people.put(slug, f"card:{i}", {"name": f"見本 {i}"}) for i in range(MANY)))
    return people


@pytest_asyncio.fixture
async def beside(redis_url: str, prefix: str, people: PeopleStore) -> AsyncIterator[PeopleStore]:
    """The same store as another process has it."""
    pipe = Pipeline(masters.connect(redis_url))
    yield PeopleStore(pipe, prefix, Keyring(people.keyring.folder))
    await pipe.close()


async def rotated(people: PeopleStore, slug: str) -> Rotated:
    return [progress async for progress in Rotation(people).run(slug)][-1]


async def check(people: PeopleStore, slug: str) -> None:
    records = await people.all(slug, "card")
    assert records == {str(i): {"name": f"見本 {i}"} for i in range(MANY)}


async def test_all_records_are_sealed_anew_and_the_old_keys_are_gone(
    filled: PeopleStore, slug: str, redis_url: str, prefix: str
) -> None:
    keys = PeopleKeys(prefix, slug)
    with Redis.from_url(redis_url) as redis:
        before, vault_before = redis.hgetall(keys.named("records")), redis.hgetall(keys.named("vault"))
        old_key = filled.keyring.key(slug, "wrap")
        link = (await filled.vault(slug)).id_for("link", "a")
        done = await rotated(filled, slug)
        assert done == Rotated(2, MANY + CANARIES, finished=True)
        after, vault_after = redis.hgetall(keys.named("records")), redis.hgetall(keys.named("vault"))
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert set(vault_after) == {b"current", b"key:2", b"ids"}
    assert vault_after[b"ids"] != vault_before[b"ids"]
    assert filled.keyring.key(slug, "wrap") != old_key
    assert wrapping_files(filled.keyring.folder, slug) == [filled.keyring.path(slug, "wrap")]
    assert (await filled.vault(slug)).id_for("link", "a") == link
    await check(filled, slug)
    assert not await Rotation(filled).unfinished(slug)
    assert (await rotated(filled, slug)).version == 3


async def test_reads_and_writes_of_another_process_go_on_meanwhile(
    filled: PeopleStore, beside: PeopleStore, slug: str
) -> None:
    written: list[str] = []
    async for progress in Rotation(filled).run(slug):
        number = len(written)
        assert await beside.get(slug, f"card:{number}") == {"name": f"見本 {number}"}
        assert await beside.put(slug, f"late:{number}", {"at": progress.resealed})
        written.append(f"late:{number}")
    assert len(written) > 3
    await check(beside, slug)
    assert None not in await beside.get_many(slug, written)


async def test_a_write_sealed_with_the_key_just_replaced_is_sealed_again(
    filled: PeopleStore, beside: PeopleStore, slug: str
) -> None:
    stale = await beside.vault(slug)
    await rotated(filled, slug)
    sealed = stale.seal("card:0", {"name": "古い鍵"})
    with pytest.raises(Refusal, match="vault_changed"):
        await beside.ask(slug, "records-put", str(stale.current), "card:0", sealed, "")
    assert await beside.put(slug, "card:0", {"name": "新しい鍵"})
    assert await filled.get(slug, "card:0") == {"name": "新しい鍵"}


async def test_a_rotation_that_was_killed_goes_on(filled: PeopleStore, beside: PeopleStore, slug: str) -> None:
    progress = Rotation(filled).run(slug)
    first = await anext(progress)
    assert not first.finished
    await progress.aclose()
    assert await Rotation(beside).unfinished(slug)
    await check(beside, slug)
    last = await rotated(beside, slug)
    assert last.version == 2
    assert first.resealed + last.resealed == MANY + CANARIES
    await check(beside, slug)


class Killed(BaseException):
    """What ends a test's rotation at a certain point, as a signal would."""


def killer(*_: object) -> None:
    raise Killed


async def test_killed_before_the_keys_were_wrapped_anew(
    filled: PeopleStore, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(rotations, "_rewrapped", killer)
        with pytest.raises(Killed):
            await rotated(filled, slug)
    await check(filled, slug)
    assert (await rotated(filled, slug)).finished
    await check(filled, slug)


async def test_killed_before_the_next_key_took_its_place(
    filled: PeopleStore, beside: PeopleStore, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Keyring, "take_next", killer)
        with pytest.raises(Killed):
            await rotated(filled, slug)
    await check(beside, slug)  # the key's own file does not open it now, the next one's does
    assert await beside.put(slug, "card:0", {"name": "見本 0"})
    following = beside.keyring.make_next(slug)
    assert (await rotated(beside, slug)).finished
    assert beside.keyring.key(slug, "wrap") == following
    await check(filled, slug)


async def test_two_rotations_at_once_lose_nothing(filled: PeopleStore, beside: PeopleStore, slug: str) -> None:
    outcomes = await asyncio.gather(rotated(filled, slug), rotated(beside, slug), return_exceptions=True)
    assert any(isinstance(outcome, Rotated) and outcome.finished for outcome in outcomes)
    assert all(isinstance(outcome, Rotated) or "vault_changed" in str(outcome) for outcome in outcomes)
    await check(filled, slug)
    await check(beside, slug)


async def test_a_data_key_is_never_wrapped_by_a_key_that_is_about_to_go(
    filled: PeopleStore, beside: PeopleStore, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One rotation is about to begin its data key; meanwhile another wraps all keys anew."""
    late = Rotation(filled)
    run = filled.run
    between = asyncio.Event()

    async def overtaken(slug: str, name: str, *args: str | bytes) -> object:
        if name == "rotation-begin" and not between.is_set():
            between.set()
            await rotated(beside, slug)
        return await run(slug, name, *args)

    monkeypatch.setattr(filled, "run", overtaken)
    with pytest.raises(Refusal, match="vault_changed"):
        await late._begin(slug)
    await check(filled, slug)


async def test_a_damaged_record_is_named_and_the_older_key_stays(
    filled: PeopleStore, slug: str, redis_url: str, prefix: str
) -> None:
    key = PeopleKeys(prefix, slug).named("records")
    with Redis.from_url(redis_url) as redis:
        sealed = redis.hget(key, "card:7")
        redis.hset(key, "card:7", sealed[:-1] + bytes([sealed[-1] ^ 1]))
        done = await rotated(filled, slug)
        assert done.damaged == ("card:7",)
        assert await Rotation(filled).unfinished(slug)
        redis.hset(key, "card:7", sealed)  # as a backup would bring it back
    assert (await rotated(filled, slug)).damaged == ()
    assert not await Rotation(filled).unfinished(slug)
    await check(filled, slug)


async def test_a_secret_in_the_environment_stays_and_the_data_key_is_replaced(
    redis_url: str, prefix: str, tmp_path: Path
) -> None:
    pipe = Pipeline(masters.connect(redis_url))
    people = PeopleStore(pipe, prefix, Keyring(tmp_path / "none", "A" * 44))
    try:
        await people.make_vault("fair")
        await people.put("fair", "card:a", {"name": "見本"})
        assert await rotated(people, "fair") == Rotated(2, 1 + CANARIES, finished=True)
        assert await people.get("fair", "card:a") == {"name": "見本"}
    finally:
        await pipe.close()
    assert not (tmp_path / "none").exists()


async def test_what_was_never_founded_is_not_rotated(people: PeopleStore) -> None:
    with pytest.raises(Refusal, match="vault_closed"):
        await rotated(people, "elsewhere")
