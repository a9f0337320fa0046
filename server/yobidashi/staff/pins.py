"""PINs: six digits, chosen by the member, kept as an Argon2id hash that only the right badge can be tried against.

The badge's secret, 128 random bits that stand nowhere but on the badge, is hashed together with the PIN: whoever has a copy
of Redis cannot try the million PINs, because the badge is missing.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from yobidashi.queue.errors import Refusal

PIN_PATTERN: Final = r"^[0-9]{6}$"

THREADS: Final = 2
"""PINs hashed at once; each takes `MEMORY_KIB`."""

WAITING_MAX: Final = 64
"""PINs that may wait to be hashed, about 3 s; past that a sign-in is refused as ``overloaded``."""

MEMORY_KIB: Final = 32_768
ROUNDS: Final = 3

_HASHER: Final = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=1)
_T = TypeVar("_T")


class Pins:
    """Hashes and checks PINs beside the event loop."""

    def __init__(self) -> None:
        """Start no thread before the first PIN."""
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="pin")
        self._waiting = 0

    async def hash(self, pin: str, badge_secret: str) -> str:
        """Give what is kept of a PIN. Raises `Refusal` (``overloaded``)."""
        return await self._beside(lambda: _HASHER.hash(_joined(pin, badge_secret)))

    async def verify(self, kept: str | None, pin: str, badge_secret: str) -> bool:
        """Tell whether the PIN is right; takes as long where nothing is kept. Raises `Refusal` (``overloaded``)."""
        right = await self._beside(lambda: _matches(kept or _nobodys(), _joined(pin, badge_secret)))
        return right and kept is not None

    async def _beside(self, work: Callable[[], _T]) -> _T:
        if self._waiting >= WAITING_MAX:
            raise Refusal("overloaded")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def check_new_pin(pin: str, again: str) -> None:
    """Refuse a new PIN that was typed in two ways, or that others would try first.

    Raises `Refusal`: ``pins_differ``, ``pin_too_simple``.
    """
    if pin != again:
        raise Refusal("pins_differ")
    if is_simple(pin):
        raise Refusal("pin_too_simple")


def is_simple(pin: str) -> bool:
    """Tell whether a PIN of six digits is among those that others try first: 111111, 123456, 987654, 121212, 123123, 112233."""
    digits = [int(digit) for digit in pin]
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    pairs = {(after - before) % 10 for before, after in pairwise(digits[::2])}
    return (
        len(set(digits)) <= 2
        or (len(steps) == 1 and steps <= {0, 1, 9})
        or pin[:3] == pin[3:]
        or (digits[::2] == digits[1::2] and len(pairs) == 1)
    )


def _joined(pin: str, badge_secret: str) -> str:
    return f"{pin}\0{badge_secret}"


def _matches(kept: str, given: str) -> bool:
    try:
        return _HASHER.verify(kept, given)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """Give a hash that no PIN matches, so that a badge nobody has takes as long as one somebody has."""
    return _HASHER.hash("nobody")
