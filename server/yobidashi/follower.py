"""The pump of one process: from the journals to the hubs, through every fault of Redis.

It makes sure that each fair stands in Redis, takes a snapshot, then relays event by event. A gap leads back to the
snapshot; a lost Redis leads to `live = False` on every hub whose fair it has, so that pages say 更新停止中, and to another try.
The fairs of one master are followed together, those of another apart: one that is lost stops no other.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from typing import Any, Final

from yobidashi.live.hub import Hub
from yobidashi.live.journal import Gap, Journal, JournalLost, JournalMoved, NotFounded
from yobidashi.live.wire import BEAT_S
from yobidashi.queue.errors import Refusal
from yobidashi.queue.store import Store

RETRY_FIRST_S: Final = 0.1
RETRY_MAX_S: Final = 2.0
"""Wait between two tries while Redis is away: doubled from the first to the most."""

FAIRS_AT_ONCE: Final = 8
"""Fairs that are founded and read whole at the same time: a connection each (`masters.CONNECTIONS_MAX`)."""

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
        self._founded: set[str] = set()
        self.ready = asyncio.Event()
        """Set once every hub has its board; a server that is asked before has nothing to show."""

    async def run(self) -> None:
        """Follow until cancelled."""
        while self._hubs:
            version = self._journal.version
            await asyncio.gather(*(self._follow(part, version) for part in self._journal.parts(self._hubs)))

    async def beat(self) -> None:
        """Give every page a sign of life, until cancelled."""
        while True:
            await asyncio.sleep(BEAT_S)
            for hub in self._hubs.values():
                if hub.subscribers:
                    hub.beat()

    async def _follow(self, slugs: Sequence[str], version: int) -> None:
        """Follow the fairs of one master as long as the map of masters is the same."""
        wait = RETRY_FIRST_S
        while self._journal.version == version:
            try:
                await self._catch_up(slugs)
                wait = RETRY_FIRST_S
                await self._relay(slugs)
            except JournalMoved as moved:
                log.warning("%s; asking who has it", moved)
                await self._journal.renew(version)
            except (JournalLost, NotFounded, Refusal) as error:
                self._set_live(slugs, False)
                log.warning("the journal cannot be read (%s); next try in %.1f s", error, wait)
                await self._journal.renew(version)
            if self._journal.version == version:
                await asyncio.sleep(wait)
                wait = min(wait * 2, RETRY_MAX_S)

    async def _catch_up(self, slugs: Sequence[str]) -> None:
        await self._journal.measure_clock(slugs)
        for first in range(0, len(slugs), FAIRS_AT_ONCE):
            await asyncio.gather(*(self._stand(slug) for slug in slugs[first : first + FAIRS_AT_ONCE]))
        self._set_live(slugs, True)
        if all(hub.board.epoch for hub in self._hubs.values()):
            self.ready.set()

    async def _stand(self, slug: str) -> None:
        """Make sure that a fair stands in Redis and has its board here; `Journal.follow` looks whether that still holds.

        Founded once: a Redis that came back may have no replica yet to acknowledge anything, and screens go on all the same.
        """
        if slug not in self._founded:
            await self._store.found(slug, self._rules[slug])
            self._founded.add(slug)
        if not self._hubs[slug].board.epoch:
            self._hubs[slug].reset(await self._journal.snapshot(slug))

    async def _relay(self, slugs: Sequence[str]) -> None:
        boards = {slug: self._hubs[slug].board for slug in slugs}
        async with aclosing(self._journal.follow(boards)) as news:
            async for slug, found in news:
                hub = self._hubs[slug]
                if isinstance(found, Gap):
                    await self._mend(slug, hub, found)
                    boards[slug] = hub.board
                else:
                    hub.publish(found)

    async def _mend(self, slug: str, hub: Hub, gap: Gap) -> None:
        log.warning("%s: %s; taking a snapshot", slug, gap.why)
        if gap.lost is not None:
            await self._store.renew(slug, hub.board.epoch, hub.board.offset, gap.lost)
        try:
            board = await self._journal.snapshot(slug)
        except NotFounded:
            await self._store.found(slug, self._rules[slug])
            board = await self._journal.snapshot(slug)
        hub.reset(board)

    def _set_live(self, slugs: Sequence[str], live: bool) -> None:
        for slug in slugs:
            self._hubs[slug].set_live(live)
