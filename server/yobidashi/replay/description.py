"""The fair as its server describes it to everybody: what a replay needs of ``GET /api/fairs/{fair}``."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """A queue: its id, its short name for tables, and the weight of the wishes for it."""

    id: str
    name: str
    demand: float


@dataclass(frozen=True, slots=True)
class BoothFacts:
    """A booth: its number, whether it is a spare, the queue it serves (main) or belongs to (spare), if any, and where it is."""

    number: int
    spare: bool
    queue: str | None
    online: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """The fair's facts. ``opens`` and ``closes`` are ms since the UNIX epoch, of the fair's own date and timezone."""

    slug: str
    name: str
    demonstration: bool
    timezone: ZoneInfo
    opens: int
    closes: int
    queues: tuple[QueueFacts, ...]
    booths: tuple[BoothFacts, ...]
    largest_party: int
    queues_per_party: int
    lettered: bool  # a number for each queue instead of one for each party

    @property
    def length_s(self) -> int:
        """How long the fair is open, in seconds."""
        return (self.closes - self.opens) // 1_000

    def clock(self, ms: int) -> str:
        """Give a time of the fair as ``13:20``."""
        return datetime.fromtimestamp(ms / 1_000, self.timezone).strftime("%H:%M")


def description_from(raw: dict[str, Any]) -> Description:
    """Read the public description of a fair. Raises `KeyError`, `TypeError` or `ValueError` where it is not one."""
    zone = ZoneInfo(raw["timezone"])
    day = date.fromisoformat(raw["date"])
    return Description(
        slug=raw["slug"],
        name=raw["name"],
        demonstration=raw["demonstration"],
        timezone=zone,
        opens=_ms(day, raw["opens"], zone),
        closes=_ms(day, raw["closes"], zone),
        queues=tuple(QueueFacts(q["id"], q["short"], q["demand"]) for q in raw["queues"]),
        booths=tuple(
            BoothFacts(b["number"], b["role"] == "spare", b["queue"] or b["home"], b["online"]) for b in raw["booths"]
        ),
        largest_party=raw["limits"]["largest_party"],
        queues_per_party=raw["limits"]["queues_per_party"],
        lettered=raw["series"] == "queue",
    )


def _ms(day: date, clock: str, zone: ZoneInfo) -> int:
    return round(datetime.combine(day, time.fromisoformat(clock), zone).timestamp() * 1_000)
