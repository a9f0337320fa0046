"""The gift for those who reserved (5⑴イ(ｳ)): handed once to the party of a booking, as long as there are any."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from yobidashi.fair import Fair
from yobidashi.people.reservations.slots import with_words
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal


@dataclass(frozen=True, slots=True)
class Handed:
    """A gift, and the stock."""

    handed: int | None
    """When it was handed, real time in ms; None where it is not."""
    left: int
    """Pieces that are left."""


class Novelty:
    """The gifts of every fair."""

    def __init__(self, people: PeopleStore, fairs: Mapping[str, Fair]) -> None:
        """Count by ``people``; the stock stands in ``fair.toml``."""
        self._people = people
        self._fairs = fairs

    async def hand(self, slug: str, booking_id: str, command_id: str) -> Handed:
        """Hand the gift to the party of a booking; the same command hands it once.

        Raises `Refusal`: ``unknown_reservation``, ``reservation_cancelled``, ``not_arrived``, ``novelty_given`` with the
        time, ``novelty_out``, ``no_novelty``.
        """
        return await self._move(slug, booking_id, command_id, "give")

    async def take_back(self, slug: str, booking_id: str, command_id: str) -> Handed:
        """Take a gift back that was handed by mistake, within the time in which acts are undone.

        Raises `Refusal`: ``unknown_reservation``, ``novelty_not_given``, ``undo_too_late``, ``no_novelty``.
        """
        return await self._move(slug, booking_id, command_id, "undo")

    async def left(self, slug: str) -> int:
        """Give how many pieces are left. Raises `Refusal` (``no_novelty``)."""
        given = int(await self._people.run(slug, "novelty-read"))
        return max(0, self._stock(slug) - given)

    async def _move(self, slug: str, booking_id: str, command_id: str, way: str) -> Handed:
        fair = self._fairs[slug]
        limits = (str(self._stock(slug)), way, str(fair.limits.undo_s * 1000))
        try:
            done = json.loads(await self._people.ask(slug, "novelty-hand", booking_id, command_id, *limits))
        except Refusal as refusal:
            raise with_words(fair, refusal) from None
        return Handed(int(done["handed"]) or None, int(done["left"]))

    def _stock(self, slug: str) -> int:
        novelty = self._fairs[slug].novelty
        if novelty is None:
            raise Refusal("no_novelty")
        return novelty.stock
