"""Reserved places: who goes before whom from the slot on, and what becomes of a place that is left (FAIR, rules of the floor)."""

from small_fair import Cards, Fair, ticket
from yobidashi.queue.rows import Queue
from yobidashi.queue.tickets import State

AT = 1_000_000_000
GRACE = 600_000
SLOT = AT + 3_600_000


async def called(fair: Fair, booth: int = 1) -> int:
    """Call the next, end the talk, and give the ticket."""
    event = await fair.do("call-next", booth=booth)
    await fair.do("start", booth=booth)
    await fair.do("finish", booth=booth)
    return ticket(event).id


async def line_of(fair: Fair, cards: Cards, who: str) -> None:
    """Make a line in queue a: w walks in, r has reserved `SLOT`, all at `AT`; ids are positions from 1 on."""
    await fair.do("set-clock", at=AT, rate=0)
    for letter in who:
        if letter == "r":
            await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"])
        else:
            await fair.do("issue", size=1, queues=["a"])


async def test_before_its_slot_a_reserved_place_stands_in_line_like_any_other(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wrw")
    await fair.do("set-clock", at=SLOT - 1, rate=0)
    assert [await called(fair) for _ in range(3)] == [1, 2, 3]


async def test_from_its_slot_on_it_goes_first(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wrw")
    await fair.do("set-clock", at=SLOT, rate=0)
    assert [await called(fair) for _ in range(3)] == [2, 1, 3]


async def test_at_most_two_in_a_row_while_walk_ins_wait(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wwrrrrr")
    await fair.do("set-clock", at=SLOT, rate=0)
    assert [await called(fair) for _ in range(7)] == [3, 4, 1, 5, 6, 2, 7]


async def test_without_walk_ins_there_is_no_row_to_count(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "rrr")
    await fair.do("set-clock", at=SLOT, rate=0)
    event = await fair.do("call-next", booth=1)
    assert "queues" not in event.changes
    for _ in range(2):
        await fair.do("issue", size=1, queues=["a"])
    assert [await called(fair, 2) for _ in range(4)] == [2, 3, 4, 5]


async def test_the_count_is_on_the_board(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wrr")
    await fair.do("set-clock", at=SLOT, rate=0)
    runs = []
    for _ in range(3):
        event = await fair.do("call-next", booth=1)
        await fair.do("start", booth=1)
        await fair.do("finish", booth=1)
        runs.append([row.reserved_run for row in event.changes.get("queues", ()) if isinstance(row, Queue)])
    assert runs == [[1], [2], [0]]
    assert await fair.folded() == await fair.board()


async def test_a_walk_in_at_another_booth_is_nobody_to_wait_for(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    await fair.do("issue", size=1, queues=["a", "b"])
    for _ in range(3):
        await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"])
    await fair.do("call-next", booth=3)  # number 1 is at booth 3 now
    await fair.do("set-clock", at=SLOT, rate=0)
    assert [await called(fair) for _ in range(3)] == [3, 4, 5]
    refusal = await fair.refused("call-next", booth=1)
    assert (refusal.code, refusal.detail["passed_over"]) == ("no_one_waiting", 1)


async def test_a_reserved_party_at_another_booth_is_passed_over_too(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a", "b"])
    await fair.do("issue", card=await cards.booked(("a", SLOT)), queues=["a"])
    await fair.do("call-next", booth=3)
    await fair.do("set-clock", at=SLOT, rate=0)
    assert await called(fair) == 3
    await fair.do("start", booth=3)
    await fair.do("finish", booth=3)
    assert await called(fair) == 1


async def test_earlier_slots_go_first_then_places(fair: Fair, cards: Cards) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    for slot in (SLOT + 1_800_000, SLOT, SLOT):
        await fair.do("issue", card=await cards.booked(("a", slot)), queues=["a"])
    await fair.do("set-clock", at=SLOT + 1_800_000, rate=0)
    assert [await called(fair) for _ in range(3)] == [2, 3, 1]


async def test_more_reserved_places_than_one_read_holds(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "r" * 40)
    await fair.do("set-clock", at=AT + 1, rate=0)
    await fair.do("issue", size=1, queues=["a"])
    await fair.do("set-clock", at=SLOT, rate=0)
    assert [await called(fair) for _ in range(4)] == [1, 2, 41, 3]


async def test_who_waits_is_among_the_reserved_and_nobody_else(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "rr")
    both = [("a", SLOT, 1), ("a", SLOT, 2)]
    assert cards.reserved() == both
    await fair.do("hold", ticket=2)
    assert cards.reserved() == both[:1]
    assert ticket(await fair.do("restore", ticket=2)).reserved == SLOT
    event = await fair.do("call-next", booth=1)
    assert (ticket(event).id, ticket(event).reserved, cards.reserved()) == (1, SLOT, both[1:])
    await fair.do("undo", offset=event.offset)
    assert cards.reserved() == both
    await fair.do("cancel", ticket=1, reason="left")
    assert cards.reserved() == both[1:]
    await fair.do("restore", ticket=1)
    assert cards.reserved() == both


async def test_transfer_leaves_the_reserved_place_behind(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "r")
    moved = await fair.do("transfer", ticket=1, queue="b")
    assert (ticket(moved).reserved, cards.reserved()) == (None, [])
    await fair.do("undo", offset=moved.offset)
    assert cards.reserved() == [("a", SLOT, 1)]


async def test_who_was_absent_and_reports_within_the_grace_keeps_its_place(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wrr")
    await fair.do("set-clock", at=SLOT, rate=0)
    assert ticket(await fair.do("call-next", booth=1)).id == 2
    await fair.do("absent", booth=1)
    await fair.do("set-clock", at=SLOT + GRACE, rate=0)
    restored = await fair.do("restore", ticket=2)
    assert (ticket(restored).reserved, ticket(restored).state) == (SLOT, State.WAITING)
    assert [t.id for t in (await fair.board()).line("a", SLOT + GRACE, 9)] == [2, 3, 1]


async def test_who_was_absent_and_reports_later_is_at_the_head_of_the_walk_ins(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wrr")
    await fair.do("set-clock", at=SLOT, rate=0)
    await fair.do("call-next", booth=1)
    await fair.do("absent", booth=1)
    await fair.do("set-clock", at=SLOT + GRACE + 1, rate=0)
    assert ticket(await fair.do("restore", ticket=2)).reserved is None
    assert [t.id for t in (await fair.board()).line("a", SLOT + GRACE + 1, 9)] == [3, 2, 1]
    assert cards.reserved() == [("a", SLOT, 3)]


async def test_called_before_its_slot_and_absent_it_comes_back_to_the_head(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "rw")
    await fair.do("call-next", booth=1)
    await fair.do("absent", booth=1)
    await fair.do("call-next", booth=2)  # number 2; and then two more come
    for _ in range(2):
        await fair.do("issue", size=1, queues=["a"])
    assert ticket(await fair.do("restore", ticket=1)).reserved == SLOT
    assert [t.id for t in (await fair.board()).line("a", AT, 2)] == [1, 3, 4]


async def test_undo_of_a_call_gives_the_count_back(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wr")
    await fair.do("set-clock", at=SLOT, rate=0)
    event = await fair.do("call-next", booth=1)
    await fair.do("undo", offset=event.offset)
    assert (await fair.board()).queues["a"].reserved_run == 0
    assert await called(fair) == 2


async def test_a_call_can_be_taken_back_although_the_count_has_gone_on(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wrr")
    await fair.do("set-clock", at=SLOT, rate=0)
    first = await fair.do("call-next", booth=1)
    await fair.do("call-next", booth=2)
    await fair.do("undo", offset=first.offset)
    board = await fair.board()
    assert (board.queues["a"].reserved_run, board.tickets[2].state) == (2, State.WAITING)
    assert await fair.folded() == board


async def test_a_call_taken_back_does_not_reopen_what_was_stopped_since(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wr")
    await fair.do("set-clock", at=SLOT, rate=0)
    event = await fair.do("call-next", booth=1)
    stopped = await fair.do("stop-issuing", queue="a")
    await fair.do("undo", offset=event.offset)
    assert (await fair.board()).queues["a"].issuing is False
    await fair.do("undo", offset=stopped.offset)
    queue = (await fair.board()).queues["a"]
    assert (queue.issuing, queue.reserved_run) == (True, 1)


async def test_a_stop_that_was_ended_otherwise_is_not_taken_back(fair: Fair) -> None:
    stopped = await fair.do("stop-issuing", queue="a")
    await fair.do("reopen-issuing", queue="a")
    assert (await fair.refused("undo", offset=stopped.offset)).code == "undo_overtaken"


async def test_a_chosen_call_does_not_count(fair: Fair, cards: Cards) -> None:
    await line_of(fair, cards, "wr")
    await fair.do("set-clock", at=SLOT, rate=0)
    assert "queues" not in (await fair.do("call", booth=1, number="2")).changes
