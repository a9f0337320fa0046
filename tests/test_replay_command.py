"""`yobidashi replay`: the day and its proof as they are shown, and what is told when a day cannot be played."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from fair_text import FairText
from running import RunningServer, running_server
from serving import environment, serving
from yobidashi.replay.command import FAILED, INTERRUPTED, USAGE, replay

OPENS, CLOSES = 1_771_032_600_000, 1_771_056_000_000  # 10:30 and 17:00 of the sample fair's day in Tokyo


pytestmark = pytest.mark.timeout(240)


async def replayed(*arguments: str) -> tuple[int | None, str, str]:
    """`yobidashi replay` to its end: exit status, what it printed, what it complained of."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "yobidashi", "replay", *arguments),
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    return process.returncode, said.decode(), complained.decode()


@pytest_asyncio.fixture
async def lettered_server(redis_url: str, prefix: str, tmp_path: Path) -> AsyncIterator[RunningServer]:
    """A server of another organiser's fair: a number for each queue, two queues a party at most."""
    text = FairText.without_specification().set("[fair]", "slug", '"lettered"').set("[tickets]", "series", '"queue"')
    text = text.set("[tickets]", "queues_per_party", "2").set("[reservation]", "wishes", "2")
    fair = text.write(tmp_path)
    async with running_server(str(fair), redis_url=redis_url, prefix=prefix) as server:
        yield server


async def test_the_command_shows_the_day_and_its_proof(lettered_server: RunningServer) -> None:
    """Of a fair with lettered numbers and other limits, besides."""
    status, said, complained = await replayed("--url", lettered_server.url, "--fair", "lettered", "--day", "sample")
    assert (status, complained) == (0, ""), said
    assert "60 名 · " in said
    assert said.count("✓") == 8
    assert "✗" not in said
    numbers = {ticket["number"] for ticket in (await lettered_server.get("/board"))["tickets"]}
    assert len(numbers) > 92
    assert all(number[0].isalpha() for number in numbers)


async def test_somebody_elses_ticket_fails_the_proof(server: RunningServer) -> None:
    async def intrude() -> None:
        while not (await server.get("/board"))["tickets"]:
            pass
        await server.command("issue", size=1, queues=["bus"])

    intruding = asyncio.create_task(intrude())
    status, said, _ = await replayed("--url", server.url, "--day", "sample", "--screens", "1")
    await intruding
    assert status == FAILED
    assert said.count("✗") == 1
    assert "61 persons" in said


async def test_a_running_clock_plays_the_same_people(server: RunningServer) -> None:
    arguments = ("--url", server.url, "--day", "sample", "--speed", "1000", "--screens", "2")
    status, said, complained = await replayed(*arguments)
    assert (status, complained) == (0, ""), said
    assert "60 persons, 92 consultations" in said


async def test_ctrl_c_stops_with_a_sentence_and_lets_the_clock_run(server: RunningServer) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "yobidashi", "replay", "--url", server.url, "--speed", "60"),
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    while not (await server.get("/board"))["tickets"]:
        pass
    os.kill(process.pid, signal.SIGINT)
    _, said = await process.communicate()
    assert (process.returncode, said.decode().strip().count("\n")) == (INTERRUPTED, 0)
    assert "Stopped" in said.decode()
    clock = (await server.get("/board"))["clocks"][0]
    assert clock["rate"] == 1
    assert OPENS <= clock["fair"] < CLOSES


async def test_a_fair_with_tickets_is_not_touched_without_reset(
    server: RunningServer, capsys: pytest.CaptureFixture[str]
) -> None:
    event = await server.command("issue", size=1, queues=["bus"])
    status = await asyncio.to_thread(replay, server.url, None, "sample", "max", 1, 6, False)
    assert (status, "already has tickets" in capsys.readouterr().err) == (USAGE, True)
    assert (await server.get("/board"))["offset"] == event["offset"]


async def test_an_unknown_fair_is_named_with_those_there_are(
    server: RunningServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await asyncio.to_thread(replay, server.url, "elsewhere", "sample", "max", 1, 6, True) == USAGE
    assert f"no fair “elsewhere” at {server.url}; there is: {server.fair}." in capsys.readouterr().err


def test_a_real_fair_is_left_alone(redis_url: str, prefix: str, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(REDIS_URL=redis_url, YOBIDASHI_PREFIX=prefix) as served:
        served.wait_until_live()
        assert replay(served.url, None, "sample", "max", 1, 6, True) == USAGE
    assert "not a demonstration fair" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("http://127.0.0.1:1", None, "sample", "max"), "No server answers at http://127.0.0.1:1."),
        (("127.0.0.1:8000", None, "sample", "max"), "begins with http:// or https://"),
        (("http://127.0.0.1:1", None, "r99", "max"), "no day “r99”; there is: r6, sample."),
        (("http://127.0.0.1:1", None, "sample", "fast"), "not “fast”"),
        (("http://127.0.0.1:1", None, "sample", "0"), "not “0”"),
        (("http://127.0.0.1:1", None, "sample", "nan"), "not “nan”"),
    ],
)
def test_what_cannot_be_played_is_told_in_a_sentence(
    arguments: tuple[str, None, str, str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(*arguments, screens=1, seed=6, reset=True) == USAGE
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1
