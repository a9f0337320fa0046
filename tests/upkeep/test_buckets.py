"""Token buckets: what comes at once, what comes back, and how much is remembered."""

import pytest

from yobidashi.web.buckets import BUCKETS_MAX, BURST_S, Buckets


def test_a_full_bucket_gives_its_burst_and_then_its_rate() -> None:
    buckets = Buckets(rate=2)
    burst = int(2 * BURST_S)
    assert [buckets.take("a", 0.0) for _ in range(burst)] == [0.0] * burst
    assert buckets.take("a", 0.0) == pytest.approx(0.5)
    assert buckets.take("a", 0.25) == pytest.approx(0.25)
    assert buckets.take("a", 0.5) == 0.0
    assert buckets.take("a", 0.5) > 0
    assert buckets.take("b", 0.5) == 0.0


def test_no_bucket_holds_more_than_its_burst_however_long_it_rests() -> None:
    buckets = Buckets(rate=1)
    buckets.take("a", 0.0)
    taken = sum(buckets.take("a", 1e6) == 0.0 for _ in range(1_000))
    assert taken == int(BURST_S)


def test_a_clock_that_stands_still_or_a_refusal_costs_nothing() -> None:
    buckets = Buckets(rate=1)
    for _ in range(100):
        buckets.take("a", 0.0)
    assert buckets.take("a", 1.0) == 0.0  # what was refused was not taken


def test_without_a_rate_there_is_no_limit_and_nothing_is_remembered() -> None:
    buckets = Buckets(rate=0)
    assert not any(buckets.take("a", 0.0) for _ in range(10_000))
    assert len(buckets) == 0


def test_whoever_asks_from_wherever_the_memory_is_bounded() -> None:
    buckets = Buckets(rate=1)
    for number in range(BUCKETS_MAX + 50):
        buckets.take(f"2001:db8:{number:x}::/64", 0.0)
    assert len(buckets) == BUCKETS_MAX
