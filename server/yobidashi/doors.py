"""Whether one process still takes visitors: from the moment it is told to end, every answer says that it is the last.

A load balancer that asks (`/readyz`) sends nobody new from then on, and one that keeps connections gives them up by itself:
an answer with ``Connection: close`` ends one between two requests, where closing it from here could cut one in two.
"""

from typing import Final, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATE: Final = "doors"
"""Under this name of the lifespan's state the server finds the `Doors` of its app."""


class Doors(Protocol):
    """Whether one process still takes visitors."""

    draining: bool
    """Set when it is told to end: it takes nobody new, and what comes all the same is served."""


class LastAnswers:
    """ASGI middleware that ends a connection with its next answer, once its process is draining."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        """Watch ``doors``."""
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""

        async def send_last(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (b"connection", b"close")]
            await send(message)

        last = scope["type"] == "http" and self._doors.draining
        await self._app(scope, receive, send_last if last else send)
