"""The report in a terminal of eighty columns or more: answers and tables; the charts are for the page and for print."""

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from yobidashi.printing.rehearsal_report import Answer, RehearsalReport, TablePart, Words

HEAD: Final = 8
"""A head is broken into lines of so many cells, or as many as the widest figure below it takes."""


def print_report(console: Console, report: RehearsalReport) -> None:
    """Print the report."""
    console.print(f"{report.basis.ja}\n{report.basis.en}\n", highlight=False)
    console.print(_answers(report.answers))
    for part in report.parts:
        if isinstance(part, TablePart):
            console.print()
            console.print(_table(part))


def _answers(answers: Sequence[Answer]) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(no_wrap=True, justify="right")
    for answer in answers:
        meant = f"\n  {answer.meant.en}" if answer.meant.en else ""
        table.add_row(f"{answer.about.ja} {answer.about.en}{meant}", Text(answer.figure, "bold"))
    return table


def _table(part: TablePart) -> Table:
    """Give a table whose figures are never broken: where room is short the words of the first column take more lines."""
    title = f"{part.title.ja} {part.title.en}"
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for i, head in enumerate(part.heads):
        if i == 0:
            table.add_column(f"{head.ja}\n{head.en}", overflow="fold")
        else:
            figures = max((cell_len(line) for row in part.rows for line in row[i].split("\n")), default=0)
            table.add_column(_broken(head, max(HEAD, figures)), justify="right", no_wrap=True)
    for i, row in enumerate(part.rows):
        table.add_row(*row, style="bold" if i == part.strong else None)
    return table


def _broken(head: Words, cells: int) -> str:
    """Break a head into lines: its Japanese where the line is full, its English between words."""
    lines = [""]
    for letter in head.ja:
        if cell_len(lines[-1] + letter) > cells:
            lines.append("")
        lines[-1] += letter
    lines.append("")
    for word in head.en.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and cell_len(longer) > cells:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
