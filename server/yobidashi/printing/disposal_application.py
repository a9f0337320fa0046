"""個人情報消去申請書: what personal data there is and how it is to be destroyed, put before the client for approval."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from yobidashi.printing.written import count, day, moment

KINDS_MAX: Final = 200
"""Lines of the inventory."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One kind of personal data in one place."""

    kind: str
    records: int
    where: str
    medium: str


@dataclass(frozen=True, slots=True)
class DisposalApplication:
    """The inventory, the reason, the planned method and the deadline."""

    template: ClassVar[str] = "disposal_application"

    fair: str
    number: int
    addressee: str
    """The client, who approves."""
    inventory: tuple[Stored, ...]
    reason: str
    method: tuple[str, ...]
    """The planned steps in their order."""
    deadline: dt.date
    applicant: str
    made_at: dt.datetime
    clause: str = "個人情報取扱特記事項 第13"

    def __post_init__(self) -> None:
        if len(self.inventory) > KINDS_MAX:
            raise ValueError(f"an inventory has at most {KINDS_MAX} lines")

    def data(self) -> Mapping[str, Any]:
        """Give what the template shows."""
        return {
            "fair": self.fair,
            "number": f"消去第{self.number}号",
            "made": moment(self.made_at),
            "addressee": self.addressee,
            "applicant": self.applicant,
            "reason": self.reason,
            "clause": self.clause,
            "deadline": day(self.deadline),
            "inventory": [[s.kind, count(s.records, "件"), s.where, s.medium] for s in self.inventory],
            "total": count(sum(stored.records for stored in self.inventory), "件"),
            "method": list(self.method),
        }
