"""CSV as spreadsheets write and read it in Japan: UTF-8 or Shift_JIS, separated by commas or tabs."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from yobidashi.people.sheets.cells import neutral, original, storable
from yobidashi.queue.errors import Refusal

_MARKED: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED: Final = ("utf-8", "cp932")
"""cp932 is Shift_JIS with the characters that Windows adds (①, 髙)."""


def read_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a CSV file that are not blank, with the number a spreadsheet shows beside them.

    Raises `Refusal`: ``sheet_unreadable`` for bytes that are no text, or quotation marks that do not close.
    """
    text = _decoded(data)
    head = text.partition("\n")[0]
    separator = "\t" if head.count("\t") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            cells = [original(storable(cell)) for cell in row]
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        raise Refusal(
            "sheet_unreadable",
            {
                "why_ja": f"{reader.line_num}行目の引用符か区切りが正しくありません",
                "why": f"the quotation marks or separators near line {reader.line_num} are not right",
            },
        ) from None


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """Give rows as CSV that Excel opens by a double click: UTF-8 with its mark, CRLF, no cell a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([neutral(storable(cell)) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def _decoded(data: bytes) -> str:
    encodings = next(((name,) for mark, name in _MARKED if data.startswith(mark)), _UNMARKED)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal(
        "sheet_unreadable",
        {"why_ja": "文字コードがUTF-8でもShift_JISでもありません", "why": "it is neither UTF-8 nor Shift_JIS text"},
    )
