"""Tables of people, in and out: CSV or Excel, the same columns and the same bounds for both.

Reading gives rows with the number a spreadsheet shows beside them, so that a fault can be found. What a person's cells say
is never part of a refusal: columns are named by our own words or by their letter. Reading or writing thousands of rows
takes seconds: a server does it in a thread. What knows Excel is imported where it is used: it takes a tenth of the time a
server needs to start, and most servers and commands never open a workbook.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from yobidashi.people.sheets import csv_file
from yobidashi.people.sheets.cells import CELL_MAX, COLUMNS_MAX, READ_ROWS_MAX, WRITTEN_ROWS_MAX
from yobidashi.queue.errors import Refusal

FILE_MAX_BYTES: Final = 2 * 1024 * 1024
"""The largest file that is read."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; any of its three names may head it in a file that is read."""

    key: str
    ja: str
    en: str
    required: bool = True
    """Whether a file without it is refused; its cells may be empty all the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank."""

    line: int
    """The row's number in the spreadsheet; the heading is usually row 1."""
    cells: Mapping[str, str]
    """Column key → the cell's text, as written; a column that the file does not have is absent."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook that is written."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one cell, for the list that is shown to whoever brought the file."""

    line: int
    column: str
    """The column's key; empty where the whole row is meant."""
    code: str
    ja: str
    en: str

    def to_object(self) -> dict[str, Any]:
        """Give the fault as the HTTP API answers it."""
        return {"line": self.line, "column": self.column, "code": self.code, "ja": self.ja, "en": self.en}


def read_table(data: bytes, columns: Sequence[Column]) -> tuple[Row, ...]:
    """Read a CSV file (UTF-8 or Shift_JIS, commas or tabs) or the first sheet of a workbook, told apart by their content.

    Raises `Refusal`: ``sheet_unreadable``, ``sheet_too_large``, ``sheet_columns``.
    """
    if len(data) > FILE_MAX_BYTES:
        raise _too_large("ファイル", "file", f"{FILE_MAX_BYTES // 1024**2} MiB")
    keys: list[str] | None = None
    found: list[Row] = []
    for line, cells in _rows(data):
        _check_cells(line, cells)
        if keys is None:
            keys = _keys(cells, columns)
        elif len(found) == READ_ROWS_MAX:
            raise _too_large("行数", "rows", f"{READ_ROWS_MAX:,}")
        else:
            found.append(_row(line, cells, keys))
    if keys is None:
        raise Refusal("sheet_unreadable", {"why_ja": "何も書かれていません", "why": "nothing is written in it"})
    return tuple(found)


def write_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Give rows as CSV (UTF-8 with its mark, CRLF), headed in Japanese; what is not in a row stays empty.

    Raises `ValueError` for more than `WRITTEN_ROWS_MAX` rows.
    """
    return csv_file.written(_table(columns, rows))


def write_xlsx(columns: Sequence[Column], rows: Iterable[Mapping[str, str]], title: str = "一覧") -> bytes:
    """Give rows as an Excel workbook, headed in Japanese, on a sheet of that title; what is not in a row stays empty.

    Raises `ValueError` for more than `WRITTEN_ROWS_MAX` rows.
    """
    from yobidashi.people.sheets import workbook

    return workbook.written([(title, _table(columns, rows))])


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Give sheets as one Excel workbook, in their order. Raises `ValueError` as `write_csv`."""
    from yobidashi.people.sheets import workbook

    return workbook.written([(sheet.title, _table(sheet.columns, sheet.rows)) for sheet in sheets])


def encrypt_xlsx(content: bytes, password: str) -> bytes:
    """Give a workbook that opens with the password only, as `workbook.locked`."""
    from yobidashi.people.sheets import workbook

    return workbook.locked(content, password)


def decrypt_xlsx(content: bytes, password: str) -> bytes:
    """Give the workbook that `encrypt_xlsx` was given, as `workbook.unlocked`."""
    from yobidashi.people.sheets import workbook

    return workbook.unlocked(content, password)


def _rows(data: bytes) -> Iterable[tuple[int, list[str]]]:
    from yobidashi.people.sheets import workbook

    if workbook.is_locked(data):
        why_ja, why = "パスワード付きか、古い形式（xls）です", "it has a password, or is of the old xls kind"
        raise Refusal("sheet_unreadable", {"why_ja": why_ja, "why": why})
    return workbook.read_rows(data) if workbook.is_workbook(data) else csv_file.read_rows(data)


def _check_cells(line: int, cells: Sequence[str]) -> None:
    if _width(cells) > COLUMNS_MAX:
        raise _too_large("列数", "columns", str(COLUMNS_MAX))
    if any(len(cell) > CELL_MAX for cell in cells):
        raise _too_large(f"{line}行目の一つの欄の文字数", f"characters of a cell in row {line}", f"{CELL_MAX:,}")


def _width(cells: Sequence[str]) -> int:
    """Give the number of a row's last cell that is not blank."""
    return max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _row(line: int, cells: Sequence[str], keys: Sequence[str]) -> Row:
    if (width := _width(cells)) > len(keys):
        raise _columns(unknown=_letters(range(len(keys) + 1, width + 1)))
    return Row(line, {key: cells[i] if i < len(cells) else "" for i, key in enumerate(keys)})


def _keys(heading: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """Give the keys of a file's columns in their order."""
    by_name = {_plain(name): column.key for column in columns for name in (column.key, column.en, column.ja)}
    keys = [by_name.get(_plain(name), "") for name in heading[: _width(heading)]]
    unknown = _letters(i + 1 for i, key in enumerate(keys) if not key or key in keys[:i])
    missing = [column for column in columns if column.required and column.key not in keys]
    if unknown or missing:
        raise _columns(unknown, missing)
    return keys


def _letters(numbers: Iterable[int]) -> list[str]:
    """Give the letters above columns, the first column being 1."""
    from openpyxl.utils import get_column_letter

    return [get_column_letter(number) for number in numbers]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _columns(unknown: Sequence[str] = (), missing: Sequence[Column] = ()) -> Refusal:
    return Refusal(
        "sheet_columns",
        {
            "missing": [column.key for column in missing],
            "unknown": list(unknown),
            "missing_ja": "・".join(column.ja for column in missing) or "なし",
            "unknown_ja": "・".join(f"{letter}列" for letter in unknown) or "なし",
            "missing_en": ", ".join(column.en for column in missing) or "none",
            "unknown_en": ", ".join(unknown) or "none",
        },
    )


def _too_large(what_ja: str, what: str, limit: str) -> Refusal:
    return Refusal("sheet_too_large", {"what_ja": what_ja, "what": what, "limit": limit})


def _table(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> list[list[str]]:
    table = [[column.ja for column in columns]]
    for row in rows:
        if len(table) > WRITTEN_ROWS_MAX:
            raise ValueError(f"more than {WRITTEN_ROWS_MAX} rows")
        table.append([row.get(column.key, "") for column in columns])
    return table
