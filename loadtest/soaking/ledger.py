"""What the crowd was answered: the other half of the proof, kept outside every machine that is broken."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Ledger:
    """The one answer to each command id, and how often it had to be asked for."""

    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Command id → the event that was acknowledged."""
    refused: Counter[str] = field(default_factory=Counter)
    """Code → how many commands were refused with it for good."""
    asked_again: Counter[str] = field(default_factory=Counter)
    """Why an answer did not come and the same command was sent again → how often."""
    contradicted: list[str] = field(default_factory=list)
    """Commands that were told two different things."""
    unanswered: list[str] = field(default_factory=list)
    """Commands whose answer never came."""

    @property
    def commands(self) -> int:
        """Commands that were answered, each counted once."""
        return len(self.done) + self.refused.total()
