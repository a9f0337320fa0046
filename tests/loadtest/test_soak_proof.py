"""The proof of a soak, over a true journal that is falsified in one place: the one check that must notice does."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest_asyncio

from queue_rules import SLUG, rules
from small_fair import Fair
from soaking.ledger import Ledger
from soaking.proof import Check, prove
from yobidashi.live.board import Board
from yobidashi.live.journal import Journal
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Party, Ticket
from yobidashi.queue.store import Store

DENSE = "offsets are dense, in one epoch"
NUMBERS = "each number belongs to one party"
DOUBLE = "no party is at two booths, no booth has two"
LOST = "everything acknowledged stands in the journal, word for word"
TWICE = "nothing was done twice, and nothing for nobody"
ANSWERED = "every command is answered, a retry like the first time"
SAME = "every screen and every server shows what the journal folds to"
SEEN = "no screen sees a gap, or a call twice"


@dataclass
class Shown:
    """A screen at rest."""

    board: Board
    wrong: list[str] = field(default_factory=list)


@dataclass
class Soaked:
    """What a soak leaves behind."""

    events: list[Event]
    ledger: Ledger
    screens: list[Shown]
    boards: list[dict[str, Any]]

    def broken(self) -> set[str]:
        """What the proof says does not hold."""
        checks: list[Check] = prove(self.events, self.ledger, self.screens, self.boards)
        return {check.says for check in checks if not check.holds}

    def change(self, kind: str, table: str, change: Callable[[Any], Any]) -> None:
        """Falsify a row of the last event of a kind, in the journal and in what was told."""
        at = max(index for index, event in enumerate(self.events) if event.kind == kind)
        event = self.events[at]
        rows = tuple(change(row) for row in event.changes[table])
        self.events[at] = replace(event, changes={**event.changes, table: rows})
        told = next(answer for answer in self.ledger.done.values() if answer["offset"] == event.offset)
        told.update(self.events[at].to_object())


@pytest_asyncio.fixture
async def soaked(store: Store, journal: Journal) -> Soaked:
    """Two parties are called to two booths; the first has talked and is called again elsewhere."""
    await store.found(SLUG, rules())
    fair = Fair(store, journal)
    done = [
        await fair.do("issue", size=1, queues=["a", "b"]),
        await fair.do("issue", size=2, queues=["a"]),
        await fair.do("call-next", booth=1),
        await fair.do("start", booth=1),
        await fair.do("call-next", booth=2),
        await fair.do("finish", booth=1),
        await fair.do("call-next", booth=3),
    ]
    ledger = Ledger({str(event.offset): event.to_object() for event in done})
    events = await journal.after(SLUG, 0, 100)
    board = await fair.board()
    whole = Event(board.epoch, board.offset, 0, "", {name: tuple(rows) for name, rows in board.rows().items()})
    return Soaked(events, ledger, [Shown(board)], [whole.to_object()])


async def test_what_really_happened_is_proved(soaked: Soaked) -> None:
    assert soaked.broken() == set()


async def test_an_event_that_is_missing_is_noticed(soaked: Soaked) -> None:
    del soaked.events[2]
    assert {DENSE, LOST} <= soaked.broken()


async def test_a_number_given_twice_is_noticed(soaked: Soaked) -> None:
    def as_the_first(row: Party) -> Party:
        return replace(row, number="1")

    soaked.change("issued", "parties", as_the_first)
    assert NUMBERS in soaked.broken()


async def test_a_party_called_to_two_booths_is_noticed(soaked: Soaked) -> None:
    finished = next(event for event in soaked.events if event.kind == "finished")
    soaked.events.remove(finished)
    assert DOUBLE in soaked.broken()


async def test_two_parties_at_one_booth_are_noticed(soaked: Soaked) -> None:
    def at_the_first_booth(row: Ticket) -> Ticket:
        return replace(row, booth=2)

    soaked.change("called", "tickets", at_the_first_booth)
    assert DOUBLE in soaked.broken()


async def test_something_acknowledged_that_is_lost_is_noticed(soaked: Soaked) -> None:
    lost = soaked.events[-1]
    soaked.ledger.done["lost"] = replace(lost, offset=lost.offset + 1).to_object()
    assert soaked.broken() == {LOST}


async def test_an_answer_that_says_something_else_is_noticed(soaked: Soaked) -> None:
    soaked.ledger.done["3"] = soaked.ledger.done["3"] | {"kind": "finished"}
    assert soaked.broken() == {LOST}


async def test_a_command_that_acted_twice_is_noticed(soaked: Soaked) -> None:
    again = soaked.ledger.done.pop("4")
    assert soaked.broken() == {TWICE}
    soaked.ledger.done["4"] = soaked.ledger.done["another"] = again
    assert soaked.broken() == {TWICE}


async def test_a_command_told_two_things_or_nothing_is_noticed(soaked: Soaked) -> None:
    soaked.ledger.contradicted.append("call-next")
    assert soaked.broken() == {ANSWERED}
    soaked.ledger.contradicted.clear()
    soaked.ledger.unanswered.append("call-next")
    assert soaked.broken() == {ANSWERED}


async def test_a_screen_or_a_server_that_shows_something_else_is_noticed(soaked: Soaked) -> None:
    behind = Board()
    for event in soaked.events[:-1]:
        behind.apply(event)
    soaked.screens.append(Shown(behind))
    assert soaked.broken() == {SAME}
    soaked.screens.pop()
    soaked.boards[0]["tickets"] = soaked.boards[0]["tickets"][:-1]
    assert soaked.broken() == {SAME}


async def test_a_gap_that_a_screen_saw_is_noticed(soaked: Soaked) -> None:
    soaked.screens[0].wrong.append("had 1/3, was sent 1/5")
    assert soaked.broken() == {SEEN}


def test_a_soak_in_which_nothing_happened_proves_nothing() -> None:
    first = Event(1, 1, 0, "founded")
    assert not any(check.holds for check in prove([first], Ledger(), [], []) if check.says in {NUMBERS, DOUBLE, LOST})
