"""The fair: what `fair.toml` says, validated, in the form the rest of the package reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from yobidashi.fairfile.drawn_plan import drawn
from yobidashi.fairfile.examination import examine_all
from yobidashi.fairfile.faults import FairInvalid, Fault
from yobidashi.fairfile.tables import Booth, Document, FairTable, Queue, Sections

__all__ = ["Booth", "Fair", "FairInvalid", "Fault", "Limits", "Queue", "load_fair", "load_fairs"]

PARTIES_MAX = 9_999
"""Parties (組) one fair takes: numbers of four digits."""

TICKETS_MAX = 100_000
"""Tickets one fair takes."""


MINUTE_MS = 60_000


class Limits(NamedTuple):
    """What reception and booths may do, and until when."""

    largest_party: int
    queues_per_party: int
    undo_s: int
    recall_s: int
    reserved_in_a_row: int
    grace_min: int


class Fair(FairTable, Sections):
    """One fair with its day, queues, booths and rules; frozen. The keys of `[fair]` are its own attributes."""

    @property
    def limits(self) -> Limits:
        """The limits every page is told; seconds where the name ends in `_s`, minutes in `_min`."""
        tickets, calling = self.tickets, self.calling
        return Limits(
            tickets.largest_party,
            tickets.queues_per_party,
            tickets.undo_s,
            calling.recall_after_s,
            calling.reserved_in_a_row,
            calling.reserved_grace_min,
        )

    def at(self, time: dt.time) -> int:
        """Give a time of the fair's day as milliseconds since the UNIX epoch."""
        return round(dt.datetime.combine(self.date, time, self.timezone).timestamp() * 1000)

    def queue(self, queue_id: str) -> Queue:
        """Give a queue by its id; KeyError where there is none."""
        return self._queues[queue_id]

    def booth(self, number: int) -> Booth:
        """Give a booth by its number; KeyError where there is none."""
        return self._booths[number]

    def slots(self, queue_id: str) -> tuple[int, ...]:
        """Give the start of each slot that can be reserved in a queue, ms since the UNIX epoch; () where none can.

        Slots follow each other from the opening; the last one ends at closing or before it. KeyError for an unknown queue.
        """
        return self._slots if self.slot_capacity(queue_id) else ()

    def slot_capacity(self, queue_id: str) -> int:
        """Give how many parties (組) can reserve one slot of a queue; 0 where it takes no reservations."""
        queue = self.queue(queue_id)
        if self.reservation is None:
            return 0
        if queue.reserved_per_slot is not None:
            return queue.reserved_per_slot
        main = sum(booth.role == "main" and booth.queue == queue_id for booth in self.booths)
        return self.reservation.per_slot or main

    def reservation_period(self) -> tuple[int, int] | None:
        """Give the first moment at which reservations are taken and the first at which they no longer are, in ms.

        From the first minute of `opens` to the last of `closes`, never beyond the end of the fair.
        """
        if self.reservation is None:
            return None
        ends = self._midnight(self.reservation.closes + dt.timedelta(days=1))
        return self._midnight(self.reservation.opens), min(ends, self.at(self.closes))

    def _offset(self) -> dt.timedelta:
        return dt.datetime.combine(self.date, self.opens, self.timezone).utcoffset() or dt.timedelta()

    def _midnight(self, day: dt.date) -> int:
        return round(dt.datetime.combine(day, dt.time(), self.timezone).timestamp() * 1000)

    @cached_property
    def _slots(self) -> tuple[int, ...]:
        if self.reservation is None:
            return ()
        length = self.reservation.slot_min * MINUTE_MS
        return tuple(range(self.at(self.opens), self.at(self.closes) - length + 1, length))

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
            "offers": self.offers.model_dump(),
            "plan": drawn(self.plan, self.booths),
            "video": self.video and {"url": f"/video/{self.slug}", "type": self.video.media_type},
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
                    "near": list(queue.near or ()),
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
            **self._for_visitors(),
        }

    def _for_visitors(self) -> dict[str, Any]:
        """Give what the reservation page and the reception card are drawn from; None for what the fair does not have."""
        return {
            "reservation": self.reservation
            and {
                "opens": self.reservation.opens.isoformat(),
                "closes": self.reservation.closes.isoformat(),
                "slot_min": self.reservation.slot_min,
                "wishes": self.reservation.wishes,
                "slots": list(self._slots),
                "capacity": {queue.id: self.slot_capacity(queue.id) for queue in self.queues},
            },
            "novelty": self.novelty and self.novelty.model_dump(),
            "form": self.form
            and {
                "version": self.form.version,
                "fields": [{**field.model_dump(mode="json"), "max": field.limit} for field in self.form.fields],
            },
            "consents": [consent.model_dump() for consent in self.consents],
            "privacy": self.privacy
            and {
                **self.privacy.model_dump(),
                "kept_until": self.deletion_deadline and self.deletion_deadline.isoformat(),
            },
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
            "cards_needed": not demonstration,
            "grace_ms": self.calling.reserved_grace_min * MINUTE_MS,
            "reserved_in_a_row": self.calling.reserved_in_a_row,
            "closes_ms": self.at(self.closing.stop if self.closing else self.closes),
            "utc_offset_ms": round(self._offset() / dt.timedelta(milliseconds=1)),
            "queues": {queue.id: {"letter": queue.letter} if queue.letter else {} for queue in self.queues},
            "booths": {str(booth.number): _place(booth) for booth in self.booths},
        }


def _place(booth: Booth) -> dict[str, str | bool]:
    place: dict[str, str | bool] = {"role": booth.role}
    if booth.queue is not None:
        place["queue"] = booth.queue
    if booth.home is not None:
        place["home"] = booth.home
    if booth.online:
        place["online"] = True
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
