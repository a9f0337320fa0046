"""Whole days, played through a real server by real HTTP and websockets: the sixth fair, and a day with a killed server in it."""

import asyncio
import signal

import pytest

from running import RunningServer, running_server
from yobidashi.queue.tickets import State
from yobidashi.rehearsal.fairness import fairness_of
from yobidashi.replay.client import Client
from yobidashi.replay.command import checks_of
from yobidashi.replay.day import DAYS
from yobidashi.replay.figures import figures_of
from yobidashi.replay.floor import Floor
from yobidashi.replay.play import play

OPENS, CLOSES = 1_771_032_600_000, 1_771_056_000_000  # 10:30 and 17:00 of the sample fair's day in Tokyo


pytestmark = pytest.mark.timeout(240)


async def test_the_sixth_fair_comes_out_exactly(server: RunningServer) -> None:
    async with Client(server.url) as client:
        played = await play(client, None, DAYS["r6"], 0, 4, 6, reset=True)
    assert [check.wrong for check in checks_of(played) if not check.holds] == []
    figures = figures_of(played.events)
    assert (figures.persons, figures.consultations) == (349, 556)
    assert OPENS < figures.last_end <= CLOSES
    # The server's own duties go on when the crew has gone home, and the day begins with a reset, in real time.
    by_crew = [answer for answer in client.answers if answer.kind != "founded"]
    assert [answer for answer in by_crew if not OPENS <= answer.at <= CLOSES] == []
    kinds = {"called", "recalled", "marked_absent", "restored", "held", "cancelled", "undone"}
    kinds |= {"offered", "offer_accepted", "offer_declined"}
    assert min(figures.kinds[kind] for kind in kinds | {"booth_assigned", "booth_paused", "booth_closed"}) > 0
    assert set(figures.reasons) >= {"left", "no_answer", "mistake"}
    assert sum(tally.parties for tally in figures.by_booth.values()) == 556
    assert sum(tally.parties for tally in figures.by_queue.values()) == 556
    assert sum(screen.opened > 1 for screen in played.screens) == 2
    fairness = fairness_of(played.events, in_a_row=2)
    assert fairness.wrong == []
    assert fairness.calls == figures.kinds["called"]


TAPPED_IN_VAIN_LOOKS = 300
"""After which the next server stands anyway."""


async def test_the_day_goes_on_through_a_killed_server(redis_url: str, prefix: str) -> None:
    well_under_way = asyncio.Event()

    def watch(floor: Floor) -> None:
        if floor.count(State.FINISHED) >= 20:
            well_under_way.set()

    async with running_server(redis_url=redis_url, prefix=prefix) as first, Client(first.url) as client:
        playing = asyncio.create_task(play(client, None, DAYS["sample"], 0, 4, 6, reset=True, watch=watch))
        await well_under_way.wait()
        await first.stop(signal.SIGKILL)
        for _ in range(
            TAPPED_IN_VAIN_LOOKS
        ):  # somebody taps in vain, unless all wait for what the dead server had acknowledged
            if client.retries or playing.done():
                break
            await asyncio.wait({playing}, timeout=0.01)
        port = int(first.url.rsplit(":", 1)[1])
        async with running_server(redis_url=redis_url, prefix=prefix, port=port):
            played = await playing
    assert [check.wrong for check in checks_of(played) if not check.holds] == []
    assert all(screen.opened > 1 for screen in played.screens)
