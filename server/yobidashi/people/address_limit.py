"""How often visitors' pages may send from one network address: generous, for a hall or a family shares one."""

from __future__ import annotations

from typing import Final

from yobidashi.people.store import PeopleStore

SENT_MAX: Final = 120
"""Forms from one address within `SENT_MS`; about 300 parties reserve in two months."""

SENT_MS: Final = 10 * 60_000


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
