"""The records of people in Redis, sealed: written, read and taken away by place (``kind:id``).

Every read here gives personal data. Whoever calls must have written the audit entry first (`auditing/audit.py`); the web's gate holds
them to it.
"""

import asyncio
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from yobidashi.people.keyring import KeyMissing, Keyring, KeyUnusable
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.protection.canaries import canaries
from yobidashi.people.vault import Vault, VaultFault, new_key, unwrap, wrap
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.scripts import script_at

FOLDER: Final = Path(__file__).parent / "lua"

TRIES: Final = 3
"""A write that was sealed with a key just replaced is sealed and sent again this often."""

OPENED_TRIES: Final = 2
"""A wrapping key may take the other's place between two looks at the folder: then the second round finds it."""

log = logging.getLogger(__name__)


class PeopleStore:
    """The sealed records of every fair in one Redis."""

    def __init__(self, pipeline: Pipeline, prefix: str, keyring: Keyring) -> None:
        """Run scripts by ``pipeline`` on keys that begin with ``prefix``; open vaults with ``keyring``."""
        self._pipeline = pipeline
        self._prefix = prefix
        self.keyring = keyring
        self._opened: dict[str, tuple[tuple[bytes, ...], Vault]] = {}

    def keys(self, slug: str) -> PeopleKeys:
        """Give the names of a fair's keys."""
        return PeopleKeys(self._prefix, slug)

    async def run(self, slug: str, name: str, *args: str | bytes, more: Sequence[str] = ()) -> Any:
        """Run ``people/lua/{name}.lua`` on a fair's keys, and on ``more`` keys after them; give its reply as it is."""
        keys = (*self.keys(slug).fair, *more)
        return await self._pipeline.run(script_at(FOLDER / f"{name}.lua"), keys, args)

    async def ask(self, slug: str, name: str, *args: str | bytes, more: Sequence[str] = ()) -> bytes:
        """Run a script that answers ``{'done', …}`` or ``{'refused', …}``. Raises its `Refusal`."""
        status, answer = await self.run(slug, name, *args, more=more)
        if status == b"refused":
            refusal = json.loads(answer)
            raise Refusal(refusal["code"], refusal.get("detail"))
        done: bytes = answer
        return done

    async def make_vault(self, slug: str) -> Vault:
        """Give a fair its vault, made now where it has none, with its canaries in it.

        Raises `Refusal` as `vault`, and `KeyUnusable`.
        """
        vault = await self._standing_or_new(slug)
        for place, record in canaries(self.keyring.make(slug, "audit")).items():
            await self.put(slug, place, record, only="new")
        return vault

    async def _standing_or_new(self, slug: str) -> Vault:
        if standing := await self.run(slug, "vault-read"):
            return self._open(slug, standing)  # a missing key is not replaced: what it wrapped would be lost in silence
        wrapping = self.keyring.make(slug, "wrap")
        first, ids = new_key(), new_key()
        wrapped = wrap(wrapping, slug, "key:1", first), wrap(wrapping, slug, "ids", ids)
        return self._open(slug, await self.run(slug, "vault-make", *wrapped))

    async def vault(self, slug: str) -> Vault:
        """Give a fair's opened vault.

        Raises `Refusal`: ``vault_closed`` where the data were destroyed, ``vault_locked`` where the key is missing or another.
        """
        return self._open(slug, await self.run(slug, "vault-read"))

    async def put(self, slug: str, place: str, value: Any, *, only: str = "") -> bool:
        """Seal and write a record; tell whether it was written.

        ``only="new"`` leaves one that is there, ``only="old"`` writes none that is not. Raises as `vault`, and ``people_full``.
        """
        for last in (False,) * (TRIES - 1) + (True,):
            vault = await self.vault(slug)
            sealed = vault.seal(place, value)
            try:
                return await self.ask(slug, "records-put", str(vault.current), place, sealed, only) == b"1"
            except Refusal as refusal:
                if refusal.code != "vault_changed" or last:
                    raise
        raise AssertionError("the last try returns or raises")

    async def get(self, slug: str, place: str) -> Any | None:
        """Read one record; None where there is none. Raises as `vault`."""
        return (await self.get_many(slug, [place]))[0]

    async def get_many(self, slug: str, places: Sequence[str]) -> list[Any | None]:
        """Read records in the order of their places, None for each that is not there. Raises as `vault`."""
        if not places:
            return []
        keys, sealed = await self.run(slug, "records-get", *places)
        vault = self._open(slug, keys)
        return [
            None if found is None else self._opened_record(vault, place, found)
            for place, found in zip(places, sealed, strict=True)
        ]

    async def all(self, slug: str, kind: str) -> dict[str, Any]:
        """Read every record of a kind, by id. Raises as `vault`."""
        keys, flat = await self.run(slug, "records-all", kind)
        vault = self._open(slug, keys)
        # Opening a whole fair's records takes as long as hundreds of frames: it must not hold up those that call numbers.
        return await asyncio.to_thread(self._opened_records, vault, flat)

    async def remove(self, slug: str, places: Iterable[str]) -> int:
        """Take records away; give how many there were."""
        named = list(places)
        return int(await self.run(slug, "records-remove", *named)) if named else 0

    def _open(self, slug: str, flat: Sequence[bytes]) -> Vault:
        content = tuple(flat)
        cached = self._opened.get(slug)
        if cached and cached[0] == content:
            return cached[1]
        self._opened.pop(slug, None)  # a key that Redis no longer has is not used from memory either
        values = dict(zip(content[::2], content[1::2], strict=True))
        if not values or b"closed" in values:
            raise Refusal("vault_closed")
        vault = opened_vault(self.keyring, slug, values)
        self._opened[slug] = (content, vault)
        return vault

    def _opened_records(self, vault: Vault, flat: Sequence[bytes]) -> dict[str, Any]:
        pairs = ((place.decode(), sealed) for place, sealed in zip(flat[::2], flat[1::2], strict=True))
        return {place.partition(":")[2]: self._opened_record(vault, place, sealed) for place, sealed in pairs}

    def _opened_record(self, vault: Vault, place: str, sealed: bytes) -> Any:
        try:
            return vault.open(place, sealed)
        except VaultFault:
            raise Refusal("record_damaged", {"place": place}) from None


def opened_vault(keyring: Keyring, slug: str, values: Mapping[bytes, bytes]) -> Vault:
    """Open a vault's hash as Redis holds it. Raises `Refusal` (``vault_locked``) where no key that is here opens it."""
    for _ in range(OPENED_TRIES):
        with suppress(KeyMissing), _unusable_told():
            for wrapping in keyring.openers(slug):
                with suppress(VaultFault):
                    return _unwrapped(wrapping, slug, values)
    raise Refusal("vault_locked")


@contextmanager
def _unusable_told() -> Iterator[None]:
    try:
        yield
    except KeyUnusable as fault:  # its sentence has the file's place, which is for the log and for nobody's page
        log.error("%s", fault)


def _unwrapped(wrapping: bytes, slug: str, values: Mapping[bytes, bytes]) -> Vault:
    keys = {
        int(name[4:]): unwrap(wrapping, slug, name.decode(), wrapped)
        for name, wrapped in values.items()
        if name.startswith(b"key:")
    }
    return Vault(slug, keys, int(values[b"current"]), unwrap(wrapping, slug, "ids", values[b"ids"]))
