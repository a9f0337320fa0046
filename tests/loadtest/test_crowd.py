"""The crowd of loadtest/: a small hall really played by Locust, what it is judged by, and that it is judged at all."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crowd.follower import Call, Follower
from crowd.ledger import Ledger, audit
from crowd.report import OBJECTIVES, missed, objectives
from yobidashi.queue.rows import Notice

TOP = Path(__file__).parents[2]
PATIENT = ("--objective", "call_p95_ms=60000", "--objective", "issue_p95_ms=60000")
"""Machines are shared: how quick they are is no fact about the code."""


def play(*options: str) -> "subprocess.CompletedProcess[str]":
    """Play a shape to its end, 20 times quicker than in the hall."""
    command = [sys.executable, "-m", "locust", "--headless", "--only-summary", "--rate", "20", "--seconds", "5"]
    return subprocess.run([*command, *options], cwd=TOP, capture_output=True, text=True, timeout=220)


def test_a_hall_whose_wifi_flaps_loses_nothing_and_says_so(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    run = play("--crowd", "flapping", "--size", "0.1", *PATIENT, "--write", str(written))
    assert run.returncode == 0, run.stdout + run.stderr
    told = json.loads(written.read_text("utf-8"))
    assert told["figures"]["lost"] == told["figures"]["duplicates"] == 0
    assert told["counts"]["calls"] > 0
    assert told["spreads"]["lost connection → knows all"]["count"] > 0
    assert not told["findings"]
    for name in ("call → screen", "call → phone", "issue: tap → answer", "call-next: tap → answer"):
        assert told["spreads"][name]["p99"] > 0, name
    assert "✓ lost: 0" in run.stdout


def test_a_run_that_misses_an_objective_fails() -> None:
    run = play("--crowd", "burst", *PATIENT, "--objective", "call_p95_ms=0")
    assert run.returncode == 1, run.stdout + run.stderr
    assert "✗ call → screen, p95, ms" in run.stdout
    assert "✓ duplicates: 0" in run.stdout


KEPT = {"call_p95_ms": 500.0, "issue_p95_ms": 300.0, "duplicates": 0.0, "lost": 0.0}


@pytest.mark.parametrize("figure", [objective.figure for objective in OBJECTIVES])
def test_each_objective_can_be_missed(figure: str) -> None:
    assert missed(KEPT, OBJECTIVES) == []
    (sentence,) = missed({**KEPT, figure: KEPT[figure] + 1}, OBJECTIVES)
    (unmeasured,) = missed({**KEPT, figure: None}, OBJECTIVES)
    (unreachable,) = missed(KEPT, objectives([f"{figure}=-1"]))
    assert sentence.startswith(next(each.says for each in OBJECTIVES if each.figure == figure))
    assert "not measured" in unmeasured
    assert "at most -1" in unreachable


def event(offset: int, kind: str, *tickets: dict[str, Any], parties: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"offset": offset, "kind": kind, "tickets": list(tickets), "parties": list(parties)}


def ticket(
    id_: int, state: str, *, party: int = 1, booth: int | None = None, called: int | None = None
) -> dict[str, Any]:
    return {"id": id_, "party": party, "state": state, "booth": booth, "called_offset": called}


def screen(*heard: Call) -> Follower:
    """A screen that was there from the beginning, heard these calls, and shows the end of `JOURNAL`."""
    follower = Follower(("127.0.0.1", 0), "", {}, lambda call, live: None)
    follower.board.offset = 2
    follower.calls = list(heard)
    return follower


CALLED = event(2, "called", ticket(1, "called", booth=3, called=2))
JOURNAL = [event(1, "issued", ticket(1, "waiting"), parties=({"id": 1, "number": "1", "size": 2},)), CALLED]
HEARD = Call(2, 1, 3)


def test_a_day_on_which_all_is_well_has_no_findings() -> None:
    found = audit(Ledger(answers={1: "issued", 2: "called"}), JOURNAL, [screen(HEARD), screen(HEARD)])
    assert (found.lost, found.duplicates, found.events, found.calls) == ([], [], 2, 1)
    assert (found.persons, found.consultations) == (2, 0)


def test_what_was_acknowledged_and_is_not_in_the_journal_is_lost() -> None:
    found = audit(Ledger(answers={1: "issued", 2: "called", 3: "started"}), JOURNAL, [])
    assert found.lost == ["the answer at offset 3 (started) is not in the journal"]


def test_a_call_that_a_screen_did_not_hear_is_lost() -> None:
    found = audit(Ledger(), JOURNAL, [screen(HEARD), screen()])
    assert found.lost == ["screen 2 did not hear the call at offset 2"]


def test_a_screen_owes_no_call_from_before_it_came() -> None:
    late = screen()
    late.since = 2
    assert audit(Ledger(), JOURNAL, [late]).lost == []


def test_a_screen_that_does_not_show_the_last_tap_has_lost_it() -> None:
    behind = screen()
    behind.board.offset = 1
    found = audit(Ledger(answers={2: "called"}), JOURNAL, [screen(HEARD), behind])
    assert "screen 2 shows offset 1, 2 was acknowledged" in found.lost


def test_a_screen_that_shows_other_rows_than_the_others_has_lost_some() -> None:
    other = screen(HEARD)
    other.board.put("notices", [Notice(id=1, ja="お知らせ", at=1, rev=1)])
    assert audit(Ledger(), JOURNAL, [screen(HEARD), other]).lost == ["screen 2 shows other rows than screen 1"]


def test_a_hole_in_the_journal_is_a_loss() -> None:
    assert audit(Ledger(), [JOURNAL[0], event(3, "finished")], []).lost == ["the journal goes from offset 1 to 3"]


def test_a_call_heard_twice_is_a_duplicate() -> None:
    found = audit(Ledger(), JOURNAL, [screen(HEARD, HEARD)])
    assert found.duplicates == ["screen 1 heard a call 1 times too often"]


def test_a_party_called_to_two_booths_is_a_duplicate() -> None:
    again = event(3, "called", ticket(2, "called", booth=4, called=3))
    assert audit(Ledger(), [*JOURNAL, again], []).duplicates == ["offset 3: party 1 is at a booth already"]


def test_a_party_called_again_after_its_talk_is_none() -> None:
    talked = event(3, "finished", ticket(1, "finished", booth=3, called=2))
    again = event(4, "called", ticket(2, "called", booth=4, called=4))
    assert audit(Ledger(), [*JOURNAL, talked, again], []).duplicates == []


def test_a_number_given_twice_is_a_duplicate() -> None:
    again = event(3, "issued", parties=({"id": 2, "number": "1", "size": 1},))
    assert audit(Ledger(), [*JOURNAL, again], []).duplicates == ["offset 3: number 1 was given twice"]


def test_two_commands_with_the_same_event_are_a_duplicate() -> None:
    ledger = Ledger()
    for _ in range(2):
        ledger.acknowledge("booth", "call-next", CALLED, 0.0, 0.01)
    assert audit(ledger, JOURNAL, []).duplicates == ["two commands were answered with the event at offset 2"]
