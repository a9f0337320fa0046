"""Visitors: reservation in principle, the reception card, what consultants know beforehand, and consent."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile.faults import NOTHING, Text
from yobidashi.fairfile.rule import Finding, rule
from yobidashi.fairfile.sapporo_r7 import facts
from yobidashi.fairfile.tables import Document


@rule(
    "r7_reservation",
    "予約を受け付け、予約した方にノベルティがある",
    "reservations, with a novelty for those who reserved",
    clause=facts.RESERVATION,
)
def _reservation(document: Document) -> Iterator[Finding]:
    for key, table in (("reservation", document.reservation), ("novelty", document.novelty)):
        if table is None:
            yield Finding((key,), Text(f"[{key}] の表", f"the table [{key}]"), NOTHING)


@rule(
    "r7_brief",
    "予約と受付カードで、相談員が事前に知る相談内容をたずねる",
    "reservation and card ask what consultants know beforehand",
    clause=facts.RESERVATION,
)
def _brief(document: Document) -> Iterator[Finding]:
    if document.form is None:
        return  # r7_card says it
    for stage, ja in (("reservation", "予約"), ("card", "受付カード")):
        if not any(field.brief and stage in field.on for field in document.form.fields):
            yield Finding(
                ("form",),
                Text(f"{ja}でたずねる brief = true の質問", f'a field with brief = true and "{stage}" in on'),
                NOTHING,
            )


@rule(
    "r7_card",
    "受付カードは必須で、氏名をたずねる",
    "the reception card is mandatory and asks the name",
    clause=facts.CARD,
)
def _card(document: Document) -> Iterator[Finding]:
    form = document.form
    if form is None or not any(field.names and "card" in field.required for field in form.fields):
        yield Finding(
            ("form",),
            Text('required に "card" のある氏名の質問', 'a field for the name with "card" in required'),
            NOTHING,
        )


@rule("r7_consents", "主催と共催それぞれへの提供の同意", "a consent for each of the hosts", clause=facts.SECRECY)
def _consents(document: Document) -> Iterator[Finding]:
    if not document.consents:
        yield Finding(("consents",), Text("主催者ごとの [[consents]]", "[[consents]], one for each host"), NOTHING)


RULES = (
    _reservation,
    _brief,
    _card,
    _consents,
)
"""In the order of the report."""
