"""How wide a name is, and how wide it may be where it is shown: the one place that says what fits.

A name is measured in em, the width of one full-width character. The limits are those of the narrowest place that shows
it without an ellipsis, at the type sizes of the screens:

| limit | narrowest place |
|---|---|
| SHORT_EM | cell of the calls screen's map: 151 px beside a three-digit number, at 23 px |
| NAME_EM | plate of the calls screen when eight are called at once: 355 px, at 44 px |
| CARD_EM | one line of the call card: name at 88 px, a gap, then the detail at half the size, 1,064 px |
| PLATE_EM | second line of that plate: detail, a gap and the English name at 27 px, 355 px |
| ENGLISH_EM | "Please come to booth 30, ….", last line of the call card: 15 Latin letters |
| TITLE_EM | fair's name in the header of a screen, beside its title: 637 px, at 27 px |
"""

from __future__ import annotations

import unicodedata

SHORT_EM = 6.5
NAME_EM = 8.0
CARD_EM = 11.5
PLATE_EM = 13.0
ENGLISH_EM = 9.0
TITLE_EM = 20.0

LATIN_EM = 0.6
"""A Latin letter, digit or half-width kana, on average and rather wide than narrow."""

FULL_WIDTH = frozenset("WFA")
"""Unicode's wide, full-width and ambiguous characters: a Japanese font draws each in a full square."""


def em(name: str) -> float:
    """Give the width of a name in em, to a tenth; combining marks take no width."""
    tenths = 0
    for character in unicodedata.normalize("NFC", name):
        if unicodedata.category(character) != "Mn":
            tenths += 10 if _is_full_width(character) else round(LATIN_EM * 10)
    return tenths / 10


def _is_full_width(character: str) -> bool:
    """Tell a full square from a narrow letter; an accented letter counts as ambiguous but is as narrow as its base."""
    is_latin = unicodedata.name(character, "").startswith("LATIN ")
    return unicodedata.east_asian_width(character) in FULL_WIDTH and not is_latin


def card_em(name: str, detail: str | None) -> float:
    """Give the width of a call card's line: the name and, at half its size after half an em, the detail."""
    return em(name) if not detail else round(em(name) + 0.5 + em(detail) / 2, 2)


def plate_em(detail: str | None, english: str) -> float:
    """Give the width of a plate's second line: the detail, half an em, and the English name."""
    return em(english) if not detail else round(em(detail) + 0.5 + em(english), 2)
