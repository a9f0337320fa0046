"""How the rooms of the staff ask Redis: one script a step, on one fair's keys."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from yobidashi.people.store import PeopleStore
from yobidashi.people.vault import Vault
from yobidashi.queue.errors import Refusal
from yobidashi.queue.keys import KEYS_KEPT
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.scripts import Script, script_at
from yobidashi.staff.keys import StaffKeys

FOLDER: Final = Path(__file__).parent / "lua"

TRIES: Final = 5
"""How often a write is sealed and sent again after another was first."""


class StaffStore:
    """Staff and devices of every fair in one Redis; names are sealed and opened by the people's store."""

    def __init__(self, pipeline: Pipeline, prefix: str, people: PeopleStore) -> None:
        """Run scripts by ``pipeline`` on keys that begin with ``prefix``."""
        self._pipeline = pipeline
        self._prefix = prefix
        self.people = people

    def keys(self, slug: str) -> StaffKeys:
        """Give the names of a fair's keys."""
        return _keys_of(self._prefix, slug)

    async def run(self, slug: str, name: str, *args: str | bytes, more: Sequence[str] = ()) -> Any:
        """Run ``staff/lua/{name}.lua`` on a fair's keys, and on ``more`` keys after them; give its reply as it is."""
        keys = (*self.keys(slug).fair, *more)
        return await self._pipeline.run(_script(name), keys, args)

    async def ask(self, slug: str, name: str, *args: str | bytes, more: Sequence[str] = ()) -> Any:
        """Run a script that answers ``{'done', JSON}`` or ``{'refused', JSON}``. Raises its `Refusal`."""
        status, answer = await self.run(slug, name, *args, more=more)
        if status == b"refused":
            refusal = json.loads(answer)
            raise Refusal(refusal["code"], refusal.get("detail"))
        return json.loads(answer)

    async def vault(self, slug: str) -> Vault:
        """Give the vault that seals names. Raises `Refusal` (``vault_closed``, ``vault_locked``)."""
        return await self.people.vault(slug)


@lru_cache(maxsize=KEYS_KEPT)
def _keys_of(prefix: str, slug: str) -> StaffKeys:
    """Give a fair's keys, made once: every request needs them to learn who asks."""
    return StaffKeys(prefix, slug)


@cache
def _script(name: str) -> Script:
    return script_at(FOLDER / f"{name}.lua")
