"""The scanner says where each key stands, in every style TOML allows; tomllib is the referee for what is TOML."""

import datetime as dt
import json
import re
import string
import tomllib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yobidashi.fairfile.toml_lines import DEPTH_MAX, KeyLines, TooDeep, Unclosed, key_lines, line_of

NASTY = """\
# a comment with [brackets] and "quotes" = nothing
title = "a # no comment" # a comment
'literal key' = 'C:\\path\\' # backslash ends nothing here
"quoted \\u0061 key" = 1
a . "b.c" . d = "dotted"

[ table . "sub.table" ]   # a header with blanks
text = \"\"\"
[not a header]
key = "no key"
quoted \\\"\"\" and \"\"escaped\"\" and two more: \"\"\"\"\"
after = 1
raw = '''
[[neither]]
''end'''''
list = [
  1, # one
  [2,
   3], "a ] b", 'c , d',

  { x = 1, y.z = "}" },
]

[[array]]
name = "first"
[array.inner]
deep = 1979-05-27 07:32:00
[[array.more]]
n = 1
[[array.more]]
n = 2

[[array]]
[[array.more]]
n = 3
[table]
late = true
"""


def test_nasty_document_by_hand() -> None:
    """Every line counted by hand, so that scanner and generator below cannot share a mistake."""
    tomllib.loads(NASTY)
    assert key_lines(NASTY) == {
        ("title",): 2,
        ("literal key",): 3,
        ("quoted a key",): 4,
        ("a",): 5,
        ("a", "b.c"): 5,
        ("a", "b.c", "d"): 5,
        ("table",): 36,
        ("table", "sub.table"): 7,
        ("table", "sub.table", "text"): 8,
        ("table", "sub.table", "after"): 12,
        ("table", "sub.table", "raw"): 13,
        ("table", "sub.table", "list"): 16,
        ("table", "sub.table", "list", 0): 17,
        ("table", "sub.table", "list", 1): 18,
        ("table", "sub.table", "list", 1, 0): 18,
        ("table", "sub.table", "list", 1, 1): 19,
        ("table", "sub.table", "list", 2): 19,
        ("table", "sub.table", "list", 3): 19,
        ("table", "sub.table", "list", 4): 21,
        ("table", "sub.table", "list", 4, "x"): 21,
        ("table", "sub.table", "list", 4, "y"): 21,
        ("table", "sub.table", "list", 4, "y", "z"): 21,
        ("array",): 24,
        ("array", 0): 24,
        ("array", 0, "name"): 25,
        ("array", 0, "inner"): 26,
        ("array", 0, "inner", "deep"): 27,
        ("array", 0, "more"): 28,
        ("array", 0, "more", 0): 28,
        ("array", 0, "more", 0, "n"): 29,
        ("array", 0, "more", 1): 30,
        ("array", 0, "more", 1, "n"): 31,
        ("array", 1): 33,
        ("array", 1, "more"): 34,
        ("array", 1, "more", 0): 34,
        ("array", 1, "more", 0, "n"): 35,
        ("table", "late"): 37,
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("nowhere",), 1),
        (("array", 1, "name"), 33),
        (("array", 9, "name"), 24),
        (("table", "sub.table", "missing"), 7),
        (("array", 0, "inner", "deep"), 27),
    ],
)
def test_line_of_a_missing_key_is_that_of_its_table(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(key_lines(NASTY), path) == line


@pytest.mark.parametrize(
    ("text", "line", "opening"),
    [
        ("a = 1\nb = [1,\n2,\n", 2, "["),
        ("a = 1\n\nb = { c = 1,\n", 3, "{"),
        ('a = 1\nb = """x\ny\n', 2, '"""'),
        ("a = '''x\ny''\n", 1, "'''"),
        ("a = 'x\nb = 1", 1, "'"),
        ("a = 1\n[[b\n", 2, "[["),
        ("[b\nc = 1", 1, "["),
    ],
)
def test_unclosed(text: str, line: int, opening: str) -> None:
    with pytest.raises(Unclosed) as caught:
        key_lines(text)
    assert (caught.value.line, caught.value.opening) == (line, opening)


@pytest.mark.parametrize(
    "nested",
    [
        lambda depth: "a = " + "[" * (depth - 1) + "1" + "]" * (depth - 1),
        lambda depth: ".".join("a" * depth) + " = 1",
        lambda depth: "[" + ".".join("a" * depth) + "]",
        lambda depth: "a = " + "{ a = " * (depth - 1) + "1" + " }" * (depth - 1),
    ],
    ids=["arrays", "dotted keys", "headers", "inline tables"],
)
def test_nesting_is_bounded(nested: Callable[[int], str]) -> None:
    assert max(len(path) for path in key_lines(nested(DEPTH_MAX))) == DEPTH_MAX
    with pytest.raises(TooDeep) as caught:
        key_lines("b = 1\n" + nested(DEPTH_MAX + 1))
    assert caught.value.line == 2


@settings(deadline=None)
@given(st.text(alphabet="[]{}\"'=.,#\\\n\r\t ab0", max_size=60))
@example('a = "\\')
@example("a = [}")
@example("[")
@example("= 1")
def test_any_text_ends_in_lines_or_unclosed(text: str) -> None:
    """What is no TOML neither hangs nor breaks the scanner; what is TOML has a line for everything in it."""
    try:
        lines = key_lines(text)
    except Unclosed:
        with pytest.raises(tomllib.TOMLDecodeError):
            tomllib.loads(text)
        return
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(lines) == set(_paths(values))


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of a document, as tomllib reads it."""
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [place for key, each in inner for place in [(*path, key), *_paths(each, (*path, key))]]


KEYS = st.text(alphabet="ab-_1.\" '\\é札\n", max_size=4)
TEXTS = st.text(alphabet="ab\"'\\#[]{}=,\n\t 札", max_size=8)
SCALARS = st.one_of(
    TEXTS,
    st.integers(-(2**40), 2**40),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(dt.date(1, 1, 1)),
    st.times().map(lambda time: time.replace(microsecond=0)),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
DOCUMENTS = st.recursive(
    st.dictionaries(KEYS, VALUES, max_size=3),
    lambda inner: st.dictionaries(KEYS, VALUES | inner | st.lists(inner, min_size=1, max_size=3), max_size=3),
    max_leaves=6,
)


class Writer:
    """Writes a document as TOML in randomly chosen styles, and notes the line of each key as it writes it."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.text = ""
        self.lines: KeyLines = {}

    def note(self, path: tuple[str | int, ...], *, again: bool = False) -> None:
        line = self.text.count("\n") + 1
        if again:
            self.lines[path] = line
        else:
            self.lines.setdefault(path, line)

    def one_of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def gap(self) -> str:
        return str(self.one_of("", "", " ", "\t"))

    def end_line(self) -> None:
        self.text += self.gap() + self.one_of("\n", "\n\n", "# a = [1 \"'\n", "# [x]\n\n")

    def table(self, table: dict[str, Any], path: tuple[str | int, ...], header: tuple[str, ...]) -> None:
        """Write the keys of a table, then its tables under headers of their own."""
        later = {key: value for key, value in table.items() if self.as_headers(value)}
        for key, value in table.items():
            if key not in later:
                self.key_value(path, key, value)
        for key, value in later.items():
            self.headed((*path, key), (*header, key), value)

    def as_headers(self, value: Any) -> bool:
        tables = isinstance(value, dict) or (
            isinstance(value, list) and len(value) > 0 and all(isinstance(each, dict) for each in value)
        )
        return tables and bool(self.one_of(True, True, False))

    def headed(self, path: tuple[str | int, ...], header: tuple[str, ...], value: Any) -> None:
        if isinstance(value, list):
            for i, each in enumerate(value):
                self.header("[[", header, "]]", path)
                self.note((*path, i))
                self.end_line()
                self.table(each, (*path, i), header)
            return
        before = {}
        if self.one_of(True, False):  # tables inside may stand before the table around them
            before = {key: each for key, each in value.items() if self.as_headers(each)}
        for key, each in before.items():
            self.headed((*path, key), (*header, key), each)
        self.header("[", header, "]", path)
        self.note(path, again=True)
        self.end_line()
        self.table({key: each for key, each in value.items() if key not in before}, path, header)

    def header(self, opening: str, header: tuple[str, ...], closing: str, path: tuple[str | int, ...]) -> None:
        self.note(path)
        dot = f"{self.gap()}.{self.gap()}"
        self.text += (
            self.gap() + opening + self.gap() + dot.join(self.key(key) for key in header) + self.gap() + closing
        )

    def key_value(self, path: tuple[str | int, ...], key: str, value: Any) -> None:
        self.text += self.gap()
        self.assign(path, key, value)
        self.end_line()

    def assign(self, path: tuple[str | int, ...], key: str, value: Any) -> None:
        """Write `key = value`, or `key.inner = value` for a table of one key."""
        path = (*path, key)
        self.note(path)
        self.text += self.key(key)
        while isinstance(value, dict) and len(value) == 1 and self.one_of(True, False):
            key, value = next(iter(value.items()))
            path = (*path, key)
            self.note(path)
            self.text += f"{self.gap()}.{self.gap()}{self.key(key)}"
        self.text += f"{self.gap()}={self.gap()}"
        self.value(path, value)

    def value(self, path: tuple[str | int, ...], value: Any) -> None:
        if isinstance(value, dict):
            self.text += "{" + self.gap()
            for i, (key, each) in enumerate(value.items()):
                self.text += ("," if i else "") + self.gap()
                self.assign(path, key, each)
                self.text += self.gap()
            self.text += "}"
        elif isinstance(value, list):
            self.text += "[" + self.loose()
            for i, each in enumerate(value):
                self.note((*path, i))
                self.value((*path, i), each)
                self.text += self.loose() + ("," if i + 1 < len(value) else self.one_of("", ",")) + self.loose()
            self.text += "]"
        elif isinstance(value, str):
            self.text += self.string(value)
        elif isinstance(value, bool):
            self.text += str(value).lower()
        else:
            self.text += value.isoformat() if isinstance(value, dt.date | dt.time) else repr(value)

    def loose(self) -> str:
        return str(self.one_of("", " ", "\n", "# ] , }\n", "\n\n  "))

    def key(self, key: str) -> str:
        if key and set(key) <= set(string.ascii_letters + string.digits + "-_") and self.one_of(True, False):
            return key
        if "'" not in key and "\n" not in key and self.one_of(True, False):
            return f"'{key}'"
        return json.dumps(key, ensure_ascii=self.one_of(True, False))

    def string(self, value: str) -> str:
        styles = [json.dumps(value, ensure_ascii=False)]
        if "'" not in value and "\n" not in value:
            styles.append(f"'{value}'")
        if "'''" not in value and not value.endswith("'''"):
            styles.append("'''\n" + value + "'''")
        escaped = value.replace("\\", "\\\\")
        styles.append('"""\n' + re.sub(r'"""', '""\\\\"', escaped) + '"""')
        if not value.startswith(" "):  # a line continuation swallows the blanks after it
            styles.append('"""\\\n  \n ' + json.dumps(value, ensure_ascii=False)[1:-1] + '"""')
        if not value.startswith("\n"):
            styles.append('"""' + re.sub(r'"""', '""\\\\"', escaped) + '"""')
        return self.random.choice(styles)


@settings(deadline=None)
@given(DOCUMENTS, st.integers(0, 2**32), st.sampled_from(["\n", "\r\n"]))
def test_lines_of_generated_documents(document: dict[str, Any], seed: int, line_break: str) -> None:
    """Whatever style a document is written in, each key is found on the line it was written on."""
    writer = Writer(seed)
    writer.table(document, (), ())
    text = writer.text.replace("\n", line_break)
    assert tomllib.loads(text) == document
    assert key_lines(text) == writer.lines
