"""What staff and devices send: each command with its arguments and their bounds."""

import datetime as dt
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from yobidashi.queue.commands.command import BoothNumber, Command
from yobidashi.staff.devices import DeviceKind
from yobidashi.staff.member import NAME_MAX
from yobidashi.staff.pins import PIN_PATTERN
from yobidashi.staff.roles import Role
from yobidashi.staff.tokens import MEMBER_ID, SECRET

LABEL_MAX: Final = 20
"""Characters of a device's label."""

BADGES_AT_ONCE_MAX: Final = 200
"""Badges in one document (printing/badges.py)."""

ROLES_MAX: Final = len(Role)

MemberId = Annotated[
    str, StringConstraints(pattern=f"^{MEMBER_ID}$"), Field(description="A member's id: s and 2–4 digits.")
]
Pin = Annotated[str, StringConstraints(pattern=PIN_PATTERN), Field(description="Six digits.")]
Token = Annotated[str, StringConstraints(pattern=f"^{SECRET}$")]
Line = r"^[^\x00-\x1f\x7f\u2028\u2029]*$"
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=NAME_MAX, pattern=Line)]
Reading = Annotated[str, StringConstraints(max_length=NAME_MAX, pattern=Line)]
Day = Annotated[dt.date, Field(strict=False, description="A day, like 2026-02-14.")]


class ShownBadge(BaseModel):
    """What a badge's QR code says after the #: id and secret."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: MemberId
    secret: Token


class ShowBadge(Command):
    """A badge is shown at a device."""

    name = "show-badge"
    summary = "名札の提示 · A badge is shown: is its PIN still to be chosen?"

    badge: ShownBadge


class EnterPin(Command):
    """Sign in with badge and PIN."""

    name = "enter-pin"
    summary = "サインイン · Sign in with badge and PIN."

    badge: ShownBadge
    pin: Pin


class ChoosePin(Command):
    """Choose the PIN of a new badge, and sign in."""

    name = "choose-pin"
    summary = "暗証番号の設定 · Choose the PIN of a new badge, and sign in."

    badge: ShownBadge
    pin: Pin
    again: Pin


class SignOut(Command):
    """Sign out at this device, or everywhere."""

    name = "sign-out"
    summary = "サインアウト · Sign out at this device, or everywhere."

    everywhere: bool = False


class Enrol(Command):
    """A device shows its invitation."""

    name = "enrol"
    summary = "端末の登録 · Enrol this device with an invitation."

    token: Annotated[
        str,
        StringConstraints(pattern=f"^({SECRET}|[A-Z2-9]{{8}})$"),
        Field(description="The token of the QR code, or the code of eight letters."),
    ]


class SetUp(Command):
    """The first chief is made."""

    name = "set-up"
    summary = "初期設定 · Make the first chief and enrol this device, by the link printed at the first start."

    token: Token
    person: PersonName
    kana: Reading = ""
    pin: Pin
    again: Pin


class InviteDevice(Command):
    """A device may be enrolled."""

    name = "invite-device"
    summary = "端末の招待 · Invite a device, for ten minutes, once."

    kind: Annotated[DeviceKind, Field(strict=False)]
    label: Annotated[str, StringConstraints(min_length=1, max_length=LABEL_MAX, pattern=Line)]


class RevokeDevice(Command):
    """A device is taken out."""

    name = "revoke-device"
    summary = "端末の失効 · Take a device out."


class AddMember(Command):
    """A member is added to the register."""

    name = "add-member"
    summary = "スタッフの追加 · Add a member of staff."

    person: PersonName
    kana: Reading = ""
    roles: Annotated[
        tuple[Annotated[Role, Field(strict=False)], ...], Field(min_length=1, max_length=ROLES_MAX, strict=False)
    ]
    booth: BoothNumber | None = None
    first: Day
    last: Day


class ChangeMember(AddMember):
    """What is known of a member is written anew."""

    name = "change-member"
    summary = "スタッフの変更 · Write a member of staff anew."


class RenewBadge(Command):
    """A member gets a new badge."""

    name = "renew-badge"
    summary = "名札の再発行 · Give a member a new badge: the old one and its PIN are void."


class PrintBadges(Command):
    """Members get new badges, as a PDF."""

    name = "print-badges"
    summary = "名札の印刷 · Make new badges for members as a PDF: their old ones and their PINs are void."

    members: Annotated[tuple[MemberId, ...], Field(min_length=1, max_length=BADGES_AT_ONCE_MAX, strict=False)]


class RevokeMember(Command):
    """A member's badge is void."""

    name = "revoke-member"
    summary = "名札の失効 · A member's badge is void, every sign-in ends."


class UnlockMember(Command):
    """A member may try again."""

    name = "unlock-member"
    summary = "ロックの解除 · Let a member try again who mistyped too often."


class SignOutMember(Command):
    """Every sign-in of a member ends."""

    name = "sign-out-member"
    summary = "全端末のサインアウト · End every sign-in of a member."
