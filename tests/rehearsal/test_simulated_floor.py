"""The simulation's floor is the real one: its day, command by command, done by the scripts, changes the very same rows."""

import secrets
from collections.abc import Callable
from dataclasses import replace

import pytest

from queue_rules import command
from yobidashi.fair import Fair
from yobidashi.live.board import Board
from yobidashi.live.journal import Journal
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Row, Ticket
from yobidashi.queue.store import Store
from yobidashi.rehearsal.floor import Floor
from yobidashi.rehearsal.hall import Hall
from yobidashi.rehearsal.policies import POLICIES, Policy


def rows_of(event: Event) -> dict[str, list[Row]]:
    """Give what an event changed, without what counts the journal's entries: a real day has those of its clock too."""

    def plain(row: Row) -> Row:
        if isinstance(row, Ticket) and row.called_offset is not None:
            row = replace(row, called_offset=0 if row.called_offset == event.offset else -1)
        return replace(row, rev=0)

    return {name: sorted(map(plain, rows), key=lambda row: str(row.id)) for name, rows in event.changes.items()}


@pytest.mark.parametrize("name", ["fixed", "pool"])
async def test_the_scripts_do_the_same_day(
    name: str, sapporo: Fair, played: Callable[[Policy, int], Hall], store: Store, journal: Journal
) -> None:
    floor = played(POLICIES[name], 1).floor
    slug = f"day-{secrets.token_hex(4)}"
    await store.found(slug, sapporo.rules(demonstration=True))
    at = 0
    for asked, event in zip(floor.asked, floor.events[1:], strict=True):
        if asked.at != at:
            await store.run(slug, command("set-clock", at=asked.at, rate=0))
            at = asked.at
        answer = await store.run(slug, command(asked.name, **asked.arguments))
        assert (answer.kind, answer.at) == (event.kind, event.at)
        assert rows_of(answer) == rows_of(event), f"{asked} at offset {event.offset}"


def test_the_fold_of_the_journal_is_the_board(played: Callable[[Policy, int], Hall]) -> None:
    for policy in POLICIES.values():
        floor: Floor = played(policy, 1).floor
        folded = Board()
        for event in floor.events:
            assert event.offset == folded.offset + 1
            folded.apply(event)
        assert folded == floor.board
