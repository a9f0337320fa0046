"""The pump of one process: from the journals to the hubs, through every fault of Redis.

It makes sure that each fair stands in Redis, takes a snapshot, then relays event by event. A gap leads back to the
snapshot; a lost Redis leads to `live = False` on every hub, so that pages say 更新停止中, and to another try.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final

from yobidashi.live.hub import Hub
from yobidashi.live.journal import Gap, Journal, JournalLost, NotFounded
from yobidashi.live.wire import BEAT_S
from yobidashi.queue.errors import Refusal
from yobidashi.queue.store import Store

RETRY_FIRST_S: Final = 0.1
RETRY_MAX_S: Final = 2.0
"""Wait between two tries while Redis is away: doubled from the first to the most."""

SOON_S: Final = 0.05
"""A gap this soon after a snapshot says that the journal contradicts itself; the journal's block is far longer."""

log = logging.getLogger(__name__)


class Follower:
    """Keeps every hub of this process at the top of its fair's journal."""

    def __init__(
        self, store: Store, journal: Journal, hubs: Mapping[str, Hub], rules: Mapping[str, dict[str, Any]]
    ) -> None:
        """Follow the fairs of ``hubs``; ``rules`` found a fair where Redis does not know it."""
        self._store = store
        self._journal = journal
        self._hubs = hubs
        self._rules = rules
        self._mended_at: dict[str, float] = {}
        self.ready = asyncio.Event()
        """Set once every hub has its board; a server that is asked before has nothing to show."""

    async def run(self) -> None:
        """Follow until cancelled."""
        wait = RETRY_FIRST_S
        while True:
            try:
                await self._catch_up()
                wait = RETRY_FIRST_S
                await self._relay()
            except (JournalLost, NotFounded, Refusal) as error:
                self._set_live(False)
                log.warning("the journal cannot be read (%s); next try in %.1f s", error, wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, RETRY_MAX_S)

    async def beat(self) -> None:
        """Give every page a sign of life, until cancelled."""
        while True:
            await asyncio.sleep(BEAT_S)
            for hub in self._hubs.values():
                hub.beat()

    async def _catch_up(self) -> None:
        await self._journal.measure_clock()
        for slug, hub in self._hubs.items():
            await self._store.found(slug, self._rules[slug])
            if not hub.board.epoch:
                hub.reset(await self._journal.snapshot(slug))
        self._set_live(True)
        self.ready.set()

    async def _relay(self) -> None:
        boards = {slug: hub.board for slug, hub in self._hubs.items()}
        async for slug, found in self._journal.follow(boards):
            hub = self._hubs[slug]
            if isinstance(found, Gap):
                await self._mend(slug, hub, found)
                boards[slug] = hub.board
            else:
                hub.publish(found)

    async def _mend(self, slug: str, hub: Hub, gap: Gap) -> None:
        log.warning("%s: %s; taking a snapshot", slug, gap.why)
        now = asyncio.get_running_loop().time()
        if now - self._mended_at.get(slug, -RETRY_MAX_S) < SOON_S:
            await asyncio.sleep(RETRY_MAX_S)  # the snapshot before did not help: do not try as fast as Redis answers
        if gap.behind:
            await self._store.renew(slug, hub.board.epoch, hub.board.offset)
        try:
            board = await self._journal.snapshot(slug)
        except NotFounded:
            await self._store.found(slug, self._rules[slug])
            board = await self._journal.snapshot(slug)
        hub.reset(board)
        self._mended_at[slug] = asyncio.get_running_loop().time()

    def _set_live(self, live: bool) -> None:
        for hub in self._hubs.values():
            hub.set_live(live)
