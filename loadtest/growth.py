"""How costs grow: `python loadtest/growth.py [--charts loadtest/charts]`.

The CPU of the server for one event, against the sockets that hear it, the tickets of the fair and the server's processes; how
long a journal takes to fold, and how large a snapshot gets. Every row tells the cost beside what it is measured against:
where a fair ten times as large costs ten times as much, growth is linear, and nothing may grow faster.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from measuring.contenders import PARTIES, Running, arguments_for, publishing_to
from measuring.full_fair import fair_of_today, fill, issue_tickets
from measuring.machine import SERVER_CPU, prepare, rest
from measuring.rounds import Rounds, listen, table
from measuring.served import PREFIX, Served, served
from measuring.tools import Tools, ready_tools
from yobidashi.fair import TICKETS_MAX
from yobidashi.live.board import Board
from yobidashi.live.journal import Journal
from yobidashi.live.wire import encode_snapshot
from yobidashi.queue import masters
from yobidashi.queue.events import Event
from yobidashi.rehearsal.charts import Bar, bars

SOCKETS: Final = (100, 300, 1_000, 3_000, 10_000)
TICKETS: Final = (100, 1_000, 10_000, TICKETS_MAX)
"""The last is as many as one fair takes; the next is refused as ``fair_full``."""
PROCESSES: Final = (1, 2)
FEW_SOCKETS: Final = 100
MANY_SOCKETS: Final = 2_000
EVENTS: Final = 200
PAGE: Final = 1_000
"""Events of the journal read at once."""


@dataclass(frozen=True, slots=True)
class Point:
    """One size and what it costs: ``each`` is the cost divided by the size."""

    size: int
    event_ms: float
    each: float


@contextmanager
def running(tools: Tools, processes: int = 1) -> Iterator[tuple[Served, Running]]:
    """Run the real server in the middle of a day, ready to be listened to."""
    cpu = SERVER_CPU if processes == 1 else None
    with tempfile.TemporaryDirectory(prefix="yobi-fair-") as name:
        folder = Path(name)
        with served(fair=fair_of_today(folder), cpu=cpu, processes=processes) as server:
            asyncio.run(fill(server, PARTIES))
            arguments, publishing = arguments_for(server, folder), publishing_to(server, folder)
            yield server, Running(server.port, server.pids, arguments, (server.redis_pid,), publishing)


def event_ms(
    runs: Rounds, name: str, tools: Tools, server: Running, sockets: int, events: int, cpu: bool = True
) -> float:
    """Measure the server's CPU for one event to so many sockets, in ms."""
    options = ("-n", str(sockets), "-m", str(events))
    figures = (
        listen(tools, server, *options, publish=True)
        if cpu
        else listen(tools, server, *options, publish=True, cpu=None)
    )
    runs.add(name, figures)
    return float(figures["cpu_s"] / figures["published"] * 1e3)


def against_sockets(tools: Tools, sizes: Sequence[int], events: int) -> list[Point]:
    """Measure one event against the sockets that hear it."""
    runs, points = Rounds("growth: sockets"), []
    with running(tools) as (_, server):
        for size in sizes:
            cost = event_ms(runs, str(size), tools, server, size, events)
            points.append(Point(size, cost, cost / size * 1e3))
    return points


def against_tickets(tools: Tools, sizes: Sequence[int], events: int) -> tuple[list[Point], list[list[str]]]:
    """Measure one event to 100 sockets against the fair's tickets; and, as rows, how its journal folds and its snapshot grows."""
    runs, points, folds = Rounds("growth: tickets"), list[Point](), list[list[str]]()
    with running(tools) as (served_now, server):
        for size in sizes:
            there = asyncio.run(issue_tickets(served_now, size))
            rest(*served_now.pids)
            cost = event_ms(runs, str(size), tools, server, FEW_SOCKETS, events)
            points.append(Point(there, cost, cost / there))
            folds.append(asyncio.run(_folded(served_now, there)))
    return points, folds


async def _folded(server: Served, tickets: int) -> list[str]:
    journal = Journal(masters.connect(f"unix://{server.redis_socket}"), PREFIX)
    try:
        whole = await journal.snapshot(server.fair)
        events: list[Event] = []
        while page := await journal.after(server.fair, events[-1].offset if events else 0, PAGE):
            events += page
        whole_day = events[0].offset == 1  # the journal keeps `JOURNAL_KEPT` events
        board = Board() if whole_day else Board(events[0].epoch, events[0].offset - 1)
        began = time.process_time()
        for event in events:
            board.apply(event)
        fold_s = time.process_time() - began
        began = time.process_time()
        packed = encode_snapshot(whole)
        encode_s = time.process_time() - began
        same = board.rows()["tickets"] == whole.rows()["tickets"]
        assert same or not whole_day, "the journal does not fold to the snapshot"
        size = len(packed)
        return [
            f"{tickets:,}",
            f"{len(events):,}",
            f"{fold_s:.3f}",
            f"{size / 1e3:,.0f}",
            f"{size / tickets:.0f}",
            f"{encode_s * 1e3:.0f}",
        ]
    finally:
        await journal.close()


def against_processes(tools: Tools, sizes: Sequence[int], sockets: int, events: int) -> list[Point]:
    """Measure one event to the same sockets, in one and in several processes on all CPUs."""
    runs, points = Rounds("growth: processes"), []
    for size in sizes:
        with running(tools, size) as (_, server):
            cost = event_ms(runs, str(size), tools, server, sockets, events, cpu=False)
            points.append(Point(size, cost, cost / sockets * 1e3))
    return points


def written(points: Sequence[Point], size: str, each: str) -> str:
    """Write points as a table."""
    rows = [(f"{point.size:,}", f"{point.event_ms:.2f}", f"{point.each:.3f}") for point in points]
    return table((size, "CPU-ms an event", each), rows)


def chart(title: str, points: Sequence[Point], unit: str) -> str:
    """Draw what each socket or ticket costs: bars that do not grow mean that nothing grows faster than the fair."""
    return bars([Bar(f"{point.size:,} {title}", point.each, words=f"{point.each:.3f} {unit}") for point in points])


def main() -> None:
    """Measure, print the tables, write the charts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sockets", type=int, nargs="*", default=SOCKETS)
    parser.add_argument("--tickets", type=int, nargs="*", default=TICKETS)
    parser.add_argument("--processes", type=int, nargs="*", default=PROCESSES)
    parser.add_argument("--process-sockets", type=int, default=MANY_SOCKETS)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--charts", type=Path, help="a folder to write the charts into, as SVG")
    options = parser.parse_args()
    prepare()
    tools = ready_tools()
    sockets = against_sockets(tools, options.sockets, options.events)
    tickets, folds = against_tickets(tools, options.tickets, options.events)
    processes = against_processes(tools, options.processes, options.process_sockets, options.events)
    print("\n" + written(sockets, "sockets", "µs a socket"))
    print("\n" + written(tickets, f"tickets ({FEW_SOCKETS} sockets)", "ms a ticket"))
    print("\n" + written(processes, f"processes ({options.process_sockets:,} sockets)", "µs a socket"))
    head = ("tickets", "events", "CPU-s to fold them", "snapshot, kB", "bytes a ticket", "CPU-ms to encode it")
    print("\n" + table(head, folds) + "\n")
    if options.charts:
        options.charts.mkdir(parents=True, exist_ok=True)
        (options.charts / "growth-sockets.svg").write_text(chart("sockets", sockets, "µs"), encoding="utf-8")
        (options.charts / "growth-tickets.svg").write_text(chart("tickets", tickets, "ms"), encoding="utf-8")


if __name__ == "__main__":
    main()
