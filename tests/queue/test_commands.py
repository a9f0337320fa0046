"""Every command on a real Redis: what it does, what it refuses, and that nothing happens twice."""

import asyncio

import pytest

from queue_rules import SLUG, rules
from small_fair import Fair, booth, party, ticket
from yobidashi.live.journal import Journal
from yobidashi.queue.errors import Refusal
from yobidashi.queue.rows import Ticket
from yobidashi.queue.store import Store
from yobidashi.queue.tickets import BoothState, State


async def test_a_party_gets_one_number_for_all_its_queues(fair: Fair) -> None:
    event = await fair.do("issue", size=3, queues=["a", "b"])
    assert event.kind == "issued"
    assert [(t.number, t.queue, t.state) for t in event.changes["tickets"] if isinstance(t, Ticket)] == [
        ("1", "a", State.WAITING),
        ("1", "b", State.WAITING),
    ]
    assert party(event).size == 3
    later = await fair.do("issue", party=party(event).id, queues=["c"])
    assert ticket(later).number == "1"
    assert party(later).tickets == (1, 2, 3)


async def test_numbers_that_are_skipped_are_not_issued(fair: Fair) -> None:
    numbers = [party(await fair.do("issue", size=1, queues=["a"])).number for _ in range(5)]
    assert numbers == ["1", "2", "3", "5", "6"]


async def test_a_series_for_each_queue_has_its_letter(store: Store, journal: Journal) -> None:
    await store.found(SLUG, rules(series="queue"))
    fair = Fair(store, journal)
    event = await fair.do("issue", size=1, queues=["a", "b"])
    assert [row.number for row in event.changes["tickets"] if isinstance(row, Ticket)] == ["A1", "B1"]
    assert party(event).number == ""
    assert ticket(await fair.do("issue", size=1, queues=["b"])).number == "B2"
    assert ticket(await fair.do("call", booth=3, number="B2")).number == "B2"


async def test_issue_refuses(fair: Fair) -> None:
    assert (await fair.refused("issue", size=1, queues=["nowhere"])).code == "unknown_queue"
    assert (await fair.refused("issue", party=9, queues=["a"])).code == "unknown_party"
    await fair.do("stop-issuing", queue="b")
    assert (await fair.refused("issue", size=1, queues=["a", "b"])).code == "issuing_stopped"
    await fair.do("reopen-issuing", queue="b")
    event = await fair.do("issue", size=1, queues=["a", "b"])
    assert (await fair.refused("issue", party=party(event).id, queues=["b"])).code == "already_in_queue"


async def test_limits_are_refused_and_not_passed(store: Store, journal: Journal) -> None:
    await store.found(SLUG, rules(parties_max=2, tickets_max=3, queues_per_party=2))
    fair = Fair(store, journal)
    assert (await fair.refused("issue", size=1, queues=["a", "b", "c"])).code == "too_many_queues"
    first = await fair.do("issue", size=1, queues=["a", "b"])
    assert (await fair.refused("issue", party=party(first).id, queues=["c"])).code == "too_many_queues"
    assert (await fair.refused("issue", size=1, queues=["a", "b"])).code == "fair_full"
    await fair.do("issue", size=1, queues=["a"])
    assert (await fair.refused("issue", size=1, queues=["a"])).code == "fair_full"


async def test_the_life_of_a_consultation(fair: Fair) -> None:
    await fair.do("issue", size=2, queues=["a"])
    called = await fair.do("call-next", booth=1)
    assert (ticket(called).state, ticket(called).booth, ticket(called).called_offset) == (
        State.CALLED,
        1,
        called.offset,
    )
    assert (party(called).active, booth(called).ticket) == (1, 1)
    recalled = await fair.do("recall", booth=1)
    assert (ticket(recalled).recalls, ticket(recalled).called_offset) == (1, called.offset)
    started = await fair.do("start", booth=1)
    assert ticket(started).started_at == started.at
    finished = await fair.do("finish", booth=1)
    assert (ticket(finished).state, ticket(finished).booth) == (State.FINISHED, 1)
    assert (party(finished).active, booth(finished).ticket) == (None, None)


