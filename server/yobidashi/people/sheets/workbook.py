"""Excel workbooks (.xlsx): read within bounds, written as plain text cells, and locked with a password."""

import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any, Final

import openpyxl
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from yobidashi.people.sheets.cells import COLUMNS_MAX, READ_ROWS_MAX, original, said, storable
from yobidashi.queue.errors import Refusal

UNPACKED_MAX_BYTES: Final = 50 * 1024 * 1024
"""What the parts of a workbook may come to when they are unpacked."""

PARTS_MAX: Final = 1_000
"""Parts (files) in a workbook."""

SHEET_ROWS_MAX: Final = 1_048_576
"""Rows a spreadsheet has, blank ones included: reading never goes further."""

FONT: Final = "Yu Gothic"
"""An East Asian font that Excel has on Windows and macOS: Latin fonts alone leave kanji to chance."""

WIDTH_MIN, WIDTH_MAX = 8, 60
"""Width of a column in half-width characters."""

PASSWORD_LENGTH: Final = range(8, 256)
"""Characters of a password; Excel takes at most 255."""

_WIDE: Final = frozenset("WFA")
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED: Final = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
"""ECMA-376 writes what looks like its escapes escaped; openpyxl takes that back in shared texts only, not in inline ones."""


def is_workbook(data: bytes) -> bool:
    """Tell whether the bytes begin as an .xlsx file does."""
    return data.startswith(b"PK\x03\x04")


def is_locked(data: bytes) -> bool:
    """Tell whether the bytes begin as a workbook with a password does (or one of the old .xls kind)."""
    return data.startswith(b"\xd0\xcf\x11\xe0")


def read_rows(data: bytes) -> list[tuple[int, list[str]]]:
    """Give the rows of a workbook's first sheet that are not blank, with their numbers, values as a person would type them.

    Of a formula its last result is read; nothing is computed. Cells beyond the column after `COLUMNS_MAX` are not looked
    at, nor rows beyond the one after `READ_ROWS_MAX`.

    Raises `Refusal`: ``sheet_unreadable``, ``sheet_too_large``.
    """
    _check_size(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl tells of what it leaves out: styles, validations
            return _rows_of_first_sheet(data)
    except Exception:  # openpyxl checks little: a broken file ends in whatever its parser stumbles on
        raise _unreadable() from None


def _rows_of_first_sheet(data: bytes) -> list[tuple[int, list[str]]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet: Any = book.worksheets[0]  # a ReadOnlyWorksheet, which the library's types do not tell
    sheet.reset_dimensions()  # what a file says of its size may be untrue
    found: list[tuple[int, list[str]]] = []
    for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS_MAX + 1, values_only=True), start=1):
        if row.count(None) < len(row):
            cells = [original(storable(_ESCAPED.sub("_", said(value)))) for value in row]
            if any(cell.strip() for cell in cells):
                found.append((number, cells))
        if number == SHEET_ROWS_MAX or len(found) > READ_ROWS_MAX + 1:  # the heading is one
            break
    return found


def written(sheets: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> bytes:
    """Give a workbook of sheets, each a title and its rows.

    Every cell is text, the first row of a sheet stays in sight, columns are as wide as needed.
    """
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "Yobidashi"  # the program, not a person
    for title, rows in sheets:
        _write_sheet(book.create_sheet(INVALID_TITLE_REGEX.sub(" ", storable(title))[:31] or "1"), rows)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_sheet(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(*rows, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(column)
    fonts = (
        Font(name=FONT, charset=128, family=2, size=11, bold=True),
        Font(name=FONT, charset=128, family=2, size=11),
    )
    for number, row in enumerate(rows):
        sheet.append([_text_cell(sheet, text, fonts[min(number, 1)]) for text in row])


def locked(workbook: bytes, password: str) -> bytes:
    """Give a workbook that opens with the password only (ECMA-376 agile encryption: AES-256, SHA-512).

    It takes about half a second of the processor. Raises `ValueError` for a password outside `PASSWORD_LENGTH`.
    """
    if len(password) not in PASSWORD_LENGTH:
        raise ValueError(f"a password has {PASSWORD_LENGTH.start} to {PASSWORD_LENGTH.stop - 1} characters")
    content = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, content)
    return content.getvalue()


def unlocked(workbook: bytes, password: str) -> bytes:
    """Give the workbook that `locked` was given. Raises `ValueError` where the password is another."""
    content = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(workbook))
        file.load_key(password=password, verify_password=True)
        file.decrypt(content, verify_integrity=True)
    except (InvalidKeyError, DecryptionError):
        raise ValueError("the password is another") from None
    return content.getvalue()


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            listed = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _unreadable() from None
    # A part that unpacks to more than is listed ends there with a wrong checksum, so the list can be trusted.
    if len(listed) > PARTS_MAX or sum(part.file_size for part in listed) > UNPACKED_MAX_BYTES:
        raise Refusal(
            "sheet_too_large",
            {"what_ja": "展開後", "what": "unpacked", "limit": f"{UNPACKED_MAX_BYTES // 1024**2} MiB"},
        )


def _unreadable() -> Refusal:
    return Refusal("sheet_unreadable", {"why_ja": "xlsxファイルが壊れています", "why": "the xlsx file is damaged"})


def _text_cell(sheet: Any, text: str, font: Font) -> Cell:
    # What reading would take for an apostrophe of ours gets one; a formula's sign needs none, for the cell is text.
    plain = storable(text)
    plain = plain if original(plain) == plain else f"'{plain}"
    cell = WriteOnlyCell(sheet, _ESCAPE.sub("_x005F_", plain))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = font
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _width(column: Sequence[str]) -> int:
    longest = max((_half_widths(line) for text in column for line in text.split("\n")), default=0)
    return min(max(longest + 2, WIDTH_MIN), WIDTH_MAX)


def _half_widths(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in text)
