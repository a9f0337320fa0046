"""Redis as a store that must be emptied: its files on disk, their rewriting, and a search through everything it holds.

The only module of people beside the pipeline that speaks to Redis in commands: what it does here is no script's work.
A Redis that is somebody else's may refuse to tell or to rewrite; then that is said, for the written record.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from yobidashi.people.keys import PeopleKeys
from yobidashi.people.protection.needles import Haystack

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
    """One Redis, with every key under one prefix."""

    def __init__(self, redis: Redis, prefix: str) -> None:
        """Speak by ``redis``, whose time-out holds for one answer."""
        self._redis: Any = redis
        self._prefix = prefix

    async def close(self) -> None:
        """Give the connection back."""
        await self._redis.aclose()

    async def files(self) -> RedisFiles:
        """Ask Redis where it keeps its data. Raises `StorehouseAway`."""
        try:
            told = {
                name: (await self._redis.config_get(name)).get(name, "")
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
        async for keys in self._keys(PeopleKeys(self._prefix, slug).answer("*")):
            gone += int(await self._redis.unlink(*keys))
        return gone

    async def search(self, needles: Sequence[bytes], everything: bool) -> Haystack:
        """Look for byte strings in every key and value under the prefix, or in all of this Redis. Raises `StorehouseAway`."""
        haystack = Haystack("Redis")
        try:
            async for keys in self._keys("*" if everything else f"{self._prefix}:*"):
                for key in keys:
                    haystack.look(key, needles)
                    async for values in self._values(key):
                        for value in values:
                            haystack.look(value, needles)
        except (RedisError, OSError) as fault:
            raise StorehouseAway(str(fault)) from None
        return haystack

    async def _let(self, command: str, running: str, scheduled: str, outcome: str) -> None:
        deadline = time.monotonic() + REWRITE_MAX_S
        try:
            await self._idle(running, scheduled, deadline)  # one that runs already may have begun too early
            await getattr(self._redis, command)()
            await self._idle(running, scheduled, deadline)
            status = (await self._redis.info("persistence")).get(outcome)
        except ResponseError as fault:
            raise StorehouseRefuses(f"{command}: {fault}") from None
        except (RedisError, OSError) as fault:
            raise StorehouseAway(str(fault)) from None
        if status != "ok":
            raise StorehouseAway(f"{command} ended with {status}")

    async def _idle(self, running: str, scheduled: str, deadline: float) -> None:
        while True:
            told = await self._redis.info("persistence")
            if not told.get(running) and not told.get(scheduled):
                return
            if time.monotonic() > deadline:
                raise StorehouseAway(f"it still runs after {REWRITE_MAX_S:.0f} s")
            await asyncio.sleep(LOOK_S)

    async def _keys(self, pattern: str) -> AsyncIterator[list[bytes]]:
        cursor: int | bytes = 0
        while True:
            cursor, keys = await self._redis.scan(cursor, match=pattern, count=PAGE)
            if keys:
                yield keys
            if not int(cursor):
                return

    async def _values(self, key: bytes) -> AsyncIterator[list[bytes]]:
        """Give what a key holds, page by page, whatever its type."""
        kind = (await self._redis.type(key)).decode()
        if kind == "string":
            yield [await self._redis.get(key) or b""]
        elif kind == "stream":
            at = "-"
            while page := await self._redis.xrange(key, at, "+", PAGE):
                yield [part for _, fields in page for pair in fields.items() for part in pair]
                at = f"({page[-1][0].decode()}"
        elif kind == "list":
            first = 0
            while page := await self._redis.lrange(key, first, first + PAGE - 1):
                yield page
                first += PAGE
        elif kind in ("hash", "set", "zset"):
            cursor: int = 0
            while True:
                cursor, page = await getattr(self._redis, {"hash": "hscan", "set": "sscan", "zset": "zscan"}[kind])(
                    key, cursor, count=PAGE
                )
                yield _members(kind, page)
                if not int(cursor):
                    return


def _members(kind: str, page: Any) -> list[bytes]:
    if kind == "hash":
        return [part for pair in page.items() for part in pair]
    return [member for member, _ in page] if kind == "zset" else list(page)
