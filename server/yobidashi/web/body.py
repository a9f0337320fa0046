"""Reading a request's body: bounded, JSON, and nothing else."""

from collections.abc import Collection
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import ClientDisconnect, Request

from yobidashi.queue.commands.command import Command
from yobidashi.queue.errors import Refusal

BODY_MAX_BYTES: Final = 4_096
"""The largest command of the queue is about 600 bytes."""

FORM_MAX_BYTES: Final = 32_768
"""A reservation or card with every field full of Japanese."""

FILE_MAX_BYTES: Final = 2 * 1024 * 1024
"""A sheet that is imported."""

Kind = TypeVar("Kind", bound=Command)


async def read_command(request: Request, kind: type[Kind], most: int = BODY_MAX_BYTES) -> Kind:
    """Read a command of ``kind`` from a body of at most ``most`` bytes.

    Raises `Refusal`: ``wrong_media_type``, ``too_large``, ``malformed_json``, ``missing_command_id``, ``invalid_arguments``.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Refusal("wrong_media_type", {"came": media_type[:60] or "no content type"})
    body = await _bounded(request, most)
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False, include_input=False, include_context=False)) from None


async def read_file(request: Request, media_types: Collection[str], most: int = FILE_MAX_BYTES) -> bytes:
    """Read a body that is a file. Raises `Refusal`: ``wrong_media_type``, ``too_large``."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in media_types:
        raise Refusal("wrong_media_type", {"came": media_type[:60] or "no content type"})
    return await _bounded(request, most)


async def _bounded(request: Request, most: int) -> bytes:
    too_large = Refusal("too_large", {"limit": most})
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > most:
        raise too_large
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
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
