"""The keys of personal data over HTTP: what names them, and their replacing while the fair runs."""

import time
from contextlib import aclosing
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.people.keyring import KeyMissing, KeyUnusable
from yobidashi.people.protection import commands
from yobidashi.people.protection.answers import KeysAnswer
from yobidashi.people.protection.rotation import Rotation
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation, posted

SPELL_S: Final = 5.0
"""How long one request goes on replacing; the page asks again until it is finished."""


class KeysRoom:
    """The keys of every fair."""

    def __init__(self, people: PeopleStore) -> None:
        """Replace the keys of ``people``."""
        self._people = people
        self._rotation = Rotation(people)

    def operations(self) -> list[Operation]:
        """Give the operations."""
        read = Operation(
            method="GET",
            path="/keys",
            name="read-keys",
            summary="鍵の状態 · What names the keys, and whether replacing them is unfinished.",
            act=Act.ROTATE_KEY,
            endpoint=self.read,
            answers=KeysAnswer,
        )
        return [read, posted("/keys/rotate", commands.RotateKeys, Act.ROTATE_KEY, self.rotate, KeysAnswer)]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: it is part of the privacy officer's (privacy.py)."""
        return []

    async def read(self, request: Request) -> Response:
        """Give what names the keys."""
        return JSONResponse((await self._told(request.state.asked.slug)).model_dump(mode="json"))

    async def rotate(self, request: Request) -> Response:
        """Replace the keys, for at most `SPELL_S` and a batch more."""
        asked: Asked = request.state.asked
        await read_command(request, commands.RotateKeys)
        await asked.note("vault")
        begun = time.monotonic()
        resealed, damaged = 0, list[str]()
        async with aclosing(self._rotation.run(asked.slug)) as progress:
            async for reached in progress:
                resealed, damaged = reached.resealed, list(reached.damaged)
                if time.monotonic() - begun > SPELL_S:
                    break
        told = await self._told(asked.slug)
        return JSONResponse(told.model_copy(update={"resealed": resealed, "damaged": damaged}).model_dump(mode="json"))

    async def _told(self, slug: str) -> KeysAnswer:
        in_files = self._people.keyring.in_files
        try:
            vault = await self._people.vault(slug)
            named = await self._rotation.fingerprint(slug)
        except Refusal as refusal:
            if refusal.code != "vault_closed":
                raise
            return KeysAnswer(version=None, fingerprint=None, in_files=in_files, unfinished=False)
        except (KeyMissing, KeyUnusable):
            raise Refusal("vault_locked") from None
        return KeysAnswer(version=vault.current, fingerprint=named, in_files=in_files, unfinished=len(vault.keys) > 1)
