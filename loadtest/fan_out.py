"""What it costs to tell everybody: `python loadtest/fan_out.py [--sockets 2000 --sockets 10000]`.

The real server, signed in as a screen, with guidance on, in a fair in the middle of its day, beside the floor (send() of a
prebuilt frame, in C) and nchan, Node's ws and socket.io with Redis, all in the same interleaved rounds. An event is a real
one: the command *recall* goes to Redis, the server reads it from the journal, folds it, encodes it, and writes it to every
socket. CPU seconds are those of the server's processes, counted from /proc; everything that an event costs is in them.

`--what` chooses: ``deliveries`` (one in flight), ``in-flight`` (16), ``stalled`` (one reader that never reads),
``sustained`` (200 events a second).
"""

import argparse
from collections.abc import Sequence
from typing import Final

from measuring.contenders import ALL, FLOOR, PEERS, YOBIDASHI, Contender
from measuring.machine import prepare
from measuring.rounds import Figures, Rounds, listen, spread, table
from measuring.tools import Tools, ready_tools

DELIVERIES: Final = 1_000_000
"""In one run; so that 2,000 sockets hear of 500 events."""

IN_FLIGHT: Final = 16
RATE: Final = 200
SUSTAINED_S: Final = 20
CPU: Final = "cpu_s_per_million"


def deliveries(tools: Tools, sockets: int, rounds: int, contenders: Sequence[Contender], count: int) -> None:
    """Print the CPU of one delivery, one event in flight, and the event's own cost at one socket."""
    runs = Rounds(f"fan-out to {sockets}")
    alone = Rounds("an event at one socket")
    events = max(20, count // sockets)

    def measure(contender: Contender) -> Figures:
        with contender.start(tools) as running:
            if contender is YOBIDASHI:
                alone.add(contender.name, listen(tools, running, "-n", "1", "-m", str(events), publish=True))
            return listen(tools, running, "-n", str(sockets), "-m", str(events), publish=True)

    runs.run(contenders, rounds, measure)
    event_ms = [figures["cpu_s"] / figures["published"] * 1e3 for figures in alone.figures[YOBIDASHI.name]]
    without = [
        (each["cpu_s"] - own["cpu_s"]) / each["deliveries"] * 1e6
        for each, own in zip(runs.figures[YOBIDASHI.name], alone.figures[YOBIDASHI.name], strict=True)
    ]
    rows = [
        (
            contender.name,
            contender.made_of,
            spread(figures[CPU] for figures in runs.figures[contender.name]),
            spread(runs.ratios(YOBIDASHI.name, contender.name, CPU)),
            f"{runs.median(contender.name, 'each_p50_ms'):.1f} / {runs.median(contender.name, 'each_p99_ms'):.1f}",
        )
        for contender in contenders
    ]
    head = (
        "server",
        "made of",
        "CPU-s per million deliveries",
        "yobidashi to it, round by round",
        "each socket p50 / p99, ms",
    )
    print(f"\n{sockets} sockets, one event of 162 bytes in flight, {rounds} rounds\n\n{table(head, rows)}")
    print(f"\nan event by itself (journal, board, encoding; one socket): {spread(event_ms)} ms of CPU")
    print(f"without it: {spread(without)} CPU-s per million deliveries\n")


def in_flight(tools: Tools, sockets: int, rounds: int, count: int) -> None:
    """Print the CPU of a delivery with 16 events in flight, beside the floor that sends one event at a time."""
    runs = Rounds(f"{IN_FLIGHT} in flight to {sockets}")
    events = max(20, count // sockets)

    def measure(contender: Contender) -> Figures:
        with contender.start(tools) as running:
            window = IN_FLIGHT if contender is YOBIDASHI else 1
            return listen(tools, running, "-n", str(sockets), "-m", str(events), "-w", str(window), publish=True)

    runs.run((FLOOR, YOBIDASHI), rounds, measure)
    costs = spread(figures[CPU] for figures in runs.figures[YOBIDASHI.name])
    ratios = spread(runs.ratios(YOBIDASHI.name, FLOOR.name, CPU))
    print(f"\n{sockets} sockets, {IN_FLIGHT} in flight: {costs} CPU-s per million, {ratios} of the floor\n")


def stalled(tools: Tools, sockets: int, rounds: int, count: int) -> None:
    """Print everybody's times with and without one reader that never reads."""
    runs = Rounds(f"one stalled reader among {sockets}")
    events = max(20, count // sockets)
    for _ in range(rounds):
        with YOBIDASHI.start(tools) as running:
            for name, readers in (("none stalled", "0"), ("one stalled", "1")):
                runs.add(
                    name, listen(tools, running, "-n", str(sockets), "-m", str(events), "-q", readers, publish=True)
                )
    rows = [
        (name, *(spread((f[key] for f in each), 1) for key in ("each_p50_ms", "each_p99_ms", "last_p99_ms")))
        for name, each in runs.figures.items()
    ]
    print("\n" + table(("readers", "each p50, ms", "each p99, ms", "last of all p99, ms"), rows))
    print(f"p99, one stalled to none: {spread(runs.ratios('one stalled', 'none stalled', 'each_p99_ms'))}\n")


def sustained(tools: Tools, sockets: int, seconds: int) -> None:
    """Print how 200 events a second are carried: whether the last are as quick as the first."""
    runs = Rounds(f"{RATE} events/s to {sockets}")
    with YOBIDASHI.start(tools) as running:
        runs.add(
            YOBIDASHI.name,
            listen(tools, running, "-n", str(sockets), "-m", str(RATE * seconds), "-R", str(RATE), publish=True),
        )
    figures = runs.figures[YOBIDASHI.name][0]
    print(
        f"\n{RATE} events/s to {sockets} sockets for {seconds} s: {figures['deliveries'] / figures['wall_s']:,.0f} deliveries/s, "
        f"{figures['cpu_s'] / figures['wall_s']:.2f} CPUs of the server, each p50 {figures['each_p50_ms']:.1f} ms, "
        f"p99 {figures['each_p99_ms']:.1f} ms; to the last socket in the first tenth {figures['first_tenth_ms']:.1f} ms, "
        f"in the last {figures['last_tenth_ms']:.1f} ms; gaps {figures['gaps']}\n"
    )


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sockets", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--deliveries", type=int, default=DELIVERIES)
    parser.add_argument("--seconds", type=int, default=SUSTAINED_S)
    parser.add_argument("--what", nargs="*", default=["deliveries", "in-flight", "stalled", "sustained"])
    parser.add_argument("--peers", nargs="*", choices=[peer.name for peer in PEERS], help="leave out the others")
    options = parser.parse_args()
    prepare()
    tools = ready_tools()
    contenders = [one for one in ALL if options.peers is None or one.name in options.peers or one not in PEERS]
    for sockets in options.sockets or [2_000, 10_000]:
        if "deliveries" in options.what:
            deliveries(tools, sockets, options.rounds, contenders, options.deliveries)
        if "in-flight" in options.what:
            in_flight(tools, sockets, options.rounds, options.deliveries)
    first = (options.sockets or [2_000])[0]
    if "stalled" in options.what:
        stalled(tools, first, options.rounds, options.deliveries)
    if "sustained" in options.what:
        sustained(tools, first, options.seconds)


if __name__ == "__main__":
    main()
