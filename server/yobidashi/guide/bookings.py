"""Reservations of parties that have not come yet: from their slot on they go first, so those who wait now are told of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from yobidashi.guide.model import Model

SHOWS: Final = 0.85
"""Share of booked parties that come. †"""

Booked = Mapping[str, Mapping[int, int]]
"""Queue → start of a slot (ms in the fair's clock) → parties (組) that booked it and have no number yet."""

NOBODY: Final[Booked] = MappingProxyType({})
"""Nobody has booked."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A booked party that is still to come: it stands in line like one whose place is reserved, as far as it is ``likely`` (0–1)."""

    reserved: int
    likely: float


def expected_in(model: Model, booked: Booked, queue: str, now: int) -> list[Expected]:
    """Give who is still expected in a queue, in the order of the slots.

    Until its slot a party comes as likely as any; then less so from minute to minute, and after the grace its place is lost.
    """
    expected: list[Expected] = []
    for slot, parties in sorted(booked.get(queue, {}).items()):
        late = now - slot
        if late < model.reserved_grace_ms:
            likely = SHOWS * (1 - max(0, late) / model.reserved_grace_ms)
            expected += [Expected(slot, likely)] * parties
    return expected
