"""Twenty minutes in which everything breaks: `python loadtest/soak.py [--seed 7] [--minutes 20] [--commands 100000]`.

The real server, signed in, with guidance at work: two processes on one Redis that writes every command to disk. A crowd of
receptionists, consultants and floor managers acts at once and asks again, as pages do; all the while servers and Redis are
killed and paused, replies lost, cables pulled, disks filled, clocks set, and strangers send garbage. Then a proof over the
journal: no number twice, nobody called to two booths, nothing acknowledged is lost, every screen equal. Everything happens on
this machine's loopback and in a namespace of its own, and is bounded in count and time. The seed decides what breaks when.
Exit status 0 if everything holds.
"""

import argparse
import asyncio
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from soaking.island import NoIsland, move_out
from soaking.soak import soak


def main() -> int:
    """Soak, tell what broke and what held; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--commands", type=int, default=100_000)
    parser.add_argument(
        "--keep", type=Path, help="an empty folder for logs and data, which is left as it is at the end"
    )
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    with suppress(NoIsland):  # the hall says what it cannot break for want of one
        move_out()
    with tempfile.TemporaryDirectory(prefix="yobi-soak-") as folder:
        return asyncio.run(soak(options.keep or Path(folder), options.seed, options.minutes * 60, options.commands))


if __name__ == "__main__":
    sys.exit(main())
