"""One soak from its first machine to its last check."""

import asyncio
import random
from collections import Counter
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from time import monotonic
from typing import Any, Final

import aiohttp

from soaking.colleague import Colleague, Refused, enrol, hire, set_up
from soaking.crowd import Crowd, Pace
from soaking.faults import Scene, name_of, possible_in
from soaking.hall import Hall, open_hall
from soaking.ledger import Ledger
from soaking.proof import TOLD_MAX, Check, prove
from soaking.recorder import Recorder
from soaking.screen import Screen
from yobidashi.queue.tickets import BoothState

SCREENS: Final = 6
RECEPTIONISTS: Final = 8
CONSULTANTS_PER_BOOTH: Final = 2
"""At one booth: a page that was left open, and the one in use."""
MANAGERS: Final = 2
BOOTH_PAGES: Final = 8
"""Devices from which booths are served, each some booths' pages: one alone would be held back by its limit."""
CALM_S: Final = (2.0, 6.0)
"""Between two faults, when everything is well again."""
REACH_S: Final = 60.0
"""How long screens may take to the end of the journal."""
FINISH_SHARE: Final = 0.9
"""Of the time is for the commands; the rest is slack, so that a slow machine gets them done too."""
LATE: Final = 3.0
LATE_S: Final = 60.0
"""Times the minutes asked for, and so many seconds more, after which nobody begins anything more, whatever has been done."""
STEPS_S: Final = 30.0
"""Between two lines of progress."""


async def soak(folder: Path, seed: int, seconds: float, commands: int) -> int:
    """Soak for ``seconds``, and as long as ``commands`` take; prints what happens, gives the exit status."""
    began = monotonic()
    ledger = Ledger()
    async with AsyncExitStack() as ending:
        hall = await ending.enter_async_context(open_hall(folder))
        connector = aiohttp.TCPConnector(limit=0)
        http = await ending.enter_async_context(
            aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        )
        fair = await _public(http, hall)
        chance = random.Random(seed)

        def colleague() -> Colleague:
            return Colleague(http, hall.urls, fair["slug"], ledger, chance.randrange(2**32))

        chief, device = colleague(), colleague()
        await set_up(chief, await hall.first_link())
        await enrol(chief, device, "screen")
        team = [colleague() for _ in range(RECEPTIONISTS + MANAGERS + BOOTH_PAGES)]
        for number, each in enumerate(team):
            await hire(chief, each, "reception" if number < RECEPTIONISTS else "floor")
        screens = [Screen(device, hall.urls, fair["slug"], chance.randrange(2**32)) for _ in range(SCREENS)]
        for screen in screens:
            screen.start()
            ending.push_async_callback(screen.stop)
        recorder = Recorder(colleague_like(team[-1], colleague()))
        print(
            f"{len(hall.servers)} servers, {len(screens)} screens, {len(team)} handhelds; set up in {monotonic() - began:.0f} s"
        )
        for why in hall.missing:
            print(f"not tried here: {why}")

        pace = Pace(ledger, commands, seconds * FINISH_SHARE)
        queues = [queue["id"] for queue in fair["queues"]]
        booths = await _open_booths(chief)
        crowd = Crowd(pace, lambda: screens[0].board, queues, booths)
        async with asyncio.TaskGroup() as people:
            recording = people.create_task(recorder.run())
            breaking = people.create_task(_break(Scene(hall, fair["slug"], device, screens, chance), pace, seconds))
            telling = people.create_task(_tell(ledger, recorder, hall))
            working = [
                *(crowd.receive(each, chance.randrange(2**32)) for each in team[:RECEPTIONISTS]),
                *(crowd.manage(each, chance.randrange(2**32)) for each in team[RECEPTIONISTS:-BOOTH_PAGES]),
                *(
                    crowd.consult(team[-1 - booth % BOOTH_PAGES], booth, chance.randrange(2**32))
                    for booth in booths
                    for _ in range(CONSULTANTS_PER_BOOTH)
                ),
            ]
            late = asyncio.get_running_loop().call_later(seconds * LATE + LATE_S, pace.end)
            await asyncio.gather(*working)
            broken = await breaking
            late.cancel()
            recording.cancel()
            telling.cancel()
        await hall.until_well()
        boards = await _at_rest(recorder, screens, chief, hall)
        checks = prove(recorder.events, ledger, [screen.seen for screen in screens], boards)
        _report(ledger, recorder, hall, screens, broken, checks, monotonic() - began)
        return 0 if all(check.holds for check in checks) and len(ledger.done) >= commands else 1


