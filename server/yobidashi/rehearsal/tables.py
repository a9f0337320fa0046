"""The tables of a rehearsal's report."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from yobidashi.fair import MINUTE_MS, Fair
from yobidashi.guide.forecasts import Figures
from yobidashi.printing.rehearsal_report import TablePart, Words
from yobidashi.rehearsal.fairness import REASONS
from yobidashi.rehearsal.outcome import STEP_MIN
from yobidashi.rehearsal.summary import PREPARED, QueueSummary, Summary
from yobidashi.replay.figures import Waits

NONE: Final = "—"


def policies_table(compared: Sequence[Summary]) -> TablePart:
    """Give the ways to run the day beside each other."""
    return TablePart(
        Words("運び方のちがい", "Ways to run the day"),
        (
            Words("運び方", "Policy"),
            Words("待ち 平均／9割", "Wait, mean / p90, min"),
            Words("30分超", "> 30 min"),
            Words("訪れた", "served ≥ 1, 名"),
            Words("どこも訪れず", "none, 名"),
            Words("相談", "talks, 件"),
            Words("最長の列", "longest, min"),
        ),
        tuple(
            (
                f"{each.policy.ja}\n{each.policy.en}",
                f"{each.waits.mean:.1f} / {each.waits.p90:.1f}",
                f"{each.waits.long:.1%}",
                f"{each.served:.0f}",
                f"{each.unserved:.0f}",
                f"{each.consultations:.0f}",
                f"{max(queue.longest_min for queue in each.queues):.0f}",
            )
            for each in compared
        ),
        Words(
            "どの行も同じ人たちの同じ日です（平均）。待ちは呼ばれた人の、呼ばれるまでの時間です。",
            "Every row has the same days and people (means). Waits are those of parties that were called.",
        ),
        strong=len(compared) - 1,
    )


def queues_table(fair: Fair, plan: Summary) -> TablePart:
    """Give every queue, the busiest first."""
    return TablePart(
        Words("相談先ごと", "Queue by queue"),
        (
            Words("相談先", "Queue"),
            Words("待ち 平均／9割", "mean / p90, min"),
            Words("30分超", "> 30 min"),
            Words("最長", f"longest, {PREPARED} of 100 days, min"),
            Words("相談", "talks, 件"),
            Words("あきらめた", "gave up, 組"),
        ),
        tuple(
            (
                fair.queue(queue.id).short,
                *_wait_cells(queue.waits),
                f"{queue.longest_min:.0f}",
                f"{queue.consultations:.1f}",
                f"{queue.gave_up:.1f}",
            )
            for queue in _busiest_first(plan)
        ),
    )


def changes_table(rows: Sequence[Summary]) -> TablePart:
    """Give what one change would do, beside the same days as planned: the first row."""
    return TablePart(
        Words("変えるとどうなるか", "What a change would do"),
        (
            Words("変えること", "Change"),
            Words("待ち 平均／9割", "Wait, mean / p90, min"),
            Words("30分超", "> 30 min"),
            Words("どこも訪れず", "none, 名"),
            Words("相談", "talks, 件"),
            Words("待ち席", f"seats, {PREPARED} of 100 days"),
        ),
        tuple(
            (
                "このまま\nAs planned" if i == 0 else f"{each.policy.ja}\n{each.policy.en}",
                f"{each.waits.mean:.1f} / {each.waits.p90:.1f}",
                f"{each.waits.long:.1%}",
                f"{each.unserved:.0f}",
                f"{each.consultations:.0f}",
                f"{each.seats_peak}",
            )
            for i, each in enumerate(rows)
        ),
        Words(
            f"同じ{rows[0].days}日を、一つだけ変えて通しました。",
            f"The same {rows[0].days} days, with one thing changed.",
        ),
        strong=0,
    )


def needs_table(fair: Fair, plan: Summary) -> TablePart:
    """Give what hall and staff must be prepared for, beside what the fair's file says."""
    capacity = fair.capacity
    rows = (
        ("待ち席\nSeats", f"{plan.seats_peak}", _planned(capacity.waiting_seats if capacity else None)),
        (
            f"{STEP_MIN}分間の発券（組）\nTickets in {STEP_MIN} min",
            f"{plan.issued_peak}",
            _planned(capacity.tickets_in_5_min if capacity else None),
        ),
        ("受付（人）\nReceptionists", f"{plan.receptionists}", NONE),
        (
            "1分間の呼び出し\nCalls in a minute",
            f"{plan.calls_peak}",
            _planned(capacity.calls_in_1_min if capacity else None),
        ),
        ("予備の割り当て（回）\nAssignments of spares", f"{plan.spare_moves:.0f}", NONE),
        ("最後の相談の終わり\nEnd of the last talk", clock(fair, fair_length_min(fair) + plan.last_end_min), NONE),
    )
    return TablePart(
        Words("会場と人の備え", "What to be prepared for"),
        (Words("", ""), Words("要る", f"needed, {PREPARED} of 100 days"), Words("設定", "as configured")),
        rows,
    )


