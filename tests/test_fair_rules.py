"""Every rule of a fair, broken alone: exactly its code is reported, on exactly the line to mend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fair_text import FairText
from spoiled_fair import CITY, FURUSATO, GENERAL, THIRTY_FIRST, Case, booth, drop_form, field, queue
from spoiled_minimums import SAPPORO_R7, settler_c
from yobidashi.fairfile.examination import GENERAL_RULES, examine
from yobidashi.fairfile.specification import SPECIFICATIONS
from yobidashi.fairfile.video_rules import video_beside
from yobidashi.fairfile.widths import em


def faults_of(text: FairText, folder: Path) -> set[tuple[str, int]]:
    return {(fault.code, fault.line) for fault in examine(text.write(folder)).faults}


@pytest.mark.parametrize("text", [FairText.sample(), FairText.without_specification()], ids=["sample", "no minimums"])
def test_what_is_spoiled_is_without_a_fault_before(text: FairText, tmp_path: Path) -> None:
    assert faults_of(text, tmp_path) == set()


@pytest.mark.parametrize("broken", GENERAL)
def test_general_rule(broken: Case, tmp_path: Path) -> None:
    text = FairText.without_specification()
    broken.spoil(text)
    assert faults_of(text, tmp_path) == {(code, text.line(*place)) for code, place in broken.faults.items()}


@pytest.mark.parametrize("broken", SAPPORO_R7)
def test_minimum_of_the_specification(broken: Case, tmp_path: Path) -> None:
    text = FairText.sample()
    broken.spoil(text)
    assert faults_of(text, tmp_path) == {(code, text.line(*place)) for code, place in broken.faults.items()}


def test_no_rule_is_untested() -> None:
    """A rule that no case breaks could be dead."""
    broken = {code for each in (*GENERAL, *SAPPORO_R7) for code in each.values[0].faults}  # type: ignore[attr-defined]
    rules = (*GENERAL_RULES, video_beside(Path()), *SPECIFICATIONS["sapporo-r7"])
    assert broken == {rule.code for rule in rules}


def test_codes_are_unique_and_minimums_name_their_clause() -> None:
    special = SPECIFICATIONS["sapporo-r7"]
    codes = [rule.code for rule in (*GENERAL_RULES, *special)]
    assert len(codes) == len(set(codes))
    assert all(rule.clause for rule in special)
    assert not any(rule.clause for rule in GENERAL_RULES)
    assert {rule.instead_of for rule in special if rule.instead_of} <= set(codes)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t.set("[fair]", "venue", '"東京交通会館　１２階　カトレアサロンＡ"'),
        lambda t: t.set("[goal]", "persons", "201"),
        lambda t: t.set("[fair]", "manual_due", "2026-01-04"),
        lambda t: t.set(booth(7), "seats", "3"),
        lambda t: t.set(booth(7), "online", "true"),
        lambda t: t.add(*THIRTY_FIRST, 'role = "spare"'),
        lambda t: t.set("[tickets]", "series", '"queue"'),
        lambda t: t.set("[tickets]", "skip", "[]"),
        lambda t: t.set("[fair]", "opens", "10:30:00"),
        lambda t: t.set("[fair]", "date", '"2026-02-14"'),
        lambda t: (
            t.drop("[offers]").drop("[capacity]").drop("[day]").drop("[closing]").drop("[crowding]").drop("[calling]")
        ),
        settler_c("otaru", 1),
        lambda t: t.set("[calling]", "recall_by_s", "60"),
        lambda t: t.set("[closing]", "warn", '"10:30"').set("[closing]", "fit_only", '"10:30"'),
        lambda t: t.set("[reservation]", "closes", "2026-02-14").set("[reservation]", "per_slot", "3"),
        lambda t: t.set("[reservation]", "slot_min", "40").set(queue("bus"), "reserved_per_slot", "0"),
        lambda t: t.set(field("mail"), "max", "100").set(field("mail"), "autocomplete", '"off"'),
        lambda t: t.set('id = "bus"', "short", '"バスのお仕事"').set('id = "bus"', "detail", '"運転士・整備"'),
    ],
)
def test_more_than_the_minimum_is_welcome(spoil: Callable[[FairText], object], tmp_path: Path) -> None:
    """A rule that refused what the specification allows would be as wrong as one that lets everything pass."""
    text = FairText.sample()
    spoil(text)
    assert faults_of(text, tmp_path) == set()


def test_a_fair_that_asks_nothing_is_a_fair(tmp_path: Path) -> None:
    """Without a form there is nothing to consent to, and without consents no notice is needed."""
    text = FairText.without_specification()
    drop_form(text)
    text.drop("[reservation]").drop("[novelty]").drop("[privacy]").drop(CITY).drop(FURUSATO)
    assert faults_of(text, tmp_path) == set()


def test_consents_alone_ask_for_a_decision(tmp_path: Path) -> None:
    text = FairText.without_specification()
    drop_form(text)
    text.drop("[reservation]").drop("[novelty]")
    assert faults_of(text, tmp_path) == set()


def test_dates_may_fall_on_the_day_itself(tmp_path: Path) -> None:
    text = FairText.without_specification()
    for key in ("manual_due", "contract_ends", "deletion_deadline"):
        text.set("[fair]", key, "2026-02-14")
    assert faults_of(text, tmp_path) == set()


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("札幌市", 3.0),
        ("先輩移住者B", 5.6),
        ("先輩移住者Ｂ", 6.0),
        ("バスのお仕事", 6.0),
        ("ﾊﾞｽ", 1.8),
        ("か\u3099", 1.0),
        ("e\u0301", 0.6),
        ("辻\U000e0100", 1.0),
        ("Kitahiroshima", 7.8),
        ("", 0.0),
    ],
)
def test_width_of_a_name(name: str, width: float) -> None:
    assert em(name) == width


def test_a_fault_says_what_was_expected_and_what_came(tmp_path: Path) -> None:
    """Missing is said as missing; a wrong value as the file writes it."""
    text = FairText.sample().take_out("[fair]", "contract_ends").set("[fair]", "date", "2026-02-15")
    said = {fault.code: (*fault.expected, *fault.came) for fault in examine(text.write(tmp_path)).faults}
    assert said == {
        "r7_contract_ends": ("2026-03-31", "2026-03-31", "記載なし", "nothing"),
        "r7_date": ("2026-02-14", "2026-02-14", "2026-02-15", "2026-02-15"),
    }
