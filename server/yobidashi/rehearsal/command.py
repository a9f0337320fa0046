"""`yobidashi rehearse`: plays the days, shows how far it is, prints the report, and writes it as a page or as a PDF."""

import asyncio
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from yobidashi.fair import MINUTE_MS, Fair, FairInvalid, load_fair
from yobidashi.printing.rehearsal_report import RehearsalReport
from yobidashi.printing.typesetting import pdf
from yobidashi.rehearsal.page import page
from yobidashi.rehearsal.policies import ADVICE, AS_RUN, POLICIES, Policy, what_ifs
from yobidashi.rehearsal.real import play_real, print_real
from yobidashi.rehearsal.report import report_of
from yobidashi.rehearsal.runs import Plan, Run, rehearse
from yobidashi.rehearsal.summary import summary_of
from yobidashi.rehearsal.terminal import print_report
from yobidashi.replay.client import Refused, Unreachable
from yobidashi.replay.play import Unplayable as NotPlayed
from yobidashi.replay.screen import ScreenLost

FAILED: Final = 1
"""Exit status when the fair has faults, or when somebody was overtaken against the rules."""

USAGE: Final = 2
"""Exit status for a wrong option."""

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C."""

CHANGES_PART: Final = 5
"""Each what-if is played on one day of so many: set beside the very same days as planned, few suffice."""

GROUPS: Final = MappingProxyType({"all": tuple(POLICIES), "advice": tuple(ADVICE)})
"""Names that stand for several policies: all ways to run the day; offers with fresh, stale and equal advice."""


class Unplayable(Exception):
    """The rehearsal cannot begin; the text says why and what to do."""


def run(
    path: Path, *, days: int, seed: int, processes: int, persons: int, out: Path | None, policies: Sequence[str]
) -> int:
    """Rehearse a fair; gives the exit status."""
    console = Console()
    try:
        _check_out(out)
        fair = _fair(path)
        compared = _policies(policies)
        changes = what_ifs(*_busiest(fair), _one_o_clock(fair)) if AS_RUN in compared else ()
        report, unfair = _rehearse(console, path, fair, compared, changes, days, seed, processes, persons)
    except (FairInvalid, Unplayable) as reason:
        print(reason, file=sys.stderr)
        return FAILED if isinstance(reason, FairInvalid) else USAGE
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED
    print_report(console, report)
    if out is not None:
        out.write_bytes(pdf(report) if out.suffix == ".pdf" else page(report).encode())
        console.print(f"\n{out}")
    for sentence in unfair:
        print(sentence, file=sys.stderr)
    return FAILED if unfair else 0


def run_real(path: Path, url: str, seed: int) -> int:
    """Play one day through a running server, and check its journal; gives the exit status."""
    console = Console()
    try:
        fair = load_fair(path)
        played = asyncio.run(play_real(fair, url, seed))
    except (FairInvalid, NotPlayed, Unreachable, ScreenLost, Refused) as reason:
        print(reason, file=sys.stderr)
        return FAILED if isinstance(reason, FairInvalid) else USAGE
    except KeyboardInterrupt:
        print("\nStopped. The fair stands as it was left.", file=sys.stderr)
        return INTERRUPTED
    return 0 if print_real(console, fair, played) else FAILED


def _rehearse(
    console: Console,
    path: Path,
    fair: Fair,
    compared: Sequence[Policy],
    changes: Sequence[Policy],
    days: int,
    seed: int,
    processes: int,
    persons: int,
) -> tuple[RehearsalReport, list[str]]:
    plans = [Plan(policy, days) for policy in compared] + [Plan(each, max(2, days // CHANGES_PART)) for each in changes]
    with _progress(console) as progress:
        task = progress.add_task("", total=sum(plan.days for plan in plans), policy="")
        runs = rehearse(
            path,
            plans,
            persons,
            seed,
            processes,
            lambda policy: progress.update(task, advance=1, policy=policy.en),
        )
    summaries = [summary_of(each) for each in runs[: len(compared)]]
    changed = [summary_of(each) for each in _same_days(runs[len(compared) - 1], runs[len(compared) :])]
    unfair = [sentence for each in runs for outcome in each.outcomes for sentence in outcome.unfair]
    made_at = dt.datetime.now(fair.timezone)
    return report_of(fair, summaries, changed, made_at), unfair


def _same_days(planned: Run, changed: Sequence[Run]) -> list[Run]:
    """Give the changed runs, and before them the days as planned that have their seeds; nothing where nothing is changed."""
    if not changed:
        return []
    return [Run(planned.policy, planned.outcomes[: len(changed[0].outcomes)]), *changed]


def _fair(path: Path) -> Fair:
    fair = load_fair(path)
    if fair.day is None:
        raise Unplayable(f"{path} has no [day]: a rehearsal needs to know what day to expect.")
    return fair


def _policies(names: Sequence[str]) -> list[Policy]:
    """Give the policies in the order in which they are compared; the fair as it is run comes last."""
    known = {**ADVICE, **POLICIES}
    wanted = {single for name in names for single in GROUPS.get(name, (name,))}
    unknown = sorted(wanted - known.keys())
    if unknown:
        raise Unplayable(f"There is no policy “{unknown[0]}”; there are: {', '.join((*GROUPS, *POLICIES))}.")
    return [known[name] for name in (*POLICIES, *(name for name in ADVICE if name not in POLICIES)) if name in wanted]


def _check_out(out: Path | None) -> None:
    if out is not None and out.suffix not in {".html", ".pdf"}:
        raise Unplayable(f"--out ends in .html or .pdf, unlike “{out}”.")


def _busiest(fair: Fair) -> tuple[str, str]:
    """Give the queue with the most talk to come for each of its main booths: its id and its name."""

    def load(queue_id: str) -> float:
        queue = fair.queue(queue_id)
        return queue.demand * queue.talk_min / sum(booth.queue == queue_id for booth in fair.booths)

    busiest = max((queue.id for queue in fair.queues), key=load)
    return busiest, fair.queue(busiest).name


def _one_o_clock(fair: Fair) -> int:
    """Give the minutes from the opening to 13:00; the middle of the day for a fair that is not open then."""
    opens, closes = fair.at(fair.opens), fair.at(fair.closes)
    one = fair.at(dt.time(13))
    return ((one if opens < one < closes else (opens + closes) // 2) - opens) // MINUTE_MS


def _progress(console: Console) -> Progress:
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days · {task.fields[policy]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
