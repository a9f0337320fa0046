"""Offers on a real Redis: who may have one, what its answers do, and when it counts no more."""

from typing import Any

import pytest

from queue_rules import SLUG, rules
from small_fair import Cards, Fair, party, ticket
from yobidashi.live.journal import Journal
from yobidashi.queue.events import Event
from yobidashi.queue.keys import OFFERS_MAX
from yobidashi.queue.rows import Offer
from yobidashi.queue.store import Store
from yobidashi.queue.tickets import OfferState, State

AT = 1_000_000_000
MINUTE = 60_000


def offer(event: Event) -> Offer:
    row = event.changes["offers"][0]
    assert isinstance(row, Offer)
    return row


async def waiting_in_a(fair: Fair) -> None:
    """Number 1 waits in queue a since ``AT``, number 2 in queue b since a minute later; now is five minutes later."""
    await fair.do("set-clock", at=AT, rate=0)
    await fair.do("issue", size=2, queues=["a"])
    await fair.do("set-clock", at=AT + MINUTE, rate=0)
    await fair.do("issue", size=1, queues=["b"])
    await fair.do("set-clock", at=AT + 5 * MINUTE, rate=0)


async def test_an_offer_moves_nothing(fair: Fair) -> None:
    await waiting_in_a(fair)
    before = await fair.board()
    event = await fair.do("offer", ticket=1, queue="b", minutes=3)
    assert (event.kind, list(event.changes)) == ("offered", ["offers"])
    made = offer(event)
    assert (made.party, made.ticket, made.queue, made.state) == (1, 1, "b", OfferState.OPEN)
    assert (made.at, made.until, made.answer) == (event.at, event.at + 3 * MINUTE, None)
    board = await fair.board()
    assert (board.parties, board.tickets) == (before.parties, before.tickets)
    assert board.open_offer(1, event.at) == made
    assert board.open_offers(event.at) == [made]
    assert await fair.folded() == board


async def test_offers_are_refused(fair: Fair) -> None:
    await waiting_in_a(fair)
    assert (await fair.refused("offer", ticket=9, queue="b")).code == "unknown_ticket"
    assert (await fair.refused("offer", ticket=1, queue="nowhere")).code == "unknown_queue"
    assert (await fair.refused("offer", ticket=1, queue="a")).code == "already_in_queue"
    await fair.do("stop-issuing", queue="c")
    assert (await fair.refused("offer", ticket=1, queue="c")).code == "issuing_stopped"
    await fair.do("reopen-issuing", queue="c")
    await fair.do("hold", ticket=1)
    assert (await fair.refused("offer", ticket=1, queue="b")).code == "wrong_state"
    await fair.do("restore", ticket=1)
    await fair.do("issue", party=1, queues=["c"])
    assert (await fair.refused("offer", ticket=1, queue="c")).code == "already_in_queue"
    await fair.do("offer", ticket=1, queue="b")
    refusal = await fair.refused("offer", ticket=3, queue="b")
    assert (refusal.code, refusal.detail["number"]) == ("offer_open", "1")
    assert (await fair.refused("accept-offer", offer=2, how="move")).code == "unknown_offer"
    assert (await fair.refused("decline-offer", offer=2, answer="keep")).code == "unknown_offer"


async def test_a_party_that_is_talking_may_have_an_offer_for_where_it_waits(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["a", "b"])
    await fair.do("call-next", booth=1)
    made = offer(await fair.do("offer", ticket=2, queue="c"))
    moved = await fair.do("accept-offer", offer=made.id, how="move")
    assert (ticket(moved).queue, party(moved).active) == ("c", 1)