async def test_finish_and_call_next_is_one_act_and_one_undo(fair: Fair) -> None:
    for _ in range(2):
        await fair.do("issue", size=1, queues=["a"])
    await fair.do("call-next", booth=1)
    assert (await fair.refused("call-next", booth=1, finish=True)).code == "wrong_state"  # not begun: it may be a slip
    await fair.do("start", booth=1)
    assert (await fair.refused("call-next", booth=1)).code == "booth_busy"
    both = await fair.do("call-next", booth=1, finish=True)
    assert [ticket(both, i).state for i in (0, 1)] == [State.CALLED, State.FINISHED]
    undone = await fair.do("undo", offset=both.offset)
    assert undone.undoes == both.offset
    board = await fair.board()
    assert [board.tickets[i].state for i in (1, 2)] == [State.SERVING, State.WAITING]
    assert board.booths[1].ticket == 1


async def test_finish_and_call_next_changes_nothing_when_nobody_can_be_called(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["a"])
    await fair.do("call-next", booth=1)
    await fair.do("start", booth=1)
    assert (await fair.refused("call-next", booth=1, finish=True)).code == "no_one_waiting"
    assert (await fair.refused("call-next", booth=2, finish=True)).code == "booth_free"


async def test_a_party_at_one_booth_is_passed_over_at_another_and_keeps_its_place(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["a", "b"])
    await fair.do("issue", size=1, queues=["b"])
    await fair.do("call-next", booth=1)  # number 1 is at booth 1 now
    assert ticket(await fair.do("call-next", booth=3)).number == "2"
    await fair.do("start", booth=3)
    await fair.do("finish", booth=3)
    refusal = await fair.refused("call-next", booth=3)
    assert (refusal.code, refusal.detail["passed_over"]) == ("no_one_waiting", 1)
    assert (await fair.refused("call", booth=3, number="1")).code == "party_busy"
    await fair.do("start", booth=1)
    await fair.do("finish", booth=1)
    assert ticket(await fair.do("call-next", booth=3)).number == "1"


async def test_more_parties_passed_over_than_one_read_holds(store: Store, journal: Journal) -> None:
    booths = {str(n): {"role": "main", "queue": "a"} for n in range(1, 41)} | {"41": {"role": "main", "queue": "b"}}
    await store.found(SLUG, rules(booths=booths))
    fair = Fair(store, journal)
    for _ in range(40):
        await fair.do("issue", size=1, queues=["a", "b"])
    free = await fair.do("issue", size=1, queues=["b"])
    for number in range(1, 41):
        await fair.do("call-next", booth=number)
    assert ticket(await fair.do("call-next", booth=41)).id == ticket(free).id


async def test_a_chosen_number(fair: Fair) -> None:
    for queue in ("a", "a", "b"):
        await fair.do("issue", size=1, queues=[queue])
    assert ticket(await fair.do("call", booth=1, number="2")).number == "2"
    assert (await fair.refused("call", booth=2, number="99")).code == "unknown_number"
    assert (await fair.refused("call", booth=2, number="3")).code == "not_in_queue"
    assert (await fair.refused("call", booth=2, number="2")).code == "wrong_state"
    await fair.do("absent", booth=1)
    assert ticket(await fair.do("call", booth=2, number="2")).state is State.CALLED  # absent, and came back


async def test_absent_keeps_the_place_and_returns_to_the_head(fair: Fair) -> None:
    for _ in range(3):
        await fair.do("issue", size=1, queues=["a"])
    await fair.do("call", booth=1, number="2")
    absent = await fair.do("absent", booth=1)
    assert (ticket(absent).state, ticket(absent).away_at, booth(absent).ticket) == (State.ABSENT, absent.at, None)
    assert [t.number for t in (await fair.board()).waiting("a")] == ["1", "3"]
    restored = await fair.do("restore", ticket=2)
    assert (ticket(restored).called_at, ticket(restored).away_at, ticket(restored).booth) == (None, None, None)
    assert [t.number for t in (await fair.board()).waiting("a")] == ["2", "1", "3"]


