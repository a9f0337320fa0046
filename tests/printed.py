"""Reads a PDF of ours back: its pages' words, its title, its fonts. It knows as much of PDF as our typesetter writes."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj(?=\n)", re.S)
STREAM = re.compile(rb"/Length (\d+).*?>>\s*stream\n", re.S)
BFCHAR = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
MARK = re.compile(
    rb"/(?P<font>f\d+) [\d.]+ Tf|/(?P<property>ActualText|Alt|Lang)(?=[(<])|(?P<end>EMC)|<(?P<hex>[0-9A-F]+)>|(?P<open>\()"
)
ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.S)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Printed:
    """One PDF."""

    content: bytes

    @cached_property
    def objects(self) -> dict[int, bytes]:
        """Every object by its number, up to its stream."""
        return {int(number): body for number, body in OBJECT.findall(self.content)}

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page in the order they are drawn, every blank and line end left out."""
        (tree,) = (body for body in self.objects.values() if b"/Type/Pages" in body)
        kids = re.search(rb"/Kids\[([^\]]*)\]", tree)
        assert kids
        return [self._words(self.objects[int(n)]) for n in re.findall(rb"(\d+) 0 R", kids[1])]

    @property
    def text(self) -> str:
        """The words of all pages."""
        return "".join(self.pages)

    @property
    def title(self) -> str:
        """The title in the document's own description."""
        found = re.search(rb"/Title<([0-9A-F]+)>[^>]*/Creator", self.content)
        assert found
        return bytes.fromhex(found[1].decode()).decode("utf-16")

    @property
    def fonts(self) -> set[str]:
        """The names of all fonts, without the tag of their subset."""
        return {name.decode() for name in re.findall(rb"/BaseFont/[A-Z]{6}\+([\w-]+)", self.content)}

    def _stream(self, number: int) -> bytes:
        body = self.objects[number]
        start = STREAM.search(body)
        assert start
        raw = body[start.end() : start.end() + int(start[1])]
        return zlib.decompress(raw) if b"/FlateDecode" in start[0] else raw

    def _words(self, page: bytes) -> str:
        found = re.search(rb"/Resources (\d+) 0 R.*/Contents (\d+) 0 R", page, re.S)
        assert found
        fonts = dict(re.findall(rb"/(f\d+) (\d+) 0 R", self.objects[int(found[1])]))
        characters = {name: self._characters(int(number)) for name, number in fonts.items()}
        return re.sub("[\\s\u200b]", "", "".join(_drawn(self._stream(int(found[2])), characters)))

    def _characters(self, font: int) -> dict[bytes, str]:
        found = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        assert found
        pairs = BFCHAR.findall(self._stream(int(found[1])))
        return {bytes.fromhex(code.decode()): bytes.fromhex(c.decode()).decode("utf-16-be") for code, c in pairs}


def _drawn(stream: bytes, characters: dict[bytes, dict[bytes, str]]) -> Iterator[str]:
    """The words of a page's stream; where a glyph serves several characters, the text that is given instead of it."""
    at, font, about, given = 0, b"", b"", False
    while mark := MARK.search(stream, at):
        at = mark.end()
        if mark["font"]:
            font = mark["font"]
        elif mark["end"]:
            given = False
        elif mark["property"]:
            about = mark["property"]
        else:
            string, at = (bytes.fromhex(mark["hex"].decode()), at) if mark["hex"] else _string(stream, at)
            if about == b"ActualText":
                yield string.decode("utf-16" if string.startswith(b"\xfe\xff") else "latin-1")
                given = True
            if about:
                about = b""
            elif not given:
                yield from (characters[font][string[i : i + 2]] for i in range(0, len(string), 2))


def _string(stream: bytes, start: int) -> tuple[bytes, int]:
    """The string that opened just before `start`, and where it ends; brackets in it that pair off are not escaped."""
    depth = 1
    for mark in re.compile(rb"\\.|[()]", re.S).finditer(stream, start):
        depth += {b"(": 1, b")": -1}.get(mark[0], 0)
        if depth == 0:
            return _unescaped(stream[start : mark.start()]), mark.end()
    raise AssertionError("a string without an end")


def _unescaped(drawn: bytes) -> bytes:
    def byte(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8)]) if len(code) == 3 else ESCAPED.get(code, code)

    return ESCAPE.sub(byte, drawn)


def blankless(words: str) -> str:
    """Words as `Printed.text` gives them."""
    return re.sub("\\s", "", words)
