"""Every address of the application, taken from its own routes: what the tests of permissions, headers and pages go through.

Whatever room comes to the application stands here by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from yobidashi.app import create_app
from yobidashi.queue.commands import COMMANDS
from yobidashi.settings import Settings
from yobidashi.staff.permissions import Act

OPEN_TO_ALL: Final = frozenset({"/healthz", "/readyz"})
"""Routes without an act: what a load balancer asks. Beside them only static files have none."""

NOBODYS: Final = "A" * 22
"""An id, token or code as they are written, which nobody has."""


@dataclass(frozen=True, slots=True)
class Address:
    """One method at one route, with an address that can be asked for."""

    method: str
    route: str
    """As the application writes it."""
    act: Act
    path: str
    """With every blank filled in; what it names is nobody's, beside the fair and the booth."""

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it."""
        return not self.route.startswith("/api/")

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def routes() -> list[BaseRoute]:
    """Give the application's routes; none of them needs a Redis to be looked at."""
    return list(create_app(Settings(redis_url="redis://localhost")).routes)


def addresses(slug: str, booth: int) -> list[Address]:
    """Give every address of the fair ``slug``; those of a booth name ``booth``."""
    return [address for route in routes() if isinstance(route, Route) for address in _of(route, slug, booth)]


def pages(slug: str, booth: int) -> list[Address]:
    """Give every page and picture, at the root: what stands below a slug is the same page. A film is neither."""
    found = addresses(slug, booth)
    return [address for address in found if address.is_page and not address.route.startswith(("/fairs/", "/video/"))]


def without_act() -> list[str]:
    """Give the routes that no line of the permission table guards, static files apart."""
    guarded = (Route, WebSocketRoute)
    return [
        str(getattr(route, "path", route))
        for route in routes()
        if not isinstance(route, Mount) and not (isinstance(route, guarded) and hasattr(route, "act"))
    ]


def mounts() -> list[Mount]:
    """Give what is served without a look at who asks."""
    return [route for route in routes() if isinstance(route, Mount)]


def _of(route: Route, slug: str, booth: int) -> Iterator[Address]:
    act = getattr(route, "act", None)
    if act is None:
        return
    path = _filled(route.path, slug, booth)
    for method in sorted((route.methods or set()) - {"HEAD"}):
        if isinstance(act, Act):
            yield Address(method, route.path, act, path)
        else:  # one route for all commands of the queue: its act is the command's
            for name in COMMANDS:
                request = Request({"type": "http", "method": method, "path_params": {"command": name}, "headers": []})
                yield Address(method, route.path.replace("{command}", name), act(request), path.replace(NOBODYS, name))


def _filled(path: str, slug: str, booth: int) -> str:
    known = {"fair": slug, "booth": str(booth), "member": "s9999"}

    def fill(blank: re.Match[str]) -> str:
        name, kind = blank[1], blank[2]
        return known.get(name) or ("999" if kind == "int" else NOBODYS)

    return re.sub(r"{(\w+)(?::(\w+))?}", fill, path)
