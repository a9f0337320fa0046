"""A websocket's connection under uvicorn: between the transport's bytes and the application's ASGI messages.

It takes the place of uvicorn's own websocket protocol, because a hall's pages all come back in the same second and thousands
then stay open: the request is not parsed a second time, and an open socket keeps little (`loadtest/README.md`, figures). It
keeps no state about data that is sent, so that the hub may write whole frames past it (`socket.py`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final, Protocol

from uvicorn.config import Config
from uvicorn.server import ServerState

from yobidashi.live import handshake
from yobidashi.live.closing import LEAVING, cut
from yobidashi.live.frames import control_frame, frame, text_frame
from yobidashi.live.handshake import NoHandshake
from yobidashi.live.inbox import Inbox, Message
from yobidashi.live.incoming import NO_STATUS, BadFrames, Incoming, Opcode, Received, close_of, text_of
from yobidashi.live.pings import STATE, Pings

EXTENSION: Final = "yobidashi.protocol"
"""Under this name of the ASGI scope's extensions a session finds its `HubProtocol`."""

GOODBYE_S: Final = 1.0
"""Seconds a page has to answer the server's goodbye; then the connection is dropped."""

CLOSE_S: Final = 10.0
"""Seconds it has to answer any other close."""

PINGS_MAX: Final = 20
PINGS_S: Final = 10.0
"""Pings of one page that are answered within so many seconds; browsers send none. With more it is closed (1008)."""

ABNORMAL: Final = 1006
"""What the application hears where no close frame came."""

INTERNAL_ERROR: Final = 1011
POLICY: Final = 1008

