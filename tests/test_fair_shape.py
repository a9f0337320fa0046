"""Files that are not quite a fair: a sentence for each fault, and everything said at once."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from fair_text import FairText
from yobidashi.fairfile.examination import Examination, examine
from yobidashi.fairfile.faults import shown
from yobidashi.fairfile.rule import Unjudged
from yobidashi.fairfile.shape import CODES, fitted
from yobidashi.fairfile.tables import BOOTHS_MAX, QUEUES_MAX

CHITOSE = 'id = "chitose"'
MAIL = 'key = "mail"'
Spoil = Callable[[FairText], object]

SHAPES: list[tuple[str, Spoil, str, str]] = [
    ("missing_key", lambda t: t.take_out(CHITOSE, "short"), CHITOSE, ""),
    ("missing_key", lambda t: t.take_out("[fair]", "venue"), "[fair]", ""),
    ("unknown_key", lambda t: t.set(CHITOSE, "colour", '"yellow"'), CHITOSE, "colour"),
    ("unknown_key", lambda t: t.add("[colours]", 'lamp = "#FFF100"'), "[colours]", ""),
    ("wrong_type", lambda t: t.set(CHITOSE, "talk_min", '"22"'), CHITOSE, "talk_min"),
    ("wrong_type", lambda t: t.set(CHITOSE, "talk_min", "22.5"), CHITOSE, "talk_min"),
    ("wrong_type", lambda t: t.set(CHITOSE, "talk_min", "true"), CHITOSE, "talk_min"),
    ("wrong_type", lambda t: t.set(CHITOSE, "name", "5"), CHITOSE, "name"),
    ("wrong_type", lambda t: t.set(CHITOSE, "settler", '"none"'), CHITOSE, "settler"),
    ("wrong_type", lambda t: t.set("[tickets]", "skip", "4"), "[tickets]", "skip"),
    ("wrong_type", lambda t: t.set("[tickets]", "skip", '[4, "9"]'), "[tickets]", "skip"),
    ("out_of_range", lambda t: t.set("[tickets]", "undo_s", "0"), "[tickets]", "undo_s"),
    ("out_of_range", lambda t: t.set("[tickets]", "largest_party", "21"), "[tickets]", "largest_party"),
    ("out_of_range", lambda t: t.set("[tickets]", "first", "9" * 400), "[tickets]", "first"),
    ("out_of_range", lambda t: t.set(CHITOSE, "demand", "nan"), CHITOSE, "demand"),
    ("out_of_range", lambda t: t.set(CHITOSE, "demand", "inf"), CHITOSE, "demand"),
    ("out_of_range", lambda t: t.set("number = 30", "number", "1000"), "number = 1000", "number"),
    ("too_many", lambda t: t.set("[tickets]", "skip", str(list(range(1, 202)))), "[tickets]", "skip"),
    ("too_few", lambda t: t.set("[fair]", "languages", "[]"), "[fair]", "languages"),
    ("too_long", lambda t: t.set(CHITOSE, "short", f'"{"長" * 61}"'), CHITOSE, "short"),
    ("unknown_choice", lambda t: t.set(CHITOSE, "kind", '"city"'), CHITOSE, "kind"),
    ("unknown_choice", lambda t: t.set("[fair]", "specification", '"sapporo-r8"'), "[fair]", "specification"),
    ("bad_form", lambda t: t.set("[fair]", "slug", '"Sapporo 2026"'), "[fair]", "slug"),
    ("bad_form", lambda t: t.set("[fair]", "slug", f'"{"a" * 41}"'), "[fair]", "slug"),
    ("bad_form", lambda t: t.set(CHITOSE, "kana", '"チトセシ"'), CHITOSE, "kana"),
    ("bad_form", lambda t: t.set(CHITOSE, "english", '"千歳"'), CHITOSE, "english"),
    ("bad_form", lambda t: t.set(CHITOSE, "code", '"12246"'), CHITOSE, "code"),
    ("bad_form", lambda t: t.set(CHITOSE, "letter", '"I"'), CHITOSE, "letter"),
    ("bad_form", lambda t: t.set(CHITOSE, "detail", r'"two\nlines"'), CHITOSE, "detail"),
    ("bad_form", lambda t: t.set(CHITOSE, "detail", r'"\u202Ebackwards"'), CHITOSE, "detail"),
    ("bad_form", lambda t: t.set(CHITOSE, "detail", '""'), CHITOSE, "detail"),
    ("bad_form", lambda t: t.set(CHITOSE, "detail", '" 空白"'), CHITOSE, "detail"),
    ("bad_time", lambda t: t.set("[closing]", "warn", '"24:00"'), "[closing]", "warn"),
    ("bad_time", lambda t: t.set("[closing]", "warn", "16:00:01"), "[closing]", "warn"),
    ("bad_time", lambda t: t.set("[closing]", "warn", "16"), "[closing]", "warn"),
    ("bad_date", lambda t: t.set("[fair]", "manual_due", '"2026-02-30"'), "[fair]", "manual_due"),
    ("bad_date", lambda t: t.set("[fair]", "manual_due", "2026-01-05T10:00:00"), "[fair]", "manual_due"),
    ("bad_date", lambda t: t.set("[fair]", "manual_due", "1999-12-31"), "[fair]", "manual_due"),
    ("bad_date", lambda t: t.set("[fair]", "contract_ends", "2101-01-01"), "[fair]", "contract_ends"),
    ("unknown_timezone", lambda t: t.set("[fair]", "timezone", '"Asia/Sapporo"'), "[fair]", "timezone"),
    ("unknown_timezone", lambda t: t.set("[fair]", "timezone", '"../../etc/passwd"'), "[fair]", "timezone"),
    ("unknown_timezone", lambda t: t.set("[fair]", "timezone", '"Asia"'), "[fair]", "timezone"),
    ("unknown_timezone", lambda t: t.set("[fair]", "timezone", "9"), "[fair]", "timezone"),
    ("unknown_choice", lambda t: t.set(MAIL, "kind", '"email"'), MAIL, "kind"),
    ("unknown_choice", lambda t: t.set(MAIL, "on", '["survey"]'), MAIL, "on"),
    ("unknown_choice", lambda t: t.set(MAIL, "autocomplete", '"cc-number"'), MAIL, "autocomplete"),
    ("bad_form", lambda t: t.set(MAIL, "key", '"Mail address"'), 'ja = "メールアドレス"', "key"),
    ("bad_form", lambda t: t.set("[privacy]", "ja", r'"two\nlines"'), "[privacy]", "ja"),
    ("out_of_range", lambda t: t.set(MAIL, "max", "2001"), MAIL, "max"),
    ("out_of_range", lambda t: t.set("[reservation]", "wishes", "0"), "[reservation]", "wishes"),
    ("out_of_range", lambda t: t.set(CHITOSE, "reserved_per_slot", "-1"), CHITOSE, "reserved_per_slot"),
    ("too_few", lambda t: t.set(MAIL, "on", "[]"), MAIL, "on"),
    ("too_long", lambda t: t.set("[privacy]", "ja", f'"{"長" * 1001}"'), "[privacy]", "ja"),
    ("bad_date", lambda t: t.set("[reservation]", "opens", '"2025-12"'), "[reservation]", "opens"),
]


def faults_of(examination: Examination) -> set[tuple[str, int]]:
    return {(fault.code, fault.line) for fault in examination.faults}


@pytest.mark.parametrize(("code", "spoil", "table", "key"), SHAPES)
def test_misfit(code: str, spoil: Spoil, table: str, key: str, tmp_path: Path) -> None:
    text = FairText.without_specification()
    spoil(text)
    assert faults_of(examine(text.write(tmp_path))) == {(code, text.line(table, key))}


def test_no_code_is_untested() -> None:
    assert {code for code, *_ in SHAPES} == {*CODES.values(), "wrong_type"}


def test_too_many_queues_and_booths(tmp_path: Path) -> None:
    text = FairText.without_specification()
    queue = ["[[queues]]", 'id = "q"', 'kind = "bus"', 'name = "x"', 'short = "x"', 'kana = "あ"', 'english = "x"']
    text.add(*[*queue, "talk_min = 1"] * QUEUES_MAX, *["[[booths]]", "number = 1", 'role = "spare"'] * BOOTHS_MAX)
    assert faults_of(examine(text.write(tmp_path))) == {
        ("too_many", text.line("[[queues]]")),
        ("too_many", text.line("[[booths]]")),
    }


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda t: t.take_out(CHITOSE, "short").set(CHITOSE, "shrot", '"千歳市"'), "short"),
        (lambda t: t.set("[fair]", "undo_s", "10"), "[tickets]"),
        (lambda t: t.set(CHITOSE, "zzz", "1"), "talk_min"),
    ],
    ids=["did you mean", "another table's key", "the keys there are"],
)
def test_unknown_key_is_led_home(spoil: Spoil, said: str, tmp_path: Path) -> None:
    """One mistyped key is one fault, and says what was probably meant."""
    text = FairText.without_specification()
    spoil(text)
    (fault,) = examine(text.write(tmp_path)).faults
    assert fault.code == "unknown_key"
    assert said in fault.ja
    assert said in fault.en


def test_missing_tables_are_named(tmp_path: Path) -> None:
    path = tmp_path / "fair.toml"
    path.write_text("# empty\n", "utf-8")
    faults = examine(path).faults
    assert [(fault.code, fault.line, fault.path) for fault in faults] == [
        ("missing_key", 1, ("queues",)),
        ("missing_key", 1, ("booths",)),
        ("missing_key", 1, ("fair",)),
    ]
    assert "[[queues]]" in faults[0].ja
    assert "[fair]" in faults[2].ja


def test_all_faults_at_once(tmp_path: Path) -> None:
    """A value of the wrong form hides no other fault: neither of form, nor of a rule that can do without it."""
    text = FairText.sample()
    text.set(CHITOSE, "talk_min", '"22"').set("[fair]", "opens", '"10h30"').take_out('id = "otaru"', "kana")
    text.set("number = 29", "home", '"nowhere"').set("number = 7", "seats", "1").set("[fair]", "colour", "1")
    text.set('id = "bus"', "short", '"バスのお仕事の相談"')
    examination = examine(text.write(tmp_path))
    assert faults_of(examination) == {
        ("wrong_type", text.line(CHITOSE, "talk_min")),
        ("bad_time", text.line("[fair]", "opens")),
        ("missing_key", text.line('id = "otaru"')),
        ("unknown_queue", text.line("number = 29", "home")),
        ("r7_spare_per_municipality", text.line('id = "nanporo"')),
        ("r7_seats", text.line("number = 7", "seats")),
        ("unknown_key", text.line("[fair]", "colour")),
        ("short_too_wide", text.line('id = "bus"', "short")),
    }
    assert [fault.line for fault in examination.faults] == sorted(fault.line for fault in examination.faults)
    unjudged = {verdict.rule.code for verdict in examination.verdicts if not verdict.judged}
    assert unjudged == {
        "opens_before_closes",
        "closing_order",
        "arrivals_cover_day",
        "slot_fits_day",
        "r7_hours",
        "r7_municipality_kana",
    }


def test_draft_refuses_only_what_is_faulty() -> None:
    values = {"queues": [{"id": "a", "name": 3}, 7], "tickets": {"skip": [1, "2"]}, "booths": [{"number": 1, "x": 1}]}
    draft, misfits = fitted(values)
    assert draft.queues[0].id == "a"
    assert draft.booths[0].number == 1
    assert draft.booths[0].seats == 2
    assert draft.tickets.undo_s == 10
    assert {misfit.code for misfit in misfits} == {"missing_key", "wrong_type", "unknown_key"}
    for faulty in (
        lambda: draft.queues[0].name,
        lambda: draft.queues[0].short,
        lambda: draft.queues[1].id,
        lambda: draft.tickets.skip,
        lambda: draft.booths[0].role,
        lambda: draft.fair,
    ):
        with pytest.raises(Unjudged):
            faulty()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("札幌", '"札幌"'),
        ("\x1b[31m\u202e\x9b", '"\\u001b[31m\\u202E\\u009B"'),
        ("長" * 60, '"' + "長" * 48 + '…"'),
        (True, "true"),
        (dt.time(16, 0), "16:00"),
        (dt.time(16, 0, 1), "16:00:01"),
        (10**5000, "10^18…"),
        ({"a": 1}, "{ … }"),
        ([[]], "[ … ]"),
    ],
    ids=["text", "control characters", "long text", "bool", "time", "seconds", "enormous", "table", "list"],
)
def test_values_are_shown_as_written_and_safe(value: object, written: str) -> None:
    assert shown(value) == written
