"""A steward whose process has not heard yet that the fair began anew."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from queue_rules import command
from yobidashi.fair import load_fair
from yobidashi.guide.steward import Steward
from yobidashi.live.hub import Hub
from yobidashi.live.journal import Journal
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.store import Store

AFTER_CLOSING: Final = 1_771_056_600_000
"""17:10 of the sample fair's day in Tokyo, ms: no line fits any more."""

LOOKS_S: Final = 0.05


@asynccontextmanager
async def looking(steward: Steward) -> AsyncIterator[None]:
    """Let a steward look at its fairs as long as the body runs."""
    task = asyncio.create_task(steward.run())
    yield
    while not task.done():  # once is not enough, see `app.py`
        task.cancel()
        await asyncio.wait({task}, timeout=0.1)


async def test_what_it_decides_over_the_old_board_is_not_done(store: Store, journal: Journal) -> None:
    sample = load_fair(SAMPLE_FAIR)
    slug = sample.slug
    await store.found(slug, sample.rules(demonstration=True))
    await store.run(slug, command("set-clock", at=AFTER_CLOSING, rate=1))
    hub = Hub(journal.real_now, lambda flush: asyncio.get_running_loop().call_soon(flush))
    hub.reset(await journal.snapshot(slug))
    hub.set_live(True)
    await store.run(slug, command("reset"))

    outcomes: list[tuple[str, str]] = []
    decided = asyncio.Event()

    def ended(of: str, name: str, outcome: str, seconds: float) -> None:
        outcomes.append((name, outcome))
        if len(outcomes) >= len(sample.queues):
            decided.set()

    store.ended = ended
    async with looking(Steward(store, journal, {slug: hub}, {slug: sample}, LOOKS_S)):
        await decided.wait()
    assert set(outcomes) == {("stop-issuing", "begun_anew")}
    assert [event.kind for event in await journal.after(slug, 0, 100)] == ["founded"]
