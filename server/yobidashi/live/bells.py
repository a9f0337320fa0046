"""The bells of one master: each event of a journal rings, and one connection hears them all, however many fairs there are.

A blocking read of many journals would need a connection a fair: a cluster refuses one over several slots. The script that
appends an event also publishes to a sharded channel with the journal's own name, so in its slot and on its master; subscribing
channel by channel, one connection may listen to any number of slots of its master. A bell says no more than *look there*: what
happened stands in the journal alone.

A bell can be lost with its connection only; then `wait` raises, and whoever listened looks everywhere once it listens again.
"""

import asyncio
import math
import time
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import ConnectionError, ResponseError

SUBSCRIBED_S: Final = 4.0
"""Seconds until all bells must be hung."""

SILENT_S: Final = 4.0
"""Seconds after which a ping without an answer counts as a lost connection."""


class BellsMoved(ResponseError):
    """Another master has one of the journals now."""


class Bells:
    """The bells of some journals on one master, as an async context manager."""

    def __init__(self, redis: Redis, journals: Mapping[bytes, str]) -> None:
        """Listen on a connection of ``redis`` to the bells of ``journals``: key → slug."""
        self._redis = redis
        self._journals = journals
        self._connection: Any = None
        self._listener: asyncio.Task[None] | None = None
        self._hung: set[bytes] = set()
        self._rung: set[str] = set()
        self._news = asyncio.Event()
        self._pinged = 0.0

    async def __aenter__(self) -> "Bells":
        """Hang every bell. Raises `redis.exceptions.RedisError`, `OSError`, `TimeoutError`."""
        pool: Any = self._redis.connection_pool
        self._connection = await pool.get_connection()
        try:
            commands = [("SSUBSCRIBE", journal) for journal in self._journals]
            await self._connection.send_packed_command(self._connection.pack_commands(commands))
            async with asyncio.timeout(SUBSCRIBED_S):
                while len(self._hung) < len(self._journals):
                    self._take(await self._reply())
        except BaseException:
            await self._give_back()
            raise
        self._listener = asyncio.create_task(self._listen(), name="bells")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None:
        """Take the bells down."""
        assert self._listener is not None
        while not self._listener.done():
            self._listener.cancel()
            await asyncio.wait([self._listener], timeout=0.1)  # once is not always enough, see app.py
        with suppress(Exception, asyncio.CancelledError):
            self._listener.exception()
        await self._give_back()

    async def wait(self, seconds: float) -> set[str]:
        """Give the fairs whose bells have rung; none where nothing rings for so long. Raises as `__aenter__`."""
        assert self._listener is not None
        if not self._rung:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._news.wait()
        self._news.clear()
        if self._listener.done():
            self._listener.result()
        rung, self._rung = self._rung, set()
        return rung

    async def ping(self) -> None:
        """Make sure that the connection lives, by asking for an answer until the next ping. Raises as `__aenter__`."""
        now = time.monotonic()
        if not self._pinged:
            self._pinged = now
            await self._connection.send_command("PING")
        elif now - self._pinged > SILENT_S:
            raise ConnectionError("the bells are silent")

    async def _listen(self) -> None:
        try:
            while True:
                self._take(await self._reply())
        finally:
            self._news.set()

    async def _reply(self) -> Any:
        return await self._connection.read_response(timeout=math.inf, push_request=True)

    def _take(self, reply: Any) -> None:
        match reply:
            case [b"smessage", journal, *_]:
                self._rung.add(self._journals[journal])
                self._news.set()
            case [b"ssubscribe", journal, *_]:
                self._hung.add(journal)
            case [b"sunsubscribe", journal, *_]:
                raise BellsMoved(f"{journal.decode()} is on another master now")
            case _:
                self._pinged = 0.0

    async def _give_back(self) -> None:
        await self._connection.disconnect(nowait=True)
        await self._redis.connection_pool.release(self._connection)
