"""The fair's time at top speed: it stands while anybody acts, goes straight to the next moment, and never back."""

import asyncio

import pytest

from yobidashi.replay.pace import STEP_MS, Pace

OPENS = 1_771_032_600_000


class Clock:
    """Writes down how the fair's clock was set."""

    def __init__(self) -> None:
        self.set: list[int] = []

    async def __call__(self, at: int, rate: float) -> None:
        self.set.append(at)


async def nothing() -> None:
    """A board that is never behind."""


async def pace_at(clock: Clock, rate: float = 0) -> Pace:
    pace = Pace(clock, nothing, rate)
    await pace.begin(OPENS)
    return pace


async def test_time_goes_straight_to_the_next_moment_of_anybody() -> None:
    clock, seen = Clock(), []
    pace = await pace_at(clock)

    async def actor(name: str, *after_s: int) -> None:
        for seconds in after_s:
            await pace.until(OPENS + seconds * 1_000)
            seen.append((name, (pace.now() - OPENS) // 1_000))

    pace.start(actor("a", 20, 600))
    pace.start(actor("b", 20, 60))
    await pace.run()
    assert sorted(seen) == [("a", 20), ("a", 600), ("b", 20), ("b", 60)]
    assert clock.set == [OPENS, OPENS + 20_000, OPENS + 60_000, OPENS + 600_000]


async def test_moments_lie_on_the_grid_and_are_never_early() -> None:
    clock = Clock()
    pace = await pace_at(clock)
    pace.start(pace.until(OPENS + 1))
    pace.start(pace.until(OPENS + STEP_MS - 1))
    pace.start(pace.wait_exactly(4))
    await pace.run()
    assert clock.set == [OPENS, OPENS + 4_000, OPENS + STEP_MS]


async def test_who_waits_for_a_sight_acts_at_the_instant_it_appears() -> None:
    pace, seen = await pace_at(Clock()), []
    line: list[int] = []

    async def booth() -> None:
        assert await pace.when(lambda: bool(line))
        seen.append(pace.now() - OPENS)

    async def reception() -> None:
        await pace.wait(40)
        line.append(1)
        await pace.wait(40)

    pace.start(booth())
    pace.start(reception())
    await pace.run()
    assert seen == [40_000]


async def test_who_waits_for_a_sight_by_a_time_learns_that_it_did_not_come() -> None:
    pace, seen = await pace_at(Clock()), []

    async def booth() -> None:
        seen.append(await pace.when(lambda: False, by=OPENS + 60_000))
        seen.append(await pace.when(lambda: False, by=OPENS))  # past already: time does not go back

    pace.start(booth())
    await pace.run()
    assert seen == [False, False]
    assert pace.now() == OPENS + 60_000


async def test_time_stands_while_anybody_acts() -> None:
    pace, seen = await pace_at(Clock()), []
    answer = asyncio.get_running_loop().create_future()

    async def slow() -> None:
        await answer
        seen.append(("slow", pace.now()))

    async def quick() -> None:
        answer.set_result(None)
        await pace.wait(60)
        seen.append(("quick", pace.now()))

    pace.start(slow())
    pace.start(quick())
    await pace.run()
    assert seen == [("slow", OPENS), ("quick", OPENS + 60_000)]


async def test_a_fault_of_one_actor_ends_the_day() -> None:
    pace = await pace_at(Clock())

    async def clumsy() -> None:
        await pace.wait(60)
        raise LookupError("no such booth")

    pace.start(clumsy())
    pace.start(pace.until(OPENS + 3_600_000))
    with pytest.raises(LookupError, match="no such booth"):
        await pace.run()
    assert pace.now() == OPENS + 60_000


async def test_actors_that_wait_for_each_other_are_told_from_a_long_day() -> None:
    pace = await pace_at(Clock())

    async def waits_for_ever() -> None:
        await pace.when(lambda: False)

    pace.start(waits_for_ever())
    with pytest.raises(RuntimeError, match="waits for another"):
        await pace.run()


async def test_at_a_running_clock_the_same_actors_wait_in_real_time() -> None:
    clock, seen = Clock(), []
    pace = await pace_at(clock, rate=100_000)

    async def actor() -> None:
        await pace.wait(3_600)
        seen.append(pace.now() - OPENS >= 3_600_000)

    pace.start(actor())
    await pace.run()
    assert seen == [True]
    assert clock.set == [OPENS]
