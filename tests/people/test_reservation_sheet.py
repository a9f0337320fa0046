"""Reservations as sheets: what goes out comes in again the same, and every fault has its row and column."""

import secrets
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reservation_samples import reserved, visitor
from yobidashi.fair import Fair, load_fair
from yobidashi.people.form.answers import Filled, Wish
from yobidashi.people.form.consents import Author
from yobidashi.people.reservations.reservations import Mode, Reservations
from yobidashi.people.reservations.sheet import columns, read_row, sample_row, written_row, written_rows
from yobidashi.people.reservations.sheet_import import Imported, book_sheet, read_sheet
from yobidashi.people.sheets.table import Row, RowFault, write_csv, write_xlsx
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.errors import Refusal

FAIR = load_fair(SAMPLE_FAIR)


def row_of(fair: Fair, **cells: str) -> dict[str, str]:
    """The made-up row with some cells written otherwise; ``__`` stands for a dot."""
    return sample_row(fair) | {key.replace("__", "."): text for key, text in cells.items()}


def read(fair: Fair, **cells: str) -> Filled | list[RowFault]:
    return read_row(fair, Row(2, row_of(fair, **cells)))


async def brought(book: Reservations, fair: Fair, mode: Mode, *rows: dict[str, str]) -> Imported:
    sheet = read_sheet(fair, write_csv(columns(fair), rows))
    return await book_sheet(book, fair, sheet, mode, Author(by="s02", at=visitor().at))


def test_the_sample_is_a_whole_row() -> None:
    found = read(FAIR)
    assert isinstance(found, Filled)
    assert found.persons == (2, 1)
    assert found.wishes == (Wish("sapporo", FAIR.slots("sapporo")[0]),)
    assert found.consents == {"city": True, "furusato": True}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"party__adults": "２名"}, ("adults", 2)),
        ({"wishes__0__queue": "さっぽろし"}, ("queue", "sapporo")),
        ({"wishes__0__queue": "otaru"}, ("queue", "otaru")),
        ({"wishes__0__slot": "13時"}, ("time", "13:00")),
        ({"wishes__0__slot": "１３：３０〜"}, ("time", "13:30")),
        ({"answers__licence": "○"}, ("licence", True)),
        ({"answers__online": "no"}, ("online", False)),
        ({"answers__residence": "Chiba"}, ("residence", "chiba")),
        ({"answers__themes": "子育て・教育、雪・交通"}, ("themes", ["children", "snow"])),
        ({"answers__themes": "Children, school"}, ("themes", ["children"])),
        ({"answers__kana": "ﾐﾎﾝ ﾀﾛｳ"}, ("kana", "みほん たろう")),
        ({"consents__city": "同意しない"}, ("city", False)),
    ],
)
def test_cells_are_read_as_they_are_meant(cells: dict[str, str], expected: tuple[str, Any]) -> None:
    found = read(FAIR, **cells)
    assert isinstance(found, Filled), found
    first = found.wishes[0]
    index = FAIR.slots(first.queue).index(first.slot)
    time = f"{10 + (index + 1) // 2}:{'30' if index % 2 == 0 else '00'}"
    told = {"adults": found.persons.adults, "queue": first.queue, "time": time, **found.consents, **found.answers}
    assert told[expected[0]] == expected[1]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"party__adults": "たくさん"}, "party.adults", "wrong_type"),
        ({"party__adults": "0", "party__children": ""}, "party.adults", "no_person"),
        ({"wishes__0__queue": "東京都"}, "wishes.0.queue", "unknown_queue"),
        ({"wishes__0__slot": "あとで"}, "wishes.0.slot", "unknown_slot"),
        ({"wishes__0__slot": "25:00"}, "wishes.0.slot", "unknown_slot"),
        ({"wishes__0__queue": "", "wishes__0__slot": ""}, "wishes.0.queue", "missing"),
        ({"wishes__1__queue": "札幌市", "wishes__1__slot": "12:00"}, "wishes.1.queue", "queue_twice"),
        ({"answers__name": ""}, "answers.name", "missing"),
        ({"answers__mail": "太郎"}, "answers.mail", "bad_mail"),
        ({"answers__residence": "月"}, "answers.residence", "unknown_option"),
        ({"answers__licence": "たぶん"}, "answers.licence", "wrong_type"),
        ({"consents__city": ""}, "consents.city", "no_decision"),
        ({"consents__city": "どちらでも"}, "consents.city", "no_decision"),
    ],
)
def test_a_fault_names_its_column_and_says_what_to_do(cells: dict[str, str], column: str, code: str) -> None:
    found = read(FAIR, **cells)
    assert isinstance(found, list)
    assert [(fault.line, fault.column, fault.code) for fault in found] == [(2, column, code)]
    assert found[0].ja
    assert found[0].en


