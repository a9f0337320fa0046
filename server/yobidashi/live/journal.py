"""Facts out: the only road by which a change reaches a server process.

A reader follows the journals of all fairs of one master: their bells (`bells.py`) say which have grown, and what is new is read
in one round trip. Every so often it looks at all of them, whether a bell rang or not. Where offsets do not follow on (trimmed,
flushed, lost), the reader says `Gap`; nothing is papered over.
"""

import hashlib
import json
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from redis.exceptions import AskError, RedisError

from yobidashi.live.bells import Bells, BellsMoved
from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.keys import Keys
from yobidashi.queue.masters import Masters
from yobidashi.queue.rows import TABLES, row_from
from yobidashi.queue.scripts import script

WAIT_S: Final = 0.25
"""How long one wait for a bell lasts. Also how soon a new epoch is noticed in silence, where there are few fairs."""

LOOKS_PER_S: Final = 200
"""Fairs whose epoch and top are looked at in one second, however many there are: 1,000 are looked through in 5 s."""

READ_MAX: Final = 500
"""Events of one fair in one read."""

FAIRS_AT_ONCE: Final = 100
"""Fairs in one round trip."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gap:
    """The journal does not follow on from where the reader was; a snapshot is needed.

    ``lost`` tells that events were, which the reader has seen: Redis has fewer in the same epoch, or others in their place.
    It is the SHA-1 of the last one, "" where that is not known.
    """

    why: str
    lost: str | None = None


class NotFounded(LookupError):
    """No fair stands under this slug in Redis: it is new, or Redis was emptied."""


class JournalLost(ConnectionError):
    """Redis does not answer, or not as it should; the text says how."""


class JournalMoved(JournalLost):
    """Another master has the journal now, or will have it in a moment."""


class Journal:
    """Reads journals and snapshots of the fairs under one key prefix."""

    def __init__(self, masters: Masters, prefix: str) -> None:
        """Read from ``masters``."""
        self._masters = masters
        self._prefix = prefix
        self._ahead_ms = {"": 0}
        self._stuck_at: dict[str, int] = {}
        self._last: dict[str, tuple[int, int, str]] = {}

    @property
    def version(self) -> int:
        """How often the map of masters has changed: `parts` hold for one version."""
        return self._masters.version

    def parts(self, slugs: Iterable[str]) -> list[list[str]]:
        """Part fairs by their masters. Only the fairs of one master can be followed together."""
        parts: dict[Any, list[str]] = {}
        for slug in slugs:
            parts.setdefault(self._masters.of(Keys(self._prefix, slug).journal), []).append(slug)
        return list(parts.values())

    async def renew(self, version: int) -> None:
        """Ask who is master now, unless somebody has since ``version``."""
        await self._masters.renew(version)

    def real_now(self, slug: str = "") -> int:
        """The time of a fair's Redis in ms, as last measured: the one clock of all processes (invariant 9).

        Without a fair, that of any: the clocks of a cluster's masters are kept together from outside, by NTP.
        """
        return int(time.time() * 1000) + self._ahead_ms.get(slug, self._ahead_ms[""])

    async def close(self) -> None:
        """Give the connections back."""
        await self._masters.close()

    async def measure_clock(self, slugs: Sequence[str]) -> None:
        """Measure how far the clock of some fairs' Redis is ahead of this process's; they are those of one master."""
        redis = self._masters.of(Keys(self._prefix, slugs[0]).journal)
        before = time.time()
        with _told():
            seconds, micros = await redis.time()
        middle = (before + time.time()) / 2
        self._ahead_ms |= dict.fromkeys(("", *slugs), round((seconds + micros / 1e6 - middle) * 1000))

    async def snapshot(self, slug: str) -> Board:
        """Read the whole fair at one instant. Raises `NotFounded`."""
        keys = Keys(self._prefix, slug)
        with _told():
            reply: Any = await self._masters.of(keys.meta).eval(script("snapshot").text, len(keys.fair), *keys.fair)
        if not reply:
            raise NotFounded(slug)
        epoch, offset, last, *tables = reply
        board = Board(epoch, offset, at=json.loads(last)["at"] if last else 0)
        self._last[slug] = epoch, offset, _digest(last)
        for name, rows in zip(TABLES, tables, strict=True):
            board.put(name, (row_from(name, json.loads(text)) for text in rows))
        return board

    async def after(self, slug: str, offset: int, limit: int) -> list[Event]:
        """Read up to ``limit`` events after ``offset``; fewer, or none, where the journal was trimmed."""
        if limit < 1:
            return []  # Redis would take it for a mistake
        journal = Keys(self._prefix, slug).journal
        with _told():
            reply: Any = await self._masters.of(journal).xrange(journal, f"({offset}-0", "+", count=limit)
        return [Event.from_json(fields[b"event"]) for _, fields in reply]

    async def follow(self, boards: Mapping[str, Board]) -> AsyncGenerator[tuple[str, Event | Gap], None]:
        """Give every event after each board's position as it comes, or `Gap`.

        The caller brings its board up to date before it asks for the next: the boards *are* the positions. Ends when the map of
        masters changes; raises `JournalMoved` where it is older than the masters, `JournalLost` where Redis is away.
        """
        version, journals = self.version, {Keys(self._prefix, slug).journal.encode(): slug for slug in boards}
        every = max(WAIT_S, len(boards) / LOOKS_PER_S)
        with _told():
            async with Bells(self._masters.of(next(iter(journals)).decode()), journals) as bells:
                async for slug, gap in self._other_than_seen(
                    boards
                ):  # first of all: it may be another Redis than before
                    yield slug, gap
                look_at, rung = 0.0, set[str]()
                while self.version == version:
                    if time.monotonic() >= look_at:
                        look_at = time.monotonic() + every
                        await bells.ping()
                        async for slug, gap in self._look(boards, rung):
                            yield slug, gap
                    rung |= await bells.wait(0 if rung else WAIT_S)
                    for slugs in _some(rung):
                        rung.difference_update(slugs)
                        async for slug, found in self._read(slugs, boards, rung):
                            yield slug, found

    async def _read(
        self, slugs: Iterable[str], boards: Mapping[str, Board], rung: set[str]
    ) -> AsyncIterator[tuple[str, Event | Gap]]:
        """Give what is new of some fairs of one master; leaves in ``rung`` which of them have still more."""
        reads = [(slug, f"({boards[slug].offset}-0", "+") for slug in slugs]
        for slug, entries in await self._entries(reads):
            if len(entries) == READ_MAX:
                rung.add(slug)
            for _, fields in entries:
                found = _next(boards[slug], fields[b"event"])
                if isinstance(found, Event):
                    self._last[slug] = found.epoch, found.offset, _digest(fields[b"event"])
                yield slug, found
                if isinstance(found, Gap):
                    break

    async def _other_than_seen(self, boards: Mapping[str, Board]) -> AsyncIterator[tuple[str, Gap]]:
        """Give a gap where another event stands in the place of the last one seen.

        A replica that took over may lack events, and may have new ones by now: the offsets alone would not tell.
        """
        for slugs in _some(boards):
            reads = [(slug, f"{boards[slug].offset}-0", f"{boards[slug].offset}-0") for slug in slugs]
            for slug, entries in await self._entries(reads):
                epoch, offset, seen = self._last.get(slug, (0, 0, ""))
                if not entries or (epoch, offset) != (boards[slug].epoch, boards[slug].offset):
                    continue
                if _digest(entries[0][1][b"event"]) != seen:
                    yield slug, Gap(f"event {offset} is another than the one seen", lost=seen)

    async def _entries(self, reads: Sequence[tuple[str, str, str]]) -> Iterable[tuple[str, Any]]:
        """Read from each journal, in one round trip, the entries from one id to another."""
        journals = [Keys(self._prefix, slug).journal for slug, _, _ in reads]
        pipe = self._masters.of(journals[0]).pipeline(transaction=False)
        for journal, (_, first, last) in zip(journals, reads, strict=True):
            pipe.xrange(journal, first, last, count=READ_MAX)
        return zip((slug for slug, _, _ in reads), await pipe.execute(), strict=True)

    async def _look(self, boards: Mapping[str, Board], rung: set[str]) -> AsyncIterator[tuple[str, Gap]]:
        """Give the gaps that no bell tells, and put into ``rung`` who has grown without one.

        A reader that waits after offset 57 of a fresh stream gets nothing and no error, hence this look.
        """
        await self.measure_clock(list(boards))
        for slugs in _some(boards):
            pipe = self._masters.of(Keys(self._prefix, slugs[0]).meta).pipeline(transaction=False)
            for slug in slugs:
                pipe.hmget(Keys(self._prefix, slug).meta, "epoch", "offset")
            for slug, (epoch, top) in zip(slugs, await pipe.execute(), strict=True):
                if (gap := self._gap(slug, boards[slug], epoch, top)) is not None:
                    yield slug, gap
                elif int(top) > boards[slug].offset:
                    rung.add(slug)

    def _gap(self, slug: str, board: Board, epoch: bytes | None, top: bytes | None) -> Gap | None:
        if epoch is None or top is None:
            return Gap("the fair is gone from Redis")
        if int(epoch) != board.epoch:
            return Gap(f"the epoch is {int(epoch)}, expected {board.epoch}")
        if int(top) < board.offset:
            return Gap(f"the journal ends at {int(top)}, expected at least {board.offset}", lost="")
        stuck = int(top) > board.offset and self._stuck_at.get(slug) == board.offset
        self._stuck_at[slug] = board.offset if int(top) > board.offset else -1
        return Gap(f"no event after {board.offset} comes, but the journal ends at {int(top)}") if stuck else None


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except JournalLost:
        raise
    except (AskError, BellsMoved) as error:  # MOVED is an AskError as well
        raise JournalMoved(str(error)) from error
    except (RedisError, OSError, TimeoutError) as error:
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


def _digest(entry: bytes) -> str:
    return hashlib.sha1(entry, usedforsecurity=False).hexdigest()


def _some(slugs: Iterable[str]) -> Iterator[list[str]]:
    """Part fairs into as many round trips as they need."""
    all_of_them = list(slugs)
    return (all_of_them[first : first + FAIRS_AT_ONCE] for first in range(0, len(all_of_them), FAIRS_AT_ONCE))
