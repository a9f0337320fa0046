"""Forecasts and what came of them: folded from events, reckoned by hand, then over rehearsed days."""

from typing import Any

import pytest

from waiting_hall import MINUTE, NOW, TALK_MIN, TURNOVER_MIN, WaitingHall, model
from yobidashi.guide.forecasts import Figures, Forecasts
from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Row
from yobidashi.queue.tickets import State

CYCLE = TALK_MIN + TURNOVER_MIN


class Journal:
    """A hall whose changes are events that forecasts are told of. One booth talks for ten minutes already."""

    def __init__(self) -> None:
        self.hall = WaitingHall("a", "b")
        self.hall.serving(self.hall.booth("a"), 10)
        self.hall.booth("b")
        self.forecasts = Forecasts(model("a", "b"))
        self.events: list[Event] = []
        self.begin("founded", 0)

    def begin(self, kind: str, minute: float, epoch: int = 1) -> None:
        self._tell(kind, minute, epoch, {name: tuple(rows) for name, rows in self.hall.board.rows().items() if rows})

    def tell(self, kind: str, minute: float, **tables: list[Row]) -> None:
        self._tell(kind, minute, 1, {name: tuple(rows) for name, rows in tables.items()})

    def _tell(self, kind: str, minute: float, epoch: int, changes: dict[str, tuple[Row, ...]]) -> None:
        event = Event(epoch, len(self.events) + 1, NOW + round(minute * MINUTE), kind, changes)
        self.events.append(event)
        self.forecasts.take(event)

    def issue(self, queue: str = "a", minute: float = 0) -> int:
        ticket = self.hall.waiting(queue, since=-minute)
        party = self.hall.party(ticket)
        self.tell("issued", minute, parties=[self.hall.board.parties[party]], tickets=[self.hall.board.tickets[ticket]])
        return ticket

    def turn(self, ticket: int, kind: str, minute: float, **values: Any) -> None:
        self.hall.change("tickets", ticket, **values)
        self.tell(kind, minute, tickets=[self.hall.board.tickets[ticket]])

    def call(self, ticket: int, minute: float) -> None:
        self.turn(ticket, "called", minute, state=State.CALLED, called_at=NOW + round(minute * MINUTE))

    @property
    def figures(self) -> Figures:
        return self.forecasts.figures().estimate


def test_nothing_is_known_of_a_day_without_calls() -> None:
    journal = Journal()
    journal.issue()
    assert journal.figures == Figures(0, None, None)
    assert journal.forecasts.figures().queues == {}


def test_a_forecast_is_compared_with_the_call() -> None:
    journal = Journal()
    first, second = journal.issue(), journal.issue()  # told 10 and 31 minutes, 10–15 and 30–35
    journal.call(first, 16)
    assert journal.figures == Figures(1, 6 * MINUTE, -6 * MINUTE, 0.0, 5.0)
    journal.call(second, 30)
    assert journal.figures == Figures(2, round(3.5 * MINUTE), round(-2.5 * MINUTE), 0.5, 5.0)
    accuracy = journal.forecasts.figures()
    assert accuracy.queues == {"a": journal.figures}
    # parties ahead by the expected talk: 0 and 20; nobody had been called before
    assert accuracy.fixed_prior == Figures(2, 13 * MINUTE, -13 * MINUTE)
    assert accuracy.last_wait == accuracy.last_ten == accuracy.fixed_prior


def test_rules_of_the_past_say_what_the_past_says() -> None:
    journal = Journal()
    for i, waited in enumerate((4, 8, 12)):
        journal.call(journal.issue("b", 20 * i), 20 * i + waited)
    accuracy = journal.forecasts.figures()
    # told: the prior (0), then the last (4, 8), the average (4, 6); waited: 4, 8, 12
    assert accuracy.last_wait == Figures(3, 4 * MINUTE, -4 * MINUTE)
    assert accuracy.last_ten == Figures(3, round(14 / 3 * MINUTE), round(-14 / 3 * MINUTE))


def test_the_first_call_counts_and_no_later_one() -> None:
    journal = Journal()
    ticket = journal.issue()
    journal.call(ticket, 10)
    journal.turn(ticket, "marked_absent", 12, state=State.ABSENT)
    journal.turn(ticket, "restored", 20, state=State.WAITING, called_at=None)
    journal.call(ticket, 40)
    assert journal.figures == Figures(1, 0, 0, 1.0, 5.0)


def test_a_call_that_was_a_slip_is_no_outcome() -> None:
    journal = Journal()
    ticket = journal.issue()
    journal.call(ticket, 1)
    journal.turn(ticket, "undone", 1.1, state=State.WAITING, called_at=None)
    assert journal.figures.count == 0
    journal.call(ticket, 10)
    assert journal.figures == Figures(1, 0, 0, 1.0, 5.0)


@pytest.mark.parametrize("state", [State.CANCELLED, State.HELD])
def test_who_left_or_was_held_has_no_wait_to_compare(state: State) -> None:
    journal = Journal()
    ticket = journal.issue()
    journal.turn(ticket, "cancelled", 5, state=state)
    assert journal.figures.count == 0
    journal.turn(ticket, "restored", 6, state=State.WAITING)  # told anew: four minutes
    journal.call(ticket, 10)
    assert journal.figures.count == 1
    assert journal.figures.mean_error_ms == 0


def test_who_is_called_while_held_has_no_wait_to_compare() -> None:
    journal = Journal()
    ticket = journal.issue()
    journal.turn(ticket, "held", 5, state=State.HELD)
    journal.call(ticket, 9)
    assert journal.figures.count == 0


def test_who_moves_is_told_anew() -> None:
    journal = Journal()
    ticket = journal.issue()
    journal.turn(ticket, "offer-accepted", 5, queue="b")
    journal.call(ticket, 5)
    assert journal.forecasts.figures().queues == {"b": Figures(1, 0, 0, 1.0, 5.0)}


def test_where_no_booth_serves_nothing_is_forecast() -> None:
    journal = Journal()
    journal.hall.change("booths", 2, queue=None)
    journal.tell("booth_assigned", 0, booths=[journal.hall.board.booths[2]])
    journal.call(journal.issue("b"), 3)
    assert journal.figures.count == 0


def test_another_epoch_begins_anew() -> None:
    journal = Journal()
    journal.call(journal.issue(), 10)
    journal.begin("reset", 11, epoch=2)
    assert journal.figures.count == 0


def test_a_board_that_somebody_else_folds_gives_the_same() -> None:
    journal, board = Journal(), Board()
    journal.call(journal.issue(), 12)
    beside = Forecasts(model("a", "b"), board)
    for event in journal.events:
        board.apply(event)
        beside.take(event)
    assert beside.figures() == journal.forecasts.figures()
    assert journal.figures.count == 1
