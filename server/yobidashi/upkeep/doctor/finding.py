"""One thing that was looked at, and what was found."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How it is: well, not well, or something to know that is no fault."""

    WELL = "✓"
    ILL = "✗"
    NOTE = "–"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in a sentence of each language."""

    mark: Mark
    ja: str
    en: str


def well(ja: str, en: str) -> Finding:
    """Give a finding that is as it should be."""
    return Finding(Mark.WELL, ja, en)


def ill(ja: str, en: str) -> Finding:
    """Give a finding that should be mended."""
    return Finding(Mark.ILL, ja, en)


def note(ja: str, en: str) -> Finding:
    """Give a finding that somebody should know of."""
    return Finding(Mark.NOTE, ja, en)
