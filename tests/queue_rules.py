"""A small fair for tests of the queue: three queues, four main booths, two spares."""

import secrets
from typing import Any

from yobidashi.queue.commands import COMMANDS
from yobidashi.queue.commands.command import Command

SLUG = "small"


def rules(**changes: Any) -> dict[str, Any]:
    """Give the rules as `Fair.rules` would, with ``changes``."""
    base: dict[str, Any] = {
        "series": "party",
        "first": 1,
        "skip": [4],
        "largest_party": 20,
        "queues_per_party": 3,
        "undo_ms": 10_000,
        "cards_needed": False,
        "grace_ms": 600_000,
        "reserved_in_a_row": 2,
        "parties_max": 9_999,
        "tickets_max": 50_000,
        "closes_ms": 0,
        "utc_offset_ms": 0,
        "demonstration": True,
        "queues": {"a": {"letter": "A"}, "b": {"letter": "B"}, "c": {"letter": "C"}},
        "booths": {
            "1": {"role": "main", "queue": "a"},
            "2": {"role": "main", "queue": "a"},
            "3": {"role": "main", "queue": "b"},
            "4": {"role": "main", "queue": "c"},
            "5": {"role": "spare", "home": "a"},
            "6": {"role": "spare", "home": "b"},
        },
    }
    return base | changes


def command(name: str, command_id: str | None = None, **arguments: Any) -> Command:
    """Make a command by its name, with a fresh id."""
    return COMMANDS[name].model_validate({"command_id": command_id or secrets.token_hex(16), **arguments}, strict=False)
