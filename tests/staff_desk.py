"""One fair's staff on a real Redis, without a web server: what the tests of this room begin with."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from argon2 import PasswordHasher

from yobidashi.fair import Fair, load_fair
from yobidashi.people.keyring import Keyring
from yobidashi.people.store import PeopleStore
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue import masters
from yobidashi.queue.pipeline import Pipeline
from yobidashi.staff import pins
from yobidashi.staff.devices import DeviceKind, Devices
from yobidashi.staff.identity import Identity
from yobidashi.staff.member import Profile, profile
from yobidashi.staff.pins import Pins
from yobidashi.staff.principal import Principal
from yobidashi.staff.register import Register
from yobidashi.staff.roles import Role
from yobidashi.staff.sign_in import Shown, SignIn
from yobidashi.staff.store import StaffStore
from yobidashi.staff.tokens import DeviceToken, device_cookie, session_cookie

PIN: Final = "264813"
ALWAYS: Final = (dt.date(2020, 1, 1), dt.date(2099, 12, 31))


@dataclass
class Desk:
    """The parts, put together as the application puts them."""

    fair: Fair
    store: StaffStore
    register: Register
    devices: Devices
    sign_in: SignIn
    identity: Identity

    @property
    def slug(self) -> str:
        return self.fair.slug

    def profile(
        self, *roles: Role, booth: int | None = None, name: str = "見本 太郎", days: tuple[dt.date, dt.date] = ALWAYS
    ) -> Profile:
        first, last = days
        return profile(self.fair, name=name, kana="", roles=roles, booth=booth, first=first, last=last)

    async def member(
        self, *roles: Role, booth: int | None = None, days: tuple[dt.date, dt.date] = ALWAYS
    ) -> tuple[str, str]:
        """Add a member; gives their id and the secret of their badge, whose PIN is not chosen yet."""
        command_id = f"add-{len(await self.register.ids(self.slug)):016d}"
        (member_id,) = await self.register.add(self.fair, [self.profile(*roles, booth=booth, days=days)], command_id)
        (secret,) = await self.register.renew_badges(self.slug, [member_id])
        return member_id, secret

    async def device(self, kind: DeviceKind = DeviceKind.HANDHELD, command_id: str = "enrol-0123456789") -> DeviceToken:
        """Enrol a device."""
        invitation = await self.devices.invite(self.slug, kind, "受付1", "s01")
        token, _, _ = await self.devices.enrol(self.fair, invitation.token, command_id, "192.0.2.1")
        return token

    async def enter(self, member: tuple[str, str], device: DeviceToken) -> str:
        """Choose the PIN of a new badge and sign in; gives the session's token."""
        return (await self.sign_in.sign_in_first(self.slug, shown(member, device), PIN, PIN)).token

    async def who(self, device: DeviceToken | None = None, session: str | None = None) -> Principal:
        """Ask who comes with these cookies."""
        return await self.identity(self.slug, self.cookies(device, session))

    def cookies(self, device: DeviceToken | None = None, session: str | None = None) -> Mapping[str, str]:
        found = {device_cookie(self.slug): device.cookie()} if device else {}
        return found | ({session_cookie(self.slug): session} if session else {})


def shown(member: tuple[str, str], device: DeviceToken, address: str = "192.0.2.1") -> Shown:
    """What somebody shows who wants to sign in."""
    return Shown(member[0], member[1], device.id, address)


def make_pins_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PINs be hashed as ever, with next to no work."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobodys = quick.hash("nobody")
    monkeypatch.setattr(pins, "_HASHER", quick)
    monkeypatch.setattr(pins, "_nobodys", lambda: nobodys)


@asynccontextmanager
async def open_desk(redis_url: str, prefix: str, keys: Path) -> AsyncIterator[Desk]:
    """Put the parts together on a fair with a vault and no staff."""
    fair = load_fair(SAMPLE_FAIR)
    pipeline = Pipeline(masters.connect(redis_url))
    people = PeopleStore(pipeline, prefix, Keyring(keys))
    await people.make_vault(fair.slug)
    store = StaffStore(pipeline, prefix, people)
    identity = Identity(pipeline, prefix, people, {fair.slug: fair})
    yield Desk(fair, store, Register(store), Devices(store), SignIn(store, Pins()), identity)
    await pipeline.close()
