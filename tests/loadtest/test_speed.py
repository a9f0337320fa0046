"""The benchmarks of speed run with their one command, here with a handful of sockets; figures come from real runs alone.

Peers and redis-benchmark are left out: they are installed from elsewhere.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent.parent

needs_compiler = pytest.mark.skipif(shutil.which("gcc") is None, reason="the listeners are C")


def ran(*words: str) -> str:
    """Run a benchmark and give what it printed."""
    command = [sys.executable, f"loadtest/{words[0]}", *words[1:]]
    told = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=200, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout


@needs_compiler
def test_fan_out_counts_every_delivery_once() -> None:
    told = ran(
        "fan_out.py", "--what", "deliveries", "--sockets", "5", "--rounds", "1", "--deliveries", "100", "--peers"
    )
    assert re.search(r"\| floor \|.*\n\| yobidashi \|", told)
    assert set(re.findall(r'"gaps": (\d+), "doubles": (\d+)', told)) == {("0", "0")}
    assert re.findall(r'"listeners": 5, "published": (\d+), "deliveries": (\d+)', told) == [("20", "100")] * 2


@needs_compiler
def test_a_storm_of_a_few_ends_with_every_snapshot_there() -> None:
    told = ran("storm.py", "--sockets", "5", "--rounds", "1", "--peers")
    assert '"done": 5, "lost": 0' in told


def test_commands_come_by_the_store_and_by_http() -> None:
    told = ran("commands.py", "--concurrent", "4", "--count", "40", "--rounds", "1", "--alone")
    assert re.findall(r"^\| (the store|HTTP|GET /healthz) \|", told, re.MULTILINE) == [
        "the store",
        "HTTP",
        "GET /healthz",
    ]
