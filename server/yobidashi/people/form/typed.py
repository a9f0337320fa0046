"""What people type, made even: a line, a long text, kana, a mail address, a telephone number.

Each reader takes a text and gives it as it is kept, or raises `Unfit`. Full-width digits, half-width kana and the many
dashes of a Japanese keyboard are no mistakes of the visitor's, so they are read as what they mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from yobidashi.fairfile.faults import has_unseen
from yobidashi.fairfile.visitor_tables import FieldKind
from yobidashi.people.form.field_faults import Unfit

RAW_FACTOR: Final = 4
"""A text longer than this many times its limit is not even made even: composing takes time."""

LOCAL_MAX: Final = 64
"""Characters before the @ (RFC 5321)."""

_KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KANA: Final = re.compile(r"[ぁ-ゖー・ ]+")
_MAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_PHONE: Final = re.compile(r"0[0-9]{9,10}|\+[1-9][0-9]{6,14}")
_BETWEEN_DIGITS: Final = re.compile(r"[\s()\-\u2010-\u2015\u2212\u30fcｰ.]+")


def line(text: str) -> str:
    """Give one line: blanks of any kind become one space, none stand at the ends. Raises `Unfit`."""
    return _clean(" ".join(_seen(unicodedata.normalize("NFC", text)).split()))


def long(text: str) -> str:
    """Give a text of several lines, without blanks at the ends of lines and at most one empty line in a row."""
    lines = (" ".join(part.split()) for part in _seen(unicodedata.normalize("NFC", text)).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_clean(part) for part in lines)).strip("\n")


def kana(text: str) -> str:
    """Give hiragana for hiragana, katakana or half-width katakana, so that a search finds each under one spelling."""
    even = line(unicodedata.normalize("NFKC", text)).translate(_KATAKANA_TO_HIRAGANA)
    if even and not _KANA.fullmatch(even):
        raise Unfit("bad_kana")
    return even


def mail(text: str) -> str:
    """Give a mail address. That it exists only a mail could prove."""
    even = line(unicodedata.normalize("NFKC", text))
    local = even.partition("@")[0]
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if even and (dots or len(local) > LOCAL_MAX or not _MAIL.fullmatch(even)):
        raise Unfit("bad_mail")
    return even


def phone(text: str) -> str:
    """Give the digits of a telephone number, with the + of one abroad."""
    even = _BETWEEN_DIGITS.sub("", line(unicodedata.normalize("NFKC", text)))
    if even and not _PHONE.fullmatch(even):
        raise Unfit("bad_phone")
    return even


READERS: Final[Mapping[FieldKind, Callable[[str], str]]] = MappingProxyType(
    {"text": line, "long": long, "kana": kana, "mail": mail, "phone": phone}
)
"""The reader of each kind of field that is typed."""


def read_typed(kind: FieldKind, text: str, limit: int) -> str:
    """Give a typed answer as it is kept, "" for none. Raises `Unfit`."""
    if len(text) > limit * RAW_FACTOR:
        raise Unfit("too_long", limit)
    even = READERS[kind](text)
    if len(even) > limit:
        raise Unfit("too_long", limit)
    return even


def _seen(text: str) -> str:
    """Leave out invisible marks of direction and joining, which come along with pasted text."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _clean(text: str) -> str:
    if has_unseen(text):
        raise Unfit("bad_character")
    return text
