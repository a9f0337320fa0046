"""What can be played: one line each in `SHAPES`. Times are the hall's seconds; a shape with a ``rate`` lives them that much quicker.

The figures of the peak are `[capacity]` of the sample fair: 16 tickets in 5 minutes, 10 calls in a minute, 22 parties at the door in
2 minutes; 30 booths that each need 3 minutes from call to call make 10 calls in a minute.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType
from typing import Any, Final

from crowd.visitors import Visitor, day, rush

PERSONS, CONSULTATIONS = 349, 556
"""The sixth fair, 15 February 2025."""

DAY_S: Final = 6.5 * 3_600
DAY_RATE: Final = 60.0
PEAK_S: Final = 300.0
BURST_S: Final = 120.0

SCREENS, RECEPTIONS, POLLING = 6, 7, 0.1
"""Screens; handhelds at the reception, with the floor manager's eight; part of the phones whose network lets no socket through."""

Arrivals = Callable[[dict[str, Any], Random, float], list[Visitor]]
"""Gives who comes to a fair within so many of the hall's seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One load: who stands in the hall already, who comes, how quickly everything goes, and what goes wrong."""

    name: str
    says: str
    seconds: float
    """How long it is played, in seconds of ours."""
    arrivals: Arrivals
    phones: int
    parties: int = 0
    """Parties that wait in line, with their phones, when it begins."""
    rate: float = 1.0
    """How many times quicker than in the hall; a demonstration's clock runs along."""
    walk_s: float = 30.0
    """From a call until they sit, in the mean; with the talk `PEAK_S` ÷ 50 calls × 30 booths."""
    talk_s: float = 150.0
    until_served: bool = False
    """When the time is over it goes on until nobody waits any more, by a fifth at most."""
    storm_s: float | None = None
    """Every so many seconds everybody loses the connection and is back within `RETURN_S`."""
    flapping: bool = False
    """Everybody loses the Wi-Fi now and then, and replies are lost on their way."""
    flood: bool = False
    """One address sends as much as it can, in every second stretch of `FLOOD_S`."""


OVERTIME: Final = 1.2
"""The part of its seconds that a shape may last which ends when everybody is served."""

RETURN_S: Final = 5.0
"""Seconds within which a hall that has lost its network is back."""

FLAP_S: Final = 15.0
"""Seconds between two losses of one page's Wi-Fi, in the mean."""

FLAP_AWAY_S: Final = (0.2, 4.0)
"""Seconds that it is gone."""

LOST_REPLIES: Final = 0.1
"""Part of the commands whose first reply is lost, where the Wi-Fi flaps."""

FLOOD_S: Final = 15.0
"""Seconds of a flood, and of the quiet between two."""


def _peak(times: int) -> Arrivals:
    """Give the arrivals of the peak: 16 tickets in 5 minutes, at 2.2 a party, so many times."""
    return lambda fair, random, seconds: rush(round(16 / 2.2 * times * seconds / PEAK_S), seconds, fair, random)


def _burst(fair: dict[str, Any], random: Random, seconds: float) -> list[Visitor]:
    return rush(22, BURST_S, fair, random)


def _sixth(fair: dict[str, Any], random: Random, seconds: float) -> list[Visitor]:
    return day(PERSONS, CONSULTATIONS, DAY_S, fair, random)


_PEAK: Final = Shape(
    name="peak",
    says="the fair's peak: 10 calls a minute, 16 tickets in 5 minutes, 350 phones",
    seconds=PEAK_S,
    arrivals=_peak(1),
    phones=350,
    parties=150,
)

SHAPES: Final = MappingProxyType(
    {
        shape.name: shape
        for shape in (
            Shape(
                name="day",
                says="the sixth fair's day: 349 persons, 556 consultations, 60 times quicker",
                seconds=DAY_S / DAY_RATE,
                arrivals=_sixth,
                phones=200,
                rate=DAY_RATE,
                until_served=True,
                talk_s=16 * 60,
            ),
            Shape(
                name="burst",
                says="the opening: 22 parties in 2 minutes",
                seconds=BURST_S,
                arrivals=_burst,
                phones=22,
            ),
            _PEAK,
            replace(
                _PEAK,
                name="tenfold",
                says="ten times the peak's traffic: 100 calls and 32 tickets a minute, to 350 phones",
                seconds=90,
                arrivals=_peak(10),
                parties=300,
                walk_s=3,
                talk_s=15,
            ),
            replace(
                _PEAK,
                name="crowded",
                says="the peak's traffic to ten times its phones: 3,500",
                seconds=90,
                phones=3_500,
                parties=350,
            ),
            replace(
                _PEAK,
                name="reconnect-storm",
                says="30 calls a minute; every 20 s the whole hall loses its network and is back within 5 s",
                seconds=120,
                walk_s=10,
                talk_s=50,
                storm_s=20,
            ),
            replace(
                _PEAK,
                name="flapping",
                says="30 calls a minute; every page loses its Wi-Fi every 15 s or so, and a tenth of the replies is lost",
                seconds=120,
                walk_s=10,
                talk_s=50,
                flapping=True,
            ),
            replace(
                _PEAK,
                name="flood",
                says="30 calls a minute; every other 15 s one address sends what it can",
                seconds=120,
                walk_s=10,
                talk_s=50,
                flood=True,
            ),
        )
    }
)
"""Name → shape."""


def scaled(shape: Shape, *, seconds: float | None = None, size: float = 1.0, rate: float | None = None) -> Shape:
    """Give a shape for fewer seconds of ours, with a part of the people who are in the hall already, or at another rate."""
    rate = shape.rate if rate is None else rate
    return replace(
        shape,
        rate=rate,
        seconds=shape.seconds * shape.rate / rate if seconds is None else seconds,
        phones=max(1, round(shape.phones * size)),
        parties=round(shape.parties * size),
    )
