"""預り証: what a recipient signs for when personal data is handed over."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from yobidashi.printing.written import count, moment


@dataclass(frozen=True, slots=True)
class Receipt:
    """One export of personal data: what was in it, for whom and why, and who answers for it."""

    template: ClassVar[str] = "receipt"

    fair: str
    number: int
    """The export's number in this fair."""
    recipient: str
    """In full, as the consent texts name it."""
    purpose: str
    records: int
    persons: int
    fields: tuple[str, ...]
    """What is told of each person, in the words of the form."""
    requested_by: str
    approved_by: str
    file_name: str
    file_bytes: int
    sha256: str
    made_at: dt.datetime

    def data(self) -> Mapping[str, Any]:
        """Give what the template shows."""
        return {
            "fair": self.fair,
            "number": f"提供第{self.number}号",
            "made": moment(self.made_at),
            "recipient": self.recipient,
            "purpose": self.purpose,
            "records": count(self.records, "件"),
            "persons": count(self.persons, "名"),
            "fields": "、".join(self.fields),
            "requested_by": self.requested_by,
            "approved_by": self.approved_by,
            "file_name": self.file_name,
            "file_size": count(self.file_bytes, "バイト"),
            "sha256": self.sha256,
        }
