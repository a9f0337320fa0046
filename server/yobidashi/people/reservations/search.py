"""How the desk finds a reservation: by what its QR code says, or by the beginning of the name. Pure."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from yobidashi.fair import Fair
from yobidashi.people.form import typed
from yobidashi.people.form.answers import Answers
from yobidashi.people.form.field_faults import Unfit
from yobidashi.people.reservations.booking import BookingState
from yobidashi.people.reservations.reservation import Reservation, Summary, names_of, summary_of

FOUND_MAX: Final = 20
"""Reservations in one answer; whoever finds so many types one more letter."""

TEXT_MAX: Final = 200
"""Characters of what is searched for: an address, as a scanner types it."""

_LINK: Final = re.compile(r"(?:^|/r/)([A-Za-z0-9_-]{22})/?$")


def token_in(text: str) -> str | None:
    """Give the token of a private link in what a scanner read or somebody pasted; None where there is none."""
    found = _LINK.search(text.strip()[:TEXT_MAX])
    return found[1] if found else None


def begins_like(fair: Fair, reservations: Iterable[Reservation], text: str) -> list[Summary]:
    """Give at most `FOUND_MAX` reservations whose name, or a part of it, begins like ``text``; none for no text."""
    found = [
        summary_of(fair, each)
        for each in reservations
        if each.state is not BookingState.CANCELLED and names_begin(fair, each.answers, text)
    ]
    return sorted(found, key=lambda each: (each.kana, each.id))[:FOUND_MAX]


def names_begin(fair: Fair, answers: Answers, text: str) -> bool:
    """Tell whether the name in a form's answers, or a part of it, begins like ``text``; none does like no text."""
    wanted = _plain(text)
    return wanted != "" and any(_begins(name, wanted) for name in names_of(fair, answers))


def _begins(name: str, wanted: str) -> bool:
    """Tell whether a name or a part of it begins like this: やまだ and はなこ both find やまだ はなこ."""
    words = name.split()
    return any(_plain("".join(words[at:])).startswith(wanted) for at in range(len(words)))


def _plain(text: str) -> str:
    """Give a name without spaces, kana as hiragana."""
    even = unicodedata.normalize("NFKC", text[:TEXT_MAX])
    with contextlib.suppress(Unfit):  # what is no kana is a name as it is written
        even = typed.kana(even)
    return "".join(even.split()).casefold()
