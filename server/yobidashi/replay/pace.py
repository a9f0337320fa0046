"""How the fair's time passes while a day is played, and when each actor moves.

Actors (parties, consultants, the floor manager, screens that lose their Wi-Fi) are coroutines that act and then wait: until a
time of the fair (`Pace.until`) or for something they see on the board (`Pace.when`). `Pace.run` is the one loop behind them:

1. all actors act, concurrently, until every one of them waits again and its commands are answered;
2. the crew's own board catches up with the last answer;
3. whoever sees what they wait for acts, at the same instant; only when nobody does, time goes on to the next planned moment.

At top speed the fair's clock stands (rate 0) and step 3 sets it forward with `set-clock`, so that a day takes as long as its
commands take, no moment is missed, and every time in the journal is exactly the planned one, however slow the machine is. The
moments lie on a grid of `STEP_MS`: whoever plans for the same step really presses in the same moment, as thirty booths do. At
a speed N the server's clock runs N times real time and step 3 waits that long; everything else is the same code. There the
milliseconds of an answer count: at 600 each is 0.6 s of the fair's time, and waits in the report grow by that.

Which of two simultaneous commands comes first is the server's decision and differs between runs; the plan does not depend on it.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from yobidashi.replay.client import Refused

STEP_MS: Final = 20_000
"""Grid of the moments at top speed, in ms of the fair's time."""

LEAVE_AHEAD_S: Final = (0.0, 0.05, 0.2, 1.0, 5.0)
"""Seconds of real time that may lie between the server's clock and what is known of it, tried one after the other."""

SetClock = Callable[[int, float], Awaitable[None]]
"""Sets the fair's clock: the time in ms, and the rate."""


@dataclass(slots=True)
class _Waiting:
    """One actor that waits: until a time, or for a sight, or for whichever is first."""

    at: int | None
    ready: Callable[[], bool] | None
    wake: asyncio.Future[bool]


class Pace:
    """The fair's time for all actors. ``rate`` 0 is top speed; otherwise how many times faster than real time."""

    def __init__(self, set_clock: SetClock, caught_up: Callable[[], Awaitable[None]], rate: float) -> None:
        self._set_clock = set_clock
        self._caught_up = caught_up
        self._rate = rate
        self._fair, self._real = 0, 0.0
        self._waiting: list[_Waiting] = []
        self._actors: set[asyncio.Task[None]] = set()
        self._busy = 0
        self._quiet = asyncio.Event()
        self._seen = asyncio.Event()
        self._failure: BaseException | None = None

    def now(self) -> int:
        """Give the fair's time in ms."""
        return self._fair + int((monotonic() - self._real) * 1_000 * self._rate)

    async def begin(self, at: int) -> None:
        """Move the fair's clock to ``at``, where the day begins."""
        await self._set_clock(at, self._rate)
        self._fair, self._real = at, monotonic()

    async def leave(self) -> None:
        """Let the fair's clock run on in real time, from now: what the demonstration does after the day.

        The server's clock is ahead of what is known here by the time that an answer takes, and does not go back; so a
        little is added until it suffices.
        """
        for ahead_s in LEAVE_AHEAD_S[:-1]:
            with contextlib.suppress(Refused):
                return await self._set_clock(self.now() + round(ahead_s * self._rate * 1_000), 1.0)
        return await self._set_clock(self.now() + round(LEAVE_AHEAD_S[-1] * self._rate * 1_000), 1.0)

    def start(self, actor: Coroutine[Any, Any, None]) -> None:
        """Let an actor begin. It may start others."""
        task = asyncio.create_task(actor)
        self._busy += 1
        self._actors.add(task)
        task.add_done_callback(self._ended)

    async def until(self, at: int) -> None:
        """Wait until the fair's time is ``at`` (ms). What is past is not waited for."""
        if at > self.now():
            await self._park(self._on_grid(at), None)

    async def wait(self, seconds: float) -> None:
        """Wait for so many seconds of the fair's time."""
        await self.until(self.now() + round(seconds * 1_000))

    async def wait_exactly(self, seconds: float) -> None:
        """Wait for so many seconds, whatever the grid: for what must happen within undo's ten."""
        await self._park(self.now() + round(seconds * 1_000), None)

    async def when(self, ready: Callable[[], bool], *, by: int | None = None) -> bool:
        """Wait until ``ready()`` holds on the crew's board; gives False where ``by`` (ms) came first."""
        return await self._park(by if by is None else self._on_grid(by), ready)

    def look(self) -> None:
        """Say that the crew's board has changed."""
        self._seen.set()

    async def run(self) -> None:
        """Play until every actor has ended. Raises what an actor raised; no actor outlives this."""
        try:
            while self._actors:
                await self._until_quiet()
                if self._waiting:
                    await self._caught_up()
                    self._seen.clear()
                    if not self._wake(self._sees_it):
                        await self._pass_time()
        finally:
            for task in self._actors:
                task.cancel()
            await asyncio.gather(*self._actors, return_exceptions=True)

    def _on_grid(self, at: int) -> int:
        return at if self._rate else -(-at // STEP_MS) * STEP_MS

    async def _park(self, at: int | None, ready: Callable[[], bool] | None) -> bool:
        waiting = _Waiting(at, ready, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._released()
        return await waiting.wake

    def _released(self) -> None:
        self._busy -= 1
        if self._busy == 0:
            self._quiet.set()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._actors.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._failure = self._failure or error
            self._quiet.set()
        self._released()

    async def _until_quiet(self) -> None:
        while self._busy and not self._failure:
            self._quiet.clear()
            await self._quiet.wait()
        if self._failure:
            raise self._failure

    async def _pass_time(self) -> None:
        """Go on to the next planned moment; at a running clock, or until the board shows something new."""
        moments = [w.at for w in self._waiting if w.at is not None]
        if not moments:
            raise RuntimeError("every actor waits for another; the day cannot go on")
        ahead_ms = min(moments) - self.now()
        if ahead_ms > 0 and not self._rate:
            self._fair += ahead_ms
            await self._set_clock(self._fair, 0.0)
        elif ahead_ms > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ahead_ms / 1_000 / self._rate):
                    await self._seen.wait()
        now = self.now()
        self._wake(lambda waiting: False if waiting.at is not None and waiting.at <= now else None)

    @staticmethod
    def _sees_it(waiting: _Waiting) -> bool | None:
        return True if waiting.ready is not None and waiting.ready() else None

    def _wake(self, answer: Callable[[_Waiting], bool | None]) -> int:
        """Wake those for whom ``answer`` is not None, with that answer; gives how many."""
        woken = 0
        still: list[_Waiting] = []
        for waiting in self._waiting:
            if (result := answer(waiting)) is None:
                still.append(waiting)
            elif not waiting.wake.done():
                self._busy += 1
                woken += 1
                waiting.wake.set_result(result)
        self._waiting = still
        return woken
