"""Everybody comes back in the same second: `python loadtest/storm.py [--sockets 2000]`.

All sockets connect at once. At the real server, signed in as a screen, each is let in by its cookie (a look at Redis), says
where it was, and is done when the snapshot of a full fair (10 kB) is there; beside it Node's ws sends as many bytes, at once
or after a hello, and lets in whoever comes. Then idle sockets: how much memory each keeps.
"""

import argparse
from typing import Final

from measuring.contenders import AFTER_HELLO, AT_ONCE, YOBIDASHI, Contender
from measuring.machine import prepare
from measuring.rounds import Figures, Rounds, listen, spread, table
from measuring.tools import ready_tools

SNAPSHOT_MIN_BYTES: Final = 8_000
"""A frame of at least so many bytes is the snapshot."""

IDLE_S: Final = 3
CONTENDERS: Final = (YOBIDASHI, AT_ONCE, AFTER_HELLO)


def main() -> None:
    """Measure and print both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sockets", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", nargs="*", help="names of them; leaves out the others")
    options = parser.parse_args()
    contenders = [one for one in CONTENDERS if options.peers is None or one.name in (*options.peers, YOBIDASHI.name)]
    prepare()
    tools = ready_tools()
    storms, idle = Rounds(f"connect storm of {options.sockets}"), Rounds(f"{options.sockets} idle sockets")
    count = ("-n", str(options.sockets))

    def measure(contender: Contender) -> Figures:
        with contender.start(tools) as running:
            storm = listen(tools, running, *count, "-x", str(SNAPSHOT_MIN_BYTES), "-c", "0")
        with contender.start(tools) as running:  # a fresh one: memory that a storm left would be taken again
            idle.add(contender.name, listen(tools, running, *count, "-i", str(IDLE_S)))
        return storm

    storms.run(contenders, options.rounds, measure)
    rows = [
        (
            contender.name,
            contender.made_of,
            spread(figures["wall_s"] for figures in storms.figures[contender.name]),
            spread(storms.ratios(YOBIDASHI.name, contender.name, "wall_s")),
            spread((figures["cpu_s"] / options.sockets * 1e3 for figures in storms.figures[contender.name]), 3),
            spread((figures["kb_each"] for figures in idle.figures[contender.name]), 1),
        )
        for contender in contenders
    ]
    head = ("server", "made of", "until all have it, s", "yobidashi to it", "CPU-ms a client", "kB an idle socket")
    print(f"\n{options.sockets} clients at once, {options.rounds} rounds\n\n{table(head, rows)}\n")


if __name__ == "__main__":
    main()
