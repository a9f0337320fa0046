"""The pages: a template, the fair's description, and nothing that changes. Everything live comes over the socket."""

import base64
import hashlib
import io
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from yobidashi import places
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.staff.principal import Principal
from yobidashi.staff.roles import WORDS
from yobidashi.web.gate import Endpoint, Gate
from yobidashi.web.statics import Statics

ABOUT_VISITORS: Final = frozenset({"reservation", "novelty", "form", "consents", "privacy"})
"""Parts of a fair's description that only pages with forms, and those who read the answers, need."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of every fair; the first fair also stands at the root, so that one fair needs no thought of its slug."""

    fairs: Mapping[str, dict[str, Any]]
    statics: Statics = field(default_factory=Statics)

    def routes(self, gate: Gate) -> list[BaseRoute]:
        """Give the routes of pages and of what they load."""
        pages = [
            ("/", self.start, Act.OPEN_START),
            ("/reception", self.reception, Act.OPEN_RECEPTION),
            ("/booths/{booth:int}", self.booth, Act.OPEN_BOOTH_PAGE),
            ("/calls", self.calls, Act.OPEN_SCREEN),
        ]
        return [
            *(route for path, page, act in pages for route in both(gate, path, page, act)),
            gate.route("/qr.svg", self.qr, Act.OPEN_START),
            *self.statics.routes(),
        ]

    async def start(self, request: Request) -> Response:
        """The page that leads to all others."""
        principal: Principal = request.state.asked.principal
        roles = {str(role): {"ja": words.ja, "en": words.en} for role, words in WORDS.items()}
        return self.page(request, "start.html", roles=roles, only_booth=principal.only_at_booth(Act.OPEN_BOOTH_PAGE))

    async def qr(self, request: Request) -> Response:
        """The address of this server, as this page was reached, for the camera of a handheld."""
        svg = io.BytesIO()
        segno.make(_handheld_url(request) or str(request.base_url), error="m").save(svg, kind="svg", scale=8, border=2)
        return Response(svg.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-cache"})

    async def reception(self, request: Request) -> Response:
        """Where tickets are issued."""
        return self.page(request, "reception.html")

    async def calls(self, request: Request) -> Response:
        """The big screen of called numbers."""
        return self.page(request, "calls.html", visitors=False)

    async def booth(self, request: Request) -> Response:
        """A consultant's page."""
        return self.page(request, "booth.html", booth=self.booth_in(request))

    def booth_in(self, request: Request) -> int:
        """Give the booth that an address names. Raises `Refusal` (``unknown_booth``)."""
        number: int = request.path_params["booth"]
        if all(booth["number"] != number for booth in self._fair(request)["booths"]):
            raise Refusal("unknown_booth", {"id": number})
        return number

    def _fair(self, request: Request) -> dict[str, Any]:
        slug = request.path_params.get("fair", next(iter(self.fairs)))
        if slug not in self.fairs:
            raise Refusal("unknown_fair", {"id": slug[:60]})
        return self.fairs[slug]

    def page(self, request: Request, template: str, *, visitors: bool = True, **more: Any) -> Response:
        """Answer with a page of the fair that the address names; ``more`` goes into its data block.

        Without ``visitors`` it is not told what forms ask: most of the description, and nothing a screen shows.

        What a page is told of who opened it: id, roles, booth, and the token its POSTs must carry.
        """
        fair = self._fair(request)
        if not visitors:
            fair = {key: value for key, value in fair.items() if key not in ABOUT_VISITORS}
        slug = fair["slug"]
        principal: Principal = request.state.asked.principal
        page = {
            "api": f"/api/fairs/{slug}",
            "live": f"/api/fairs/{slug}/live",
            "base": f"/fairs/{slug}" if "fair" in request.path_params else "",
            "booth": None,
            "handheld_url": _handheld_url(request),
            "csrf": principal.csrf,
            "me": principal.public(),
            **more,
        }
        fairs = [{**{k: f[k] for k in ("slug", "name", "date")}, "base": f"/fairs/{s}"} for s, f in self.fairs.items()]
        text = _TEMPLATES.get_template(template).render(
            fair=fair, page=page, fairs=fairs, statics=self.statics, may=principal.may, Act=Act
        )
        return HTMLResponse(text, headers=page_headers(self.statics.import_map()))


def both(gate: Gate, path: str, page: Endpoint, act: Act) -> list[Route]:
    """Give a page's two routes: at the root for the first fair, and under every fair's slug."""
    return [gate.route(path, page, act), gate.route("/fairs/{fair}" + path.rstrip("/"), page, act)]


@cache
def page_headers(import_map: str) -> dict[str, str]:
    """Give what is sent with every page. Only the import map, by its hash, stands inline."""
    digest = base64.b64encode(hashlib.sha256(import_map.encode()).digest()).decode()
    policy = f"default-src 'self'; script-src 'self' 'sha256-{digest}'; img-src 'self' data:; object-src 'none'; "
    policy += "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    return {"Content-Security-Policy": policy, "Cache-Control": "no-store"}


def _handheld_url(request: Request) -> str | None:
    """Give the address under which a handheld reaches this server: the page's own, unless that is this machine alone."""
    host = request.url.hostname or "localhost"
    try:
        alone = ipaddress.ip_address(host).is_loopback
    except ValueError:
        alone = host == "localhost" or host.endswith(".localhost")
    return None if alone else str(request.base_url)


_TEMPLATES: Final = Environment(
    loader=FileSystemLoader([places.PACKAGE / "web", places.DISPLAYS, places.HANDHELDS]),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
