"""The plan of a day: exact totals, the curve of the arrivals, and the same people for the same seed."""

from collections import Counter
from statistics import mean, stdev
from zoneinfo import ZoneInfo

import pytest

from yobidashi.replay.day import DAYS, Answer, Day, Ending, Impossible, apportion, plan, shares_of
from yobidashi.replay.description import BoothFacts, Description, QueueFacts, description_from

CITIES = "sapporo otaru iwamizawa ebetsu chitose eniwa kitahiroshima ishikari tobetsu shinshinotsu nanporo naganuma"
QUEUES = [*CITIES.split(), "settler-a", "settler-b", "settler-c", "living", "jobs", "bus"]
DEMAND = (30, 10, 4, 7, 9, 6, 8, 4, 2, 1.5, 2.5, 3, 2, 2, 2, 4, 5, 1)


def fair(queues: int = 18, *, largest: int = 8, at_once: int = 18) -> Description:
    return Description(
        slug="sample",
        name="見本",
        demonstration=True,
        timezone=ZoneInfo("Asia/Tokyo"),
        opens=1_771_032_600_000,
        closes=1_771_056_000_000,
        queues=tuple(QueueFacts(name, name, share) for name, share in zip(QUEUES[:queues], DEMAND, strict=False)),
        booths=tuple(BoothFacts(n + 1, False, name) for n, name in enumerate(QUEUES[:queues])),
        largest_party=largest,
        queues_per_party=at_once,
        lettered=False,
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["r6", "sample"])
def test_the_totals_are_exact_for_every_seed(name: str, seed: int) -> None:
    day = DAYS[name]
    visits = plan(day, fair(), seed)
    endings = Counter(wish.ending for visit in visits for wish in visit.wishes)
    assert sum(visit.size for visit in visits) == day.persons
    assert endings[Ending.FINISHED] == day.consultations
    assert all(endings[ending] > 0 for ending in Ending)


def test_the_sixth_fair_had_349_persons_and_556_consultations() -> None:
    assert (DAYS["r6"].persons, DAYS["r6"].consultations) == (349, 556)
    sizes = Counter(visit.size for visit in plan(DAYS["r6"], fair(), 1))
    assert sizes == {1: 118, 2: 69, 3: 19, 4: 9}


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    assert plan(DAYS["r6"], fair(), 3) == plan(DAYS["r6"], fair(), 3)
    assert plan(DAYS["r6"], fair(), 3) != plan(DAYS["r6"], fair(), 4)


def test_people_arrive_along_the_curve_with_a_rush_at_the_door() -> None:
    visits = plan(DAYS["r6"], fair(), 1)
    arrivals = [visit.arrives_s for visit in visits]
    parts = Counter(arrives // 1_800 for arrives in arrivals)
    assert arrivals == sorted(arrivals)
    assert [parts[i] for i in range(13)] == apportion(len(visits), DAYS["r6"].arrivals)
    assert sum(arrives <= 120 for arrives in arrivals) >= 20


def test_talks_are_about_sixteen_minutes() -> None:
    talks = [wish.talk_s / 60 for seed in range(5) for visit in plan(DAYS["r6"], fair(), seed) for wish in visit.wishes]
    assert mean(talks) == pytest.approx(16, abs=0.5)
    assert stdev(talks) / mean(talks) == pytest.approx(0.45, abs=0.04)


def test_demand_follows_the_fairs_weights_and_is_equal_without_any() -> None:
    wanted = Counter(wish.queue for seed in range(5) for v in plan(DAYS["r6"], fair(), seed) for wish in v.wishes)
    assert [queue for queue, _ in wanted.most_common(2)] == ["sapporo", "otaru"]
    assert wanted["bus"] < wanted["jobs"] < wanted["otaru"] < wanted["sapporo"]
    other = Description(**{name: getattr(fair(), name) for name in Description.__slots__} | {"queues": _unweighted(4)})
    assert shares_of(other) == {"q0": 1, "q1": 1, "q2": 1, "q3": 1}
    assert shares_of(fair())["settler-b"] == 2


def test_each_wish_of_a_party_is_for_another_queue_and_late_parties_wish_less() -> None:
    for visit in plan(DAYS["r6"], fair(), 2):
        queues = [wish.queue for wish in visit.wishes]
        assert len(set(queues)) == len(queues) >= 1
        if visit.arrives_s > 6 * 3_600:
            assert len(queues) == 1


def test_what_happens_to_a_wish_fits_its_ending() -> None:
    wishes = [wish for seed in range(5) for visit in plan(DAYS["r6"], fair(), seed) for wish in visit.wishes]
    for wish in wishes:
        assert (wish.ending is Ending.FINISHED) == (wish.answer is not Answer.NEVER)
        assert (wish.patience_s is not None) == (wish.ending is Ending.LEFT)
        assert (wish.back_s > 0) == (wish.answer is Answer.COMES_BACK)
    silent = sum(wish.answer is not Answer.AT_ONCE and wish.ending is not Ending.MISTAKE for wish in wishes)
    assert 0.03 < silent / len(wishes) < 0.10  # 4 % of calls, and those who have left without a word


def test_a_fair_with_small_limits_is_kept_to() -> None:
    small = fair(queues=6, largest=2, at_once=1)
    visits = plan(DAYS["sample"], small, 1)
    assert sum(visit.size for visit in visits) == 60
    assert max(visit.size for visit in visits) == 2
    assert all(len(round_) == 1 for visit in visits for round_ in visit.rounds)


def test_a_day_that_does_not_fit_the_fair_is_refused_in_a_sentence() -> None:
    with pytest.raises(Impossible, match="parties can have"):
        plan(DAYS["r6"], fair(queues=2), 1)
    with pytest.raises(Impossible, match="day full needs"):
        plan(Day(name="full", persons=10, consultations=90), fair(), 1)


@pytest.mark.parametrize("total", [0, 1, 7, 215, 349])
def test_apportion_adds_up_and_stays_within_one(total: int) -> None:
    shares = (55, 32, 9, 4)
    counts = apportion(total, shares)
    assert sum(counts) == total
    assert all(abs(count - total * share / 100) < 1 for count, share in zip(counts, shares, strict=True))


def test_the_description_is_read_in_the_fairs_own_time() -> None:
    raw = {
        "slug": "sapporo",
        "name": "移住フェア",
        "demonstration": True,
        "timezone": "Asia/Tokyo",
        "date": "2026-02-14",
        "opens": "10:30",
        "closes": "17:00",
        "series": "party",
        "limits": {"largest_party": 8, "queues_per_party": 6},
        "queues": [{"id": "sapporo", "short": "札幌市", "demand": 30}],
        "booths": [
            {"number": 1, "role": "main", "queue": "sapporo", "home": None, "online": True},
            {"number": 19, "role": "spare", "queue": None, "home": "sapporo", "online": False},
        ],
    }
    read = description_from(raw)
    assert (read.opens, read.length_s) == (1_771_032_600_000, 23_400)
    assert read.clock(read.closes) == "17:00"
    assert read.booths == (BoothFacts(1, False, "sapporo", online=True), BoothFacts(19, True, "sapporo"))


def _unweighted(count: int) -> tuple[QueueFacts, ...]:
    return tuple(QueueFacts(f"q{i}", f"Q{i}", 0) for i in range(count))
