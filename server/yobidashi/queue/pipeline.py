"""All commands of one loop turn in one round trip to the Redis that decides them.

One call at a time costs a round trip each; gathered they cost one for all (two to three times the throughput). Each master has
a lane of its own, so that one which does not answer holds up no other. Hidden retries are off: a lost reply must reach the
caller as such, because only the command id makes a second try harmless.

With replicas asked for, a round trip ends with ``WAIT`` on its own connection, and what it did is answered only when so many
replicas have it. A read, or a first answer given again, wrote nothing on this connection, so that ``WAIT`` alone would not wait
for what another connection wrote just before: a key that lapses at once is written first (`_fence`).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import (
    AskError,
    BusyLoadingError,
    ClusterDownError,
    ConnectionError,
    MasterDownError,
    MovedError,
    NoScriptError,
    ReadOnlyError,
    ResponseError,
    TimeoutError,
    TryAgainError,
)

from yobidashi.queue.errors import Refusal
from yobidashi.queue.masters import Masters
from yobidashi.queue.scripts import Script

BATCH_MAX: Final = 256
"""Calls in one round trip; the next ones wait for the next."""

PENDING_MAX: Final = 4_096
"""Calls of one lane that may wait; past that they are refused as ``overloaded``."""

SENDERS_MAX: Final = 2
"""Round trips under way at once in a lane: while Redis works on one, this process reads and writes the other."""

SPLIT_MIN: Final = 16
"""Calls that must wait before they are parted among senders; fewer cost less in one round trip."""

MOVES_MAX: Final = 3
"""How often a call is sent after its keys; where they still move then, the page sends it again."""

REPLICAS_MS: Final = 1_000
"""How long a round trip waits for replicas before its commands count as not acknowledged; shorter than `masters.REPLY_S`."""

_AWAY: Final = (
    ConnectionError,
    BusyLoadingError,
    ClusterDownError,
    MasterDownError,
    ReadOnlyError,  # it was master until now
    TryAgainError,  # the slot is on its way to another master: some keys are here and some there
    AskError,  # the same, at its end: with all of a fair's keys the other would say TRYAGAIN; MovedError is one as well
)
_TOO_FEW_REPLICAS: Final = "NOREPLICAS"
"""How Redis refuses a write by `min-replicas-to-write`."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Call:
    script: Script
    keys: Sequence[str]
    args: Sequence[str | bytes]
    answer: "asyncio.Future[Any]"
    moves: int = 0


class Pipeline:
    """Runs scripts on the masters of one deployment, gathered by loop turn and master."""

    def __init__(self, masters: Masters, replicas: int = 0) -> None:
        """Send to ``masters``; acknowledge what is on ``replicas`` replicas beside its master."""
        self._masters = masters
        self._replicas = replicas
        self._lanes: dict[Redis, _Lane] = {}

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[str | bytes] = ()) -> Any:
        """Run a script on keys of one slot and give its reply.

        Raises `Refusal`: ``redis_away`` where the outcome is not known or not on enough replicas, ``redis_refused`` where Redis
        would not write, ``overloaded`` where too much waits already.
        """
        call = _Call(script, keys, args, asyncio.get_running_loop().create_future())
        self._lane(keys[0]).take(call)
        return await call.answer

    async def close(self) -> None:
        """Stop sending; what still waits is answered ``redis_away``."""
        for lane in self._lanes.values():
            lane.close()
        await self._masters.close()

    def _lane(self, key: str) -> "_Lane":
        redis = self._masters.of(key)
        if redis not in self._lanes:
            self._lanes[redis] = _Lane(self, self._masters, redis, self._replicas)
        return self._lanes[redis]

    def _follow(self, calls: Iterable[_Call]) -> None:
        """Send calls after their keys, which another master has now."""
        for call in calls:
            try:
                self._lane(call.keys[0]).take(call)
            except Refusal as refusal:
                _refuse([call], refusal.code)


