"""Who could not be served any more: a list for follow-up, of those who consent (FAIR, rules of the floor: 17:00).

It is made when tickets are issued for no queue any more, before or after the day's remaining tickets are ended (`close-day`).
"""

from collections import defaultdict
from typing import Final

from yobidashi.live.board import Board
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import State

CLOSED: Final = "closed"
"""The reason of tickets that `close-day` has ended."""

_STILL_WAITING: Final = frozenset({State.WAITING, State.CALLED, State.HELD, State.ABSENT})

LOOKED_UP_AT_ONCE: Final = 1_000
"""Parties whose cards are asked for in one script."""


def unserved_of(board: Board) -> dict[int, tuple[str, ...]]:
    """Give the parties that nobody could serve any more, each with the queues it still wanted, in the order of their issue.

    Raises `Refusal` (``day_not_over``) while tickets are issued for some queue: they may still be served.
    """
    issuing = sum(queue.issuing for queue in board.queues.values())
    if issuing:
        raise Refusal("day_not_over", {"queues": issuing})
    wanted: dict[int, list[str]] = defaultdict(list)
    for ticket in sorted(board.tickets.values(), key=lambda ticket: ticket.id):
        if _is_unserved(ticket):
            wanted[ticket.party].append(ticket.queue)
    return {party: tuple(dict.fromkeys(queues)) for party, queues in wanted.items()}


async def unserved_cards(people: PeopleStore, slug: str, board: Board) -> dict[str, tuple[str, ...]]:
    """Give the cards of these parties with the queues they still wanted; of a party that was split, both parts have one card.

    Nothing personal. Raises as `unserved_of`.
    """
    unserved = unserved_of(board)
    cards: dict[str, tuple[str, ...]] = {}
    parties = list(unserved)
    for first in range(0, len(parties), LOOKED_UP_AT_ONCE):
        some = parties[first : first + LOOKED_UP_AT_ONCE]
        found = await people.run(slug, "holders-read", *map(str, some))
        for party, card in zip(some, found, strict=True):
            if card:
                both = (*cards.get(card.decode(), ()), *unserved[party])
                cards[card.decode()] = tuple(dict.fromkeys(both))
    return cards


def _is_unserved(ticket: Ticket) -> bool:
    return ticket.state in _STILL_WAITING or (ticket.state is State.CANCELLED and ticket.reason == CLOSED)
