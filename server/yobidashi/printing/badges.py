"""Staff badges: 86 × 54 mm, eight on an A4 sheet, to be cut out at the marks."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from yobidashi.printing.qr_code import qr_svg
from yobidashi.printing.written import day

BADGES_MAX: Final = 200
"""Badges in one document: 25 sheets, 2 s to set, 600 kB."""

NAME_MAX: Final = 40
"""Characters of a name: what a badge holds."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One person's badge."""

    badge_id: str
    """What is read out when it is lost; it opens nothing."""
    name: str
    roles: tuple[str, ...]
    """In Japanese, as people say them."""
    booth: int | None
    """The booth that a consultant belongs to."""
    valid_from: dt.date
    valid_until: dt.date
    url: str
    """What the QR code says."""


@dataclass(frozen=True, slots=True)
class Badges:
    """The sheet of a fair's badges, in the order they are given."""

    template: ClassVar[str] = "badges"

    fair: str
    english: str
    badges: tuple[Badge, ...]
    made_at: dt.datetime

    def __post_init__(self) -> None:
        if not 1 <= len(self.badges) <= BADGES_MAX:
            raise ValueError(f"1 to {BADGES_MAX} badges, not {len(self.badges)}")
        if any(len(badge.name) > NAME_MAX for badge in self.badges):
            raise ValueError(f"a name has at most {NAME_MAX} characters")

    def data(self) -> Mapping[str, Any]:
        """Give what the template shows."""
        return {"fair": self.fair, "english": self.english, "badges": [_data(badge) for badge in self.badges]}


def _data(badge: Badge) -> Mapping[str, Any]:
    return {
        "id": badge.badge_id,
        "name": badge.name,
        "roles": list(badge.roles),
        "booth": badge.booth,
        "valid": _validity(badge.valid_from, badge.valid_until),
        "qr": qr_svg(badge.url),
    }


def _validity(first: dt.date, last: dt.date) -> str:
    if first == last:
        return f"{day(first)}のみ"
    return f"{day(first)}〜{day(last).removeprefix(f'{first.year}年')}"