async def test_moved_a_ticket_keeps_number_and_arrival(fair: Fair) -> None:
    await waiting_in_a(fair)
    await fair.do("offer", ticket=1, queue="b")
    event = await fair.do("accept-offer", offer=1, how="move")
    assert event.kind == "offer_accepted"
    moved = ticket(event)
    assert (moved.id, moved.number, moved.queue, moved.state) == (1, "1", "b", State.WAITING)
    assert (moved.place, moved.issued_at) == (AT, AT)
    assert (offer(event).state, offer(event).answer, offer(event).answered_at) == (
        OfferState.ACCEPTED,
        "move",
        event.at,
    )
    board = await fair.board()
    assert [t.number for t in board.waiting("b")] == ["1", "2"]
    assert board.waiting("a") == []
    assert await fair.folded() == board


async def test_added_a_party_stands_in_both_with_its_arrival(fair: Fair) -> None:
    await waiting_in_a(fair)
    await fair.do("offer", ticket=1, queue="b")
    event = await fair.do("accept-offer", offer=1, how="add")
    added = ticket(event)
    assert (added.id, added.number, added.queue, added.place, added.issued_at) == (3, "1", "b", AT, event.at)
    assert party(event).tickets == (1, 3)
    board = await fair.board()
    assert [t.number for t in board.waiting("b")] == ["1", "2"]
    assert [t.number for t in board.waiting("a")] == ["1"]
    assert ticket(await fair.do("call-next", booth=3)).id == 3
    assert (await fair.refused("call-next", booth=1)).detail["passed_over"] == 1
    assert await fair.folded() == await fair.board()


async def test_added_where_each_queue_has_its_series_the_ticket_has_the_next_number(
    store: Store, journal: Journal
) -> None:
    await store.found(SLUG, rules(series="queue"))
    fair = Fair(store, journal)
    await waiting_in_a(fair)
    await fair.do("offer", ticket=1, queue="b")
    added = ticket(await fair.do("accept-offer", offer=1, how="add"))
    assert (added.number, added.place) == ("B2", AT)
    assert ticket(await fair.do("call", booth=3, number="B2")).id == added.id


async def test_added_a_booked_place_is_taken_and_moved_it_stays_behind(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    slot = AT + 30 * MINUTE
    await fair.do("issue", card=await cards.booked(("a", slot), ("b", slot)), queues=["a"])
    await fair.do("issue", card=await cards.booked(("a", slot)), queues=["a"])
    await fair.do("offer", ticket=1, queue="b")
    assert ticket(await fair.do("accept-offer", offer=1, how="add")).reserved == slot
    await fair.do("offer", ticket=2, queue="b")
    assert ticket(await fair.do("accept-offer", offer=2, how="move")).reserved is None
    assert cards.reserved() == [("a", slot, 1), ("b", slot, 3)]


async def test_declined_everything_stays(fair: Fair) -> None:
    await waiting_in_a(fair)
    for number, answer in enumerate(("not_now", "keep"), 1):
        await fair.do("offer", ticket=1, queue="b")
        before = await fair.board()
        event = await fair.do("decline-offer", offer=number, answer=answer)
        assert (event.kind, offer(event).state, offer(event).answer) == ("offer_declined", OfferState.DECLINED, answer)
        board = await fair.board()
        assert (board.parties, board.tickets) == (before.parties, before.tickets)
        assert board.open_offer(1, event.at) is None
        assert (await fair.refused("accept-offer", offer=number, how="move")).code == "offer_gone"
        assert (await fair.refused("decline-offer", offer=number, answer=answer)).code == "offer_gone"
    assert await fair.folded() == await fair.board()


async def test_an_offer_lapses_without_an_event(fair: Fair) -> None:
    await waiting_in_a(fair)
    made = offer(await fair.do("offer", ticket=1, queue="b", minutes=2))
    await fair.do("set-clock", at=made.until - 1, rate=0)
    assert (await fair.refused("offer", ticket=1, queue="c")).code == "offer_open"
    await fair.do("set-clock", at=made.until, rate=0)
    assert (await fair.board()).open_offer(1, made.until) is None
    assert (await fair.refused("accept-offer", offer=1, how="move")).code == "offer_gone"
    assert (await fair.board()).offers[1].state is OfferState.OPEN
    await fair.do("offer", ticket=1, queue="b")
    await fair.do("accept-offer", offer=2, how="move")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("call-next", {"booth": 1}),
        ("cancel", {"ticket": 1, "reason": "left"}),
        ("hold", {"ticket": 1}),
        ("transfer", {"ticket": 1, "queue": "b"}),
        ("split", {"party": 1, "persons": 1, "tickets": [1]}),
    ],
)
async def test_an_offer_counts_no_more_once_its_party_does_not_wait_with_its_ticket(
    fair: Fair, name: str, arguments: dict[str, Any]
) -> None:
    await waiting_in_a(fair)
    made = offer(await fair.do("offer", ticket=1, queue="b"))
    await fair.do(name, **arguments)
    assert (await fair.board()).open_offers(made.at) == []
    assert (await fair.refused("accept-offer", offer=1, how="move")).code == "offer_gone"
    assert (await fair.refused("decline-offer", offer=1, answer="keep")).code == "offer_gone"


