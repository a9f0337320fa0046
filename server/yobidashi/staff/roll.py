"""The register as a sheet: rows of a CSV or Excel file become profiles, or faults with their row."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.people.sheets.table import Column, Row, RowFault, read_table
from yobidashi.queue.errors import Refusal
from yobidashi.staff.member import NAME_MAX, Profile, profile
from yobidashi.staff.roles import WORDS, Role

COLUMNS: Final = (
    Column("name", "氏名", "Name"),
    Column("kana", "ふりがな", "Reading", required=False),
    Column("roles", "役割", "Roles"),
    Column("booth", "ブース", "Booth", required=False),
    Column("first", "開始日", "First day", required=False),
    Column("last", "終了日", "Last day", required=False),
)
"""What a sheet of staff is made of. Days that are left out are the fair's own."""

FAULTS_MAX: Final = 200
"""Faults told at once."""

_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_BETWEEN_ROLES: Final = re.compile(r"[、,・/／;；\n]")
_ROLES: Final = {word: role for role, words in WORDS.items() for word in (words.ja, words.en.lower(), str(role))}


def read_roll(fair: Fair, data: bytes) -> list[Profile]:
    """Read every row of a sheet.

    Raises `Refusal`: as `read_table`, and ``sheet_faults`` with every row that does not fit; then no row counts.
    """
    profiles: list[Profile] = []
    faults: list[RowFault] = []
    for row in read_table(data, COLUMNS):
        try:
            profiles.append(_profile(fair, row))
        except _Misfit as misfit:
            faults.append(misfit.fault)
    if faults:
        raise sheet_faults(faults)
    if not profiles:
        raise Refusal(
            "sheet_unreadable", {"why_ja": "見出しだけで、行がありません", "why": "there is a heading and no row"}
        )
    return profiles


def sheet_faults(faults: Sequence[RowFault]) -> Refusal:
    """Give the refusal of a sheet with faulty rows."""
    told: list[dict[str, Any]] = [fault.to_object() for fault in faults[:FAULTS_MAX]]
    return Refusal("sheet_faults", {"count": len(faults), "faults": told})


class _Misfit(Exception):
    def __init__(self, fault: RowFault) -> None:
        self.fault = fault


def _profile(fair: Fair, row: Row) -> Profile:
    cells = {key: text.strip() for key, text in row.cells.items()}
    for key in ("name", "kana"):
        if len(cells.get(key, "")) > NAME_MAX:
            raise _misfit(row, key, f"{NAME_MAX}文字までです", f"at most {NAME_MAX} characters")
    try:
        return profile(
            fair,
            name=cells["name"],
            kana=cells.get("kana", ""),
            roles=_roles(row, cells["roles"]),
            booth=_booth(row, cells.get("booth", "")),
            first=_day(row, "first", cells.get("first", "")) or fair.date,
            last=_day(row, "last", cells.get("last", "")) or fair.date,
        )
    except Refusal as refusal:
        raise _misfit(row, refusal.detail["field"], refusal.detail["ja"], refusal.detail["why"]) from None


def _roles(row: Row, text: str) -> list[Role]:
    if text.lower() in _ROLES:  # 委託者・監査 and "Client, auditor" are one role each
        return [_ROLES[text.lower()]]
    words = [word.strip() for word in _BETWEEN_ROLES.split(text) if word.strip()]
    if any(word.lower() not in _ROLES for word in words):
        words = text.split()
    if any(word.lower() not in _ROLES for word in words):
        known = "、".join(words.ja for words in WORDS.values())
        raise _misfit(row, "roles", f"役割は次のどれかです：{known}", f"roles are: {', '.join(map(str, Role))}")
    return [_ROLES[word.lower()] for word in words]


def _booth(row: Row, text: str) -> int | None:
    digits = text.removesuffix("番")
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", digits):
        raise _misfit(row, "booth", "ブースは番号で書いてください", "a booth is its number")
    return int(digits)


def _day(row: Row, column: str, text: str) -> dt.date | None:
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        assert found is not None
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except (AssertionError, ValueError):
        raise _misfit(row, column, "日付は 2026-02-14 のように書いてください", "a day is written 2026-02-14") from None


def _misfit(row: Row, column: str, ja: str, en: str) -> _Misfit:
    return _Misfit(RowFault(row.line, column, f"bad_{column}", ja, en))
