"""The end of the day: whoever still waits is called no more, no line stands stranded, and every count stays right."""

import pytest

from queue_rules import SLUG, rules
from small_fair import Fair
from yobidashi.live.counts import counts_of
from yobidashi.live.journal import Journal
from yobidashi.queue.store import Store
from yobidashi.queue.tickets import State

MORNING, CLOSES = 1_000_000, 9_000_000


@pytest.fixture
async def fair(store: Store, journal: Journal) -> Fair:
    await store.found(SLUG, rules(closes_ms=CLOSES))
    fair = Fair(store, journal)
    await fair.do("set-clock", at=MORNING, rate=0)
    return fair


async def somebody_everywhere(fair: Fair) -> None:
    """Party 1 talked and waits elsewhere, 2 talks, 3 is called, 4 held, 5 absent, 6 waits in two queues, 7 has gone."""
    await fair.do("issue", size=2, queues=["a", "c"])
    await fair.do("call-next", booth=1)
    await fair.do("start", booth=1)
    await fair.do("finish", booth=1)
    for _ in range(2):
        await fair.do("issue", size=1, queues=["a"])
    await fair.do("call-next", booth=1)
    await fair.do("start", booth=1)
    await fair.do("call-next", booth=2)
    held = await fair.do("issue", size=1, queues=["b"])
    await fair.do("hold", ticket=held.changes["tickets"][0].id)
    await fair.do("issue", size=1, queues=["b"])
    await fair.do("call-next", booth=3)
    await fair.do("absent", booth=3)
    await fair.do("issue", size=3, queues=["a", "b"])
    gone = await fair.do("issue", size=1, queues=["c"])
    await fair.do("cancel", ticket=gone.changes["tickets"][0].id, reason="left")


async def test_it_waits_for_the_closing_or_until_nothing_is_issued(fair: Fair) -> None:
    await somebody_everywhere(fair)
    refusal = await fair.refused("close-day")
    assert (refusal.code, refusal.detail) == ("day_not_over", {"queues": 3})
    for queue in "abc":
        await fair.do("stop-issuing", queue=queue)
    assert (await fair.do("close-day")).kind == "day_closed"  # it closes early


async def test_no_line_stands_stranded(fair: Fair) -> None:
    await somebody_everywhere(fair)
    before = counts_of(await fair.board())
    await fair.do("set-clock", at=CLOSES, rate=0)
    closed = await fair.do("close-day")
    board = await fair.board()
    assert await fair.folded() == board
    assert {t.state for t in board.tickets.values()} == {State.FINISHED, State.SERVING, State.CANCELLED}
    ended = {(t.party, t.queue) for t in board.tickets.values() if t.reason == "closed"}
    assert ended == {(1, "c"), (3, "a"), (4, "b"), (5, "b"), (6, "a"), (6, "b")}
    assert all(t.ended_at == CLOSES for t in board.tickets.values() if t.reason == "closed")
    assert not any(queue.issuing for queue in board.queues.values())
    assert (board.booths[2].ticket, board.parties[3].active) == (None, None)  # who was called and had not come
    assert board.booths[1].ticket is not None  # who talks may end the talk
    after = counts_of(board)
    assert (after.consultations, after.visited, after.came, after.inside) == (
        before.consultations,
        before.visited,
        before.came,
        before.inside,
    )
    assert len(closed.changes["tickets"]) == 6
    await fair.do("finish", booth=1)
    assert counts_of(await fair.board()).consultations == before.consultations + 1


async def test_it_is_done_once(fair: Fair) -> None:
    await somebody_everywhere(fair)
    await fair.do("set-clock", at=CLOSES, rate=0)
    await fair.do("close-day")
    assert (await fair.refused("close-day")).code == "day_closed"
    assert (await fair.refused("issue", size=1, queues=["a"])).code == "issuing_stopped"


async def test_it_can_be_taken_back(fair: Fair) -> None:
    await somebody_everywhere(fair)
    await fair.do("stop-issuing", queue="c")
    await fair.do("set-clock", at=CLOSES, rate=0)
    before = await fair.board()
    closed = await fair.do("close-day")
    await fair.do("undo", offset=closed.offset)
    board = await fair.board()
    assert await fair.folded() == board
    assert {t.id: t.state for t in board.tickets.values()} == {t.id: t.state for t in before.tickets.values()}
    assert {q.id: q.issuing for q in board.queues.values()} == {"a": True, "b": True, "c": False}
    assert board.booths[2].ticket == before.booths[2].ticket
    await fair.do("call-next", booth=4)


async def test_one_of_them_can_be_served_after_all(fair: Fair) -> None:
    await somebody_everywhere(fair)
    await fair.do("set-clock", at=CLOSES, rate=0)
    await fair.do("close-day")
    waited = next(t for t in (await fair.board()).tickets.values() if t.reason == "closed" and t.queue == "c")
    await fair.do("restore", ticket=waited.id)
    assert (await fair.do("call-next", booth=4)).kind == "called"
