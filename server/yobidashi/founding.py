"""Before the doors open: every fair stands in Redis, or the server says in one sentence why it cannot serve it."""

import asyncio
from collections.abc import Sequence

from yobidashi.fair import Fair
from yobidashi.queue import pipeline as pipelines
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store
from yobidashi.settings import Settings


def found_all(settings: Settings, fairs: Sequence[Fair]) -> str | None:
    """Found every fair of ``fairs``; give the sentence of what stands against it, or None.

    A Redis that does not answer is no reason not to start: pages are served, say 更新停止中, and go on when it is back.
    """
    return asyncio.run(_found_all(settings, fairs))


async def _found_all(settings: Settings, fairs: Sequence[Fair]) -> str | None:
    assert settings.redis_url is not None
    store = Store(Pipeline(pipelines.connect(settings.redis_url)), settings.key_prefix)
    try:
        for fair in fairs:
            await store.found(fair.slug, fair.rules(settings.demonstration))
    except Refusal as refusal:
        return None if refusal.status == 503 else f"{refusal.sentence('ja')} {refusal.sentence('en')}"
    finally:
        await store.close()
    return None
