"""The guide over HTTP: every estimate with its mean, beside the bands that pages are told over the socket."""

from typing import Final

from pydantic import BaseModel, RootModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.forecasts import Accuracy
from yobidashi.guide.offers import WhyNot
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


class PartyLead(BaseModel):
    """Where the party of one waiting ticket may be led, the best first; ``why`` not, where there is nothing."""

    ticket: int
    why: WhyNot | None
    to: list[Quieter]


class LeadsAnswer(BaseModel):
    """Every ticket that waits in the queue."""

    leads: list[PartyLead]


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
            Operation(
                method="GET",
                path="/leads",
                name="find-leads",
                summary="他ブースへ案内 · Where each party that waits in a queue may be led, or why it is not asked now.",
                act=Act.READ_BOARD,
                endpoint=self.find_leads,
                answers=LeadsAnswer,
                query=("queue",),
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
        queue = _queue_in(request)
        party = whole_number(request, "party", default=0, most=PARTY_MAX) if "party" in request.query_params else None
        found = self._steward.quieter(asked.slug, queue, party)
        if found is None:
            return JSONResponse(None)
        return JSONResponse(_quieter(*found).model_dump(mode="json"))

    async def find_leads(self, request: Request) -> Response:
        """Give where each party that waits in ``queue`` may be led by hand."""
        asked: Asked = request.state.asked
        leads = self._steward.leads(asked.slug, _queue_in(request))
        answer = LeadsAnswer(
            leads=[PartyLead(ticket=lead.ticket, why=lead.why, to=[_quieter(*to) for to in lead.to]) for lead in leads]
        )
        return JSONResponse(answer.model_dump(mode="json"))


def _queue_in(request: Request) -> str:
    queue = request.query_params.get("queue")
    if queue is None:
        raise Refusal("invalid_arguments", {"field": "queue", "why": "expected a queue"})
    return queue


def _quieter(queue: str, saves_ms: int) -> Quieter:
    return Quieter(queue=queue, saves_min=saves_ms // (BAND_STEP_MIN * MINUTE_MS) * BAND_STEP_MIN)