async def test_an_offer_is_accepted_only_where_there_is_room(store: Store, journal: Journal) -> None:
    await store.found(SLUG, rules(queues_per_party=1, tickets_max=2))
    fair = Fair(store, journal)
    await waiting_in_a(fair)
    await fair.do("offer", ticket=1, queue="b")
    assert (await fair.refused("accept-offer", offer=1, how="add")).code == "too_many_queues"
    await fair.do("stop-issuing", queue="b")
    assert (await fair.refused("accept-offer", offer=1, how="move")).code == "issuing_stopped"
    await store.found(SLUG, rules(tickets_max=2))
    await fair.do("reopen-issuing", queue="b")
    assert (await fair.refused("accept-offer", offer=1, how="add")).code == "fair_full"
    await fair.do("accept-offer", offer=1, how="move")


async def test_every_act_on_an_offer_can_be_taken_back(fair: Fair) -> None:
    await waiting_in_a(fair)
    made = await fair.do("offer", ticket=1, queue="b")
    before = await fair.board()
    for name, how in (("accept-offer", {"how": "move"}), ("decline-offer", {"answer": "keep"})):
        event = await fair.do(name, offer=1, **how)
        await fair.do("undo", offset=event.offset)
        board = await fair.board()
        assert board.open_offer(1, made.at) is not None
        assert [t.id for t in board.waiting("a")] == [t.id for t in before.waiting("a")]
    added = await fair.do("accept-offer", offer=1, how="add")
    await fair.do("undo", offset=added.offset)
    board = await fair.board()
    assert (board.tickets[3].state, board.tickets[3].reason) == (State.CANCELLED, "undone")
    assert board.open_offer(1, made.at) is not None
    last = await fair.do("decline-offer", offer=1, answer="keep")
    await fair.do("undo", offset=last.offset)
    fresh = await fair.do("issue", size=1, queues=["a"])
    slip = await fair.do("offer", ticket=ticket(fresh).id, queue="c")
    await fair.do("undo", offset=slip.offset)
    board = await fair.board()
    assert (board.offers[2].state, board.offers[2].answer) == (OfferState.DECLINED, None)
    assert await fair.folded() == board


async def test_an_offer_stands_in_the_way_of_no_undo(fair: Fair) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    issued = await fair.do("issue", size=1, queues=["a"])
    await fair.do("offer", ticket=1, queue="b")
    await fair.do("undo", offset=issued.offset)
    assert (await fair.board()).open_offers(AT) == []


async def test_a_fair_takes_so_many_offers(fair: Fair, cards: Cards) -> None:
    await waiting_in_a(fair)
    cards.redis.hset(cards.keys.meta, "offers", OFFERS_MAX)
    refusal = await fair.refused("offer", ticket=1, queue="b")
    assert (refusal.code, refusal.detail["limit"]) == ("fair_full", OFFERS_MAX)
