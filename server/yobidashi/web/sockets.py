"""The open sockets of one process, looked through again and again: who may no longer listen is closed.

One sweep asks once for every distinct sign-in, not once a socket, so that it costs little however many pages are open. A
badge that was revoked in another process is found out here too.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from yobidashi.queue.errors import Refusal
from yobidashi.staff.principal import Kind

log = logging.getLogger(__name__)

Still = Callable[[], Awaitable[bool]]
RoundTrip = Callable[[], float | None]


@dataclass(frozen=True, slots=True)
class Listener:
    """Who listens on one socket: ids alone."""

    slug: str
    kind: Kind
    staff: str | None = None
    device: str | None = None


class Revoked(Exception):
    """Who listens on this socket may no longer do so."""


class OpenSockets:
    """Every socket this process serves to somebody who had to say who they are."""

    def __init__(self, sweep_s: float) -> None:
        """Look through them every ``sweep_s`` seconds."""
        self._sweep_s = sweep_s
        self._all: dict[asyncio.Task[None], tuple[Listener, RoundTrip]] = {}
        self._open: dict[asyncio.Task[None], tuple[Listener, Still]] = {}
        self._revoked: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """How many sockets are watched."""
        return len(self._open)

    def count(self) -> dict[tuple[str, str], int]:
        """Give how many sockets are open, by fair and kind of listener."""
        return Counter((listener.slug, str(listener.kind)) for listener, _ in self._all.values())

    def round_trips(self, slug: str) -> dict[str, list[float | None]]:
        """Give, by enrolled device, how long the newest ping to each of its sockets took, in s; None before the first."""
        trips: dict[str, list[float | None]] = {}
        for listener, trip in self._all.values():
            if listener.slug == slug and listener.device is not None:
                trips.setdefault(listener.device, []).append(trip())
        return trips

    def screens(self) -> dict[tuple[str, str], float]:
        """Give the longest such time of each enrolled screen, by fair and device."""
        found: dict[tuple[str, str], float] = {}
        for listener, trip in self._all.values():
            seconds = trip()
            if listener.kind is Kind.SCREEN and listener.device is not None and seconds is not None:
                at = (listener.slug, listener.device)
                found[at] = max(seconds, found.get(at, 0.0))
        return found

    @asynccontextmanager
    async def watch(self, listener: Listener, still: Still | None, round_trip: RoundTrip) -> AsyncIterator[None]:
        """Watch the present task's socket as long as the body runs. Raises `Revoked` out of the body's ``await``.

        ``still`` tells whether ``listener``, who may have several sockets, may still listen; None: everybody may.
        ``round_trip`` tells how long its newest ping took.
        """
        task = asyncio.current_task()
        assert task is not None
        self._all[task] = (listener, round_trip)
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
            self._all.pop(task, None)
            self._open.pop(task, None)
            self._revoked.discard(task)

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            await asyncio.sleep(self._sweep_s)
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
