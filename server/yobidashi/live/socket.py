"""How frames reach a socket: straight to its transport under uvicorn, message by message under any other server.

`HubProtocol` rests on uvicorn's sans-IO protocol (pinned in the lock file): on its ``run_asgi``, ``scope`` and ``transport``,
and to close by itself on ``conn``, ``queue`` and what it notes about a close that was sent. Frames are written between whole messages, which is always so, because each send of uvicorn writes one.
"""

import asyncio
from collections import deque
from typing import Any, Final

from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from yobidashi.live.closing import LEAVING
from yobidashi.live.frames import split
from yobidashi.live.hub import Hub

EXTENSION: Final = "yobidashi.protocol"
"""Under this name of the ASGI scope's extensions a session finds its `HubProtocol`."""

STALLED_S: Final = 15.0
"""Seconds a full socket may stay full; then it is dropped, and the page comes back when it can."""

GOODBYE_S: Final = 1.0
"""Seconds a page has to answer the server's goodbye; then the connection is dropped."""

QUEUED_MAX: Final = 256
"""Messages that wait for one socket where whole messages must be sent; then it counts as full."""


PINGS_MAX: Final = 20
PINGS_S: Final = 10.0
"""Pings of one page that are answered within so many seconds; browsers send none. With more it is closed (1008)."""

FRAGMENTS_MAX: Final = 64
"""Pieces of one message; a hello comes in one. With more the page is closed (1009)."""


class HubProtocol(WebSocketsSansIOProtocol):
    """uvicorn's websocket protocol that hands itself to the session and tells its outbox when the socket is full."""

    outbox: "DirectOutbox | None" = None
    _pings = 0
    _pings_since = 0.0

    async def run_asgi(self) -> None:
        """Serve the socket; the session finds this object in its scope."""
        extensions: dict[str, Any] = self.scope.setdefault("extensions", {})
        extensions[EXTENSION] = self
        await super().run_asgi()

    def leave(self) -> None:
        """Tell the page that this server ends, and that it should come back at once; harmless where a close was sent already."""
        if not self.handshake_complete or self.close_sent or self.transport.is_closing():
            return
        self.stop_keepalive()
        if self.outbox is not None:
            self.outbox.leave()  # after a close nothing may be written
        self.queue.put_nowait({"type": "websocket.disconnect", "code": LEAVING.code, "reason": LEAVING.word})
        self.conn.send_close(LEAVING.code, LEAVING.reason())
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()  # for the page's answer
        self.close_timer = self.loop.call_later(GOODBYE_S, self.transport.close)

    def shutdown(self) -> None:
        """The server ends now. Where uvicorn would say 1012, the page is told what to do."""
        self.leave()
        super().shutdown()

    def handle_ping(self) -> None:
        """Answer a ping, unless they come as a flood."""
        now = self.loop.time()
        if now - self._pings_since > PINGS_S:
            self._pings, self._pings_since = 0, now
        self._pings += 1
        if self._pings > PINGS_MAX:
            self._fail(1008, "too many pings")
        else:
            super().handle_ping()

    def handle_cont(self, event: Frame) -> None:
        """Take the next piece of a message. Its size is bounded where it is parsed, the number of its pieces here."""
        if len(self.frames) >= FRAGMENTS_MAX:
            self._fail(1009, "too many pieces")
        else:
            super().handle_cont(event)

    def _fail(self, code: int, why: str) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        if self.outbox is not None:
            self.outbox.leave()
        self.conn.fail(code, why)
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": why})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()

    def pause_writing(self) -> None:
        """The transport's buffer is above its high-water mark."""
        super().pause_writing()
        if self.outbox is not None:
            self.outbox.pause()

    def resume_writing(self) -> None:
        """The transport's buffer has drained."""
        super().resume_writing()
        if self.outbox is not None:
            self.outbox.resume()

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is gone: nothing is written to it any more."""
        if self.outbox is not None:
            self.outbox.leave()
        super().connection_lost(exc)


class DirectOutbox:
    """Writes joined frames to a uvicorn transport; bounded by the transport's high-water mark and `STALLED_S`."""

    def __init__(self, protocol: HubProtocol, hub: Hub) -> None:
        """Write to ``protocol`` for ``hub``."""
        self._protocol = protocol
        self._hub = hub
        self._deadline: asyncio.TimerHandle | None = None
        self.paused = not protocol.writable.is_set()
        self.write = protocol.transport.write
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
    return protocol.last_ping_rtt or None if isinstance(protocol, HubProtocol) else None


def outbox_for(websocket: WebSocket, hub: Hub) -> DirectOutbox | QueuedOutbox:
    """Give the best way out for an accepted socket."""
    protocol = websocket.scope.get("extensions", {}).get(EXTENSION)
    return DirectOutbox(protocol, hub) if isinstance(protocol, HubProtocol) else QueuedOutbox(websocket, hub)
