"""The end of personal data: in order, by two persons, to the last byte, also where it was killed at any step."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from redis import Redis

from disposing import dispose
from forked import outcomes
from house import MANY, PREFIX, SLUG, House
from yobidashi.embedded import EmbeddedRedis
from yobidashi.people.keyring import Keyring
from yobidashi.people.protection.canaries import CANARIES, markers
from yobidashi.people.protection.disposal import STEPS, Application
from yobidashi.people.protection.disposal_steps import left_undone
from yobidashi.people.protection.inventory import inventory
from yobidashi.people.protection.needles import files_with
from yobidashi.people.protection.storehouse import StorehouseRefuses
from yobidashi.queue.errors import Refusal


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    """The server's own Redis: it writes every command to disk."""
    with EmbeddedRedis(tmp_path_factory.mktemp("own") / "data") as redis:
        yield redis


@pytest.fixture
def own(running: EmbeddedRedis) -> EmbeddedRedis:
    """The same, emptied."""
    with Redis.from_url(running.url) as redis:
        redis.flushall()
    return running


@pytest_asyncio.fixture
async def house(own: EmbeddedRedis, tmp_path: Path) -> AsyncIterator[House]:
    house = House(own.url, tmp_path, own.folder.path)
    await house.fill()
    yield house
    await house.audit.close()
    await house.pipeline.close()


def sealed_pieces(house: House) -> list[bytes]:
    with Redis.from_url(house.url) as redis:
        return [sealed[20:40] for sealed in redis.hvals(house.keys.named("records"))]


async def test_from_the_application_to_the_last_byte(house: House) -> None:
    pieces = sealed_pieces(house)
    assert files_with(house.places.data or Path(), pieces)
    assert (await house.disposal.state(SLUG)).phase == "none"
    applied = await house.disposal.apply(SLUG, Application(by="s01", at=1, reason="契約の終了", command="c" * 22))
    assert applied.phase == "applied"
    with pytest.raises(Refusal, match="four_eyes"):
        await house.disposal.approve(SLUG, "s01")
    with pytest.raises(Refusal, match="disposal_state") as told:
        await house.disposal.step(SLUG, "s01")
    assert told.value.sentence("ja") == "消去の手続きはいま「承認待ち」のため、この操作はできません。"
    assert (await house.disposal.approve(SLUG, "s02")).phase == "approved"
    done = await house.run()
    assert done.phase == "done"
    assert [step.step for step in done.done] == list(STEPS)
    assert done.result("count")["counts"] == {"card": MANY, "reservation": 19, "staff": 1, "canary": CANARIES}
    assert len(done.result("count")["fingerprint"]) == 16
    assert done.result("key") == {"in_files": True, "files": 1, "copies": 0}
    assert done.result("records") == {"records": MANY + 20 + CANARIES, "links": 1, "cards": 1, "answers": 1}
    assert done.result("files")["rewritten"]
    searched = done.result("search")["searched"]
    assert [place["found"] for place in searched] == [0] * len(searched)
    assert {place["place"] for place in searched} >= {"Redis", str(house.data), str(house.keyring.folder)}
    assert all(place["size"] for place in searched)
    await house.check_gone()
    assert files_with(house.places.data or Path(), pieces) == []
    assert await house.disposal.step(SLUG, "s01") == done
    assert len(left_undone([step.result for step in done.done])) == 3


async def test_an_application_can_be_taken_back_until_it_is_approved(house: House) -> None:
    first = Application(by="s01", at=1, reason="早すぎた申請", command="c" * 22)
    await house.disposal.apply(SLUG, first)
    assert (await house.disposal.apply(SLUG, first)).application == first  # sent again
    with pytest.raises(Refusal, match="disposal_state"):
        await house.disposal.apply(SLUG, Application(by="s03", at=2, reason="二つ目", command="d" * 22))
    assert (await house.disposal.withdraw(SLUG)).phase == "none"
    with pytest.raises(Refusal, match="disposal_state"):
        await house.disposal.withdraw(SLUG)
    with pytest.raises(Refusal, match="disposal_state"):
        await house.disposal.approve(SLUG, "s02")
    await house.approve()
    with pytest.raises(Refusal, match="disposal_state"):
        await house.disposal.withdraw(SLUG)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("step", list(STEPS))
async def test_killed_at_any_step_it_goes_on(house: House, step: str, moment: str) -> None:
    await house.approve()
    arguments = (house.url, PREFIX, house.keyring.folder, house.data, SLUG, step, moment)
    assert await asyncio.to_thread(outcomes, dispose, arguments) == [-signal.SIGKILL]
    state = await house.disposal.state(SLUG)
    assert state.next == step
    assert (await house.run()).phase == "done"
    await house.check_gone()


