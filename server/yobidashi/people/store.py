"""The records of people in Redis, sealed: written, read and taken away by place (``kind:id``).

Every read here gives personal data. Whoever calls must have written the audit entry first (`audit.py`); the web's gate holds
them to it.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from yobidashi.people.keyring import KeyMissing, Keyring
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.vault import Vault, VaultFault, new_key, unwrap, wrap
from yobidashi.queue.errors import Refusal
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.scripts import script_at

FOLDER: Final = Path(__file__).parent / "lua"

TRIES: Final = 3
"""A write that was sealed with a key just replaced is sealed and sent again this often."""


class PeopleStore:
    """The sealed records of every fair in one Redis."""

    def __init__(self, pipeline: Pipeline, prefix: str, keyring: Keyring) -> None:
        """Run scripts by ``pipeline`` on keys that begin with ``prefix``; open vaults with ``keyring``."""
        self._pipeline = pipeline
        self._prefix = prefix
        self.keyring = keyring
        self._opened: dict[str, tuple[tuple[bytes, ...], Vault]] = {}

    async def run(self, slug: str, name: str, *args: str | bytes) -> Any:
        """Run ``people/lua/{name}.lua`` on a fair's keys and give its reply as it is."""
        keys = PeopleKeys(self._prefix, slug)
        return await self._pipeline.run(script_at(FOLDER / f"{name}.lua"), keys.fair, args)

    async def ask(self, slug: str, name: str, *args: str | bytes) -> bytes:
        """Run a script that answers ``{'done', …}`` or ``{'refused', …}``. Raises its `Refusal`."""
        status, answer = await self.run(slug, name, *args)
        if status == b"refused":
            refusal = json.loads(answer)
            raise Refusal(refusal["code"], refusal.get("detail"))
        done: bytes = answer
        return done

    async def make_vault(self, slug: str) -> Vault:
        """Give a fair its vault, made now where it has none. Raises `Refusal` as `vault`, and `KeyUnusable`."""
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
        records = zip(flat[::2], flat[1::2], strict=True)
        return {
            place.decode().partition(":")[2]: self._opened_record(vault, place.decode(), sealed)
            for place, sealed in records
        }

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
        try:
            wrapping = self.keyring.key(slug, "wrap")
            ids = unwrap(wrapping, slug, "ids", values[b"ids"])
            keys = {
                int(name[4:]): unwrap(wrapping, slug, name.decode(), wrapped)
                for name, wrapped in values.items()
                if name.startswith(b"key:")
            }
        except (KeyMissing, VaultFault):
            raise Refusal("vault_locked") from None
        vault = Vault(slug, keys, int(values[b"current"]), ids)
        self._opened[slug] = (content, vault)
        return vault

    def _opened_record(self, vault: Vault, place: str, sealed: bytes) -> Any:
        try:
            return vault.open(place, sealed)
        except VaultFault:
            raise Refusal("record_damaged", {"place": place}) from None
