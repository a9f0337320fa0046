"""What the floor manager puts right later, and visits without a ticket: on a real Redis, and as they are counted."""

from typing import Any

import pytest
from pydantic import ValidationError

from queue_rules import SLUG, command, rules
from small_fair import Cards, Fair, booth, party, ticket
from yobidashi.live.counts import Count, counts_of
from yobidashi.live.journal import Journal
from yobidashi.queue.store import Store
from yobidashi.queue.tickets import State

AT = 1_000_000_000
MINUTE = 60_000


async def test_a_talk_that_was_ended_by_mistake_waits_again_at_its_old_place(fair: Fair) -> None:
    for _ in range(3):
        await fair.do("issue", size=1, queues=["a"])
    for name in ("call-next", "start", "finish"):
        await fair.do(name, booth=1)
    event = await fair.do("correct-ticket", ticket=1, state="waiting", reason="wrong_button")
    assert (event.kind, ticket(event).state, ticket(event).corrected) == ("corrected", State.WAITING, "wrong_button")
    assert (ticket(event).called_at, ticket(event).started_at, ticket(event).ended_at) == (None, None, None)
    assert "booths" not in event.changes
    assert [t.id for t in (await fair.board()).waiting("a")] == [1, 2, 3]
    assert counts_of(await fair.board()).consultations == 0
    again = await fair.do("call-next", booth=1)
    assert (ticket(again).id, ticket(again).corrected) == (1, "wrong_button")
    assert await fair.folded() == await fair.board()


@pytest.mark.parametrize("state", ["waiting", "finished", "cancelled"])
@pytest.mark.parametrize("started", [False, True])
async def test_who_is_at_a_booth_leaves_it(fair: Fair, state: str, started: bool) -> None:
    await fair.do("issue", size=1, queues=["a", "b"])
    await fair.do("call-next", booth=1)
    if started:
        await fair.do("start", booth=1)
    event = await fair.do("correct-ticket", ticket=1, state=state, reason="forgotten")
    assert (booth(event).id, booth(event).ticket, party(event).active) == (1, None, None)
    assert ticket(event).state == state
    assert ticket(await fair.do("call-next", booth=3)).party == 1
    assert await fair.folded() == await fair.board()


async def test_a_talk_that_nobody_timed_is_counted_and_has_no_length(fair: Fair) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    await fair.do("issue", size=2, queues=["a"])
    await fair.do("set-clock", at=AT + 9 * MINUTE, rate=0)
    event = await fair.do("correct-ticket", ticket=1, state="finished", reason="forgotten")
    assert (ticket(event).started_at, ticket(event).ended_at) == (event.at, event.at)
    assert ticket(event).talk_ms is None
    counts = counts_of(await fair.board())
    assert (counts.visited, counts.consultations) == (Count(1, 2, 2, 0), 1)


async def test_a_talk_keeps_the_times_it_has(fair: Fair) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    await fair.do("issue", size=1, queues=["a"])
    called = await fair.do("call-next", booth=1)
    await fair.do("set-clock", at=AT + MINUTE, rate=0)
    await fair.do("start", booth=1)
    await fair.do("set-clock", at=AT + 20 * MINUTE, rate=0)
    done = ticket(await fair.do("finish", booth=1))
    assert done.talk_ms == 19 * MINUTE
    await fair.do("correct-ticket", ticket=1, state="cancelled", reason="other")
    back = ticket(await fair.do("correct-ticket", ticket=1, state="finished", reason="other"))
    assert (back.called_at, back.started_at) == (called.at, done.started_at)
    assert (back.reason, back.ended_at) == (None, AT + 20 * MINUTE)


async def test_an_absent_party_that_was_served_after_all_began_with_its_call(fair: Fair) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    await fair.do("issue", size=1, queues=["a"])
    await fair.do("call-next", booth=1)
    await fair.do("set-clock", at=AT + 3 * MINUTE, rate=0)
    await fair.do("absent", booth=1)
    done = ticket(await fair.do("correct-ticket", ticket=1, state="finished", reason="wrong_button"))
    assert (done.started_at, done.ended_at, done.away_at) == (AT, AT + 3 * MINUTE, None)


async def test_corrections_are_refused(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["a"])
    assert (await fair.refused("correct-ticket", ticket=9, state="waiting", reason="other")).code == "unknown_ticket"
    refusal = await fair.refused("correct-ticket", ticket=1, state="waiting", reason="other")
    assert (refusal.code, refusal.detail["number"]) == ("ticket_unchanged", "1")
    await fair.do("cancel", ticket=1, reason="left")
    await fair.do("issue", party=1, queues=["a"])
    assert (await fair.refused("correct-ticket", ticket=1, state="waiting", reason="other")).code == "already_in_queue"
    await fair.do("correct-ticket", ticket=1, state="finished", reason="other")
    assert (await fair.refused("correct-party", party=9, size=1, children=0, reason="other")).code == "unknown_party"


async def test_a_correction_can_be_taken_back(fair: Fair) -> None:
    await fair.do("issue", size=2, queues=["a"])
    await fair.do("call-next", booth=1)
    before = await fair.board()
    for name, arguments in (
        ("correct-ticket", {"ticket": 1, "state": "cancelled"}),
        ("correct-party", {"party": 1, "size": 5, "children": 1}),
    ):
        event = await fair.do(name, reason="other", **arguments)
        await fair.do("undo", offset=event.offset)
        board = await fair.board()
        assert (board.tickets[1].state, board.booths[1].ticket) == (State.CALLED, 1)
        assert (board.parties[1].size, board.parties[1].corrected) == (before.parties[1].size, None)
    assert await fair.folded() == await fair.board()


