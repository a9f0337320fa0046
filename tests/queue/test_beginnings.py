"""A fair's beginnings: its founding, a demonstration's clock, and its beginning anew in another epoch."""

import pytest

from queue_rules import SLUG, command, rules
from small_fair import Fair, party
from yobidashi.live.journal import Journal
from yobidashi.queue.errors import Refusal
from yobidashi.queue.store import Store


async def test_a_demonstration_alone_has_a_clock_to_set(store: Store, journal: Journal) -> None:
    await store.found(SLUG, rules(demonstration=False))
    fair = Fair(store, journal)
    assert (await fair.refused("set-clock", at=1, rate=1)).code == "not_a_demonstration"
    assert (await fair.refused("reset")).code == "not_a_demonstration"


async def test_the_clock_runs_at_its_rate_and_never_back(fair: Fair) -> None:
    await fair.do("set-clock", at=1_000_000, rate=0)
    assert (await fair.do("issue", size=1, queues=["a"])).at == 1_000_000
    assert (await fair.refused("set-clock", at=999_999, rate=1)).code == "clock_backwards"
    await fair.do("set-clock", at=2_000_000, rate=10_000)
    while (await fair.do("issue", size=1, queues=["a"])).at == 2_000_000:
        pass  # within the same millisecond; the test's time-out is the bound


async def test_reset_begins_a_new_epoch(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["a"])
    old = await fair.board()
    event = await fair.do("reset", command_id="reset-me-only-once")
    assert (event.kind, event.offset) == ("founded", 1)
    assert event.epoch > old.epoch
    assert await fair.do("reset", command_id="reset-me-only-once") == event
    assert await fair.folded() == await fair.board()
    assert party(await fair.do("issue", size=1, queues=["a"])).number == "1"


async def test_what_was_decided_before_a_reset_is_not_done_after_it(fair: Fair) -> None:
    decided_in = (await fair.board()).epoch
    await fair.do("reset")
    before = await fair.board()
    stop = command("stop-issuing", queue="a")
    with pytest.raises(Refusal, match="begun_anew"):
        await fair.store.run(SLUG, stop, decided_in)
    assert await fair.board() == before
    assert (await fair.store.run(SLUG, stop, before.epoch)).kind == "issuing_stopped"


async def test_a_changed_fair_gains_booths_and_never_loses_one(fair: Fair) -> None:
    more = rules()
    more["booths"]["7"] = {"role": "main", "queue": "c"}
    await fair.store.found(SLUG, more)
    assert (await fair.board()).booths[7].queue == "c"
    assert (await fair.folded()) == await fair.board()
    with pytest.raises(Refusal, match="rules_shrunk"):
        await fair.store.found(SLUG, rules())


async def test_demonstration_data_is_never_served_as_a_real_day(store: Store) -> None:
    await store.found(SLUG, rules())
    with pytest.raises(Refusal, match="demonstration_data"):
        await store.found(SLUG, rules(demonstration=False))


async def test_a_fair_that_does_not_stand_refuses(store: Store) -> None:
    with pytest.raises(Refusal, match="not_founded"):
        await store.run("nowhere", command("call-next", booth=1))
