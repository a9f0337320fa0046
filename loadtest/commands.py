"""How many commands a second: `python loadtest/commands.py [--concurrent 64]`.

Every command is on disk before it is answered (``appendfsync always``). In each round, one after the other: redis-benchmark
sends the script of *recall*, so many in one write; the project's own store runs the same command, so many at once; and the
same comes by HTTP to the real server, signed in, its audit entry written, beside ``GET /healthz`` on the same connections.
*Recall* changes two rows and leaves the fair as it was, so that the last round finds what the first one found.
"""

import argparse
import asyncio
import csv
import io
import os
import secrets
import subprocess
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter
from typing import Final

import aiohttp
import uvloop

from measuring.full_fair import RECALLING_BOOTH, fair_of_today, fill
from measuring.machine import CLIENT_CPU, SERVER_CPU, cpu_s, pinned, prepare
from measuring.recall import words_of_recall
from measuring.rounds import Rounds, spread, table
from measuring.served import Served, command, served
from measuring.tools import Tools, library_path, ready_tools

PARTIES: Final = 70
IN_ONE_WRITE: Final = 64
PIPELINED: Final = "redis-benchmark, pipelined"
RANDOM: Final = "__rand_int__"
"""What redis-benchmark replaces by twelve random digits."""

RANDOM_MAX: Final = 2**31 - 1
"""It takes no larger number; with one it replaces nothing, and the same command id only gets its first answer again."""

NEW_MIN: Final = 0.99
"""Of its commands this part at least must have been done and not have been given a first answer again, or its figure means nothing."""


async def rate(act: Callable[[], Awaitable[None]], concurrent: int, count: int) -> float:
    """Give acts per second, ``concurrent`` at a time."""
    left = count

    async def worker() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            await act()

    began = perf_counter()
    await asyncio.gather(*(worker() for _ in range(concurrent)))
    return count / (perf_counter() - began)


def by_redis_benchmark(tools: Tools, server: Served, count: int, in_one_write: int, connections: int) -> float:
    """Give commands per second of redis-benchmark, each with a command id of its own."""
    program = [
        str(tools.redis_benchmark),
        "-s",
        str(server.redis_socket),
        "-n",
        str(count),
        "--csv",
        "-r",
        str(RANDOM_MAX),
    ]
    shape = ["-P", str(in_one_write), "-c", str(connections)]
    words = words_of_recall(server.fair, f"{secrets.token_hex(8)}-{RANDOM}")
    environment = os.environ | library_path(tools.folder)
    asked = pinned([*program, *shape, *words], CLIENT_CPU)
    before = asyncio.run(events_of(server))
    told = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True).stdout
    done = asyncio.run(events_of(server)) - before
    if done < count * NEW_MIN:
        raise SystemExit(f"redis-benchmark sent {count} commands, and {done} were done")
    return float(list(csv.reader(io.StringIO(told)))[-1][1])


async def events_of(server: Served) -> int:
    """Give how many events the fair has had."""
    event = await server.run("recall", booth=RECALLING_BOOTH)
    return event.offset


async def by_store(server: Served, concurrent: int, count: int) -> float:
    """Give commands per second of the project's own store."""
    store = server.store()

    async def recall() -> None:
        await store.run(server.fair, command("recall", booth=RECALLING_BOOTH))

    try:
        await recall()
        return await rate(recall, concurrent, count)
    finally:
        await store.close()


async def by_http(server: Served, concurrent: int, count: int) -> tuple[float, float]:
    """Give commands, and healthz, per second by HTTP on the same connections, signed in as the chief."""
    cookies = dict(part.split("=", 1) for part in server.chief_cookie.split("; "))
    connector = aiohttp.TCPConnector(limit=concurrent)
    headers = {"Origin": server.url, "x-csrf": server.chief_csrf}
    async with aiohttp.ClientSession(connector=connector, cookies=cookies, headers=headers) as http:

        async def recall() -> None:
            body = {"command_id": secrets.token_hex(16), "booth": RECALLING_BOOTH}
            async with http.post(f"{server.url}/api/fairs/{server.fair}/recall", json=body) as answer:
                await answer.read()
                assert answer.status == 200, await answer.text()

        async def healthz() -> None:
            async with http.get(f"{server.url}/healthz") as answer:
                await answer.read()

        return await rate(recall, concurrent, count), await rate(healthz, concurrent, count)


def measure(tools: Tools, server: Served, concurrent: int, count: int, rounds: int, *, beside: bool) -> None:
    """Measure all of them in each round, redis-benchmark where it stands ``beside``, and print medians and ratios."""
    runs = Rounds("commands a second")
    few = max(concurrent, count // 10)
    for _ in range(rounds):
        in_one_write = min(IN_ONE_WRITE, concurrent)
        if beside:
            runs.add(PIPELINED, {"rate": by_redis_benchmark(tools, server, count, in_one_write, 1)})
        runs.add("the store", {"rate": uvloop.run(by_store(server, concurrent, count))})
        if beside:
            runs.add("redis-benchmark, one by one", {"rate": by_redis_benchmark(tools, server, few, 1, concurrent)})
        before, redis_before = cpu_s(*server.pids), cpu_s(server.redis_pid)
        commands, healthz = uvloop.run(by_http(server, concurrent, few))
        server_ms = (cpu_s(*server.pids) - before) / few * 1e3
        redis_ms = (cpu_s(server.redis_pid) - redis_before) / few * 1e3
        runs.add("HTTP", {"rate": commands, "server_ms": server_ms, "redis_ms": redis_ms})
        runs.add("GET /healthz", {"rate": healthz})
    rows = [
        (
            name,
            spread((each["rate"] for each in figures), 0),
            spread(runs.ratios(name, PIPELINED if beside else "the store", "rate")),
        )
        for name, figures in runs.figures.items()
    ]
    print(f"\n{concurrent} at a time, {rounds} rounds\n\n{table(('how', 'a second', 'to the first'), rows)}")
    http = runs.figures["HTTP"]
    print(
        f"\nHTTP with its healthz, a pair: {spread((each['server_ms'] for each in http), 3)} ms of the server's CPU, "
        f"{spread((each['redis_ms'] for each in http), 3)} ms of Redis's\n"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--concurrent", type=int, default=64)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", action="store_true", help="without redis-benchmark")
    options = parser.parse_args()
    prepare()
    tools = ready_tools()
    with (
        tempfile.TemporaryDirectory(prefix="yobi-fair-") as folder,
        served(fair=fair_of_today(Path(folder)), cpu=SERVER_CPU) as server,
    ):
        asyncio.run(fill(server, PARTIES))
        asyncio.run(server.run("recall", booth=RECALLING_BOOTH))  # loads the script
        if CLIENT_CPU in os.sched_getaffinity(0):
            os.sched_setaffinity(0, {CLIENT_CPU})
        measure(tools, server, options.concurrent, options.count, options.rounds, beside=not options.alone)


if __name__ == "__main__":
    main()
