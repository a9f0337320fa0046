"""What one cell of a sheet may hold, whatever the file's form, and how a cell that looks like a formula is made harmless."""

import datetime as dt
import re
from typing import Final

CELL_MAX: Final = 2_000
"""Characters one cell may hold."""

COLUMNS_MAX: Final = 60
"""Columns of a sheet that is read."""

READ_ROWS_MAX: Final = 5_000
"""Rows of a sheet that is read, its heading and blank rows not counted."""

WRITTEN_ROWS_MAX: Final = 50_000
"""Rows of a sheet that is written, its heading not counted: more than a fair's parties."""

FORMULA_STARTS: Final = "=+\\-@\t\r\n＝＋－＠"
"""What a spreadsheet takes for the start of a formula, or skips before one; the wide signs count in Japanese Excel."""

_FORMULA: Final = re.compile(f"'*[{FORMULA_STARTS}]")
_NEUTRAL: Final = re.compile(f"'+[{FORMULA_STARTS}]")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """Give the text as a cell can hold it: every line end is LF, and U+FFFD stands for what no sheet can carry."""
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def neutral(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula (CWE-1236); `original` takes it off again."""
    return f"'{text}" if _FORMULA.match(text) else text


def original(text: str) -> str:
    """Give what `neutral` was given."""
    return text[1:] if _NEUTRAL.match(text) else text


def said(value: object) -> str:
    """Give a spreadsheet's value as a person would type it: dates as ``2026-02-14``, times as ``13:00``, 3.0 as ``3``."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(" ", "seconds" if value.second else "minutes")
        case dt.time():
            return value.isoformat("seconds" if value.second else "minutes")
        case _:
            return str(value)
