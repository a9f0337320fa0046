"""What a load balancer asks: whether the process is alive, and whether pages should be sent to it.

Alive is a process that answers at all; restart one that does not. Ready is one that has every board, hears Redis, and is not
about to end; send nobody to one that is not, and leave it running. Neither says anything of people or of the fair.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from yobidashi.live.hub import Hub
from yobidashi.queue.errors import Refusal

ALIVE: Final = "/healthz"
READY: Final = "/readyz"

AGAIN_S: Final = 1
"""After how many seconds who is told 503 may ask again."""


class Health:
    """How one process is."""

    def __init__(self, hubs: Mapping[str, Hub], redis_answers: Callable[[], Awaitable[bool]]) -> None:
        """Look at ``hubs``, and ask Redis by ``redis_answers``."""
        self._hubs = hubs
        self._redis_answers = redis_answers
        self.draining = False
        """Set when the process is told to end."""

    def routes(self) -> list[Route]:
        """Give both addresses. They are open to all, like a door."""
        return [Route(ALIVE, self.alive), Route(READY, self.ready)]

    async def alive(self, request: Request) -> Response:
        """The process answers."""
        return JSONResponse({"alive": True})

    async def ready(self, request: Request) -> Response:
        """200 where pages may be sent here, 503 with the reason where not."""
        why = await self._why_not()
        if why is None:
            return JSONResponse({"ready": True})
        return JSONResponse({"ready": False, **Refusal(why).to_object()}, 503, {"Retry-After": str(AGAIN_S)})

    async def _why_not(self) -> str | None:
        if self.draining:
            return "draining"
        if not all(hub.board.epoch for hub in self._hubs.values()):
            return "not_founded"
        live = all(hub.live for hub in self._hubs.values())
        return None if live and await self._redis_answers() else "redis_away"
