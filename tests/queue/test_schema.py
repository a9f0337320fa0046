"""Rows that an earlier version has stored: they are read, acted on, and written whole at their next change."""

import json
from typing import Any

from queue_rules import SLUG, rules
from small_fair import Cards, Fair, ticket
from yobidashi.queue.events import Event
from yobidashi.queue.keys import SCHEMA

NEW_IN_2 = {"parties": ("children", "inside", "origin"), "tickets": ("reserved",), "queues": ("reserved_run",)}


def make_old(cards: Cards) -> None:
    """Take out of every stored row, and of the journal, what schema 1 did not have."""
    redis, keys = cards.redis, cards.keys
    for table in NEW_IN_2:
        for id_ in list(redis.hkeys(keys.named(table))):
            stored: Any = redis.hget(keys.named(table), id_)
            row = json.loads(stored)
            redis.hset(keys.named(table), id_, json.dumps(_old(table, row)))
    entries: Any = redis.xrange(keys.journal)
    redis.delete(keys.journal)
    for id_, fields in entries:
        event = json.loads(fields[b"event"])
        for table in NEW_IN_2:
            event[table] = [_old(table, row) for row in event.get(table, [])]
        redis.xadd(keys.journal, {"event": json.dumps(event)}, id=id_)
    redis.hset(keys.meta, "schema", 1)


def _old(table: str, row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in NEW_IN_2[table]}


async def test_a_day_begun_by_an_earlier_version_goes_on(fair: Fair, cards: Cards) -> None:
    await fair.do("issue", size=3, queues=["a", "b"])
    await fair.do("issue", size=1, queues=["a"])
    await fair.do("call-next", booth=1)
    before = await fair.board()
    make_old(cards)
    assert await fair.board() == before  # a party of schema 1 is in the hall
    assert await fair.folded() == before
    await fair.store.found(SLUG, rules())  # the server starts
    assert cards.redis.hget(cards.keys.meta, "schema") == str(SCHEMA).encode()
    assert ticket(await fair.do("call-next", booth=2)).id == 3
    await fair.do("exit", party=1, persons=1)
    await fair.do("split", party=1, persons=1, tickets=[2])
    board = await fair.board()
    assert (board.parties[1].size, board.parties[1].inside, board.parties[2].inside) == (2, 1, 1)
    assert await fair.folded() == board
    await fair.do("offer", ticket=2, queue="c")
    await fair.do("accept-offer", offer=1, how="move")
    await fair.do("correct-party", party=1, size=3, children=0, reason="counted_wrong")
    board = await fair.board()
    assert (board.tickets[2].queue, board.parties[1].size, board.parties[1].inside) == ("c", 3, 2)
    assert await fair.folded() == board


async def test_an_act_on_an_old_row_can_be_taken_back(fair: Fair, cards: Cards) -> None:
    await fair.do("issue", size=3, queues=["a"])
    make_old(cards)
    event: Event = await fair.do("exit", party=1, persons=2)
    await fair.do("undo", offset=event.offset)
    assert (await fair.board()).parties[1].inside == 3
    stopped = await fair.do("stop-issuing", queue="a")
    await fair.do("undo", offset=stopped.offset)
    assert await fair.folded() == await fair.board()
