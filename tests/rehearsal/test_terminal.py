"""The report in a terminal: eighty columns suffice, and no figure is ever broken."""

import datetime as dt
import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from yobidashi.printing.rehearsal_report import Answer, RehearsalReport, TablePart, Words
from yobidashi.rehearsal.terminal import print_report

ROWS = (
    (
        "予備は固定＋全員に同じご案内（15分前の見込み）\nFixed spares + the same advice for all, 15 min old",
        "11.1 / 30.4",
    ),
    ("紙の列\nPaper lines, main booths", "9.5 / 25.3"),
)
HEADS = (
    ("運び方", "Policy"),
    ("待ち 平均／9割", "Wait, mean / p90, min"),
    ("30分超", "> 30 min"),
    ("訪れた", "served ≥ 1, 名"),
    ("どこも訪れずに帰る", "leave without a talk, 名"),
    ("相談", "talks, 件"),
    ("最長の列", "longest, 95 of 100 days, min"),
)
FIGURES = ("12.5%", "1,287", "62", "556", "104")


@pytest.mark.parametrize("width", [80, 120])
def test_a_terminal_of_eighty_columns_shows_every_figure_whole(width: int) -> None:
    table = TablePart(
        Words("運び方のちがい", "Ways to run the day"),
        tuple(Words(*head) for head in HEADS),
        tuple((*row, *FIGURES) for row in ROWS),
        strong=1,
    )
    meant = Words("どこも訪れずに帰る人は平均26名", "26 leave without a talk on average, 41 on a bad day")
    answer = Answer(Words("1ブース以上を訪れる人", "Visit at least one booth"), "323名", meant)
    report = RehearsalReport(
        fair="見本", english="Sample", basis=Words("一日", "a day"), answers=(answer,), parts=(table,), assumptions=(),
        made_at=dt.datetime(2026, 2, 14, tzinfo=dt.UTC),
    )  # fmt: skip
    out = io.StringIO()
    print_report(Console(file=out, width=width), report)
    text = out.getvalue()
    lines = text.splitlines()
    assert max(map(cell_len, lines)) <= width
    for row in ROWS:
        line = next(line for line in lines if row[1] in line)
        assert line.split()[-len(FIGURES) :] == list(FIGURES)
    for whole in ("323名", "26 leave without a talk on average, 41 on a bad day", "longest,", "without"):
        assert whole in text
