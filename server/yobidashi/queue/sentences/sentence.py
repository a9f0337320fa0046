"""How one refusal is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """How one code is told: HTTP status, Japanese, English."""

    status: int
    ja: str
    en: str
