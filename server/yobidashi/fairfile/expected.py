"""What a key of the file takes, in words: read off the tables, so that no sentence can disagree with a bound."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from annotated_types import Ge, Le, MaxLen, MinLen

from yobidashi.fairfile.faults import KeyPath, Text, shown
from yobidashi.fairfile.forms import Form
from yobidashi.fairfile.table import Table
from yobidashi.fairfile.tables import Document


def hint_at(path: KeyPath) -> Any:
    """Give the type of a place of the document with all its bounds; None where the tables know no such place."""
    hint: Any = Document
    for part in path:
        bare, _ = opened(hint)
        if isinstance(part, int) and get_origin(bare) is tuple:
            hint = get_args(bare)[0]
        elif isinstance(part, str) and is_table(bare) and part in bare.model_fields:
            hint = key_hint(bare, part)
        else:
            return None
    return hint


def key_hint(table: type[Table], key: str) -> Any:
    """Give the type of one key of a table with all its bounds."""
    field = table.model_fields[key]
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def keys_at(path: KeyPath) -> list[str]:
    """Give the keys a table of the document takes, in the order they are written."""
    bare, _ = opened(hint_at(path))
    return list(bare.model_fields) if is_table(bare) else []


def tables(table: type[Table] = Document, path: KeyPath = ()) -> Iterator[tuple[str, type[Table]]]:
    """Yield every table below one, with its heading as the file writes it."""
    for key in table.model_fields:
        bare, _ = opened(key_hint(table, key))
        listed = get_origin(bare) is tuple
        inner = opened(get_args(bare)[0])[0] if listed else bare
        if is_table(inner):
            name = ".".join(str(part) for part in (*path, key))
            yield (f"[[{name}]]" if listed else f"[{name}]"), inner
            yield from tables(inner, (*path, key))


def opened(hint: Any) -> tuple[Any, list[object]]:
    """Give a type without `| None` and bounds, and the bounds beside it."""
    bounds: list[object] = []
    while True:
        if get_origin(hint) is Annotated:
            hint, *found = get_args(hint)
            for bound in found:
                bounds += getattr(bound, "metadata", [bound])
        elif get_origin(hint) in (Union, types.UnionType):
            hint = next(part for part in get_args(hint) if part is not type(None))
        else:
            return hint, bounds


def described(hint: Any) -> Text:
    """Say what a type takes: `1〜20 の整数`, `a whole number from 1 to 20`."""
    bare, bounds = opened(hint)
    if bare is str:
        return _text_described(bounds)
    if bare in (int, float):
        return _number_described(bare, bounds)
    if get_origin(bare) is Literal:
        choices = [shown(choice) for choice in get_args(bare)]
        return Text(" か ".join(choices), " or ".join(choices))
    if get_origin(bare) is tuple:
        least = next((bound.min_length for bound in bounds if isinstance(bound, MinLen)), 0)
        most = next((bound.max_length for bound in bounds if isinstance(bound, MaxLen)), None)
        inner = described(get_args(bare)[0])
        return Text(f"{least}〜{most} 個の並び（{inner.ja}）", f"a list of {least} to {most} (each {inner.en})")
    if is_table(bare):
        keys = ", ".join(bare.model_fields)
        return Text(f"表（{keys}）", f"a table of {keys}")
    return PLAIN[bare]


PLAIN = {
    bool: Text("true か false", "true or false"),
    dt.time: Text('"10:30" の形の時刻', 'a time such as "10:30"'),
    dt.date: Text("2026-02-14 の形の実在する日付（2000〜2100年）", "a day such as 2026-02-14 (2000 to 2100)"),
    ZoneInfo: Text('"Asia/Tokyo" のような時間帯', 'a time zone such as "Asia/Tokyo"'),
}
"""Types whose words depend on nothing else."""


def _text_described(bounds: list[object]) -> Text:
    forms = [bound.text for bound in bounds if isinstance(bound, Form)]
    most = next((bound.max_length for bound in bounds if isinstance(bound, MaxLen)), None)
    form = forms[-1] if forms else Text("文字列", "text")
    if most is None:
        return form
    return Text(f"{form.ja}（{most} 字まで）", f"{form.en} (at most {most} characters)")


def _number_described(kind: type, bounds: list[object]) -> Text:
    least = next((bound.ge for bound in bounds if isinstance(bound, Ge)), None)
    most = next((bound.le for bound in bounds if isinstance(bound, Le)), None)
    if kind is int:
        return Text(f"{least}〜{most} の整数", f"a whole number from {least} to {most}")
    return Text(f"{least}〜{most} の数", f"a number from {least} to {most}")


def is_table(bare: Any) -> TypeGuard[type[Table]]:
    """Tell whether a type is one of the tables."""
    return isinstance(bare, type) and issubclass(bare, Table)
