"""What a day is: how many people come, when, what for, and what becomes of each wish. Pure and seeded.

The plan fixes *what* happens (who comes, which wishes end in a consultation, who does not answer); the crew and the server
decide *when* and *where*. So the day's totals are exact because the plan is, and every count in the report is still taken
from the journal afterwards.

The assumptions are the day model of the project's reading of the earlier fairs: arrivals by half hours from the opening,
party sizes, log-normal talks, 4 % of calls without an answer. The sixth fair had 349 persons and 556 consultations, and 30
booths can only have done that with talks of about 16 minutes.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from types import MappingProxyType
from typing import Final

from yobidashi.replay.description import Description

RUSH: Final = 0.65
"""Part of the first half hour's parties that stands at the door when it opens, and enters within `RUSH_S`."""

RUSH_S: Final = 120
"""Seconds in which the rush at the door comes in."""

LAST_ENTRY_S: Final = 900
"""Seconds before the closing at which reception lets the last party in."""


class Ending(StrEnum):
    """What becomes of a wish."""

    FINISHED = "finished"  # a consultation
    LEFT = "left"  # the party gives up and leaves the line
    NO_SHOW = "no_answer"  # called, recalled, and never seen again
    MISTAKE = "mistake"  # reception tapped the wrong queue and takes it back


class Answer(StrEnum):
    """How a party answers its call."""

    AT_ONCE = "at once"
    ON_RECALL = "on recall"
    COMES_BACK = "comes back"  # too late: marked absent, restored when it reports
    NEVER = "never"


class Slip(StrEnum):
    """A button pressed too early at the booth, and taken back with undo."""

    CALL = "call"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Wish:
    """One party's wish to talk to one exhibitor, and its course. Durations in seconds of the fair's time."""

    queue: str
    ending: Ending
    answer: Answer
    talk_s: int
    walk_s: int  # from the call until they sit down
    back_s: int = 0  # from being marked absent until they report (COMES_BACK)
    patience_s: int | None = None  # from the ticket until they tell reception that they leave (LEFT)
    hold_after_s: int | None = None  # from the ticket until they ask to be held
    hold_s: int = 0  # how long they are away then
    slip: Slip | None = None
    flexible: bool = False  # would go to a quieter booth when asked


