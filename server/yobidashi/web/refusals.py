"""How everything that goes wrong in a request is told: JSON below ``/api``, a page elsewhere, never a traceback."""

import logging
from collections.abc import Mapping
from html import escape
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from yobidashi.queue.errors import Refusal

log = logging.getLogger(__name__)

_PAGE = """<!doctype html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{code}</title><main><h1>{ja}</h1><p lang="en">{en}</p>
<p><a href="/">はじめのページへ <span lang="en">Start page</span></a></p></main></html>
"""


async def refused(request: Request, refusal: Exception) -> Response:
    """Answer a `Refusal`."""
    assert isinstance(refusal, Refusal)
    return _answer(request, refusal)


async def http_error(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses: unknown addresses and methods."""
    assert isinstance(error, HTTPException)
    refusal = (
        Refusal("not_found") if error.status_code == 404 else Refusal("method_not_allowed", {"came": request.method})
    )
    response = _answer(request, refusal)
    response.headers.update(error.headers or {})
    return response


async def internal_error(request: Request, error: Exception) -> Response:
    """Answer a defect of ours: logged once, told without detail."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _answer(request, Refusal("internal"))


def with_queue_name(refusal: Refusal, fair: Mapping[str, Any]) -> Refusal:
    """Give the refusal with the queue's name where it has its id: people know the name. ``fair``: its public description."""
    names = {queue["id"]: queue["short"] for queue in fair["queues"]}
    queue = refusal.detail.get("queue")
    return Refusal(refusal.code, {**refusal.detail, "queue_name": names[queue]}) if queue in names else refusal


def _answer(request: Request, refusal: Refusal) -> Response:
    wait_s = refusal.detail.get("wait_s", 1) if refusal.status in (429, 503) else None
    headers: dict[str, str] = {} if wait_s is None else {"Retry-After": str(wait_s)}
    if request.url.path.startswith("/api/"):
        return JSONResponse(refusal.to_object(), refusal.status, headers)
    words: dict[str, Any] = {k: escape(str(v)) for k, v in refusal.to_object().items()}
    return HTMLResponse(_PAGE.format(**words), refusal.status, headers)
