"""The time of day that a process is told, which can be moved while it runs (libfaketime; its monotonic clock stays true)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

LIBRARY: Final = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
"""Debian's `faketime` package brings it; None where it is not installed."""


class NoFalseClock(Exception):
    """libfaketime is not on this machine."""


@dataclass(frozen=True, slots=True)
class FalseClock:
    """A file that says how far a clock is off."""

    path: Path

    @property
    def settings(self) -> dict[str, str]:
        """What a process needs in its environment to be told this time."""
        return {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self.path),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def jump(self, seconds: int) -> None:
        """Let the clock be ``seconds`` off from now on; 0 is the true time."""
        self.path.write_text(f"{seconds:+d}\n")


def false_clock(path: Path) -> FalseClock:
    """Make a clock that is right to begin with. Raises `NoFalseClock`."""
    if LIBRARY is None:
        raise NoFalseClock("moving a process's clock needs libfaketime (`apt install faketime`)")
    clock = FalseClock(path)
    clock.jump(0)
    return clock
