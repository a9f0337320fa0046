"""The guide over HTTP: every estimate with its mean, beside the bands that pages are told over the socket."""

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.guide.forecasts import Accuracy
from yobidashi.guide.outlook import Outlook
from yobidashi.guide.spares import Suggestion, TakeBack
from yobidashi.guide.steward import Steward
from yobidashi.live.guide import QueueGuide, TicketGuide
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation


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


class GuideRoom:
    """What the floor manager asks the steward."""

    def __init__(self, steward: Steward) -> None:
        """Answer with the advice of ``steward``."""
        self._steward = steward

    def operations(self) -> list[Operation]:
        """Give the operation."""
        return [
            Operation(
                method="GET",
                path="/guide",
                name="read-guide",
                summary="待ち時間の目安 · How long the waits are, and where it is quieter.",
                act=Act.READ_BOARD,
                endpoint=self.read,
                answers=GuideAnswer,
            )
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
