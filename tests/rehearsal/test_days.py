"""Simulated days: the same seed plays the same day, nobody is lost, and better policies are better."""

from collections.abc import Callable
from dataclasses import replace
from statistics import mean

import pytest

from yobidashi.fair import Fair
from yobidashi.fairfile.tables import DayModel
from yobidashi.guide.model import Model
from yobidashi.live.counts import counts_of
from yobidashi.queue.tickets import OPEN_STATES, State
from yobidashi.rehearsal.day import play_day
from yobidashi.rehearsal.hall import Hall
from yobidashi.rehearsal.outcome import Outcome, outcome_of
from yobidashi.rehearsal.policies import FIXED, PAPER, POLICIES, POOL, TICKETS, Policy
from yobidashi.rehearsal.visitors import visitors_of

PERSONS = 349

Played = Callable[[Policy, int], Hall]


@pytest.mark.parametrize("policy", [FIXED, POOL], ids=lambda policy: policy.name)
def test_a_seed_plays_the_same_day_again(
    policy: Policy, sapporo: Fair, day: DayModel, model: Model, played: Played
) -> None:
    again = play_day(sapporo, day, model, policy, PERSONS, 1)
    assert again.floor.events == played(policy, 1).floor.events
    assert again.floor.events != played(policy, 2).floor.events


def test_every_policy_meets_the_same_people(sapporo: Fair, day: DayModel) -> None:
    visitors = visitors_of(sapporo, day, PERSONS, 1)
    assert visitors == visitors_of(sapporo, day, PERSONS, 1)
    assert visitors != visitors_of(sapporo, day, PERSONS, 2)
    assert sum(visitor.size for visitor in visitors) == PERSONS
    assert [v.arrives for v in visitors] == sorted(v.arrives for v in visitors)
    assert all(len(set(v.wishes)) == len(v.wishes) >= 1 for v in visitors)
    wishes = [len(v.wishes) for seed in range(10) for v in visitors_of(sapporo, day, PERSONS, seed)]
    assert day.wishes - 0.15 < mean(wishes) < day.wishes + 0.15


@pytest.mark.parametrize("name", list(POLICIES))
def test_everybody_who_came_is_accounted_for(name: str, sapporo: Fair, played: Played) -> None:
    hall = played(POLICIES[name], 1)
    board = hall.floor.board
    outcome = outcome_of(sapporo, hall.floor.events, 1, sum(v.size for v in hall.turned_away))
    assert outcome.persons == PERSONS
    assert not [ticket for ticket in board.tickets.values() if ticket.state in OPEN_STATES]
    assert not [booth for booth in board.booths.values() if booth.ticket is not None]
    assert outcome.consultations == sum(t.state is State.FINISHED for t in board.tickets.values())
    assert sum(q.consultations for q in outcome.queues.values()) == outcome.consultations
    assert outcome.served == counts_of(board).visited.persons
    assert sum(outcome.course.issued) == sum(event.kind == "issued" for event in hall.floor.events)


def test_paper_lines_call_nobody_in_vain_and_open_no_spares(played: Played) -> None:
    kinds = {event.kind for event in played(PAPER, 1).floor.events}
    assert kinds == {"founded", "issued", "called", "started", "finished", "cancelled"}


@pytest.mark.parametrize("policy", [PAPER, TICKETS, FIXED], ids=lambda policy: policy.name)
def test_a_day_without_offers_makes_none(policy: Policy, played: Played) -> None:
    assert played(policy, 1).floor.board.offers == {}


def test_spares_stay_closed_until_their_hour(sapporo: Fair, day: DayModel, model: Model) -> None:
    late = replace(FIXED, name="late", spares_from_min=150)
    hall = play_day(sapporo, day, model, late, PERSONS, 1)
    opened = [event.at for event in hall.floor.events if event.kind == "booth_assigned"]
    assert opened == [hall.opens + 150 * 60_000] * 12


def test_policies_differ_as_they_should(sapporo: Fair, played: Played) -> None:
    days = {
        name: [outcome_of(sapporo, played(policy, seed).floor.events, seed, 0) for seed in (1, 2)]
        for name, policy in POLICIES.items()
    }
    unserved = {name: unserved_share(outcomes) for name, outcomes in days.items()}
    assert unserved["paper"] > 0.3
    assert unserved["paper"] > unserved["tickets"] > unserved["fixed"] > unserved["offers"]
    assert unserved["pool"] < 0.7 * unserved["fixed"]
    assert long_waits(days["fixed"]) < long_waits(days["tickets"])
    assert long_waits(days["pool"]) < 0.7 * long_waits(days["fixed"])


def unserved_share(outcomes: list[Outcome]) -> float:
    return 1 - sum(o.served for o in outcomes) / (PERSONS * len(outcomes))


def long_waits(outcomes: list[Outcome]) -> float:
    waits = [minutes for o in outcomes for minutes in o.waits_min]
    return sum(minutes > 30 for minutes in waits) / len(waits)