@dataclass(frozen=True, slots=True)
class Visit:
    """People who come together: seconds after the opening, how many, and their wishes in rounds.

    The first round is issued on arrival; each further one when the party comes back to reception after the last.
    """

    arrives_s: int
    size: int
    rounds: tuple[tuple[Wish, ...], ...]

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """All wishes of the visit."""
        return tuple(wish for round_ in self.rounds for wish in round_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The assumptions about a day. Shares are relative; they need not add up to 1."""

    name: str
    persons: int
    consultations: int
    arrivals: tuple[float, ...] = (15, 11, 8, 6, 7, 11, 11, 9, 8, 6, 4, 3, 1)  # even parts of the opening hours
    sizes: tuple[float, ...] = (55, 32, 9, 4)  # parties of 1, 2, 3, 4
    wishes: tuple[float, ...] = (15, 37, 27, 13, 8)  # parties with 1, 2, 3, 4, 5 wishes
    round_max: int = 3  # wishes issued at once
    talk_mean_min: float = 16.0
    talk_cv: float = 0.45
    talk_min_max: tuple[float, float] = (5.0, 45.0)
    left: float = 0.035  # per consultation: further tickets given up in the line
    no_show: float = 0.012  # … called in vain
    mistake: float = 0.008  # … issued by mistake
    patience_mean_min: float = 35.0
    on_recall: float = 0.017  # of the consultations: answered only the recall
    comes_back: float = 0.012  # … were absent first (with the no-shows, 4 % of calls have no answer)
    holds: float = 0.03
    slips: float = 0.02
    flexible: float = 0.5


DAYS: Final = MappingProxyType(
    {
        "r6": Day(name="r6", persons=349, consultations=556),
        "sample": Day(
            name="sample",
            persons=60,
            consultations=92,
            arrivals=(34, 28, 22, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            no_show=0.03,
            comes_back=0.03,
            on_recall=0.03,
        ),
    },
)
"""The days that can be played. ``r6`` is the sixth fair (15 February 2025); ``sample`` is a morning, for trying out."""


class Impossible(ValueError):
    """The day does not fit the fair; the text says why."""


def plan(day: Day, fair: Description, seed: int) -> tuple[Visit, ...]:
    """Give the day's visits in order of arrival. The same day, fair and seed give the same people.

    The sizes add up to ``day.persons`` and the wishes with `Ending.FINISHED` to ``day.consultations``, exactly.
    Raises `Impossible` where so many consultations do not fit the fair's queues.
    """
    random = Random(f"{day.name}:{seed}")  # noqa: S311 (people of a rehearsal, not secrets)
    sizes = party_sizes(day, fair.largest_party, random)
    arrivals = arrival_times(day, len(sizes), fair.length_s, random)
    lost = _lost(day)
    fates = [Ending.FINISHED] * day.consultations + lost
    counts = _wish_counts(day, arrivals, len(fates), fair, random)
    random.shuffle(fates)
    shares = shares_of(fair)
    visits: list[Visit] = []
    for arrives, size, count in zip(arrivals, sizes, counts, strict=True):
        queues = choose(shares, count, random)
        wishes = [_wish(day, queue, fates.pop(), random) for queue in queues]
        visits.append(Visit(arrives, size, _rounds(wishes, min(day.round_max, fair.queues_per_party), random)))
    return tuple(visits)


def apportion(total: int, shares: Sequence[float]) -> list[int]:
    """Divide ``total`` by ``shares`` into whole numbers that add up to it (largest remainder)."""
    exact = [total * share / sum(shares) for share in shares]
    counts = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: total - sum(counts)]:
        counts[i] += 1
    return counts


def party_sizes(day: Day, largest: int, random: Random) -> list[int]:
    """Give party sizes that follow ``day.sizes`` and add up to ``day.persons``."""
    shares = day.sizes[:largest]
    mean = sum(size * share for size, share in enumerate(shares, start=1)) / sum(shares)
    counts = apportion(round(day.persons / mean), shares)
    sizes = [size for size, count in enumerate(counts, start=1) for _ in range(count)]
    while (short := day.persons - sum(sizes)) != 0:  # rounding leaves a few persons too many or too few
        if short > 0:
            sizes.append(min(short, largest))
        else:
            sizes.remove(max(s for s in sizes if s <= -short))
    random.shuffle(sizes)
    return sizes


def arrival_times(day: Day, parties: int, length_s: int, random: Random) -> list[int]:
    """Give the parties' arrivals in seconds after the opening, sorted; a rush stands at the door when it opens."""
    part = length_s / len(day.arrivals)
    times: list[int] = []
    for i, count in enumerate(apportion(parties, day.arrivals)):
        rush = round(count * RUSH) if i == 0 else 0
        times += [int(random.uniform(0, min(RUSH_S, part))) for _ in range(rush)]
        ends = min(part * (i + 1), length_s - LAST_ENTRY_S)
        times += [int(random.uniform(min(part * i, ends), ends)) for _ in range(count - rush)]
    return sorted(times)


def shares_of(fair: Description) -> dict[str, float]:
    """Give each queue's share of the wishes, as `fair.toml` weighs them; equal shares where it says nothing."""
    if not any(queue.demand for queue in fair.queues):
        return dict.fromkeys((queue.id for queue in fair.queues), 1.0)
    return {queue.id: queue.demand for queue in fair.queues if queue.demand}


def _lost(day: Day) -> list[Ending]:
    parts = ((Ending.LEFT, day.left), (Ending.NO_SHOW, day.no_show), (Ending.MISTAKE, day.mistake))
    return [ending for ending, share in parts for _ in range(round(day.consultations * share))]


def _wish_counts(day: Day, arrivals: list[int], total: int, fair: Description, random: Random) -> list[int]:
    """Give each party its number of wishes: ``total`` together, fewer the later it comes."""
    most = min(len(day.wishes), len(shares_of(fair)))
    latest = [max(1, min(most, 1 + int(5.2 * (1 - a / fair.length_s) ** 0.9))) for a in arrivals]
    if not len(arrivals) <= total <= sum(latest):
        text = f"{len(arrivals)} parties can have {len(arrivals)} to {sum(latest)} tickets in {len(fair.queues)} queues"
        raise Impossible(f"{text}; day {day.name} needs {total}.")
    drawn = random.choices(range(1, len(day.wishes) + 1), day.wishes, k=len(arrivals))
    counts = [min(wanted, cap) for wanted, cap in zip(drawn, latest, strict=True)]
    while (short := total - sum(counts)) != 0:
        i = random.randrange(len(counts))
        if short > 0 and counts[i] < latest[i]:
            counts[i] += 1
        elif short < 0 and counts[i] > 1:
            counts[i] -= 1
    return counts


def choose(shares: Mapping[str, float], count: int, random: Random) -> list[str]:
    """Draw ``count`` different queues by their shares (Efraimidis and Spirakis' keys)."""
    keys = {queue: random.random() ** (1 / share) for queue, share in shares.items()}
    return sorted(keys, key=keys.__getitem__, reverse=True)[:count]


def _rounds(wishes: list[Wish], most: int, random: Random) -> tuple[tuple[Wish, ...], ...]:
    rounds = []
    while wishes:
        size = random.randint(min(2, most), most)
        rounds.append(tuple(wishes[:size]))
        wishes = wishes[size:]
    return tuple(rounds)


def _wish(day: Day, queue: str, ending: Ending, random: Random) -> Wish:
    sigma = math.sqrt(math.log(1 + day.talk_cv**2))
    talk = random.lognormvariate(math.log(day.talk_mean_min) - sigma**2 / 2, sigma)
    low, high = day.talk_min_max
    finished = ending is Ending.FINISHED
    hold = finished and random.random() < day.holds
    answer = _answer(day, random) if finished else Answer.NEVER
    patience = random.lognormvariate(math.log(day.patience_mean_min) - 0.125, 0.5)
    return Wish(
        queue=queue,
        ending=ending,
        answer=answer,
        talk_s=round(60 * min(max(talk, low), high)),
        walk_s=random.randint(20, 70),
        back_s=random.randint(300, 1_080) if answer is Answer.COMES_BACK else 0,
        patience_s=round(60 * patience) if ending is Ending.LEFT else None,
        hold_after_s=random.randint(30, 600) if hold else None,
        hold_s=random.randint(300, 1_200) if hold else 0,
        slip=random.choice(tuple(Slip)) if finished and random.random() < day.slips else None,
        flexible=random.random() < day.flexible,
    )


def _answer(day: Day, random: Random) -> Answer:
    draw = random.random()
    if draw < day.on_recall:
        return Answer.ON_RECALL
    return Answer.COMES_BACK if draw < day.on_recall + day.comes_back else Answer.AT_ONCE
