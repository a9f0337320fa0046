"""The briefs over HTTP: one tap from the call, a booth reads what its party wants to talk about. Every look is on record first."""

from collections.abc import Mapping

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.live.hub import Hub
from yobidashi.people.cards.briefs import Booked, Brief, Briefs, Line, fields_read, may_read
from yobidashi.people.cards.card import place_of
from yobidashi.people.cards.made_up import MadeUpBriefs
from yobidashi.people.form.answers import Persons
from yobidashi.people.reservations.reservation import place_of as reservation_place
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation


class Words(BaseModel):
    """Something in Japanese and in English."""

    ja: str
    en: str


class LineAnswer(Words):
    """One question, and what was answered."""

    key: str
    values: list[Words]


class BriefAnswer(BaseModel):
    """What a booth reads of a party. No name, no contact."""

    adults: int
    children: int
    glance: list[LineAnswer]
    """Language, needs and the wish to consult online, where they were answered."""
    lines: list[LineAnswer]


class BookedAnswer(BaseModel):
    """A reservation of the booth's queue."""

    slot: int
    """Start of its slot, ms."""
    arrived: bool
    brief: BriefAnswer


class BookedAnswers(BaseModel):
    """The day's reservations of a booth's queue, by their slots."""

    booked: list[BookedAnswer]


class BriefsRoom:
    """The briefs of every fair."""

    def __init__(self, briefs: Briefs | MadeUpBriefs, fairs: Mapping[str, Fair], hubs: Mapping[str, Hub]) -> None:
        """Read by ``briefs``; ``hubs`` tell who is at a booth."""
        self._briefs = briefs
        self._fairs = fairs
        self._hubs = hubs

    def operations(self) -> list[Operation]:
        """Give the operations."""
        return [
            Operation(
                method="GET",
                path="/booths/{booth:int}/briefs",
                name="read-booked-briefs",
                summary="予約の相談内容 · What those who reserved this booth's queue want to talk about.",
                act=Act.READ_BRIEF,
                endpoint=self.booked,
                answers=BookedAnswers,
            ),
            Operation(
                method="GET",
                path="/booths/{booth:int}/briefs/{ticket:int}",
                name="read-brief",
                summary="相談内容 · What the party at the booth wants to talk about.",
                act=Act.READ_BRIEF,
                endpoint=self.read,
                answers=BriefAnswer,
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: the booth's own shows the brief."""
        return []

    async def read(self, request: Request) -> Response:
        """Give the brief of the party that is at the booth, or that waits for it with a reserved place."""
        asked: Asked = request.state.asked
        number: int = request.path_params["booth"]
        board = self._hubs[asked.slug].board
        ticket = may_read(board, number, request.path_params["ticket"])
        party = board.parties[ticket.party]
        sources = await self._briefs.sources(asked.slug, party.id)
        places = [place_of(sources.card)] if sources.card else []
        places += [reservation_place(sources.reservation)] if sources.reservation else []
        await asked.note(
            f"booth:{number} ticket:{ticket.id}", records=places, fields=fields_read(self._fairs[asked.slug])
        )
        brief = await self._briefs.read(
            asked.slug, sources, Persons(adults=party.size - party.children, children=party.children)
        )
        return JSONResponse(_told(brief).model_dump(mode="json"))

    async def booked(self, request: Request) -> Response:
        """Give the briefs of all who reserved the booth's queue."""
        asked: Asked = request.state.asked
        number: int = request.path_params["booth"]
        booth = self._hubs[asked.slug].board.booths.get(number)
        if booth is None:
            raise Refusal("unknown_booth", {"id": number})
        bookings = await self._briefs.booked(asked.slug, booth.queue) if booth.queue else {}
        places = list(map(reservation_place, bookings))
        await asked.note(f"booth:{number}", records=places, fields=fields_read(self._fairs[asked.slug]))
        booked = await self._briefs.read_booked(asked.slug, booth.queue or "", list(bookings))
        return JSONResponse(BookedAnswers(booked=list(map(_booked, booked))).model_dump(mode="json"))


def _booked(booked: Booked) -> BookedAnswer:
    return BookedAnswer(slot=booked.slot, arrived=booked.arrived, brief=_told(booked.brief))


def _told(brief: Brief) -> BriefAnswer:
    return BriefAnswer(
        adults=brief.persons.adults,
        children=brief.persons.children,
        glance=list(map(_line, brief.glance)),
        lines=list(map(_line, brief.lines)),
    )


def _line(line: Line) -> LineAnswer:
    return LineAnswer(key=line.key, ja=line.ja, en=line.en, values=[Words(ja=ja, en=en) for ja, en in line.values])
