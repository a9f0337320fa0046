"""Where each key of a TOML document stands: a scanner for line numbers, beside tomllib, which stays the truth for values.

It follows the TOML 1.0 grammar only as far as lines need it and expects a document that tomllib accepts. Of any other
document it gives what it saw, or says which string, array or table was opened and never closed.
"""

from __future__ import annotations

import re
import tomllib

from yobidashi.fairfile.faults import KeyPath

KeyLines = dict[KeyPath, int]
"""The line, from 1, of every table, key and array element of a document."""

DEPTH_MAX = 64
"""Levels of tables and arrays, dots in keys included; a fair's file needs four."""

BLANKS = re.compile(r"[ \t]*")
REST_OF_LINE = re.compile(r"[^\n]*")
NO_CONTENT = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
BARE_KEY = re.compile(r"[^ \t.=\]}\r\n#]*")
BARE_VALUE = re.compile(r"[^,\]}#\r\n]*")
IN_QUOTES = re.compile(r'[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*', re.DOTALL)
IN_APOSTROPHES = re.compile(r"[^'\r\n]*")


class TooDeep(RecursionError):
    """Something on `line` is nested deeper than `DEPTH_MAX`."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is nested deeper than {DEPTH_MAX} levels")
        self.line = line


class Unclosed(ValueError):
    """Something was opened on `line` and never closed; `opening` is the characters that opened it."""

    def __init__(self, line: int, opening: str) -> None:
        super().__init__(f"{opening} opened on line {line} is never closed")
        self.line = line
        self.opening = opening


def key_lines(text: str) -> KeyLines:
    """Give the line of every table, key and array element.

    A table that only its children mention stands where it is mentioned first; an array of tables at its first header.

    Raises:
        Unclosed: a string, array, inline table or header has no end.
        TooDeep: nested deeper than `DEPTH_MAX`.
    """
    return _Scanner(text).document()


def line_of(lines: KeyLines, path: KeyPath) -> int:
    """Give the line of a place or, where it is missing, of the nearest table around it; of the document: 1."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.lines: KeyLines = {}
        self.last_of: dict[KeyPath, int] = {}  # array of tables → index of its newest table

    def document(self) -> KeyLines:
        table: KeyPath = ()
        while self._skip_to_content():
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._key_and_value(table)
        return self.lines

    def _header(self) -> KeyPath:
        """Read `[a.b]` or `[[a.b]]` and give the table the following keys belong to."""
        start = self.line
        opening = "[[" if self.text.startswith("[[", self.at) else "["
        self._forward(len(opening))
        parts = self._key()
        self._bound(len(parts))
        if self._peek() != "]":
            raise Unclosed(start, opening)
        self._forward(len(opening))
        path: KeyPath = ()
        for part in parts[:-1]:
            path = (*path, part)
            self.lines.setdefault(path, start)
            if path in self.last_of:
                path = (*path, self.last_of[path])
        path = (*path, parts[-1])
        if opening == "[":
            self.lines[path] = start
            return path
        self.lines.setdefault(path, start)
        self.last_of[path] = self.last_of.get(path, -1) + 1
        path = (*path, self.last_of[path])
        self.lines[path] = start
        return path

    def _key_and_value(self, table: KeyPath) -> None:
        start = self.line
        path = table
        parts = self._key()
        self._bound(len(table) + len(parts))
        for part in parts:
            path = (*path, part)
            self.lines.setdefault(path, start)
        if self._peek() != "=":  # no TOML: step over the line, tomllib says what is wrong with it
            self._skip_line()
            return
        self._forward(1)
        self._skip_blanks()
        self._value(path)

    def _key(self) -> list[str]:
        """Read a dotted key; each part is bare or quoted, with blanks around the dots."""
        parts = []
        while True:
            self._skip_blanks()
            parts.append(self._key_part())
            self._skip_blanks()
            if self._peek() != ".":
                return parts
            self._forward(1)

    def _key_part(self) -> str:
        start = self.at
        if self._peek() in ('"', "'"):
            self._string(multiline=False)
            return _unquoted(self.text[start : self.at])
        self._pass(BARE_KEY)
        return self.text[start : self.at]

    def _value(self, path: KeyPath) -> None:
        character = self._peek()
        if character in ('"', "'"):
            self._string(multiline=True)
        elif character == "[":
            self._array(path)
        elif character == "{":
            self._inline_table(path)
        else:
            self._pass(BARE_VALUE)

    def _array(self, path: KeyPath) -> None:
        start = self.line
        self._bound(len(path) + 1)
        self._forward(1)
        index = 0
        while self._skip_to_content():
            character = self._peek()
            if character == "]":
                self._forward(1)
                return
            if character == ",":
                self._forward(1)
                continue
            self.lines[(*path, index)] = self.line
            before = self.at
            self._value((*path, index))
            self.at = max(self.at, before + 1)  # no TOML; never stand still
            index += 1
        raise Unclosed(start, "[")

    def _inline_table(self, path: KeyPath) -> None:
        start = self.line
        self._forward(1)
        while self._skip_to_content():
            character = self._peek()
            if character == "}":
                self._forward(1)
                return
            if character == ",":
                self._forward(1)
                continue
            before = self.at
            self._key_and_value(path)
            self.at = max(self.at, before + 1)
        raise Unclosed(start, "{")

    def _string(self, *, multiline: bool) -> None:
        start = self.line
        quote = self.text[self.at]
        if multiline and self.text.startswith(quote * 3, self.at):
            self._long_string(quote)
            return
        self._forward(1)
        self._pass(IN_QUOTES if quote == '"' else IN_APOSTROPHES)
        if self._peek() != quote:
            raise Unclosed(start, quote)
        self._forward(1)

    def _long_string(self, quote: str) -> None:
        """Read a string in three quotes; one or two more may stand before the three that close it."""
        start = self.line
        self._forward(3)
        while not self.text.startswith(quote * 3, self.at):
            if not self._peek():
                raise Unclosed(start, quote * 3)
            if quote == '"' and self._peek() == "\\":
                self._forward(1)
            self._forward(1)
        self._forward(3)
        for _ in range(2):
            if self._peek() == quote:
                self._forward(1)

    def _skip_to_content(self) -> bool:
        """Step over blanks, line breaks and comments; False at the end of the document."""
        before = self.at
        self._pass(NO_CONTENT)
        self.line += self.text.count("\n", before, self.at)
        return self.at < len(self.text)

    def _skip_blanks(self) -> None:
        self._pass(BLANKS)

    def _skip_line(self) -> None:
        self._pass(REST_OF_LINE)

    def _pass(self, these: re.Pattern[str]) -> None:
        """Step over what matches, which holds no line break that counts."""
        found = these.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _bound(self, depth: int) -> None:
        if depth > DEPTH_MAX:
            raise TooDeep(self.line)

    def _forward(self, count: int) -> None:
        """Step over characters that may be line breaks."""
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at = min(self.at + count, len(self.text))

    def _peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""


def _unquoted(key: str) -> str:
    """Resolve the escapes of a quoted key with tomllib itself; of a key it refuses, give it as written."""
    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except tomllib.TOMLDecodeError:
        return key
