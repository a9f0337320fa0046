"""Online booths over HTTP: the meeting link, set by the booth, shown to those who talk there and to the helper at the venue.

The link leaves in the body of an answer that nobody keeps, and stands in no event, no address and no log.
"""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import BaseModel, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.live.hub import Hub
from yobidashi.people.address_limit import AddressLimit
from yobidashi.people.meetings import Meetings, checked_link
from yobidashi.queue.commands.booths import NoteMeeting
from yobidashi.queue.commands.command import Command
from yobidashi.queue.errors import Refusal
from yobidashi.queue.links import Links
from yobidashi.queue.rows import Booth
from yobidashi.queue.store import Store
from yobidashi.staff.permissions import Act
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation, posted
from yobidashi.web.pages import Pages, both

TYPED_MAX: Final = 2_000
"""Characters that are read at all; `people/meetings.py` says what a link may have."""


class SetMeeting(Command):
    """An online booth gets its meeting link; it has to be checked before the booth opens."""

    name = "set-meeting"
    summary = "会議リンクの登録 · An online booth gets its meeting link; it has to be checked before the booth opens."

    link: Annotated[
        str,
        StringConstraints(max_length=TYPED_MAX),
        Field(description="https, at most 500 characters. A demonstration drops it and makes one up."),
    ]


class MeetingAnswer(BaseModel):
    """A meeting link, and which one it is."""

    link: str
    booth: int
    meeting: int
    """As in the booth's row: what `check-meeting` names."""
    checked_at: int | None
    """When the consultant said that it leads there, ms; None: not yet."""


class MeetingsRoom:
    """The online booths of every fair."""

    def __init__(
        self,
        meetings: Meetings,
        links: Links,
        store: Store,
        hubs: Mapping[str, Hub],
        fairs: Mapping[str, Fair],
        limit: AddressLimit,
        pages: Pages,
    ) -> None:
        """Keep links in ``meetings``; find visitors by ``links``, hold back floods by ``limit``, draw by ``pages``."""
        self._meetings = meetings
        self._links = links
        self._store = store
        self._hubs = hubs
        self._fairs = fairs
        self._limit = limit
        self._pages = pages

    def operations(self) -> list[Operation]:
        """Give the operations."""
        one = "/booths/{booth:int}/meeting"
        return [
            posted(one, SetMeeting, Act.SET_MEETING, self.set, None),
            Operation(
                method="GET",
                path=one,
                name="read-meeting",
                summary="会議リンク · The meeting link of an online booth, for its consultant and the helper at the venue.",
                act=Act.READ_MEETING,
                endpoint=self.read,
                answers=MeetingAnswer,
            ),
            Operation(
                method="GET",
                path="/visits/{token}/meeting",
                name="read-own-meeting",
                summary="オンライン相談のリンク（本人） · The meeting link, for the party that is called to an online booth or talks there now.",
                act=Act.OWN_VISIT,
                endpoint=self.read_own,
                answers=MeetingAnswer,
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give the page of a tablet at an online booth, and the page of who helps at the venue."""
        return [
            *both(gate, "/booths/{booth:int}/meeting", self.page, Act.READ_MEETING),
            *both(gate, "/assist", self.assist, Act.READ_MEETING),
        ]

    async def set(self, request: Request) -> Response:
        """Seal a new link, after the queue has taken back the check of the one before."""
        asked, number = _asked(request), _number(request)
        command = await read_command(request, SetMeeting)
        link = checked_link(command.link)
        self._online(asked.slug, number)
        await asked.note(f"booth:{number}")
        event = await self._store.run(asked.slug, NoteMeeting(command_id=command.command_id, booth=number))
        await self._meetings.put(asked.slug, number, event.offset, link)
        return JSONResponse(event.to_object())

    async def read(self, request: Request) -> Response:
        """Give the link to who works at the booth, or helps there."""
        asked, number = _asked(request), _number(request)
        booth = self._online(asked.slug, number)
        await asked.note(f"booth:{number}", records=[f"meeting:{number}"], fields=["link"])
        answer = await self._link(asked.slug, booth)
        if answer is None:
            raise Refusal("meeting_missing", {"booth": number})
        return _told(answer)

    async def read_own(self, request: Request) -> Response:
        """Give the link to a party while it is called to an online booth or talks there; to all others there is none."""
        asked = _asked(request)
        party = await self._links.party(asked.slug, request.path_params["token"])
        if party is None:
            raise Refusal("unknown_link")
        await self._limit.count_visit(asked.slug, party)
        booth = self._booth_of(asked.slug, party)
        if booth is None:
            raise Refusal("no_meeting")
        await asked.note(f"party:{party} booth:{booth.id}", records=[f"meeting:{booth.id}"], fields=["link"])
        answer = await self._link(asked.slug, booth)
        if answer is None:
            raise Refusal("no_meeting")
        return _told(answer)

    async def page(self, request: Request) -> Response:
        """What stands at an online booth in the hall: a tablet by which visitors without a device talk."""
        booth = self._pages.booth_in(request)
        self._online(_asked(request).slug, booth)
        return self._pages.page(request, "meeting.html", visitors=False, booth=booth)

    async def assist(self, request: Request) -> Response:
        """Where the helper at the venue sees which booth asks for help, and how the online booths stand."""
        return self._pages.page(request, "assist.html", visitors=False)

    def _online(self, slug: str, number: int) -> Booth:
        """Give an online booth as it stands. Raises `Refusal`: ``unknown_booth``, ``not_online``, ``not_founded``."""
        plan = {booth.number: booth for booth in self._fairs[slug].booths}.get(number)
        if plan is None:
            raise Refusal("unknown_booth", {"id": number})
        if not plan.online:
            raise Refusal("not_online", {"booth": number})
        row = self._hubs[slug].board.booths.get(number)
        if row is None:
            raise Refusal("not_founded")
        return row

    def _booth_of(self, slug: str, party_id: int) -> Booth | None:
        """Give the online booth where a party is called or talks now."""
        board = self._hubs[slug].board
        party = board.parties.get(party_id)
        ticket = board.tickets.get(party.active or 0) if party else None
        if ticket is None or ticket.booth is None or not self._fairs[slug].booth(ticket.booth).online:
            return None
        return board.booths.get(ticket.booth)

    async def _link(self, slug: str, booth: Booth) -> MeetingAnswer | None:
        if booth.meeting is None:
            return None
        meeting = await self._meetings.get(slug, booth.id, booth.meeting)
        if meeting is None:
            return None
        checked_at = booth.checked_at if meeting.number == booth.meeting else None
        return MeetingAnswer(link=meeting.link, booth=booth.id, meeting=meeting.number, checked_at=checked_at)


def _told(answer: MeetingAnswer) -> Response:
    return JSONResponse(answer.model_dump(mode="json"))


def _asked(request: Request) -> Asked:
    asked: Asked = request.state.asked
    return asked


def _number(request: Request) -> int:
    number: int = request.path_params["booth"]
    return number
