"""The fair as a whole: name, day, venue, hosts, deadlines, goal and history."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile.faults import NOTHING, KeyPath, Text, literally
from yobidashi.fairfile.rule import Finding, rule
from yobidashi.fairfile.sapporo_r7 import facts
from yobidashi.fairfile.sapporo_r7.asking import at_least, exactly, no_later, same
from yobidashi.fairfile.tables import Document


@rule("r7_name", "フェアの名称と年度", "name and edition of the fair", clause=facts.BASICS)
def _name(document: Document) -> Iterator[Finding]:
    yield from exactly(("fair", "name"), document.fair.name, facts.NAME)
    yield from exactly(("fair", "edition"), document.fair.edition, facts.EDITION)


@rule("r7_date", "開催日は 2026-02-14", "held on 2026-02-14", clause=facts.BASICS)
def _date(document: Document) -> Iterator[Finding]:
    yield from exactly(("fair", "date"), document.fair.date, facts.DATE)


@rule("r7_hours", "10:30〜17:00（日本時間）", "10:30 to 17:00, Japanese time", clause=facts.BASICS)
def _hours(document: Document) -> Iterator[Finding]:
    yield from exactly(("fair", "opens"), document.fair.opens, facts.OPENS)
    yield from exactly(("fair", "closes"), document.fair.closes, facts.CLOSES)
    yield from exactly(("fair", "timezone"), document.fair.timezone.key, facts.TIMEZONE)


@rule("r7_venue", "会場は東京交通会館 12階 カトレアサロンA", "the venue", clause=facts.BASICS)
def _venue(document: Document) -> Iterator[Finding]:
    yield from exactly(("fair", "venue"), document.fair.venue, facts.VENUE)


@rule("r7_hosts", "主催と共催を正式名称で記載", "host and co-host named in full", clause=facts.SECRECY)
def _hosts(document: Document) -> Iterator[Finding]:
    for role, name in (("host", facts.HOST), ("co-host", facts.CO_HOST)):
        of_role = [(i, host.name) for i, host in enumerate(document.fair.hosts) if host.role == role]
        if any(same(written, name) for _, written in of_role):
            continue
        path: KeyPath = ("fair", "hosts", of_role[0][0], "name") if of_role else ("fair", "hosts")
        yield Finding(path, literally(name), literally(of_role[0][1]) if of_role else NOTHING)


@rule("r7_contract_ends", "契約は 2026-03-31 まで", "the contract ends on 2026-03-31", clause=facts.BASICS)
def _contract(document: Document) -> Iterator[Finding]:
    yield from exactly(("fair", "contract_ends"), document.fair.contract_ends, facts.CONTRACT_ENDS)


@rule(
    "r7_deletion_deadline",
    "個人情報の消去は契約終了まで",
    "personal data is deleted by the contract's end",
    clause=facts.DISPOSAL,
)
def _deletion(document: Document) -> Iterator[Finding]:
    yield from no_later(("fair", "deletion_deadline"), document.fair.deletion_deadline, facts.CONTRACT_ENDS)


@rule(
    "r7_manual_due",
    "運営手引きは40日前（2026-01-05）まで",
    "operations manual 40 days before: 2026-01-05",
    clause=facts.MANUAL,
)
def _manual(document: Document) -> Iterator[Finding]:
    yield from no_later(("fair", "manual_due"), document.fair.manual_due, facts.MANUAL_DUE)


@rule(
    "r7_goal",
    "目標は 1 ブース以上を訪れた 200 名以上",
    "goal: at least 200 persons who visit a booth",
    clause=facts.GOAL,
)
def _goal(document: Document) -> Iterator[Finding]:
    if document.goal is None:
        yield Finding(
            ("goal",), Text(f"persons = {facts.PERSONS_MIN} 以上", f"persons = {facts.PERSONS_MIN} or more"), NOTHING
        )
    else:
        yield from at_least(("goal", "persons"), document.goal.persons, facts.PERSONS_MIN, "目標", "persons")


@rule("r7_history", "過去 6 回の実績", "figures of the six earlier fairs", clause=facts.GOAL)
def _history(document: Document) -> Iterator[Finding]:
    written = {past.starts: i for i, past in enumerate(document.history)}
    for earlier in facts.HISTORY:
        i = written.get(earlier.starts)
        if i is None:
            yield Finding(("history",), Text(f"{earlier.starts} の開催", f"the fair of {earlier.starts}"), NOTHING)
            continue
        for key in ("ends", "online", "persons", "consultations"):
            asked: object = getattr(earlier, key)
            came: object = getattr(document.history[i], key)
            if came != asked:
                expected = NOTHING if asked is None else literally(asked)
                yield Finding(("history", i, key), expected, NOTHING if came is None else literally(came))


RULES = (
    _name,
    _date,
    _hours,
    _venue,
    _hosts,
    _contract,
    _deletion,
    _manual,
    _goal,
    _history,
)
"""In the order of the report."""
