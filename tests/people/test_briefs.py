"""Briefs: what a booth reads of a party, in words, and which booth may at which moment. Pure."""

from dataclasses import replace
from typing import Any

import pytest

from yobidashi.fair import Fair
from yobidashi.live.board import Board
from yobidashi.people.cards.briefs import Line, brief_of, fields_read, may_read
from yobidashi.people.form.answers import Answers, Persons
from yobidashi.queue.errors import Refusal
from yobidashi.queue.rows import Booth, Ticket
from yobidashi.queue.tickets import BoothState, State

OWN, OTHER = 7, 8
PERSONS = Persons(2, 1)


def test_a_brief_names_nobody(sample: Fair) -> None:
    everything: Answers = {
        field.key: f"canary-{field.key}" if not field.options and field.kind != "yes_no" else True
        for field in (sample.form.fields if sample.form else ())
    }
    brief = brief_of(sample, PERSONS, everything)
    told = repr(brief)
    for key in ("name", "kana", "mail", "phone"):
        assert f"canary-{key}" not in told, key
    assert {line.key for line in (*brief.glance, *brief.lines)} == set(fields_read(sample))
    assert not {"name", "kana", "mail", "phone", "residence", "age"} & set(fields_read(sample))


def test_answers_stand_in_words_and_what_must_be_ready_stands_apart(sample: Fair) -> None:
    answers: dict[str, Any] = {
        "themes": ["housing", "children"],
        "content": "雪のことを知りたい",
        "licence": False,
        "online": True,
        "needs": ["stroller"],
        "language": "easy",
    }
    brief = brief_of(sample, PERSONS, answers)
    assert brief.persons == (2, 1)
    assert [line.key for line in brief.glance] == ["language", "needs", "online"]
    assert [line.key for line in brief.lines] == ["themes", "content", "licence"]
    words = {line.key: line.values for line in (*brief.glance, *brief.lines)}
    assert words["themes"] == (("住まい", "Housing"), ("子育て・教育", "Children, school"))
    assert words["content"] == (("雪のことを知りたい", "雪のことを知りたい"),)
    assert (words["licence"], words["online"]) == ((("いいえ", "No"),), (("はい", "Yes"),))
    assert words["language"] == (("やさしい日本語", "Plain Japanese"),)


def test_the_card_is_newer_than_the_reservation(sample: Fair) -> None:
    brief = brief_of(sample, PERSONS, {"themes": ["work"], "content": "前に書いたこと"}, {"themes": ["snow"]})
    assert {line.key: line.values for line in brief.lines} == {
        "themes": (("雪・交通", "Snow, transport"),),
        "content": (("前に書いたこと", "前に書いたこと"),),
    }


def test_an_option_that_the_form_has_lost_stands_by_its_key(sample: Fair) -> None:
    (line,) = brief_of(sample, PERSONS, {"themes": ["housing", "gone"]}).lines
    assert isinstance(line, Line)
    assert line.values == (("住まい", "Housing"), ("gone", "gone"))


def board(state: State, *, at: int | None = None, queue: str = "ebetsu", reserved: int | None = None) -> Board:
    """Two booths, one of Ebetsu and one of Chitose, and one ticket."""
    booth = Booth(id=OWN, queue="ebetsu", state=BoothState.OPEN, since=0, rev=1)
    other = Booth(id=OTHER, queue="chitose", state=BoothState.OPEN, since=0, rev=1)
    ticket = Ticket(
        id=1, party=1, number="1", queue=queue, state=state, place=0, booth=at, issued_at=0, reserved=reserved, rev=1
    )
    held = ticket.id if state in (State.CALLED, State.SERVING) else None
    booths = {each.id: replace(each, ticket=held if each.id == at else None) for each in (booth, other)}
    return Board(1, 1, {}, {1: ticket}, {}, booths)


@pytest.mark.parametrize("state", [State.CALLED, State.SERVING])
def test_a_booth_reads_of_its_own_party_while_it_is_there(state: State) -> None:
    assert may_read(board(state, at=OWN), OWN, 1).id == 1
    with pytest.raises(Refusal, match="brief_closed"):
        may_read(board(state, at=OTHER, queue="chitose"), OWN, 1)


@pytest.mark.parametrize("state", [State.FINISHED, State.ABSENT, State.HELD, State.CANCELLED])
def test_a_brief_closes_when_the_party_is_gone(state: State) -> None:
    with pytest.raises(Refusal, match="brief_closed"):
        may_read(board(state, at=OWN, reserved=5), OWN, 1)


def test_who_waits_is_read_only_with_a_reserved_place_in_the_own_queue() -> None:
    assert may_read(board(State.WAITING, reserved=5), OWN, 1).id == 1
    for closed in (board(State.WAITING), board(State.WAITING, queue="chitose", reserved=5)):
        with pytest.raises(Refusal, match="brief_closed"):
            may_read(closed, OWN, 1)


def test_what_is_not_there_is_said_so() -> None:
    with pytest.raises(Refusal, match="unknown_booth"):
        may_read(board(State.WAITING), 99, 1)
    with pytest.raises(Refusal, match="unknown_ticket"):
        may_read(board(State.WAITING), OWN, 99)
