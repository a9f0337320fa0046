"""Who stands behind the ids of staff: roles for whoever reads the audit record, names for whoever may investigate."""

from collections.abc import Collection
from typing import Final

from yobidashi.people.protection.answers import StaffInWords
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.staff.register import Register, place
from yobidashi.staff.roles import WORDS
from yobidashi.staff.store import StaffStore
from yobidashi.web.gate import Asked

NOBODY: Final = {
    "visitor": "来場者",
    "public": "来場者",
    "device": "端末",
    "screen": "画面",
    "system": "自動処理",
    "console": "コンソール",
}
"""Who is nobody in particular, in words."""


class StaffNames:
    """The staff of every fair, by id."""

    def __init__(self, store: StaffStore) -> None:
        """Look up in the registers of ``store``."""
        self._register = Register(store)
        self._people = store.people

    async def roles(self, slug: str) -> dict[str, str]:
        """Give every member's first role in Japanese, by id, and the words of those who are nobody in particular."""
        roles = await self._register.roles(slug)
        return {**NOBODY, **{member_id: WORDS[their[0]].ja for member_id, their in roles.items()}}

    async def of(self, asked: Asked, ids: Collection[str], on: str) -> dict[str, StaffInWords]:
        """Give roles of members, and their names where whoever asks may know them; then that is put on record first."""
        roles = await self._register.roles(asked.slug)
        there = sorted(set(ids) & set(roles))
        names = await self._names(asked, there, on) if there and asked.principal.may(Act.INVESTIGATE) else {}
        return {
            member_id: StaffInWords(roles=[WORDS[role].ja for role in roles[member_id]], name=names.get(member_id))
            for member_id in there
        }

    async def name(self, asked: Asked, member_id: str | None, on: str) -> str:
        """Give one member's name for a paper, put on record first; the id itself where there is no name any more."""
        if member_id is None:
            return ""
        return (await self._names(asked, [member_id], on)).get(member_id, member_id)

    async def _names(self, asked: Asked, ids: Collection[str], on: str) -> dict[str, str]:
        places = [place(member_id) for member_id in ids]
        await asked.note(on, records=places, fields=("name",))
        try:
            found = await self._people.get_many(asked.slug, places)
        except Refusal as refusal:
            if refusal.code not in ("vault_closed", "vault_locked"):
                raise
            return {}
        return {member_id: record["name"] for member_id, record in zip(ids, found, strict=True) if record}
