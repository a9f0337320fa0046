"""The small fair of `queue_rules` on a real Redis, spoken to by command names, and its cards and bookings."""

import json
import secrets
from typing import Any

import pytest
from redis import Redis

from queue_rules import SLUG, command
from yobidashi.live.board import Board
from yobidashi.live.journal import Journal
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.keys import Keys
from yobidashi.queue.rows import Booth, Party, Ticket
from yobidashi.queue.store import Store


class Fair:
    """The small fair of a test, spoken to by command names."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self.store = store
        self.journal = journal

    async def do(self, name: str, **arguments: Any) -> Event:
        return await self.store.run(SLUG, command(name, **arguments))

    async def refused(self, name: str, **arguments: Any) -> Refusal:
        """Do a command that must be refused, and see that nothing changed."""
        before = await self.board()
        with pytest.raises(Refusal) as caught:
            await self.do(name, **arguments)
        assert await self.board() == before
        return caught.value

    async def board(self) -> Board:
        return await self.journal.snapshot(SLUG)

    async def folded(self) -> Board:
        """Fold the whole journal from its first event."""
        board = Board()
        for event in await self.journal.after(SLUG, 0, 100_000):
            assert event.offset == board.offset + 1
            board.apply(event)
        return board


class Cards:
    """Reception cards and bookings: cards by the store, bookings as people's part writes them, straight into Redis."""

    def __init__(self, store: Store, redis: Redis, prefix: str) -> None:
        self.store = store
        self.redis = redis
        self.keys = Keys(prefix, SLUG)

    async def enter(self, adults: int = 1, children: int = 0, booking: str | None = None) -> str:
        """Enter a complete card and give its id."""
        card = secrets.token_urlsafe(16)
        await self.store.enter_card(SLUG, card, adults, children, booking)
        return card

    def book(self, *wishes: tuple[str, int], state: str = "booked") -> str:
        """Write a booking of (queue, slot in ms) and give its id."""
        booking = secrets.token_urlsafe(16)
        wished = [{"queue": queue, "slot": slot} for queue, slot in wishes]
        self._hash_set("bookings", booking, {"wishes": wished, "adults": 1, "children": 0, "state": state})
        return booking

    async def booked(self, *wishes: tuple[str, int]) -> str:
        """Enter the card of a party that has booked."""
        return await self.enter(booking=self.book(*wishes))

    def booking(self, booking: str) -> dict[str, Any]:
        """Give a booking as it stands in Redis."""
        return self._hash_get("bookings", booking)

    def card(self, card: str) -> dict[str, Any]:
        """Give a card as it stands in Redis."""
        return self._hash_get("cards", card)

    def holder(self, party: int) -> str | None:
        """Give the card of a party."""
        found = self.redis.hget(self.keys.named("holders"), str(party))
        assert found is None or isinstance(found, bytes)
        return found.decode() if found else None

    def reserved(self) -> list[tuple[str, int, int]]:
        """Give who waits with a reserved place, in order: (queue, slot, ticket)."""
        members = self.redis.zrange(self.keys.named("reserved"), 0, -1)
        assert isinstance(members, list)
        parts = [str(member, "ascii").split(":") for member in members if isinstance(member, bytes)]
        return [(queue, int(slot), int(ticket)) for queue, slot, _, ticket in parts]

    def _hash_set(self, name: str, key: str, values: dict[str, Any]) -> None:
        self.redis.hset(self.keys.named(name), key, json.dumps(values))

    def _hash_get(self, name: str, key: str) -> dict[str, Any]:
        found = self.redis.hget(self.keys.named(name), key)
        assert isinstance(found, bytes)
        values: dict[str, Any] = json.loads(found)
        return values


def ticket(event: Event, index: int = 0) -> Ticket:
    row = event.changes["tickets"][index]
    assert isinstance(row, Ticket)
    return row


def party(event: Event) -> Party:
    row = event.changes["parties"][0]
    assert isinstance(row, Party)
    return row


def booth(event: Event) -> Booth:
    row = event.changes["booths"][0]
    assert isinstance(row, Booth)
    return row
