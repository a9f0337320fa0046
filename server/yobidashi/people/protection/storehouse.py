"""Redis as a store that must be emptied: its files on disk, their rewriting, and a search through everything it holds.

Every Redis of the deployment is meant, replicas as well, for each has files of its own; what they hold is searched at the masters.

The only module of people beside the pipeline that speaks to Redis in commands: what it does here is no script's work.
A Redis that is somebody else's may refuse to tell or to rewrite; then that is said, for the written record.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from redis.exceptions import RedisError, ResponseError

from yobidashi.people.keys import PeopleKeys
from yobidashi.people.protection.needles import Haystack
from yobidashi.queue.masters import Masters

REWRITE_MAX_S: Final = 600.0
"""How long Redis may take to write its append-only file anew; the step is then repeated."""

LOOK_S: Final = 0.1
"""Between two looks whether Redis has done so."""

PAGE: Final = 500
"""Members of a key, or keys, read in one round trip."""


class StorehouseAway(Exception):
    """Redis does not answer, or not in time; `str()` says how."""


class StorehouseRefuses(StorehouseAway):
    """Redis does not allow it; `str()` says what."""


@dataclass(frozen=True, slots=True)
class RedisFiles:
    """Where Redis keeps its data, as it tells itself."""

    folder: Path | None = None
    """None where it does not say, or where its folder is on another machine."""
    append_only: bool = False
    aof: Path | None = None
    """Folder of the append-only files."""
    rdb: Path | None = None
    """Where a dump stands, if there is one."""
    why_not: str = ""
    """What is not known, and why; "" where all is."""


class Storehouse:
    """Every Redis of one deployment, with every key under one prefix."""

    def __init__(self, masters: Masters, prefix: str) -> None:
        """Speak to ``masters``, whose time-out holds for one answer, and to their replicas."""
        self._masters = masters
        self._prefix = prefix

    async def close(self) -> None:
        """Give the connections back."""
        await self._masters.close()

    async def files(self) -> RedisFiles:
        """Ask Redis where it keeps its data. Raises `StorehouseAway`."""
        try:
            first, *others = await self._everywhere()
            if others:
                return RedisFiles(why_not=f"{1 + len(others)} Redis keep their files, each in a folder of its own")
            told = {
                name: (await first.config_get(name)).get(name, "")
                for name in ("dir", "appendonly", "appenddirname", "dbfilename")
            }
        except ResponseError as refused:
            return RedisFiles(why_not=f"Redis does not tell where its files are: {refused}")
        except (RedisError, OSError) as fault:
            raise StorehouseAway(str(fault)) from None
        values = {name: value.decode() if isinstance(value, bytes) else value for name, value in told.items()}
        folder, append_only = Path(values["dir"]), values["appendonly"] == "yes"
        if not await asyncio.to_thread(folder.is_dir):
            return RedisFiles(
                append_only=append_only, why_not=f"Redis keeps its files in {folder}, not on this machine"
            )
        return RedisFiles(folder, append_only, folder / values["appenddirname"], folder / values["dbfilename"])

    async def rewrite(self) -> None:
        """Let Redis write its append-only file anew from what it holds now; returns when the old files are gone.

        Raises `StorehouseAway` where that fails or takes longer than `REWRITE_MAX_S`.
        """
        await self._let("bgrewriteaof", "aof_rewrite_in_progress", "aof_rewrite_scheduled", "aof_last_bgrewrite_status")

    async def dump(self) -> None:
        """Let Redis write its dump file anew from what it holds now. Raises `StorehouseAway` as `rewrite`."""
        await self._let("bgsave", "rdb_bgsave_in_progress", "", "rdb_last_bgsave_status")

    async def forget_answers(self, slug: str) -> int:
        """Take away what commands about people were answered; give how many answers. Raises `StorehouseAway`."""
        gone = 0
        pattern = PeopleKeys(self._prefix, slug).answer("*")
        await self._everywhere()  # a cluster's masters are not known before
        redis: Any = self._masters.of(pattern)
        async for keys in self._keys(redis, pattern):
            gone += int(await redis.unlink(*keys))
        return gone

    async def search(self, needles: Sequence[bytes], everything: bool) -> Haystack:
        """Look for byte strings in every key and value under the prefix, or in all of this Redis. Raises `StorehouseAway`."""
        haystack = Haystack("Redis")
        try:
            await self._everywhere()
            for redis in self._masters.all():
                async for keys in self._keys(redis, "*" if everything else f"{self._prefix}:*"):
                    for key in keys:
                        haystack.look(key, needles)
                        async for values in _values(redis, key):
                            for value in values:
                                haystack.look(value, needles)
        except (RedisError, OSError) as fault:
            raise StorehouseAway(str(fault)) from None
        return haystack

    async def _everywhere(self) -> list[Any]:
        return [*await self._masters.everywhere()]

    async def _let(self, command: str, running: str, scheduled: str, outcome: str) -> None:
        deadline = time.monotonic() + REWRITE_MAX_S
        try:
            for redis in await self._everywhere():
                await _idle(redis, running, scheduled, deadline)  # one that runs already may have begun too early
                await getattr(redis, command)()
                await _idle(redis, running, scheduled, deadline)
                status = (await redis.info("persistence")).get(outcome)
                if status != "ok":
                    raise StorehouseAway(f"{command} ended with {status}")
        except ResponseError as fault:
            raise StorehouseRefuses(f"{command}: {fault}") from None
        except (RedisError, OSError) as fault:
            raise StorehouseAway(str(fault)) from None

    async def _keys(self, redis: Any, pattern: str) -> AsyncIterator[list[bytes]]:
        cursor: int | bytes = 0
        while True:
            cursor, keys = await redis.scan(cursor, match=pattern, count=PAGE)
            if keys:
                yield keys
            if not int(cursor):
                return


async def _idle(redis: Any, running: str, scheduled: str, deadline: float) -> None:
    while True:
        told = await redis.info("persistence")
        if not told.get(running) and not told.get(scheduled):
            return
        if time.monotonic() > deadline:
            raise StorehouseAway(f"it still runs after {REWRITE_MAX_S:.0f} s")
        await asyncio.sleep(LOOK_S)


async def _values(redis: Any, key: bytes) -> AsyncIterator[list[bytes]]:
    """Give what a key holds, page by page, whatever its type."""
    kind = (await redis.type(key)).decode()
    if kind == "string":
        yield [await redis.get(key) or b""]
    elif kind == "stream":
        at = "-"
        while page := await redis.xrange(key, at, "+", PAGE):
            yield [part for _, fields in page for pair in fields.items() for part in pair]
            at = f"({page[-1][0].decode()}"
    elif kind == "list":
        first = 0
        while page := await redis.lrange(key, first, first + PAGE - 1):
            yield page
            first += PAGE
    elif kind in ("hash", "set", "zset"):
        cursor: int = 0
        while True:
            cursor, page = await getattr(redis, {"hash": "hscan", "set": "sscan", "zset": "zscan"}[kind])(
                key, cursor, count=PAGE
            )
            yield _members(kind, page)
            if not int(cursor):
                return


def _members(kind: str, page: Any) -> list[bytes]:
    if kind == "hash":
        return [part for pair in page.items() for part in pair]
    return [member for member, _ in page] if kind == "zset" else list(page)
