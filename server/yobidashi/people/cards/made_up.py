"""The briefs of a demonstration: made up, of nobody, and the same each time one looks.

A demonstration has no place to keep what people say, so there is nothing to read; but whoever tries the system should see
what a consultant sees. Every typed answer says that it is a sample.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from yobidashi.fair import Fair
from yobidashi.fairfile.visitor_tables import FormField
from yobidashi.people.cards.briefs import Booked, Brief, Sources, brief_of
from yobidashi.people.form.answers import Answer, Persons
from yobidashi.people.reservations.booking import Booking

SAMPLE: Final = "（見本）冬の暮らしと、仕事の探し方を知りたいです。"
"""What everybody in a demonstration wrote."""


class MadeUpBriefs:
    """The briefs of every fair of a demonstration."""

    def __init__(self, fairs: Mapping[str, Fair]) -> None:
        """Make up answers to the forms of ``fairs``."""
        self._fairs = fairs

    async def sources(self, slug: str, party: int) -> Sources:
        """Give what stands behind a party's brief: a card that does not exist."""
        return Sources(card=f"made-up-{party}", reservation=None)

    async def read(self, slug: str, sources: Sources, persons: Persons) -> Brief:
        """Make up the brief of a party of ``persons``."""
        fair = self._fairs[slug]
        fields = [field for field in (fair.form.fields if fair.form else ()) if field.brief]
        return brief_of(fair, persons, {field.key: _answer(field, f"{sources.card}:{field.key}") for field in fields})

    async def booked(self, slug: str, queue: str) -> dict[str, Booking]:
        """Give none: nobody can reserve here."""
        return {}

    async def read_booked(self, slug: str, queue: str, booking_ids: Sequence[str]) -> list[Booked]:
        """Give none: nobody can reserve here."""
        return []


def _answer(field: FormField, about: str) -> Answer:
    drawn = hashlib.blake2s(about.encode(), digest_size=4).digest()
    if field.kind == "yes_no":
        return drawn[0] % 4 == 0
    if not field.options:
        return SAMPLE
    keys = [field.options[byte % len(field.options)].key for byte in drawn[:2]]
    return keys[0] if field.kind == "choice" else list(dict.fromkeys(keys))
