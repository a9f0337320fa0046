"""The floor manager's page: everything at once, and what to do about it. What it sends are the queue's own commands."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from yobidashi.fair import MINUTE_MS, Fair
from yobidashi.guide.model import TALK_CV
from yobidashi.staff.permissions import Act
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation
from yobidashi.web.pages import Pages, both

SECOND_MS: Final = 1000


class FloorRoom:
    """The page of the floor manager, for every fair."""

    def __init__(self, fairs: Mapping[str, Fair], pages: Pages) -> None:
        """Show ``pages``, by the limits that ``fairs`` name."""
        self._fairs = fairs
        self._pages = pages

    def operations(self) -> Sequence[Operation]:
        """Give none: the page reads the board, ``GET …/guide`` and ``GET …/devices``, and sends commands of the queue."""
        return ()

    def pages(self, gate: Gate) -> Sequence[BaseRoute]:
        """Give the page's routes."""
        return both(gate, "/floor", self.page, Act.OPEN_FLOOR)

    async def page(self, request: Request) -> Response:
        """The page. Beside the fair it is told when to raise an alarm, how the day closes, and what is aimed at."""
        asked: Asked = request.state.asked
        return self._pages.page(request, "floor.html", visitors=False, floor=watched(self._fairs[asked.slug]))


def watched(fair: Fair) -> dict[str, Any]:
    """Give what the page measures the day by, JSON-able: times in ms of the fair's clock, None for what the fair does not say."""
    calling, closing, capacity = fair.calling, fair.closing, fair.capacity
    return {
        "recall_by_ms": calling.recall_by_s * SECOND_MS,
        "absent_after_ms": calling.absent_after_s * SECOND_MS,
        "cancelled_after_ms": calling.absent_cancelled_after_min * MINUTE_MS,
        "talk_cv": fair.day.talk_cv if fair.day else TALK_CV,
        "opens_at": fair.at(fair.opens),
        "closes_at": fair.at(fair.closes),
        "closing": closing
        and {"warn": fair.at(closing.warn), "fit_only": fair.at(closing.fit_only), "stop": fair.at(closing.stop)},
        "seats": capacity.waiting_seats if capacity else None,
        "goal": fair.goal and fair.goal.persons,
        "history": [
            {
                "edition": past.edition,
                "persons": past.persons,
                "consultations": past.consultations,
                "online": past.online,
            }
            for past in fair.history
        ],
    }
