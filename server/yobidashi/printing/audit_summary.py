"""監査記録のまとめ: what the audit record holds of each day, with the chain values that prove it was not changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from yobidashi.printing.written import count, day, moment

DAYS_MAX: Final = 400
"""Days in one summary."""


@dataclass(frozen=True, slots=True)
class AuditDay:
    """One day of the record."""

    date: dt.date
    first_entry: int
    first_chain: str
    """Chain value of the first entry, hexadecimal."""
    last_entry: int
    last_chain: str
    counts: Mapping[tuple[str, str], int]
    """(act, role) in Japanese → entries; acts and roles are shown in the order in which they come here."""


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """Every day of a fair's audit record."""

    template: ClassVar[str] = "audit_summary"

    fair: str
    days: tuple[AuditDay, ...]
    intact: bool
    """Whether the whole chain was computed anew and agrees."""
    made_at: dt.datetime

    def __post_init__(self) -> None:
        if len(self.days) > DAYS_MAX:
            raise ValueError(f"a summary has at most {DAYS_MAX} days")

    def data(self) -> Mapping[str, Any]:
        """Give what the template shows."""
        return {
            "fair": self.fair,
            "number": "",
            "made": moment(self.made_at),
            "intact": self.intact,
            "entries": count(sum(sum(one.counts.values()) for one in self.days), "件"),
            "days": [_data(one) for one in self.days],
        }


def _data(one: AuditDay) -> Mapping[str, Any]:
    acts = list(dict.fromkeys(act for act, _ in one.counts))
    roles = list(dict.fromkeys(role for _, role in one.counts))
    rows = [[one.counts.get((act, role), 0) for role in roles] for act in acts]
    return {
        "date": day(one.date),
        "entries": count(sum(one.counts.values()), "件"),
        "first_entry": f"{one.first_entry:,}",
        "first_chain": one.first_chain,
        "last_entry": f"{one.last_entry:,}",
        "last_chain": one.last_chain,
        "roles": roles,
        "rows": [[act, *(f"{n:,}" for n in row), f"{sum(row):,}"] for act, row in zip(acts, rows, strict=True)],
        "totals": [f"{sum(column):,}" for column in zip(*rows, strict=True)],
    }
