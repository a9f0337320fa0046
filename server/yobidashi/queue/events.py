"""One entry of the journal: what happened, and every row it changed, complete."""

import json
from dataclasses import dataclass, field
from typing import Any

from yobidashi.queue.rows import TABLES, Row, row_from, row_object


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of the fair. ``offset`` is dense inside an ``epoch``; ``at`` is ms in the fair's clock.

    ``changes`` holds complete rows after the change, by table, so applying an event is an upsert and applying it twice is
    harmless (invariant 5). ``undoes`` names the offset that an ``undone`` event takes back.
    """

    epoch: int
    offset: int
    at: int
    kind: str
    changes: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    undoes: int | None = None

    @classmethod
    def from_json(cls, text: str | bytes) -> "Event":
        """Read an event as `lua/lib/fair.lua` writes it. Raises `ValueError` where it is not one."""
        raw = json.loads(text if isinstance(text, str) else text.decode())  # of bytes it would guess the encoding first
        changes = {table: tuple(row_from(table, row) for row in raw[table]) for table in TABLES if raw.get(table)}
        return cls(raw["epoch"], raw["offset"], raw["at"], raw["kind"], changes, raw.get("undoes"))

    def to_object(self) -> dict[str, Any]:
        """Give the event as the HTTP API answers it: rows as objects, every table present."""
        rows = {table: [row_object(table, row) for row in self.changes.get(table, ())] for table in TABLES}
        head = {"epoch": self.epoch, "offset": self.offset, "at": self.at, "kind": self.kind, "undoes": self.undoes}
        return head | rows
