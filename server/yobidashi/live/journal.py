"""Facts out: the only road by which a change reaches a server process.

A reader follows the journals of all its fairs on one connection of its own, with a short block: a long block and the
client's time-out would fight. Where offsets do not follow on (trimmed, flushed, lost), the reader says `Gap`; nothing is
papered over.
"""

import json
import logging
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.keys import Keys
from yobidashi.queue.rows import TABLES, row_from
from yobidashi.queue.scripts import script

BLOCK_MS: Final = 250
"""How long one read waits for news. Also how soon a new epoch is noticed where nothing happens."""

LOOK_S: Final = 5.0
"""How often epochs and tops are compared where there is always news of some fair."""

READ_MAX: Final = 500
"""Events of one fair in one read."""

READ_S: Final = 4.0
"""Seconds after which a read without any answer counts as a lost Redis; longer than `BLOCK_MS`."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gap:
    """The journal does not follow on from where the reader was; a snapshot is needed.

    ``behind`` tells that Redis has fewer events than the reader, in the same epoch: some were lost.
    """

    why: str
    behind: bool = False


class NotFounded(LookupError):
    """No fair stands under this slug in Redis: it is new, or Redis was emptied."""


class JournalLost(ConnectionError):
    """Redis does not answer, or not as it should; the text says how."""


def connect(url: str) -> Redis:
    """Make the client for reading journals: its own connection, no hidden retries."""
    return Redis.from_url(
        url, socket_timeout=READ_S, socket_connect_timeout=2.0, retry=Retry(NoBackoff(), 0), health_check_interval=0
    )


class Journal:
    """Reads journals and snapshots of the fairs under one key prefix."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        """Read by ``redis``, which should come from `connect`."""
        self._redis = redis
        self._prefix = prefix
        self._ahead_ms = 0
        self._stuck_at: dict[str, int] = {}

    def real_now(self) -> int:
        """Redis's time in ms, as last measured: the one clock of all processes (invariant 9)."""
        return int(time.time() * 1000) + self._ahead_ms

    async def close(self) -> None:
        """Give the connection back."""
        await self._redis.aclose()

    async def measure_clock(self) -> None:
        """Measure how far Redis's clock is ahead of this process's."""
        before = time.time()
        with _told():
            seconds, micros = await self._redis.time()
        middle = (before + time.time()) / 2
        self._ahead_ms = round((seconds + micros / 1e6 - middle) * 1000)

    async def snapshot(self, slug: str) -> Board:
        """Read the whole fair at one instant. Raises `NotFounded`."""
        keys = Keys(self._prefix, slug)
        with _told():
            reply: Any = await self._redis.eval(script("snapshot").text, len(keys.fair), *keys.fair)
        if not reply:
            raise NotFounded(slug)
        epoch, offset, *tables = reply
        board = Board(epoch, offset)
        for name, rows in zip(TABLES, tables, strict=True):
            board.put(name, (row_from(name, json.loads(text)) for text in rows))
        return board

    async def after(self, slug: str, offset: int, limit: int) -> list[Event]:
        """Read up to ``limit`` events after ``offset``; fewer, or none, where the journal was trimmed."""
        if limit < 1:
            return []  # Redis would take it for a mistake
        with _told():
            reply: Any = await self._redis.xrange(Keys(self._prefix, slug).journal, f"({offset}-0", "+", count=limit)
        return [Event.from_json(fields[b"event"]) for _, fields in reply]

    async def follow(self, boards: Mapping[str, Board]) -> AsyncIterator[tuple[str, Event | Gap]]:
        """Give every event after each board's position as it comes, or `Gap`.

        The caller brings its board up to date before it asks for the next: the boards *are* the positions. Ends never;
        raises `JournalLost` where Redis is away.
        """
        streams = {Keys(self._prefix, slug).journal.encode(): slug for slug in boards}
        looked = 0.0  # before the first read too: Redis may be another one than before
        while True:
            if time.monotonic() - looked > LOOK_S:
                looked = time.monotonic()
                async for gap in self._look(boards):
                    yield gap
            after: Any = {key: f"{boards[slug].offset}-0" for key, slug in streams.items()}
            with _told():
                reply: Any = await self._redis.xread(after, count=READ_MAX, block=BLOCK_MS)
            for key, entries in reply or []:
                slug = streams[key]
                for _, fields in entries:
                    found = _next(boards[slug], fields[b"event"])
                    yield slug, found
                    if isinstance(found, Gap):
                        break
            if not reply:
                looked = 0.0

    async def _look(self, boards: Mapping[str, Board]) -> AsyncIterator[tuple[str, Gap]]:
        # A reader that waits after offset 57 of a fresh stream gets nothing and no error, hence this look.
        await self.measure_clock()
        for slug in boards:
            with _told():
                meta: list[Any] = await self._redis.hmget(Keys(self._prefix, slug).meta, "epoch", "offset")
            board, (epoch, top) = boards[slug], meta
            if epoch is None:
                yield slug, Gap("the fair is gone from Redis")
            elif int(epoch) != board.epoch:
                yield slug, Gap(f"the epoch is {int(epoch)}, expected {board.epoch}")
            elif int(top) < board.offset:
                yield slug, Gap(f"the journal ends at {int(top)}, expected at least {board.offset}", behind=True)
            elif int(top) > board.offset and self._stuck_at.get(slug) == board.offset:
                yield slug, Gap(f"no event after {board.offset} comes, but the journal ends at {int(top)}")
            self._stuck_at[slug] = board.offset if epoch is not None and int(top) > board.offset else -1


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise JournalLost(str(error) or type(error).__name__) from error


def _next(board: Board, text: bytes) -> Event | Gap:
    try:
        event = Event.from_json(text)
    except (ValueError, TypeError, KeyError) as error:
        log.exception("an entry of the journal cannot be read; the board is taken anew")
        return Gap(f"an entry after {board.offset} cannot be read ({type(error).__name__})")
    if event.epoch != board.epoch or event.offset != board.offset + 1:
        return Gap(f"expected {board.epoch}/{board.offset + 1}, got {event.epoch}/{event.offset}")
    return event
