"""The tables about the hall: its plan, on which every booth has its place, and the video for those who wait."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from yobidashi.fairfile.forms import SLUG, VIDEO_FILE, WORDS, Listed
from yobidashi.fairfile.table import Table

HALL_MAX_M = 1_000
"""Length and depth of a hall, in metres."""

LANDMARKS_MAX = 30

Metres = Annotated[float, Field(ge=0, le=HALL_MAX_M, allow_inf_nan=False)]
Length = Annotated[float, Field(ge=0.1, le=HALL_MAX_M, allow_inf_nan=False)]
Direction = Literal["up", "right", "down", "left"]
"""A direction on the plan as it is drawn."""


class Area(Table):
    """A rectangle on the plan, in metres from its upper left corner."""

    x: Metres
    y: Metres
    w: Length
    h: Length


class Place(Area):
    """A rectangle at which a screen may stand."""

    looks: Direction | None = None
    """Whither those look who read a screen here; none: away from the nearest wall."""


class Landmark(Place):
    """`[[plan.landmarks]]`: something else that one sees in the hall."""

    id: Annotated[str, SLUG]
    """Names it in addresses: `/guide?at=…`."""
    ja: Annotated[str, Field(max_length=20), WORDS]
    en: Annotated[str, Field(max_length=40), WORDS]


class Plan(Table):
    """`[plan]`: the hall seen from above, in metres; the booths' places stand with the booths."""

    width: Length
    height: Length
    entrance: Place
    reception: Place | None = None
    seats: Place | None = None
    landmarks: Annotated[tuple[Landmark, ...], Field(max_length=LANDMARKS_MAX), Listed] = ()


class Video(Table):
    """`[video]`: the film for those who wait (5⑴エ(ｹ)), a file beside the fair's own."""

    file: Annotated[str, Field(max_length=120), VIDEO_FILE]

    @property
    def media_type(self) -> str:
        """What a browser is told that it is."""
        return f"video/{self.file.rpartition('.')[2].lower()}"
