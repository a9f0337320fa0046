"""Answers of visitors: read as they are meant, refused with every fault at once, and never with what was written."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fair_text import FairText
from yobidashi.fair import Fair, load_fair
from yobidashi.fairfile.visitor_tables import Stage
from yobidashi.people.form import answers
from yobidashi.people.form.answers import Persons, Wish, read_form
from yobidashi.people.form.field_faults import FAULTS_SHOWN, SENTENCES
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.errors import Refusal

FAIR = load_fair(SAMPLE_FAIR)
SLOTS = FAIR.slots("sapporo")


def card() -> dict[str, Any]:
    """A reception card as it may be sent."""
    return {
        "party": {"adults": 2, "children": 1},
        "answers": {
            "name": "見本 太郎",
            "kana": "みほん たろう",
            "residence": "chiba",
            "age": "30s",
            "themes": ["work", "housing"],
        },
        "consents": {"city": True, "furusato": False},
    }


def reservation() -> dict[str, Any]:
    """A reservation as it may be sent."""
    form = card()
    form["answers"] |= {"mail": "taro@example.jp", "phone": "090-0000-0000"}
    form["wishes"] = [{"queue": "sapporo", "slot": SLOTS[0]}, {"queue": "bus", "slot": SLOTS[12]}]
    return form


def faults_of(raw: object, stage: Stage = "card", fair: Fair = FAIR) -> set[tuple[str, str]]:
    """Give field and code of every fault; none where the form is taken."""
    try:
        read_form(fair, stage, raw)
    except Refusal as refusal:
        assert (refusal.code, refusal.status) == ("invalid_answers", 422)
        faults = refusal.detail["faults"]
        assert all(fault["ja"] and fault["en"] and "{" not in fault["ja"] + fault["en"] for fault in faults)
        return {(fault["field"], fault["code"]) for fault in faults}
    return set()


def kept(key: str, value: object, stage: Stage = "reservation") -> object:
    form = reservation() if stage == "reservation" else card()
    form["answers"][key] = value
    return read_form(FAIR, stage, form).answers.get(key)


def test_a_card_is_read() -> None:
    filled = read_form(FAIR, "card", card())
    assert filled.persons == Persons(2, 1)
    assert filled.persons.size == 3
    assert filled.wishes == ()
    assert filled.answers["themes"] == ["housing", "work"]  # in the form's own order
    assert filled.consents == {"city": True, "furusato": False}


def test_a_reservation_is_read() -> None:
    filled = read_form(FAIR, "reservation", reservation())
    assert filled.wishes == (Wish("sapporo", SLOTS[0]), Wish("bus", SLOTS[12]))
    assert filled.answers["phone"] == "09000000000"


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("name", "  見本　太郎 ", "見本 太郎"),
        ("name", "か\u3099ま", "がま"),
        ("name", "見\u200b本\ufeff", "見本"),
        ("name", "辻\U000e0100", "辻\U000e0100"),
        ("kana", "ミホン　タロウ", "みほん たろう"),
        ("kana", "ﾐﾎﾝ ｼﾞﾛｳ", "みほん じろう"),
        ("kana", "ヴァン・ゴー", "ゔぁん・ごー"),
        ("mail", "ｔａｒｏ＠example.jp ", "taro@example.jp"),
        ("mail", "taro.m+fair@mail.example.co.jp", "taro.m+fair@mail.example.co.jp"),
        ("phone", "０９０ー００００ー００００", "09000000000"),
        ("phone", "(03) 0000-0000", "0300000000"),
        ("phone", "+81 90-0000-0000", "+819000000000"),
        ("content", "一行目\r\n\r\n\r\n\r\n 二行目\t\n", "一行目\n\n二行目"),
        ("content", "ひとこと 🏔️", "ひとこと 🏔️"),
        ("residence", "abroad", "abroad"),
        ("themes", ["other", "work", "other"], ["work", "other"]),
        ("licence", False, False),
        ("licence", None, None),
        ("when", "", None),
        ("needs", [], None),
        ("content", "  \n ", None),
    ],
)
def test_what_is_meant_is_kept(key: str, written: object, read: object) -> None:
    assert kept(key, written) == read


def test_places_of_interest_are_kept_in_the_order_of_the_fair() -> None:
    assert kept("interests", ["naganuma", "sapporo"], "card") == ["sapporo", "naganuma"]


@pytest.mark.parametrize(
    ("key", "written", "code"),
    [
        ("name", "", "missing"),
        ("name", " 　", "missing"),
        ("name", None, "missing"),
        ("name", "名" * 41, "too_long"),
        ("name", "名" * 100_000, "too_long"),
        ("name", "見本\x00太郎", "bad_character"),
        ("name", "見本\x1b[31m", "bad_character"),
        ("name", "\ud800", "bad_character"),
        ("name", "\ue000", "bad_character"),
        ("name", 5, "wrong_type"),
        ("name", ["見本"], "wrong_type"),
        ("kana", "見本", "bad_kana"),
        ("kana", "Mihon", "bad_kana"),
        ("kana", "\ufdfa" * 10, "bad_kana"),
        ("mail", "taro", "bad_mail"),
        ("mail", "taro@localhost", "bad_mail"),
        ("mail", ".taro@example.jp", "bad_mail"),
        ("mail", "ta..ro@example.jp", "bad_mail"),
        ("mail", "taro@-example.jp", "bad_mail"),
        ("mail", "taro@example.jp, jiro@example.jp", "bad_mail"),
        ("mail", f"{'a' * 65}@example.jp", "bad_mail"),
        ("mail", "taro@example.jp\nBcc: all@example.jp", "bad_mail"),
        ("phone", "12345", "bad_phone"),
        ("phone", "9000000000", "bad_phone"),
        ("phone", "090000000000", "bad_phone"),
        ("phone", "+0 90 0000 0000", "bad_phone"),
        ("phone", "090-0000-000O", "bad_phone"),
        ("content", "長" * 401, "too_long"),
        ("content", "a\x07b", "bad_character"),
        ("residence", "tokio", "unknown_option"),
        ("residence", ["chiba"], "unknown_option"),
        ("residence", {}, "unknown_option"),
        ("themes", "work", "wrong_type"),
        ("themes", ["work", "play"], "unknown_option"),
        ("themes", [["work"]], "unknown_option"),
        ("themes", [], "missing"),
        ("licence", "yes", "wrong_type"),
        ("licence", 1, "wrong_type"),
    ],
)
def test_what_cannot_be_meant_is_refused(key: str, written: object, code: str) -> None:
    form = reservation()
    form["answers"][key] = written
    assert faults_of(form, "reservation") == {(f"answers.{key}", code)}


@pytest.mark.parametrize("interests", [["nowhere"], ["sapporo", 3], ["sapporo", None]])
def test_unknown_queues_are_refused(interests: list[object]) -> None:
    form = card()
    form["answers"]["interests"] = interests
    assert faults_of(form) == {("answers.interests", "unknown_queue")}


@pytest.mark.parametrize(
    ("party", "fault"),
    [
        (None, ("party", "no_person")),
        ({}, ("party", "no_person")),
        ({"adults": 0, "children": 0}, ("party", "no_person")),
        ({"adults": 20, "children": 1}, ("party", "too_many_persons")),
        ({"adults": -1, "children": 3}, ("party.adults", "wrong_type")),
        ({"adults": 1.0}, ("party.adults", "wrong_type")),
        ({"adults": True}, ("party.adults", "wrong_type")),
        ({"adults": 1, "children": "1"}, ("party.children", "wrong_type")),
        ({"adults": 1, "dogs": 1}, ("party", "unknown_field")),
        ([2, 1], ("party", "wrong_type")),
    ],
)
def test_party(party: object, fault: tuple[str, str]) -> None:
    assert fault in faults_of(card() | {"party": party})


@pytest.mark.parametrize(("adults", "children"), [(1, 0), (0, 2), (20, 0), (10, 10)])
def test_party_of_any_kind_is_welcome(adults: int, children: int) -> None:
    party = {"adults": adults, "children": children}
    assert answers.read_party(FAIR, party) == Persons(adults, children)


@pytest.mark.parametrize(
    ("wishes", "fault"),
    [
        (None, ("wishes", "missing")),
        ([], ("wishes", "missing")),
        ({}, ("wishes", "wrong_type")),
        ([{"queue": "bus", "slot": SLOTS[0]}] * 4, ("wishes", "too_many_wishes")),
        ([{"queue": "nowhere", "slot": SLOTS[0]}], ("wishes.0.queue", "unknown_queue")),
        ([{"queue": ["bus"], "slot": SLOTS[0]}], ("wishes.0.queue", "unknown_queue")),
        ([None], ("wishes.0.queue", "unknown_queue")),
        ([{"queue": "bus", "slot": SLOTS[0], "name": "x"}], ("wishes.0.queue", "unknown_queue")),
        ([{"queue": "bus"}], ("wishes.0.slot", "unknown_slot")),
        ([{"queue": "bus", "slot": SLOTS[0] + 1}], ("wishes.0.slot", "unknown_slot")),
        ([{"queue": "bus", "slot": float(SLOTS[0])}], ("wishes.0.slot", "unknown_slot")),
        ([{"queue": "bus", "slot": SLOTS[0]}, {"queue": "bus", "slot": SLOTS[1]}], ("wishes.1.queue", "queue_twice")),
        ([{"queue": "bus", "slot": SLOTS[0]}, {"queue": "jobs", "slot": SLOTS[0]}], ("wishes.1.slot", "slot_twice")),
    ],
)
def test_wishes(wishes: object, fault: tuple[str, str]) -> None:
    assert faults_of(reservation() | {"wishes": wishes}, "reservation") == {fault}


def test_a_queue_without_reservations_cannot_be_wished_for(tmp_path: Path) -> None:
    text = FairText.sample().set('id = "bus"', "reserved_per_slot", "0")
    assert faults_of(reservation(), "reservation", load_fair(text.write(tmp_path))) == {
        ("wishes.1.queue", "no_reservations")
    }


def test_a_fair_without_reservations_takes_none(tmp_path: Path) -> None:
    text = FairText.without_specification().drop("[reservation]").drop("[novelty]")
    fair = load_fair(text.write(tmp_path))
    assert faults_of(reservation(), "reservation", fair) == {("wishes", "too_many_wishes")}


@pytest.mark.parametrize("decision", [None, "true", 1, []])
def test_every_recipient_needs_a_decision(decision: object) -> None:
    form = card()
    form["consents"]["furusato"] = decision
    assert faults_of(form) == {("consents.furusato", "no_decision")}


def test_a_no_is_a_decision() -> None:
    assert answers.read_consents(FAIR, {"city": False, "furusato": False}) == {"city": False, "furusato": False}


def test_all_faults_are_told_at_once() -> None:
    form = {
        "party": {"adults": 21},
        "wishes": [{"queue": "nowhere", "slot": 1}],
        "answers": {"name": "見本 太郎", "kana": "見本", "mail": "x", "themes": ["work"], "interests": ["bus"]},
        "consents": {"city": True},
        "extra": 1,
    }
    assert faults_of(form, "reservation") == {
        ("", "unknown_field"),
        ("party", "too_many_persons"),
        ("wishes.0.queue", "unknown_queue"),
        ("answers", "unknown_field"),  # interests are asked on the card
        ("answers.kana", "bad_kana"),
        ("answers.mail", "bad_mail"),
        ("answers.phone", "missing"),
        ("answers.residence", "missing"),
        ("answers.age", "missing"),
        ("consents.furusato", "no_decision"),
    }


def test_a_card_has_no_wishes() -> None:
    assert faults_of(card() | {"wishes": []}) == {("", "unknown_field")}


def test_a_fault_repeats_nothing_that_was_written() -> None:
    """Faults go into answers and logs: they hold no personal data, not even a wrong one."""
    canary = "canary7Q"
    form = reservation()
    for key in form["answers"]:
        form["answers"][key] = canary
    form["answers"] |= {canary: canary, "name": f"{canary}\x00"}
    form["consents"][canary] = form[canary] = canary
    form["wishes"] = [{"queue": canary, "slot": canary}]
    with pytest.raises(Refusal) as caught:
        read_form(FAIR, "reservation", form)
    told = json.dumps(caught.value.to_object()) + str(caught.value)
    assert len(caught.value.detail["faults"]) > 8
    assert canary not in told


def test_parts_are_read_alone() -> None:
    assert answers.read_wishes(FAIR, [{"queue": "bus", "slot": SLOTS[3]}]) == (Wish("bus", SLOTS[3]),)
    assert answers.read_answers(FAIR, "card", card()["answers"])["name"] == "見本 太郎"
    with pytest.raises(Refusal) as caught:
        answers.read_answers(FAIR, "card", {})
    assert {fault["field"] for fault in caught.value.detail["faults"]} == {
        f"answers.{key}" for key in ("name", "kana", "residence", "age", "themes")
    }


def test_a_fair_without_a_form_asks_for_the_party_only(tmp_path: Path) -> None:
    text = FairText.without_specification()
    for at in [text.lines[i + 1] for i, line in enumerate(text.lines) if line == "[[form.fields]]"]:
        text.drop(at)
    for table in ("[form]", "[reservation]", "[novelty]", "[privacy]"):
        text.drop(table)
    fair = load_fair(text.write(tmp_path))
    consents = {"city": False, "furusato": True}
    assert read_form(fair, "card", {"party": {"adults": 1}, "consents": consents}).consents == consents
    assert faults_of({"party": {"adults": 1}}, "card", fair) == {
        ("consents.city", "no_decision"),
        ("consents.furusato", "no_decision"),
    }


def test_every_sentence_is_used() -> None:
    """A code that nothing raises would be dead; the module's own text is where codes are raised."""
    folder = Path(answers.__file__).parent
    said = "".join((folder / name).read_text("utf-8") for name in ("answers.py", "typed.py"))
    assert {code for code in SENTENCES if f'"{code}"' in said} == set(SENTENCES)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [field.key for field in FAIR.form.fields] if FAIR.form else []