App = Callable[[Any, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

log = logging.getLogger(__name__)


class Gone(ConnectionError):
    """The page is gone, or was told goodbye: nothing more can be sent."""


class Outlet(Protocol):
    """Who writes to the transport beside the application: it hears when it must not."""

    def pause(self) -> None:
        """The socket is full."""

    def resume(self) -> None:
        """It has drained."""

    def leave(self) -> None:
        """Nothing may be written any more."""


class HubProtocol(asyncio.Protocol):
    """One websocket's connection."""

    __slots__ = (
        "_app", "_beat", "_full", "_inbox", "_incoming", "_key", "_loop", "_pinged_at", "_pings", "_pings_heard", "_pings_since",
        "_refusal", "_server_state", "close_sent", "opened", "outbox", "round_trip_s", "transport",
    )  # fmt: skip

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        """Belong to a server; `open` begins."""
        self._app: App = config.loaded_app
        self._server_state = server_state
        self._loop = asyncio.get_running_loop()
        self._incoming = Incoming(config.ws_max_size)
        self._inbox = Inbox(self._loop)
        self._full: asyncio.Future[None] | None = None
        self._refusal: Message | None = None
        self._key = b""
        self._pings: Pings = app_state[STATE]
        self._beat: int | None = None
        self._pinged_at: float | None = None
        self._pings_heard, self._pings_since = 0, 0.0
        self.round_trip_s: float | None = None
        """How long the newest ping and its answer took; None before the first."""
        self.opened = False
        """Whether the handshake is over, well or not."""
        self.close_sent = False
        self.outbox: Outlet | None = None

    @property
    def full(self) -> bool:
        """Whether the transport still holds bytes that the socket did not take."""
        return self._full is not None

    @property
    def descriptor(self) -> int | None:
        """The connection's file descriptor, where bytes written to it reach the page as they are; None under TLS."""
        if self.transport.get_extra_info("sslcontext") is not None:
            return None
        connection = self.transport.get_extra_info("socket")
        return None if connection is None else int(connection.fileno())

    def open(self, transport: asyncio.Transport, request: Any, url: bytes) -> None:
        """Take over a connection whose ``request`` (the scope of an HTTP request that was parsed) asks for a websocket."""
        self.transport = transport
        transport.set_write_buffer_limits(high=0)  # full as soon as it holds a byte: only then may others write past it
        self._server_state.connections.add(self)  # type: ignore[arg-type]  # it knows its own protocols alone
        try:
            self._key = handshake.key_of(request["method"], request["http_version"], request["headers"])
        except NoHandshake as fault:
            self._answer(fault.status, [(b"sec-websocket-version", handshake.VERSION)], f"{fault}\n".encode())
            return
        self._inbox.tell({"type": "websocket.connect"})
        extensions = {"websocket.http.response": {}, EXTENSION: self}
        task = self._loop.create_task(self._run(handshake.scope_of(request, url, extensions)))
        self._server_state.tasks.add(task)
        task.add_done_callback(self._server_state.tasks.discard)

    # --- what the transport tells ---

    def data_received(self, data: bytes) -> None:
        """Bytes came from the page."""
        if self.transport.is_closing():
            return
        try:
            for received in self._incoming.take(data):
                self._take(received)
                if self.transport.is_closing():
                    return
        except BadFrames as fault:
            self.fail(fault.code, fault.why)

    def eof_received(self) -> bool:
        """The page sends nothing more: the connection ends."""
        return False

    def pause_writing(self) -> None:
        """The socket takes no more: the transport holds the rest."""
        self._full = self._loop.create_future()
        if self.outbox is not None:
            self.outbox.pause()

    def resume_writing(self) -> None:
        """The socket has taken all that the transport held."""
        self._drained()
        if self.outbox is not None:
            self.outbox.resume()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._server_state.connections.discard(self)
        self._silence()
        self._inbox.end(ABNORMAL, "")
        self._drained()

    # --- what uvicorn and the server's end ask ---

    def shutdown(self) -> None:
        """The server ends now."""
        self.leave()
        if not self.opened:
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, [], b"the server ends\n")
        self.transport.close()

    def leave(self) -> None:
        """Tell the page that this server ends, and that it should come back at once; harmless where a close was sent already."""
        if self.opened:
            self._close(LEAVING.code, LEAVING.reason(), GOODBYE_S)

    def fail(self, code: int, why: str) -> None:
        """End the connection because of what the page did, and tell it."""
        if not self.close_sent:
            self._close(code, why, CLOSE_S)
        self.transport.close()

    def ping(self) -> None:
        """Send a ping, or give up where the one before was not answered."""
        if self._pinged_at is not None:
            self.fail(INTERNAL_ERROR, "no answer to a ping")
        elif not self.close_sent:
            self._pinged_at = self._loop.time()
            self.transport.write(control_frame(Opcode.PING, b""))

    # --- what the application does ---

    async def receive(self) -> Message:
        """Give the next ASGI message from the page; after the end, the end again."""
        message = await self._inbox.next()
        if self._inbox.empty and not self.transport.is_closing():
            self.transport.resume_reading()
        return message

    async def send(self, message: Message) -> None:
        """Take an ASGI message for the page. Raises `Gone` where that cannot hear it."""
        while self._full is not None:
            await self._full
        kind = message["type"]
        if not self.opened:
            self._send_before(kind, message)
        elif self.close_sent or self.transport.is_closing():
            raise Gone
        elif kind == "websocket.send":
            data = message.get("bytes")
            self.transport.write(frame(data) if data is not None else text_frame(message["text"]))
        elif kind == "websocket.close":
            self._close(message.get("code", 1000), message.get("reason") or "", CLOSE_S)
        else:
            raise RuntimeError(f"expected websocket.send or websocket.close, got {kind}")

    def _send_before(self, kind: str, message: Message) -> None:
        """Take the application's answer to the request: yes, no, or an HTTP answer that says why not."""
        if self.transport.is_closing():
            raise Gone
        if kind == "websocket.accept":
            headers = [*self._server_state.default_headers, *message.get("headers", ())]
            if message.get("subprotocol"):
                headers.append((b"sec-websocket-protocol", message["subprotocol"].encode("ascii")))
            self.opened = True
            self.transport.write(handshake.agreed(self._key, headers))
            self._beat = self._pings.add(self)
        elif kind == "websocket.close":
            self._answer(HTTPStatus.FORBIDDEN, [], b"")
        elif kind == "websocket.http.response.start":
            self._refusal = {**message, "body": b""}
        elif kind == "websocket.http.response.body" and self._refusal is not None:
            self._refusal["body"] += message.get("body", b"")
            if not message.get("more_body", False):
                self._answer(self._refusal["status"], self._refusal.get("headers", ()), self._refusal["body"])
        else:
            raise RuntimeError(
                f"expected websocket.accept, websocket.close or websocket.http.response.start, got {kind}"
            )

    async def _run(self, scope: Message) -> None:
        try:
            await self._app(scope, self.receive, self.send)
        except Gone:
            pass
        except Exception:
            log.exception("the application failed at a socket")
            if self.opened:
                self.fail(INTERNAL_ERROR, "")
        finally:
            if not self.opened:
                self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, [], b"Internal Server Error\n")
            if not self.close_sent:
                self.transport.close()  # where a close was sent the page has a moment to answer it

    # --- the steps they share ---

    def _take(self, received: Received) -> None:
        match received.opcode:
            case Opcode.PING:
                self._answer_ping(received.payload)
            case Opcode.PONG:
                if self._pinged_at is not None:
                    self.round_trip_s = self._loop.time() - self._pinged_at
                    self._pinged_at = None
            case Opcode.CLOSE:
                self._end(*close_of(received.payload))
            case _ if self.close_sent:
                pass  # said before the page knew
            case Opcode.TEXT:
                self._tell({"type": "websocket.receive", "text": text_of(received.payload)})
            case _:
                self._tell({"type": "websocket.receive", "bytes": received.payload})

    def _tell(self, message: Message) -> None:
        if not self._inbox.tell(message) and not self.transport.is_closing():
            self.transport.pause_reading()  # until what came was heard

    def _answer_ping(self, payload: bytes) -> None:
        now = self._loop.time()
        if now - self._pings_since > PINGS_S:
            self._pings_heard, self._pings_since = 0, now
        self._pings_heard += 1
        if self._pings_heard > PINGS_MAX:
            self.fail(POLICY, "too many pings")
        elif not self.close_sent:
            self.transport.write(control_frame(Opcode.PONG, payload))

    def _end(self, code: int, reason: str) -> None:
        """The page says goodbye, or answers the server's."""
        if not self.close_sent:
            self._silence()
            self._inbox.end(code, reason)
            self.close_sent = True
            self.transport.write(control_frame(Opcode.CLOSE, b"" if code == NO_STATUS else code.to_bytes(2)))
        self.transport.close()

    def _close(self, code: int, reason: str, answer_s: float) -> None:
        """Say goodbye; the page has ``answer_s`` seconds to answer."""
        if self.close_sent or self.transport.is_closing():
            return
        self._silence()
        self._inbox.end(code, reason)
        self.close_sent = True
        self.transport.write(control_frame(Opcode.CLOSE, code.to_bytes(2) + cut(reason)))
        self.transport.resume_reading()  # for the page's answer
        self._loop.call_later(answer_s, self.transport.close)

    def _silence(self) -> None:
        """From here on nobody writes a frame."""
        if self.outbox is not None:
            self.outbox.leave()
        if self._beat is not None:
            self._pings.remove(self, self._beat)
            self._beat = None

    def _drained(self) -> None:
        if self._full is not None:
            self._full.set_result(None)
            self._full = None

    def _answer(self, status: int, headers: Any, body: bytes) -> None:
        """Answer the request by HTTP; there will be no websocket."""
        self.opened = self.close_sent = True
        self._inbox.end(ABNORMAL, "")
        if not self.transport.is_closing():
            self.transport.write(handshake.refused(status, [*self._server_state.default_headers, *headers], body))
            self.transport.close()
