"""個人情報消去記録: when, by whom, what and how personal data was destroyed, and the search that found none left."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from yobidashi.printing.written import count, exact_moment, moment

LINES_MAX: Final = 500
"""Lines of each of the record's tables."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the destruction, as it was done."""

    what: str
    result: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Searched:
    """One place that was searched for the planted words."""

    place: str
    size: int
    """Bytes that were read."""
    found: int
    """Planted words that were found."""


@dataclass(frozen=True, slots=True)
class DisposalRecord:
    """The written record that the client gets."""

    template: ClassVar[str] = "disposal_record"

    fair: str
    number: int
    """The application's number."""
    addressee: str
    carried_out_by: tuple[str, ...]
    approved_by: str
    began_at: dt.datetime
    ended_at: dt.datetime
    content: tuple[tuple[str, int], ...]
    """Kind of data and its number of records."""
    steps: tuple[Step, ...]
    searched: tuple[Searched, ...]
    key_fingerprint: str
    """Of the destroyed data key, hexadecimal."""
    made_at: dt.datetime

    def __post_init__(self) -> None:
        if max(len(self.content), len(self.steps), len(self.searched)) > LINES_MAX:
            raise ValueError(f"a table of the record has at most {LINES_MAX} lines")

    @property
    def nothing_left(self) -> bool:
        """Whether places were searched and nothing was found in any of them."""
        return bool(self.searched) and not any(place.found for place in self.searched)

    def data(self) -> Mapping[str, Any]:
        """Give what the template shows."""
        return {
            "fair": self.fair,
            "number": f"消去第{self.number}号",
            "made": moment(self.made_at),
            "addressee": self.addressee,
            "carried_out_by": "、".join(self.carried_out_by),
            "approved_by": self.approved_by,
            "began": moment(self.began_at),
            "ended": moment(self.ended_at),
            "content": [[kind, count(records, "件")] for kind, records in self.content],
            "total": count(sum(records for _, records in self.content), "件"),
            "steps": [[step.what, step.result, exact_moment(step.at)] for step in self.steps],
            "searched": [[s.place, count(s.size, "バイト"), count(s.found, "件")] for s in self.searched],
            "searched_total": count(sum(place.size for place in self.searched), "バイト"),
            "found_total": count(sum(place.found for place in self.searched), "件"),
            "nothing_left": self.nothing_left,
            "key_fingerprint": self.key_fingerprint,
        }
