"""A fair copied out of Redis and into another place: every key, type, time to live and score is as it was."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from redis import Redis

from queue_rules import SLUG, command, rules
from small_fair import Fair, ticket
from yobidashi.live.journal import Journal
from yobidashi.queue.errors import Refusal
from yobidashi.queue.keys import SCHEMA, Keys
from yobidashi.queue.masters import connect
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store
from yobidashi.upkeep.copies import Copies, Copy
from yobidashi.upkeep.sealing import SealBroken

PASSPHRASE = "見本の合言葉は長いほどよい"


@pytest_asyncio.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    with Redis.from_url(redis_url) as redis:
        yield redis


@pytest_asyncio.fixture
async def pipeline(redis_url: str) -> AsyncIterator[Pipeline]:
    pipeline = Pipeline(connect(redis_url))
    yield pipeline
    await pipeline.close()


def everything(redis: Redis, prefix: str) -> dict[str, tuple[str, Any, bool]]:
    """Give type, value and whether it lapses, of every key below a prefix."""
    found = {}
    keys: Any = redis.scan_iter(f"{prefix}:*")
    for key in keys:
        kind = str(redis.type(key), "ascii")  # type: ignore[arg-type]
        value: Any
        match kind:
            case "string":
                value = redis.get(key)
            case "hash":
                value = redis.hgetall(key)
            case "zset":
                value = redis.zrange(key, 0, -1, withscores=True)
            case _:
                value = redis.xrange(key)
        found[key.decode().removeprefix(prefix)] = (kind, value, redis.ttl(key) > 0)
    return found


async def played(fair: Fair, prefix: str, redis: Redis) -> None:
    """Play a while, and put keys of people and staff beside the queue's."""
    for size in (1, 2, 3, 4):
        await fair.do("issue", size=size, queues=["a", "b"])
    await fair.do("call-next", booth=1)
    root = f"{prefix}:{{{SLUG}}}:"
    redis.hset(f"{root}people:records", "card:x", b"\x00\x01\xff\xfe sealed")
    redis.xadd(f"{root}people:audit", {"entry": "{}", "mac": "a"}, id="1-0")
    redis.hset(f"{root}staff:session:abc", mapping={"member": "s01", "end": "9"})
    redis.expire(f"{root}staff:session:abc", 1000)
    redis.set(f"{root}people:tries:address", 3, ex=600)


async def test_a_fair_comes_back_as_it_was_in_a_new_epoch(
    fair: Fair, store: Store, redis_url: str, prefix: str, redis: Redis, pipeline: Pipeline
) -> None:
    await played(fair, prefix, redis)
    before, was = await fair.board(), everything(redis, prefix)
    copy = Copy.unsealed((await Copies(pipeline, prefix).take(SLUG)).sealed(PASSPHRASE), PASSPHRASE)
    other = f"o{secrets.token_hex(6)}"
    epoch = await Copies(pipeline, other).take_back(SLUG, copy, further=10)
    now = everything(redis, other)
    gone = {key for key in was if "tries" in key}
    assert set(was) - gone == set(now)
    meta = f":{{{SLUG}}}:meta"
    assert {k: v for k, v in now.items() if k != meta} == {k: v for k, v in was.items() if k not in gone | {meta}}
    assert epoch > before.epoch
    journal = Journal(connect(redis_url), other)
    board = await journal.snapshot(SLUG)
    await journal.close()
    assert (board.epoch, board.offset) == (epoch, before.offset)
    assert board.rows() == before.rows()


async def test_numbers_and_ids_go_on_beyond_what_may_have_been_given_since(
    fair: Fair, store: Store, prefix: str, redis: Redis, pipeline: Pipeline
) -> None:
    first = command("issue", size=1, queues=["a"])
    issued = ticket(await store.run(SLUG, first))
    copy = await Copies(pipeline, prefix).take(SLUG)
    lost = ticket(await fair.do("issue", size=1, queues=["a"]))  # its slip is in somebody's hand
    other = f"o{secrets.token_hex(6)}"
    await Copies(pipeline, other).take_back(SLUG, copy, further=10)
    restored = Store(pipeline, other)
    assert ticket(await restored.run(SLUG, first)) == issued  # the retry of what was in the backup acts no second time
    next_ = ticket(await restored.run(SLUG, command("issue", size=1, queues=["b"])))
    assert int(next_.number) > int(lost.number)
    assert (next_.id, next_.party) == (issued.id + 11, issued.party + 11)


