"""The Lua scripts as Redis receives them: includes put in, constants and the transition table put before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from yobidashi.queue.keys import (
    ANSWER_TTL_S,
    CARDS_MAX,
    JOURNAL_KEPT,
    NOTICES_AT_ONCE,
    NOTICES_MAX,
    OFFERS_MAX,
    SCHEMA,
    UNDO_KEPT,
)
from yobidashi.queue.tickets import OPEN_STATES, TRANSITIONS, State

FOLDER: Final = Path(__file__).parent / "lua"
_INCLUDE: Final = "--@include "


@dataclass(frozen=True, slots=True)
class Script:
    """One script: its name (the file's), its whole text, and the SHA-1 by which EVALSHA calls it."""

    name: str
    text: str
    sha: str


@cache
def script(name: str) -> Script:
    """Give the script in ``lua/{name}.lua``. Raises `FileNotFoundError` where there is none."""
    return script_at(FOLDER / f"{name}.lua")


@cache
def script_at(path: Path) -> Script:
    """Give the script in a file, with what it includes from the folder ``lib`` beside it."""
    text = "\n".join(_with_includes(path.read_text(encoding="utf-8"), path.parent / "lib"))
    return Script(path.stem, text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


def _with_includes(source: str, shared: Path) -> list[str]:
    lines: list[str] = []
    for line in source.splitlines():
        if not line.startswith(_INCLUDE):
            lines.append(line)
            continue
        included = line.removeprefix(_INCLUDE).strip()
        if included == "fair":
            lines.append(_constants())
        lines.append((shared / f"{included}.lua").read_text(encoding="utf-8"))
    return lines


def _constants() -> str:
    numbers = {
        "ANSWER_TTL_S": ANSWER_TTL_S,
        "JOURNAL_KEPT": JOURNAL_KEPT,
        "UNDO_KEPT": UNDO_KEPT,
        "CARDS_MAX": CARDS_MAX,
        "OFFERS_MAX": OFFERS_MAX,
        "NOTICES_MAX": NOTICES_MAX,
        "NOTICES_AT_ONCE": NOTICES_AT_ONCE,
        "SCHEMA": SCHEMA,
    }
    lines = [f"local {name} = {value}" for name, value in numbers.items()]
    steps = ", ".join(f"{command} = {_table(moves)}" for command, moves in TRANSITIONS.items())
    lines.append(f"local TRANSITIONS = {{ {steps} }}")
    lines.append(f"local OPEN_STATES = {_table(dict.fromkeys(sorted(OPEN_STATES), True))}")
    return "\n".join(lines)


def _table(entries: Mapping[State, State | bool]) -> str:
    pairs = (f"{key} = {'true' if value is True else repr(str(value))}" for key, value in entries.items())
    return "{ " + ", ".join(pairs) + " }"
