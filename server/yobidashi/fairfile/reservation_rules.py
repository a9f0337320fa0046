"""What reservations must keep: days before the fair ends, slots that fit it, queues that take them, and a form."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile.faults import NOTHING, Text, literally, shown
from yobidashi.fairfile.rule import Finding, rule, surplus
from yobidashi.fairfile.tables import Document

SLOTS_MAX = 96
"""Slots of one day."""


@rule(
    "reservation_days",
    "予約の受付は、はじめる日から開催日までの間",
    "reservations open before they close, at the latest on the fair's day",
)
def _days(document: Document) -> Iterator[Finding]:
    if document.reservation is None:
        return
    day, table = document.fair.date, document.reservation
    if table.closes > day:
        yield Finding(
            ("reservation", "closes"),
            Text(f"開催日 {shown(day)} まで", f"no later than the fair, {shown(day)}"),
            literally(table.closes),
        )
    if table.opens > table.closes:
        yield Finding(
            ("reservation", "opens"),
            Text(f"受付を終える日 {shown(table.closes)} まで", f"no later than its last day, {shown(table.closes)}"),
            literally(table.opens),
        )


@rule("slot_fits_day", "予約の枠は開催時間に収まる", "slots fit the hours of the fair")
def _slots(document: Document) -> Iterator[Finding]:
    if document.reservation is None:
        return
    opens, closes = document.fair.opens, document.fair.closes
    minutes = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    if minutes <= 0:  # opens_before_closes says it
        return
    slots = minutes // document.reservation.slot_min
    if not 1 <= slots <= SLOTS_MAX:
        yield Finding(
            ("reservation", "slot_min"),
            Text(f"一日に 1〜{SLOTS_MAX} 枠となる長さ", f"a length that gives 1 to {SLOTS_MAX} slots"),
            literally(document.reservation.slot_min),
        )


@rule(
    "reservation_wishes",
    "予約できる数だけ、予約を受ける相談先がある",
    "as many queues take reservations as one party can wish for",
)
def _wishes(document: Document) -> Iterator[Finding]:
    if document.reservation is None:
        return
    wishes = document.reservation.wishes
    taking = sum(queue.reserved_per_slot != 0 for queue in document.queues)
    most = min(taking, document.tickets.queues_per_party)
    if wishes > most:
        yield Finding(
            ("reservation", "wishes"),
            Text(
                f"予約を受ける相談先（{taking}）と tickets.queues_per_party（{document.tickets.queues_per_party}）以下の数",
                f"no more than the queues that take reservations ({taking}) and than tickets.queues_per_party ({document.tickets.queues_per_party})",
            ),
            literally(wishes),
        )


@rule("reservation_form", "予約ページには氏名とたずねる質問がある", "the reservation page asks at least who is coming")
def _form(document: Document) -> Iterator[Finding]:
    if document.reservation is None:
        return
    if document.form is None:
        yield Finding(
            ("reservation",),
            Text("[form] の表", "the table [form]"),
            NOTHING,
            sentence=Text(
                "予約を受けるには [form] が要ります。予約でたずねる質問を加えてください。",
                "Reservations need a [form]: add what the reservation page asks.",
            ),
        )
    elif not any(field.names and "reservation" in field.required for field in document.form.fields):
        yield Finding(
            ("form",),
            Text("予約で必須の氏名", "a name, required on the reservation"),
            NOTHING,
            sentence=Text(
                '氏名の質問（kind = "text"、autocomplete = "name"）を、on と required に "reservation" を入れて加えてください。',
                'Add a field for the name (kind = "text", autocomplete = "name") with "reservation" in on and required.',
            ),
        )


@rule(
    "reserved_without_reservation",
    "予約に関わる設定は、予約を受けるときだけ",
    "what belongs to reservations stands beside [reservation]",
)
def _without(document: Document) -> Iterator[Finding]:
    if document.reservation is not None:
        return
    for i, queue in enumerate(document.queues):
        if queue.reserved_per_slot is not None:
            yield surplus(
                ("queues", i, "reserved_per_slot"),
                queue.reserved_per_slot,
                "予約を受けるには [reservation] を加えます",
                "there is no [reservation]",
            )
    if document.novelty is not None:
        yield Finding(
            ("novelty",),
            Text("[reservation] の表", "the table [reservation]"),
            NOTHING,
            sentence=Text(
                "ノベルティは予約された方へのものです。[reservation] を加えるか、[novelty] を消してください。",
                "The novelty is for those who reserved: add [reservation], or take [novelty] out.",
            ),
        )


RULES = (
    _days,
    _slots,
    _wishes,
    _form,
    _without,
)
"""In the order of the report."""
