"""From a document to its PDF: the one place that knows the typesetter.

A template gets its words as data, never as markup: whatever a person wrote stands on the page as written. The result
depends on the document alone (`made_at` is its date), so the same document gives the same bytes.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Final, Protocol

import typst

from yobidashi import places

TEMPLATES: Final = places.PACKAGE / "printing" / "templates"
"""One `.typ` file a document, and `sheet.typ`, which all of them share."""

DATA_MAX_BYTES: Final = 1024 * 1024
"""The largest document, as JSON; 200 badges are about 600 kB."""

UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, half characters, and marks that turn the direction of the words around them; `GETA` stands for them."""

GETA: Final = "〓"
"""What Japanese printers set for a character they do not have."""


class Document(Protocol):
    """What can be printed."""

    template: ClassVar[str]
    """The template's name in `TEMPLATES`, without `.typ`."""

    @property
    def made_at(self) -> dt.datetime:
        """When it was made, in the fair's time zone: the PDF's own date."""

    def data(self) -> Mapping[str, Any]:
        """Give what the template shows: JSON-able, every date and number as it is to be read."""


class PrintFault(Exception):
    """A document that cannot be set as it is: it is too large, or the typesetter had something to say."""


def pdf(document: Document) -> bytes:
    """Set a document and give its PDF.

    It takes about 20 ms of the processor, 2 s for two hundred badges: a server calls it in a thread.

    Raises:
        PrintFault: the document is larger than `DATA_MAX_BYTES`, or the typesetter complained. The sentence holds
            nothing of the document.
        ValueError: `made_at` has no time zone.
    """
    try:
        content: bytes
        content, warnings = typst.compile_with_warnings(**typesetter_arguments(document), format="pdf")
    except typst.TypstError as error:
        raise PrintFault(f"{document.template}: {error.message}") from None
    if warnings:
        raise PrintFault(f"{document.template}: {warnings[0].message}")
    return content


def typesetter_arguments(document: Document) -> dict[str, Any]:
    """Give what the typesetter is called with, whatever the form of its result.

    Raises:
        PrintFault: the document is larger than `DATA_MAX_BYTES`.
        ValueError: `made_at` has no time zone.
    """
    offset = document.made_at.utcoffset()
    if offset is None:
        raise ValueError("made_at needs a time zone")
    data = json.dumps(_printable(document.data()), ensure_ascii=False)
    if len(data.encode()) > DATA_MAX_BYTES:
        raise PrintFault(f"{document.template}: more than {DATA_MAX_BYTES} bytes to print")
    return {
        "input": str(TEMPLATES / f"{document.template}.typ"),
        "root": str(TEMPLATES),
        "font_paths": _fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": {"data": data},
        "timestamp": document.made_at.astimezone(dt.timezone(offset)).replace(microsecond=0),
    }


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(places.PRINT_FONTS)])


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return UNPRINTABLE.sub(GETA, value.replace("\r\n", "\n"))
    if isinstance(value, Mapping):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_printable(inner) for inner in value]
    return value
