"""Replacing a fair's keys while it runs: a new wrapping key, a new data key, and every record sealed anew.

Each step can be repeated, and says by itself whether it has been done, so a rotation that was killed anywhere goes on when
it is asked for again. Reads and writes go on meanwhile: a record opens with the key it was sealed with, and a write sealed
with the key just replaced is refused (``vault_changed``) and sealed again. The key from which ids are made stays: private
links, codes and retries depend on it.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yobidashi.people.keyring import fingerprint
from yobidashi.people.store import PeopleStore, opened_vault
from yobidashi.people.vault import Vault, VaultFault, new_key, unwrap, wrap
from yobidashi.queue.errors import Refusal

BATCH: Final = 200
"""Records looked at, about, in one script: Redis serves the hall between two of them."""

SETTLED_S: Final = 2.0
"""Seconds between the keys wrapped anew and the end of the old wrapping key: a Redis that writes to disk every second
(`appendfsync everysec`) has written by then. A failover within this time can lose what it had not yet copied."""

TRIES: Final = 5
"""How often the wrapped keys are wrapped anew where another rotation came between."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far a rotation is."""

    version: int
    """Of the data key that records are sealed with now."""
    resealed: int
    """Records sealed anew by this run."""
    damaged: tuple[str, ...] = ()
    """Places of records that open with no key; they stay as they are, and so do the older keys."""
    finished: bool = False


class Rotation:
    """Rotations of every fair's keys."""

    def __init__(self, store: PeopleStore) -> None:
        """Rotate the keys of ``store`` and of its keyring."""
        self._store = store

    async def unfinished(self, slug: str) -> bool:
        """Tell whether a rotation was begun and not ended. Raises as `PeopleStore.vault`."""
        return len((await self._store.vault(slug)).keys) > 1

    async def fingerprint(self, slug: str) -> str:
        """Give what names the present wrapping key on paper. Raises `KeyMissing`, `KeyUnusable`."""
        return fingerprint(self._store.keyring.key(slug, "wrap"))

    async def run(self, slug: str) -> AsyncGenerator[Rotated, None]:
        """Replace the keys, or go on with what was begun; gives the progress after every batch.

        Where keys come from the environment the wrapping key stays; only its keeper can replace it.
        Raises as `PeopleStore.vault`, and ``vault_changed`` where another rotation is too busy beside this one.
        """
        if not await self.unfinished(slug):
            if self._store.keyring.in_files:
                await self._replace_wrapping_key(slug)
            await self._begin(slug)
        vault = await self._store.vault(slug)
        resealed, damaged = 0, list[str]()
        cursor = b"0"
        while True:
            cursor, old = await self._store.run(slug, "rotation-scan", cursor, str(BATCH), vault.mark)
            sealed_anew, closed = _resealed(vault, old)
            damaged += closed
            put = int(await self._store.run(slug, "rotation-reseal", str(vault.current), *sealed_anew))
            if put < 0:
                raise Refusal("vault_changed")
            resealed += put
            if cursor == b"0":
                break
            yield Rotated(vault.current, resealed, tuple(damaged))
        if not damaged:  # everything written since the beginning is sealed with the present key: none is left
            await self._store.run(slug, "rotation-end", str(vault.current))
        yield Rotated(vault.current, resealed, tuple(damaged), finished=True)

    async def _begin(self, slug: str) -> None:
        values = await self._values(slug)
        vault = opened_vault(self._store.keyring, slug, values)
        present, following = values[f"key:{vault.current}".encode()], vault.current + 1
        wrapping = next(key for key in self._store.keyring.openers(slug) if _wrapped_by(key, slug, values))
        wrapped = wrap(wrapping, slug, f"key:{following}", new_key())
        (outcome,) = await self._store.run(slug, "rotation-begin", str(vault.current), str(following), wrapped, present)
        if outcome == b"closed":
            raise Refusal("vault_closed")
        if outcome == b"moved":
            raise Refusal("vault_changed")

    async def _replace_wrapping_key(self, slug: str) -> None:
        """Wrap the data keys with a new wrapping key, which then takes the place of the old one.

        Between the two the old key's file does not open the vault, and the next one's does (`Keyring.openers`).
        """
        keyring = self._store.keyring
        following = keyring.make_next(slug)
        for _ in range(TRIES):
            values = await self._values(slug)
            if _wrapped_by(following, slug, values):
                break
            present = keyring.key(slug, "wrap")
            if not _wrapped_by(present, slug, values):
                raise Refusal("vault_locked")
            await self._store.run(slug, "vault-rewrap", *_rewrapped(present, following, slug, values))
        else:
            raise Refusal("vault_changed")
        await asyncio.sleep(SETTLED_S)
        keyring.take_next(slug)

    async def _values(self, slug: str) -> dict[bytes, bytes]:
        flat = await self._store.run(slug, "vault-read")
        values = dict(zip(flat[::2], flat[1::2], strict=True))
        if not values or b"closed" in values:
            raise Refusal("vault_closed")
        opened_vault(self._store.keyring, slug, values)  # nothing is replaced that does not open now
        return values


def _resealed(vault: Vault, flat: Sequence[bytes]) -> tuple[list[str | bytes], list[str]]:
    """Give what puts records that were sealed anew in place of the old ones, and the places of those that do not open."""
    anew: list[str | bytes] = []
    damaged: list[str] = []
    for place, sealed in zip(flat[::2], flat[1::2], strict=True):
        try:
            value = vault.open(place.decode(), sealed)
        except VaultFault:
            damaged.append(place.decode())
        else:
            anew += (place, sealed, vault.seal(place.decode(), value))
    return anew, damaged


def _wrapped(values: Mapping[bytes, bytes]) -> dict[str, bytes]:
    return {name.decode(): each for name, each in values.items() if name == b"ids" or name.startswith(b"key:")}


def _wrapped_by(wrapping: bytes, slug: str, values: Mapping[bytes, bytes]) -> bool:
    try:
        for name, each in _wrapped(values).items():
            unwrap(wrapping, slug, name, each)
    except VaultFault:
        return False
    return True


def _rewrapped(present: bytes, following: bytes, slug: str, values: Mapping[bytes, bytes]) -> list[str | bytes]:
    named: list[str | bytes] = []
    for name, each in _wrapped(values).items():
        named += (name, each, wrap(following, slug, name, unwrap(present, slug, name, each)))
    return named
