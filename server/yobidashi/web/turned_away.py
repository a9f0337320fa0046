"""What members of staff asked for and may not have: on record like what they did (OWASP ASVS 7.2.2), but never a flood of it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from typing import Final

from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.queue.errors import Refusal
from yobidashi.staff.principal import Kind, Principal

CODES: Final = frozenset({"not_allowed", "other_booth"})
"""Refusals that say: this is not yours to do."""

EACH_MAX: Final = 20
"""Entries for one member within `EACH_S`: who tries more often has been seen."""

EACH_S: Final = 600.0

MEMBERS_MAX: Final = 10_000
"""Members counted at a time; the one that was counted longest ago is forgotten first."""


class TurnedAway:
    """The pen for what was refused."""

    def __init__(self, audit: Audit | None) -> None:
        """Write into ``audit``; nothing is written in a demonstration."""
        self._audit = audit
        self._counted: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()

    async def note(self, slug: str, principal: Principal, act: str, on: str, code: str) -> None:
        """Write down that a member was refused ``act`` with ``code``; of anybody else nothing is known to write."""
        if self._audit is None or principal.kind is not Kind.STAFF or principal.staff is None or code not in CODES:
            return
        if not self._counts(slug, principal.staff):
            return
        entry = Entry(
            at=self._audit.now(), who=principal.staff, act=act, device=principal.device, on=on, why=f"refused: {code}"
        )
        with suppress(Refusal):  # where nothing can be written, the refusal itself is what is told
            await self._audit.write(slug, entry)

    def _counts(self, slug: str, member: str) -> bool:
        now = asyncio.get_running_loop().time()
        since, count = self._counted.pop((slug, member), (now, 0))
        if now - since > EACH_S:
            since, count = now, 0
        self._counted[slug, member] = since, count + 1
        if len(self._counted) > MEMBERS_MAX:
            self._counted.popitem(last=False)
        return count < EACH_MAX
