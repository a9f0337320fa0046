"""Addresses that are handed over as QR codes: what is secret in them stands after the #, which no browser sends to a server."""

from collections.abc import Iterable

from starlette.requests import Request


def link(request: Request, slugs: Iterable[str], path: str, secret: str) -> str:
    """Give a page's address as the asker's browser reached this server, with the secret after the #."""
    slug: str = request.state.asked.slug
    base = "" if slug == next(iter(slugs)) else f"/fairs/{slug}"
    return f"{str(request.base_url).rstrip('/')}{base}{path}#{secret}"


def badge_link(request: Request, slugs: Iterable[str], member_id: str, secret: str) -> str:
    """Give what a badge's QR code says."""
    return link(request, slugs, "/sign-in", f"{member_id}.{secret}")