@pytest.mark.parametrize(
    ("reason", "came"), [("wrong_button", 0), ("counted_wrong", 0), ("forgotten", 1), ("other", 1)]
)
async def test_whether_a_party_whose_only_ticket_is_cancelled_came_says_the_reason(
    fair: Fair, reason: str, came: int
) -> None:
    await fair.do("issue", size=1, queues=["a"])
    await fair.do("correct-ticket", ticket=1, state="cancelled", reason=reason)
    assert counts_of(await fair.board()).came.parties == came


async def test_persons_are_put_right_and_who_is_out_stays_out(fair: Fair) -> None:
    await fair.do("issue", size=4, children=2, queues=["a"])
    await fair.do("exit", party=1, persons=1)
    event = await fair.do("correct-party", party=1, size=3, children=1, reason="counted_wrong")
    row = party(event)
    assert (row.size, row.children, row.inside, row.corrected) == (3, 1, 2, "counted_wrong")
    assert list(event.changes) == ["parties"]


async def test_a_drop_in_counts_as_a_visit_and_is_nowhere_else(fair: Fair, cards: Cards) -> None:
    await fair.do("issue", size=1, queues=["a"])
    await fair.do("call-next", booth=1)
    before = await fair.board()
    event = await fair.do("drop-in", booth=1, size=3, children=1)
    assert (event.kind, list(event.changes)) == ("dropped_in", ["parties", "tickets"])
    assert (party(event).number, party(event).inside, ticket(event).number) == ("", 0, "")
    assert (ticket(event).state, ticket(event).booth, ticket(event).queue) == (State.FINISHED, 1, "a")
    assert ticket(event).talk_ms is None
    board = await fair.board()
    assert board.booths == before.booths
    counts = counts_of(board)
    assert (counts.came, counts.visited, counts.consultations) == (Count(2, 4, 3, 1), Count(1, 3, 2, 1), 1)
    assert counts.inside == 1
    assert {queue.id: queue.consultations for queue in counts.queues} == {"a": 1, "b": 0, "c": 0}
    assert party(await fair.do("issue", size=1, queues=["a"])).number == "2", "no number was used up"
    assert await fair.folded() == await fair.board()


async def test_a_drop_in_is_not_led_like_a_party_with_a_number(store: Store, journal: Journal) -> None:
    for series in ("party", "queue"):
        await store.found(SLUG, rules(series=series))
        fair = Fair(store, journal)
        dropped = await fair.do("drop-in", booth=3, size=2)
        party_id, ticket_id = party(dropped).id, ticket(dropped).id
        for name, arguments in (
            ("issue", {"party": party_id, "queues": ["a"]}),
            ("exit", {"party": party_id, "persons": 1}),
            ("reenter", {"party": party_id, "persons": 1}),
            ("split", {"party": party_id, "persons": 1, "tickets": [ticket_id]}),
        ):
            assert (await fair.refused(name, **arguments)).code == "unknown_party", name
        wrong = {"ticket": ticket_id, "state": "waiting", "reason": "other"}
        assert (await fair.refused("correct-ticket", **wrong)).code == "wrong_state"
        await fair.do("undo", offset=dropped.offset)
        assert (await fair.refused("restore", ticket=ticket_id)).code == "wrong_state"
        assert counts_of(await fair.board()).came.parties == 0


async def test_a_drop_in_is_put_right_like_any_visit(fair: Fair) -> None:
    dropped = await fair.do("drop-in", booth=1, size=2)
    more = await fair.do("correct-party", party=party(dropped).id, size=4, children=1, reason="counted_wrong")
    assert (party(more).size, party(more).children, party(more).inside) == (4, 1, 0)
    await fair.do("correct-ticket", ticket=ticket(dropped).id, state="cancelled", reason="counted_wrong")
    counts = counts_of(await fair.board())
    assert (counts.came.persons, counts.consultations) == (0, 0)


async def test_drop_ins_are_refused(store: Store, journal: Journal) -> None:
    await store.found(SLUG, rules(parties_max=2, tickets_max=1))
    fair = Fair(store, journal)
    assert (await fair.refused("drop-in", booth=77, size=1)).code == "unknown_booth"
    assert (await fair.refused("drop-in", booth=5, size=1)).code == "booth_not_open"
    await fair.do("close-booth", booth=1)
    await fair.do("drop-in", booth=1, size=1)  # noted down after the booth has closed
    assert (await fair.refused("drop-in", booth=2, size=1)).code == "fair_full"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("correct-ticket", {"ticket": 1, "state": "called", "reason": "other"}),
        ("correct-ticket", {"ticket": 1, "state": "waiting", "reason": "because"}),
        ("correct-party", {"party": 1, "size": 1, "children": 2, "reason": "other"}),
        ("drop-in", {"booth": 1, "size": 1, "children": 2}),
        ("drop-in", {"booth": 1, "size": 0}),
    ],
)
def test_what_cannot_be_is_not_even_asked(name: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        command(name, **arguments)
