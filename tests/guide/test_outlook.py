"""How many will have visited by the closing: between too early to say and certain."""

from dataclasses import replace
from typing import Final

import pytest

from yobidashi.guide.outlook import Curve, Outlook, outlook_of
from yobidashi.live.board import Board
from yobidashi.queue.rows import Party, Ticket
from yobidashi.queue.tickets import State

HOUR: Final = 3_600_000
CURVE: Final = Curve(0, 6 * HOUR, (20.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0))
"""The fifth hour and the sixth have nobody: all have come by 4:30."""


def hall(parties: int, state: State, size: int = 2, reason: str | None = None) -> Board:
    """A board of parties who came at the opening, each with one ticket."""
    board = Board(epoch=1)
    for i in range(1, parties + 1):
        talked = state in (State.SERVING, State.FINISHED)
        ticket = Ticket(
            id=i, party=i, number=str(i), queue="q", state=state, place=0, issued_at=0, reason=reason, rev=i,
            started_at=1 if talked else None,
        )  # fmt: skip
        board.put("tickets", [ticket])
        board.put("parties", [Party(id=i, number=str(i), size=size, issued_at=0, tickets=(i,), inside=size, rev=i)])
    return board


def test_the_curve_says_which_share_was_to_come() -> None:
    assert [CURVE.by(now) for now in (-HOUR, 0, HOUR // 4, HOUR // 2, HOUR, 5 * HOUR)] == [0, 0, 0.1, 0.2, 0.3, 1]


def test_those_to_come_are_reckoned_from_those_who_came() -> None:
    outlook = outlook_of(hall(30, State.FINISHED), CURVE, HOUR)
    assert outlook is not None
    assert outlook.visited == 60
    assert outlook.low < 200 < outlook.high
    assert outlook.low % 10 == outlook.high % 10 == 0


def test_it_becomes_surer_with_the_day() -> None:
    widths = []
    for half_hours in range(1, 9):
        now = half_hours * HOUR // 2
        outlook = outlook_of(hall(round(100 * CURVE.by(now)), State.FINISHED), CURVE, now)
        assert outlook is not None
        assert outlook.low <= 200 <= outlook.high, half_hours
        widths.append(outlook.high - outlook.low)
    assert widths == sorted(widths, reverse=True)


def test_who_went_home_unserved_makes_it_less_hopeful() -> None:
    served = outlook_of(hall(30, State.WAITING), CURVE, HOUR)
    lost = outlook_of(hall(30, State.CANCELLED, reason="left"), CURVE, HOUR)
    assert served is not None
    assert lost is not None
    assert served.visited == lost.visited == 0
    assert lost.high < served.low


def test_when_the_day_is_over_it_is_what_it_was() -> None:
    assert outlook_of(hall(30, State.FINISHED), CURVE, 6 * HOUR) == Outlook(60, 60, 60)
    late = outlook_of(hall(30, State.FINISHED), CURVE, 5 * HOUR)
    assert late == Outlook(60, 60, 60), "nobody is to come any more"


@pytest.mark.parametrize("now", [0, HOUR // 10])
def test_too_early_nothing_is_said(now: int) -> None:
    assert outlook_of(hall(30, State.FINISHED), CURVE, now) is None


def test_without_visitors_or_a_curve_nothing_is_said() -> None:
    assert outlook_of(Board(epoch=1), CURVE, HOUR) is None
    assert outlook_of(hall(30, State.FINISHED), None, HOUR) is None
    assert outlook_of(hall(30, State.FINISHED), replace(CURVE, shares=(0.0,)), HOUR) is None