async def test_hold_keeps_the_place_it_had(fair: Fair) -> None:
    for _ in range(3):
        await fair.do("issue", size=1, queues=["a"])
    await fair.do("hold", ticket=2)
    assert ticket(await fair.do("call-next", booth=1)).number == "1"
    await fair.do("hold", ticket=1)  # called, and asks for a minute
    assert (await fair.board()).booths[1].ticket is None
    await fair.do("restore", ticket=2)
    await fair.do("restore", ticket=1)
    assert [t.number for t in (await fair.board()).waiting("a")] == ["1", "2", "3"]
    assert (await fair.refused("restore", ticket=1)).code == "wrong_state"


async def test_transfer_keeps_number_and_arrival(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["a"])
    await fair.do("issue", size=1, queues=["b"])
    await fair.do("call-next", booth=1)
    moved = await fair.do("transfer", ticket=1, queue="b")
    assert (ticket(moved).queue, ticket(moved).number, ticket(moved).state) == ("b", "1", State.WAITING)
    assert booth(moved).ticket is None
    assert [t.number for t in (await fair.board()).waiting("b")] == ["1", "2"]
    assert (await fair.refused("transfer", ticket=1, queue="b")).code == "already_in_queue"
    await fair.do("stop-issuing", queue="c")
    assert (await fair.refused("transfer", ticket=1, queue="c")).code == "issuing_stopped"
    assert (await fair.refused("transfer", ticket=9, queue="a")).code == "unknown_ticket"


async def test_cancel_and_its_way_back(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["a"])
    cancelled = await fair.do("cancel", ticket=1, reason="left")
    assert (ticket(cancelled).state, ticket(cancelled).reason) == (State.CANCELLED, "left")
    assert (await fair.refused("call-next", booth=1)).code == "no_one_waiting"
    await fair.do("restore", ticket=1)
    assert ticket(await fair.do("call-next", booth=1)).number == "1"
    await fair.do("start", booth=1)
    assert (await fair.refused("cancel", ticket=1, reason="left")).code == "wrong_state"


async def test_a_cancelled_ticket_does_not_come_back_beside_a_new_one(fair: Fair) -> None:
    event = await fair.do("issue", size=1, queues=["a"])
    await fair.do("cancel", ticket=1, reason="mistake")
    await fair.do("issue", party=party(event).id, queues=["a"])
    assert (await fair.refused("restore", ticket=1)).code == "already_in_queue"


async def test_undo_of_issue_cancels_and_never_frees_the_number(fair: Fair) -> None:
    event = await fair.do("issue", size=1, queues=["a", "b"])
    undone = await fair.do("undo", offset=event.offset)
    assert {(t.state, t.reason) for t in undone.changes["tickets"] if isinstance(t, Ticket)} == {
        (State.CANCELLED, "undone")
    }
    assert party(await fair.do("issue", size=1, queues=["a"])).number == "2"
    assert [t.number for t in (await fair.board()).waiting("a")] == ["2"]


async def test_undo_refuses(fair: Fair) -> None:
    issued = await fair.do("issue", size=1, queues=["a"])
    called = await fair.do("call-next", booth=1)
    assert (await fair.refused("undo", offset=issued.offset)).code == "undo_overtaken"
    assert (await fair.refused("undo", offset=called.offset + 1)).code == "unknown_event"
    assert (await fair.refused("undo", offset=1)).code == "undo_too_late"  # the founding itself
    await fair.do("undo", offset=called.offset)
    assert (await fair.refused("undo", offset=called.offset)).code == "undo_overtaken"