async def test_what_was_written_meanwhile_is_not_lost_sight_of(house: House) -> None:
    """A server that has the vault open in memory finds it closed at its next word."""
    await house.approve()
    other = House(house.url, house.keyring.folder.parent, house.data)
    try:
        assert await other.store.get(SLUG, "card:1")
        vault = await other.store.vault(SLUG)
        await house.disposal.step(SLUG, "s01")
        assert await other.store.put(SLUG, "card:late", {})
        await house.disposal.step(SLUG, "s01")
        for attempt in (
            other.store.get(SLUG, "card:1"),
            other.store.ask(SLUG, "records-put", str(vault.current), "card:x", vault.seal("card:x", {}), ""),
        ):
            with pytest.raises(Refusal, match="vault_closed"):
                await attempt
        await house.run()
        await house.check_gone()
    finally:
        await other.pipeline.close()


async def test_a_leak_stops_the_end_until_it_is_removed(house: House) -> None:
    await house.approve()
    word = markers(house.keyring.key(SLUG, "audit"))[0]
    assert house.data is not None
    leak = house.data / "debug.log"
    leak.write_text(f"somebody logged {word}")
    with pytest.raises(Refusal, match="disposal_unfinished") as told:
        await house.run()
    assert str(house.data) in told.value.sentence("ja")
    assert (await house.disposal.state(SLUG)).next == "search"
    leak.unlink()
    with Redis.from_url(house.url) as redis:
        for number, (write, *arguments) in enumerate(
            [
                (redis.set, word),
                (redis.rpush, word),
                (redis.sadd, word),
                (redis.zadd, {word: 1}),
                (redis.hset, "field", word),
                (redis.xadd, {"field": f"in the midst {word} of words"}),
            ]
        ):
            key = f"elsewhere:{number}"
            write(key, *arguments)  # type: ignore[operator]
            with pytest.raises(Refusal, match="disposal_unfinished"):
                await house.run()
            redis.delete(key)
        redis.set(word, "")  # a key's own name
        with pytest.raises(Refusal, match="disposal_unfinished"):
            await house.run()
        redis.delete(word)
    with pytest.raises(Refusal, match="disposal_unfinished"):
        await house.run()  # its append-only file has it still, and is written anew now
    assert (await house.run()).phase == "done"


async def test_known_backups_lose_their_copies_of_the_key(own: EmbeddedRedis, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    house = House(own.url, tmp_path, own.folder.path, (backup, tmp_path / "not-there"))
    try:
        await house.fill()
        nightly = backup / "2026-02-14" / "keys"
        nightly.mkdir(parents=True)
        for path in house.keyring.folder.iterdir():
            (nightly / path.name).write_bytes(path.read_bytes())
        (nightly / "other.wrap.key").write_text("another fair's")
        with Redis.from_url(house.url) as redis:
            (backup / "appendonly.aof").write_bytes(b"...".join(redis.hvals(house.keys.named("records"))))
        kept = await inventory(house.store, SLUG, house.places, await house.storehouse.files())
        assert {line.kind: line.count for line in kept if line.medium == "バックアップ"} == {
            "バックアップにある鍵の写し": 0
        }
        assert sum(line.count for line in kept if str(backup) == line.where) == 1
        assert next(line.count for line in kept if line.english == "Reception cards") == MANY
        await house.approve()
        done = await house.run()
        assert done.result("key")["copies"] == 1
        assert (
            done.result("search")["copies"] == 1
        )  # sealed data without a key: told, and left to whoever keeps the backup
        assert sorted(path.name for path in nightly.iterdir()) == [f"{SLUG}.audit.key", "other.wrap.key"]
    finally:
        await house.audit.close()
        await house.pipeline.close()


async def test_a_redis_that_is_somebody_elses_may_refuse_and_it_is_said(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Redis.from_url(house.url) as redis:
        rights = ["allkeys", "allcommands", "-config", "-bgrewriteaof", "-bgsave"]
        redis.execute_command("ACL", "SETUSER", "guest", "on", ">word", *rights)
    url = house.url.replace("unix://", "unix://guest:word@")
    guest = House(url, house.keyring.folder.parent, None)
    try:
        with pytest.raises(StorehouseRefuses, match="bgsave"):
            await guest.storehouse.dump()
        await guest.approve()
        done = await guest.run()
        result = done.result("files")
        assert not result["rewritten"]
        assert len(result["why_not"]) == 2
        assert len(left_undone([step.result for step in done.done])) == 5
    finally:
        await guest.audit.close()
        await guest.pipeline.close()


async def test_a_secret_in_the_environment_is_said_to_stay(own: EmbeddedRedis, tmp_path: Path) -> None:
    house = House(own.url, tmp_path, own.folder.path)
    house.keyring = house.store.keyring = Keyring(tmp_path / "keys", "A" * 44)
    try:
        await house.fill()
        await house.approve()
        done = await house.run()
        assert done.result("key") == {"in_files": False, "files": 0, "copies": 0}
        assert any("YOBIDASHI_KEY" in ja for ja, _ in left_undone([step.result for step in done.done]))
    finally:
        await house.pipeline.close()
