"""A party that splits over two booths, and persons who leave the hall and come back: nobody is lost or counted twice."""

from typing import Any

import pytest
from pydantic import ValidationError

from queue_rules import SLUG, command, rules
from small_fair import Cards, Fair, ticket
from yobidashi.live.journal import Journal
from yobidashi.queue.rows import Party
from yobidashi.queue.store import Store
from yobidashi.queue.tickets import State

SLOT = 10_000_000


async def four_in_two_queues(fair: Fair) -> None:
    """Party 1: four persons, two of them children, in queues a (ticket 1) and b (ticket 2)."""
    await fair.do("issue", size=4, children=2, queues=["a", "b"])


async def party_of(fair: Fair, number: int) -> Party:
    return (await fair.board()).parties[number]


async def test_some_go_on_as_a_party_of_their_own(fair: Fair) -> None:
    await four_in_two_queues(fair)
    event = await fair.do("split", party=1, persons=2, children=1, tickets=[2])
    assert event.kind == "split"
    old, new = await party_of(fair, 1), await party_of(fair, 2)
    assert (old.size, old.children, old.inside, old.tickets, old.origin) == (2, 1, 2, (1,), None)
    assert (new.size, new.children, new.inside, new.tickets, new.origin) == (2, 1, 2, (2,), 1)
    moved = (await fair.board()).tickets[2]
    assert (moved.party, moved.number, new.number) == (2, "2", "2")
    assert (await fair.folded()) == await fair.board()


async def test_both_can_be_at_a_booth_at_once_and_each_is_called_by_its_own_number(fair: Fair) -> None:
    await four_in_two_queues(fair)
    await fair.do("call-next", booth=1)
    await fair.do("split", party=1, persons=1, tickets=[2])
    assert ticket(await fair.do("call", booth=3, number="2")).party == 2
    board = await fair.board()
    assert (board.parties[1].active, board.parties[2].active) == (1, 2)


async def test_the_moved_ticket_keeps_its_place_and_its_reserved_one(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=1_000_000, rate=0)
    card = await cards.enter(adults=2, booking=cards.book(("b", SLOT)))
    await fair.do("issue", card=card, queues=["a", "b"])
    before = (await fair.board()).tickets[2]
    await fair.do("set-clock", at=2_000_000, rate=0)
    await fair.do("issue", size=1, queues=["b"])
    await fair.do("split", party=1, persons=1, tickets=[2])
    after = (await fair.board()).tickets[2]
    assert (after.place, after.reserved, after.issued_at) == (before.place, SLOT, before.issued_at)
    assert cards.reserved() == [("b", SLOT, 2)]
    assert [t.id for t in (await fair.board()).waiting("b")] == [2, 3]


async def test_both_parties_have_the_one_card(fair: Fair, cards: Cards) -> None:
    card = await cards.enter(adults=2)
    await fair.do("issue", card=card, queues=["a", "b"])
    await fair.do("split", party=1, persons=1, tickets=[2])
    assert (cards.holder(1), cards.holder(2)) == (card, card)


async def test_without_a_card_neither_has_one(fair: Fair, cards: Cards) -> None:
    await four_in_two_queues(fair)
    await fair.do("split", party=1, persons=1, tickets=[2])
    assert (cards.holder(1), cards.holder(2)) == (None, None)


async def test_where_each_queue_has_its_series_tickets_keep_their_numbers(store: Store, journal: Journal) -> None:
    await store.found(SLUG, rules(series="queue"))
    fair = Fair(store, journal)
    await four_in_two_queues(fair)
    await fair.do("split", party=1, persons=1, tickets=[2])
    called = await fair.do("call", booth=3, number="B1")
    assert (ticket(called).party, ticket(called).number) == (2, "B1")


async def test_who_is_at_a_booth_or_done_there_stays(fair: Fair) -> None:
    await four_in_two_queues(fair)
    await fair.do("call-next", booth=1)
    assert (await fair.refused("split", party=1, persons=1, tickets=[1])).code == "wrong_state"
    await fair.do("start", booth=1)
    assert (await fair.refused("split", party=1, persons=1, tickets=[2, 1])).code == "wrong_state"
    await fair.do("finish", booth=1)
    assert (await fair.refused("split", party=1, persons=1, tickets=[1])).code == "wrong_state"


