"""What somebody saw, and who saw it: the audit record, asked about a device, a member of staff or a person's record.

The whole record is read once, page by page, without opening anything that is sealed: the answer is places of records,
fields, times and ids. Names are looked up afterwards, for those who must be told, and that is an entry of its own.
"""

from dataclasses import dataclass, field
from typing import Final

from yobidashi.people.auditing.audit import Entry
from yobidashi.people.auditing.trail import Chained, Trail
from yobidashi.queue.errors import Refusal

DAYS_MAX: Final = 400
"""Days that one question may cover: from the first reservation to the deadline of the deletion, with room."""

RECORDS_SHOWN: Final = 1_000
"""Records in one answer, those seen most often first; how many there were is always told."""

TIMELINE_SHOWN: Final = 500
"""Entries in one answer, the newest first; how many there were is always told."""

DAY_MS: Final = 86_400_000

RECORD_KINDS: Final = frozenset({"reservation", "card", "staff"})
"""Kinds of records that are somebody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Between two times: what this member or device did, or what was done with this record. What is None is not looked at."""

    begins: int
    """Real time, ms."""
    ends: int
    who: str | None = None
    device: str | None = None
    record: str | None = None
    """A record's place: ``card:…``, ``reservation:…``."""

    def __post_init__(self) -> None:
        if not 0 <= self.ends - self.begins <= DAYS_MAX * DAY_MS:
            raise Refusal("investigation_too_long", {"limit": DAYS_MAX})


@dataclass(slots=True)
class Seen:
    """One record, or one pair of member and device, and what the entries say of it."""

    first: int
    last: int
    times: int = 0
    fields: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Count one entry."""
        self.first, self.last = min(self.first, entry.at), max(self.last, entry.at)
        self.times += 1
        self.fields.update(entry.fields)
        self.acts.add(entry.act)


@dataclass(slots=True)
class Findings:
    """The answer."""

    looked: int = 0
    """Entries of the whole record."""
    entries: int = 0
    """Entries that fit the question."""
    records: dict[str, Seen] = field(default_factory=dict)
    """By place."""
    viewers: dict[tuple[str, str], Seen] = field(default_factory=dict)
    """By id of the member and of the device; "" where none is known."""
    fields: set[str] = field(default_factory=set)
    timeline: list[Chained] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> int:
        """Count the records of some kinds."""
        return sum(place.partition(":")[0] in kinds for place in self.records)


async def investigate(trail: Trail, slug: str, question: Question) -> Findings:
    """Read a fair's whole audit record and give what answers the question. Raises `Refusal` (``redis_away``)."""
    findings = Findings()
    needles = [f'"{part}"' for part in (question.who, question.device) if part]
    async for chained in trail.newest(slug):
        findings.looked += 1
        if all(needle in chained.text for needle in needles):  # far cheaper than reading every entry
            _add(findings, chained, question)
    return findings


def places_in(entry: Entry) -> set[str]:
    """Give the places of the records that an entry is about."""
    named = {word for word in entry.on.split() if word.partition(":")[0] in RECORD_KINDS}
    return named.union(entry.records)


def _add(findings: Findings, chained: Chained, question: Question) -> None:
    entry = chained.entry
    places = places_in(entry)
    if not (
        question.begins <= entry.at <= question.ends
        and question.who in (None, entry.who)
        and question.device in (None, entry.device)
        and (question.record is None or question.record in places)
    ):
        return
    findings.entries += 1
    findings.fields.update(entry.fields)
    for place in places if question.record is None else {question.record}:
        findings.records.setdefault(place, Seen(entry.at, entry.at)).add(entry)
    viewer = (entry.who, entry.device or "")
    findings.viewers.setdefault(viewer, Seen(entry.at, entry.at)).add(entry)
    if len(findings.timeline) < TIMELINE_SHOWN:
        findings.timeline.append(chained)
