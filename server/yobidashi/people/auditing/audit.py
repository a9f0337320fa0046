"""The audit record: who did or saw what, when, at which device, and why; append-only, each entry chained to the one before.

The chain value of an entry is ``HMAC-SHA256(key, value before · entry)`` with a key outside Redis (`keyring.py`), so that who
can write to Redis can neither change, insert nor take out an entry unnoticed (`trail.py` looks), nor cut the record off at its end
(`anchors.py`). Entries hold ids, never names. Processes append in batches: one round trip, one write to disk for all
entries of one moment; where another process was first, the batch is chained anew.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from yobidashi.people.auditing.anchors import EVERY_S, Anchor, Anchors
from yobidashi.people.keyring import KeyMissing, Keyring, KeyUnusable
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

BATCH_MAX: Final = 256
"""Entries in one round trip."""

PENDING_MAX: Final = 4_096
"""Entries of one fair that may wait; past that the act is refused as ``overloaded``."""

RECORDS_MAX: Final = 500
"""Places in one entry; what concerns more is written as several entries."""

WHY_MAX: Final = 500
"""Characters of a reason."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. ``records`` are the places of what was read or written, ``fields`` which part of it was seen."""

    at: int
    """Real time, ms since 1970 (a demonstration's clock has no part in this)."""
    who: str
    """Id of the member of staff; ``visitor``, ``device``, ``public`` or ``system`` otherwise."""
    act: str
    device: str | None = None
    on: str = ""
    """What it was done to: ``booth:7``, ``ticket:12``, ``reservation:…``."""
    records: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    why: str = ""

    def parts(self) -> "Iterator[Entry]":
        """Give the entries this one is written as: itself, or several of `RECORDS_MAX` records."""
        for first in range(0, max(1, len(self.records)), RECORDS_MAX):
            yield replace(self, records=self.records[first : first + RECORDS_MAX])

    def to_json(self) -> str:
        """Give the text that is chained and stored; empty parts are left out."""
        values = {key: value for key, value in asdict(self).items() if value not in (None, "", ())}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Entry":
        """Read an entry. Raises `ValueError`, `TypeError` for anything else."""
        stored = json.loads(text)
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()}
        return cls(**values)


@dataclass(slots=True)
class _Chain:
    """The end of one fair's record, as this process last saw it."""

    n: int = 0
    mac: str = ""
    key: bytes | None = None
    pending: "deque[tuple[str, asyncio.Future[None]]]" = field(default_factory=deque)
    writer: "asyncio.Task[None] | None" = None
    anchored: int = 0
    anchoring: "asyncio.Task[None] | None" = None


