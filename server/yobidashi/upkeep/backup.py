"""Backup and restore of one fair, as acts that are on record: what is written where, in which order, and what is looked at before.

The order is the proof: a backup is known before its file is there, and a restore has looked at everything that could stand
against it before it writes anything.
"""

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from yobidashi.people.auditing.anchors import Anchor, Anchors
from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.people.keyring import KeyMissing, KeyUnusable
from yobidashi.people.protection.backups import Backup, Backups
from yobidashi.people.store import PeopleStore, opened_vault
from yobidashi.queue.errors import Refusal
from yobidashi.upkeep.copies import Copies, Copy, digest

FILE_MAX: Final = 1 << 29
"""Bytes of a backup's file."""

FURTHER: Final = 50
"""How far numbers and ids go on after a restore: more than a quarter of an hour gives out at the busiest."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to."""

    copy: Copy
    epoch: int
    lost_entries: int | None
    """Entries of the audit record that came after the backup and are gone; None where nobody knows."""


class Backing:
    """Makes backups of fairs, and takes fairs back from them."""

    def __init__(self, copies: Copies, people: PeopleStore, audit: Audit, who: str) -> None:
        """Copy by ``copies``; ``audit`` is told that ``who`` does it."""
        self._copies = copies
        self._people = people
        self._audit = audit
        self._who = who
        self._backups = Backups(people)

    async def make(self, slug: str, path: Path, passphrase: str) -> tuple[Copy, Backup]:
        """Write a backup to ``path``, which is not there yet; readable by its owner only, whole and on disk, or not at all.

        Raises `FileExistsError`, `OSError`, `ValueError` for a passphrase that is too short, and `Refusal`.
        """
        if await asyncio.to_thread(path.exists):
            raise FileExistsError(f"{path} はすでにあります。 {path} is there already.")
        await self._note(slug, "make-backup", str(path.name))
        copy = await self._copies.take(slug)
        file = await asyncio.to_thread(copy.sealed, passphrase)
        backup = _backup(copy, path, file)
        await self._backups.note(slug, backup)
        await asyncio.to_thread(_write, path, file)
        return copy, backup

    async def take_back(self, slug: str, path: Path, passphrase: str, further: int = FURTHER) -> Restored:
        """Put the fair of a backup in the place of one in which nothing has happened.

        Raises `SealBroken`, `OSError`, and `Refusal`: ``vault_locked`` and ``audit_locked`` where the fair's keys are not
        here, ``fair_not_empty``, ``backup_of_another``, ``newer_schema``.
        """
        file = await asyncio.to_thread(_read, path)
        copy = await asyncio.to_thread(Copy.unsealed, file, passphrase)
        self._check_keys(slug, copy)
        epoch = await self._copies.take_back(slug, copy, further)
        lost = await asyncio.to_thread(self._move_anchor, slug, copy)
        backup = _backup(copy, path, file)
        await self._backups.note(slug, backup)
        why = f"at {copy.at}" if lost is None else f"at {copy.at}, {lost} entries after it are gone"
        await self._note(slug, "restore-backup", f"backup:{copy.id}", why)
        return Restored(copy, epoch, lost)

    def _check_keys(self, slug: str, copy: Copy) -> None:
        """See that what is in the copy can be opened and gone on with here. A demonstration has no keys and needs none."""
        vault = copy.hash("people:vault")
        if vault and b"closed" not in vault:
            opened_vault(self._people.keyring, slug, vault)
        if copy.audit_head()[0]:
            try:
                self._people.keyring.key(slug, "audit")
            except (KeyMissing, KeyUnusable):
                raise Refusal("audit_locked") from None

    def _move_anchor(self, slug: str, copy: Copy) -> int | None:
        """Let the anchor outside Redis say what the record holds now; give how many entries it held more."""
        keyring = self._people.keyring
        n, mac = copy.audit_head()
        if not keyring.in_files or not n:
            return None
        anchors = Anchors(keyring.folder)
        before = anchors.read(slug)
        anchors.take_back(slug, Anchor(n, mac), self._audit.now())
        return max(0, before.n - n) if before else None

    async def _note(self, slug: str, act: str, on: str, why: str = "") -> None:
        if await self._people.run(slug, "vault-read"):  # a demonstration has no record
            await self._audit.write(slug, Entry(at=self._audit.now(), who=self._who, act=act, on=on, why=why))


def _backup(copy: Copy, path: Path, file: bytes) -> Backup:
    return Backup(id=copy.id, at=copy.at, file=str(path.resolve()), bytes=len(file), sha256=digest(file))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(path: Path) -> bytes:
    if path.stat().st_size > FILE_MAX:
        raise OSError(f"{path} は大きすぎます。 {path} is larger than a backup can be.")
    return path.read_bytes()
