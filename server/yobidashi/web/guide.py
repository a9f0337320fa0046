"""The guide over HTTP: every estimate with its mean, beside the bands that pages are told over the socket."""

from typing import Final

from pydantic import BaseModel, RootModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.forecasts import Accuracy
from yobidashi.guide.outlook import Outlook
from yobidashi.guide.spares import Suggestion, TakeBack
from yobidashi.guide.steward import Steward
from yobidashi.live.guide import BAND_STEP_MIN, QueueGuide, TicketGuide
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation
from yobidashi.web.query import whole_number

PARTY_MAX: Final = 2**53 - 1
"""The greatest id of a party that a page can hold exactly."""


class GuideAnswer(BaseModel):
    """The estimates of now, resting on the board at (epoch, offset). ``level``: 0 quiet, 1 busy, 2 crowded, 3 closed."""

    epoch: int
    offset: int
    at: int
    """ms in the fair's clock."""
    queues: list[QueueGuide]
    tickets: list[TicketGuide]
    suggestion: Suggestion | None
    """Which spare should serve which queue now."""
    take_back: TakeBack | None
    """Which open spare is needed no longer."""
    outlook: Outlook | None
    """How many persons will have visited by the closing; None while it is too early to say."""
    accuracy: Accuracy
    """How right the forecasts were so far, beside simpler rules."""


class Quieter(BaseModel):
    """Where it is quieter than in the queue that was asked about, and how much earlier a talk would begin there."""

    queue: str
    saves_min: int
    """A multiple of 5, rounded down: no wait is told more exactly."""


class QuieterAnswer(RootModel[Quieter | None]):
    """Null: the wait is short, nothing else fits, or the estimates are too old to lead anybody anywhere."""


class GuideRoom:
    """What the floor manager and the reception ask the steward."""

    def __init__(self, steward: Steward) -> None:
        """Answer with the advice of ``steward``."""
        self._steward = steward

    def operations(self) -> list[Operation]:
        """Give the operations."""
        return [
            Operation(
                method="GET",
                path="/guide",
                name="read-guide",
                summary="待ち時間の目安 · How long the waits are, and where it is quieter.",
                act=Act.READ_BOARD,
                endpoint=self.read,
                answers=GuideAnswer,
            ),
            Operation(
                method="GET",
                path="/quieter",
                name="find-quieter",
                summary="より空いている相談先 · Where a party may go instead of a queue with a long wait.",
                act=Act.READ_BOARD,
                endpoint=self.find_quieter,
                answers=QuieterAnswer,
                query=("queue", "party"),
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: screens and the floor manager's show all this."""
        return []

    async def read(self, request: Request) -> Response:
        """Give the advice of now."""
        asked: Asked = request.state.asked
        advice = self._steward.advice(asked.slug)
        if advice is None:
            raise Refusal("not_founded")
        answer = GuideAnswer(
            epoch=advice.epoch,
            offset=advice.offset,
            at=advice.guide.at,
            queues=list(advice.guide.queues.values()),
            tickets=list(advice.guide.tickets.values()),
            suggestion=advice.suggestion,
            take_back=advice.take_back,
            outlook=advice.outlook,
            accuracy=advice.accuracy,
        )
        return JSONResponse(answer.model_dump(mode="json"))

    async def find_quieter(self, request: Request) -> Response:
        """Give where it is quieter than in ``queue``, for a new party or for ``party``."""
        asked: Asked = request.state.asked
        queue = request.query_params.get("queue")
        if queue is None:
            raise Refusal("invalid_arguments", {"field": "queue", "why": "expected a queue"})
        party = whole_number(request, "party", default=0, most=PARTY_MAX) if "party" in request.query_params else None
        found = self._steward.quieter(asked.slug, queue, party)
        if found is None:
            return JSONResponse(None)
        step = BAND_STEP_MIN * MINUTE_MS
        answer = Quieter(queue=found[0], saves_min=found[1] // step * BAND_STEP_MIN)
        return JSONResponse(answer.model_dump(mode="json"))
