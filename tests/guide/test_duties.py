"""What the house has to do, of boards made by hand: the same decision has the same id, another one another."""

from dataclasses import replace
from typing import Final

import pytest

from yobidashi.fair import Fair, load_fair
from yobidashi.guide.duties import CLOSING_MS, absent_too_long, lines_that_no_longer_fit, offers_to_make
from yobidashi.guide.model import Model, model_of
from yobidashi.guide.offers import Proposal
from yobidashi.live.board import Board
from yobidashi.live.guide import Guide, Level, QueueGuide
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.rows import Offer, Party, Queue, Ticket
from yobidashi.queue.tickets import OfferState, State

MINUTE: Final = 60_000
HALF_HOUR: Final = 30 * MINUTE


@pytest.fixture(scope="module")
def fair() -> Fair:
    return load_fair(SAMPLE_FAIR)


@pytest.fixture(scope="module")
def model(fair: Fair) -> Model:
    return model_of(fair)


def board(at: int, **of_ticket: object) -> Board:
    """Give a board with one party in one line."""
    ticket = Ticket(id=1, party=1, number="1", queue="sapporo", state=State.WAITING, place=at, issued_at=at, rev=5)
    made = Board(9, 5)
    made.put("parties", [Party(id=1, number="1", size=1, issued_at=at, tickets=(1,), inside=1, rev=5)])
    made.put("tickets", [replace(ticket, **of_ticket)])  # type: ignore[arg-type]
    made.put("queues", [Queue(id=id_, issuing=True, rev=1) for id_ in ("sapporo", "ebetsu")])
    return made


def test_who_is_absent_is_given_up_from_half_an_hour_on() -> None:
    absent = board(0, state=State.ABSENT, away_at=1_000)
    assert absent_too_long(absent, HALF_HOUR, 1_000 + HALF_HOUR - 1) == []
    (cancel,) = absent_too_long(absent, HALF_HOUR, 1_000 + HALF_HOUR)
    assert (cancel.ticket, cancel.reason) == (1, "no_answer")
    held = board(0, state=State.HELD, away_at=1_000)
    assert absent_too_long(held, HALF_HOUR, 1_000 + HALF_HOUR) == [], "who asked to wait is left alone"


def test_each_absence_is_given_up_once_and_a_second_one_again() -> None:
    ids = [
        absent_too_long(board(0, state=State.ABSENT, away_at=away, rev=rev), HALF_HOUR, HALF_HOUR * 9)[0].command_id
        for away, rev in ((1_000, 5), (1_000, 8), (2_000, 9))
    ]
    assert ids[0] == ids[1] != ids[2]


def test_an_offer_is_made_again_only_once_something_has_changed() -> None:
    proposal = [Proposal(1, "ebetsu", HALF_HOUR)]

    def id_of(board: Board) -> str:
        return offers_to_make(proposal, board)[0].command_id

    before, same, called_and_back, offered = board(0), board(0), board(0, rev=7), board(0)
    offer = Offer(id=1, party=1, ticket=1, queue="otaru", state=OfferState.OPEN, at=0, until=MINUTE, rev=6)
    offered.put("offers", [offer])
    assert id_of(before) == id_of(same)
    assert len({id_of(before), id_of(called_and_back), id_of(offered)}) == 3
    other_life = replace(board(0), epoch=10)
    assert id_of(other_life) != id_of(before)


def stopped(model: Model, now: int, mean_ms: int | None, talk_min: int = 20) -> bool:
    guide = Guide(now, {"sapporo": QueueGuide("sapporo", 0, 1, mean_ms, None, Level.QUIET)})
    commands = lines_that_no_longer_fit(board(now), guide, model, {"sapporo": talk_min * MINUTE}, now)
    return [command.queue for command in commands] == ["sapporo"]


def test_a_line_is_stopped_where_the_talk_would_not_end_in_time(model: Model) -> None:
    assert not stopped(model, model.fit_only_at - 1, 9 * HALF_HOUR), "before its time everything is issued"
    assert not stopped(model, model.fit_only_at, 9 * MINUTE)  # 9 + 1 + 20 = 30
    assert stopped(model, model.fit_only_at, 9 * MINUTE + 1)
    assert not stopped(model, model.fit_only_at, None), "how long the wait is, nobody knows"
    assert stopped(model, model.stop_at, None)
    assert stopped(model, model.stop_at, 0)


def test_on_another_day_a_server_can_be_tried_out(model: Model) -> None:
    assert stopped(model, model.stop_at + CLOSING_MS - 1, 0)
    assert not stopped(model, model.stop_at + CLOSING_MS, 0)


def test_a_line_that_is_stopped_is_left_so(model: Model) -> None:
    now = model.stop_at
    guide = Guide(now, {"sapporo": QueueGuide("sapporo", 0, 1, 0, None, Level.QUIET)})
    closed = board(now)
    closed.put("queues", [Queue(id="sapporo", issuing=False, rev=6)])
    assert lines_that_no_longer_fit(closed, guide, model, {"sapporo": 20.0 * MINUTE}, now) == []