NEARLY = st.fixed_dictionaries(
    {
        "party": JSON | st.dictionaries(st.sampled_from(["adults", "children"]), JSON),
        "answers": JSON | st.dictionaries(st.sampled_from(FIELDS), JSON | st.text(), max_size=8),
        "consents": JSON | st.dictionaries(st.sampled_from(["city", "furusato"]), JSON),
        "wishes": JSON
        | st.lists(st.dictionaries(st.sampled_from(["queue", "slot"]), JSON | st.sampled_from(SLOTS)), max_size=4),
    }
)


@settings(deadline=None, max_examples=300)
@given(raw=JSON | NEARLY, stage=st.sampled_from(["reservation", "card"]))
def test_whatever_is_sent_is_read_or_refused(raw: object, stage: Stage) -> None:
    try:
        read_form(FAIR, stage, raw)
    except Refusal as refusal:
        assert refusal.code == "invalid_answers"
        assert 1 <= len(refusal.detail["faults"]) <= FAULTS_SHOWN
        json.dumps(refusal.to_object())


@settings(deadline=None, max_examples=200)
@given(key=st.sampled_from(["name", "kana", "mail", "phone", "content"]), written=st.text(max_size=80))
def test_what_is_kept_is_within_its_limit_and_reads_the_same_again(key: str, written: str) -> None:
    """Reading is idempotent: a form filled in beforehand and sent back unchanged stays as it is."""
    field = next(field for field in FAIR.form.fields if field.key == key) if FAIR.form else None
    assert field is not None
    assert field.limit is not None
    try:
        read = kept(key, written)
    except Refusal:
        return
    if read is not None:
        assert isinstance(read, str)
        assert len(read) <= field.limit
        assert not set("\x00\x1b\x7f\u202e") & set(read)
        assert kept(key, read) == read
