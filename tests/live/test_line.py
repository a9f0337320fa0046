"""The order of a line: what the rules say, and the vectors by which the browser's half is held to the same order."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from yobidashi.live.board import Board
from yobidashi.queue.rows import Party, Queue, Ticket
from yobidashi.queue.tickets import State

VECTOR = Path(__file__).parent.parent / "vectors" / "line.json"
NOW = 1_771_034_400_000  # 2026-02-14 11:00 in Tokyo
DUE, LATER = NOW, NOW + 1
IN_A_ROW = 2
RANDOM_LINES = 40


@dataclass
class Case:
    """A line: who stands in it as (id, reserved), places in the order given; `busy` ids are at another booth."""

    name: str
    stands: list[tuple[int, int | None]]
    expect: list[int]
    run: int = 0
    busy: set[int] = field(default_factory=set)
    in_a_row: int = IN_A_ROW

    def board(self) -> Board:
        tickets = [
            Ticket(
                id=id_,
                party=id_,
                number=str(id_),
                queue="sapporo",
                state=State.WAITING,
                place=place,
                issued_at=0,
                reserved=reserved,
                rev=1,
            )
            for place, (id_, reserved) in enumerate(self.stands, 1)
        ]
        parties = [
            Party(
                id=t.id,
                number=t.number,
                size=1,
                issued_at=0,
                active=900 if t.id in self.busy else None,
                tickets=(t.id,),
                inside=1,
                rev=1,
            )
            for t in tickets
        ]
        queue = Queue(id="sapporo", issuing=True, reserved_run=self.run, rev=1)
        return Board(1, 1, {p.id: p for p in parties}, {t.id: t for t in tickets}, {queue.id: queue})


RULES = [
    Case("nobody", [], []),
    Case("walk-ins by place", [(3, None), (1, None), (2, None)], [3, 1, 2]),
    Case("before its slot a reserved place stands in line", [(1, None), (2, LATER), (3, None)], [1, 2, 3]),
    Case("from its slot on it goes first", [(1, None), (2, DUE), (3, None)], [2, 1, 3]),
    Case("earlier slots first, then places, then ids", [(1, DUE), (4, DUE - 9), (3, DUE)], [4, 1, 3]),
    Case(
        "two in a row while walk-ins wait",
        [(1, None), (2, None), (3, DUE), (4, DUE), (5, DUE), (6, DUE), (7, DUE)],
        [3, 4, 1, 5, 6, 2, 7],
    ),
    Case("the run so far counts", [(1, None), (2, DUE), (3, DUE)], [2, 1, 3], run=1),
    Case("a full run lets a walk-in go first", [(1, None), (2, DUE), (3, DUE)], [1, 2, 3], run=2),
    Case("a run without walk-ins is none", [(2, DUE), (3, DUE), (4, DUE)], [2, 3, 4], run=2),
    Case("one in a row", [(1, None), (2, None), (3, DUE), (4, DUE)], [3, 1, 4, 2], in_a_row=1),
    Case(
        "a walk-in at another booth does not end a run",
        [(1, None), (2, DUE), (3, DUE), (4, DUE)],
        [2, 3, 4, 1],
        busy={1},
    ),
    Case(
        "who is passed over stands before the one called in its stead",
        [(1, None), (2, None), (3, DUE), (4, DUE), (5, DUE)],
        [3, 4, 5, 1, 2],
        busy={1, 3},
    ),
    Case(
        "a passed over reserved place after the last that can be called",
        [(1, None), (2, DUE), (3, DUE)],
        [2, 1, 3],
        busy={3},
    ),
    Case("all are at other booths", [(1, None), (2, DUE), (3, None)], [2, 1, 3], busy={1, 2, 3}),
]


def random_cases() -> list[Case]:
    """Lines of every kind, whose order is what `Board.line` says: the browser must say the same."""
    cases = []
    for seed in range(RANDOM_LINES):
        dice = Random(seed)
        ids = dice.sample(range(1, 100), dice.randrange(1, 14))
        stands = [(i, dice.choice([None, None, DUE, DUE - 1_800_000, LATER])) for i in ids]
        busy = {i for i in ids if dice.random() < 0.3}
        case = Case(f"random {seed}", stands, [], dice.randrange(4), busy, dice.randrange(1, 4))
        case.expect = order(case)
        cases.append(case)
    return cases


def order(case: Case) -> list[int]:
    return [ticket.id for ticket in case.board().line("sapporo", NOW, case.in_a_row)]


def vectors() -> list[dict[str, Any]]:
    """Every case, compact: who stands is [id, reserved, busy], in the order of the places."""
    return [
        {
            "name": case.name,
            "now": NOW,
            "in_a_row": case.in_a_row,
            "run": case.run,
            "stands": [[id_, reserved, id_ in case.busy] for id_, reserved in case.stands],
            "expect": case.expect,
        }
        for case in RULES + random_cases()
    ]


@pytest.mark.parametrize("case", RULES, ids=lambda case: case.name)
def test_the_order_is_the_rules(case: Case) -> None:
    assert order(case) == case.expect


def test_the_vectors_are_what_python_says() -> None:
    """The committed file is read by the browser's tests; after a change of the order, write it anew:

    python tests/live/test_line.py
    """
    assert json.loads(VECTOR.read_text()) == json.loads(json.dumps(vectors()))


@pytest.mark.parametrize("case", random_cases(), ids=lambda case: case.name)
def test_a_line_is_everybody_who_waits_once(case: Case) -> None:
    assert sorted(order(case)) == sorted(id_ for id_, _ in case.stands)


@pytest.mark.parametrize("case", random_cases(), ids=lambda case: case.name)
def test_the_first_who_can_be_called_is_still_the_next_after_every_call(case: Case) -> None:
    """The line is what calls one after the other would give: call the first, and the rest of the line stays as it was."""
    board = case.board()
    line = [t for t in board.line("sapporo", NOW, case.in_a_row) if not board.passed_over(t)]
    if not line:
        return
    first, run = line[0], board.queues["sapporo"].reserved_run
    is_due = first.reserved is not None and first.reserved <= NOW
    walk_ins_wait = any(t.reserved is None or t.reserved > NOW for t in line)
    board.queues["sapporo"] = Queue(
        id="sapporo", issuing=True, reserved_run=run + 1 if is_due and walk_ins_wait else 0, rev=2
    )
    board.put("tickets", [replace(first, state=State.CALLED)])
    after = [t for t in board.line("sapporo", NOW, case.in_a_row) if not board.passed_over(t)]
    assert after == line[1:]


def test_an_unknown_queue_has_no_line() -> None:
    assert Board().line("nowhere", NOW, IN_A_ROW) == []


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors())
    VECTOR.write_text(f"[\n{lines}\n]\n")
