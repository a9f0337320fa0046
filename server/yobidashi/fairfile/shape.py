"""Does a file have the tables, keys and types it should? Every misfit in words, and what can still be judged beside it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import Any, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from yobidashi.fairfile.expected import described, hint_at, is_table, key_hint, keys_at, opened, tables
from yobidashi.fairfile.faults import NOTHING, KeyPath, Text, cut, literally, printable
from yobidashi.fairfile.rule import Finding, Unjudged
from yobidashi.fairfile.table import Table
from yobidashi.fairfile.tables import Document

MISFITS_MAX = 300
"""Misfits put into words; in a file with more the first ones will do."""

CODES = {
    "missing": "missing_key",
    "extra_forbidden": "unknown_key",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "finite_number": "out_of_range",
    "too_long": "too_many",
    "too_short": "too_few",
    "string_too_long": "too_long",
    "literal_error": "unknown_choice",
    "bad_form": "bad_form",
    "bad_time": "bad_time",
    "bad_date": "bad_date",
    "unknown_timezone": "unknown_timezone",
}
"""Our code for each of pydantic's error types; any other is `wrong_type`."""


@dataclass(frozen=True)
class Misfit:
    """One value that its table does not take."""

    code: str
    finding: Finding


class Draft:
    """A table with faulty keys left out: who reads one of those is told that nothing can be judged from it."""

    def __init__(self, values: dict[str, object]) -> None:
        self._values = values

    def __getattr__(self, key: str) -> object:
        try:
            return self._values[key]
        except KeyError:
            raise Unjudged(key) from None


def fitted(values: dict[str, Any]) -> tuple[Document, list[Misfit]]:
    """Fit what a file holds into the tables.

    Gives the document and its misfits, `MISFITS_MAX` at most. With misfits the document is a draft: reading a faulty key of it raises
    `Unjudged`, everything else reads as in a document without fault.
    """
    try:
        return Document.model_validate(values), []
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if not _only_short_of_faulty(detail)]
    unknown: dict[KeyPath, list[str]] = {}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            unknown.setdefault(detail["loc"][:-1], []).append(str(detail["loc"][-1]))
    first = (_misfit(detail) for detail in details if not _only_misspelt(detail, unknown))
    misfits = list(islice(first, MISFITS_MAX))
    draft = _Drafting({detail["loc"] for detail in details}).table(Document, values, ())
    return cast("Document", draft), misfits


class _Drafting:
    """Makes a draft of whatever has no fault."""

    def __init__(self, faulty: set[KeyPath]) -> None:
        self.faulty = faulty
        self.around = {path[:end] for path in faulty for end in range(len(path))}  # places with a fault inside

    def table(self, table: type[Table], values: dict[str, Any], path: KeyPath) -> Draft:
        kept: dict[str, object] = {}
        for key, field in table.model_fields.items():
            place = (*path, key)
            if place in self.faulty:
                continue
            if key not in values:
                kept[key] = field.get_default(call_default_factory=True)
            elif place not in self.around:
                kept[key] = _adapter(table, key).validate_python(values[key])
            else:
                bare, _ = opened(key_hint(table, key))
                if is_table(bare):
                    kept[key] = self.table(bare, values[key], place)
                elif is_table(inner := opened(get_args(bare)[0])[0]):
                    kept[key] = tuple(self._listed(inner, each, (*place, i)) for i, each in enumerate(values[key]))
        return Draft(kept)

    def _listed(self, table: type[Table], value: Any, path: KeyPath) -> object:
        if path in self.faulty:
            return Draft({})
        return self.table(table, value, path) if path in self.around else table.model_validate(value)


@cache
def _adapter(table: type[Table], key: str) -> TypeAdapter[Any]:
    return TypeAdapter(key_hint(table, key))


def _only_short_of_faulty(detail: ErrorDetails) -> bool:
    """Tell whether a list has too few elements only because some of them are faulty."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _only_misspelt(detail: ErrorDetails, unknown: dict[KeyPath, list[str]]) -> bool:
    """Tell whether a missing key stands there under a name like it: one mistake, one fault."""
    if detail["type"] != "missing":
        return False
    table, key = detail["loc"][:-1], detail["loc"][-1]
    return any(_nearest(name, table) == key for name in unknown.get(table, [])[:MISFITS_MAX])


def _misfit(detail: ErrorDetails) -> Misfit:
    path, came = detail["loc"], detail["input"]
    code = CODES.get(detail["type"], "wrong_type")
    if code == "unknown_key":
        return Misfit(code, _unknown_key(path, came))
    if code == "missing_key":
        return Misfit(code, _missing_key(path))
    words = literally(came)
    if code in ("too_many", "too_few"):
        words = Text(f"{len(came)} 個", str(len(came)))
    elif code == "too_long":
        words = Text(f"{len(came)} 字", f"{len(came)} characters")
    return Misfit(code, Finding(path, described(hint_at(path)), words))


def _missing_key(path: KeyPath) -> Finding:
    hint = hint_at(path)
    expected = described(hint)
    if len(path) == 1:
        heading = f"[[{path[0]}]]" if get_origin(opened(hint)[0]) is tuple else f"[{path[0]}]"
        sentence = Text(f"表 {heading} がありません。加えてください。", f"The table {heading} is missing. Add it.")
    else:
        sentence = Text(
            f"{path[-1]} がありません。{path[-1]} = … に{expected.ja}を書いてください。",
            f"{path[-1]} is missing. Write {path[-1]} = … with {expected.en}.",
        )
    return Finding(path, expected, NOTHING, sentence=sentence)


def _unknown_key(path: KeyPath, value: object) -> Finding:
    *table, last = path
    key = str(last)
    known = ", ".join(keys_at(tuple(table)))
    expected = Text(f"{known} のどれか", f"one of {known}")
    near = _nearest(key, tuple(table))
    home = _homes().get(key)
    if near:
        advice = Text(f"もしかして {near} ですか。", f"Did you mean {near}?")
    elif home:
        advice = Text(f"{home} に移してください。", f"It belongs to {home}: move it there.")
    else:
        advice = Text(f"消してください。ここに書けるのは {known} です。", f"Take it out; this table takes {known}.")
    name = printable(cut(key)) or '""'
    sentence = Text(f"{name} というキーはここにはありません。{advice.ja}", f"There is no key {name} here. {advice.en}")
    return Finding(path, expected, literally(value), sentence=sentence)


@cache
def _homes() -> dict[str, str]:
    """Give the heading of the first table that takes each key."""
    homes: dict[str, str] = {}
    for heading, table in tables():
        for key in table.model_fields:
            homes.setdefault(key, heading)
    return homes


def _nearest(key: str, table: KeyPath) -> str | None:
    near = get_close_matches(key.lower(), keys_at(table), n=1)
    return near[0] if near else None
