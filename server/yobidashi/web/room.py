"""What a room of the web brings to the application: operations of the API, and pages."""

from collections.abc import Sequence
from typing import Protocol

from starlette.routing import BaseRoute

from yobidashi.web.gate import Gate
from yobidashi.web.operation import Operation


class Room(Protocol):
    """One subject: staff, reservations, cards, protection. `app.py` composes them, none knows another."""

    def operations(self) -> Sequence[Operation]:
        """Give the operations below ``/api/fairs/{fair}``."""

    def pages(self, gate: Gate) -> Sequence[BaseRoute]:
        """Give the routes of its pages."""
