"""The open sockets of one process, looked through again and again: who may no longer listen is closed.

One sweep asks once for every distinct sign-in, not once a socket, so that it costs little however many pages are open. A
badge that was revoked in another process is found out here too.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from typing import Final

from yobidashi.queue.errors import Refusal

SWEEP_S: Final = 15.0
"""Seconds between two looks: a lost badge's sockets are closed well within a minute."""

log = logging.getLogger(__name__)

Still = Callable[[], Awaitable[bool]]


class Revoked(Exception):
    """Who listens on this socket may no longer do so."""


class OpenSockets:
    """Every socket this process serves to somebody who had to say who they are."""

    def __init__(self) -> None:
        self._open: dict[asyncio.Task[None], tuple[Hashable, Still]] = {}
        self._revoked: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """How many sockets are watched."""
        return len(self._open)

    @asynccontextmanager
    async def watch(self, listener: Hashable, still: Still | None) -> AsyncIterator[None]:
        """Watch the present task's socket as long as the body runs. Raises `Revoked` out of the body's ``await``.

        ``still`` tells whether ``listener``, who may have several sockets, may still listen; None: everybody may.
        """
        task = asyncio.current_task()
        assert task is not None
        if still is not None:
            self._open[task] = (listener, still)
        try:
            yield
        except asyncio.CancelledError:
            if task not in self._revoked:
                raise
            task.uncancel()
            raise Revoked from None
        finally:
            self._open.pop(task, None)
            self._revoked.discard(task)

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            await asyncio.sleep(SWEEP_S)
            await self.sweep()

    async def sweep(self) -> None:
        """Look at every socket once. While Redis is away nobody is turned out: nobody could say why."""
        listeners = dict(self._open.values())
        gone = {listener for listener, still in listeners.items() if not await _may_stay(still)}
        for task, (listener, _) in list(self._open.items()):
            if listener in gone:
                self._revoked.add(task)
                task.cancel()


async def _may_stay(still: Still) -> bool:
    try:
        return await still()
    except Refusal:
        return True
    except Exception:
        log.exception("a socket's listener could not be looked up")
        return True
