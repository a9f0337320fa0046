"""Every document: what it was given stands on it, and the PDF is small, repeatable, titled and nobody's."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from documents import (
    AUDIT_SUMMARY,
    DISPOSAL_APPLICATION,
    DISPOSAL_RECORD,
    DOCUMENTS,
    FAIR,
    INCIDENT_REPORT,
    MADE_AT,
    RECEIPT,
)
from printed import Printed, blankless
from yobidashi.printing.audit_summary import DAYS_MAX
from yobidashi.printing.disposal_application import KINDS_MAX
from yobidashi.printing.disposal_record import LINES_MAX
from yobidashi.printing.incident_report import ROWS_MAX
from yobidashi.printing.typesetting import TEMPLATES, pdf
from yobidashi.printing.written import count, day, exact_moment, moment

EVERY = pytest.mark.parametrize("name", sorted(DOCUMENTS))

TITLES = {
    "audit_summary": "監査記録のまとめ",
    "badges": "名札",
    "disposal_application": "個人情報消去申請書",
    "disposal_record": "個人情報消去記録",
    "incident_report": "個人情報事故報告書（案）",
    "receipt": "預り証",
    "rehearsal_report": "予行の報告",
}


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from words_of(inner) if key not in {"qr", "svg"} else ()
    elif isinstance(value, Sequence):
        for inner in value:
            yield from words_of(inner)


def text_of(document: Any) -> str:
    return Printed(pdf(document)).text


def test_every_template_has_its_sample() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.typ")} == {*DOCUMENTS, "sheet"}


@EVERY
def test_everything_it_was_given_stands_on_it(name: str) -> None:
    text = text_of(DOCUMENTS[name])
    for words in words_of(DOCUMENTS[name].data()):
        assert blankless(words) in text, words


@EVERY
def test_it_is_small_repeatable_titled_and_names_no_author(name: str) -> None:
    content = pdf(DOCUMENTS[name])
    assert content == pdf(DOCUMENTS[name])
    assert len(content) < 200_000
    printed = Printed(content)
    assert printed.title == f"{TITLES[name]} — {FAIR}"
    assert b"/Author" not in content
    assert printed.fonts == {"BIZUDPGothic-Regular", "BIZUDPGothic-Bold"}


@EVERY
def test_every_page_but_the_first_says_what_it_belongs_to(name: str) -> None:
    pages = Printed(pdf(DOCUMENTS[name])).pages
    for number, page in enumerate(pages, start=1):
        if name != "badges":
            assert f"{number}/{len(pages)}" in page
            assert number == 1 or f"{FAIR}{TITLES[name]}" in page


def test_a_record_says_destroyed_only_when_the_search_found_nothing() -> None:
    assert "消去を完了しました" in text_of(DISPOSAL_RECORD)
    first, second = DISPOSAL_RECORD.searched
    for searched in ((), (first, dataclasses.replace(second, found=1))):
        text = text_of(dataclasses.replace(DISPOSAL_RECORD, searched=searched))
        assert "消去は完了していません" in text
        assert "消去を完了しました" not in text
    assert "1件" in text


def test_a_summary_says_when_the_chain_does_not_agree() -> None:
    assert "改変はありません" in text_of(AUDIT_SUMMARY)
    broken = text_of(dataclasses.replace(AUDIT_SUMMARY, intact=False))
    assert "改変または欠落があります" in broken
    assert "改変はありません" not in broken


def test_a_summary_adds_up_by_act_and_by_role() -> None:
    (one,) = AUDIT_SUMMARY.data()["days"]
    assert one["roles"] == ["受付", "相談員", "統括責任者"]
    assert one["rows"][0] == ["サインイン", "12", "48", "0", "60"]
    assert one["totals"] == ["1,014", "919", "1"]
    assert one["entries"] == "1,934件"
    nothing = dataclasses.replace(AUDIT_SUMMARY.days[0], counts={})
    assert "0件" in text_of(dataclasses.replace(AUDIT_SUMMARY, days=(nothing,)))


def test_a_summary_has_room_for_every_role() -> None:
    roles = [f"とても長い名前の役割{n}" for n in range(10)]
    counts = {(f"長い名前の操作その{act}", role): 10_000 + act for act in range(12) for role in roles}
    text = text_of(
        dataclasses.replace(AUDIT_SUMMARY, days=(dataclasses.replace(AUDIT_SUMMARY.days[0], counts=counts),))
    )
    for words in (*roles, *(act for act, _ in counts)):
        assert words in text
    assert text.count("10,011") == len(roles)


def test_a_report_cuts_nothing_silently() -> None:
    timeline = INCIDENT_REPORT.timeline[:1] * (ROWS_MAX + 7)
    printed = Printed(pdf(dataclasses.replace(INCIDENT_REPORT, timeline=timeline)))
    assert printed.text.count("受付3号かなで検索") == ROWS_MAX
    assert "ほか7件" in printed.text
    assert all("操作Act" in page for page in printed.pages if "受付3号かなで検索" in page)  # the head is repeated


def test_a_report_without_words_leaves_room_to_write_them() -> None:
    pages = Printed(pdf(dataclasses.replace(INCIDENT_REPORT, what_happened="", fields=(), actions=()))).pages
    assert "項目Fieldsなし" in pages[0]


@pytest.mark.parametrize(
    "long",
    [
        dataclasses.replace(RECEIPT, file_name="w" * 400, purpose="長" * 2_000, recipient="W" * 300),
        dataclasses.replace(INCIDENT_REPORT, what_happened="見本\n" * 300, subject="/" * 500),
        dataclasses.replace(DISPOSAL_APPLICATION, method=("手順" * 500,) * 5, reason="https://" + "x" * 500),
    ],
    ids=["receipt", "incident", "application"],
)
def test_long_words_run_over_lines_and_pages_and_none_is_lost(long: Any) -> None:
    text = text_of(long)
    for words in words_of(long.data()):
        pieces = blankless(words)
        assert all(pieces[at : at + 20] in text for at in range(0, len(pieces), 20))


def test_bounds() -> None:
    with pytest.raises(ValueError, match=str(KINDS_MAX)):
        dataclasses.replace(DISPOSAL_APPLICATION, inventory=DISPOSAL_APPLICATION.inventory[:1] * (KINDS_MAX + 1))
    for table in ("content", "steps", "searched"):
        with pytest.raises(ValueError, match=str(LINES_MAX)):
            dataclasses.replace(DISPOSAL_RECORD, **{table: getattr(DISPOSAL_RECORD, table)[:1] * (LINES_MAX + 1)})
    with pytest.raises(ValueError, match=str(DAYS_MAX)):
        dataclasses.replace(AUDIT_SUMMARY, days=AUDIT_SUMMARY.days * (DAYS_MAX + 1))


def test_dates_times_and_counts_as_written() -> None:
    assert day(dt.date(2026, 2, 14)) == "2026年2月14日（土）"
    assert moment(MADE_AT) == "2026年2月10日（火）09:00"
    assert exact_moment(MADE_AT) == "2026-02-10\u00a009:00:05"
    assert (count(0, "件"), count(1_234_567, "バイト")) == ("0件", "1,234,567バイト")
