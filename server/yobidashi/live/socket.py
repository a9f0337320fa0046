"""How frames reach a socket: straight to its descriptor under uvicorn, message by message under any other server.

Frames are written between whole messages, which is always so: every send of `HubProtocol` writes a whole one. Past the
transport they go only while it holds nothing itself: it is full (`HubProtocol.full`) as soon as it holds a byte. The descriptor
is the socket's until `connection_lost` was called, and there the outbox leaves.
"""

import asyncio
from collections import deque
from typing import Final

from starlette.websockets import WebSocket

from yobidashi.live.frames import split
from yobidashi.live.hub import Hub
from yobidashi.live.protocol import EXTENSION, HubProtocol

STALLED_S: Final = 15.0
"""Seconds a full socket may stay full; then it is dropped, and the page comes back when it can."""

QUEUED_MAX: Final = 256
"""Messages that wait for one socket where whole messages must be sent; then it counts as full."""


class DirectOutbox:
    """Writes joined frames to a connection of uvicorn; bounded by the kernel's buffer and `STALLED_S`."""

    def __init__(self, protocol: HubProtocol, hub: Hub) -> None:
        """Write to ``protocol`` for ``hub``."""
        self._protocol = protocol
        self._hub = hub
        self._deadline: asyncio.TimerHandle | None = None
        self.paused = protocol.full
        self.write = protocol.transport.write
        self.descriptor = protocol.descriptor
        protocol.outbox = self

    def pause(self) -> None:
        """The socket is full: the hub leaves it out, and it has `STALLED_S` to drain."""
        self.paused = True
        self._hub.filled(self)
        self._deadline = asyncio.get_running_loop().call_later(STALLED_S, self._give_up)

    def resume(self) -> None:
        """The socket has drained: the hub brings it up to date."""
        self.paused = False
        self._stop_deadline()
        self._hub.drained(self)

    def leave(self) -> None:
        """Take no more frames."""
        self._stop_deadline()
        self._protocol.outbox = None
        self._hub.leave(self)

    def abort(self) -> None:
        """End the connection without a word."""
        self._protocol.transport.abort()

    def _give_up(self) -> None:
        self._hub.dropped += 1
        self._protocol.transport.abort()

    def _stop_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


class QueuedOutbox:
    """Sends whole messages by ASGI, for servers that are not uvicorn: a bounded queue and a task for each socket."""

    def __init__(self, websocket: WebSocket, hub: Hub) -> None:
        """Send to ``websocket`` for ``hub``."""
        self._websocket = websocket
        self._hub = hub
        self._queue: deque[bytes] = deque()
        self.descriptor: int | None = None
        self._news = asyncio.Event()
        self.paused = False
        self._sender = asyncio.create_task(self._send(), name="queued-outbox")

    def write(self, frames: bytes) -> None:
        """Queue the messages; a long queue counts as a full socket."""
        self._queue.extend(split(frames))
        self._news.set()
        if len(self._queue) > QUEUED_MAX and not self.paused:
            self.paused = True
            self._hub.filled(self)

    def leave(self) -> None:
        """Take no more frames."""
        self._hub.leave(self)
        self._sender.cancel()

    def abort(self) -> None:
        """End the connection without a word."""
        self._sender.cancel()

    async def _send(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while self._queue:
                try:
                    await asyncio.wait_for(self._websocket.send_bytes(self._queue.popleft()), STALLED_S)
                except (TimeoutError, OSError, RuntimeError) as fault:
                    self._hub.dropped += isinstance(fault, TimeoutError)
                    self._hub.leave(self)
                    return
            if self.paused:
                self.paused = False
                self._hub.drained(self)


def round_trip_s(websocket: WebSocket) -> float | None:
    """Give how long the newest ping to a socket and its answer took, in seconds; None before the first, or where nobody tells."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    return protocol.round_trip_s if isinstance(protocol, HubProtocol) else None


def outbox_for(websocket: WebSocket, hub: Hub) -> DirectOutbox | QueuedOutbox:
    """Give the best way out for an accepted socket."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    return DirectOutbox(protocol, hub) if isinstance(protocol, HubProtocol) else QueuedOutbox(websocket, hub)
