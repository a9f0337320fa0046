"""Ways of asking: exactly this, at least so many, no later than."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator

from yobidashi.fairfile.faults import NOTHING, KeyPath, Text, literally, shown
from yobidashi.fairfile.rule import Finding
from yobidashi.fairfile.tables import Document, Kind


def same(written: str, asked: str) -> bool:
    """Compare names as a reader does: width of characters and blanks make no difference."""
    return folded(written) == folded(asked)


def folded(name: str) -> str:
    """Give a name without blanks and with every character in its ordinary width."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def exactly(path: KeyPath, came: object, asked: object) -> Iterator[Finding]:
    """Yield a finding where a value is not the one asked for; None is missing."""
    equal = same(came, asked) if isinstance(came, str) and isinstance(asked, str) else came == asked
    if not equal:
        yield Finding(path, literally(asked), NOTHING if came is None else literally(came))


def at_least(path: KeyPath, came: int, least: int, ja: str, en: str) -> Iterator[Finding]:
    """Yield a finding where a count or figure falls short."""
    if came < least:
        yield Finding(path, Text(f"{ja} {least} 以上", f"at least {least} {en}"), Text(str(came), str(came)))


def no_later(path: KeyPath, came: dt.date | None, latest: dt.date) -> Iterator[Finding]:
    """Yield a finding where a day is missing or too late."""
    if came is None or came > latest:
        expected = Text(f"{shown(latest)} までの日付", f"no later than {shown(latest)}")
        yield Finding(path, expected, NOTHING if came is None else literally(came))


def of_kind(document: Document, kind: Kind) -> list[int]:
    """Give the places of the queues of one kind."""
    return [i for i, queue in enumerate(document.queues) if queue.kind == kind]
