"""Counts: each person once, whatever splits; both units; and nobody who never came."""

from dataclasses import replace
from typing import Any

from running import RunningServer
from yobidashi.live.board import Board
from yobidashi.live.counts import HALF_HOUR_MS, Arrivals, Count, Counts, counts_of
from yobidashi.queue.rows import Party, Queue, Ticket
from yobidashi.queue.tickets import State

AT = 1_771_032_600_000  # 2026-02-14 10:30 in Tokyo
MINUTE = 60_000


def party(id_: int, size: int, **changes: Any) -> Party:
    """A party that came at 10:30, all of it inside; tickets are filled in by `board`."""
    values: dict[str, Any] = {"issued_at": AT, "tickets": (), "inside": size, "rev": 1} | changes
    return Party(id=id_, number=str(id_), size=size, **values)


def talk(party_id: int, queue: str, began: int | None, state: State = State.FINISHED, **changes: Any) -> Ticket:
    """A ticket whose talk began so many minutes after 10:30; its id follows from party and queue."""
    id_ = changes.pop("id", party_id * 10 + "ab".index(queue))
    started = None if began is None else AT + began * MINUTE
    values: dict[str, Any] = {"place": AT, "issued_at": AT, "started_at": started, "rev": 1} | changes
    return Ticket(id=id_, party=party_id, number="1", queue=queue, state=state, **values)


def board(*rows: Party | Ticket) -> Board:
    tickets = {row.id: row for row in rows if isinstance(row, Ticket)}
    parties = {
        row.id: replace(row, tickets=tuple(t.id for t in tickets.values() if t.party == row.id))
        for row in rows
        if isinstance(row, Party)
    }
    queues = {id_: Queue(id=id_, issuing=True, rev=1) for id_ in ("b", "a")}
    return Board(1, 1, parties, tickets, queues)


def visited(counts: Counts) -> tuple[int, int]:
    return counts.visited.parties, counts.visited.persons


def in_queue(counts: Counts, queue: str) -> tuple[int, int, int]:
    (found,) = (q for q in counts.queues if q.id == queue)
    return found.visited.parties, found.visited.persons, found.consultations


def test_an_empty_fair_has_come_to_nothing() -> None:
    nobody = Count(0, 0, 0, 0)
    counts = counts_of(board())
    assert (counts.came, counts.visited, counts.inside, counts.consultations, counts.arrivals) == (
        nobody,
        nobody,
        0,
        0,
        (),
    )
    assert [queue.id for queue in counts.queues] == ["a", "b"]


def test_a_party_has_visited_from_the_moment_a_talk_begins() -> None:
    counts = counts_of(
        board(
            party(1, 3, children=1),
            talk(1, "a", 5),
            talk(1, "b", 40, State.SERVING),
            party(2, 2),
            talk(2, "a", None, State.CALLED),
            party(3, 1),
            talk(3, "a", None, State.ABSENT),
        )
    )
    assert counts.visited == Count(1, 3, 2, 1)
    assert counts.came == Count(3, 6, 5, 1)
    assert counts.consultations == 1
    assert (in_queue(counts, "a"), in_queue(counts, "b")) == ((1, 3, 1), (1, 3, 0))


def test_two_talks_in_one_queue_are_two_consultations_of_one_visitor() -> None:
    counts = counts_of(board(party(1, 2), talk(1, "a", 5), talk(1, "a", 60, id=19)))
    assert in_queue(counts, "a") == (1, 2, 2)


def test_who_had_visited_before_the_split_counts_once_and_in_whole() -> None:
    before = counts_of(board(party(1, 4), talk(1, "a", 5)))
    split = AT + 30 * MINUTE
    after = counts_of(board(party(1, 3), talk(1, "a", 5), party(2, 1, origin=1, issued_at=split)))
    assert visited(before) == visited(after) == (1, 4)
    assert in_queue(before, "a") == in_queue(after, "a") == (1, 4, 1)


def test_both_halves_go_on_and_no_person_counts_twice() -> None:
    split = AT + 30 * MINUTE
    counts = counts_of(
        board(
            party(1, 3),
            talk(1, "a", 5),
            party(2, 1, origin=1, issued_at=split),
            talk(2, "b", 40),
            talk(2, "a", 60),
        )
    )
    assert visited(counts) == (1, 4)
    assert (in_queue(counts, "a"), in_queue(counts, "b")) == ((1, 4, 2), (1, 1, 1))


