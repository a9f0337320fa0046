"""One reception card (5⑵ウ): what a party answered, whom it lets know, and how the card came about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from yobidashi.people.form.answers import Answers, Filled, Persons
from yobidashi.people.form.consents import Decision, from_objects

KIND: Final = "card"
"""Records of cards stand at ``card:<id>``."""

ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")
"""An id or a token, as `Vault.id_for` makes them."""

CODE_LENGTH: Final = 6
"""Characters of the code for the desk: 30 bits, and it opens a card at the desk only."""


class Source(StrEnum):
    """Where a card was filled in."""

    PHONE = "phone"
    TABLET = "tablet"
    STAFF = "staff"
    RESERVATION = "reservation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card as it is kept sealed, beside what the queue knows of it openly (`party`, `rev`)."""

    id: str
    answers: Answers
    persons: Persons
    consents: tuple[Decision, ...]
    """Every decision, oldest first (consents.py)."""
    reservation: str | None = None
    """Id of the reservation with which the party comes."""
    source: Source
    form: str | None = None
    """Version of the questions that were answered."""
    privacy: str | None = None
    """Version of the notice that was shown."""
    made_by: str
    """``visitor`` or the id of a member of staff."""
    device: str | None = None
    made_at: int
    """Real time, ms."""
    changed_at: int
    code: str
    """For the desk, where the QR is not at hand."""
    command: str
    """Command id of the newest write: a retry is known by it."""
    party: int | None = field(default=None)
    """Id of the party, once it has its number."""
    rev: int = 0
    """Counts the writes; the next one must have seen the newest."""

    @property
    def place(self) -> str:
        """Where the record stands."""
        return place_of(self.id)

    def says(self, filled: Filled) -> bool:
        """Tell whether this is what a form says: a command that comes again is taken for the same only then."""
        return (filled.persons, filled.answers) == (self.persons, self.answers)

    def to_record(self) -> dict[str, Any]:
        """Give what is sealed."""
        return {
            "answers": self.answers,
            "adults": self.persons.adults,
            "children": self.persons.children,
            "consents": [decision.to_object() for decision in self.consents],
            "reservation": self.reservation,
            "source": str(self.source),
            "form": self.form,
            "privacy": self.privacy,
            "made_by": self.made_by,
            "device": self.device,
            "made_at": self.made_at,
            "changed_at": self.changed_at,
            "code": self.code,
            "command": self.command,
        }

    @classmethod
    def from_record(cls, card_id: str, record: Mapping[str, Any], facts: Mapping[str, Any]) -> Card:
        """Read a card from its opened record and from what the queue knows of it."""
        stored = dict(record)
        persons = Persons(stored.pop("adults"), stored.pop("children"))
        consents, source = from_objects(stored.pop("consents")), Source(stored.pop("source"))
        party, rev = facts.get("party"), facts.get("rev", 0)
        return cls(id=card_id, persons=persons, consents=consents, source=source, party=party, rev=rev, **stored)


def place_of(card_id: str) -> str:
    """Give where a card's record stands."""
    return f"{KIND}:{card_id}"
