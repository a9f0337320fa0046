"""A screen: a real websocket client that folds what it hears and writes down every call, in the order it saw them.

It follows the rule of every page: the next offset is applied, an old one ignored, and after a gap it takes what the server
gives. It comes back from a lost connection with its position, so that the server can send what it missed.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from yobidashi.live.board import Board
from yobidashi.live.closing import AHEAD, COMES_BACK_BELOW
from yobidashi.live.wire import STALE_S, decode_frame, encode_hello
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import AT_BOOTH

BACKOFF_S: Final = (0.05, 0.2, 0.5, 1.0, 2.0)
"""Seconds between tries to come back; the last is kept."""

GIVE_UP_S: Final = 60.0
"""Seconds after which a screen that cannot come back gives up."""

FRAME_MAX_BYTES: Final = 16 * 1024 * 1024
"""Largest frame a screen takes: a snapshot of a full day has about 150 KB."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as a screen announces it: the offset that made it, who, and where."""

    offset: int
    ticket: int
    booth: int


def called_in(event: Event) -> Call | None:
    """Give the call that an event makes, if it makes one."""
    if event.kind == "called":
        for row in event.changes.get("tickets", ()):
            if isinstance(row, Ticket) and row.called_offset == event.offset and row.booth is not None:
                return Call(event.offset, row.id, row.booth)
    return None


class ScreenLost(Exception):
    """A screen could not come back; the text says what the server said."""


class Screen:
    """One screen. ``heard`` is called after every change of the board, with the event (None: a whole board came)."""

    def __init__(self, name: str, url: str, heard: Callable[[Event | None], None] | None = None) -> None:
        self.name = name
        self.board = Board()
        self.calls: list[Call] = []
        self.opened = 0  # connections made
        self.snapshots = 0
        self.gaps = 0  # events that did not follow: must stay 0 on one connection
        self.repeats = 0  # events it knew already, ignored
        self._url = url
        self._heard = heard
        self._wanted = False  # between `open` and `close`
        self._known = False  # whether it has a position to come back with
        self._changed = asyncio.Event()
        self._here = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None
        self._connection: ClientConnection | None = None
        self._failure: ScreenLost | None = None

    async def open(self) -> None:
        """Connect and stay connected until `close`. Gives once the server has said welcome and, if new, sent its board."""
        self._here.clear()
        self._wanted = True
        self._reader = asyncio.create_task(self._stay())
        await self._here.wait()
        if self._failure:
            raise self._failure

    async def close(self, *, abruptly: bool = False) -> None:
        """Leave: with a close frame, or ``abruptly`` as when the Wi-Fi goes."""
        if self._reader is None:
            return
        self._wanted = False
        if abruptly and self._connection is not None:
            self._connection.transport.abort()
        self._reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reader
        self._reader = None

    async def reached(self, position: tuple[int, int], within_s: float = GIVE_UP_S) -> bool:
        """Wait until the board stands at ``position`` (epoch, offset) or later; False if not ``within_s`` seconds."""
        ends = monotonic() + within_s
        while (self.board.epoch, self.board.offset) < position and not self._failure:
            self._changed.clear()
            try:
                async with asyncio.timeout(ends - monotonic()):
                    await self._changed.wait()
            except TimeoutError:
                return False
        return not self._failure

    async def _stay(self) -> None:
        """Connect, read, and come back, until cancelled or told not to come back."""
        lost_since, tries = monotonic(), 0
        while self._wanted:
            why = "the connection was lost"
            opened = self.opened
            try:
                async with connect(
                    self._url,
                    compression=None,
                    proxy=None,
                    ping_interval=None,
                    max_size=FRAME_MAX_BYTES,
                    close_timeout=2,
                ) as connection:
                    self._connection = connection
                    await self._read(connection)
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else 1006
                why = f"close code {code} {closed.rcvd.reason if closed.rcvd else ''}".strip()
                if code >= COMES_BACK_BELOW:
                    self._fail(why)
                    return
                self._known = self._known and code != AHEAD.code
            except (OSError, TimeoutError, InvalidHandshake) as error:
                why = str(error) or type(error).__name__
            finally:
                self._connection = None
            if self.opened > opened:
                lost_since, tries = monotonic(), 0
            if monotonic() - lost_since > GIVE_UP_S:
                self._fail(why)
                return
            await asyncio.sleep(BACKOFF_S[min(tries, len(BACKOFF_S) - 1)])
            tries += 1

    def _fail(self, why: str) -> None:
        self._failure = ScreenLost(f"Screen {self.name} cannot come back: {why}.")
        self._here.set()
        self._changed.set()

    async def _read(self, connection: ClientConnection) -> None:
        """Say hello and take frames until the connection ends or this one is found to have a gap."""
        await connection.send(encode_hello(self.board.epoch if self._known else None, self.board.offset))
        self.opened += 1
        while True:
            async with asyncio.timeout(STALE_S):
                frame = await connection.recv(decode=False)
            match decode_frame(frame):
                case Board() as board:
                    self._load(board)
                case Event() as event:
                    if not self._take(event):
                        return
            if self._known:
                self._here.set()

    def _load(self, board: Board) -> None:
        """Take a whole board. Calls it shows that this screen has not seen are seen now, in their order."""
        if self._known and board.epoch == self.board.epoch:
            missed = [
                Call(t.called_offset, t.id, t.booth)
                for t in board.tickets.values()
                if t.state in AT_BOOTH and t.booth and t.called_offset and t.called_offset > self.board.offset
            ]
            self.calls += sorted(missed, key=lambda call: call.offset)
        elif self._known:
            self.calls.clear()
        self.board, self._known = board, True
        self.snapshots += 1
        self._tell(None)

    def _take(self, event: Event) -> bool:
        """Apply the three cases; False where the event does not follow and the screen must come back."""
        if event.epoch != self.board.epoch or event.offset > self.board.offset + 1:
            self.gaps += 1
            return False
        if event.offset <= self.board.offset:
            self.repeats += 1
            return True
        self.board.apply(event)
        if call := called_in(event):
            self.calls.append(call)
        self._tell(event)
        return True

    def _tell(self, event: Event | None) -> None:
        self._changed.set()
        if self._heard:
            self._heard(event)
