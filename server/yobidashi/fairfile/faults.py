"""One fault of a fair's file: where it stands, what was expected, what came, and a sentence to act on."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""Where a value stands in the document: ("queues", 3, "short"); () is the file as a whole."""

SHOWN_CHARACTERS = 48
"""The longest value a sentence repeats, in characters; the rest is cut with a mark."""

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode's categories of characters that cannot be seen."""


class Text(NamedTuple):
    """The same words twice: Japanese first, English beside."""

    ja: str
    en: str


NOTHING = Text("記載なし", "nothing")
"""What came where a key is missing."""


@dataclass(frozen=True)
class Fault:
    """One thing in one file that has to be put right before the fair can be served."""

    code: str
    """Stable word for programs and tests, such as `missing_key`."""
    file: Path
    line: int
    """From 1: the line of the exact key, or of its table where the key is missing; 0 where no line can be named."""
    path: KeyPath
    expected: Text
    came: Text
    sentence: Text
    """What a person can do about it."""
    asks: Text | None = None
    """The rule it breaks; None where the value is not even of the form its key takes."""
    clause: str = ""
    """The clause of the specification that asks for it; empty for a general rule."""

    @property
    def ja(self) -> str:
        """The sentence in Japanese."""
        return self.sentence.ja

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.sentence.en

    def __str__(self) -> str:
        place = f"{printable(str(self.file))}:{self.line}" if self.line else printable(str(self.file))
        key = f" {key_name(self.path)}" if self.path else ""
        asks = f"{self.asks.ja}。" if self.asks else ""
        return f"{place}:{key} [{self.code}] {asks}{self.ja} / {self.en}"


class FairInvalid(Exception):
    """A fair's file has faults and is not served; `faults` holds all of them, in the order of their lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def wanted(expected: Text, came: Text) -> Text:
    """Give the usual sentence of a fault: write this instead of that."""
    return Text(
        f"{_spaced(expected.ja)}にしてください。いまは{_spaced(came.ja, before=True)}です。",
        f"Make it {expected.en}; it is {came.en}.",
    )


def _spaced(words: str, *, before: bool = False) -> str:
    """Set a blank between Latin letters or digits and the Japanese around them."""
    head = " " if before and words[:1].isascii() else ""
    return f"{head}{words} " if words[-1:].isascii() else f"{head}{words}"


def key_name(path: KeyPath) -> str:
    """Name a place as a person counts: ("queues", 3, "short") is `queues[4].short`."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{printable(part)}" if name else printable(part)
    return name


def shown(value: object) -> str:
    """Give a value as the file would write it, on one line, cut where it is long and safe to print on a terminal."""
    if isinstance(value, str):
        return printable(json.dumps(cut(value), ensure_ascii=False))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        # str() of an enormous number is slow, and from 4,300 digits an error.
        return str(value) if abs(value) < 10**18 else "10^18…"
    if isinstance(value, time):
        return value.isoformat("minutes" if not (value.second or value.microsecond) else "auto")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ … }" if value else "{}"
    if isinstance(value, Sequence):
        return "[ … ]" if value else "[]"
    return printable(cut(str(value)))


def cut(words: str) -> str:
    """Give words as they are, or their first `SHOWN_CHARACTERS` with a mark."""
    return words if len(words) <= SHOWN_CHARACTERS else words[:SHOWN_CHARACTERS] + "…"


def literally(value: object) -> Text:
    """Give a value for both languages, as the file would write it."""
    return Text(shown(value), shown(value))


def printable(words: str) -> str:
    """Replace what a terminal would obey instead of showing (control and invisible characters) by its code point."""
    return "".join(f"\\u{ord(c):04X}" if has_unseen(c) else c for c in words)


def has_unseen(words: str) -> bool:
    """Tell whether control, invisible or unassigned characters are among them: none has a place in a name."""
    return any(unicodedata.category(character) in UNSEEN for character in words)
