"""The staff register: who works at the fair, as what, where, and when; every change is one step in Redis."""

import json
from collections.abc import Sequence
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.queue.errors import Refusal
from yobidashi.staff.devices import Devices, device_row
from yobidashi.staff.member import Member, Profile, member_of
from yobidashi.staff.roles import Role
from yobidashi.staff.store import TRIES, StaffStore
from yobidashi.staff.tokens import DeviceToken, digest, new_badge

MEMBERS_MAX: Final = 500
"""Members of one fair; a fair of this size has about 70."""

OWNER_MS: Final = 60 * 60_000
"""How long the first link is good."""


def place(member_id: str) -> str:
    """Give where a member's name is sealed."""
    return f"staff:{member_id}"


class Register:
    """The registers of every fair."""

    def __init__(self, store: StaffStore) -> None:
        """Keep registers by ``store``."""
        self._store = store

    async def add(self, fair: Fair, profiles: Sequence[Profile], command_id: str) -> list[str]:
        """Add members, all or none, and give their ids; the same command adds them once.

        Raises `Refusal`: ``staff_full``, ``vault_closed``, ``vault_locked``.
        """
        keys = self._store.keys(fair.slug)
        rows = [json.dumps(profile.row(fair)) for profile in profiles]
        for _ in range(TRIES):
            taken = int(await self._store.run(fair.slug, "members-count"))
            vault = await self._store.vault(fair.slug)
            args: list[str | bytes] = [str(vault.current), str(taken), str(MEMBERS_MAX)]
            for number, (row, profile) in enumerate(zip(rows, profiles, strict=True), taken + 1):
                member_id = f"s{number:02d}"
                args += (member_id, row, place(member_id), vault.seal(place(member_id), profile.sealed()))
            try:
                added: list[str] = await self._store.ask(
                    fair.slug, "members-add", *args, more=(keys.answer(command_id),)
                )
            except Refusal as refusal:
                if refusal.code != "vault_changed":
                    raise
            else:
                return added
        raise Refusal("vault_changed")

    async def change(self, fair: Fair, member_id: str, profile: Profile) -> None:
        """Write anew what is known of a member. Raises `Refusal`: ``unknown_member``, ``last_chief``, and as `add`."""
        row = json.dumps(profile.row(fair))
        for last in (False,) * (TRIES - 1) + (True,):
            vault = await self._store.vault(fair.slug)
            sealed = vault.seal(place(member_id), profile.sealed())
            try:
                await self._store.ask(
                    fair.slug, "member-change", member_id, row, str(vault.current), place(member_id), sealed
                )
            except Refusal as refusal:
                if refusal.code != "vault_changed" or last:
                    raise
            else:
                return

    async def renew_badges(self, slug: str, member_ids: Sequence[str]) -> list[str]:
        """Give members new badges, all or none: the old ones are dead, PINs are chosen anew. Gives the secrets, once.

        Raises `Refusal` (``unknown_member``).
        """
        badges = [new_badge() for _ in member_ids]
        pairs = [
            part for member_id, badge in zip(member_ids, badges, strict=True) for part in (member_id, digest(badge))
        ]
        await self._store.ask(slug, "members-badge", *pairs)
        return badges

    async def revoke(self, slug: str, member_id: str) -> None:
        """Take a member's badge away and end every sign-in. Raises `Refusal`: ``unknown_member``, ``last_chief``."""
        await self._store.ask(slug, "member-revoke", member_id)

    async def unlock(self, slug: str, member_id: str) -> None:
        """Let a member try again who mistyped too often. Raises `Refusal` (``unknown_member``)."""
        await self._store.ask(slug, "member-unlock", member_id)

    async def ids(self, slug: str) -> list[str]:
        """Give every member's id, in order, and nobody's name."""
        return sorted(member_id.decode() for member_id, _ in await self._rows(slug))

    async def all(self, slug: str, now: int) -> list[Member]:
        """Give every member, in the order of ids. Names are empty where the people's data have been destroyed."""
        rows = await self._rows(slug)
        names = await self._names(slug, [member_id.decode() for member_id, _ in rows])
        members = [member_of(id_.decode(), json.loads(row), names.get(id_.decode()), now) for id_, row in rows]
        return sorted(members, key=lambda member: int(member.id[1:]))

    async def roles(self, slug: str) -> dict[str, tuple[Role, ...]]:
        """Give every member's roles, by id, and nobody's name."""
        return {
            member_id.decode(): tuple(map(Role, json.loads(row)["roles"])) for member_id, row in await self._rows(slug)
        }

    async def name(self, slug: str, member_id: str) -> str:
        """Give one member's name; empty where it is not known any more."""
        names = await self._names(slug, [member_id])
        return str((names.get(member_id) or {}).get("name", ""))

    async def invite_owner(self, slug: str, *, anyway: bool = False) -> str | None:
        """Give the token of a link that makes a chief; None where the register has members already.

        ``anyway`` gives one all the same: for who has the server's console, when no chief can sign in any more. A newer link
        makes every older one worthless.
        """
        token = new_badge()
        made = await self._store.run(slug, "owner-invite", digest(token), str(OWNER_MS), "1" if anyway else "")
        return token if made else None

    async def set_up(
        self, fair: Fair, token: str, command_id: str, profile: Profile, pin_hash: str, badge: str
    ) -> tuple[str, DeviceToken, int]:
        """Make the first chief and enrol the device; give the chief's id, what the device keeps, and until when.

        Raises `Refusal` (``set_up_gone``).
        """
        slug = fair.slug
        device = await Devices(self._store).token_for(slug, f"{command_id}\0{token}")
        row = profile.row(fair) | {"badge": digest(badge), "pin": pin_hash}
        enrolled = device_row(fair, device, "統括責任者の端末", "system")
        for _ in range(TRIES):
            number = int(await self._store.run(slug, "members-count"))
            member_id = f"s{number + 1:02d}"
            vault = await self._store.vault(slug)
            sealed = vault.seal(place(member_id), profile.sealed())
            args = (digest(token), command_id, str(vault.current), str(number), member_id, json.dumps(row))
            try:
                done = await self._store.ask(
                    slug, "owner-set-up", *args, place(member_id), sealed, device.id, json.dumps(enrolled)
                )
            except Refusal as refusal:
                if refusal.code != "vault_changed":
                    raise
            else:
                return done["id"], device, enrolled["until"]
        raise Refusal("vault_changed")

    async def _rows(self, slug: str) -> list[tuple[bytes, bytes]]:
        flat = await self._store.run(slug, "members-read")
        return list(zip(flat[::2], flat[1::2], strict=True))

    async def _names(self, slug: str, member_ids: Sequence[str]) -> dict[str, Any]:
        try:
            found = await self._store.people.get_many(slug, [place(member_id) for member_id in member_ids])
        except Refusal as refusal:
            if refusal.code != "vault_closed":
                raise
            return {}
        return dict(zip(member_ids, found, strict=True))
