"""Playing a day: the fair is emptied and its clock set, screens and crew take their places, and everybody lives the plan."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from yobidashi.queue.events import Event
from yobidashi.replay.client import Client, Refused, Unreachable
from yobidashi.replay.consultants import Consultant
from yobidashi.replay.day import Day, Impossible, plan
from yobidashi.replay.description import Description, description_from
from yobidashi.replay.floor import Floor
from yobidashi.replay.pace import Pace
from yobidashi.replay.parties import attend
from yobidashi.replay.patrol import FloorManager
from yobidashi.replay.screen import Screen

WITHOUT_WIFI_S: Final = (20.0, 400.0)
"""Seconds of the fair's time for which a screen is away when it loses its Wi-Fi."""

LOSSES: Final = 4
"""Times a day that every second screen loses its Wi-Fi."""

LOOKS: Final = 20
BETWEEN_LOOKS_S: Final = 0.25
"""How often, and how far apart, the end of a day is looked at until nothing moves any more; then the proof says what differs."""

SETTLE_S: Final = 15.0
"""Seconds after the last command within which every screen must show it."""


class Unplayable(Exception):
    """The day cannot be played on this fair; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Played:
    """What is left of a day that was played: everything the report and the proof are made from."""

    fair: Description
    day: Day
    seconds: float
    client: Client
    events: list[Event]
    snapshot: dict[str, Any]
    screens: list[Screen]


async def play(
    client: Client,
    slug: str | None,
    day: Day,
    rate: float,
    screens: int,
    seed: int,
    *,
    reset: bool,
    watch: Callable[[Floor], None] = lambda floor: None,
) -> Played:
    """Play a day on a fair of the client's server. ``rate`` 0 is top speed; ``watch`` is called often, with the floor.

    Raises `Unplayable` before anything is changed, or what the client raises when the server goes away.
    """
    fair = await _choose_fair(client, slug)
    client.fair = fair.slug
    try:
        visits = plan(day, fair, seed)
    except Impossible as reason:
        raise Unplayable(str(reason)) from None
    await _clear(client, fair, reset=reset)
    live = f"{client.url.replace('http', 'ws', 1)}/api/fairs/{fair.slug}/live"
    floor = Floor(fair, visits, client, live, seed)
    pace = Pace(_clock_setter(client), floor.caught_up, rate)
    floor.take(pace)
    watching = [Screen(str(i + 1), live) for i in range(screens)]
    everyone = [floor.screen, *watching]
    began = monotonic()
    async with _open(everyone):
        await pace.begin(fair.opens)
        await _all_show(
            everyone, client
        )  # a screen that still shows the fair before its reset would miss the first calls
        for visit in visits:
            pace.start(attend(floor, visit))
        for booth in fair.booths:
            pace.start(Consultant(floor, booth.number, spare=booth.spare, online=booth.online).work())
        pace.start(FloorManager(floor).work())
        for screen in watching[1::2]:
            pace.start(_lose_wifi(floor, screen))
        await _run(pace, lambda: watch(floor))
        await pace.leave()
        seconds = monotonic() - began
        events, snapshot = await _at_rest(everyone, client)
        return Played(fair, day, seconds, client, events, snapshot, everyone)


async def _choose_fair(client: Client, slug: str | None) -> Description:
    """Find the fair, and see that it is one that may be played with."""
    try:
        fairs = [description_from(raw) for raw in (await client.read(""))["fairs"]]
    except (KeyError, TypeError, ValueError) as fault:
        raise Unplayable(
            f"What answers at {client.url} does not describe its fairs as this version does: {fault}."
        ) from None
    names = ", ".join(fair.slug for fair in fairs)
    if slug is None and len(fairs) != 1:
        raise Unplayable(f"There are {len(fairs)} fairs at {client.url}: say which with --fair ({names}).")
    fair = next((fair for fair in fairs if slug in {None, fair.slug}), None)
    if fair is None:
        raise Unplayable(f"There is no fair “{slug}” at {client.url}; there is: {names}.")
    if not fair.demonstration:
        raise Unplayable(
            f"“{fair.name}” is not a demonstration fair, and a replay would fill its queues. "
            "Start the server with --demonstration to try it out."
        )
    return fair


async def _clear(client: Client, fair: Description, *, reset: bool) -> None:
    if reset:
        client.answers.clear()
        await client.command("reset")
    elif (await client.read(f"/{fair.slug}/board"))["tickets"]:
        raise Unplayable(f"“{fair.name}” already has tickets. With --reset it is emptied first.")


def _clock_setter(client: Client) -> Callable[[int, float], Any]:
    async def set_clock(at: int, rate: float) -> None:
        await client.command("set-clock", at=at, rate=rate)

    return set_clock


async def _all_show(screens: list[Screen], client: Client) -> None:
    await asyncio.gather(*(screen.reached(client.top, SETTLE_S) for screen in screens))


async def _at_rest(screens: list[Screen], client: Client) -> tuple[list[Event], dict[str, Any]]:
    """Give journal and snapshot at one position that every screen shows.

    The crew has gone home, but the server's own duties go on: at the closing it stops the lines that no longer fit.
    """
    for _ in range(LOOKS):
        await _all_show(screens, client)
        events, snapshot = await client.journal(), await client.snapshot(SETTLE_S)
        if {events[-1].offset, *(screen.board.offset for screen in screens)} == {snapshot["offset"]}:
            break
        await asyncio.sleep(BETWEEN_LOOKS_S)
    return events, snapshot


async def _run(pace: Pace, watch: Callable[[], None]) -> None:
    """Play, and let the watcher look five times a second."""

    async def look() -> None:
        while True:
            watch()
            await asyncio.sleep(0.2)

    looking = asyncio.create_task(look())
    try:
        await pace.run()
        watch()
    except asyncio.CancelledError:
        with contextlib.suppress(Refused, Unreachable):
            await pace.leave()
        raise
    finally:
        looking.cancel()


async def _lose_wifi(floor: Floor, screen: Screen) -> None:
    """Lose the connection a few times in the day, without a word or with one, and come back."""
    random = floor.random(f"screen {screen.name}")
    length = floor.fair.closes - floor.fair.opens
    for at in sorted(random.uniform(0.02, 0.9) for _ in range(LOSSES)):
        await floor.pace.until(floor.fair.opens + round(length * at))
        if floor.over():
            return
        await screen.close(abruptly=random.random() < 0.7)
        await floor.pace.wait(random.uniform(*WITHOUT_WIFI_S))
        await screen.open()


@contextlib.asynccontextmanager
async def _open(screens: list[Screen]) -> Any:
    try:
        await asyncio.gather(*(screen.open() for screen in screens))
        yield
    finally:
        await asyncio.gather(*(screen.close() for screen in screens))
