"""The log as JSON: one object a line, whatever went wrong."""

import json
import logging
import sys
from pathlib import Path

from serving import run
from yobidashi.upkeep.logs import JsonLines


def test_a_message_is_one_line_with_its_error_inside() -> None:
    try:
        raise ValueError("二行\nの誤り")
    except ValueError:
        record = logging.LogRecord("yobidashi.x", logging.ERROR, "x.py", 1, "it %s", ("failed",), sys.exc_info())
    line = JsonLines().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "yobidashi.x", "it failed")
    assert told["at"].endswith("+00:00")
    assert "二行\nの誤り" in told["error"]


def test_a_form_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    told = run("serve", "--port", "0", "--data", str(tmp_path), YOBIDASHI_LOG="xml")
    assert told.returncode == 2
    assert "YOBIDASHI_LOG is 'xml', but should be one of lines, json." in told.stderr
