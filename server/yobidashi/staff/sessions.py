"""Sign-ins: how long they last, and how they end."""

from typing import Final

from yobidashi.staff.store import StaffStore
from yobidashi.staff.tokens import digest

LASTS_MS: Final = 14 * 3_600_000
"""A sign-in ends after 14 hours: longer than a fair's day with setting up and clearing away."""

REST_MS: Final = 4 * 3_600_000
"""A sign-in of which nothing is heard for 4 hours ends."""


class Sessions:
    """The sign-ins of every fair."""

    def __init__(self, store: StaffStore) -> None:
        """End sign-ins by ``store``."""
        self._store = store

    async def end(self, slug: str, token: str) -> None:
        """Sign out: the token means nothing from now on."""
        await self._store.run(slug, "session-end", more=(self._store.keys(slug).session(digest(token)),))

    async def end_all_of(self, slug: str, member_id: str) -> None:
        """End every sign-in of a member, at whatever device. Raises `Refusal` (``unknown_member``)."""
        await self._store.ask(slug, "member-sign-out", member_id)
