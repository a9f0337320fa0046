"""Which offers can be accepted and which notices are in force: the cases by which the browser's half is held to the same rule.

The lines that a board keeps as events come are compared here with those of a board that begins anew.
"""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Notice, Offer, Ticket, row_object
from yobidashi.queue.tickets import OfferState, State

VECTOR = Path(__file__).parent.parent / "vectors" / "offers.json"
NOW = 1_771_034_400_000  # 2026-02-14 11:00 in Tokyo

WAITING = Ticket(id=1, party=1, number="1", queue="sapporo", state=State.WAITING, place=1, issued_at=0, rev=1)
OPEN = Offer(id=1, party=1, ticket=1, queue="ebetsu", state=OfferState.OPEN, at=NOW - 1, until=NOW + 1, rev=1)

CASES: dict[str, tuple[list[Ticket], list[Offer], list[int], int | None]] = {
    "none": ([WAITING], [], [], None),
    "open": ([WAITING], [OPEN], [1], 1),
    "lapsed": ([WAITING], [replace(OPEN, until=NOW)], [], None),
    "accepted": ([WAITING], [replace(OPEN, state=OfferState.ACCEPTED)], [], None),
    "declined": ([WAITING], [replace(OPEN, state=OfferState.DECLINED)], [], None),
    **{
        f"its ticket is {state}": ([replace(WAITING, state=state)], [OPEN], [], None)
        for state in State
        if state is not State.WAITING
    },
    "its ticket is in the offered queue": ([replace(WAITING, queue="ebetsu")], [OPEN], [], None),
    "its ticket has gone with another party": ([replace(WAITING, party=2)], [OPEN], [], None),
    "its ticket is not known": ([], [OPEN], [], None),
    "the newest of a party": ([WAITING], [replace(OPEN, id=12), replace(OPEN, id=3)], [3, 12], 12),
    "after one that has lapsed": ([WAITING], [replace(OPEN, until=NOW), replace(OPEN, id=2)], [2], 2),
    "of another party": (
        [WAITING, replace(WAITING, id=2, party=2)],
        [replace(OPEN, party=2, ticket=2)],
        [1],
        None,
    ),
}  # fmt: skip
"""Name → tickets, offers, those that can be accepted, and the one of party 1."""

NOTICES = [
    Notice(id=2, ja="時間まで", at=0, until=NOW + 1, rev=1),
    Notice(id=1, ja="終わるまで", at=0, rev=1),
    Notice(id=3, ja="過ぎた", at=0, until=NOW, rev=1),
]


def board(tickets: list[Ticket], offers: list[Offer], notices: list[Notice]) -> Board:
    made = Board(1, 1)
    made.put("tickets", tickets)
    made.put("offers", offers)
    made.put("notices", notices)
    return made


def vectors() -> dict[str, Any]:
    cases = [
        {
            "name": name,
            "tickets": [row_object("tickets", row) for row in tickets],
            "offers": [row_object("offers", row) for row in offers],
            "open": open_,
            "of_party_1": own,
        }
        for name, (tickets, offers, open_, own) in CASES.items()
    ]
    notices = {"rows": [row_object("notices", row) for row in NOTICES], "in_force": [1, 2]}
    return {"now": NOW, "cases": cases, "notices": notices}


@pytest.mark.parametrize("name", CASES)
def test_an_offer_can_be_accepted_or_not(name: str) -> None:
    tickets, offers, open_, own = CASES[name]
    made = board(tickets, offers, [])
    assert [offer.id for offer in made.open_offers(NOW)] == open_
    found = made.open_offer(1, NOW)
    assert (found.id if found else None) == own


def test_notices_are_in_force_until_they_end() -> None:
    assert [notice.id for notice in board([], [], NOTICES).notices_now(NOW)] == [1, 2]


def test_the_vectors_are_what_python_says() -> None:
    """Read by the browser's tests; write anew with: python tests/live/test_open_offers.py"""
    assert json.loads(VECTOR.read_text()) == json.loads(json.dumps(vectors()))


@pytest.mark.parametrize("seed", range(5))
def test_lines_that_are_kept_are_those_of_a_fresh_board(seed: int) -> None:
    dice = Random(seed)
    kept = Board(1, 0)
    for offset in range(1, 200):
        rows = tuple(
            Ticket(
                id=id_,
                party=id_,
                number="1",
                queue=dice.choice("ab"),
                state=dice.choice(list(State)),
                place=dice.randrange(5),
                issued_at=0,
                rev=offset,
            )
            for id_ in dice.sample(range(1, 12), 2)
        )
        kept.apply(Event(1, offset, 0, "changed", {"tickets": rows}))
        fresh = Board(1, offset, {}, dict(kept.tickets))
        assert kept == fresh
        for queue in "abc":
            assert kept.waiting(queue) == fresh.waiting(queue)


if __name__ == "__main__":
    VECTOR.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n")
