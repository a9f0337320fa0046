"""The fair: what `fair.toml` says, validated, in the form the rest of the package reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from yobidashi.fairfile.examination import examine_all
from yobidashi.fairfile.faults import FairInvalid, Fault
from yobidashi.fairfile.tables import Booth, Document, FairTable, Queue, Sections

__all__ = ["Booth", "Fair", "FairInvalid", "Fault", "Limits", "Queue", "load_fair", "load_fairs"]

PARTIES_MAX = 9_999
"""Parties (組) one fair takes: numbers of four digits."""

TICKETS_MAX = 50_000
"""Tickets one fair takes."""


class Limits(NamedTuple):
    """What reception and booths may do, and until when."""

    largest_party: int
    queues_per_party: int
    undo_s: int
    recall_s: int


class Fair(FairTable, Sections):
    """One fair with its day, queues, booths and rules; frozen. The keys of `[fair]` are its own attributes."""

    @property
    def limits(self) -> Limits:
        """The limits every page is told; seconds where the name ends in `_s`."""
        tickets = self.tickets
        return Limits(tickets.largest_party, tickets.queues_per_party, tickets.undo_s, self.calling.recall_after_s)

    def at(self, time: dt.time) -> int:
        """Give a time of the fair's day as milliseconds since the UNIX epoch."""
        return round(dt.datetime.combine(self.date, time, self.timezone).timestamp() * 1000)

    def queue(self, queue_id: str) -> Queue:
        """Give a queue by its id; KeyError where there is none."""
        return self._queues[queue_id]

    def booth(self, number: int) -> Booth:
        """Give a booth by its number; KeyError where there is none."""
        return self._booths[number]

    @cached_property
    def _queues(self) -> dict[str, Queue]:
        return {queue.id: queue for queue in self.queues}

    @cached_property
    def _booths(self) -> dict[int, Booth]:
        return {booth.number: booth for booth in self.booths}

    def public(self, demonstration: bool) -> dict[str, Any]:
        """Give the description every page and every client may read, JSON-able; queues in the order of the map."""
        return {
            "slug": self.slug,
            "name": self.name,
            "english": self.english,
            "edition": self.edition,
            "date": self.date.isoformat(),
            "opens": self.opens.isoformat("minutes"),
            "closes": self.closes.isoformat("minutes"),
            "timezone": self.timezone.key,
            "venue": self.venue,
            "languages": list(self.languages),
            "demonstration": demonstration,
            "series": self.tickets.series,
            "limits": self.limits._asdict(),
            "crowding": self.crowding.model_dump(),
            "queues": [
                {
                    "id": queue.id,
                    "kind": queue.kind,
                    "name": queue.name,
                    "short": queue.short,
                    "kana": queue.kana,
                    "english": queue.english,
                    "detail": queue.detail,
                    "letter": queue.letter,
                    "talk_min": queue.talk_min,
                    "demand": queue.demand,
                }
                for queue in self.queues
            ],
            "booths": [
                {
                    "number": booth.number,
                    "role": booth.role,
                    "queue": booth.queue,
                    "home": booth.home,
                    "online": booth.online,
                    "seats": booth.seats,
                }
                for booth in self.booths
            ],
        }

    def rules(self, demonstration: bool) -> dict[str, Any]:
        """Give what the queue's scripts need to decide, JSON-able; what is not set is absent."""
        return {
            "series": self.tickets.series,
            "first": self.tickets.first,
            "skip": list(self.tickets.skip),
            "largest_party": self.tickets.largest_party,
            "queues_per_party": self.tickets.queues_per_party,
            "undo_ms": self.tickets.undo_s * 1000,
            "parties_max": PARTIES_MAX,
            "tickets_max": TICKETS_MAX,
            "demonstration": demonstration,
            "queues": {queue.id: {"letter": queue.letter} if queue.letter else {} for queue in self.queues},
            "booths": {str(booth.number): _place(booth) for booth in self.booths},
        }


def _place(booth: Booth) -> dict[str, str]:
    place: dict[str, str] = {"role": booth.role}
    if booth.queue is not None:
        place["queue"] = booth.queue
    if booth.home is not None:
        place["home"] = booth.home
    return place


def load_fair(path: Path) -> Fair:
    """Read one fair's file.

    Raises:
        FairInvalid: with every fault of the file; such a fair is not served.
    """
    return load_fairs([path])[0]


def load_fairs(paths: Sequence[Path]) -> list[Fair]:
    """Read the files of all fairs that are served together; two cannot have one slug.

    Raises:
        FairInvalid: with every fault of every file; then none is served.
    """
    examinations = examine_all(paths)
    faults = [fault for examination in examinations for fault in examination.faults]
    if faults:
        raise FairInvalid(faults)
    return [_fair_of(examination.document) for examination in examinations if examination.document is not None]


def _fair_of(document: Document) -> Fair:
    sections = {key: getattr(document, key) for key in Sections.model_fields}
    return Fair.model_construct(**dict(document.fair), **sections)
