"""The audit record: who did or saw what, when, at which device, and why; append-only, each entry chained to the one before.

The chain value of an entry is ``HMAC-SHA256(key, value before · entry)`` with a key outside Redis (`keyring.py`), so that who
can write to Redis can neither change, insert nor take out an entry unnoticed. Entries hold ids, never names. Processes
append in batches: one round trip, one write to disk for all entries of one moment; where another process was first, the
batch is chained anew.
"""

import asyncio
import hashlib
import hmac
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from yobidashi.people.keyring import Keyring
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

BATCH_MAX: Final = 256
"""Entries in one round trip."""

PENDING_MAX: Final = 4_096
"""Entries of one fair that may wait; past that the act is refused as ``overloaded``."""

RECORDS_MAX: Final = 5_000
"""Ids in one entry: every record of a fair at once, as a search or an export sees them."""

PAGE: Final = 1_000
"""Entries read in one round trip."""

WHY_MAX: Final = 500
"""Characters of a reason."""


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


@dataclass(frozen=True, slots=True)
class Chained:
    """An entry as it stands in the record."""

    n: int
    text: str
    mac: str

    @property
    def entry(self) -> Entry:
        """The entry itself."""
        return Entry.from_json(self.text)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the record is whole: how many entries, the head's chain value, and where it breaks if it does."""

    entries: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, put in or taken out."""
        return self.broken_at is None


@dataclass(slots=True)
class _Chain:
    n: int = 0
    mac: str = ""
    pending: "deque[tuple[str, asyncio.Future[None]]]" = field(default_factory=deque)
    writer: "asyncio.Task[None] | None" = None


class Audit:
    """The audit records of every fair, as one process writes them."""

    def __init__(self, store: PeopleStore, keyring: Keyring, now: Callable[[], int]) -> None:
        """Append by ``store``; ``now`` gives real time in ms."""
        self._store = store
        self._keyring = keyring
        self.now = now
        self._chains: dict[str, _Chain] = {}

    async def write(self, slug: str, entry: Entry) -> None:
        """Append an entry; returns once it is on disk. Raises `Refusal` (``redis_away``, ``overloaded``)."""
        chain = self._chains.setdefault(slug, _Chain())
        if len(chain.pending) >= PENDING_MAX:
            raise Refusal("overloaded")
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        chain.pending.append((entry.to_json(), done))
        if chain.writer is None or chain.writer.done():
            chain.writer = asyncio.create_task(self._write_all(slug, chain), name=f"audit {slug}")
        await done

    async def read(self, slug: str, after: int = 0, limit: int = PAGE) -> list[Chained]:
        """Give entries after a number, `PAGE` at most."""
        _, _, flat = await self._store.run(slug, "audit-read", str(after), str(min(limit, PAGE)))
        return _entries(flat)

    async def whole(self, slug: str) -> AsyncIterator[Chained]:
        """Give every entry in order."""
        after = 0
        while page := await self.read(slug, after):
            for chained in page:
                yield chained
            after = page[-1].n

    async def verify(self, slug: str) -> Verdict:
        """Chain the whole record anew and compare."""
        key = self._keyring.key(slug, "audit")
        n, mac = 0, ""
        async for chained in self.whole(slug):
            if chained.n != n + 1:
                return Verdict(n, mac, n + 1, f"expected entry {n + 1}, got {chained.n}")
            if not hmac.compare_digest(_mac(key, mac, chained.text), chained.mac):
                return Verdict(n, mac, chained.n, "its chain value is not that of its words and of the entry before")
            n, mac = chained.n, chained.mac
        top, head, _ = await self._store.run(slug, "audit-read", "0", "1")
        if top > n:  # read later than the entries, so it may only be ahead if newer ones exist
            newer = await self.read(slug, n, 1)
            if not newer:
                return Verdict(n, mac, n + 1, f"the head says {top} entries, there are {n}")
        elif top < n or head.decode() != mac:
            return Verdict(n, mac, n, "the head is not the newest entry's")
        return Verdict(n, mac)

    async def _write_all(self, slug: str, chain: _Chain) -> None:
        while chain.pending:
            batch = [chain.pending.popleft() for _ in range(min(BATCH_MAX, len(chain.pending)))]
            try:
                await self._append(slug, chain, [text for text, _ in batch])
            except Exception as fault:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(fault if isinstance(fault, Refusal) else Refusal("internal"))
            else:
                for _, done in batch:
                    if not done.done():
                        done.set_result(None)

    async def _append(self, slug: str, chain: _Chain, texts: Sequence[str]) -> None:
        key = self._keyring.make(slug, "audit")
        while True:
            n, mac, args = chain.n, chain.mac, list[str]()
            for text in texts:
                mac = _mac(key, mac, text)
                args += (text, mac)
            status, top, head = await self._store.run(slug, "audit-append", str(n), *args)
            chain.n, chain.mac = int(top), head.decode()
            if status == b"done":
                return


def _mac(key: bytes, before: str, text: str) -> str:
    return hmac.new(key, f"{before}\n{text}".encode(), hashlib.sha256).hexdigest()


def _entries(flat: Sequence[Any]) -> list[Chained]:
    return [
        Chained(int(n.decode().partition("-")[0]), text.decode(), mac.decode())
        for n, text, mac in zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    ]
