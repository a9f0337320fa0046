"""A screen of the soak, which loses its connection and comes back, again and again."""

import asyncio
import random
from collections.abc import Sequence
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from soaking.colleague import Colleague
from soaking.seen import Seen
from yobidashi.live.board import Board
from yobidashi.live.closing import AHEAD
from yobidashi.live.wire import STALE_S, decode_frame, encode_hello

BACK_S: Final = (0.05, 0.2, 0.5, 1.0)
"""Between tries to come back; the last is kept."""
FRAME_MAX: Final = 64 * 1024 * 1024
"""Bytes of the largest frame: a snapshot of everything a soak makes."""


class Screen:
    """One screen, which comes back to either server."""

    def __init__(self, device: Colleague, urls: Sequence[str], fair: str, seed: int) -> None:
        self.opened = 0
        self.seen = Seen()
        self._device = device
        self._urls = urls
        self._path = f"/api/fairs/{fair}/live"
        self._random = random.Random(seed)
        self._task: asyncio.Task[None] | None = None
        self._connection: ClientConnection | None = None

    @property
    def board(self) -> Board:
        """What it shows."""
        return self.seen.board

    def start(self) -> None:
        """Stay connected from now on."""
        self._task = asyncio.create_task(self._stay(), name="screen")

    async def stop(self) -> None:
        """Leave. A fault of the screen itself is raised here."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait({self._task})
        if not self._task.cancelled() and (error := self._task.exception()):
            raise error

    def unplug(self) -> None:
        """Lose the connection as when the Wi-Fi goes."""
        if self._connection is not None:
            self._connection.transport.abort()

    async def _stay(self) -> None:
        tries = 0
        while True:
            url = self._random.choice(self._urls)
            opened = self.opened
            try:
                async with connect(
                    url.replace("http", "ws", 1) + self._path,
                    additional_headers=self._device.headers(url),
                    origin=None,
                    compression=None,
                    proxy=None,
                    ping_interval=None,
                    max_size=FRAME_MAX,
                    open_timeout=STALE_S,
                    close_timeout=1,
                ) as self._connection:
                    await self._read(self._connection)
            except ConnectionClosed as closed:
                if closed.rcvd is not None and closed.rcvd.code == AHEAD.code:
                    self.seen.forget()
            except (OSError, TimeoutError, InvalidHandshake, EOFError):
                pass
            self._connection = None
            tries = 0 if self.opened > opened else tries + 1
            await asyncio.sleep(BACK_S[min(tries, len(BACK_S) - 1)] * (0.5 + self._random.random()))

    async def _read(self, connection: ClientConnection) -> None:
        await connection.send(encode_hello(self.board.epoch or None, self.board.offset))
        self.opened += 1
        while True:
            async with asyncio.timeout(STALE_S):
                frame = await connection.recv(decode=False)
            self.seen.hear(decode_frame(frame))
