"""The roles of a fair's staff, with the words they go by (FAIR, personal data)."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What a member of staff does at the fair; one person may have several roles."""

    CHIEF = "chief"
    FLOOR = "floor"
    RECEPTION = "reception"
    GUIDE = "guide"
    CONSULTANT = "consultant"
    ONLINE = "online"
    PRIVACY = "privacy"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Words:
    """A role in Japanese and in English."""

    ja: str
    en: str


WORDS: Final = MappingProxyType(
    {
        Role.CHIEF: Words("統括責任者", "Chief"),
        Role.FLOOR: Words("進行管理者", "Floor manager"),
        Role.RECEPTION: Words("受付", "Reception"),
        Role.GUIDE: Words("誘導", "Guide"),
        Role.CONSULTANT: Words("相談員", "Consultant"),
        Role.ONLINE: Words("オンライン相談員", "Online consultant"),
        Role.PRIVACY: Words("個人情報保護管理者", "Privacy officer"),
        Role.AUDITOR: Words("委託者・監査", "Client, auditor"),
    },
)

OF_A_BOOTH: Final = frozenset({Role.CONSULTANT, Role.ONLINE})
"""Roles that belong to one booth and reach nothing beyond it."""