async def test_undo_ends_after_its_ten_seconds(fair: Fair) -> None:
    await fair.do("set-clock", at=1_000_000, rate=0)
    first = await fair.do("issue", size=1, queues=["a"])
    second = await fair.do("issue", size=1, queues=["a"])
    await fair.do("set-clock", at=1_010_000, rate=0)
    await fair.do("undo", offset=first.offset)
    await fair.do("set-clock", at=1_010_001, rate=0)
    assert (await fair.refused("undo", offset=second.offset)).code == "undo_too_late"


async def test_booths_open_pause_and_close(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["a"])
    assert (await fair.refused("open-booth", booth=1)).code == "booth_unchanged"
    assert booth(await fair.do("pause-booth", booth=1)).state is BoothState.PAUSED
    assert (await fair.refused("call-next", booth=1)).code == "booth_not_open"
    await fair.do("open-booth", booth=1)
    await fair.do("call-next", booth=1)
    assert (await fair.refused("pause-booth", booth=1)).code == "booth_busy"
    assert (await fair.refused("close-booth", booth=1)).code == "booth_busy"
    assert booth(await fair.do("close-booth", booth=2)).state is BoothState.CLOSED
    assert (await fair.refused("close-booth", booth=77)).code == "unknown_booth"


async def test_spares_are_assigned(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["b"])
    assert (await fair.refused("call-next", booth=5)).code == "booth_not_open"
    assert (await fair.refused("assign-booth", booth=1, queue="b")).code == "not_a_spare"
    assert (await fair.refused("assign-booth", booth=5, queue="z")).code == "unknown_queue"
    assert booth(await fair.do("assign-booth", booth=5, queue="b")).queue == "b"
    assert (await fair.refused("assign-booth", booth=5, queue="b")).code == "booth_unchanged"
    await fair.do("call-next", booth=5)
    assert (await fair.refused("assign-booth", booth=5)).code == "booth_busy"
    await fair.do("absent", booth=5)
    assert booth(await fair.do("assign-booth", booth=5)).queue is None


async def test_the_same_command_id_acts_once_and_answers_the_same(fair: Fair) -> None:
    same = {"command_id": "the-same-command-id", "size": 1, "queues": ["a"]}
    events = await asyncio.gather(*(fair.do("issue", **same) for _ in range(20)))
    assert len({event.offset for event in events}) == 1
    assert events[0] == events[-1]
    assert (await fair.board()).offset == 2


async def test_a_refusal_is_remembered_too(fair: Fair) -> None:
    with pytest.raises(Refusal, match="no_one_waiting"):
        await fair.do("call-next", command_id="refused-once-0001", booth=1)
    await fair.do("issue", size=1, queues=["a"])
    with pytest.raises(Refusal, match="no_one_waiting"):
        await fair.do("call-next", command_id="refused-once-0001", booth=1)


async def test_a_command_id_serves_one_command_only(fair: Fair) -> None:
    await fair.do("issue", command_id="used-for-one-thing", size=1, queues=["a"])
    refusal = await fair.refused("issue", command_id="used-for-one-thing", size=2, queues=["a"])
    assert refusal.code == "command_id_reused"
    assert (await fair.refused("call-next", command_id="used-for-one-thing", booth=1)).code == "command_id_reused"


async def test_thirty_booths_in_one_instant_get_thirty_parties(store: Store, journal: Journal) -> None:
    booths = {str(n): {"role": "main", "queue": "abc"[n % 3]} for n in range(1, 31)}
    await store.found(SLUG, rules(booths=booths))
    fair = Fair(store, journal)
    for _ in range(40):
        await fair.do("issue", size=1, queues=["a", "b", "c"])
    events = await asyncio.gather(*(fair.do("call-next", booth=n) for n in range(1, 31)))
    assert len({ticket(event).party for event in events}) == 30
    assert len({booth(event).id for event in events}) == 30
    assert await fair.folded() == await fair.board()
