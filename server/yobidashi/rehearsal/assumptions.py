"""What simulated people are made of, in words: every report says it, and `[day]` in fair.toml changes most of it."""

from collections.abc import Sequence

from yobidashi.fair import Fair
from yobidashi.printing.rehearsal_report import Words


def assumptions_of(fair: Fair) -> tuple[Words, ...]:
    """Say what was assumed. The fair has its `[day]`."""
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


def _list(figures: Sequence[float]) -> str:
    return " ".join(f"{figure:g}" for figure in figures)