class _Lane:
    """The calls to one master, in round trips that overlap where there are many.

    Which of two calls that wait at once comes first is not said; whoever needs an order awaits the first answer.
    """

    def __init__(self, pipeline: Pipeline, masters: Masters, redis: Redis, replicas: int) -> None:
        self._pipeline = pipeline
        self._masters = masters
        self._redis = redis
        self._replicas = replicas
        self._pending: deque[_Call] = deque()
        self._senders: set[asyncio.Task[None]] = set()
        self._running = 0  # senders that will still look for calls; a task is done only a moment after that
        self._under_way = 0

    def take(self, call: _Call) -> None:
        """Send a call with the next round trip. Raises `Refusal` (``overloaded``)."""
        if len(self._pending) >= PENDING_MAX:
            raise Refusal("overloaded")
        self._pending.append(call)
        if not self._running or (len(self._pending) >= SPLIT_MIN and self._running < SENDERS_MAX):
            self._running += 1
            sender = asyncio.create_task(self._send_all(), name="queue-pipeline")
            self._senders.add(sender)
            sender.add_done_callback(self._senders.discard)

    def close(self) -> None:
        """Stop; what still waits is answered ``redis_away``."""
        for sender in self._senders:
            sender.cancel()
        _refuse(self._pending, "redis_away")
        self._pending.clear()

    async def _send_all(self) -> None:
        try:
            await self._send_what_waits()
        finally:
            self._running -= 1

    async def _send_what_waits(self) -> None:
        while self._pending:
            batch = [self._pending.popleft() for _ in range(self._share())]
            version = self._masters.version
            try:
                self._under_way += 1
                settled = await self._send(batch)
            except (ConnectionError, TimeoutError, OSError) as error:
                log.warning("Redis does not answer (%s); %d commands are told to try again", error, len(batch))
                _refuse(batch, "redis_away")
                settled = False
            except BaseException as error:
                _refuse(batch, "redis_away")
                if not isinstance(error, Exception):
                    raise
                log.exception("the round trip to Redis failed")
                continue
            finally:
                self._under_way -= 1
            if not settled:
                await self._renew(version)

    def _share(self) -> int:
        """How many of the calls that wait leave in the next round trip: where there are many, one part for each that is not under way."""
        waiting = len(self._pending)
        parts = max(1, SENDERS_MAX - self._under_way) if waiting >= SPLIT_MIN else 1
        return min(BATCH_MAX, -(-waiting // parts))

    async def _renew(self, version: int) -> None:
        """Ask who is master now, and send after their keys what waited meanwhile."""
        await self._masters.renew(version)
        if self._masters.version != version:
            waiting = list(self._pending)
            self._pending.clear()
            self._pipeline._follow(waiting)

    async def _send(self, batch: list[_Call]) -> bool:
        """Send calls and answer them; False where one of them shows that this is not their master, or not for now."""
        replies = await self._round_trip(batch)
        unloaded = [call for call, reply in zip(batch, replies, strict=True) if isinstance(reply, NoScriptError)]
        if unloaded:  # Redis is new, was restarted, or was a replica until now: nothing of these has run
            for text in {call.script.text for call in unloaded}:
                await self._redis.script_load(text)
            again = iter(await self._round_trip(unloaded))
            replies = [next(again) if isinstance(reply, NoScriptError) else reply for reply in replies]
        for call, reply in zip(batch, replies, strict=True):
            if isinstance(reply, MovedError) and call.moves < MOVES_MAX:
                call.moves += 1
                self._pending.append(call)  # nothing was done
            else:
                _answer(call, reply)
        return not any(isinstance(reply, _AWAY) for reply in replies)

    async def _round_trip(self, batch: list[_Call]) -> list[Any]:
        pipe = self._redis.pipeline(transaction=False)
        for call in batch:
            pipe.evalsha(call.script.sha, len(call.keys), *call.keys, *call.args)
        if self._replicas:
            pipe.set(_fence(batch[0]), "", px=1)
            pipe.execute_command("WAIT", self._replicas, REPLICAS_MS)
        replies: list[Any] = await pipe.execute(raise_on_error=False)
        if not self._replicas:
            return replies
        *replies, fenced, reached = replies
        if fenced is True and reached >= self._replicas:
            return replies
        if not isinstance(fenced, Exception):
            log.warning("%s of %d replicas have it; %d commands are to try again", reached, self._replicas, len(batch))
        return [reply if isinstance(reply, Exception) else TryAgainError("not on enough replicas") for reply in replies]


def _fence(call: _Call) -> str:
    """Give a key beside the call's own, in their slot."""
    return f"{call.keys[0]}:fence"


def _refuse(calls: Iterable[_Call], code: str) -> None:
    for call in calls:
        if not call.answer.done():
            call.answer.set_exception(Refusal(code))


def _answer(call: _Call, reply: Any) -> None:
    if call.answer.done():  # whoever asked has gone; the command stands all the same
        return
    too_few = isinstance(reply, ResponseError) and str(reply).startswith(_TOO_FEW_REPLICAS)
    if isinstance(reply, _AWAY) or too_few:
        call.answer.set_exception(Refusal("redis_away"))
    elif isinstance(reply, ResponseError):
        log.error("Redis refused %s: %s", call.script.name, reply)
        call.answer.set_exception(Refusal("redis_refused"))
    elif isinstance(reply, Exception):
        call.answer.set_exception(reply)
    else:
        call.answer.set_result(reply)
