"""Many commands at once: every one is answered, each with its own answer, and the one that comes after them is not forgotten."""

import asyncio

from redis import Redis

from yobidashi.queue import masters
from yobidashi.queue.keys import Keys
from yobidashi.queue.pipeline import BATCH_MAX, SPLIT_MIN, Pipeline
from yobidashi.queue.scripts import Script


async def test_each_gets_its_own_answer_however_many_wait(redis_url: str, prefix: str) -> None:
    text = "return ARGV[1]"
    with Redis.from_url(redis_url) as redis:
        sha = str(redis.script_load(text))
    echo = Script("echo", text, sha)
    keys = Keys(prefix, "fair").fair[:1]
    pipeline = Pipeline(masters.connect(redis_url))
    try:
        for many in (1, 2, SPLIT_MIN - 1, SPLIT_MIN, 3 * BATCH_MAX):
            answers = await asyncio.gather(*(pipeline.run(echo, keys, (str(n),)) for n in range(many)))
            assert answers == [str(n).encode() for n in range(many)]
            # Right after the last answer, while the senders end: a call that counted on them would wait for ever.
            async with asyncio.timeout(20):
                assert await pipeline.run(echo, keys, ("after",)) == b"after"
    finally:
        await pipeline.close()
