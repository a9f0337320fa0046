"""The audit record by days: how many entries of which act by which role, and the chain values at both ends of each day."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from yobidashi.people.auditing.trail import Chained, Trail
from yobidashi.queue.errors import Refusal

DAYS_MAX: Final = 400
"""Days of one record."""


@dataclass(slots=True)
class AuditDay:
    """One day."""

    date: dt.date
    first: Chained
    last: Chained
    counts: "Counter[tuple[str, str]]" = field(default_factory=Counter)
    """(act, role) → entries."""

    @property
    def entries(self) -> int:
        """All of them."""
        return self.counts.total()


async def audit_days(trail: Trail, slug: str, zone: ZoneInfo, role_of: Callable[[str], str]) -> list[AuditDay]:
    """Give every day that has entries, the first day first; ``role_of`` gives the role of who wrote one.

    Entries of one moment by two servers may stand in the record across midnight: the days' ends are by number, not by time.
    """
    days: dict[dt.date, AuditDay] = {}
    async for chained in trail.all(slug):
        entry = chained.entry
        date = dt.datetime.fromtimestamp(entry.at / 1000, zone).date()
        if date not in days and len(days) == DAYS_MAX:
            raise Refusal("investigation_too_long", {"limit": DAYS_MAX})
        day = days.setdefault(date, AuditDay(date, chained, chained))
        day.last = chained
        day.counts[entry.act, role_of(entry.who)] += 1
    return [days[date] for date in sorted(days)]
