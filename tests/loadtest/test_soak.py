"""The soak in its short form: some seconds in which servers, Redis and lines break, and nothing is lost or done twice."""

import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).parents[2] / "loadtest" / "soak.py"
CHECKS = 8

pytestmark = pytest.mark.timeout(360)


def test_a_short_soak_loses_nothing_and_does_nothing_twice() -> None:
    told = subprocess.run(
        [sys.executable, SOAK, "--seed", "11", "--minutes", "0.1", "--commands", "150"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count("✓") == CHECKS
    assert "broken: none" not in told.stdout
