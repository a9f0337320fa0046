"""個人情報事故報告書 (a draft): what a device or a person has seen, whose data it was, and what was done."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from yobidashi.printing.written import count, exact_moment, moment

ROWS_MAX: Final = 1_000
"""Rows of each table; what is more stays in the audit record, and the report says how many that are."""


@dataclass(frozen=True, slots=True)
class Affected:
    """One person whose data was seen, by pseudonymous id: a report that is passed on names nobody."""

    person: str
    fields: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the audit record."""

    entry: int
    at: dt.datetime
    who: str
    device: str
    what: str


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """The draft that a person completes and signs."""

    template: ClassVar[str] = "incident_report"

    fair: str
    number: int
    addressee: str
    what_happened: str
    """As the person who reports it wrote it; empty leaves room to write by hand."""
    subject: str
    """The device or the member of staff that the report is about."""
    begins: dt.datetime
    ends: dt.datetime
    records: int
    persons: int
    fields: tuple[str, ...]
    affected: tuple[Affected, ...]
    actions: tuple[tuple[dt.datetime, str], ...]
    """When what was done, such as that exports were frozen."""
    timeline: tuple[Happened, ...]
    contacts: tuple[tuple[str, str], ...]
    """Whom to inform, and how."""
    reporter: str
    made_at: dt.datetime

    def data(self) -> Mapping[str, Any]:
        """Give what the template shows."""
        return {
            "fair": self.fair,
            "number": f"事故第{self.number}号",
            "made": moment(self.made_at),
            "addressee": self.addressee,
            "reporter": self.reporter,
            "what_happened": self.what_happened,
            "subject": self.subject,
            "period": f"{moment(self.begins)} 〜 {moment(self.ends)}",
            "records": count(self.records, "件"),
            "persons": count(self.persons, "名"),
            "fields": "、".join(self.fields) or "なし",
            "affected": [[a.person, "、".join(a.fields), count(a.times, "回")] for a in self.affected[:ROWS_MAX]],
            "affected_more": max(0, len(self.affected) - ROWS_MAX),
            "actions": [[exact_moment(at), what] for at, what in self.actions[:ROWS_MAX]],
            "actions_more": max(0, len(self.actions) - ROWS_MAX),
            "timeline": [[str(h.entry), exact_moment(h.at), h.who, h.device, h.what] for h in self.timeline[:ROWS_MAX]],
            "timeline_more": max(0, len(self.timeline) - ROWS_MAX),
            "contacts": [list(contact) for contact in self.contacts],
        }
