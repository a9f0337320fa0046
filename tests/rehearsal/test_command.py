"""`yobidashi rehearse`: the report in the terminal, as one page and as a PDF; wrong words are answered with a sentence."""

import re
from pathlib import Path
from typing import Any

import pytest

from fair_text import FairText
from printed import Printed
from yobidashi.places import SAMPLE_FAIR
from yobidashi.rehearsal.command import FAILED, USAGE, run

COMMON: Any = {"days": 2, "seed": 10, "persons": 80}


def test_a_rehearsal_ends_in_a_page_that_needs_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "rehearsal.html"
    assert run(SAMPLE_FAIR, **COMMON, processes=2, out=page, policies=["paper", "pool"]) == 0
    text = page.read_text("utf-8")
    assert "札幌市" in text
    assert "どこも訪れずに帰る" in text
    assert text.count("<svg") == 3
    assert '<td>紙の列 <span class="en" lang="en">Paper lines, main booths</span></td>' in text
    assert not re.search(r"<(?:script|link|img|iframe)|src=|@import|url\(", text)
    assert set(re.findall(r"https?://[^\"<]+", text)) == {"http://www.w3.org/2000/svg"}
    assert "Busiest queue" in capsys.readouterr().out


def test_the_same_days_whoever_plays_them(tmp_path: Path) -> None:
    pages = []
    for processes in (1, 2):
        page = tmp_path / f"{processes}.html"
        assert run(SAMPLE_FAIR, **COMMON, processes=processes, out=page, policies=["paper"]) == 0
        pages.append(re.sub(r"\d+年\d+月\d+日（.）\d+:\d+", "", page.read_text("utf-8")))
    assert pages[0] == pages[1]


def test_a_rehearsal_ends_in_a_pdf(tmp_path: Path) -> None:
    out = tmp_path / "rehearsal.pdf"
    assert run(SAMPLE_FAIR, **COMMON, processes=1, out=out, policies=["paper"]) == 0
    assert "予行の報告" in Printed(out.read_bytes()).text


@pytest.mark.parametrize(
    ("policies", "out", "sentence"),
    [
        (["tomorrow"], None, "There is no policy “tomorrow”; there are: all, advice, paper"),
        (["fixed"], Path("report.docx"), "--out ends in .html or .pdf"),
    ],
)
def test_wrong_words_are_answered_with_a_sentence(
    policies: list[str], out: Path | None, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SAMPLE_FAIR, **COMMON, processes=1, out=out, policies=policies) == USAGE
    assert sentence in capsys.readouterr().err


def test_a_fair_that_expects_no_day_cannot_be_rehearsed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = FairText.sample().drop("[day]").write(tmp_path)
    assert run(path, **COMMON, processes=1, out=None, policies=["pool"]) == USAGE
    assert "has no [day]" in capsys.readouterr().err


def test_a_fair_with_faults_is_not_rehearsed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = FairText.sample().set("[day]", "wishes", "0").write(tmp_path)
    assert run(path, **COMMON, processes=1, out=None, policies=["pool"]) == FAILED
    assert "wishes" in capsys.readouterr().err
