"""Names that fit where they are shown, measured as `widths` says."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile import widths
from yobidashi.fairfile.faults import KeyPath, Text, shown
from yobidashi.fairfile.rule import Finding, rule
from yobidashi.fairfile.tables import Document


def _too_wide(path: KeyPath, name: str, width: float, limit: float) -> Iterator[Finding]:
    if width > limit:
        yield Finding(
            path,
            Text(f"全角 {limit:g} 字分まで", f"at most {limit:g} em wide"),
            Text(f"{shown(name)}（{width:g} 字分）", f"{shown(name)} ({width:g} em)"),
        )


@rule("title_too_wide", "フェアの名前が画面の見出しに収まる", "the fair's name fits the header of a screen")
def _title_fits(document: Document) -> Iterator[Finding]:
    yield from _too_wide(("fair", "name"), document.fair.name, widths.em(document.fair.name), widths.TITLE_EM)


@rule("short_too_wide", "短い名前が一覧の枠に収まる", "short names fit the cells of the map")
def _short_fits(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        yield from _too_wide(("queues", i, "short"), queue.short, widths.em(queue.short), widths.SHORT_EM)


@rule("name_too_wide", "名前が呼出の札に収まる", "names fit the plates of the calls screen")
def _name_fits(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        yield from _too_wide(("queues", i, "name"), queue.name, widths.em(queue.name), widths.NAME_EM)


@rule("card_too_wide", "名前と詳細が呼出の大きな札の一行に収まる", "name and detail fit one line of the call card")
def _card_fits(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        if queue.detail is not None and widths.em(queue.name) <= widths.NAME_EM:
            width = widths.card_em(queue.name, queue.detail)
            yield from _too_wide(("queues", i, "detail"), f"{queue.name} {queue.detail}", width, widths.CARD_EM)


@rule("english_too_wide", "英語名が呼出の一行に収まる", "English names fit the line of a call")
def _english_fits(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        yield from _too_wide(("queues", i, "english"), queue.english, widths.em(queue.english), widths.ENGLISH_EM)


@rule(
    "plate_too_wide", "詳細と英語名が呼出の札の二行目に収まる", "detail and English name fit the second line of a plate"
)
def _plate_fits(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        if queue.detail is not None and widths.em(queue.english) <= widths.ENGLISH_EM:
            width = widths.plate_em(queue.detail, queue.english)
            yield from _too_wide(("queues", i, "detail"), f"{queue.detail} {queue.english}", width, widths.PLATE_EM)


RULES = (
    _title_fits,
    _short_fits,
    _name_fits,
    _card_fits,
    _english_fits,
    _plate_fits,
)
"""In the order of the report."""
