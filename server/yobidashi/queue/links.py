"""The link of a visit: a random token by which a party's own page is found, so that no address names its number (invariant 6).

A link is no event: screens need not know of it. Whoever has it sees what hangs on the wall anyway, and may answer for the party.
"""

import re
import secrets
from typing import Final

from yobidashi.queue.errors import Refusal
from yobidashi.queue.keys import Keys
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.scripts import script

TOKEN_BYTES: Final = 16
"""128 bits, which are 22 characters of base64url."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")


class Links:
    """The links of every fair in one Redis."""

    def __init__(self, pipeline: Pipeline, prefix: str) -> None:
        """Run scripts by ``pipeline`` on keys that begin with ``prefix``."""
        self._pipeline = pipeline
        self._prefix = prefix

    async def of(self, slug: str, party: int) -> str:
        """Give the token of a party's link: made when it is first asked for, the same ever after.

        Raises `Refusal` (``unknown_party``) where there is none, or it dropped in and waits for nothing.
        """
        token: bytes | None = await self._run("link", slug, str(party), secrets.token_urlsafe(TOKEN_BYTES))
        if token is None:
            raise Refusal("unknown_party", {"id": party})
        return token.decode()

    async def party(self, slug: str, token: str) -> int | None:
        """Give the party whose link has this token; None where there is none."""
        if not _TOKEN.fullmatch(token):
            return None
        party = await self._run("linked", slug, token)
        return None if party is None else int(party)

    async def _run(self, name: str, slug: str, *args: str) -> bytes | None:
        reply: bytes | None = await self._pipeline.run(script(name), Keys(self._prefix, slug).fair, args)
        return reply
