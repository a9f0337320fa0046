"""The reception cards of every fair: entered, corrected, found, withdrawn from, and swept away where nobody came.

No number without a card (5⑵ウ): the queue's `issue` looks into the hash ``cards``, which is written together with the sealed
record by one script. A card that comes to no number within `KEPT_MS` is removed, by `run` in every process.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.people.cards.card import CODE_LENGTH, KIND, Card, Source, place_of
from yobidashi.people.desk_code import code_from
from yobidashi.people.form import consents
from yobidashi.people.form.answers import Filled, Persons
from yobidashi.people.form.consents import Author, Decision
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

KEPT_MS: Final = 12 * 3_600_000
"""How long a card is kept that comes to no number: longer than a day at the fair, shorter than until the next morning."""

SWEEP_S: Final = 600.0
"""Seconds between two looks for such cards."""

SWEPT_AT_ONCE: Final = 200
"""Cards that one script looks at, about; Redis serves others between."""

TRIES: Final = 8
"""How often a write is made anew where another was first, a code was taken, or the key was being replaced."""

_NOBODY: Final = Persons(0, 0)

log = logging.getLogger(__name__)


class Cards:
    """The cards in one Redis."""

    def __init__(self, people: PeopleStore, audit: Audit, fairs: Mapping[str, Fair]) -> None:
        """Keep cards in ``people``; the sweep writes into ``audit``, whose clock gives real time."""
        self._people = people
        self._audit = audit
        self._fairs = fairs

    async def id_for(self, slug: str, command_id: str, reservation: str | None = None) -> str:
        """Give the id of the card that a command makes; a reservation has one card, whoever makes it. Raises as `vault`."""
        vault = await self._people.vault(slug)
        return vault.id_for("card-of", reservation) if reservation else vault.id_for("card", command_id)

    async def enter(
        self,
        slug: str,
        filled: Filled,
        *,
        command_id: str,
        source: Source,
        author: Author,
        reservation: str | None = None,
        earlier: Sequence[Decision] = (),
    ) -> Card:
        """Enter a card; the same command gives the same card. That of a reservation is written anew until it has its number.

        ``earlier`` are the decisions of the reservation, which go on standing. Raises `Refusal`: ``people_full``,
        ``reservation_cancelled``, ``reservation_arrived``, ``card_used``, ``command_id_reused`` (it entered another card), and as `vault`.
        """
        card_id = await self.id_for(slug, command_id, reservation)
        for attempt in range(TRIES):
            stands = await self.find(slug, card_id)
            if stands and (reservation is None or stands.command == command_id):
                if stands.command == command_id and not stands.says(filled):
                    raise Refusal("command_id_reused")
                return stands
            if stands and stands.party is not None:
                raise Refusal("card_used", {"party": stands.party})
            card = await self._new(slug, card_id, f"{command_id} {attempt}", author, source, reservation, earlier)
            card = self._filled(slug, stands or card, filled, command_id, author)
            if await self._write(slug, card):
                return replace(card, rev=card.rev + 1)
        raise Refusal("overloaded")

    async def correct(self, slug: str, card_id: str, filled: Filled, *, command_id: str, author: Author) -> Card:
        """Write a card anew; what was decided before stays on record. Persons do not change once it has its number.

        Raises `Refusal`: ``unknown_card``, and as `vault`.
        """

        def corrected(card: Card) -> Card:
            if card.party is not None:
                return self._filled(slug, card, replace(filled, persons=card.persons), command_id, author)
            return self._filled(slug, card, filled, command_id, author)

        return await self._changed(slug, card_id, command_id, corrected)

    async def withdraw(
        self, slug: str, card_id: str, consent: str, *, command_id: str, author: Author, why: str = ""
    ) -> Card:
        """Withdraw a consent. Raises `Refusal`: ``unknown_card``, ``unknown_consent``, and as `vault`."""

        def withdrawn(card: Card) -> Card:
            decided = consents.withdraw(card.consents, consent, author, why)
            return replace(card, consents=decided, changed_at=author.at, command=command_id)

        return await self._changed(slug, card_id, command_id, withdrawn)

    async def find(self, slug: str, card_id: str) -> Card | None:
        """Read a card; None where there is none. Raises as `vault`."""
        facts = await self.facts(slug, [card_id])  # first: a write between is noticed by its revision, not lost
        record = await self._people.get(slug, place_of(card_id))
        return Card.from_record(card_id, record, facts[card_id]) if record and card_id in facts else None

    async def read(self, slug: str, card_id: str) -> Card:
        """Read a card. Raises `Refusal`: ``unknown_card``, and as `vault`."""
        card = await self.find(slug, card_id)
        if card is None:
            raise Refusal("unknown_card")
        return card

    async def all(self, slug: str) -> list[Card]:
        """Read every card. Raises as `vault`."""
        records = await self._people.all(slug, KIND)
        facts = await self.facts(slug, list(records))
        return [
            Card.from_record(card_id, record, facts[card_id]) for card_id, record in records.items() if card_id in facts
        ]

    async def facts(self, slug: str, card_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Give what the queue knows of cards, by id: ``party``, ``booking``. Nothing personal."""
        found = await self._people.run(slug, "cards-read", *card_ids) if card_ids else []
        return {card_id: json.loads(text) for card_id, text in zip(card_ids, found, strict=True) if text}

    async def of_parties(self, slug: str, parties: Sequence[int]) -> dict[int, str]:
        """Give the id of the card that each party holds. Nothing personal."""
        found = await self._people.run(slug, "holders-read", *map(str, parties)) if parties else []
        return {party: card.decode() for party, card in zip(parties, found, strict=True) if card}

    async def by_token(self, slug: str, token: str) -> str | None:
        """Give the id of the card that a private link opens."""
        return await self._linked(slug, hashlib.sha256(token.encode()).hexdigest())

    async def by_code(self, slug: str, code: str) -> str | None:
        """Give the id of the card with a code, as `desk_code.typed_code` gives it. Raises as `vault`."""
        vault = await self._people.vault(slug)
        return await self._linked(slug, vault.id_for("code", code))

    async def token(self, slug: str, card_id: str) -> str:
        """Give the token of a card's private link. Raises as `vault`."""
        return (await self._people.vault(slug)).id_for("card-link", card_id)

    async def sweep(self, slug: str) -> list[str]:
        """Remove the cards that came to no number in time, and say so in the audit record; give their ids."""
        cursor, gone = b"0", list[str]()
        while True:
            cursor, swept = await self._people.run(slug, "cards-sweep", cursor, str(SWEPT_AT_ONCE))
            if swept:
                ids = [card_id.decode() for card_id in swept]
                gone += ids
                places = tuple(map(place_of, ids))
                await self._audit.write(
                    slug, Entry(at=self._audit.now(), who="system", act="sweep-cards", records=places)
                )
            if cursor == b"0":
                return gone

    async def run(self) -> None:
        """Sweep every fair again and again, until cancelled; Redis may be away meanwhile."""
        while True:
            for slug in self._fairs:
                try:
                    await self.sweep(slug)
                except Refusal as refusal:
                    log.warning("%s: cards were not swept: %s", slug, refusal.code)
            await asyncio.sleep(SWEEP_S)

    async def _new(
        self,
        slug: str,
        card_id: str,
        seed: str,
        author: Author,
        source: Source,
        reservation: str | None,
        earlier: Sequence[Decision],
    ) -> Card:
        """Give a card on which nothing is written yet."""
        vault = await self._people.vault(slug)
        return Card(
            id=card_id,
            answers={},
            persons=_NOBODY,
            consents=tuple(earlier),
            reservation=reservation,
            source=source,
            made_by=author.by,
            device=author.device,
            made_at=author.at,
            changed_at=author.at,
            code=code_from(vault.id_for("card-code", seed), CODE_LENGTH),
            command="",
        )

    def _filled(self, slug: str, card: Card, filled: Filled, command_id: str, author: Author) -> Card:
        fair = self._fairs[slug]
        return replace(
            card,
            answers=filled.answers,
            persons=filled.persons,
            consents=consents.decide(fair, card.consents, filled.consents, author),
            form=fair.form.version if fair.form else None,
            privacy=fair.privacy.version if fair.privacy else None,
            changed_at=author.at,
            command=command_id,
        )

    async def _changed(self, slug: str, card_id: str, command_id: str, change: Callable[[Card], Card]) -> Card:
        for _ in range(TRIES):
            stands = await self.read(slug, card_id)
            if stands.command == command_id:
                return stands
            card = change(stands)
            if await self._write(slug, card):
                return replace(card, rev=card.rev + 1)
        raise Refusal("overloaded")

    async def _write(self, slug: str, card: Card) -> bool:
        """Write a card unless something came between; then it is read anew and written again."""
        vault = await self._people.vault(slug)
        links = () if card.rev else await self._links(slug, card)
        try:
            outcome = await self._people.ask(
                slug,
                "card-write",
                str(vault.current),
                card.id,
                vault.seal(card.place, card.to_record()),
                str(card.rev),
                *map(str, card.persons),
                card.reservation or "",
                str(card.changed_at + KEPT_MS),
                *links,
            )
        except Refusal as refusal:
            if refusal.code != "vault_changed":
                raise
            return False
        return outcome == b"written"

    async def _links(self, slug: str, card: Card) -> tuple[str, ...]:
        """Give what opens a card, as it is kept: neither token nor code can be told from it."""
        vault = await self._people.vault(slug)
        token = await self.token(slug, card.id)
        return hashlib.sha256(token.encode()).hexdigest(), vault.id_for("code", card.code)

    async def _linked(self, slug: str, link: str) -> str | None:
        place: bytes | None = await self._people.run(slug, "link-read", link)
        kind, _, card_id = place.decode().partition(":") if place else ("", "", "")
        return card_id if kind == KIND else None
