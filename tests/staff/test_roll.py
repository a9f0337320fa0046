"""A sheet of staff: every row becomes a member, or none does and every fault is told by its row."""

import datetime as dt

import pytest

from yobidashi.fair import Fair, load_fair
from yobidashi.people.sheets.table import write_xlsx
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.errors import Refusal
from yobidashi.staff.roles import WORDS, Role
from yobidashi.staff.roll import COLUMNS, read_roll


@pytest.fixture(scope="module")
def fair() -> Fair:
    return load_fair(SAMPLE_FAIR)


def test_rows_become_profiles(fair: Fair) -> None:
    rows = "氏名,ふりがな,役割,ブース,開始日,終了日\n見本 太郎,みほん たろう,受付・誘導,,2026-02-01,2026/2/14\n例示 花子,,相談員,7番,,\n"
    first, second = read_roll(fair, rows.encode("cp932"))
    assert (first.name, first.kana, set(first.roles)) == ("見本 太郎", "みほん たろう", {Role.RECEPTION, Role.GUIDE})
    assert (first.first, first.last) == (dt.date(2026, 2, 1), dt.date(2026, 2, 14))
    assert (set(second.roles), second.booth, second.first, second.last) == ({Role.CONSULTANT}, 7, fair.date, fair.date)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("language", ["ja", "en", "key"])
def test_every_role_may_be_written_in_three_ways(fair: Fair, role: Role, language: str) -> None:
    word = str(role) if language == "key" else getattr(WORDS[role], language)
    booth = "7" if role in (Role.CONSULTANT, Role.ONLINE) else ""
    sheet = write_xlsx(COLUMNS, [{"name": "見本", "roles": word, "booth": booth}])
    assert read_roll(fair, sheet)[0].roles == {role}


@pytest.mark.parametrize(
    "text", ["受付、誘導", "受付・誘導", "Reception, Guide", "reception guide", "受付　誘導", "受付/誘導"]
)
def test_several_roles_stand_side_by_side(fair: Fair, text: str) -> None:
    assert read_roll(fair, write_xlsx(COLUMNS, [{"name": "見本", "roles": text}]))[0].roles == {
        Role.RECEPTION,
        Role.GUIDE,
    }


def test_every_fault_is_told_with_its_row_and_no_row_counts(fair: Fair) -> None:
    rows = [
        "name,roles,booth,first,last",
        "見本 A,受付,,,",
        ",受付,,,",
        "見本 B,社長,,,",
        "見本 C,相談員,,,",
        "見本 D,相談員,七,,",
        "見本 E,受付,,2月14日,",
        "見本 F,受付,,2026-02-30,",
        "見本 G,受付,,2026-02-14,2026-02-01",
        f"{'長' * 41},受付,,,",
    ]
    with pytest.raises(Refusal) as refused:
        read_roll(fair, "\n".join(rows).encode())
    assert refused.value.code == "sheet_faults"
    found = [(fault["line"], fault["column"]) for fault in refused.value.detail["faults"]]
    assert found == [
        *((3, "name"), (4, "roles"), (5, "booth"), (6, "booth"), (7, "first"), (8, "first"), (9, "last"), (10, "name")),
    ]
    assert all(fault["ja"] and fault["en"] for fault in refused.value.detail["faults"])
    assert "見本" not in str(refused.value.detail), "what cells say is nobody's business in a refusal"


def test_a_heading_alone_is_no_sheet(fair: Fair) -> None:
    with pytest.raises(Refusal, match="sheet_unreadable"):
        read_roll(fair, "氏名,役割\n".encode())