def test_a_visit_of_the_origin_after_the_split_is_not_one_of_those_who_left() -> None:
    split = AT + 30 * MINUTE
    counts = counts_of(board(party(1, 3), talk(1, "a", 31), party(2, 1, origin=1, issued_at=split)))
    assert visited(counts) == (1, 3)
    counts = counts_of(board(party(1, 3), talk(1, "a", 31), party(2, 1, origin=1, issued_at=split), talk(2, "b", 35)))
    assert visited(counts) == (2, 4)


def test_a_talk_that_goes_on_while_the_party_splits_was_begun_by_all() -> None:
    split = AT + 30 * MINUTE
    counts = counts_of(board(party(1, 1), talk(1, "a", 30, State.SERVING), party(2, 2, origin=1, issued_at=split)))
    assert visited(counts) == (1, 3)


def test_a_split_of_a_split_asks_back_to_the_first() -> None:
    first, second = AT + 10 * MINUTE, AT + 20 * MINUTE
    rows = (party(1, 1), party(2, 1, origin=1, issued_at=first), party(3, 1, origin=2, issued_at=second))
    assert visited(counts_of(board(*rows, talk(1, "a", 5)))) == (1, 3)
    assert visited(counts_of(board(*rows, talk(1, "a", 15)))) == (1, 1)  # after 2 had left: neither 2 nor 3
    assert visited(counts_of(board(*rows, talk(2, "a", 15)))) == (1, 2)
    assert visited(counts_of(board(*rows, talk(1, "a", 5), talk(3, "b", 25)))) == (1, 3)


def test_who_is_in_the_hall() -> None:
    counts = counts_of(board(party(1, 4, inside=1), party(2, 2), party(3, 1, inside=0)))
    assert counts.inside == 3


def test_arrivals_by_half_hours_with_the_split_off_where_they_came() -> None:
    later = AT + HALF_HOUR_MS
    counts = counts_of(
        board(
            party(1, 2),
            party(2, 3, issued_at=later - 1),
            party(3, 1, issued_at=later),
            party(4, 2, origin=1, issued_at=later + 1),
            party(5, 1, origin=4, issued_at=later + 9),
        )
    )
    assert counts.arrivals == (Arrivals(AT, 2, 8), Arrivals(later, 1, 1))
    assert (counts.came.parties, counts.came.persons) == (3, 9)


def test_a_number_issued_by_mistake_came_nowhere() -> None:
    counts = counts_of(
        board(
            party(1, 2),
            talk(1, "a", None, State.CANCELLED, reason="undone"),
            talk(1, "b", None, State.CANCELLED, reason="mistake"),
            party(2, 3),
            talk(2, "a", None, State.CANCELLED, reason="left"),
            party(3, 1),
            talk(3, "a", None, State.CANCELLED, reason="undone"),
            talk(3, "b", None, State.WAITING),
        )
    )
    assert (counts.came.parties, counts.came.persons, counts.inside) == (2, 4, 4)


async def test_the_server_counts_what_its_board_shows(server: RunningServer) -> None:
    issued = await server.command("issue", size=3, children=1, queues=["sapporo", "otaru"])
    await server.command("call-next", booth=1)
    await server.command("start", booth=1)
    ticket = issued["tickets"][1]["id"]
    await server.command("split", party=1, persons=1, children=1, tickets=[ticket])
    last = await server.command("exit", party=1, persons=2)
    while (counts := await server.get("/counts"))["offset"] < last["offset"]:
        pass
    assert counts["epoch"] == last["epoch"]
    assert counts["came"] == counts["visited"] == {"parties": 1, "persons": 3, "adults": 2, "children": 1}
    assert counts["inside"] == 1
    assert [(a["parties"], a["persons"]) for a in counts["arrivals"]] == [(1, 3)]
    by_id = {queue["id"]: queue for queue in counts["queues"]}
    assert len(by_id) == 18
    assert (by_id["sapporo"]["visited"]["persons"], by_id["otaru"]["visited"]["persons"]) == (3, 0)


def test_a_party_whose_tickets_all_went_with_those_it_was_split_from_has_come() -> None:
    origin, apart = party(1, 3), party(2, 1, origin=1, issued_at=AT + MINUTE)
    taken_back = talk(1, "a", None, State.CANCELLED, reason="undone")
    counts = counts_of(board(origin, apart, taken_back, talk(2, "b", None, State.WAITING)))
    assert (counts.came.parties, counts.came.persons, counts.inside) == (1, 4, 4)
