"""The report in a terminal: answers and tables; the charts are for the page and for print."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from yobidashi.printing.rehearsal_report import RehearsalReport, TablePart


def print_report(console: Console, report: RehearsalReport) -> None:
    """Print the report."""
    console.print(f"{report.basis.ja}\n{report.basis.en}\n", highlight=False)
    answers = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for answer in report.answers:
        answers.add_row(f"{answer.about.ja} {answer.about.en}", Text(answer.figure, "bold"), answer.meant.en)
    console.print(answers)
    for part in report.parts:
        if isinstance(part, TablePart):
            console.print()
            console.print(_table(part))


def _table(part: TablePart) -> Table:
    title = f"{part.title.ja} {part.title.en}"
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for i, head in enumerate(part.heads):
        table.add_column(f"{head.ja}\n{head.en}", justify="right" if i else "left", overflow="fold")
    for i, row in enumerate(part.rows):
        table.add_row(*row, style="bold" if i == part.strong else None)
    return table
