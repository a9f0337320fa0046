"""The seven kinds of rows a fair consists of: parties, tickets, queues, booths, the clock, offers, notices.

A row is what Redis stores (JSON, without the nulls), what an event carries after every change, what the board folds and what
the wire sends (as a list, in the order of the fields here). Times are integer milliseconds since the UNIX epoch in the
fair's own clock. ``rev`` is the offset of the event that last changed the row. Nothing here may identify a person
(invariant 6).
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from yobidashi.queue.tickets import BoothState, OfferState, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """People who came together. ``active`` is the ticket that is called or being served now, if any.

    ``children`` of the ``size`` persons are children; ``inside`` of them are in the hall now. ``origin`` is the party that this
    one was split from: its persons left that one, so no person stands in two rows.
    ``corrected`` is the reason of its newest correction by the floor manager. A party that dropped in at a booth has no number
    ("", as every party has where each queue has its own series) and is not counted at the door.
    """

    id: int
    number: str
    size: int
    issued_at: int
    active: int | None = None
    tickets: tuple[int, ...]
    children: int = 0
    inside: int
    origin: int | None = None
    corrected: str | None = None
    rev: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A party's place in one queue. ``place`` orders the line: smaller is earlier, ties by ``id``.

    ``reserved`` is the start of its slot while it has a reserved place: from then on it goes before those who walked in.
    ``corrected`` is the reason of its newest correction by the floor manager. The ticket of a party that dropped in has no
    number: it was never in line and is never called.
    """

    id: int
    party: int
    number: str
    queue: str
    state: State
    place: int
    booth: int | None = None
    issued_at: int
    called_at: int | None = None
    called_offset: int | None = None
    recalls: int = 0
    recalled_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    away_at: int | None = None
    reason: str | None = None
    reserved: int | None = None
    corrected: str | None = None
    rev: int

    @property
    def talk_ms(self) -> int | None:
        """How long its talk took, in ms; None where it is not over or nobody timed it (dropped in, or corrected)."""
        if (
            self.state is not State.FINISHED
            or self.corrected
            or None in (self.called_at, self.started_at, self.ended_at)
        ):
            return None
        return (self.ended_at or 0) - (self.started_at or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The line of one exhibitor: whether new tickets are issued for it. Names live in `fair.toml`.

    ``reserved_run`` counts the reserved places called in a row while others could have been called.
    """

    id: str
    issuing: bool
    reserved_run: int = 0
    rev: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """A numbered place: the queue it serves (none: a spare not in use), and the ticket at it.

    ``meeting`` is the offset of the event that set the link of its online meeting, and ``checked_at`` the moment at which its
    consultant said that this very link leads there; the link itself is in no row. ``helper_at``: since when it asks for a helper.
    """

    id: int
    queue: str | None = None
    state: BoothState
    ticket: int | None = None
    since: int
    meeting: int | None = None
    checked_at: int | None = None
    helper_at: int | None = None
    rev: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The fair's clock: ``fair + (real now - real) * rate``. One row, id 0; rate 1 and no offset on a real day."""

    id: int
    real: int
    fair: int
    rate: float
    rev: int

    def at(self, real_ms: int) -> int:
        """Give the fair's time for Redis's time, both in ms."""
        return int(self.fair + (real_ms - self.real) * self.rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Advice to a party: instead of waiting on with ``ticket``, or beside it, to visit the quieter ``queue``.

    It was made ``at`` and lapses at ``until``. ``answer``: ``move`` or ``add`` (accepted), ``keep`` (not for this ticket) or
    ``not_now`` (declined); declined without one: whoever made the offer took it back.
    """

    id: int
    party: int
    ticket: int
    queue: str
    state: OfferState
    at: int
    until: int
    answered_at: int | None = None
    answer: str | None = None
    rev: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An announcement to every screen, in Japanese and, where there is one, English; in force from ``at`` until ``until``."""

    id: int
    ja: str
    en: str | None = None
    at: int
    until: int | None = None
    rev: int


Row: TypeAlias = Party | Ticket | Queue | Booth | Clock | Offer | Notice

TABLES: Final = MappingProxyType(
    {
        "parties": Party,
        "tickets": Ticket,
        "queues": Queue,
        "booths": Booth,
        "clocks": Clock,
        "offers": Offer,
        "notices": Notice,
    },
)
"""Table name → the class of its rows, in the order snapshots carry them."""

FIELDS: Final = MappingProxyType({table: tuple(f.name for f in fields(row)) for table, row in TABLES.items()})
"""Table name → field names, in the order the wire sends them."""


def row_from(table: str, values: dict[str, Any]) -> Row:
    """Build a row of ``table`` from a decoded JSON object (absent fields take their defaults; a party of schema 1 is inside).

    Raises `TypeError` or `ValueError` where a field is missing, unknown or not of its kind.
    """
    values = dict(values)
    if table == "tickets":
        values["state"] = State(values["state"])
    elif table == "booths":
        values["state"] = BoothState(values["state"])
    elif table == "offers":
        values["state"] = OfferState(values["state"])
    elif table == "parties":
        values["tickets"] = tuple(values["tickets"])
        values.setdefault("inside", values["size"])
    return TABLES[table](**values)  # type: ignore[no-any-return]


def row_values(table: str, row: Row) -> list[Any]:
    """Give a row's values in the order of `FIELDS`, as plain types that msgpack and JSON take."""
    values = [getattr(row, name) for name in FIELDS[table]]
    return [list(v) if isinstance(v, tuple) else str(v) if isinstance(v, StrEnum) else v for v in values]


def row_object(table: str, row: Row) -> dict[str, Any]:
    """Give a row as an object with its field names, nulls included: what the HTTP API answers."""
    return dict(zip(FIELDS[table], row_values(table, row), strict=True))
