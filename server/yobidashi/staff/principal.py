"""Who asks: a member of staff at a device, a screen, somebody who opened a demonstration, or nobody in particular."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from yobidashi.staff.permissions import DEMONSTRATION_MAY, PUBLIC_MAY, SCREEN_MAY, STAFF_MAY, Act
from yobidashi.staff.roles import OF_A_BOOTH, Role


class Kind(StrEnum):
    """What sort of somebody asks."""

    STAFF = "staff"
    SCREEN = "screen"
    DEVICE = "device"
    PUBLIC = "public"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who asks, as the gate found them. Ids only: a name is read where it is shown."""

    kind: Kind
    staff: str | None = None
    """Id in the register."""
    device: str | None = None
    """Id of the enrolled device."""
    roles: frozenset[Role] = frozenset()
    booth: int | None = None
    """The own booth of a consultant."""
    csrf: str | None = None
    """What a POST must carry as ``x-csrf``, where a cookie was sent."""

    def may(self, act: Act) -> bool:
        """Tell whether the table allows the act."""
        match self.kind:
            case Kind.STAFF:
                return any(act in STAFF_MAY[role] for role in self.roles)
            case Kind.SCREEN:
                return act in SCREEN_MAY
            case Kind.DEMONSTRATION:
                return act in DEMONSTRATION_MAY
            case Kind.DEVICE | Kind.PUBLIC:
                return act in PUBLIC_MAY

    def public(self) -> dict[str, Any]:
        """Give what a page is told of who opened it."""
        return {"kind": str(self.kind), "id": self.staff, "roles": sorted(map(str, self.roles)), "booth": self.booth}

    def only_at_booth(self, act: Act) -> int | None:
        """Give the booth to which this act is confined; None: to none.

        Who is also something else, a floor manager who helps out at a booth, is confined only by what that role may not do.
        """
        if self.kind is not Kind.STAFF or any(act in STAFF_MAY[role] for role in self.roles - OF_A_BOOTH):
            return None
        return self.booth if self.booth is not None else NO_BOOTH


NO_BOOTH: Final = 0
"""A booth that no fair has: whoever is confined to it reaches none."""

PUBLIC: Final = Principal(kind=Kind.PUBLIC)
DEMONSTRATION: Final = Principal(kind=Kind.DEMONSTRATION)
