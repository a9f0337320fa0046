"""What a page has said and the application has not heard yet, and at last that the page is gone."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
"""An ASGI message."""


class Inbox:
    """ASGI messages of one socket, in order; after the end, the end again and again."""

    __slots__ = ("_ends", "_loop", "_read", "_waiting")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin with nothing."""
        self._loop = loop
        self._read: list[Message] = []
        self._ends: Message | None = None
        self._waiting: asyncio.Future[None] | None = None

    @property
    def empty(self) -> bool:
        """Whether everything was heard, the end aside."""
        return not self._read

    def tell(self, message: Message) -> bool:
        """Put a message in. False where nobody waits for it: a page that goes on sending should not be read meanwhile."""
        self._read.append(message)
        return self._wake()

    def end(self, code: int, reason: str) -> None:
        """Tell, once, that the page is gone."""
        if self._ends is None:
            self._ends = {"type": "websocket.disconnect", "code": code, "reason": reason}
            self._wake()

    async def next(self) -> Message:
        """Wait for the next message, or the end."""
        while not self._read and self._ends is None:
            self._waiting = self._loop.create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        if self._read:
            return self._read.pop(0)
        assert self._ends is not None
        return self._ends

    def _wake(self) -> bool:
        if self._waiting is None or self._waiting.done():
            return False
        self._waiting.set_result(None)
        return True