async def test_a_copy_is_of_one_instant_while_the_fair_goes_on(
    fair: Fair, store: Store, prefix: str, pipeline: Pipeline
) -> None:
    """Whatever runs beside it: rows, line and journal in it agree, and every answer in it is of an event in it."""

    async def busy() -> None:
        for _ in range(40):
            await fair.do("issue", size=1, queues=["a"])

    async def copying() -> list[Copy]:
        return [await Copies(pipeline, prefix).take(SLUG) for _ in range(8)]

    _, _, taken = await asyncio.gather(busy(), busy(), copying())
    offsets = [copy.meta["offset"] for copy in taken]
    assert len(set(offsets)) > 1
    for copy in taken:
        journal = next(key.value for key in copy.keys if key.name == "journal")
        assert len(journal) // 2 == copy.meta["offset"]
        assert len(copy.hash("tickets")) == copy.meta["tickets"]
        answers = [key for key in copy.keys if key.name.startswith("answer:")]
        assert len(answers) == copy.meta["offset"] - 1  # all but the founding


async def test_nothing_is_written_over(fair: Fair, store: Store, prefix: str, pipeline: Pipeline) -> None:
    await fair.do("issue", size=1, queues=["a"])
    copy = await Copies(pipeline, prefix).take(SLUG)
    before = await fair.board()
    with pytest.raises(Refusal) as told:
        await Copies(pipeline, prefix).take_back(SLUG, copy, further=0)
    assert told.value.code == "fair_not_empty"
    assert await fair.board() == before


async def test_a_fair_that_was_founded_and_no_more_gives_way(
    store: Store, journal: Journal, prefix: str, pipeline: Pipeline
) -> None:
    source, target = f"o{secrets.token_hex(6)}", prefix
    await Store(pipeline, source).found(SLUG, rules())
    await Store(pipeline, source).run(SLUG, command("issue", size=1, queues=["a"]))
    await store.found(SLUG, rules())
    standing = await journal.snapshot(SLUG)
    epoch = await Copies(pipeline, target).take_back(SLUG, await Copies(pipeline, source).take(SLUG), further=0)
    assert epoch > standing.epoch
    assert len((await journal.snapshot(SLUG)).tickets) == 1


async def test_another_fair_s_copy_and_a_newer_version_s_are_refused(
    fair: Fair, store: Store, prefix: str, redis: Redis, pipeline: Pipeline
) -> None:
    empty = Copies(pipeline, f"o{secrets.token_hex(6)}")
    copy = await Copies(pipeline, prefix).take(SLUG)
    with pytest.raises(Refusal, match="backup_of_another"):
        await empty.take_back("other", copy, further=0)
    redis.hset(Keys(prefix, SLUG).meta, "schema", SCHEMA + 1)
    newer = await Copies(pipeline, prefix).take(SLUG)
    with pytest.raises(Refusal, match="newer_schema"):
        await empty.take_back(SLUG, newer, further=0)
    with pytest.raises(Refusal, match="not_founded"):
        await empty.take(SLUG)


async def test_a_file_of_something_else_is_told_as_such(
    fair: Fair, store: Store, prefix: str, pipeline: Pipeline
) -> None:
    file = (await Copies(pipeline, prefix).take(SLUG)).sealed(PASSPHRASE)
    assert SLUG.encode() not in file
    with pytest.raises(SealBroken):
        Copy.unsealed(file[:-1], PASSPHRASE)
    with pytest.raises(SealBroken):
        Copy.unsealed(b"[fair]", PASSPHRASE)
