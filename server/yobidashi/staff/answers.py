"""What the API answers about staff and devices."""

from pydantic import BaseModel

from yobidashi.staff.devices import DeviceKind
from yobidashi.staff.roles import Role


class Done(BaseModel):
    """It is done; there is nothing more to tell."""

    done: bool = True


class FirstUse(BaseModel):
    """Whether the badge's PIN is still to be chosen."""

    first: bool


class SignedIn(BaseModel):
    """Somebody is signed in; the token itself is in a cookie that no page can read."""

    id: str
    roles: list[Role]
    booth: int | None
    csrf: str
    """What every POST of this sign-in carries as ``x-csrf``."""


class Enrolled(BaseModel):
    """This device is one of the fair's."""

    kind: DeviceKind
    until: int
    """When it ends to be one, ms."""
    csrf: str


class WasSetUp(BaseModel):
    """The first chief is made. The badge is shown here, once."""

    id: str
    badge: str
    """The badge's address, for a QR code."""
    csrf: str


class Me(BaseModel):
    """Who has this page open."""

    kind: str
    id: str | None
    name: str
    roles: list[Role]
    booth: int | None


class MemberAnswer(BaseModel):
    """A member of staff."""

    id: str
    name: str
    kana: str
    roles: list[Role]
    booth: int | None
    first: str
    last: str
    state: str
    locked_until: int


class Members(BaseModel):
    """The register."""

    members: list[MemberAnswer]


class Added(BaseModel):
    """Ids of the members that were added."""

    ids: list[str]


class NewBadge(BaseModel):
    """A new badge, shown here, once."""

    id: str
    badge: str
    """Its address, for a QR code."""


class DeviceAnswer(BaseModel):
    """An enrolled device."""

    id: str
    kind: DeviceKind
    label: str
    by: str
    at: int
    until: int
    seen: int
    revoked: bool
    here: bool
    """Whether it is the device that asks."""
    sockets: int
    """Pages it has open at the process that answers."""
    round_trip_ms: int | None
    """How far away the farthest of them is, there and back; None before its first ping."""


class DevicesAnswer(BaseModel):
    """Every enrolled device, the newest first."""

    devices: list[DeviceAnswer]


class Invited(BaseModel):
    """An invitation, shown here, once."""

    url: str
    """For a QR code."""
    code: str
    until: int
