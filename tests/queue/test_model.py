"""A real Redis against a model in plain Python: any commands in any order, and long days that come to everything."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from floor_machine import something_done
from floor_model import IN_A_ROW
from guided_machine import GuidedMachine

LONG_DAY = 480
"""Steps of a long day."""

EVENTS = """
issued called recalled started finished marked_absent held restored transferred cancelled split exited reentered undone
booth_opened booth_paused booth_closed booth_assigned issuing_stopped issuing_reopened
offered offer_accepted offer_declined announced notice_ended corrected dropped_in
meeting_set meeting_checked helper_asked helper_came day_closed
"""
REFUSALS = """
card_used already_in_queue wrong_state no_one_waiting booth_busy booth_free booth_not_open
split_too_many not_inside all_inside unknown_ticket unknown_party not_a_spare
offer_open offer_gone unknown_offer too_many_queues too_many_notices notice_over unknown_notice ticket_unchanged
not_online meeting_missing meeting_changed meeting_unchecked helper_unchanged day_not_over
"""


@pytest.mark.timeout(180)
def test_redis_agrees_with_the_model(redis_url: str) -> None:
    GuidedMachine.url = redis_url
    run_state_machine_as_test(
        GuidedMachine,
        settings=settings(
            max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


ANSWERS = ("move", "add", "keep", "not_now")
STATES = ("waiting", "finished", "cancelled")

Step = Callable[[GuidedMachine, Random], None]

STEPS: list[tuple[int, Step]] = [
    (3, lambda m, d: m.issue(d.sample("abc", d.randint(1, 3)), d.randint(1, 5), d.randint(0, 3))),
    (4, lambda m, d: m.crowd([d.choice([None, -4, -1, 0, 2, 4]) for _ in range(3)])),
    (2, lambda m, d: m.issue_by_card(d.sample("abc", 2), (2, 1), [(d.choice("abc"), d.randint(-9, 9))], "booked")),
    (1, lambda m, d: m.issue_by_card(["b"], (1, 0), [("b", 1)], "cancelled")),
    (3, lambda m, d: m.add(d.sample("abc", d.randint(1, 2)), d.randrange(99))),
    (12, lambda m, d: m.meet(d.randint(1, 6), d.choice(["finish", "finish", "absent"]))),
    (10, lambda m, d: m.call_next(d.randint(1, 6), d.random() < 0.5)),
    (8, lambda m, d: m.at_booth(d.choice(["recall", "start", "finish", "absent"]), d.randint(1, 6))),
    (
        8,
        lambda m, d: m.on_ticket(d.choice(["hold", "restore", "cancel", "transfer"]), d.randrange(99), d.choice("abc")),
    ),
    (5, lambda m, d: m.report(d.randrange(99))),
    (6, lambda m, d: m.split(d.randrange(99), d.randint(1, 2), d.randint(0, 1), d.randint(1, 2), d.randrange(99))),
    (8, lambda m, d: m.door(d.choice(["exit", "reenter"]), d.randrange(99), d.randint(1, 2))),
    (5, lambda m, d: m.turn_booth(d.choice(["open-booth", "pause-booth", "close-booth"]), d.randint(1, 6))),
    (2, lambda m, d: m.assign(d.randint(4, 6), d.choice([None, "a", "b"]))),
    (1, lambda m, d: m.turn_issuing(d.choice("abc"), 1)),
    (4, lambda m, d: m.wait(d.randint(1, 6))),
    (8, lambda m, d: m.lead(d.randrange(99), d.choice("abc"), d.choice(ANSWERS))),
    (4, lambda m, d: m.offer(d.randrange(99), d.choice("abc"), d.randint(1, 3), d.random() < 0.9)),
    (4, lambda m, d: m.answer(d.randrange(99), d.choice(ANSWERS), d.random() < 0.7)),
    (1, lambda m, d: m.wait_out(d.randint(1, 2))),
    (3, lambda m, d: m.announce(d.choice([None, 1, 2]))),
    (2, lambda m, d: m.end_notice(d.randrange(99))),
    (5, lambda m, d: m.correct_ticket(d.randrange(99), d.choice(STATES), "wrong_button")),
    (3, lambda m, d: m.correct_party(d.randrange(99), d.randint(2, 5), d.randint(0, 2), "counted_wrong")),
    (3, lambda m, d: m.drop_in(d.randint(1, 6), d.randint(1, 4), d.randint(0, 1))),
    (3, lambda m, d: m.go_online(d.choice([4, 4, 4, 6]))),
    (4, lambda m, d: m.check_meeting(d.choice([1, 4, 6]), d.randint(0, 1))),
    (3, lambda m, d: m.note_meeting(d.choice([1, 4, 6]))),
    (4, lambda m, d: m.helper(d.choice(["ask-helper", "helper-came"]), d.randint(1, 3))),
    (3, lambda m, d: m.close_day(1)),
]
"""What may happen next in a long day, with its weight."""


def a_long_day(seed: int) -> GuidedMachine:
    """Live a day on both, with the dice of a seed, and look at everything after every step."""
    dice = Random(seed)
    machine = GuidedMachine()
    try:
        machine.begin()
        for step in dice.choices([s for _, s in STEPS], [weight for weight, _ in STEPS], k=LONG_DAY):
            step(machine, dice)
            if something_done(machine) and dice.random() < 0.25:
                machine.undo()
            machine.look()
    finally:
        machine.teardown()
    return machine


@pytest.mark.timeout(180)
def test_long_days_come_to_everything(redis_url: str) -> None:
    GuidedMachine.url = redis_url
    days = [a_long_day(seed) for seed in range(3)]
    seen = {kind for day in days for kind in day.kinds}
    assert set((EVENTS + REFUSALS).split()) <= seen
    assert {run for day in days for run in day.runs} == set(range(IN_A_ROW + 1))
