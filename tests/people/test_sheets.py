"""Tables in and out: what is written is read back to the letter, no cell becomes a formula, and bounds hold."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yobidashi.people.sheets import cells, workbook
from yobidashi.people.sheets import table as sheets
from yobidashi.people.sheets.table import Column, Row, RowFault, read_table, write_csv, write_xlsx
from yobidashi.queue.errors import Refusal

COLUMNS = (
    Column("name", "氏名", "Name"),
    Column("kana", "かな", "Kana"),
    Column("phone", "電話", "Phone", required=False),
)
ROWS = ({"name": "見本 太郎", "kana": "みほん たろう", "phone": "+81 90-0000-0000"}, {"name": "見本 花子", "kana": ""})

Write = Callable[[Sequence[Column], Sequence[Mapping[str, str]]], bytes]
WRITES = pytest.mark.parametrize("write", [write_csv, write_xlsx])


def refused(data: bytes, columns: Sequence[Column] = COLUMNS) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_table(data, columns)
    assert "—" not in caught.value.sentence("ja") + caught.value.sentence("en")
    return caught.value


def made_in_excel(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return changed.getvalue()


@WRITES
def test_what_is_written_is_read_back(write: Write) -> None:
    first, second = read_table(write(COLUMNS, ROWS), COLUMNS)
    assert first == Row(2, ROWS[0])
    assert second == Row(3, {**ROWS[1], "phone": ""})


ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r\ufffe\uffff", exclude_categories=["Cc"]), max_size=30)
AWKWARD = st.text("=+-@＝＋－＠'\"\t\n,;_x0041 \u3000あ", max_size=8)


@WRITES
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(ANY | AWKWARD, ANY | AWKWARD), max_size=5))
def test_any_text_comes_back_to_the_letter(write: Write, rows: list[tuple[str, str]]) -> None:
    given = [{"name": name, "kana": kana} for name, kana in rows]
    read = read_table(write(COLUMNS[:2], given), COLUMNS)
    assert [dict(row.cells) for row in read] == [row for row in given if any(text.strip() for text in row.values())]


@WRITES
def test_line_ends_become_one_kind_and_what_no_sheet_can_carry_is_replaced(write: Write) -> None:
    (row,) = read_table(write(COLUMNS, [{"name": "a\r\nb\rc", "kana": "\x00\x07\ud800"}]), COLUMNS)
    assert (row.cells["name"], row.cells["kana"]) == ("a\nb\nc", "\ufffd\ufffd\ufffd")


@pytest.mark.parametrize("start", list(cells.FORMULA_STARTS.replace("\\-", "-")))
def test_no_cell_is_a_formula(start: str) -> None:
    bad = f'{start}HYPERLINK("http://203.0.113.1","x")'
    written = list(csv.reader(io.StringIO(write_csv(COLUMNS, [{"name": bad}]).decode("utf-8-sig"), newline="")))
    assert written[1][0].startswith(f"'{start}".replace("\r", "\n"))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(COLUMNS, [{"name": bad}]))).active
    assert sheet is not None
    assert sheet["A2"].data_type in {"s", "inlineStr"}
    assert sheet["A2"].value == bad.replace("\r", "\n")


def test_a_csv_opens_in_japanese_excel() -> None:
    data = write_csv(COLUMNS, ROWS)
    assert data.startswith("\ufeff氏名,かな,電話\r\n".encode())
    assert data.endswith(b"\r\n")


def test_a_workbook_keeps_its_heading_in_sight_and_has_a_font_with_kanji() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(COLUMNS, ROWS, title="名簿：[1]")))
    sheet = book["名簿： 1 "]
    assert sheet.freeze_panes == "A2"
    assert (sheet["A1"].font.name, sheet["A1"].font.bold, sheet["A2"].font.bold) == (workbook.FONT, True, False)
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width > workbook.WIDTH_MIN
    assert book.properties.creator == "Yobidashi"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_as_people_have_it(encoding: str, separator: str, end: str) -> None:
    lines = [["氏名", "かな"], ["髙橋①", "見,本"], [], ["見本\t花子", "は"]]
    text = end.join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    assert read_table(text.encode(encoding), COLUMNS) == (
        Row(2, {"name": "髙橋①", "kana": "見,本"}),
        Row(4, {"name": "見本\t花子", "kana": "は"}),
    )


def test_headings_in_either_language_or_as_keys_in_any_order_and_width() -> None:
    for heading in ("電話,かな,氏名", "PHONE,Ｋａｎａ, name ", "phone,kana,name"):
        (row,) = read_table(f"{heading}\n1,2,3\n".encode(), COLUMNS)
        assert row.cells == {"phone": "1", "kana": "2", "name": "3"}


def test_a_short_row_and_blank_cells_at_the_end() -> None:
    assert read_table("氏名,かな,,\n見本\n見本,み, ,\n".encode(), COLUMNS) == (
        Row(2, {"name": "見本", "kana": ""}),
        Row(3, {"name": "見本", "kana": "み"}),
    )


def test_excel_values_read_as_a_person_would_type_them() -> None:
    data = made_in_excel(
        ["氏名", "かな", "電話"],
        [date(2026, 2, 14), datetime(2026, 2, 14, 13, 30), time(9, 5)],  # noqa: DTZ001 (a sheet has no zones)
        [],
        [3.0, 0.25, True],
        [12345678901, "=1+1", None],
    )
    assert [(row.line, *row.cells.values()) for row in read_table(data, COLUMNS)] == [
        (2, "2026-02-14", "2026-02-14 13:30", "09:05"),
        (4, "3", "0.25", "TRUE"),
        (5, "12345678901", "", ""),
    ]


def test_headings_that_do_not_fit_are_named_without_what_the_cells_say() -> None:
    refusal = refused("氏名,見本 太郎,氏名\nx,y,z\n".encode())
    assert (refusal.code, refusal.detail["missing"], refusal.detail["unknown"]) == (
        "sheet_columns",
        ["kana"],
        ["B", "C"],
    )
    assert "太郎" not in str(refusal) + repr(refusal.detail)
    assert "かな" in refusal.sentence("ja")
    more = refused("氏名,かな\nx,y,秘密\n".encode())
    assert (more.code, more.detail["unknown"]) == ("sheet_columns", ["C"])
    assert "秘密" not in str(more)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n , \n",
        b"\x81\x20",
        "氏名,かな\0".encode(),
        '氏名,かな\n"見本'.encode(),
        '氏名,かな\n"見"本,x'.encode(),
        b"PK\x03\x04 no workbook",
        write_xlsx(COLUMNS, ROWS)[:-200],
        with_part(write_xlsx(COLUMNS, ROWS), "xl/worksheets/sheet1.xml", b"<worksheet><row"),
        with_part(write_xlsx(COLUMNS, ROWS), "xl/workbook.xml", b"<workbook/>"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    assert refused(data).code == "sheet_unreadable"


def test_a_bomb_of_entities_does_not_go_off() -> None:
    layers = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "xxxxxxxxxx">{layers}]><b>&a9;</b>'
    assert (
        refused(with_part(write_xlsx(COLUMNS, ROWS), "xl/worksheets/sheet1.xml", bomb.encode())).code
        == "sheet_unreadable"
    )


def test_a_bomb_of_zeros_is_refused_unopened() -> None:
    bomb = with_part(write_xlsx(COLUMNS, ROWS), "xl/worksheets/sheet1.xml", bytes(workbook.UNPACKED_MAX_BYTES + 1))
    assert len(bomb) < 100_000
    assert refused(bomb).code == "sheet_too_large"


def test_a_bomb_that_understates_its_size_ends_where_it_says() -> None:
    bomb = bytearray(with_part(write_xlsx(COLUMNS, ROWS), "xl/worksheets/sheet1.xml", bytes(4 * 1024 * 1024)))
    size = (4 * 1024 * 1024).to_bytes(4, "little")
    while size in bomb:
        at = bomb.index(size)
        bomb[at : at + 4] = (100).to_bytes(4, "little")
    assert refused(bytes(bomb)).code == "sheet_unreadable"


def test_a_sheet_that_overstates_its_size_is_read_as_it_is() -> None:
    head = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    )
    body = '<row r="1"><c r="A1" t="inlineStr"><is><t>氏名</t></is></c><c r="B1" t="inlineStr"><is><t>かな</t></is></c></row>'
    body += '<row r="90000"><c r="A90000" t="inlineStr"><is><t>見本</t></is></c></row>'
    sheet = f"{head}<sheetData>{body}</sheetData></worksheet>"
    data = with_part(write_xlsx(COLUMNS, ROWS), "xl/worksheets/sheet1.xml", sheet.encode())
    assert read_table(data, COLUMNS) == (Row(90_000, {"name": "見本", "kana": ""}),)


@WRITES
def test_bounds_of_rows_columns_cells_and_the_file(write: Write) -> None:
    row = {"name": "x", "kana": "x"}
    full = write(COLUMNS[:2], [row] * cells.READ_ROWS_MAX)
    assert len(read_table(full, COLUMNS)) == cells.READ_ROWS_MAX
    assert refused(write(COLUMNS[:2], [row] * (cells.READ_ROWS_MAX + 1))).code == "sheet_too_large"

    wide = tuple(Column(f"c{n}", f"列{n}", f"c{n}") for n in range(cells.COLUMNS_MAX + 1))
    assert len(read_table(write(wide[:-1], [{"c0": "x"}]), wide[:-1])[0].cells) == cells.COLUMNS_MAX
    assert refused(write(wide, [{"c0": "x"}]), wide).code == "sheet_too_large"

    longest = {"name": "長" * cells.CELL_MAX}
    assert read_table(write(COLUMNS, [longest]), COLUMNS)[0].cells["name"] == longest["name"]
    too_long = refused(write(COLUMNS, [{"name": longest["name"] + "い"}]))
    assert too_long.code == "sheet_too_large"
    assert "2行目" in too_long.sentence("ja")

    assert refused(bytes(sheets.FILE_MAX_BYTES + 1)).code == "sheet_too_large"
    with pytest.raises(ValueError, match="rows"):
        write(COLUMNS, [row] * (cells.WRITTEN_ROWS_MAX + 1))


def test_a_locked_workbook_opens_with_its_password_only() -> None:
    data = write_xlsx(COLUMNS, ROWS)
    locked = sheets.encrypt_xlsx(data, "正しい合言葉 42")
    assert "見本".encode() not in locked
    assert not zipfile.is_zipfile(io.BytesIO(locked))
    assert sheets.decrypt_xlsx(locked, "正しい合言葉 42") == data
    with pytest.raises(ValueError, match="another"):
        sheets.decrypt_xlsx(locked, "正しい合言葉 43")
    with pytest.raises(ValueError, match="8 to 255"):
        sheets.encrypt_xlsx(data, "短い")
    assert refused(locked).code == "sheet_unreadable"


def test_a_fault_is_told_as_an_object() -> None:
    fault = RowFault(7, "kana", "bad_kana", "かなで書いてください。", "Write it in kana.")
    assert fault.to_object() == {
        "line": 7,
        "column": "kana",
        "code": "bad_kana",
        "ja": "かなで書いてください。",
        "en": "Write it in kana.",
    }