def colleague_like(signed_in: Colleague, other: Colleague) -> Colleague:
    """Let ``other`` use the device and sign-in of somebody."""
    other.cookies, other.csrf = signed_in.cookies, signed_in.csrf
    return other


async def _public(http: aiohttp.ClientSession, hall: Hall) -> dict[str, Any]:
    async with http.get(f"{hall.urls[0]}/api/fairs") as response:
        fair: dict[str, Any] = (await response.json())["fairs"][0]
        return fair


async def _open_booths(chief: Colleague) -> list[int]:
    """Open every booth that can be opened; gives those that are open then."""
    for booth in (await chief.get("/board"))["booths"]:
        if booth["state"] != BoothState.OPEN:
            with suppress(Refused):
                await chief.command("open-booth", booth=booth["id"])
    return [booth["id"] for booth in (await chief.get("/board"))["booths"] if booth["state"] == BoothState.OPEN]


async def _break(scene: Scene, pace: Pace, seconds: float) -> Counter[str]:
    """Break one thing after another until the time is over; every fault comes before one comes again."""
    ends = monotonic() + seconds
    broken: Counter[str] = Counter()
    while monotonic() < ends or not pace.over:
        faults = possible_in(scene.hall)
        scene.chance.shuffle(faults)
        for fault in faults:
            if monotonic() >= ends and pace.over:
                break
            await fault(scene)
            broken[name_of(fault)] += 1
            await scene.hall.until_well()
            await asyncio.sleep(scene.chance.uniform(*CALM_S))
    return broken


async def _tell(ledger: Ledger, recorder: Recorder, hall: Hall) -> None:
    began = monotonic()
    while True:
        await asyncio.sleep(STEPS_S)
        starts = ", ".join(f"{machine.name} started {machine.starts}×" for machine in (hall.redis, *hall.servers))
        print(
            f"{monotonic() - began:5.0f} s: {ledger.commands} commands, {len(recorder.events)} events; {starts}",
            flush=True,
        )


async def _at_rest(recorder: Recorder, screens: list[Screen], reader: Colleague, hall: Hall) -> list[dict[str, Any]]:
    """Wait until nothing more happens and every screen is there; gives the boards of the servers."""
    while True:
        await recorder.read_to_the_end()
        await _until_at((recorder.events[-1].epoch, recorder.events[-1].offset), screens)
        boards = [await reader.get_from(url, "/board") for url in hall.urls]
        if (
            not await recorder.read_page()
        ):  # else the house has done something in between: an offer, a line that no longer fits
            return boards


async def _until_at(top: tuple[int, int], screens: list[Screen]) -> None:
    async with asyncio.timeout(REACH_S):
        while any((screen.board.epoch, screen.board.offset) < top for screen in screens):  # noqa: ASYNC110 (six of them)
            await asyncio.sleep(0.05)


def _report(
    ledger: Ledger,
    recorder: Recorder,
    hall: Hall,
    screens: list[Screen],
    broken: Counter[str],
    checks: list[Check],
    seconds: float,
) -> None:
    kinds = Counter(event.kind for event in recorder.events)
    print(
        f"\n{seconds:.0f} s; {ledger.commands} commands answered, {len(ledger.done)} done, {ledger.refused.total()} refused;"
    )
    print(f"asked again {ledger.asked_again.total()} times: " + _counted(ledger.asked_again))
    print("refused: " + _counted(ledger.refused))
    print("events: " + _counted(kinds))
    print("broken: " + _counted(broken))
    print(f"replies swallowed: {hall.line.lost}; connections of screens: {sum(screen.opened for screen in screens)}")
    for check in checks:
        print(f"{'✓' if check.holds else '✗'} {check.says} ({check.looked} looked at, {len(check.wrong)} wrong)")
        for wrong in check.wrong[:TOLD_MAX]:
            print(f"    {wrong[:400]}")


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" for what, count in counter.most_common()) or "none"
