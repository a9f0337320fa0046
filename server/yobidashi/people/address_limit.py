"""How often visitors' pages may send: from one network address, generously, for a hall or a family shares one; by one visit's link."""

from __future__ import annotations

from typing import Final

from yobidashi.people.store import PeopleStore

SENT_MAX: Final = 600
"""Forms from one address within `SENT_MS`: a hall of 350 persons behind one address may all fill in their cards, and some twice."""

SENT_MS: Final = 10 * 60_000

ASKED_MAX: Final = 600
"""What comes by the link of one visit within `SENT_MS`: a page without a socket asks for the board every 4 s, and acts now and then."""


class AddressLimit:
    """Counts what comes from each address, for a while; the address itself is kept nowhere."""

    def __init__(self, people: PeopleStore) -> None:
        """Count by ``people``."""
        self._people = people

    async def count(self, slug: str, address: str) -> None:
        """Count one form. Raises `Refusal`: ``too_often``, and as `PeopleStore.vault`."""
        named = (await self._people.vault(slug)).id_for("address", address)
        key = self._people.keys(slug).tries_from(named)
        await self._people.ask(slug, "tries-count", str(SENT_MAX), str(SENT_MS), more=(key,))

    async def count_visit(self, slug: str, party: int) -> None:
        """Count what comes by the link of a party's visit; a demonstration, which keeps no keys, has visits too.

        Raises `Refusal`: ``too_often``.
        """
        key = self._people.keys(slug).tries_from(f"visit-{party}")
        await self._people.ask(slug, "tries-count", str(ASKED_MAX), str(SENT_MS), more=(key,))
