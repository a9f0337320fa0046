"""The plan as pages draw it: every place with its words and its direction, every booth with its rectangle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from yobidashi.fairfile.hall_tables import Area, Direction, Place, Plan
from yobidashi.fairfile.plan_rules import NAMED
from yobidashi.fairfile.tables import Booth

ENGLISH = {"entrance": "Entrance", "reception": "Reception", "seats": "Seats"}
"""The three places in English, as they stand on the plan."""


def drawn(plan: Plan | None, booths: Sequence[Booth]) -> dict[str, Any] | None:
    """Give a fair's plan, JSON-able; None where the file has none. Metres, from the upper left corner."""
    if plan is None:
        return None
    placed = {str(booth.number): booth.plan.model_dump() for booth in booths if booth.plan is not None}
    places = [
        {"id": id_, "ja": ja, "en": en, **_rectangle(place), "looks": place.looks or looking_in(plan, place)}
        for id_, ja, en, place in _places(plan)
    ]
    return {"width": plan.width, "height": plan.height, "places": places, "booths": placed}


def looking_in(plan: Plan, area: Area) -> Direction:
    """Give the direction away from the nearest wall: whither those look who come in there."""
    distances: list[tuple[float, Direction]] = [
        (plan.height - area.y - area.h, "up"),
        (area.y, "down"),
        (area.x, "right"),
        (plan.width - area.x - area.w, "left"),
    ]
    return min(distances, key=lambda pair: pair[0])[1]


def _places(plan: Plan) -> Iterator[tuple[str, str, str, Place]]:
    for key, words in NAMED.items():
        place: Place | None = getattr(plan, key)
        if place is not None:
            yield key, words.ja, ENGLISH[key], place
    for landmark in plan.landmarks:
        yield landmark.id, landmark.ja, landmark.en, landmark


def _rectangle(place: Place) -> dict[str, float]:
    return {"x": place.x, "y": place.y, "w": place.w, "h": place.h}
