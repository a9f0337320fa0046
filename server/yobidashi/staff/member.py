"""A member of staff as the register knows them, and what may be written about one."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.queue.errors import Refusal
from yobidashi.staff.roles import OF_A_BOOTH, Role

NAME_MAX: Final = 40
"""Characters of a name, and of its reading: what a badge holds."""

LEAST_DAYS: Final = 7
"""Days that the first chief has at least, should everything be over already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is written about a member: name, what they do, where, and from when until when."""

    name: str
    kana: str
    roles: frozenset[Role]
    booth: int | None
    first: dt.date
    last: dt.date

    def row(self, fair: Fair) -> dict[str, Any]:
        """Give what the register keeps openly: everything but the name."""
        return {
            "roles": sorted(self.roles),
            **({"booth": self.booth} if self.booth is not None else {}),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "from_ms": _midnight(fair, self.first),
            "until_ms": _midnight(fair, self.last + dt.timedelta(days=1)),
        }

    def sealed(self) -> dict[str, str]:
        """Give what is sealed."""
        return {"name": self.name, "kana": self.kana}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member as the register shows them."""

    id: str
    name: str
    kana: str
    roles: tuple[Role, ...]
    booth: int | None
    first: str
    """First day of validity, ISO."""
    last: str
    state: str
    """``new`` (no PIN yet), ``active``, ``locked``, ``revoked``, ``early``, ``expired``, ``no-badge``."""
    locked_until: int


def profile(
    fair: Fair,
    *,
    name: str,
    kana: str,
    roles: Sequence[Role],
    booth: int | None,
    first: dt.date,
    last: dt.date,
) -> Profile:
    """Check what is to be written about a member.

    Raises `Refusal` (``invalid_arguments``) with the field: a name is there, a consultant has a booth of this fair, nobody else
    has one, and validity does not end before it begins.
    """
    written = _plain(name)
    if not written:
        raise _fault("name", "a name is needed", "氏名がありません")
    if not roles:
        raise _fault("roles", "at least one role", "役割がありません")
    at_booth = bool(OF_A_BOOTH & set(roles))
    if at_booth and all(known.number != booth for known in fair.booths):
        raise _fault(
            "booth", "a consultant belongs to a booth of this fair", "相談員にはこのフェアのブース番号が要ります"
        )
    if not at_booth and booth is not None:
        raise _fault("booth", "only a consultant belongs to a booth", "ブースは相談員だけに指定できます")
    if last < first:
        raise _fault("last", "it ends before it begins", "終わりの日が始まりの日より前です")
    return Profile(name=written, kana=_plain(kana), roles=frozenset(roles), booth=booth, first=first, last=last)


def chiefs_days(fair: Fair) -> tuple[dt.date, dt.date]:
    """Give the first and last day of the first chief: from today until the data must be deleted, and a week at least."""
    today = dt.datetime.now(fair.timezone).date()
    ends = (today + dt.timedelta(days=LEAST_DAYS), fair.date, fair.contract_ends, fair.deletion_deadline)
    return today, max(day for day in ends if day is not None)


def member_of(member_id: str, row: dict[str, Any], names: dict[str, str] | None, now: int) -> Member:
    """Put a row and its sealed name together."""
    return Member(
        id=member_id,
        name=(names or {}).get("name", ""),
        kana=(names or {}).get("kana", ""),
        roles=tuple(map(Role, row["roles"])),
        booth=row.get("booth"),
        first=row["first"],
        last=row["last"],
        state=_state(row, now),
        locked_until=row["locked_until"],
    )


def _state(row: dict[str, Any], now: int) -> str:
    if row["revoked"]:
        return "revoked"
    if now >= row["until_ms"]:
        return "expired"
    if row["locked_until"] > now:
        return "locked"
    if "badge" not in row:
        return "no-badge"
    if now < row["from_ms"]:
        return "early"
    return "active" if "pin" in row else "new"


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _midnight(fair: Fair, day: dt.date) -> int:
    return round(dt.datetime.combine(day, dt.time(), fair.timezone).timestamp() * 1000)


def _fault(field: str, why: str, ja: str) -> Refusal:
    return Refusal("invalid_arguments", {"field": field, "why": why, "ja": ja})
