"""`yobidashi replay`: plays a day, shows how it goes, prints the report. Exit status 0 only if every line of the proof holds."""

import asyncio
import sys
from statistics import median
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from yobidashi.queue.tickets import State
from yobidashi.replay import proof
from yobidashi.replay.client import Client, Refused, Unreachable
from yobidashi.replay.day import DAYS, Day
from yobidashi.replay.figures import figures_of
from yobidashi.replay.floor import Floor
from yobidashi.replay.play import Played, Unplayable, play
from yobidashi.replay.screen import ScreenLost
from yobidashi.replay.table import print_report

FAILED: Final = 1
"""Exit status when the day was played and the proof does not hold."""

USAGE: Final = 2
"""Exit status when the day could not be played: no server, wrong fair, wrong option."""

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C."""

TOP_SPEED: Final = "max"
"""The speed that is as fast as the server answers."""


def replay(url: str, fair: str | None, day: str, speed: str, screens: int, seed: int, reset: bool) -> int:
    """Play a day through the running server at ``url``; gives the exit status.

    ``fair`` is a slug (None or "": the only one), ``day`` a name in `DAYS`, ``speed`` a number or "max".
    """
    console = Console()
    try:
        _check_address(url)
        return asyncio.run(_replay(console, url, fair or None, _day(day), _rate(speed), screens, seed, reset))
    except (Unplayable, Unreachable, ScreenLost, Refused) as reason:
        print(reason, file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("\nStopped. The fair stands as it was left; its clock runs on in real time.", file=sys.stderr)
        return INTERRUPTED


def checks_of(played: Played) -> list[proof.Check]:
    """Give the whole proof of a played day."""
    events, client = played.events, played.client
    return [
        proof.offsets_dense(events),
        proof.numbers_once(events),
        proof.no_double_call(events),
        proof.one_place_each(events),
        proof.screens_saw_all(events, played.screens),
        proof.boards_agree(events, played.snapshot, played.screens),
        proof.answers_kept(events, client.answers, client.doubled, client.disagreed),
        proof.totals_planned(events, played.day.persons, played.day.consultations, played.fair.closes),
    ]


async def _replay(
    console: Console, url: str, fair: str | None, day: Day, rate: float, screens: int, seed: int, reset: bool
) -> int:
    with _progress(console) as progress:
        task = progress.add_task("", total=day.consultations, time="—:—", persons=0, waiting=0)

        def watch(floor: Floor) -> None:
            board = floor.screen.board
            progress.update(
                task,
                completed=floor.count(State.FINISHED),
                time=floor.fair.clock(floor.pace.now()),
                persons=sum(party.size for party in board.parties.values()),
                waiting=floor.count(State.WAITING),
            )

        async with Client(url) as client:
            played = await play(client, fair, day, rate, screens, seed, reset=reset, watch=watch)
    figures, checks = figures_of(played.events), checks_of(played)
    print_report(console, played.fair, figures, checks)
    _print_speed(console, played)
    return 0 if all(check.holds for check in checks) else FAILED


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.fields[time]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("件 · {task.fields[persons]} 名 came · {task.fields[waiting]} tickets waiting"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _print_speed(console: Console, played: Played) -> None:
    client = played.client
    answers = len(client.seconds)
    refused = ", ".join(f"{code} {count}" for code, count in sorted(client.refusals.items())) or "none"
    console.print(
        f"{answers} commands in {played.seconds:.1f} s: {answers / played.seconds:.0f} a second, answered within "
        f"{median(client.seconds) * 1_000:.1f} ms (median). Retried {client.retries}. Refused: {refused}."
    )


def _day(name: str) -> Day:
    if name not in DAYS:
        raise Unplayable(f"There is no day “{name}”; there is: {', '.join(DAYS)}.")
    return DAYS[name]


def _check_address(url: str) -> None:
    if not url.startswith(("http://", "https://")):
        raise Unplayable(f"A server's address begins with http:// or https://, unlike “{url}”.")


def _rate(speed: str) -> float:
    """Give the rate of the clock: 0 for top speed."""
    try:
        rate = 0.0 if speed == TOP_SPEED else float(speed)
    except ValueError:
        rate = -1.0
    if speed != TOP_SPEED and not 0 < rate <= 100_000:
        raise Unplayable(f"Speed is a number above 0 (60 plays a minute in a second) or “{TOP_SPEED}”, not “{speed}”.")
    return rate
