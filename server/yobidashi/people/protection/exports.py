"""Exports of personal data: numbered, asked for with a reason, approved by somebody else, made once, for one recipient.

What stands in Redis about an export is who, when, why, how many and the file's SHA-256: no personal data, and not the file.
The file's password is made of the fair's sealed keys and the export's number, so it is kept nowhere: the one who approves is
shown it, the one who asked receives the file, and the two go to the recipient by different ways.
"""

import json
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from yobidashi.people.desk_code import code_from
from yobidashi.people.store import PeopleStore
from yobidashi.people.vault import Vault
from yobidashi.queue.errors import Refusal

PASSWORD_LETTERS: Final = 16
"""Letters of a file's password, 5 bits each, in groups of `PASSWORD_GROUP`."""

PASSWORD_GROUP: Final = 4

RecordKind = Literal["reservation", "card"]

STATES_JA: Final = {"requested": "承認待ち", "approved": "承認済み", "refused": "却下", "made": "提供済み"}


class Export(BaseModel):
    """One export, as far as it has come."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int
    state: Literal["requested", "approved", "refused", "made"]
    recipient: str
    """The consent's key."""
    purpose: str
    reason: str
    kinds: tuple[RecordKind, ...]
    unserved: bool = False
    """Only parties that still waited when no more tickets were issued: to be asked whether somebody may call them."""
    by: str
    """Id of who asked."""
    at: int
    decided_by: str | None = None
    decided_at: int | None = None
    made_at: int | None = None
    persons: int | None = None
    """Persons (名) of the parties in the file."""
    records: int | None = None
    """Parties (組) in the file."""
    bytes: int | None = None
    sha256: str | None = None
    file: str | None = None
    """The file's name."""


class Freeze(BaseModel):
    """Why no export is made at present."""

    model_config = ConfigDict(frozen=True)

    by: str
    at: int
    reason: str


class Exports:
    """The exports of every fair."""

    def __init__(self, store: PeopleStore) -> None:
        """Keep them in ``store``."""
        self._store = store

    async def request(self, slug: str, command_id: str, **asked: Any) -> Export:
        """Ask for an export: ``recipient purpose reason kinds unserved by at``. Raises `Refusal`: ``exports_frozen``, ``exports_full``."""
        return _export(await self._store.ask(slug, "export-request", command_id, json.dumps(asked)))

    async def decide(
        self, slug: str, number: int, decision: Literal["approved", "refused"], who: str, at: int
    ) -> Export:
        """Approve or refuse. Raises `Refusal`: ``unknown_export``, ``four_eyes``, ``export_state``, ``exports_frozen``."""
        return _export(await self._ask(slug, "export-decide", str(number), decision, who, str(at)))

    async def made(self, slug: str, number: int, who: str, **file: Any) -> Export:
        """Write down that the file leaves now: ``made_at persons records bytes sha256 file``.

        Raises `Refusal`: ``unknown_export``, ``export_not_yours``, ``export_state``, ``exports_frozen``; then it must not leave.
        """
        return _export(await self._ask(slug, "export-make", str(number), who, json.dumps(file)))

    async def freeze(self, slug: str, freeze: Freeze | None) -> bool:
        """Stop all exports, or let them go on; tell whether that changed anything."""
        return bool(await self._store.run(slug, "exports-freeze", freeze.model_dump_json() if freeze else ""))

    async def all(self, slug: str) -> tuple[list[Export], Freeze | None]:
        """Give every export, the newest first, and the freeze where there is one."""
        flat = await self._store.run(slug, "exports-read")
        values = dict(zip(flat[::2], flat[1::2], strict=True))
        exports = [_export(text) for name, text in values.items() if name.isdigit()]
        frozen = values.get(b"frozen")
        newest_first = sorted(exports, key=lambda export: -export.number)
        return newest_first, Freeze.model_validate_json(frozen) if frozen else None

    async def one(self, slug: str, number: int) -> Export:
        """Give one export. Raises `Refusal` (``unknown_export``)."""
        exports, _ = await self.all(slug)
        for export in exports:
            if export.number == number:
                return export
        raise Refusal("unknown_export", {"number": number})

    async def ready(self, slug: str, number: int, who: str) -> Export:
        """Give an export whose file ``who`` may have made now; looked at before anything personal is read.

        Raises `Refusal`: ``unknown_export``, ``export_not_yours``, ``export_state``, ``exports_frozen``.
        """
        export = await self.one(slug, number)
        _, freeze = await self.all(slug)
        if export.by != who:
            raise Refusal("export_not_yours")
        if export.state != "approved":
            raise self.wrong_state(export)
        if freeze is not None:
            raise Refusal("exports_frozen", {"reason": freeze.reason})
        return export

    def wrong_state(self, export: Export) -> Refusal:
        """Give the refusal of what an export's state does not allow."""
        words = {"export": export.state, "export_ja": STATES_JA[export.state]}
        return Refusal("export_state", {"number": export.number, **words})

    async def password(self, slug: str, export: Export) -> str:
        """Give the password of an export's file. Raises `Refusal` (``vault_closed``, ``vault_locked``)."""
        return password_of(await self._store.vault(slug), export)

    async def _ask(self, slug: str, script: str, *args: str) -> bytes:
        try:
            return await self._store.ask(slug, script, *args)
        except Refusal as refusal:
            state = refusal.detail.pop("state", None)
            if state is None:
                raise
            detail = refusal.detail | {"export": state, "export_ja": STATES_JA[state]}
            raise Refusal(refusal.code, detail) from None


def password_of(vault: Vault, export: Export) -> str:
    """Give what opens an export's file: letters that are not mistaken for one another, in groups."""
    letters = code_from(vault.id_for("export-password", f"{export.number} {export.at} {export.by}"), PASSWORD_LETTERS)
    return "-".join(letters[i : i + PASSWORD_GROUP] for i in range(0, PASSWORD_LETTERS, PASSWORD_GROUP))


def _export(text: bytes) -> Export:
    return Export.model_validate_json(text)
