"""A process whose clock is behind what has happened: its advice is of the newest event's time, as Redis's own floor is."""

import pytest

from waiting_hall import MINUTE, NOW, WaitingHall
from yobidashi.fair import load_fair
from yobidashi.guide.steward import Steward
from yobidashi.live.hub import Hub
from yobidashi.live.journal import Journal
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Clock
from yobidashi.queue.store import Store


@pytest.mark.parametrize("behind_min", [0, 2, 60, 600])
async def test_waits_are_those_of_the_newest_event_however_far_the_clock_is_behind(
    store: Store, journal: Journal, behind_min: int
) -> None:
    fair = load_fair(SAMPLE_FAIR)
    hall = WaitingHall("sapporo", "otaru")
    hall.serving(hall.booth("sapporo"), 3)
    hall.serving(hall.booth("otaru"), 12)
    for since in (9, 8, 5, 2, 0):
        hall.waiting("sapporo", since=since)
        hall.waiting("otaru", since=since)
    clock = Clock(id=0, real=journal.real_now(), fair=NOW - behind_min * MINUTE, rate=0, rev=1)
    hall.board.apply(Event(1, 1, NOW, "issued", {"clocks": (clock,)}))
    hub = Hub(journal.real_now, lambda flush: None)
    hub.reset(hall.board)
    advice = Steward(store, journal, {fair.slug: hub}, {fair.slug: fair}, 5.0).advice(fair.slug)
    assert advice is not None
    waits = [wait.mean_ms or 0 for _, wait in sorted(advice.guide.tickets.items())]
    assert len(waits) == 10
    assert waits[0] < waits[2] < waits[4] < waits[6] < waits[8]
    assert 10 * MINUTE < waits[0] < 30 * MINUTE
    assert hub.board.at == NOW


async def test_a_snapshot_knows_when_the_newest_event_was(store: Store, journal: Journal) -> None:
    fair = load_fair(SAMPLE_FAIR)
    await store.found(fair.slug, fair.rules(demonstration=True))
    board = await journal.snapshot(fair.slug)
    (newest,) = await journal.after(fair.slug, board.offset - 1, 1)
    assert board.at == newest.at > 0