def fairness_table(plan: Summary) -> TablePart:
    """Give by which stated rules somebody with a later ticket was called first, and whether any rule was broken."""
    rows = [
        (f"{REASONS[name][0]}\n{REASONS[name][1]}", f"{count:.1f}") for name, count in sorted(plan.overtakings.items())
    ]
    rows.append(("規則によらない追い越し\nby no rule", f"{plan.unfair}"))
    return TablePart(
        Words("順番の公平", "Fairness of the order"),
        (Words("あとの番号が先に呼ばれた理由", "Why a later number was called first"), Words("一日", "a day, 回")),
        tuple(rows),
        Words(
            "すべての日の記録を、呼び出しとは別の検査で確かめました。",
            "The journal of every day was checked by a reckoning of its own.",
        ),
    )


def offers_table(fair: Fair, plan: Summary) -> TablePart:
    """Give to where parties were led: neutral between municipalities, or not."""
    rows = [queue for queue in plan.queues if queue.offered]
    return TablePart(
        Words("ご案内の行き先", "Where offers led"),
        (Words("相談先", "Queue"), Words("ご案内", "offers a day"), Words("応じた", "accepted")),
        tuple((fair.queue(queue.id).short, f"{queue.offered:.1f}", f"{queue.accepted:.1f}") for queue in rows),
    )


def forecasts_table(plan: Summary) -> TablePart:
    """Give how right the estimate was, beside simpler rules over the same tickets."""

    def row(name: str, figures: Sequence[Figures]) -> tuple[str, ...]:
        told = [each for each in figures if each.mean_error_ms is not None]
        count = sum(each.count for each in told)
        error = sum(each.count * (each.mean_error_ms or 0) for each in told) / max(1, count)
        bias = sum(each.count * (each.bias_ms or 0) for each in told) / max(1, count)
        inside = [each for each in told if each.coverage is not None]
        covered = sum(each.count * (each.coverage or 0) for each in inside) / max(1, count)
        width = sum(each.count * (each.width_min or 0) for each in inside) / max(1, count)
        band = (f"{covered:.0%}", f"{width:.0f}") if inside else (NONE, NONE)
        return name, f"{count}", f"{error / MINUTE_MS:.1f}", f"{bias / MINUTE_MS:+.1f}", *band

    days = plan.forecasts
    return TablePart(
        Words("見込みの正しさ", "How right the estimate was"),
        (
            Words("見込み方", "Rule"),
            Words("件数", "tickets"),
            Words("誤差", "mean error, min"),
            Words("かたより", "bias, min"),
            Words("幅に入った", "within its band"),
            Words("幅", "band, min"),
        ),
        (
            row("この案内\nthe guide", [day.estimate for day in days]),
            row("予定の時間だけ\nfixed prior", [day.fixed_prior for day in days]),
            row("直前の待ち\nlast wait", [day.last_wait for day in days]),
            row("直前10組の平均\naverage of the last ten", [day.last_ten for day in days]),
        ),
        strong=0,
    )


def booths_table(fair: Fair, plan: Summary) -> TablePart:
    """Give the longest wait of anybody whom a booth called."""

    def whose(number: int) -> str:
        booth = fair.booth(number)
        if booth.queue is not None:
            return fair.queue(booth.queue).short
        return f"予備（{fair.queue(booth.home).short}）" if booth.home is not None else "予備"

    return TablePart(
        Words("ブースごとの最長の待ち", "Longest wait, booth by booth"),
        (Words("ブース", "Booth"), Words("最長", f"{PREPARED} of 100 days, min")),
        tuple((f"{number}番 {whose(number)}", f"{minutes:.0f}") for number, minutes in plan.booth_longest_min.items()),
    )


def fair_length_min(fair: Fair) -> float:
    """Give how long the fair is open, in minutes."""
    return (fair.at(fair.closes) - fair.at(fair.opens)) / MINUTE_MS


def clock(fair: Fair, minutes: float) -> str:
    """Give the time so many minutes after the opening, as ``13:20``."""
    begins = dt.datetime.combine(fair.date, fair.opens, fair.timezone)
    return f"{begins + dt.timedelta(minutes=minutes):%H:%M}"


def _busiest_first(plan: Summary) -> list[QueueSummary]:
    return sorted(plan.queues, key=lambda queue: -(queue.waits.mean if queue.waits else 0))


def _wait_cells(waits: Waits | None) -> tuple[str, str]:
    return (f"{waits.mean:.1f} / {waits.p90:.1f}", f"{waits.long:.1%}") if waits else (NONE, NONE)


def _planned(figure: int | None) -> str:
    return NONE if figure is None else str(figure)
