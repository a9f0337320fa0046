"""Reading a request's body: bounded, JSON, and nothing else."""

from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import ClientDisconnect, Request

from yobidashi.queue.commands import Command
from yobidashi.queue.errors import Refusal

BODY_MAX_BYTES: Final = 4_096
"""The largest command is about 600 bytes."""


async def read_command(request: Request, kind: type[Command]) -> Command:
    """Read a command of ``kind`` from the body.

    Raises `Refusal`: ``wrong_media_type``, ``too_large``, ``malformed_json``, ``missing_command_id``, ``invalid_arguments``.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Refusal("wrong_media_type", {"came": media_type[:60] or "no content type"})
    body = await _bounded(request)
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False, include_input=False, include_context=False)) from None


async def _bounded(request: Request) -> bytes:
    too_large = Refusal("too_large", {"limit": BODY_MAX_BYTES})
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > BODY_MAX_BYTES:
        raise too_large
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_MAX_BYTES:
                raise too_large
    except ClientDisconnect:
        raise Refusal("malformed_json", {"why": "the connection ended"}) from None
    return bytes(body)


def _refusal(errors: list[ErrorDetails]) -> Refusal:
    first = errors[0]
    if first["type"] == "json_invalid":
        return Refusal("malformed_json", {"why": first["msg"]})
    if any(error["loc"] == ("command_id",) for error in errors):
        return Refusal("missing_command_id")
    faults: list[dict[str, Any]] = [
        {"field": ".".join(map(str, error["loc"])) or "(body)", "why": error["msg"]} for error in errors[:10]
    ]
    return Refusal("invalid_arguments", {**faults[0], "faults": faults})
