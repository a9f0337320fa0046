"""What the day and its figures must keep to one another: hours, dates, hosts, thresholds, shares."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from yobidashi.fairfile.faults import Text, literally, shown
from yobidashi.fairfile.rule import Finding, repeated, rule
from yobidashi.fairfile.tables import Document

SHARES_TOLERANCE_PCT = 0.5
HALF_HOUR_MIN = 30


@rule("opens_before_closes", "開場は閉場より前", "the fair opens before it closes")
def _hours(document: Document) -> Iterator[Finding]:
    fair = document.fair
    if fair.opens >= fair.closes:
        opens = shown(fair.opens)
        yield Finding(
            ("fair", "closes"),
            Text(f"開場 {opens} より後", f"later than the opening at {opens}"),
            literally(fair.closes),
        )


@rule(
    "closing_order",
    "閉場の手順は開場から閉場までの間に順に並ぶ",
    "the closing steps follow each other within the hours",
)
def _closing_steps(document: Document) -> Iterator[Finding]:
    closing = document.closing
    if closing is None or document.fair.opens >= document.fair.closes:
        return
    earliest = document.fair.opens
    for key in ("warn", "fit_only", "stop"):
        at: dt.time = getattr(closing, key)
        latest = document.fair.closes
        if not earliest <= at <= latest:
            span = f"{shown(earliest)}〜{shown(latest)}"
            yield Finding(
                ("closing", key),
                Text(f"{span} の間の時刻", f"between {shown(earliest)} and {shown(latest)}"),
                literally(at),
            )
            return
        earliest = at


@rule(
    "dates_order",
    "手引きは開催日まで、契約終了と消去は開催日から",
    "manual due before the fair; contract and deletion after",
)
def _dates(document: Document) -> Iterator[Finding]:
    day = document.fair.date
    if document.fair.manual_due is not None and document.fair.manual_due > day:
        yield Finding(
            ("fair", "manual_due"),
            Text(f"開催日 {shown(day)} まで", f"no later than the fair, {shown(day)}"),
            literally(document.fair.manual_due),
        )
    for key, ends in (
        ("contract_ends", document.fair.contract_ends),
        ("deletion_deadline", document.fair.deletion_deadline),
    ):
        if ends is not None and ends < day:
            yield Finding(
                ("fair", key),
                Text(f"開催日 {shown(day)} 以後", f"no earlier than the fair, {shown(day)}"),
                literally(ends),
            )


@rule("one_host", "主催者は一者、名前は重ならない", "there is one host, and no name twice")
def _one_host(document: Document) -> Iterator[Finding]:
    hosts = [i for i, host in enumerate(document.fair.hosts) if host.role == "host"]
    for i in hosts[1:]:
        yield Finding(
            ("fair", "hosts", i, "role"), literally("co-host"), literally("host"), see=("fair", "hosts", hosts[0])
        )
    if not hosts:
        yield Finding(("fair", "hosts"), Text('role = "host" の一者', 'one with role = "host"'), Text("0", "0"))
    names = ((("fair", "hosts", i, "name"), host.name) for i, host in enumerate(document.fair.hosts))
    yield from repeated(names, Text("ほかの主催者と違う名前", "a name no other host has"))


@rule("japanese_first", "画面の言語は日本語が先", "the first language is Japanese")
def _languages(document: Document) -> Iterator[Finding]:
    if document.fair.languages not in (("ja",), ("ja", "en")):
        came = ", ".join(shown(language) for language in document.fair.languages)
        yield Finding(
            ("fair", "languages"),
            Text('["ja", "en"] か ["ja"]', '["ja", "en"] or ["ja"]'),
            Text(f"[{came}]", f"[{came}]"),
        )


@rule("history_order", "過去の開催は古い順で、今回より前", "earlier fairs stand oldest first, before this one")
def _history(document: Document) -> Iterator[Finding]:
    before = dt.date.min
    for i, past in enumerate(document.history):
        if not before < past.starts < document.fair.date:
            yield Finding(
                ("history", i, "starts"),
                Text("ひとつ前の開催より後、今回より前の日付", "after the fair above it and before this one"),
                literally(past.starts),
            )
        elif past.ends is not None and not past.starts <= past.ends < document.fair.date:
            yield Finding(
                ("history", i, "ends"),
                Text(
                    f"{shown(past.starts)} 以後、今回より前の日付", f"from {shown(past.starts)} on and before this one"
                ),
                literally(past.ends),
            )
        before = past.starts


@rule("duplicate_skip", "とばす番号は重ならない", "skipped numbers are listed once")
def _skipped(document: Document) -> Iterator[Finding]:
    values = ((("tickets", "skip", i), number) for i, number in enumerate(document.tickets.skip))
    yield from repeated(values, Text("まだ書いていない番号", "a number not listed yet"))


@rule("calling_order", "再呼出の目安は期限より前", "the recall is advised before it is overdue")
def _calling(document: Document) -> Iterator[Finding]:
    table = document.calling
    if table.recall_after_s > table.recall_by_s:
        yield Finding(
            ("calling", "recall_by_s"),
            Text(f"recall_after_s（{table.recall_after_s}）以上", f"at least recall_after_s ({table.recall_after_s})"),
            literally(table.recall_by_s),
        )


@rule("crowding_order", "「空いています」は「混雑」より短い待ち時間", "quiet is a shorter wait than crowded")
def _crowding(document: Document) -> Iterator[Finding]:
    table = document.crowding
    if table.quiet_min >= table.crowded_min:
        yield Finding(
            ("crowding", "crowded_min"),
            Text(f"quiet_min（{table.quiet_min}）より大きい数", f"more than quiet_min ({table.quiet_min})"),
            literally(table.crowded_min),
        )


@rule("offers_order", "案内先は案内元より待ち時間が短い", "an offer leads to a shorter wait")
def _offers(document: Document) -> Iterator[Finding]:
    table = document.offers
    if table.to_min >= table.from_min:
        yield Finding(
            ("offers", "to_min"),
            Text(f"from_min（{table.from_min}）より小さい数", f"less than from_min ({table.from_min})"),
            literally(table.to_min),
        )


@rule("shares_sum", "想定の割合は合計 100 %", "the shares of the day add up to 100 %")
def _shares(document: Document) -> Iterator[Finding]:
    if document.day is None:
        return
    for key in ("arrivals_pct", "party_size_pct"):
        total: float = math.fsum(getattr(document.day, key))
        if abs(total - 100) > SHARES_TOLERANCE_PCT:
            yield Finding(
                ("day", key), Text("合計 100", "a sum of 100"), Text(f"合計 {total:g}", f"a sum of {total:g}")
            )


@rule("arrivals_cover_day", "来場の想定は開場から閉場まで30分ごと", "arrivals are given for each half hour of the day")
def _arrivals(document: Document) -> Iterator[Finding]:
    if document.day is None:
        return
    opens, closes = document.fair.opens, document.fair.closes
    minutes = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    halves = math.ceil(minutes / HALF_HOUR_MIN)
    came = len(document.day.arrivals_pct)
    if came != halves and minutes > 0:
        yield Finding(
            ("day", "arrivals_pct"), Text(f"{halves} 個の数", f"{halves} figures"), Text(f"{came} 個", f"{came}")
        )


@rule("demand_total", "どれかの相談先に希望がある", "somebody wishes for some queue")
def _demand(document: Document) -> Iterator[Finding]:
    if not any(queue.demand for queue in document.queues):
        yield Finding(("queues", 0, "demand"), Text("0 より大きい数", "more than 0"), Text("すべて 0", "0 everywhere"))


RULES = (
    _hours,
    _closing_steps,
    _dates,
    _one_host,
    _languages,
    _history,
    _skipped,
    _calling,
    _crowding,
    _offers,
    _shares,
    _arrivals,
    _demand,
)
"""In the order of the report."""
