"""A sheet of reservations comes in: tried first, then booked whole, or only its good rows where that is asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.people.form.answers import Filled
from yobidashi.people.form.consents import Author
from yobidashi.people.reservations.booking import BookingState
from yobidashi.people.reservations.reservations import BOOKED_AT_ONCE_MAX, Mode, Outcome, Reservations, Wanted
from yobidashi.people.reservations.sheet import columns, read_row
from yobidashi.people.sheets.table import RowFault, read_table
from yobidashi.queue.errors import Refusal

FAULTS_TOLD: Final = 200
"""Faults told at once."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read: the rows that are whole, and what is wrong with the others."""

    rows: int
    good: tuple[tuple[int, Filled], ...]
    """Row number → form."""
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a sheet."""

    rows: int
    made: tuple[str, ...]
    """Ids of the reservations that were made now, or would be."""
    there: int
    """Rows that were booked by an earlier import of the same row."""
    faults: tuple[RowFault, ...]

    @property
    def wrong(self) -> int:
        """How many rows have faults."""
        return len({fault.line for fault in self.faults})


def read_sheet(fair: Fair, data: bytes) -> Sheet:
    """Read a sheet; thousands of cells take a while, so a server does it in a thread.

    Raises `Refusal`: as `sheets.read_table`, and ``sheet_too_large`` past `BOOKED_AT_ONCE_MAX` rows.
    """
    table = read_table(data, columns(fair))
    if len(table) > BOOKED_AT_ONCE_MAX:
        raise Refusal("sheet_too_large", {"what_ja": "行数", "what": "rows", "limit": f"{BOOKED_AT_ONCE_MAX:,}"})
    good: list[tuple[int, Filled]] = []
    faults: list[RowFault] = []
    lines: dict[str, int] = {}
    for row in table:
        read = read_row(fair, row)
        if isinstance(read, list):
            faults += read
            continue
        first = lines.setdefault(_content(read), row.line)
        if first != row.line:
            ja, en = f"{first}行目と同じ予約です。", f"It is the same as row {first}."
            faults.append(RowFault(row.line, "", "row_twice", ja, en))
            continue
        good.append((row.line, read))
    return Sheet(len(table), tuple(good), tuple(faults))


def ids_of(sheet: Sheet) -> list[str]:
    """Give what stands for each good row as a command: the same row is booked once, however often it is brought."""
    return [f"import {_content(filled)}" for _, filled in sheet.good]


async def book_sheet(reservations: Reservations, fair: Fair, sheet: Sheet, mode: Mode, author: Author) -> Imported:
    """Book a sheet's rows: ``check`` none, ``all`` only where every row can be, ``good`` those that can be.

    Raises `Refusal` as `Reservations.book_many`.
    """
    tried: Mode = "check" if mode == "all" and sheet.faults else mode
    wanted = [Wanted(id_, filled) for id_, (_, filled) in zip(ids_of(sheet), sheet.good, strict=True)]
    outcomes = await reservations.book_many(fair.slug, wanted, tried, author=author, by_staff=True)
    lines = [line for line, _ in sheet.good]
    there = [outcome.booking_id for outcome in outcomes if not outcome.made and outcome.refusal is None]
    standing = await reservations.bookings(fair.slug, there) if there else {}
    gone = {id_ for id_, booking in standing.items() if booking.state is BookingState.CANCELLED}
    faults = [*sheet.faults, *_faults(lines, outcomes, gone)]
    written = mode == "good" or (mode == "all" and not faults)
    made = [outcome.booking_id for outcome in outcomes if outcome.made] if written or mode == "check" else []
    return Imported(sheet.rows, tuple(made), len(there) - len(gone), tuple(sorted(faults, key=_line)))


def _faults(lines: Sequence[int], outcomes: Sequence[Outcome], gone: set[str]) -> list[RowFault]:
    faults: list[RowFault] = []
    for line, outcome in zip(lines, outcomes, strict=True):
        refusal = Refusal("reservation_cancelled") if outcome.booking_id in gone else outcome.refusal
        if refusal is not None:
            wish = refusal.detail.get("wish")
            column = "" if wish is None else f"wishes.{int(wish)}.slot"
            faults.append(RowFault(line, column, refusal.code, refusal.sentence("ja"), refusal.sentence("en")))
    return faults


def _line(fault: RowFault) -> int:
    return fault.line


def _content(filled: Filled) -> str:
    """Give what two rows that say the same have in common, telling nothing of it."""
    whole: list[Any] = [filled.persons, filled.wishes, filled.answers, filled.consents]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
