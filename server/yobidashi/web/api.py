"""The HTTP API: thin. It parses, calls the store or reads a board, and answers; every refusal is JSON with a code."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from yobidashi.live.counts import counts_of
from yobidashi.live.hub import Hub
from yobidashi.live.journal import Journal, JournalLost
from yobidashi.queue.commands import COMMANDS
from yobidashi.queue.commands.command import Command
from yobidashi.queue.commands.corrections import Undo
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.rows import row_object
from yobidashi.queue.store import Store
from yobidashi.staff.permissions import Act
from yobidashi.staff.reach import reach
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.openapi import document
from yobidashi.web.operation import Operation
from yobidashi.web.query import whole_number
from yobidashi.web.refusals import with_queue_name

JOURNAL_PAGE_MAX: Final = 1_000
"""Events in one answer of the journal."""


@dataclass(frozen=True, slots=True)
class Api:
    """The API over one process's store, journal and hubs; ``fairs`` holds the public descriptions by slug."""

    store: Store
    journal: Journal
    hubs: Mapping[str, Hub]
    fairs: Mapping[str, dict[str, Any]]
    operations: Sequence[Operation] = ()
    """What stands in the OpenAPI document beside the queue."""

    def reads(self, gate: Gate) -> list[Route]:
        """Give the routes that read what may hang on the wall."""
        return [
            gate.route("/api/openapi.json", self.openapi, Act.READ_FAIR),
            gate.route("/api/fairs", self.list_fairs, Act.READ_FAIR),
            gate.route("/api/fairs/{fair}", self.describe, Act.READ_FAIR),
            gate.route("/api/fairs/{fair}/board", self.board, Act.READ_BOARD),
            gate.route("/api/fairs/{fair}/counts", self.counts, Act.READ_COUNTS),
            gate.route("/api/fairs/{fair}/journal", self.read_journal, Act.READ_BOARD),
        ]

    def commands(self, gate: Gate) -> list[Route]:
        """Give the one route of all commands; it must stand after every other POST below a fair."""
        return [gate.route("/api/fairs/{fair}/{command}", self.command, _act_of, ["POST"])]

    async def command(self, request: Request) -> Response:
        """Do one command: 200 with its event, or a refusal."""
        asked: Asked = request.state.asked
        slug = asked.slug
        command = await read_command(request, COMMANDS[asked.act])
        booth = asked.principal.only_at_booth(asked.act)
        if booth is not None:
            await self._reach(slug, command, booth)
        try:
            why = str(getattr(command, "reason", ""))
            _, event = await asyncio.gather(asked.note(_object_of(command), why=why), self.store.run(slug, command))
        except Refusal as refusal:
            raise with_queue_name(refusal, self.fairs[slug]) from None
        return JSONResponse(event.to_object())

    async def _reach(self, slug: str, command: Command, booth: int) -> None:
        undone = None
        if isinstance(command, Undo):
            events = await self._after(slug, command.offset - 1, 1)
            undone = next((event for event in events if event.offset == command.offset), None)
        reach(command, self.hubs[slug].board, booth, undone)

    async def list_fairs(self, request: Request) -> Response:
        """Give every fair that is served here."""
        return JSONResponse({"fairs": list(self.fairs.values())})

    async def describe(self, request: Request) -> Response:
        """Give one fair's public description."""
        return JSONResponse(self.fairs[self._slug(request)])

    async def board(self, request: Request) -> Response:
        """Give the whole board as this process shows it, with rows as objects."""
        hub = self.hubs[self._slug(request)]
        if not hub.board.epoch:
            raise Refusal("not_founded")
        rows = {table: [row_object(table, row) for row in rows] for table, rows in hub.board.rows().items()}
        head = {"epoch": hub.board.epoch, "offset": hub.board.offset, "now": self.journal.real_now(), "live": hub.live}
        return JSONResponse(head | rows)

    async def counts(self, request: Request) -> Response:
        """Give who came, who visited and who is in the hall, counted from the board that this process shows."""
        board = self.hubs[self._slug(request)].board
        if not board.epoch:
            raise Refusal("not_founded")
        head = {"epoch": board.epoch, "offset": board.offset}
        return JSONResponse(head | asdict(counts_of(board)))

    async def read_journal(self, request: Request) -> Response:
        """Give a page of the journal after an offset."""
        slug = self._slug(request)
        after = whole_number(request, "after", default=0, most=2**53 - 1)
        limit = whole_number(request, "limit", default=JOURNAL_PAGE_MAX, most=JOURNAL_PAGE_MAX)
        events = await self._after(slug, after, limit)
        board = self.hubs[slug].board
        answer = {"epoch": board.epoch, "top": board.offset, "events": [event.to_object() for event in events]}
        return JSONResponse(answer)

    async def _after(self, slug: str, offset: int, limit: int) -> list[Event]:
        try:
            return await self.journal.after(slug, offset, limit)
        except JournalLost:
            raise Refusal("redis_away") from None

    async def openapi(self, request: Request) -> Response:
        """Give the OpenAPI document of all this."""
        return JSONResponse(document(self.operations))

    def _slug(self, request: Request) -> str:
        slug: str = request.path_params["fair"]
        if slug not in self.fairs:
            raise Refusal("unknown_fair", {"id": slug[:60]})
        return slug


def _act_of(request: Request) -> Act:
    name = request.path_params["command"]
    if name not in COMMANDS:
        raise Refusal("not_found")
    return Act(name)


def _object_of(command: Command) -> str:
    """Give what a command is done to, for the audit record."""
    fields = ("booth", "ticket", "party", "queue", "card", "offer", "notice")
    named = ((field, getattr(command, field, None)) for field in fields)
    return " ".join(f"{field}:{value}" for field, value in named if value is not None)
