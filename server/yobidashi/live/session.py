"""One websocket's life: accept, hello, join, and nothing more to say until it goes."""

import asyncio
from collections.abc import Mapping
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from yobidashi.live.closing import BAD_FRAME, BAD_HELLO, HELLO_TIMEOUT, UNKNOWN_FAIR, Closing
from yobidashi.live.hub import Hub
from yobidashi.live.socket import outbox_for
from yobidashi.live.wire import BadFrame, Hello, decode_hello

HELLO_S: Final = 5.0
"""Seconds a new socket has for its hello."""

CLOSE_S: Final = 3.0
"""Seconds for a close frame to leave; a client that does not read would hold it forever."""


class Closed(Exception):
    """The session ends for a reason that the page is told."""

    def __init__(self, closing: Closing, detail: str = "") -> None:
        """End with ``closing``; ``detail`` replaces its sentence."""
        super().__init__(closing.reason(detail))
        self.closing = closing
        self.detail = detail


async def serve(websocket: WebSocket, hubs: Mapping[str, Hub]) -> None:
    """Serve one page's socket until it goes. Never raises for anything the page does."""
    try:
        await websocket.accept()
        hub = hubs.get(websocket.path_params["fair"])
        if hub is None:
            raise Closed(UNKNOWN_FAIR)
        await _relay(websocket, hub)
    except WebSocketDisconnect:
        pass
    except Closed as closed:
        await _close(websocket, closed)


async def _relay(websocket: WebSocket, hub: Hub) -> None:
    hello = await _hello(websocket)
    outbox = outbox_for(websocket, hub)
    try:
        refused = hub.join(outbox, hello)
        if refused is not None:
            raise Closed(refused)
        await _receive(websocket)  # ends by WebSocketDisconnect; any message is one too many
        raise Closed(BAD_FRAME)
    finally:
        outbox.leave()


async def _hello(websocket: WebSocket) -> Hello:
    try:
        async with asyncio.timeout(HELLO_S):
            message = await _receive(websocket)
    except TimeoutError:
        raise Closed(HELLO_TIMEOUT) from None
    if message is None:
        raise Closed(BAD_HELLO, "expected a binary frame, got text")
    try:
        return decode_hello(message)
    except BadFrame as error:
        raise Closed(BAD_HELLO, str(error)) from None


async def _receive(websocket: WebSocket) -> bytes | None:
    """Give the next message's bytes, or None where it was text."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message["code"])
    data: bytes | None = message.get("bytes")
    return data


async def _close(websocket: WebSocket, closed: Closed) -> None:
    if websocket.application_state is not WebSocketState.CONNECTED:
        return
    try:
        async with asyncio.timeout(CLOSE_S):
            await websocket.close(closed.closing.code, closed.closing.reason(closed.detail))
    except (TimeoutError, RuntimeError, WebSocketDisconnect):
        pass  # it does not read, or it is gone: the server drops the connection when this session returns
