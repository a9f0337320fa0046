"""From the summaries of a rehearsal to its report: the answers, and the tables and charts that they rest on."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from yobidashi.fair import MINUTE_MS, Fair
from yobidashi.guide.forecasts import Figures
from yobidashi.printing.rehearsal_report import Answer, ChartPart, Part, RehearsalReport, TablePart, Words
from yobidashi.rehearsal import charts
from yobidashi.rehearsal.fairness import REASONS
from yobidashi.rehearsal.outcome import STEP_MIN
from yobidashi.rehearsal.summary import DESK_S, PREPARED, QueueSummary, Summary
from yobidashi.replay.figures import Waits

NONE: Final = "—"

_EMPTY: Final = Words("", "")


def report_of(
    fair: Fair, compared: Sequence[Summary], changes: Sequence[Summary], made_at: dt.datetime
) -> RehearsalReport:
    """Give the report. The last of ``compared`` is how the fair is run; ``changes`` differ from it in one thing each."""
    plan = compared[-1]
    parts: list[Part] = []
    if len(compared) > 1:
        parts += [policies_table(compared), unserved_chart(compared)]
    parts += [waiting_chart(fair, plan), queues_table(fair, plan), queues_chart(fair, plan)]
    if changes:
        parts.append(changes_table(plan, changes))
    parts += [needs_table(fair, plan), fairness_table(plan)]
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
        _clock(fair, i * STEP_MIN) if i * STEP_MIN % 60 == 30 else "" for i in range(len(plan.waiting))
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


def changes_table(plan: Summary, changes: Sequence[Summary]) -> TablePart:
    """Give what one change would do."""
    rows = [plan, *changes]
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
            f"変えた日は{changes[0].days}回ずつ通しました。",
            f"The changed days were played {changes[0].days} times each.",
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
        ("最後の相談の終わり\nEnd of the last talk", _clock(fair, fair_length_min(fair) + plan.last_end_min), NONE),
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


def assumptions_of(fair: Fair) -> tuple[Words, ...]:
    """Say what the simulated people are made of; `[day]` in fair.toml changes most of it."""
    day = fair.day
    assert day is not None
    return (
        Words(
            f"来場は30分ごとに{_list(day.arrivals_pct)}％。はじめの30分の組の65％は開場前から並ぶ。",
            f"Arrivals by half hours {_list(day.arrivals_pct)} %; 65 % of the first half hour's parties stand at the door.",
        ),
        Words(
            f"一組は平均{day.wishes:g}か所を希望し、一度に一つの列に並び、相談のあと次の希望へ行く。",
            f"A party wishes to visit {day.wishes:g} queues, stands in one at a time, and goes on after each talk.",
        ),
        Words(
            "終わりの10分は新しく呼ばない。相談は終わりの時刻までに終える。",
            "Nobody is called in the last ten minutes, and talks end at the closing.",
        ),
        Words(
            f"相談時間は対数正規（変動係数{day.talk_cv:g}）。待てる時間は中央値{day.patience_min:g}分の対数正規で、"
            "過ぎると帰る。相談のたびに新しくなる。",
            f"Talks are log-normal (CV {day.talk_cv:g}). Patience is log-normal with a median of {day.patience_min:g} min;"
            " when it ends, the party goes home. It is fresh after each talk.",
        ),
        Words(
            f"呼び出しの{day.no_answer_pct:g}％に応答がない。その40％は再呼出で来て、残りの半分はあとで戻る。",
            f"{day.no_answer_pct:g} % of calls get no answer: 40 % of them come at the recall, half of the others later.",
        ),
        Words(
            f"希望外の空いたブースを勧められた組の{day.offer_accept_pct:g}％が応じる（10分以上早くなるとき。それより少なければ割り引く）。"
            "希望していたブースなら必ず応じる。応じた組の半分は元の列も保つ。断った組の半分は同じ列では二度と応じない。",
            f"Of the parties told of a quieter booth they had not wished for, {day.offer_accept_pct:g} % go (where it saves ten"
            " minutes; fewer in proportion below). A wished one is always accepted. Half of them keep their place as well; half of"
            " the refusals are for good.",
        ),
        Words(
            "待ち時間を見て選ぶ人は、待てる範囲で最も行きたい所、なければ最も早い所を選ぶ。",
            "Who sees the waits takes the dearest wish that it can wait for, else the shortest line.",
        ),
    )


def fair_length_min(fair: Fair) -> float:
    """Give how long the fair is open, in minutes."""
    return (fair.at(fair.closes) - fair.at(fair.opens)) / MINUTE_MS


def _busiest_first(plan: Summary) -> list[QueueSummary]:
    return sorted(plan.queues, key=lambda queue: -(queue.waits.mean if queue.waits else 0))


def _wait_cells(waits: Waits | None) -> tuple[str, str]:
    return (f"{waits.mean:.1f} / {waits.p90:.1f}", f"{waits.long:.1%}") if waits else (NONE, NONE)


def _planned(figure: int | None) -> str:
    return NONE if figure is None else str(figure)


def _clock(fair: Fair, minutes: float) -> str:
    begins = dt.datetime.combine(fair.date, fair.opens, fair.timezone)
    return f"{begins + dt.timedelta(minutes=minutes):%H:%M}"


def _list(figures: Sequence[float]) -> str:
    return " ".join(f"{figure:g}" for figure in figures)
