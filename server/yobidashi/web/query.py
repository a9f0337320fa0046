"""Reading what stands after the question mark of an address."""

from typing import Final

from starlette.requests import Request

from yobidashi.queue.errors import Refusal

DIGITS_MAX: Final = 16
"""No number that a page can hold exactly has more."""


def whole_number(request: Request, name: str, *, default: int, most: int) -> int:
    """Read a whole number from 0 to ``most``; ``default`` where it is not named. Raises `Refusal` (``invalid_arguments``)."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > DIGITS_MAX or not int(text) <= most:
        raise Refusal("invalid_arguments", {"field": name, "why": f"expected a whole number from 0 to {most}"})
    return int(text)
