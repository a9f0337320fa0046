"""The report of a played day: its figures by booth and by queue, its waits, and the proof, as tables for a terminal."""

from collections.abc import Iterable, Sequence
from statistics import mean

from rich.console import Console
from rich.table import Table
from rich.text import Text

from yobidashi.replay.description import Description
from yobidashi.replay.figures import Figures, Tally, Waits, waits_of
from yobidashi.replay.proof import Check


def print_report(console: Console, fair: Description, figures: Figures, checks: Sequence[Check]) -> None:
    """Print what the day came to."""
    names = {queue.id: queue.name for queue in fair.queues}
    booths = sorted(figures.by_booth.items())
    marks = {b.number: "予備" for b in fair.booths if b.spare}
    rows = [(f"{number} {marks.get(number, '')}".strip(), tally) for number, tally in booths]
    console.print(_tally_table("Consultations by booth", "Booth", rows))
    queues = [(name, figures.by_queue[queue]) for queue, name in names.items() if queue in figures.by_queue]
    console.print(_tally_table("Consultations by queue", "Queue", queues))
    console.print(_totals(fair, figures))
    console.print(_proof(checks))


def _tally_table(title: str, first: str, rows: Iterable[tuple[str, Tally]]) -> Table:
    table = Table(title=title, title_justify="left", show_footer=True, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rows = list(rows)
    every = Tally(
        sum(t.parties for _, t in rows),
        sum(t.persons for _, t in rows),
        [m for _, t in rows for m in t.talks_min],
        [m for _, t in rows for m in t.waits_min],
    )
    table.add_column(first, "all")
    for header, cell in zip(_HEADERS, _cells(every), strict=True):
        table.add_column(header, cell, justify="right")
    for name, tally in rows:
        table.add_row(name, *_cells(tally))
    return table


_HEADERS = ("組", "名", "talk, mean min", "wait, mean", "median", "p90", "> 30 min")


def _cells(tally: Tally) -> list[str]:
    talk = f"{mean(tally.talks_min):.1f}" if tally.talks_min else "—"
    return [str(tally.parties), str(tally.persons), talk, *_wait_cells(waits_of(tally.waits_min))]


def _wait_cells(waits: Waits | None) -> list[str]:
    if waits is None:
        return ["—"] * 4
    return [f"{waits.mean:.1f}", f"{waits.median:.1f}", f"{waits.p90:.1f}", f"{waits.long:.1%}"]


def _totals(fair: Description, figures: Figures) -> Table:
    kinds = figures.kinds
    waits = _wait_cells(waits_of(figures.waits_min))
    reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(figures.reasons.items()))
    table = Table(
        title="The day", title_justify="left", show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    table.add_row("Persons 名 · parties 組", f"{figures.persons} 名 · {figures.parties} 組")
    table.add_row("Consultations 件 (組)", f"{figures.consultations}, the last ended at {fair.clock(figures.last_end)}")
    table.add_row("At least one consultation", f"{figures.consulted_persons} 名")
    table.add_row("Tickets given up", reasons or "—")
    table.add_row("Wait in minutes", "mean {} · median {} · p90 {} · over 30 min {}".format(*waits))
    table.add_row("Calls · recalls · absences", f"{kinds['called']} · {kinds['recalled']} · {kinds['marked_absent']}")
    table.add_row("Held · restored · moved", f"{kinds['held']} · {kinds['restored']} · {kinds['transferred']}")
    table.add_row("Offers · accepted", f"{kinds['offered']} · {kinds['offer_accepted']}")
    spares = f"{kinds['booth_assigned']} assignments of spares · {kinds['booth_paused']} pauses"
    table.add_row("Taken back with undo · booths", f"{kinds['undone']} · {spares}")
    return table


def _proof(checks: Iterable[Check]) -> Table:
    table = Table(
        title="Proof", title_justify="left", show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for check in checks:
        mark = Text("✓", "green") if check.holds else Text("✗", "bold red")
        evidence = check.evidence if check.holds else f"{check.evidence}: {check.wrong}"
        table.add_row(mark, check.claim, evidence)
    return table
