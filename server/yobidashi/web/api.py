"""The HTTP API: thin. It parses, calls the store or reads a board, and answers; every refusal is JSON with a code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from yobidashi.live.hub import Hub
from yobidashi.live.journal import Journal, JournalLost
from yobidashi.queue.commands import COMMANDS
from yobidashi.queue.errors import Refusal
from yobidashi.queue.rows import row_object
from yobidashi.queue.store import Store
from yobidashi.web.body import read_command
from yobidashi.web.openapi import document

JOURNAL_PAGE_MAX: Final = 1_000
"""Events in one answer of the journal."""


@dataclass(frozen=True, slots=True)
class Api:
    """The API over one process's store, journal and hubs; ``fairs`` holds the public descriptions by slug."""

    store: Store
    journal: Journal
    hubs: Mapping[str, Hub]
    fairs: Mapping[str, dict[str, Any]]

    def routes(self) -> list[Route]:
        """Give every route below ``/api``."""
        return [
            Route("/api/openapi.json", self.openapi),
            Route("/api/fairs", self.list_fairs),
            Route("/api/fairs/{fair}", self.describe),
            Route("/api/fairs/{fair}/board", self.board),
            Route("/api/fairs/{fair}/journal", self.read_journal),
            Route("/api/fairs/{fair}/{command}", self.command, methods=["POST"]),
        ]

    async def command(self, request: Request) -> Response:
        """Do one command: 200 with its event, or a refusal."""
        slug = self._slug(request)
        kind = COMMANDS.get(request.path_params["command"])
        if kind is None:
            raise Refusal("not_found")
        command = await read_command(request, kind)
        try:
            event = await self.store.run(slug, command)
        except Refusal as refusal:
            raise self._named(refusal, slug) from None
        return JSONResponse(event.to_object())

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

    async def read_journal(self, request: Request) -> Response:
        """Give a page of the journal after an offset."""
        slug = self._slug(request)
        after = _count(request, "after", default=0, most=2**53 - 1)
        limit = _count(request, "limit", default=JOURNAL_PAGE_MAX, most=JOURNAL_PAGE_MAX)
        try:
            events = await self.journal.after(slug, after, limit)
        except JournalLost:
            raise Refusal("redis_away") from None
        board = self.hubs[slug].board
        answer = {"epoch": board.epoch, "top": board.offset, "events": [event.to_object() for event in events]}
        return JSONResponse(answer)

    async def openapi(self, request: Request) -> Response:
        """Give the OpenAPI document of all this."""
        return JSONResponse(document())

    def _named(self, refusal: Refusal, slug: str) -> Refusal:
        """Give the refusal with the queue's name where it has its id: people know the name."""
        names = {queue["id"]: queue["short"] for queue in self.fairs[slug]["queues"]}
        queue = refusal.detail.get("queue")
        return Refusal(refusal.code, {**refusal.detail, "queue_name": names[queue]}) if queue in names else refusal

    def _slug(self, request: Request) -> str:
        slug: str = request.path_params["fair"]
        if slug not in self.fairs:
            raise Refusal("unknown_fair", {"id": slug[:60]})
        return slug


def _count(request: Request, name: str, *, default: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 16 or not int(text) <= most:
        raise Refusal("invalid_arguments", {"field": name, "why": f"expected a whole number from 0 to {most}"})
    return int(text)
