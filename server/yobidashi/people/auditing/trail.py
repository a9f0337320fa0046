"""The audit record as it is read: page by page, newest first or in order, and proved whole.

Every read is one round trip of at most `PAGE` entries, so that a record of two days neither fills this process nor keeps
Redis from the hall's calls.
"""

import datetime as dt
import hmac
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from yobidashi.people.auditing.anchors import Anchor, Anchors
from yobidashi.people.auditing.audit import Entry, chained
from yobidashi.people.keyring import KeyMissing, Keyring, KeyUnusable
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal

PAGE: Final = 1_000
"""Entries read in one round trip."""

SHOWN_MAX: Final = 100
"""Entries in one answer of the viewer."""

LOOKED_MAX: Final = 50_000
"""Entries looked through for one answer; the viewer then offers to look further back."""


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
    """Whether the record is whole: how many entries, the newest one's chain value, and where it breaks if it does."""

    entries: int
    head: str
    anchored: int | None
    """The entry that the anchor outside Redis names; None where there is no anchor."""
    broken_at: int | None = None
    why: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, put in or taken out."""
        return self.broken_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What the viewer looks for; what is None is not looked at."""

    day: dt.date | None = None
    who: str | None = None
    device: str | None = None
    act: str | None = None
    on: str | None = None
    """A part of what it was done to, or the place of a record."""

    def test(self, zone: ZoneInfo) -> Callable[[Entry], bool]:
        """Give whether an entry is one of those."""
        first, end = day_bounds(self.day, zone) if self.day else (0, 2**63)

        def fits(entry: Entry) -> bool:
            return (
                first <= entry.at < end
                and self.who in (None, entry.who)
                and self.device in (None, entry.device)
                and self.act in (None, entry.act)
                and (self.on is None or self.on in entry.on or self.on in entry.records)
            )

        return fits


class Trail:
    """The audit records of every fair, to read."""

    def __init__(self, store: PeopleStore, keyring: Keyring) -> None:
        """Read by ``store``; prove by the keys and anchors of ``keyring``."""
        self._store = store
        self._keyring = keyring
        self._anchors = Anchors(keyring.folder) if keyring.in_files else None

    async def all(self, slug: str) -> AsyncIterator[Chained]:
        """Give every entry in order."""
        after = 0
        while page := await self._page(slug, "audit-read", str(after)):
            for entry in page:
                yield entry
            after = page[-1].n

    async def newest(self, slug: str, before: int | None = None) -> AsyncIterator[Chained]:
        """Give every entry, the newest first, or those before a number."""
        if before is not None and before < 1:
            return  # nothing stands before the first entry, and Redis refuses to look there
        at = "+" if before is None else str(before)
        while page := await self._page(slug, "audit-read-back", at):
            for entry in page:
                yield entry
            at = str(page[-1].n)

    async def find(
        self, slug: str, fits: Callable[[Entry], bool], before: int | None = None
    ) -> tuple[list[Chained], int | None]:
        """Give the newest entries that fit, `SHOWN_MAX` at most, and before which number to look on; None: none is left."""
        found: list[Chained] = []
        looked = 0
        async for entry in self.newest(slug, before):
            looked += 1
            if fits(entry.entry):
                found.append(entry)
            if len(found) == SHOWN_MAX or looked == LOOKED_MAX:
                return found, entry.n if entry.n > 1 else None
        return found, None

    async def verify(self, slug: str) -> Verdict:
        """Chain the whole record anew, and hold it against its head and its anchor. Raises `Refusal` (``audit_locked``)."""
        try:
            key = self._keyring.key(slug, "audit")
            anchor = (
                self._anchors.read(slug) if self._anchors else None
            )  # before the entries: it may only be behind them
        except KeyMissing:
            if (await self._head(slug)).n == 0:
                return Verdict(0, "", None)
            raise Refusal("audit_locked") from None
        except (KeyUnusable, OSError, ValueError, KeyError):
            raise Refusal("audit_locked") from None
        return await self._verified(slug, key, anchor)

    async def _verified(self, slug: str, key: bytes, anchor: Anchor | None) -> Verdict:
        witnesses = [await self._head(slug), *([anchor] if anchor else [])]
        anchored = anchor.n if anchor else None
        n, mac = 0, ""
        async for found in self.all(slug):
            if found.n != n + 1:
                return Verdict(n, mac, anchored, n + 1, f"expected entry {n + 1}, got {found.n}")
            if not hmac.compare_digest(chained(key, mac, found.text), found.mac):
                why = "its chain value is not that of its words and of the entry before"
                return Verdict(n, mac, anchored, found.n, why)
            n, mac = found.n, found.mac
            if any(witness.n == n and witness.mac != mac for witness in witnesses):
                return Verdict(n, mac, anchored, n, "another entry was written down under this number")
        if n < (last := max(witness.n for witness in witnesses)):
            return Verdict(n, mac, anchored, n + 1, f"there were {last} entries, and there are {n}")
        if (await self._head(slug)).n < n:
            return Verdict(n, mac, anchored, n, "the head names an earlier entry")
        return Verdict(n, mac, anchored)

    async def _head(self, slug: str) -> Anchor:
        top, mac, _ = await self._store.run(slug, "audit-read", "0", "1")
        return Anchor(int(top), mac.decode())

    async def _page(self, slug: str, script: str, at: str) -> list[Chained]:
        _, _, flat = await self._store.run(slug, script, at, str(PAGE))
        return _entries(flat)


def day_bounds(day: dt.date, zone: ZoneInfo) -> tuple[int, int]:
    """Give the first moment of a day and the first one after it, ms since 1970."""
    first, end = (dt.datetime.combine(d, dt.time(), zone) for d in (day, day + dt.timedelta(days=1)))
    return round(first.timestamp() * 1000), round(end.timestamp() * 1000)


def _entries(flat: Sequence[Any]) -> list[Chained]:
    return [
        Chained(int(n.decode().partition("-")[0]), text.decode(), mac.decode())
        for n, text, mac in zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    ]
