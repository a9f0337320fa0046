"""How a server ends: in an order in which nobody who is served loses anything.

1. The doors close: ``/readyz`` answers 503, every answer ends its connection, and for the notice all is served as before.
2. The listener closes, and every connection on which nothing runs. Whoever connects now is refused by the kernel, and a load
   balancer goes to the next server.
3. Every page is told to come back at once, one after the other, so that the others do not get all of them in one instant.
4. Commands that still run are answered; what has not ended after the grace is cut off.
"""

import asyncio
import signal
import socket
from collections.abc import Callable, Sequence
from typing import Any, Final, cast

import uvicorn

from yobidashi.doors import STATE, Doors
from yobidashi.live.protocol import GOODBYE_S, HubProtocol
from yobidashi.notifying import STOPPING, notify

GOODBYES_PER_S: Final = 500
"""Pages told to come back in a second: a quarter of the snapshots that another process was measured to give in one."""

GOODBYES_S: Final = 1.5
"""Seconds within which all pages are told, however many there are: screens shall be back within 3 s."""

POLL_S: Final = 0.02
"""Seconds between two looks whether all pages have gone."""


class DepartingServer(uvicorn.Server):
    """uvicorn's server, telling when it listens, and ending in the order above."""

    def __init__(self, config: uvicorn.Config, notice_s: float, announce: Callable[[], None] | None = None) -> None:
        """Give ``notice_s`` seconds of notice when it ends; call ``announce`` in a thread when it listens."""
        super().__init__(config)
        self._notice_s = notice_s
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, and tell it."""
        await super().startup(sockets)
        if self.started and self._announce is not None:
            await asyncio.to_thread(self._announce)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in the order of this module."""
        await self._give_notice()
        self._stop_listening(sockets or ())
        await self._say_goodbye()
        await super().shutdown(sockets)

    async def _give_notice(self) -> None:
        notify(STOPPING)
        doors: Doors = self.lifespan.state[STATE]
        doors.draining = True
        # Whoever presses Ctrl-C is no load balancer, and is not kept waiting.
        if self._notice_s and signal.SIGINT not in self._captured_signals:
            await asyncio.sleep(self._notice_s)

    def _stop_listening(self, sockets: Sequence[socket.socket]) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets:
            listener.close()
        # What a load balancer keeps open would lead the very pages back here that are sent away in a moment.
        pages = self._pages()
        for connection in self.server_state.connections - cast("set[Any]", pages):
            connection.shutdown()

    async def _say_goodbye(self) -> None:
        pages = self._pages()
        spread_s = min(len(pages) / GOODBYES_PER_S, GOODBYES_S)
        loop = asyncio.get_running_loop()
        for nth, page in enumerate(pages):
            loop.call_later(spread_s * nth / len(pages), page.leave)
        ends = loop.time() + spread_s + GOODBYE_S
        while loop.time() < ends and pages & self._pages():  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(POLL_S)

    def _pages(self) -> set[HubProtocol]:
        connections = cast("set[object]", self.server_state.connections)  # uvicorn names only protocols of its own
        return {connection for connection in connections if isinstance(connection, HubProtocol)}
