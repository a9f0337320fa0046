"""What the papers say of a destruction: names of whoever did it, what was found, and honestly what was not possible."""

import datetime as dt
from typing import Any

import pytest

from printed import Printed
from yobidashi import papers
from yobidashi.fair import load_fair
from yobidashi.people.protection.disposal import STEPS, Application, Approval, DisposalState, StepDone
from yobidashi.places import SAMPLE_FAIR
from yobidashi.printing.typesetting import pdf

AT = 1_771_900_000_000
PLACE = {"place": "/srv/data", "size": 1_000, "found": 0, "unread": 0}
RESULTS: dict[str, dict[str, Any]] = {
    "count": {"counts": {"card": 3, "staff": 2}, "links": 4, "fingerprint": "0123456789abcdef", "pieces": 5},
    "close": {},
    "key": {"in_files": True, "files": 1, "copies": 0},
    "records": {"records": 5, "links": 4, "cards": 3, "answers": 1},
    "files": {"rewritten": True, "removed": 0, "why_not": []},
    "search": {"searched": [PLACE], "copies": 0, "needles": 8},
}


def record(**changes: dict[str, Any]) -> str:
    """Give the words of a record whose steps went so."""
    fair = load_fair(SAMPLE_FAIR)
    results = {step: RESULTS[step] | changes.get(step, {}) for step in STEPS}
    state = DisposalState(
        application=Application(by="s01", at=AT, reason="契約の終了"),
        approval=Approval(by="s02", at=AT),
        done=tuple(StepDone(step=step, at=AT, by="s01", result=result) for step, result in results.items()),
    )
    made_at = dt.datetime.fromtimestamp(AT / 1000, fair.timezone)
    return Printed(pdf(papers.record(fair, state, ("見本 花子",), "見本 次郎", made_at))).text


def test_the_record_names_who_what_and_how() -> None:
    text = record()
    for words in ("見本花子", "見本次郎", "受付カードの内容3件", "0123456789abcdef", "/srv/data", "残っていません"):
        assert words in text, words


@pytest.mark.parametrize(
    ("step", "change", "told"),
    [
        ("key", {"in_files": False, "files": 0}, "YOBIDASHI_KEY"),
        ("files", {"rewritten": False, "why_not": ["CONFIG is refused"]}, "CONFIGisrefused"),
        ("search", {"copies": 2}, "バックアップに暗号化されたデータの写しが残って"),
        ("search", {"searched": [PLACE | {"unread": 3}]}, "読めないファイルが3個"),
    ],
)
def test_what_was_not_possible_is_said(step: str, change: dict[str, Any], told: str) -> None:
    assert told not in record()
    assert told in record(**{step: change})


def test_a_key_that_was_not_destroyed_is_not_said_to_be() -> None:
    assert "01234567" not in record(key={"in_files": False, "files": 0})
