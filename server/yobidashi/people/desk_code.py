"""Codes for the desk, where the QR code is not at hand: a few letters and digits that nobody mistakes for each other."""

import re
import unicodedata
from base64 import urlsafe_b64decode
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What a code is made of: no 0 O 1 I, which look alike when read out or written down."""

_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015\u2212\u30fc]+")


def code_from(secret: str, length: int) -> str:
    """Give the code that belongs to an id of the vault: ``length`` characters, 5 bits of the id's noise each."""
    noise = urlsafe_b64decode(secret + "==")
    return "".join(LETTERS[byte % len(LETTERS)] for byte in noise[:length])


def typed_code(text: str, length: int) -> str | None:
    """Give the code that somebody typed, in any case and width and with any dashes; None where it is none."""
    even = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    return even if len(even) == length and set(even) <= set(LETTERS) else None
