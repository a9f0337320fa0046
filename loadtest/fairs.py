"""What one more fair costs a deployment: `python loadtest/fairs.py [--fairs 1,10,100,1000] [--rounds 5]`.

Starts one demonstration server for each number of fairs, each with its own Redis (or all on ``--redis URL``, any address that
`REDIS_URL` takes), and keeps them side by side. Each round runs the same commands on every server in turn, spread evenly over its
fairs, so that the servers share the machine's moods; idle time is looked at for all of them at once. Every figure is CPU time
as the system counts it for the process, so that other load on the machine bends it little.
"""

import argparse
import asyncio
import itertools
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp

from measuring.machine import children_of, cpu_s
from yobidashi.places import SAMPLE_FAIR

AT_ONCE: Final = 16
"""Commands at the same time."""

SETTLED_S: Final = 6.0
"""Until a server that is ready has nothing more to do: longer than between two guides."""

NO_LIMITS: Final = dict.fromkeys(("YOBIDASHI_DEVICE_RATE", "YOBIDASHI_ADDRESS_RATE"), "0")


@dataclass(slots=True)
class Deployment:
    """One server with some fairs, and what was measured of it."""

    fairs: list[str]
    url: str
    pid: int
    redis_pid: int | None
    start_cpu_s: float = 0.0
    mb: float = 0.0
    idle: tuple[float, float] = (0.0, 0.0)
    """CPU seconds a second of server and Redis."""
    events: list[tuple[float, float]] = field(default_factory=list)
    """CPU ms a command of server and Redis, round by round; what they do beside commands is in it."""

    def cpu(self) -> tuple[float, float]:
        """Give the CPU seconds of server and Redis until now."""
        return cpu_s(self.pid), cpu_s(self.redis_pid) if self.redis_pid else 0.0


@contextmanager
def deployed(count: int, redis_url: str | None) -> Iterator[Deployment]:
    """Serve ``count`` copies of the sample fair; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="yobi-") as name:
        folder, text = Path(name), SAMPLE_FAIR.read_text(encoding="utf-8")
        fairs = [f"fair-{number}" for number in range(count)]
        for slug in fairs:
            (folder / f"{slug}.toml").write_text(text.replace('slug = "sapporo-2026"', f'slug = "{slug}"'))
        environment = {key: value for key, value in os.environ.items() if key not in {"HOST", "PORT", "REDIS_URL"}}
        environment |= NO_LIMITS | {
            "YOBIDASHI_FAIRS": os.pathsep.join(str(folder / f"{slug}.toml") for slug in fairs),
            "YOBIDASHI_PREFIX": f"load-{secrets.token_hex(4)}",
            "YOBIDASHI_DATA": str(folder / "data"),
        }
        command = [sys.executable, "-m", "yobidashi", "serve", "--demonstration", "--port", "0"]
        environment |= {"REDIS_URL": redis_url} if redis_url else {}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            url = _address(process)
            redis = next((pid for pid, words in children_of(process.pid).items() if "unixsocket" in words), None)
            yield Deployment(fairs, url, process.pid, redis)
        finally:
            process.terminate()
            process.wait()


def _address(process: "subprocess.Popen[str]") -> str:
    """Give the server's address, once it has said all it says when it serves."""
    assert process.stdout is not None
    address = ""
    for line in process.stdout:
        found = re.search(r"http://[0-9.]+:\d+", line)
        address = address or (found[0] if found else "")
        if "Ctrl-C" in line:
            return address
    raise SystemExit("the server ended before it served")


def _mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def until_ready(deployment: Deployment) -> None:
    """Wait until the server has the board of every fair; a thousand take a while."""
    async with aiohttp.ClientSession() as http:
        while True:
            async with http.get(f"{deployment.url}/readyz") as answer:
                if answer.status == 200:
                    break
            await asyncio.sleep(0.5)
    deployment.start_cpu_s, deployment.mb = cpu_s(deployment.pid), _mb(deployment.pid)


async def work(deployment: Deployment, events: int) -> None:
    """Issue tickets and cancel them, two events each, fair by fair in turn; nobody is left waiting."""
    turns = itertools.islice(itertools.cycle(deployment.fairs), events // 2)

    async with aiohttp.ClientSession() as http:

        async def done(fair: str, name: str, **arguments: Any) -> dict[str, Any]:
            body = {"command_id": secrets.token_hex(16), **arguments}
            async with http.post(f"{deployment.url}/api/fairs/{fair}/{name}", json=body) as answer:
                event: dict[str, Any] = await answer.json()
                assert answer.status == 200, event
                return event

        async def worker() -> None:
            for fair in turns:
                issued = await done(fair, "issue", size=1, queues=["sapporo"])
                await done(fair, "cancel", ticket=issued["tickets"][0]["id"], reason="left")

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


def measure(deployments: Sequence[Deployment], events: int, rounds: int, idle_s: float) -> None:
    """Look at all of them idle, then let each work in turn, round by round."""
    for deployment in deployments:
        asyncio.run(until_ready(deployment))
    time.sleep(SETTLED_S)
    before = [deployment.cpu() for deployment in deployments]
    time.sleep(idle_s)
    for deployment, was in zip(deployments, before, strict=True):
        server, redis = (now - then for now, then in zip(deployment.cpu(), was, strict=True))
        deployment.idle = server / idle_s, redis / idle_s
    for _ in range(rounds):
        for deployment in deployments:
            was = deployment.cpu()
            asyncio.run(work(deployment, events))
            server, redis = (now - then for now, then in zip(deployment.cpu(), was, strict=True))
            deployment.events.append((server / events * 1e3, redis / events * 1e3))


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fairs", default="1,10,100,1000")
    parser.add_argument("--events", type=int, default=1_000, help="commands of one round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--idle", type=float, default=30.0, help="seconds")
    parser.add_argument("--redis", metavar="URL", help="one Redis, sentinels or a cluster for all, instead of own ones")
    options = parser.parse_args()
    with ExitStack() as stack:
        counts = [int(count) for count in options.fairs.split(",")]
        deployments = [stack.enter_context(deployed(count, options.redis)) for count in counts]
        measure(deployments, options.events, options.rounds, options.idle)
        first = deployments[0]
        print(
            f"{'fairs':>6} {'start CPU-s':>12} {'MB':>7} {'MB a fair':>10} {'idle, cores: server':>20} {'Redis':>8}",
            end="",
        )
        print(f" {'a fair, 1e-6':>13} {'CPU ms a command: server':>25} {'Redis':>7} {'against ' + str(counts[0]):>10}")
        for deployment in deployments:
            more = len(deployment.fairs) - len(first.fairs)
            mb = f"{(deployment.mb - first.mb) / more:.2f}" if more else "–"
            idle = f"{(sum(deployment.idle) - sum(first.idle)) / more * 1e6:.0f}" if more else "–"
            server, redis = (statistics.median(values) for values in zip(*deployment.events, strict=True))
            ratios = [sum(now) / sum(then) for now, then in zip(deployment.events, first.events, strict=True)]
            print(
                f"{len(deployment.fairs):>6} {deployment.start_cpu_s:>12.1f} {deployment.mb:>7.0f} {mb:>10} "
                f"{deployment.idle[0]:>20.4f} {deployment.idle[1]:>8.4f} {idle:>13} {server:>25.2f} {redis:>7.2f} "
                f"{statistics.median(ratios):>10.2f}"
            )


if __name__ == "__main__":
    main()
