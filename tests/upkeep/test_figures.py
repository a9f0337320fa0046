"""The figures of a real server: what they say follows what happened, they name nobody, and they stand nowhere but where they are asked to."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from running import RunningServer, running_server
from serving import free_port
from yobidashi.live.wire import encode_hello
from yobidashi.upkeep.figures import SECONDS

GRAFANA = Path(__file__).parent.parent.parent / "docker" / "grafana"


@dataclass
class Watched:
    """A demonstration, and where its figures are read."""

    server: RunningServer
    address: str

    async def text(self) -> str:
        async with self.server.http.get(f"http://{self.address}/metrics") as response:
            assert response.status == 200
            assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            return await response.text()

    async def value(self, name: str, **labels: str) -> float | None:
        """Give a sample's value; None where it does not stand there."""
        for family in text_string_to_metric_families(await self.text()):
            for sample in family.samples:
                if sample.name == name and labels.items() <= sample.labels.items():
                    return float(sample.value)
        return None

    async def until(self, name: str, wanted: float, **labels: str) -> None:
        """Wait until a sample has a value."""
        async with asyncio.timeout(30):
            while await self.value(name, **labels) != wanted:
                pass


@pytest_asyncio.fixture(scope="module")
async def watched(redis_url: str) -> AsyncIterator[Watched]:
    with pytest.MonkeyPatch.context() as environment:
        port = free_port()
        environment.setenv("YOBIDASHI_METRICS", f"127.0.0.1:{port}")
        async with running_server(redis_url=redis_url, prefix="watched-figures") as server:
            yield Watched(server, f"127.0.0.1:{port}")


async def test_figures_follow_what_happens(watched: Watched) -> None:
    server, fair = watched.server, watched.server.fair
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        await socket.recv()
        await watched.until("yobidashi_sockets", 1, fair=fair, kind="demonstration")
        for size in (1, 2, 3):
            await server.command("issue", size=size, queues=["sapporo"])
        await watched.until("yobidashi_waiting", 3, fair=fair, queue="sapporo")
        called = await server.command("call-next", booth=1)
        assert not await server.try_command("call-next", booth=1)
        await watched.until("yobidashi_waiting", 2, fair=fair, queue="sapporo")
        assert await watched.value("yobidashi_tickets", fair=fair, state="called") == 1
        assert await watched.value("yobidashi_commands_total", fair=fair, command="call-next", outcome="done") == 1
        refused = await watched.value("yobidashi_commands_total", fair=fair, command="call-next", outcome="booth_busy")
        assert refused == 1
        assert await watched.value("yobidashi_call_to_sockets_seconds_count", fair=fair) == 1
        in_time = await watched.value("yobidashi_call_to_sockets_seconds_bucket", fair=fair, le=str(SECONDS[-1]))
        assert in_time == 1
        assert called["kind"] == "called"
        assert await watched.value("yobidashi_live", fair=fair) == 1
        assert await watched.value("yobidashi_redis_up") == 1
        assert (await watched.value("yobidashi_redis_round_trip_seconds") or 0) > 0
        await watched.until("yobidashi_journal_lag_events", 0, fair=fair)
    async with asyncio.timeout(30):
        while await watched.value("yobidashi_sockets", fair=fair, kind="demonstration"):
            pass


async def test_the_hall_s_own_address_says_nothing_of_them(watched: Watched) -> None:
    async with watched.server.http.get(f"{watched.server.url}/metrics") as response:
        assert response.status == 404
    async with aiohttp.ClientSession() as http, http.get(f"http://{watched.address}/") as response:
        assert response.status == 404


async def test_a_server_that_is_not_told_to_has_no_figures_anywhere(server: RunningServer) -> None:
    listening = await asyncio.create_subprocess_exec(
        "python3", "-c", _LISTENING, str(server.process.pid), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await listening.communicate()
    assert said.split() == [server.url.rpartition(":")[2].encode()]


_LISTENING = """
import os, sys
own = {os.readlink(f'/proc/{sys.argv[1]}/fd/{n}') for n in os.listdir(f'/proc/{sys.argv[1]}/fd')}
for line in open(f'/proc/{sys.argv[1]}/net/tcp').readlines()[1:]:
    parts = line.split()
    if parts[3] == '0A' and f'socket:[{parts[9]}]' in own:
        print(int(parts[1].split(':')[1], 16))
"""


async def test_every_query_of_the_dashboard_and_of_the_alarms_names_figures_that_exist(watched: Watched) -> None:
    families = list(text_string_to_metric_families(await watched.text()))
    exist = {sample.name for family in families for sample in family.samples}
    exist |= {family.name for family in families}
    exist |= {"yobidashi_" + name for name in LATER}
    text = "\n".join(path.read_text("utf-8") for path in sorted(GRAFANA.iterdir()))
    named = set(re.findall(r"\b(?:yobidashi|process)_[a-z_]+\b", text)) - {"process_"}
    assert len(named) > 10
    assert named <= exist


LATER = {
    "screen_round_trip_seconds",  # there is no enrolled screen in a demonstration
    "estimate_error_seconds",  # nobody has waited to the end yet
    "estimate_coverage",
    "limited_total",
}
"""Figures that stand there only once there is something to tell; each is in `upkeep/figures.py`."""


def test_figures_that_come_later_are_made_somewhere() -> None:
    source = (Path(__file__).parent.parent.parent / "server/yobidashi/upkeep/figures.py").read_text("utf-8")
    for name in LATER:
        assert f'"yobidashi_{name.removesuffix("_total")}"' in source


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    board = json.loads((GRAFANA / "yobidashi.json").read_text("utf-8"))
    assert board["title"]
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids))
    for panel in board["panels"]:
        assert panel["title"]
        assert panel["gridPos"].keys() == {"x", "y", "w", "h"}
        assert all(target["expr"] for target in panel.get("targets", ()))