@pytest.mark.parametrize("leave", ["hold", "absent"])
async def test_who_is_away_may_be_split_off(fair: Fair, leave: str) -> None:
    await four_in_two_queues(fair)
    await fair.do("call-next", booth=3)
    await fair.do("hold", ticket=2) if leave == "hold" else await fair.do("absent", booth=3)
    await fair.do("split", party=1, persons=1, tickets=[2])
    board = await fair.board()
    assert (board.tickets[2].party, board.tickets[2].state) == (2, State.HELD if leave == "hold" else State.ABSENT)


@pytest.mark.parametrize(("persons", "children"), [(4, 2), (5, 0), (3, 3), (3, 0)])
async def test_no_more_leave_than_there_are(fair: Fair, persons: int, children: int) -> None:
    await four_in_two_queues(fair)
    refusal = await fair.refused("split", party=1, persons=persons, children=children, tickets=[2])
    assert (refusal.code, refusal.detail) == ("split_too_many", {"number": "1", "size": 4, "children": 2})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"children": 2}, "children are some of the persons"),
        ({"tickets": [2, 2]}, "each ticket once"),
        ({"tickets": []}, "at least 1 item"),
    ],
)
def test_what_is_no_split(said: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        command("split", **{"party": 1, "persons": 1, "tickets": [2], **said})


async def test_split_refuses_what_is_not_there(store: Store, journal: Journal) -> None:
    await store.found(SLUG, rules(parties_max=2))
    fair = Fair(store, journal)
    await four_in_two_queues(fair)
    await fair.do("issue", size=2, queues=["c"])
    assert (await fair.refused("split", party=9, persons=1, tickets=[1])).code == "unknown_party"
    assert (await fair.refused("split", party=1, persons=1, tickets=[9])).code == "unknown_ticket"
    assert (await fair.refused("split", party=1, persons=1, tickets=[3])).code == "unknown_ticket"
    assert (await fair.refused("split", party=1, persons=1, tickets=[2])).code == "fair_full"


async def test_a_split_is_not_taken_back_and_stands_in_the_way_of_what_was_before(fair: Fair) -> None:
    await four_in_two_queues(fair)
    held = await fair.do("hold", ticket=2)
    split = await fair.do("split", party=1, persons=1, tickets=[2])
    assert (await fair.refused("undo", offset=split.offset)).code == "undo_too_late"
    assert (await fair.refused("undo", offset=held.offset)).code == "undo_overtaken"


async def test_a_party_of_three_can_split_twice(fair: Fair) -> None:
    await fair.do("issue", size=3, queues=["a", "b", "c"])
    await fair.do("split", party=1, persons=2, tickets=[2, 3])
    await fair.do("split", party=2, persons=1, tickets=[3])
    parties = (await fair.board()).parties
    assert [(p.size, p.origin, p.tickets) for p in parties.values()] == [(1, None, (1,)), (1, 1, (2,)), (1, 2, (3,))]


async def test_a_party_all_of_whose_tickets_go_is_still_there(fair: Fair) -> None:
    await fair.do("issue", size=2, queues=["a"])
    await fair.do("split", party=1, persons=1, tickets=[1])
    assert (await party_of(fair, 1)).tickets == ()
    assert ticket(await fair.do("issue", party=1, queues=["a"])).number == "1"


async def test_persons_leave_the_hall_and_come_back(fair: Fair) -> None:
    await fair.do("issue", size=3, queues=["a"])
    assert (await fair.do("exit", party=1, persons=2)).kind == "exited"
    refusal = await fair.refused("exit", party=1, persons=2)
    assert (refusal.code, refusal.detail) == ("not_inside", {"number": "1", "inside": 1})
    assert (await fair.do("reenter", party=1, persons=1)).kind == "reentered"
    refusal = await fair.refused("reenter", party=1, persons=2)
    assert (refusal.code, refusal.detail) == ("all_inside", {"number": "1", "size": 3, "inside": 2})
    assert (await party_of(fair, 1)).inside == 2
    assert (await fair.refused("exit", party=9, persons=1)).code == "unknown_party"


async def test_an_exit_can_be_taken_back(fair: Fair) -> None:
    await fair.do("issue", size=3, queues=["a"])
    event = await fair.do("exit", party=1, persons=2)
    await fair.do("undo", offset=event.offset)
    assert (await party_of(fair, 1)).inside == 3


async def test_those_outside_are_the_last_to_be_split_off_as_outside(fair: Fair) -> None:
    await four_in_two_queues(fair)
    await fair.do("exit", party=1, persons=1)
    await fair.do("split", party=1, persons=2, tickets=[2])
    assert ((await party_of(fair, 1)).inside, (await party_of(fair, 2)).inside) == (1, 2)