class Audit:
    """The audit records of every fair, as one process writes them."""

    def __init__(self, store: PeopleStore, keyring: Keyring, now: Callable[[], int]) -> None:
        """Append by ``store``; ``now`` gives real time in ms. Anchors are kept where keys are files."""
        self._store = store
        self._keyring = keyring
        self._anchors = Anchors(keyring.folder) if keyring.in_files else None
        self.now = now
        self._chains: dict[str, _Chain] = {}
        self._closing = asyncio.Event()

    async def write(self, slug: str, entry: Entry) -> None:
        """Append an entry; returns once it is on disk.

        Where the answer was lost (``redis_away``) it may stand there, and twice once it is tried again: never not at all.
        Raises `Refusal` (``redis_away``, ``overloaded``, ``audit_full``, ``audit_locked``).
        """
        chain = self._chains.setdefault(slug, _Chain())
        texts = [part.to_json() for part in entry.parts()]
        if len(chain.pending) + len(texts) > PENDING_MAX:
            raise Refusal("overloaded")
        loop = asyncio.get_running_loop()
        waiting = [loop.create_future() for _ in texts]
        chain.pending.extend(zip(texts, waiting, strict=True))
        if chain.writer is None or chain.writer.done():
            chain.writer = loop.create_task(self._write_all(slug, chain), name=f"audit {slug}")
        await asyncio.gather(*waiting)

    async def close(self) -> None:
        """Write the last anchors down. What still waits to be appended is refused by the store's own end."""
        self._closing.set()
        for slug, chain in self._chains.items():
            if chain.anchoring is not None:
                await chain.anchoring
            if self._anchors is not None and chain.anchored < chain.n:
                await self._anchor(slug, chain)

    async def _write_all(self, slug: str, chain: _Chain) -> None:
        while chain.pending:
            batch = [chain.pending.popleft() for _ in range(min(BATCH_MAX, len(chain.pending)))]
            refusal: Refusal | None = Refusal("internal")
            try:
                await self._append(slug, chain, [text for text, _ in batch])
                refusal = None
            except Refusal as met:
                refusal = met
            except Exception:
                log.exception("the audit record of %s could not be written", slug)
            finally:
                _answer(batch, refusal)

    async def _append(self, slug: str, chain: _Chain, texts: Sequence[str]) -> None:
        while True:
            key = chain.key = chain.key or await self._key(slug)
            n, mac, args = chain.n, chain.mac, list[str]()
            for text in texts:
                mac = chained(key, mac, text)
                args += (text, mac)
            status, top, head = await self._store.run(slug, "audit-append", str(n), *args)
            if status == b"full":
                raise Refusal("audit_full", {"limit": int(top)})
            chain.n, chain.mac = int(top), head.decode()
            if status == b"done":
                break
        if self._anchors is not None and (chain.anchoring is None or chain.anchoring.done()):
            chain.anchoring = asyncio.create_task(self._keep_anchored(slug, chain), name=f"anchor {slug}")

    async def _key(self, slug: str) -> bytes:
        """Give the key of the chain. One that is missing is not replaced: the record would break where it was."""
        top, _, _ = await self._store.run(slug, "audit-read", "0", "1")
        try:
            return self._keyring.key(slug, "audit") if int(top) else self._keyring.make(slug, "audit")
        except (KeyMissing, KeyUnusable, OSError) as fault:
            log.error("%s", fault)
            raise Refusal("audit_locked") from None

    async def _keep_anchored(self, slug: str, chain: _Chain) -> None:
        while chain.anchored < chain.n:
            await self._anchor(slug, chain)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), EVERY_S)

    async def _anchor(self, slug: str, chain: _Chain) -> None:
        """Write down how far the record has come, unless it does not hold what was written down before.

        Then the old anchor stays, as the proof that something was cut off.
        """
        assert self._anchors is not None
        n, mac = chain.n, chain.mac
        chain.anchored = n  # once, whatever comes of it: a folder that cannot be written is no reason to spin
        try:
            standing = await asyncio.to_thread(self._anchors.read, slug)
            if standing is not None and not await self._holds(slug, standing):
                log.critical("the audit record of %s does not hold entry %d any more", slug, standing.n)
                return
            await asyncio.to_thread(self._anchors.advance, slug, Anchor(n, mac))
        except (OSError, ValueError, KeyError, Refusal) as fault:
            log.warning("the anchor of %s's audit record was not written: %s", slug, fault)

    async def _holds(self, slug: str, anchor: Anchor) -> bool:
        if anchor.n == 0:
            return True
        _, _, found = await self._store.run(slug, "audit-read", str(anchor.n - 1), "1")
        return bool(found) and found[0] == f"{anchor.n}-0".encode() and found[2] == anchor.mac.encode()


def chained(key: bytes, before: str, text: str) -> str:
    """Give the chain value of an entry's text after the chain value of the entry before; the first has "" before it."""
    return hmac.new(key, f"{before}\n{text}".encode(), hashlib.sha256).hexdigest()


def _answer(batch: "Sequence[tuple[str, asyncio.Future[None]]]", refusal: Refusal | None) -> None:
    for _, done in batch:
        if done.done():  # whoever asked has gone
            continue
        if refusal is None:
            done.set_result(None)
        else:
            done.set_exception(refusal)
