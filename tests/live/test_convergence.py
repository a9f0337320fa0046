"""Many screens under disconnects, seeded: whatever happens on the way, all end with the same board and every call."""

import asyncio
import random
from typing import Any

import pytest

from running import Refused, RunningServer
from yobidashi.replay.screen import Screen

SCREENS = 8
STEPS = 120


@pytest.mark.parametrize("seed", [1, 20, 300])
async def test_screens_converge(server: RunningServer, seed: int) -> None:
    chance = random.Random(seed)
    url = f"{server.api}/live".replace("http", "ws", 1)
    screens = [Screen(str(n), url) for n in range(SCREENS)]
    away: set[Screen] = set()
    await asyncio.gather(*(screen.open() for screen in screens))
    try:
        for _ in range(STEPS):
            await asyncio.gather(*(_act(server, chance) for _ in range(chance.randint(1, 4))))
            screen = chance.choice(screens)
            if screen in away:
                away.discard(screen)
                await screen.open()
            elif chance.random() < 0.4:
                away.add(screen)
                await screen.close(abruptly=chance.random() < 0.7)
        await asyncio.gather(*(screen.open() for screen in away))
        board = await server.get("/board")
        for screen in screens:
            assert await screen.reached((board["epoch"], board["offset"]))
        assert all(screen.board == screens[0].board for screen in screens)
        assert {screen.gaps for screen in screens} == {0}
        calls = [call.offset for call in screens[0].calls]
        assert calls == sorted(set(calls))
        journal = await server.get("/journal")
        called = [event["offset"] for event in journal["events"] if event["kind"] == "called"]
        assert {tuple(call.offset for call in screen.calls) for screen in screens} == {tuple(called)}
    finally:
        await asyncio.gather(*(screen.close() for screen in screens))


async def _act(server: RunningServer, chance: random.Random) -> None:
    """One act of somebody at the fair; being refused is part of the day."""
    booth = chance.randint(1, 6)
    acts: list[tuple[str, dict[str, Any]]] = [
        ("issue", {"size": chance.randint(1, 4), "queues": chance.sample(["sapporo", "otaru", "iwamizawa"], 2)}),
        ("call-next", {"booth": booth, "finish": chance.random() < 0.5}),
        ("start", {"booth": booth}),
        ("absent", {"booth": booth}),
        ("recall", {"booth": booth}),
        ("finish", {"booth": booth}),
        ("hold", {"ticket": chance.randint(1, 40)}),
        ("restore", {"ticket": chance.randint(1, 40)}),
    ]
    name, arguments = chance.choice(acts)
    try:
        await server.command(name, **arguments)
    except Refused as refused:
        assert refused.status in {404, 409}
