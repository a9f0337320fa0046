"""One operation of the HTTP API about people and staff: its address, its act, what it takes and what it answers.

The same object becomes the route (with its guard, `gate.py`) and its entry in the OpenAPI document (`openapi.py`), so that
neither can be without the other.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel
from starlette.routing import Route

from yobidashi.queue.commands.command import Command
from yobidashi.staff.permissions import Act
from yobidashi.web.gate import Endpoint, Gate

JSON = "application/json"

QUERY_MAX = 100
"""Characters of one query parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method at one address below ``/api/fairs/{fair}``."""

    method: Literal["GET", "POST"]
    path: str
    """Below ``/api/fairs/{fair}``, with a leading slash."""
    name: str
    """The operation's id in the document."""
    summary: str
    act: Act
    endpoint: Endpoint
    takes: type[BaseModel] | None = None
    """What a JSON body must be; None for a GET, for a POST without a body, or for another media type."""
    media: str = JSON
    """The media type of the body, where there is one."""
    takes_file: bool = False
    """The body is a file of type `media`."""
    answers: type[BaseModel] | None = None
    """What a JSON answer is."""
    answers_media: str = JSON
    other_media: tuple[str, ...] = ()
    """What else a file may come as, where the asker chooses."""
    query: tuple[str, ...] = ()
    """Names of query parameters, each a whole number or a word of `QUERY_MAX` characters."""

    @property
    def address(self) -> str:
        """The whole path, as the document writes it."""
        return "/api/fairs/{fair}" + re.sub(r":\w+}", "}", self.path)

    def route(self, gate: Gate) -> Route:
        """Make the guarded route."""
        return gate.route("/api/fairs/{fair}" + self.path, self.endpoint, self.act, (self.method,))


def posted(
    path: str,
    takes: type[Command],
    act: Act,
    endpoint: Endpoint,
    answers: type[BaseModel] | None,
    answers_media: str = JSON,
) -> Operation:
    """Give the operation of a command that is posted as JSON, named and described as the command is."""
    return Operation(
        method="POST",
        path=path,
        name=takes.name,
        summary=takes.summary,
        act=act,
        endpoint=endpoint,
        takes=takes,
        answers=answers,
        answers_media=answers_media,
    )
