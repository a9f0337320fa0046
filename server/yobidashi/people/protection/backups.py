"""The backups of a fair that are known: each was written down before its file was there, so that a disposal can name every one.

A backup holds sealed records and never the key that opens them (`keyring.py`): once that is destroyed, they are noise in every
backup as well, wherever its file has gone.
"""

from typing import Final

from pydantic import BaseModel, ConfigDict

from yobidashi.people.store import PeopleStore

BACKUPS_MAX: Final = 2_000
"""Backups of one fair: one every quarter of an hour for three weeks."""


class Backup(BaseModel):
    """One backup."""

    model_config = ConfigDict(frozen=True)

    id: str
    at: int
    """Real time at which the fair was as it is in it, ms."""
    file: str
    """Where its file was written."""
    bytes: int
    sha256: str
    """Of the file, in hexadecimal."""


class Backups:
    """The known backups of every fair."""

    def __init__(self, store: PeopleStore) -> None:
        """Keep them by ``store``."""
        self._store = store

    async def note(self, slug: str, backup: Backup) -> None:
        """Write a backup down; the same again changes nothing. Raises `Refusal` (``backups_full``)."""
        args = (backup.id, backup.model_dump_json(), str(BACKUPS_MAX))
        await self._store.ask(slug, "backup-note", *args, more=(self._store.keys(slug).backups,))

    async def all(self, slug: str) -> list[Backup]:
        """Give every known backup, the oldest first."""
        found = await self._store.run(slug, "backups-read", more=(self._store.keys(slug).backups,))
        return sorted(map(Backup.model_validate_json, found), key=lambda backup: (backup.at, backup.id))
