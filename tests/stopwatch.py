"""How long something took, without the time that a busy machine kept everybody waiting: so a bound says the same on any machine."""

import re
from pathlib import Path
from time import monotonic

PRESSURE = Path("/proc/pressure")
"""Where Linux tells how long work stood still, because it had to wait for a processor or a disk."""


class Stopwatch:
    """Runs from the moment it is made."""

    def __init__(self) -> None:
        self._begun = monotonic() - _stalled_s()

    @property
    def seconds(self) -> float:
        """Give what has passed so far, without the time in which something that could run had to wait for the machine."""
        return monotonic() - _stalled_s() - self._begun


def _stalled_s() -> float:
    return sum(map(_stalled_by_s, ("cpu", "io")))


def _stalled_by_s(resource: str) -> float:
    try:
        told = (PRESSURE / resource).read_text("ascii")
    except OSError:
        return 0.0  # a system that does not tell: every second counts
    found = re.search(r"^some .*total=(\d+)$", told, re.MULTILINE)
    assert found is not None, told
    return int(found[1]) / 1_000_000