def test_faults_tell_nothing_of_what_was_written() -> None:
    found = read(FAIR, answers__mail="canary-77", answers__residence="canary-77", party__adults="canary-77")
    assert isinstance(found, list)
    assert len(found) == 3
    assert "canary-77" not in str(found)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from([column.key for column in columns(FAIR)]), st.text(max_size=40)))
def test_any_cells_give_a_form_or_faults(cells: dict[str, str]) -> None:
    found = read_row(FAIR, Row(7, cells))
    assert isinstance(found, Filled) or all(fault.line == 7 for fault in found)


async def test_what_goes_out_comes_in_again_the_same(book: Reservations, future: Fair) -> None:
    wishes = Wish("sapporo", future.slots("sapporo")[0]), Wish("bus", future.slots("bus")[5])
    form = reserved(future, *wishes, content="=1+1\n二行目", needs=["stroller", "other"], licence=False, when="year")
    made = await book.book(future.slug, form, command_id=secrets.token_hex(16), author=visitor())
    for write in (write_csv, write_xlsx):
        sheet = read_sheet(future, write(columns(future), [written_row(future, made)]))
        assert [filled for _, filled in sheet.good] == [form]


async def test_what_was_cancelled_does_not_go_out(book: Reservations, future: Fair) -> None:
    made = await book.book(future.slug, reserved(future), command_id=secrets.token_hex(16), author=visitor())
    assert len(written_rows(future, await book.all(future.slug))) == 1
    await book.cancel(future.slug, made.id, command_id=secrets.token_hex(16), author=visitor())
    assert written_rows(future, await book.all(future.slug)) == []


async def test_a_sheet_is_tried_then_booked_whole_or_not_at_all(book: Reservations, future: Fair) -> None:
    good = row_of(future)
    bad = row_of(future, answers__name="見本 二郎", answers__mail="nowhere")
    full = [row_of(future, answers__name=name, wishes__0__queue="小樽市") for name in ("見本 三郎", "見本 四郎")]
    rows = (good, bad, *full)
    tried = await brought(book, future, "check", *rows)
    assert [(fault.line, fault.column, fault.code) for fault in tried.faults] == [
        (3, "answers.mail", "bad_mail"),
        (5, "wishes.0.slot", "slot_full"),
    ]
    assert (tried.rows, tried.wrong, len(tried.made)) == (4, 2, 2)
    assert (await brought(book, future, "all", *rows)).made == ()
    assert await book.bookings(future.slug) == {}
    booked = await brought(book, future, "good", *rows)
    assert (len(booked.made), booked.faults) == (2, tried.faults)
    assert {each.made_by for each in await book.all(future.slug)} == {"s02"}


async def test_the_same_sheet_twice_books_once(book: Reservations, future: Fair) -> None:
    rows = (row_of(future), row_of(future, answers__name="見本 二郎"))
    first = await brought(book, future, "all", *rows)
    again = await brought(book, future, "all", *rows)
    assert (len(first.made), first.there) == (2, 0)
    assert (len(again.made), again.there, again.faults) == (0, 2, ())
    await book.cancel(future.slug, first.made[0], command_id=secrets.token_hex(16), author=visitor())
    after = await brought(book, future, "check", *rows)
    assert [(fault.line, fault.code) for fault in after.faults] == [(2, "reservation_cancelled")]


def test_a_row_that_stands_twice_is_a_fault(future: Fair) -> None:
    sheet = read_sheet(future, write_csv(columns(future), [row_of(future), row_of(future)]))
    assert [(fault.line, fault.code) for fault in sheet.faults] == [(3, "row_twice")]
    assert len(sheet.good) == 1


def test_a_sheet_without_a_needed_column_is_refused(future: Fair) -> None:
    kept = [column for column in columns(future) if column.key != "answers.name"]
    with pytest.raises(Refusal, match="sheet_columns") as refused:
        read_sheet(future, write_csv(kept, [row_of(future)]))
    assert refused.value.detail["missing"] == ["answers.name"]


def test_a_sheet_of_a_fair_without_a_form_has_no_fields(tmp_path: Path) -> None:
    bare = FAIR.model_copy(update={"form": None, "consents": (), "reservation": None})
    assert {column.key for column in columns(bare)} == {"code", "made_at", "party.adults", "party.children"}
