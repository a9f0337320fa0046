"""A fair as one file and back: everything under its hash tag, at one instant, while the fair runs.

What is in it: queue, journal, answers to command ids, sealed records of people, staff, devices, sign-ins, the audit record. What is
not: the keys outside Redis that open the sealed records (`people/keyring.py`), and the counts of who tries to get in.
"""

import hashlib
import json
import secrets
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgpack

from yobidashi.people.keys import PeopleKeys
from yobidashi.people.protection.canaries import CANARIES
from yobidashi.queue.errors import Refusal
from yobidashi.queue.keys import SCHEMA, Keys
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.scripts import script_at
from yobidashi.staff.keys import StaffKeys
from yobidashi.upkeep.sealing import SealBroken, seal, unseal

KEYS_MAX: Final = 200_000
"""Keys of one fair in a copy; a day has about 5,000, most of them answers to commands."""

PLAIN_MAX: Final = 1 << 30
"""Bytes of a copy before it is compressed; a day has about 10 million."""

FORMAT: Final = 1

FOLDER: Final = Path(__file__).parent / "lua"

_LEFT_OUT: Final = (":people:tries:", ":staff:tries:")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a fair: its name below the fair's root, its type, for how many ms it lives (-1: for good), what it holds."""

    name: str
    type: str
    lives_ms: int
    value: Any


@dataclass(frozen=True, slots=True)
class Copy:
    """A whole fair at one instant."""

    id: str
    slug: str
    at: int
    """Real time, ms."""
    keys: tuple[Key, ...]

    def hash(self, name: str) -> dict[bytes, bytes]:
        """Give a key that is a hash; {} where it is not there."""
        flat: list[bytes] = next((key.value for key in self.keys if key.name == name), [])
        return dict(zip(flat[::2], flat[1::2], strict=True))

    @property
    def meta(self) -> dict[str, int]:
        """Give the counters of the queue."""
        return {name.decode(): int(value) for name, value in self.hash("meta").items()}

    def audit_head(self) -> tuple[int, str]:
        """Give number and chain value of the newest entry of its audit record; 0 and "" where there is none."""
        head = self.hash("people:audit-head")
        return int(head.get(b"n", 0)), head.get(b"mac", b"").decode()

    def sealed(self, passphrase: str) -> bytes:
        """Give the file. Raises `ValueError` for a passphrase that is too short."""
        keys = [[key.name, key.type, key.lives_ms, key.value] for key in self.keys]
        plain = msgpack.packb({"format": FORMAT, "id": self.id, "slug": self.slug, "at": self.at, "keys": keys})
        return seal(zlib.compress(plain), passphrase)

    @classmethod
    def unsealed(cls, file: bytes, passphrase: str) -> "Copy":
        """Read a file. Raises `SealBroken`."""
        unpacking = zlib.decompressobj()
        try:
            plain = unpacking.decompress(unseal(file, passphrase), PLAIN_MAX)
            if not unpacking.eof:
                raise SealBroken("バックアップが大きすぎます。 This backup is larger than one can be.")
            values = msgpack.unpackb(plain)
            if values["format"] != FORMAT:
                raise SealBroken(
                    "新しい版のプログラムのバックアップです。 A newer version of the program has made this backup."
                )
            keys = tuple(Key(*key) for key in values["keys"])
            return cls(values["id"], values["slug"], values["at"], keys)
        except (zlib.error, KeyError, TypeError, msgpack.UnpackException) as fault:
            raise SealBroken(
                f"バックアップを読めません。 This backup cannot be read ({type(fault).__name__})."
            ) from None


class Copies:
    """Takes copies of fairs, and takes fairs back from them."""

    def __init__(self, pipeline: Pipeline, prefix: str) -> None:
        """Read and write by ``pipeline`` the keys that begin with ``prefix``."""
        self._pipeline = pipeline
        self._prefix = prefix

    async def take(self, slug: str) -> Copy:
        """Copy a fair as it is at this instant. Raises `Refusal`: ``not_founded``, and as `Pipeline.run`."""
        keys = Keys(self._prefix, slug)
        root = keys.answer("").removesuffix("answer:")
        args = (f"{root}*", str(KEYS_MAX), *map(_literally, _LEFT_OUT))
        found = await self._pipeline.run(script_at(FOLDER / "copy-out.lua"), (keys.meta,), args)
        if not found:
            raise Refusal("not_founded")
        at, *entries = found
        named = (
            Key(name.decode().removeprefix(root), kind.decode(), lives, value) for name, kind, lives, value in entries
        )
        return Copy(secrets.token_hex(8), slug, int(at), tuple(sorted(named, key=lambda key: key.name)))

    async def take_back(self, slug: str, copy: Copy, further: int) -> int:
        """Put a copy in the place of a fair in which nothing has happened; give the new epoch.

        Every counter goes on ``further`` than it was. Raises `Refusal`: ``backup_of_another``, ``newer_schema``,
        ``fair_not_empty``, and as `Pipeline.run`.
        """
        if copy.slug != slug:
            raise Refusal("backup_of_another", {"id": copy.slug, "wanted": slug})
        if copy.meta.get("schema", 1) > SCHEMA:
            raise Refusal("newer_schema", {"stored": copy.meta["schema"], "known": SCHEMA})
        keys = Keys(self._prefix, slug)
        root = keys.answer("").removesuffix("answer:")
        people, staff = PeopleKeys(self._prefix, slug), StaffKeys(self._prefix, slug)
        args: list[str | bytes] = [f"{root}*", str(further), str(CANARIES)]
        for key in copy.keys:
            # As raw bytes of the old kind: Lua's strings are bytes.
            packed = msgpack.packb(key.value, use_bin_type=False)
            args += [root + key.name, key.type, str(key.lives_ms), packed]
        needed = (keys.meta, staff.named("members"), people.named("records"))
        status, answer = await self._pipeline.run(script_at(FOLDER / "copy-in.lua"), needed, args)
        if status == b"refused":
            refusal = json.loads(answer)
            raise Refusal(refusal["code"], refusal.get("detail"))
        return int(answer)


def digest(file: bytes) -> str:
    """Give the SHA-256 by which a backup's file is known."""
    return hashlib.sha256(file).hexdigest()


def _literally(text: str) -> str:
    """Give a Lua pattern that finds ``text`` as it is."""
    return "".join(f"%{letter}" if not letter.isalnum() else letter for letter in text)
