"""Devices of the fair: invited by the floor manager, enrolled once, taken out when lost."""

import datetime as dt
import json
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.staff.store import StaffStore
from yobidashi.staff.tokens import DeviceToken, digest

DEVICES_MAX: Final = 300
"""Devices of one fair, those taken out included."""

INVITATIONS_MAX: Final = 50
"""Invitations open at once."""

INVITED_MS: Final = 10 * 60_000
"""An invitation is good for ten minutes, once."""

LEAST_DAYS: Final = 7
"""A device stays until the day after the fair, but at least this long: somebody writes the report in the weeks after."""

CODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without 0 O 1 I, which people mistake for each other."""

CODE_LENGTH: Final = 8
"""40 bits, good for ten minutes against a handful of tries (`ENROL_TRIES`)."""

ENROL_TRIES: Final = 20
"""Wrong codes from one address within `TRIES_MS`."""

TRIES_MS: Final = 5 * 60_000


class DeviceKind(StrEnum):
    """What a device is for."""

    HANDHELD = "handheld"
    """People sign in at it."""
    SCREEN = "screen"
    """It shows, and nobody signs in."""


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled device."""

    id: str
    kind: DeviceKind
    label: str
    by: str
    """Id of who invited it."""
    at: int
    """When it was enrolled, ms."""
    until: int
    seen: int
    """When it was last heard of, ms, to the minute; 0: never."""
    revoked: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation says, once: the token for the QR code, and the code for who types."""

    token: str
    code: str
    until: int


class Devices:
    """The devices of every fair."""

    def __init__(self, store: StaffStore) -> None:
        """Keep devices by ``store``."""
        self._store = store

    async def invite(self, slug: str, kind: DeviceKind, label: str, by: str) -> Invitation:
        """Make an invitation. Raises `Refusal` (``too_many_invitations``)."""
        token = secrets.token_urlsafe(16)
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        row = {"kind": kind, "label": label, "by": by, "token": digest(token), "code": digest(code)}
        limits = (str(INVITED_MS), str(INVITATIONS_MAX))
        done = await self._store.ask(slug, "device-invite", secrets.token_hex(8), json.dumps(row), *limits)
        return Invitation(token, code, done["until"])

    async def enrol(
        self, fair: Fair, secret: str, command_id: str, address: str
    ) -> tuple[DeviceToken, DeviceKind, int]:
        """Enrol the device that shows an invitation's token or code; give what it is to keep, its kind, and until when.

        The same command with the same invitation gives the same answer, so that a lost one can be asked for again.
        Raises `Refusal`: ``invitation_gone``, ``devices_full``, ``too_often``.
        """
        keys = self._store.keys(fair.slug)
        device = await self.token_for(fair.slug, f"{command_id}\0{secret}")
        args = (digest(secret), device.id, digest(device.secret), str(_stays_until(fair)), str(_least_ms()))
        limits = (str(DEVICES_MAX), str(ENROL_TRIES), str(TRIES_MS))
        done = await self._store.ask(fair.slug, "device-enrol", *args, *limits, more=(keys.enrolments_from(address),))
        return device, DeviceKind(done["kind"]), done["until"]

    async def token_for(self, slug: str, about: str) -> DeviceToken:
        """Give id and secret that belong to ``about``; nobody without the fair's key can tell them from it."""
        vault = await self._store.vault(slug)
        return DeviceToken(vault.id_for("device", about), vault.id_for("device-secret", about))

    async def all(self, slug: str) -> list[Device]:
        """Give every device, the newest first."""
        rows, seen = await self._store.run(slug, "devices-read")
        heard = {id_.decode(): int(at) for id_, at in zip(seen[::2], seen[1::2], strict=True)}
        pairs = zip(rows[::2], rows[1::2], strict=True)
        devices = [_device(id_.decode(), json.loads(row), heard) for id_, row in pairs]
        return sorted(devices, key=lambda device: -device.at)

    async def revoke(self, slug: str, device_id: str) -> None:
        """Take a device out: it and whoever is signed in at it are nobody from now on. Raises `Refusal` (``unknown_device``)."""
        await self._store.ask(slug, "device-revoke", device_id)


def device_row(fair: Fair, device: DeviceToken, label: str, by: str) -> dict[str, Any]:
    """Give the row of a handheld that is enrolled without an invitation: the one at which the first chief is made."""
    now = round(dt.datetime.now(dt.UTC).timestamp() * 1000)
    until = max(_stays_until(fair), now + _least_ms())
    words = {"kind": DeviceKind.HANDHELD, "label": label, "by": by, "at": now, "until": until}
    return {**words, "secret": digest(device.secret), "revoked": False}


def _device(device_id: str, row: dict[str, Any], heard: dict[str, int]) -> Device:
    return Device(
        id=device_id,
        kind=DeviceKind(row["kind"]),
        label=row["label"],
        by=row["by"],
        at=row["at"],
        until=row["until"],
        seen=heard.get(device_id, 0),
        revoked=row["revoked"],
    )


def _stays_until(fair: Fair) -> int:
    end = dt.datetime.combine(fair.date + dt.timedelta(days=2), dt.time(), fair.timezone)
    return round(end.timestamp() * 1000)


def _least_ms() -> int:
    return LEAST_DAYS * 86_400_000
