"""Commands in: the only road by which anything changes a fair's queues.

A command is one Lua script (`queue/lua/`), named like the command, that validates, writes and appends one event to the
journal, all or nothing. Here its refusals become `Refusal` and its event an `Event`.
"""

import hashlib
import json
from collections.abc import Callable
from time import monotonic
from typing import Any

from yobidashi.queue.commands.command import PERSONS_MAX, Command
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.keys import Keys, keys_of
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.scripts import script

Ended = Callable[[str, str, str, float], None]
"""Called with fair, name of the command, ``done`` or the code of its refusal, and how many seconds it took."""


class Store:
    """The queues of every fair in one Redis."""

    def __init__(self, pipeline: Pipeline, prefix: str) -> None:
        """Run scripts by ``pipeline`` on keys that begin with ``prefix``."""
        self._pipeline = pipeline
        self._prefix = prefix
        self.ended: Ended | None = None
        """Who wants to know of every command that ended."""

    async def run(self, slug: str, command: Command, epoch: int | None = None) -> Event:
        """Do a command once and give its event; a repeated command id gives the first answer again.

        ``epoch``: the one whose board the command was decided over; in another it is refused (``begun_anew``). Raises `Refusal` with the code of what stood against it.
        """
        began, outcome = monotonic(), "done"
        try:
            return await self._run(slug, command, epoch)
        except Refusal as refusal:
            outcome = refusal.code
            raise
        finally:
            if self.ended is not None:
                self.ended(slug, command.name, outcome, monotonic() - began)

    async def _run(self, slug: str, command: Command, epoch: int | None) -> Event:
        arguments = command.model_dump(exclude={"command_id"}, exclude_none=True, mode="json")
        text = json.dumps(arguments, separators=(",", ":"), sort_keys=True)
        fingerprint = hashlib.blake2s(f"{command.name} {text}".encode(), digest_size=8).hexdigest()
        keys = keys_of(self._prefix, slug)
        args = (fingerprint, text) if epoch is None else (fingerprint, text, str(epoch))
        reply = await self._pipeline.run(script(command.name), (*keys.fair, keys.answer(command.command_id)), args)
        return Event.from_json(_done(reply))

    async def close(self) -> None:
        """Give the connection back; what still waits is answered ``redis_away``."""
        await self._pipeline.close()

    async def found(self, slug: str, rules: dict[str, Any]) -> None:
        """Make sure that the fair stands in Redis, with every queue and booth of its rules.

        Raises `Refusal` (``rules_shrunk``) where Redis holds a queue or booth that the rules no longer name.
        """
        keys = Keys(self._prefix, slug)
        text = json.dumps(rules, separators=(",", ":"), sort_keys=True)
        _done(await self._pipeline.run(script("found"), (*keys.fair, keys.answer("found")), ("", text)))

    async def enter_card(self, slug: str, card_id: str, adults: int, children: int, booking: str | None = None) -> None:
        """Enter a reception card that is complete and has a decision on every consent: now it may get a number.

        ``booking`` is the id of the booking with which its party comes. The same again changes nothing. Raises `Refusal`:
        ``card_used`` where the card has its party and says otherwise, ``people_full``; `ValueError` for a party of nobody.
        """
        if adults < 0 or children < 0 or not 1 <= adults + children <= PERSONS_MAX:
            raise ValueError(f"expected 1 to {PERSONS_MAX} persons, got {adults} adults and {children} children")
        card = {"adults": adults, "children": children} | ({"booking": booking} if booking else {})
        keys = Keys(self._prefix, slug)
        _done(await self._pipeline.run(script("enter-card"), keys.fair, (card_id, json.dumps(card))))

    async def booked(self, slug: str) -> dict[str, dict[int, int]]:
        """Give how many parties (組) are booked and have no number yet: queue → start of the slot in ms → parties.

        Raises `Refusal` (``redis_away``).
        """
        parties: dict[str, dict[int, int]] = {}
        for text in await self._pipeline.run(script("booked"), Keys(self._prefix, slug).fair):
            booking = json.loads(text)
            if booking["state"] == "booked":
                for wish in booking["wishes"]:
                    slots = parties.setdefault(wish["queue"], {})
                    slots[int(wish["slot"])] = slots.get(int(wish["slot"]), 0) + 1
        return parties

    async def renew(self, slug: str, epoch: int, offset: int, seen: str) -> None:
        """Begin a new epoch where Redis has fewer events than ``offset`` of ``epoch``, or another there than the one ``seen``.

        Some were lost with a machine then, and their offsets are given a second time; under a new epoch no page can mistake them
        for the ones it saw. ``seen`` is the SHA-1 of the event's JSON, "" where it is not known.
        """
        keys = Keys(self._prefix, slug)
        await self._pipeline.run(script("renew"), keys.fair, (str(epoch), str(offset), seen))


def _done(reply: list[bytes]) -> bytes:
    status, answer = reply
    if status == b"refused":
        refusal = json.loads(answer)
        raise Refusal(refusal["code"], refusal.get("detail"))
    return answer
