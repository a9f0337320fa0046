"""Signing in: a badge and its PIN, at an enrolled device; and what every wrong try costs.

Whoever does not hold a valid badge learns nothing: unknown, revoked, expired, too early and a wrong PIN are one refusal and
take the same time. That a badge is locked, or has no PIN yet, is told only to who shows its secret.
"""

from dataclasses import dataclass
from typing import Final

from yobidashi.queue.errors import Refusal
from yobidashi.staff.pins import Pins, check_new_pin
from yobidashi.staff.roles import Role
from yobidashi.staff.sessions import LASTS_MS, REST_MS
from yobidashi.staff.store import StaffStore
from yobidashi.staff.tokens import digest, new_session

PIN_TRIES: Final = 5
"""Wrong PINs in a row that lock a badge."""

LOCKED_MS: Final = 15 * 60_000
"""How long a badge stays locked."""

DEVICE_TRIES: Final = 15
"""Failed sign-ins at one device within `TRIES_MS`: several members may share it."""

ADDRESS_TRIES: Final = 60
"""Failed sign-ins from one network address within `TRIES_MS`: a whole hall may share it."""

TRIES_MS: Final = 5 * 60_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody shows who wants to sign in, and where."""

    member_id: str
    secret: str
    device: str
    address: str
    """The network address it came from."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A sign-in that succeeded."""

    token: str
    """For the cookie; stands nowhere else."""
    roles: tuple[Role, ...]
    booth: int | None


@dataclass(frozen=True, slots=True)
class _Attempt:
    state: str
    """``known``: a valid badge with a PIN, ``first``: one without, ``locked``, or ``unknown``."""
    pin: str | None = None
    generation: int = 0
    wait_s: int = 0
    """How long a locked badge stays so."""


class SignIn:
    """The way in, for every fair."""

    def __init__(self, store: StaffStore, pins: Pins) -> None:
        """Look up and sign in by ``store``, check PINs by ``pins``."""
        self._store = store
        self._pins = pins

    async def is_first(self, slug: str, shown: Shown) -> bool:
        """Tell whether this badge is shown for the first time, and its PIN is to be chosen; False for a badge that is none."""
        reply = await self._store.run(slug, "badge-look", shown.member_id, digest(shown.secret))
        return bool(reply)

    async def sign_in(self, slug: str, shown: Shown, pin: str, before: str | None = None) -> Entered:
        """Sign in with the PIN; ``before``, the token the device had until now, ends.

        Raises `Refusal`: ``sign_in_failed``, ``badge_locked``, ``pin_not_set``, ``too_often``, ``overloaded``.
        """
        attempt = await self._begin(slug, shown)
        right = await self._pins.verify(attempt.pin, pin, shown.secret)
        if attempt.state == "locked":
            raise Refusal("badge_locked", {"wait_s": attempt.wait_s})
        if attempt.state == "first":
            await self._forgive(slug, shown)
            raise Refusal("pin_not_set")
        if not right:
            raise Refusal("sign_in_failed")
        return await self._enter(slug, shown, attempt, before, "")

    async def sign_in_first(self, slug: str, shown: Shown, pin: str, again: str, before: str | None = None) -> Entered:
        """Choose the PIN of a badge that has none, and sign in with it.

        Raises `Refusal`: ``pins_differ``, ``pin_too_simple``, and as `sign_in`; ``sign_in_failed`` too where it has one already.
        """
        check_new_pin(pin, again)
        attempt = await self._begin(slug, shown)
        kept = await self._pins.hash(pin, shown.secret)
        if attempt.state == "locked":
            raise Refusal("badge_locked", {"wait_s": attempt.wait_s})
        if attempt.state != "first":
            raise Refusal("sign_in_failed")
        return await self._enter(slug, shown, attempt, before, kept)

    async def _begin(self, slug: str, shown: Shown) -> _Attempt:
        """Count the try before it is made, so that a hundred at once are no more than a hundred in a row."""
        limits = (PIN_TRIES, LOCKED_MS, DEVICE_TRIES, ADDRESS_TRIES, TRIES_MS)
        found = await self._store.ask(
            slug,
            "sign-in-begin",
            shown.member_id,
            digest(shown.secret),
            *map(str, limits),
            more=self._tries(slug, shown),
        )
        return _Attempt(**found)

    async def _enter(self, slug: str, shown: Shown, attempt: _Attempt, before: str | None, pin_hash: str) -> Entered:
        token = new_session()
        keys = self._store.keys(slug)
        args = (shown.member_id, shown.device, str(attempt.generation), pin_hash, str(LASTS_MS), str(REST_MS))
        more = (
            *self._tries(slug, shown),
            keys.session(digest(token)),
            keys.session(digest(before) if before else "none"),
        )
        row = await self._store.ask(slug, "sign-in-end", *args, more=more)
        return Entered(token, tuple(map(Role, row["roles"])), row.get("booth"))

    async def _forgive(self, slug: str, shown: Shown) -> None:
        await self._store.run(slug, "sign-in-forgive", more=self._tries(slug, shown))

    def _tries(self, slug: str, shown: Shown) -> tuple[str, str]:
        keys = self._store.keys(slug)
        return keys.tries_of_device(shown.device), keys.tries_from(shown.address)
