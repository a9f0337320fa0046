"""The Redis in use: whether it is one that can be used, and whether what it has answered is still there after a fall.

Asked of every master. A Redis that is somebody else's may refuse to tell its settings; then that is what is found.
"""

import time
from collections.abc import AsyncIterator
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from yobidashi.queue import masters
from yobidashi.upkeep.doctor.finding import Finding, ill, note, well

OLDEST: Final = 7
"""Major version (`embedded.py`)."""

CLOCK_MAX_MS: Final = 1_000
"""How far Redis's clock may be from this machine's: pages measure the rest away, but a journal should tell the time."""

ROUND_TRIP_MAX_MS: Final = 20.0
"""A tap costs one round trip, and the person who tapped waits for it."""

ASKED: Final = 9
"""Times that the round trip is measured; the middle one counts."""


async def of_redis(url: str) -> AsyncIterator[Finding]:
    """Look at every master behind an address."""
    deployment = masters.connect(url)
    try:
        for nth, redis in enumerate(deployment.all(), 1):
            async for finding in _of_master(redis, nth):
                yield finding
    except (RedisError, OSError) as fault:
        yield ill(f"Redis につながりません（{fault}）。", f"Redis does not answer: {fault}.")
    finally:
        await deployment.close()


async def _of_master(redis: Any, nth: int) -> AsyncIterator[Finding]:
    told: dict[str, Any] = await redis.info()
    yield _version(str(told.get("valkey_version") or told["redis_version"]), nth)
    async for finding in _clock(redis):
        yield finding
    try:
        settings = await _settings(redis)
    except ResponseError as refused:
        yield note(
            f"Redis が設定を教えません（{refused}）。保存の設定は管理者に確かめてください。",
            f"This Redis does not tell its settings ({refused}); ask whoever runs it.",
        )
        return
    for finding in (_append_only(settings), _eviction(settings), _replicas(settings, int(told["connected_slaves"]))):
        yield finding


async def _settings(redis: Redis) -> dict[str, str]:
    names = ("appendonly", "appendfsync", "maxmemory-policy", "min-replicas-to-write")
    found: dict[str, str] = {}
    for name in names:
        answer: dict[Any, Any] = await redis.config_get(name)
        pairs = {_text(key): _text(value) for key, value in answer.items()}
        found[name] = pairs.get(name, "")
    return found


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _version(version: str, nth: int) -> Finding:
    if int(version.split(".")[0]) < OLDEST:
        return ill(f"Redis {version} は古すぎます（{OLDEST}.0 以上）。", f"Redis {version}: {OLDEST}.0 is needed.")
    return well(f"Redis/Valkey {version}（{nth}台目）", f"Redis or Valkey {version} (number {nth})")


async def _clock(redis: Redis) -> AsyncIterator[Finding]:
    trips, ahead = [], []
    for _ in range(ASKED):
        before = time.time()
        seconds, micros = await redis.time()
        after = time.time()
        trips.append((after - before) * 1000)
        ahead.append((seconds + micros / 1e6 - (before + after) / 2) * 1000)
    trip, off = sorted(trips)[ASKED // 2], sorted(ahead)[ASKED // 2]
    if abs(off) > CLOCK_MAX_MS:
        yield ill(
            f"Redis の時計がこのマシンと{off:+.0f} msずれています。NTPを確かめてください。",
            f"Redis's clock is {off:+.0f} ms off this machine's: look at NTP.",
        )
    else:
        yield well(f"Redis の時計との差 {off:+.0f} ms", f"Redis's clock: {off:+.0f} ms")
    if trip > ROUND_TRIP_MAX_MS:
        yield ill(f"Redis の往復に{trip:.1f} msかかります。", f"Redis takes {trip:.1f} ms for a round trip.")
    else:
        yield well(f"Redis の往復 {trip:.1f} ms", f"Redis's round trip: {trip:.1f} ms")


def _append_only(settings: dict[str, str]) -> Finding:
    if settings["appendonly"] != "yes":
        return ill(
            "Redis が追記ファイルに書いていません（appendonly yes にしてください）。",
            "Redis writes no append-only file: what it answered is lost with it. Set appendonly yes.",
        )
    match settings["appendfsync"]:
        case "always":
            return well("追記ファイル：毎回ディスクへ", "Append-only file, on disk before each answer")
        case "everysec":
            return note(
                "追記ファイル：1秒ごと。停電では直前の1秒を失うことがあります。",
                "Append-only file, once a second: a power cut may take the last second.",
            )
        case other:
            return ill(
                f"追記ファイルがいつディスクに届くか決まっていません（appendfsync {other}）。",
                f"Nobody knows when the append-only file is on disk (appendfsync {other}).",
            )


def _eviction(settings: dict[str, str]) -> Finding:
    policy = settings["maxmemory-policy"]
    if policy != "noeviction":
        return ill(
            f"メモリーが足りないとき Redis が記録を捨てます（maxmemory-policy {policy}）。noeviction にしてください。",
            f"Redis throws rows away when memory runs short (maxmemory-policy {policy}). Set noeviction.",
        )
    return well("メモリー不足でも記録を捨てません", "Nothing is thrown away when memory runs short")


def _replicas(settings: dict[str, str], connected: int) -> Finding:
    wanted = int(settings["min-replicas-to-write"] or 0)
    if connected and not wanted:
        return note(
            f"複製{connected}台。min-replicas-to-write 0 のため、切り替え時に直前の操作を失うことがあります。",
            f"{connected} replicas, but min-replicas-to-write is 0: a failover may lose the last commands.",
        )
    if wanted > connected:
        return ill(
            f"複製が{connected}台で、書き込みに必要な{wanted}台に足りません。",
            f"{connected} replicas of the {wanted} without which nothing is written.",
        )
    return well(f"複製 {connected}台（必要 {wanted}台）", f"Replicas: {connected}, of which {wanted} are needed")
