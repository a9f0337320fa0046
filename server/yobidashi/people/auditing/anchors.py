"""Anchors: how far a fair's audit record had come, written down outside Redis, so that its end cannot be cut off unseen.

The chain (`audit.py`) shows a changed, inserted or missing entry, but a record that was cut at its end, with a head to
match, is a whole chain. The anchor beside the fair's keys names an entry that must be there. It is written at most every
`EVERY_S` and when a server ends, so what was appended in the last second before a machine died has no anchor yet.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from yobidashi.people.keyring import locked

EVERY_S: Final = 1.0
"""Seconds between two anchors of one process."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry of the audit record that was there: its number and its chain value."""

    n: int
    mac: str


class Anchors:
    """The anchors of every fair, as files in the folder of keys."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``."""
        self._folder = folder

    def path(self, slug: str) -> Path:
        """Give where a fair's anchor stands."""
        return self._folder / f"{slug}.audit.anchor"

    def read(self, slug: str) -> Anchor | None:
        """Give a fair's anchor; None where there is none yet. Raises `ValueError`, `OSError` where it cannot be read."""
        try:
            stored = json.loads(self.path(slug).read_text("ascii"))
        except FileNotFoundError:
            return None
        if not isinstance(stored, dict):
            raise ValueError(f"{self.path(slug)} is no anchor")
        return Anchor(int(stored["n"]), str(stored["mac"]))

    def advance(self, slug: str, anchor: Anchor) -> None:
        """Write an anchor down, unless another process has written a later one. Raises `OSError`, `ValueError`."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self._folder):
            standing = self.read(slug)
            if standing is None or standing.n < anchor.n:
                self._write(slug, anchor)

    def take_back(self, slug: str, anchor: Anchor, at: int) -> Path | None:
        """Write down that the record was taken back to an earlier state at ``at`` (ms), and keep the anchor of before beside it.

        Give where that one is kept; None where there was none, or it is not further. Raises `OSError`, `ValueError`.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self._folder):
            standing = self.read(slug)
            if standing is not None and standing == anchor:
                return None
            kept = self.path(slug).with_suffix(f".anchor-before-{at}")
            if standing is not None:
                self.path(slug).replace(kept)
            self._write(slug, anchor)
            return kept if standing is not None else None

    def _write(self, slug: str, anchor: Anchor) -> None:
        fresh = self.path(slug).with_suffix(".fresh")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(asdict(anchor), file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path(slug))
