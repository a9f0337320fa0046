"""Addresses that are handed over as QR codes.

What is secret in those of staff stands after the #, which no browser sends to a server; a visitor's has a random token.
"""

import io
from collections.abc import Iterable

import segno
from starlette.requests import Request
from starlette.responses import Response


def link(request: Request, slugs: Iterable[str], path: str, secret: str) -> str:
    """Give a page's address as the asker's browser reached this server, with the secret after the #."""
    return f"{page_of(request, slugs, path)}#{secret}"


def page_of(request: Request, slugs: Iterable[str], path: str) -> str:
    """Give the address of a page of the fair that was asked about; ``slugs`` are all fairs, the first at the root."""
    slug: str = request.state.asked.slug
    base = "" if slug == next(iter(slugs)) else f"/fairs/{slug}"
    return f"{str(request.base_url).rstrip('/')}{base}{path}"


def badge_link(request: Request, slugs: Iterable[str], member_id: str, secret: str) -> str:
    """Give what a badge's QR code says."""
    return link(request, slugs, "/sign-in", f"{member_id}.{secret}")


def page_address(request: Request, path: str) -> str:
    """Give another page's address beside the one that was asked for, as this browser reached the server."""
    base = f"/fairs/{request.path_params['fair']}" if "fair" in request.path_params else ""
    return f"{str(request.base_url).rstrip('/')}{base}{path}"


def qr_picture(address: str) -> Response:
    """Answer with an address as a QR code, for the camera of a phone; nobody keeps it."""
    svg = io.BytesIO()
    segno.make_qr(address, error="m").save(svg, kind="svg", scale=8, border=4)
    return Response(svg.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
