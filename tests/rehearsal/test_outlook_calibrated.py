"""How the day will end, as told in the middle of it, against how rehearsed days did end: days on which nothing was fitted."""

from collections.abc import Callable
from statistics import fmean

import pytest

from yobidashi.fair import Fair
from yobidashi.guide.outlook import Outlook, curve_of, outlook_of
from yobidashi.live.board import Board
from yobidashi.live.counts import counts_of
from yobidashi.rehearsal.hall import Hall
from yobidashi.rehearsal.policies import FIXED, POOL, TICKETS, Policy

ASKED_MIN = (60, 120, 180, 240)
SEEDS = (1, 2)


def told_on(fair: Fair, hall: Hall) -> tuple[list[Outlook], int]:
    """Give what was told at each time on one day, and the persons who had visited in the end."""
    board, curve = Board(), curve_of(fair)
    times = [hall.opens + minutes * 60_000 for minutes in ASKED_MIN]
    told: list[Outlook] = []
    for event in hall.floor.events:
        while len(told) < len(times) and event.at >= times[len(told)]:
            outlook = outlook_of(board, curve, times[len(told)])
            assert outlook is not None
            told.append(outlook)
        board.apply(event)
    return told, counts_of(board).visited.persons


@pytest.mark.parametrize("policy", [TICKETS, FIXED, POOL], ids=lambda policy: policy.name)
def test_days_end_within_what_was_told_and_near_its_middle(
    policy: Policy, sapporo: Fair, played: Callable[[Policy, int], Hall]
) -> None:
    errors = []
    for seed in SEEDS:
        told, ended = told_on(sapporo, played(policy, seed))
        inside = [outlook.low <= ended <= outlook.high for outlook in told]
        assert sum(inside) >= len(told) - 1
        errors += [(outlook.low + outlook.high) / 2 - ended for outlook in told]
    assert abs(fmean(errors)) < 25
    assert fmean(map(abs, errors)) < 30
