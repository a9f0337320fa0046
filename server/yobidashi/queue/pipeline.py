"""All commands of one loop turn in one round trip to Redis.

One call at a time costs a round trip each; gathered they cost one for all (two to three times the throughput). Hidden
retries are off: a lost reply must reach the caller as such, because only the command id makes a second try harmless.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    BusyLoadingError,
    ClusterDownError,
    ConnectionError,
    MasterDownError,
    NoScriptError,
    ReadOnlyError,
    ResponseError,
    TimeoutError,
    TryAgainError,
)

from yobidashi.queue.errors import Refusal
from yobidashi.queue.scripts import Script

BATCH_MAX: Final = 256
"""Calls in one round trip; the next ones wait for the next."""

PENDING_MAX: Final = 4_096
"""Calls that may wait; past that they are refused as ``overloaded``."""

REPLY_S: Final = 4.0
"""Seconds to wait for Redis before a round trip counts as lost. `appendfsync always` on a slow card takes tens of ms."""

_AWAY: Final = (ConnectionError, BusyLoadingError, ClusterDownError, MasterDownError, ReadOnlyError, TryAgainError)

log = logging.getLogger(__name__)


def connect(url: str) -> Redis:
    """Make the client for commands: no hidden retries, short time-outs."""
    return Redis.from_url(
        url,
        socket_timeout=REPLY_S,
        socket_connect_timeout=2.0,
        retry=Retry(NoBackoff(), 0),
        max_connections=4,
        health_check_interval=0,
    )


@dataclass(slots=True)
class _Call:
    script: Script
    keys: Sequence[str]
    args: Sequence[str | bytes]
    answer: "asyncio.Future[Any]"


class Pipeline:
    """Runs scripts on one Redis, gathered by loop turn."""

    def __init__(self, redis: Redis) -> None:
        """Send through ``redis``, which should come from `connect`."""
        self._redis = redis
        self._pending: deque[_Call] = deque()
        self._sender: asyncio.Task[None] | None = None

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[str | bytes] = ()) -> Any:
        """Run a script and give its reply.

        Raises `Refusal`: ``redis_away`` where the outcome is not known, ``redis_refused`` where Redis would not write,
        ``overloaded`` where too much waits already.
        """
        if len(self._pending) >= PENDING_MAX:
            raise Refusal("overloaded")
        call = _Call(script, keys, args, asyncio.get_running_loop().create_future())
        self._pending.append(call)
        if self._sender is None or self._sender.done():
            self._sender = asyncio.create_task(self._send_all(), name="queue-pipeline")
        return await call.answer

    async def close(self) -> None:
        """Stop sending; what still waits is answered ``redis_away``."""
        if self._sender is not None:
            self._sender.cancel()
        _answer_all(self._pending, Refusal("redis_away"))
        self._pending.clear()
        await self._redis.aclose()

    async def _send_all(self) -> None:
        while self._pending:
            batch = [self._pending.popleft() for _ in range(min(BATCH_MAX, len(self._pending)))]
            try:
                await self._send(batch)
            except (ConnectionError, TimeoutError, OSError) as error:
                log.warning("Redis does not answer (%s); %d commands are told to try again", error, len(batch))
                _answer_all(batch, Refusal("redis_away"))
            except BaseException as error:
                _answer_all(batch, Refusal("redis_away"))
                if not isinstance(error, Exception):
                    raise
                log.exception("the round trip to Redis failed")

    async def _send(self, batch: list[_Call]) -> None:
        replies = await self._round_trip(batch)
        unloaded = [call for call, reply in zip(batch, replies, strict=True) if isinstance(reply, NoScriptError)]
        if unloaded:  # Redis is new or was restarted: nothing of these has run
            for text in {call.script.text for call in unloaded}:
                await self._redis.script_load(text)
            again = iter(await self._round_trip(unloaded))
            replies = [next(again) if isinstance(reply, NoScriptError) else reply for reply in replies]
        for call, reply in zip(batch, replies, strict=True):
            _answer(call, reply)

    async def _round_trip(self, batch: list[_Call]) -> list[Any]:
        pipe = self._redis.pipeline(transaction=False)
        for call in batch:
            pipe.evalsha(call.script.sha, len(call.keys), *call.keys, *call.args)
        replies: list[Any] = await pipe.execute(raise_on_error=False)
        return replies


def _answer_all(calls: Sequence[_Call] | deque[_Call], refusal: Refusal) -> None:
    for call in calls:
        if not call.answer.done():
            call.answer.set_exception(refusal)


def _answer(call: _Call, reply: Any) -> None:
    if call.answer.done():  # whoever asked has gone; the command stands all the same
        return
    if isinstance(reply, _AWAY):
        call.answer.set_exception(Refusal("redis_away"))
    elif isinstance(reply, ResponseError):
        log.error("Redis refused %s: %s", call.script.name, reply)
        call.answer.set_exception(Refusal("redis_refused"))
    elif isinstance(reply, Exception):
        call.answer.set_exception(reply)
    else:
        call.answer.set_result(reply)
