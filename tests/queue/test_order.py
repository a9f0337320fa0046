"""Redis calls in the order that the board says: seeded lines of walk-ins, reserved places and busy parties, called to the end."""

from random import Random

import pytest

from queue_rules import SLUG, rules
from small_fair import Cards, Fair, ticket
from yobidashi.live.board import Board
from yobidashi.live.journal import Journal
from yobidashi.queue.store import Store

AT = 1_000_000_000
SLOTS = (AT + 1_800_000, AT + 3_600_000)
NOW = SLOTS[1]
BOOTHS = 12


async def a_line(fair: Fair, cards: Cards, dice: Random) -> None:
    """Twelve parties or fewer in queue a, some with a reserved place, some busy at booths of queue b, some away and back."""
    await fair.do("set-clock", at=AT, rate=0)
    for _ in range(dice.randrange(4, BOOTHS)):
        queues = ["a", "b"] if dice.random() < 0.3 else ["a"]
        if dice.random() < 0.5:
            await fair.do("issue", card=await cards.booked(("a", dice.choice(SLOTS))), queues=queues)
        else:
            await fair.do("issue", size=1, queues=queues)
    for booth in (101, 102):
        if (await fair.board()).waiting("b") and dice.random() < 0.7:
            await fair.do("call-next", booth=booth)
    for waiting in (await fair.board()).waiting("a"):
        if dice.random() < 0.2 and not (await fair.board()).passed_over(waiting):
            await fair.do("call", booth=1, number=waiting.number)
            await fair.do("absent", booth=1)
            await fair.do("restore", ticket=waiting.id)


def callable_in(board: Board, in_a_row: int) -> list[int]:
    return [t.id for t in board.line("a", NOW, in_a_row) if not board.passed_over(t)]


@pytest.mark.parametrize("seed", range(12))
async def test_redis_calls_in_the_order_of_the_board(store: Store, journal: Journal, cards: Cards, seed: int) -> None:
    dice = Random(seed)
    in_a_row = dice.randrange(1, 4)
    booths = {str(n): {"role": "main", "queue": "a"} for n in range(1, BOOTHS + 1)}
    booths |= {str(n): {"role": "main", "queue": "b"} for n in (101, 102)}
    await store.found(SLUG, rules(booths=booths, reserved_in_a_row=in_a_row))
    fair = Fair(store, journal)
    await a_line(fair, cards, dice)
    await fair.do("set-clock", at=NOW, rate=0)
    expected = callable_in(await fair.board(), in_a_row)
    assert expected
    called: list[int] = []
    for booth in range(1, len(expected) + 1):
        assert callable_in(await fair.board(), in_a_row) == expected[len(called) :]
        called.append(ticket(await fair.do("call-next", booth=booth)).id)
    assert called == expected
    assert (await fair.refused("call-next", booth=BOOTHS)).code == "no_one_waiting"
    assert await fair.folded() == await fair.board()
