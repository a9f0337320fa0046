"""From the summaries of a rehearsal to its report: the answers, and the tables and charts that they rest on."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from yobidashi.fair import Fair
from yobidashi.printing.rehearsal_report import Answer, ChartPart, Part, RehearsalReport, Words
from yobidashi.rehearsal import charts
from yobidashi.rehearsal.assumptions import assumptions_of
from yobidashi.rehearsal.outcome import STEP_MIN
from yobidashi.rehearsal.summary import DESK_S, PREPARED, Summary
from yobidashi.rehearsal.tables import (
    NONE,
    booths_table,
    changes_table,
    clock,
    fairness_table,
    forecasts_table,
    needs_table,
    offers_table,
    policies_table,
    queues_table,
)

_EMPTY: Final = Words("", "")


def report_of(
    fair: Fair, compared: Sequence[Summary], changes: Sequence[Summary], made_at: dt.datetime
) -> RehearsalReport:
    """Give the report. The last of ``compared`` is how the fair is run.

    ``changes``, on fewer days, begin with it too; each of the others differs from it in one thing.
    """
    plan = compared[-1]
    parts: list[Part] = []
    if len(compared) > 1:
        parts += [policies_table(compared), unserved_chart(compared)]
    parts += [waiting_chart(fair, plan), queues_table(fair, plan), queues_chart(fair, plan)]
    if changes:
        parts.append(changes_table(changes))
    parts += [needs_table(fair, plan), fairness_table(plan)]
    parts.append(booths_table(fair, plan))
    if plan.offered:
        parts.append(offers_table(fair, plan))
    if plan.forecasts:
        parts.append(forecasts_table(plan))
    basis = Words(
        f"{plan.persons:.0f}名の日を{plan.days}回、この設定と本番の規則のまま通しました（{plan.policy.ja}）。",
        f"A day of {plan.persons:.0f} persons, played {plan.days} times with this configuration and the rules of the"
        f" day itself ({plan.policy.en}).",
    )
    return RehearsalReport(
        fair=fair.name,
        english=fair.english,
        basis=basis,
        answers=answers_of(fair, plan),
        parts=tuple(parts),
        assumptions=assumptions_of(fair),
        made_at=made_at,
    )


def answers_of(fair: Fair, plan: Summary) -> tuple[Answer, ...]:
    """Give what one wants to know before the day, each with a figure."""
    busiest = max((q for q in plan.queues if q.waits), key=lambda q: q.waits.mean if q.waits else 0)
    assert busiest.waits is not None
    seats = fair.capacity.waiting_seats if fair.capacity else None
    answers = [
        Answer(
            Words("待ち時間の平均", "Mean wait"),
            f"約{plan.waits.mean:.0f}分",
            Words(
                f"10人に9人は{plan.waits.p90:.0f}分まで。30分より長く待つのは{plan.waits.long:.1%}",
                f"Nine of ten wait up to {plan.waits.p90:.0f} min; {plan.waits.long:.1%} longer than 30",
            ),
        ),
        Answer(
            Words("1ブース以上を訪れる人", "Visit at least one booth"),
            f"{plan.served:.0f}名",
            Words(
                f"どこも訪れずに帰る人は平均{plan.unserved:.0f}名、混む日は{plan.unserved_most:.0f}名",
                f"{plan.unserved:.0f} leave without a talk on average, {plan.unserved_most:.0f} on a bad day",
            ),
        ),
        Answer(Words("相談の件数", "Consultations"), f"{plan.consultations:.0f}件", _EMPTY),
        Answer(
            Words("最も混む相談先", "Busiest queue"),
            fair.queue(busiest.id).short,
            Words(f"平均{busiest.waits.mean:.0f}分待ち", f"{busiest.waits.mean:.0f} min on average"),
        ),
        Answer(
            Words("待ち席", "Seats for those who wait"),
            f"{plan.seats_peak}席",
            Words(
                f"100日のうち{PREPARED}日はこれで足ります。" + (f"用意は{seats}席" if seats is not None else ""),
                f"Suffice on {PREPARED} days of 100" + (f"; {seats} are planned" if seats is not None else ""),
            ),
        ),
        Answer(
            Words("受付の人数", "Receptionists"),
            f"{plan.receptionists}人",
            Words(
                f"{STEP_MIN}分に最大{plan.issued_peak}組、一組{DESK_S}秒として",
                f"For {plan.issued_peak} parties in {STEP_MIN} minutes, {DESK_S} seconds each",
            ),
        ),
    ]
    return tuple(answers)


def unserved_chart(compared: Sequence[Summary]) -> ChartPart:
    """Show how many leave without a talk under each policy."""
    rows = [charts.Bar(each.policy.ja, each.unserved, words=f"{each.unserved:.0f}名") for each in compared]
    return ChartPart(
        Words("どこも訪れずに帰る人", "Who leaves without a talk"),
        charts.bars(rows),
        Words("一日の平均（名）", "Persons, mean of a day"),
    )


def waiting_chart(fair: Fair, plan: Summary) -> ChartPart:
    """Show how many wait through the day, and the seats there are."""
    seats = fair.capacity.waiting_seats if fair.capacity else None
    times = [
        clock(fair, i * STEP_MIN) if i * STEP_MIN % 60 == 30 else "" for i in range(len(plan.waiting))
    ]  # every hour of a fair that opens at half past
    return ChartPart(
        Words("待っている人", "Persons who wait"),
        charts.course(
            times,
            plan.waiting,
            plan.waiting_p95,
            unit="名",
            mark=seats,
            mark_words=f"待ち席 {seats}" if seats is not None else "",
        ),
        Words(
            f"線は平均、面は100日のうち{PREPARED}日がおさまるところ",
            f"The line is the mean; {PREPARED} days of 100 stay within the field",
        ),
    )


def queues_chart(fair: Fair, plan: Summary) -> ChartPart:
    """Show the waits of every queue in the fair's order."""
    rows = [
        charts.Bar(
            fair.queue(queue.id).short,
            queue.waits.mean if queue.waits else 0,
            queue.waits.p90 if queue.waits else 0,
            f"{queue.waits.mean:.0f} / {queue.waits.p90:.0f}分" if queue.waits else NONE,
        )
        for queue in plan.queues
    ]
    return ChartPart(
        Words("待ち時間", "Waits"),
        charts.bars(rows, mark=30, mark_words="30分"),
        Words("太い棒は平均、細い棒は10人に9人がおさまる時間", "Thick: mean; thin: nine of ten wait no longer"),
    )
