"""`yobidashi check`: the report on a fair's file, Japanese first; what holds line by line, then every fault."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from yobidashi.fairfile.examination import Examination, examine_all
from yobidashi.fairfile.faults import Fault, Text, key_name, printable
from yobidashi.fairfile.rule import Verdict
from yobidashi.fairfile.shape import MISFITS_MAX
from yobidashi.fairfile.tables import Document

WIDTH_WITHOUT_TERMINAL = 200
"""Columns of the report in a file or a pipe."""

NARROW = 80
"""Columns from which Japanese stays on one line and only the English beside it breaks."""

FAULTS_SHOWN = 100
"""Faults written out of one file; of more than these only the number."""

WEEKDAYS = "月火水木金土日"
HOLDS, BREAKS, OPEN = ("✓", "green"), ("✗", "bold red"), ("–", "yellow")


def check(paths: list[Path], out: TextIO | None = None) -> int:
    """Report on the files, as they would be served together, to `out` or standard output.

    Gives the exit status: 0 where every fair can be served, else 1.
    """
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(file=out, highlight=False, markup=False, emoji=False, width=WIDTH_WITHOUT_TERMINAL)
    examinations = examine_all(paths)
    for examination in examinations:
        _report(console, examination)
    return 1 if any(examination.faults for examination in examinations) else 0


def _report(console: Console, examination: Examination) -> None:
    console.print()
    console.print(Styled(printable(str(examination.path)), "bold underline"))
    if examination.document is not None:
        _summary(console, examination.document)
    if examination.verdicts:
        _rules(console, examination)
    console.print()
    if examination.faults:
        _faults(console, examination.faults)
        count = len(examination.faults)
        more = count >= MISFITS_MAX  # the first are enough to begin with
        console.print(
            Styled(
                f"✗ 不備が {count} 件{'以上' if more else ''}あります。直すまで、このフェアは開けません。", "bold red"
            ),
            Styled(
                f"{count} {'or more ' if more else ''}{'fault' if count == 1 else 'faults'}; until mended, this fair is not served.",
                "red",
            ),
        )
    else:
        console.print(
            Styled("✓ 不備はありません。このフェアは開けます。", "bold green"),
            Styled("No faults; this fair can be served.", "green"),
        )
    console.print()


def _summary(console: Console, document: Document) -> None:
    """Say in three lines which fair this is, so that a wrong file is noticed at once."""
    fair = document.fair
    main = sum(booth.role == "main" for booth in document.booths)
    spare = len(document.booths) - main
    day = f"{fair.date.isoformat()}（{WEEKDAYS[fair.date.weekday()]}）"
    hours = f"{fair.opens.isoformat('minutes')}–{fair.closes.isoformat('minutes')}"
    console.print(f"{fair.edition} {fair.name}  {fair.english}")
    console.print(f"{day} {hours}  {fair.venue}")
    console.print(
        f"相談先 {len(document.queues)}・ブース {len(document.booths)}（メイン {main}・予備 {spare}）",
        Styled(f"{len(document.queues)} queues, {len(document.booths)} booths ({main} main, {spare} spare)", "dim"),
    )


def _rules(console: Console, examination: Examination) -> None:
    general = [verdict for verdict in examination.verdicts if not verdict.rule.clause]
    special = [verdict for verdict in examination.verdicts if verdict.rule.clause]
    fits = Text("表・キー・値の形と範囲が正しい", "tables, keys, forms and bounds of values")
    _heading(console, Text("どのフェアにも共通の規則", "Rules of every fair"))
    first = (HOLDS if examination.fits else BREAKS, "", fits)
    _lines(console, [first, *(_line(verdict) for verdict in general)])
    if special:
        _heading(console, Text("仕様書の最低条件（条項）", "Minimums of the specification, by clause"))
        _lines(console, [_line(verdict) for verdict in special])
    if any(not verdict.judged for verdict in examination.verdicts):
        console.print(
            Styled("– は、下の不備を直すと確かめられます。 – is judged once the faults below are mended.", "yellow")
        )


def _heading(console: Console, words: Text) -> None:
    console.print()
    console.print(Styled(words.ja, "bold"), Styled(words.en, "dim"))


def _line(verdict: Verdict) -> tuple[tuple[str, str], str, Text]:
    mark = HOLDS if verdict.holds else BREAKS if verdict.findings else OPEN
    return mark, verdict.rule.clause, verdict.rule.asks


def _lines(console: Console, lines: Iterable[tuple[tuple[str, str], str, Text]]) -> None:
    lines = list(lines)
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    with_clauses = any(clause for _, clause, _ in lines)
    if with_clauses:
        grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=console.width >= NARROW, overflow="fold")
    grid.add_column(style="dim", overflow="fold")
    for (mark, style), clause, asks in lines:
        cells = [Styled(mark, style), *([Styled(clause)] if with_clauses else []), Styled(asks.ja), Styled(asks.en)]
        grid.add_row(*cells)
    console.print(Padding.indent(grid, 1))


def _faults(console: Console, faults: tuple[Fault, ...]) -> None:
    console.print(Styled("不備", "bold"), Styled("Faults", "dim"))
    for number, fault in enumerate(faults[:FAULTS_SHOWN], start=1):
        place = f"{fault.line} 行目" if fault.line else "ファイル"
        head = Styled.assemble(
            (f"{number:>3}. ", "bold"),
            (place, "bold"),
            (f" line {fault.line}" if fault.line else " file", "dim"),
            ("  " + key_name(fault.path) if fault.path else ""),
            (f"  仕様書 {fault.clause}" if fault.clause else ""),
            (f"  {fault.code}", "dim"),
        )
        console.print(head)
        if fault.asks:
            console.print(Padding.indent(Styled.assemble(fault.asks.ja, "  ", (fault.asks.en, "dim")), 5))
        todo = Table.grid(padding=(0, 1))
        todo.add_column(no_wrap=True)
        todo.add_column(overflow="fold")
        todo.add_row(Styled("→"), Styled(fault.ja))
        todo.add_row(Styled(""), Styled(fault.en, "dim"))
        console.print(Padding.indent(todo, 5))
    if len(faults) > FAULTS_SHOWN:
        more = len(faults) - FAULTS_SHOWN
        console.print(f"     ほか {more} 件", Styled(f"and {more} more", "dim"))
    console.print()
