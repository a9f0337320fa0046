"""A screen that hears the real server, but is told the waits by the test: they are advice, and the server's own change with the time."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any, Final

import msgpack
from playwright.async_api import Page, WebSocketRoute

from running import RunningServer

QUIET, BUSY, CROWDED, CLOSED = range(4)

Wait = tuple[int | None, int | None, int]
"""Low and high minutes of a band, and the level; None: nobody serves the queue."""

AT_ONCE: Final[Wait] = (0, 5, QUIET)

GUIDE, BEAT = msgpack.packb("guide"), msgpack.packb("beat")
"""How frames begin, after their length: the waits, and the beat that follows the whole board."""

TURN_BEGUN_MS: Final = 500
"""So far into a turn a test begins: the page measures the server's time with an error, ms."""

AHEAD: Final = """
window.ahead = 0
const real = performance.now.bind(performance)
performance.now = () => real() + window.ahead
"""
"""Lets the test set the page's own clock ahead."""


class Guided:
    """One screen between its server and the test."""

    def __init__(self, server: RunningServer, page: Page) -> None:
        self.server = server
        self.page = page
        self._sockets: list[WebSocketRoute] = []
        self._lost = asyncio.Event()
        self._known = asyncio.Event()

    async def begin(self, change: Callable[[dict[str, Any]], None] | None = None) -> None:
        """Load the page anew: from now on its waits are the test's. ``change`` changes the fair's description first."""
        await self.page.emulate_media(reduced_motion="reduce")
        await self.page.add_init_script(AHEAD)
        if change is not None:
            fair = await self.server.get("")
            change(fair)
            text = json.dumps(json.dumps(fair))
            await self.page.add_init_script(
                "document.addEventListener('readystatechange', () => {"  # parsed, and no module has run yet
                f"if (document.readyState === 'interactive') document.getElementById('fair').textContent = {text} }})"
            )
        await self.page.route_web_socket(re.compile(".*/live$"), self._between)
        await self.page.reload()
        await self.page.evaluate("document.fonts.ready")

    def _between(self, socket: WebSocketRoute) -> None:
        self._sockets.append(socket)
        server = socket.connect_to_server()

        def pass_on(frame: str | bytes) -> None:
            assert isinstance(frame, bytes)
            if not frame.startswith(GUIDE, 1) and not self._lost.is_set():
                socket.send(frame)
            if frame.startswith(BEAT, 1):
                self._known.set()

        server.on_message(pass_on)

    async def advise(self, **waits: Wait) -> None:
        """Tell the page the waits, once it knows the fair; whoever is not named is served at once."""
        await self._known.wait()
        fair, board = await self.server.get(""), await self.server.get("/board")
        rows = []
        for queue in fair["queues"]:
            low, high, level = waits.get(queue["id"].replace("-", "_"), AT_ONCE)
            rows.append([queue["id"], 0, 0 if level == CLOSED else 1, low, high, level])
        self._send("guide", board["epoch"], board["offset"], board["now"], rows, [])

    async def lose(self) -> None:
        """From now on the page hears that its server knows nothing new."""
        board = await self.server.get("/board")
        self._lost.set()
        self._send("beat", board["epoch"], board["offset"], board["now"], True)
        self._send("beat", board["epoch"], board["offset"], board["now"], False)

    async def pass_time(self, ms: int) -> None:
        """Set the page's own clock ahead."""
        await self.page.evaluate(f"window.ahead += {ms}")

    async def begin_turn(self, turn_ms: int) -> int:
        """Set the page's own clock ahead to the beginning of the next turn of ``turn_ms`` by the server's time; gives its number."""
        turn, gone = divmod(await self.page.evaluate("Date.now() + window.ahead"), turn_ms)
        await self.pass_time(turn_ms - gone + TURN_BEGUN_MS)
        return int(turn) + 1

    async def turn(self, width: int, height: int) -> None:
        """Give the screen another shape, and wait until it is drawn."""
        await self.page.set_viewport_size({"width": width, "height": height})
        await self.page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

    def _send(self, *frame: object) -> None:
        self._sockets[-1].send(msgpack.packb(list(frame)))
