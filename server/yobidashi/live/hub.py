"""Who fans out: one board, one encode per event, one write per subscriber.

The hub knows neither Redis nor the web server. A subscriber is an `Outbox`; as long as it keeps up it is of the
audience (`audience.py`) that every flush tells. One whose socket is full leaves it, and is brought up to date, by backlog or snapshot,
when it drains. Events that come within one loop turn leave in one write.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from yobidashi.live.audience import Audience, Outbox
from yobidashi.live.board import Board
from yobidashi.live.closing import AHEAD, FULL, RESTARTING, UNSUPPORTED_PROTOCOL, Closing
from yobidashi.live.frames import frame
from yobidashi.live.guide import Guide
from yobidashi.live.wire import (
    PROTOCOL,
    Hello,
    encode_beat,
    encode_event,
    encode_guide,
    encode_snapshot,
    encode_welcome,
    guide_rows,
)
from yobidashi.queue.events import Event

BACKLOG_KEPT: Final = 1_024
"""Frames kept for pages that come back; one that missed more gets a snapshot. About 300 kB."""

SUBSCRIBERS_MAX: Final = 20_000
"""Sockets of one fair in one process; the next is told to come back later."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a fair's journal."""

    epoch: int
    offset: int


class Hub:
    """Relays one fair to its subscribers."""

    def __init__(self, real_now: Callable[[], int], call_soon: Callable[[Callable[[], None]], object]) -> None:
        """Take the time from ``real_now`` (Redis's, in ms) and put flushes at the loop turn's end by ``call_soon``."""
        self.board = Board()
        self.live = False
        self.dropped = 0
        """Sockets that were given up so far, because they stayed full."""
        self.told: Callable[[Event], None] | None = None
        """Who wants to know of every event that was written to the sockets."""
        self._real_now = real_now
        self._call_soon = call_soon
        self._audience = Audience()
        self._behind: dict[Outbox, Position] = {}
        self._backlog: deque[bytes] = deque(maxlen=BACKLOG_KEPT)
        self._pending: list[bytes] = []
        self._filled: list[Outbox] = []
        self._sent = Position(0, 0)
        self._snapshot: tuple[Position, bytes] | None = None
        self._told: object = None
        self._guide_frame = b""

    @property
    def position(self) -> Position:
        """Where the hub's board is; offset 0 of epoch 0 before the first board."""
        return Position(self.board.epoch, self.board.offset)

    @property
    def subscribers(self) -> int:
        """How many sockets are joined, the ones that are behind included."""
        return len(self._audience) + len(self._behind)

    @property
    def stalled(self) -> int:
        """How many sockets are full at the moment."""
        return len(self._behind)

    def join(self, outbox: Outbox, hello: Hello) -> Closing | None:
        """Take in a subscriber where its hello says it is. Gives why not, where it cannot be."""
        if hello.protocol != PROTOCOL:
            return UNSUPPORTED_PROTOCOL
        if not self.board.epoch:
            return RESTARTING
        if self.subscribers >= SUBSCRIBERS_MAX:
            return FULL
        if hello.epoch == self.board.epoch and hello.offset > self.board.offset:
            return AHEAD
        self._write_from(outbox, Position(hello.epoch or 0, hello.offset))
        return None

    def leave(self, outbox: Outbox) -> None:
        """Forget a subscriber; harmless where it is not one."""
        self._audience.remove(outbox)
        self._behind.pop(outbox, None)

    def filled(self, outbox: Outbox) -> None:
        """A subscriber's socket is full. This comes in the middle of a flush, so it leaves the set after it."""
        if not self._filled:
            self._call_soon(self._set_aside)
        self._filled.append(outbox)

    def drained(self, outbox: Outbox) -> None:
        """A subscriber that was behind can be written again: bring it up to date."""
        position = self._behind.pop(outbox, None)
        if position is not None:
            self._write_from(outbox, position)

    def publish(self, event: Event) -> None:
        """Fold the next event and send it at the end of this loop turn. The caller keeps offsets dense."""
        if event.offset != self.board.offset + 1:
            raise ValueError(f"expected event {self.board.offset + 1}, got {event.offset}")
        self.board.apply(event)
        data = frame(encode_event(event))
        self._backlog.append(data)
        self._send(data)
        if self.told is not None:
            self._call_soon(partial(self.told, event))  # after the flush, which this turn's end has in front of it

    def reset(self, board: Board) -> None:
        """Take a new board, after a gap or in a new epoch, and send it whole to everybody."""
        self.board = board
        self._backlog.clear()
        self._pending.clear()
        self._told, self._guide_frame = None, b""
        if self._audience:
            self._send(self._snapshot_frame())

    def set_live(self, live: bool) -> None:
        """Say whether Redis is heard; a change is told at once, for pages must not call what may be untrue."""
        if live != self.live:
            self.live = live
            self.beat()

    def advise(self, guide: Guide) -> None:
        """Take the estimates of this board and send them, where they tell something else than the ones before."""
        told = guide_rows(guide)
        if told != self._told:
            self._told = told
            self._guide_frame = frame(encode_guide(self.board.epoch, self.board.offset, guide))
            self._send(self._guide_frame)

    def beat(self) -> None:
        """Tell every subscriber where the hub is and what time it is."""
        if self.board.epoch:
            self._send(frame(encode_beat(self.board.epoch, self.board.offset, self._real_now(), live=self.live)))

    def _send(self, data: bytes) -> None:
        if not self._pending:
            self._call_soon(self._flush)
        self._pending.append(data)

    def _flush(self) -> None:
        data = b"".join(self._pending)
        self._pending.clear()
        self._set_aside()  # whose transport holds part of a frame since, by a ping, must not be written past
        self._audience.tell(data)
        self._sent = self.position
        self._set_aside()

    def _set_aside(self) -> None:
        for outbox in self._filled:
            if outbox.paused and outbox in self._audience:
                self._audience.remove(outbox)
                # What was sent so far lies in its buffer. Sending an event twice is harmless, leaving one out is not.
                self._behind[outbox] = self._sent
        self._filled.clear()

    def since(self, position: Position) -> bytes:
        """Give the joined frames that bring a page from ``position`` to here, once there is a board.

        A socket gets them first, and a page without one asks for them again and again. A page that is further than this process
        gets no rows, and hears from the beat that it lacks nothing.
        """
        missed = self.board.offset - position.offset
        same = position.epoch == self.board.epoch
        follows_on = same and missed <= len(self._backlog)
        frames = [frame(encode_welcome(self._real_now(), "backlog" if follows_on else "snapshot"))]
        if follows_on:
            frames += islice(self._backlog, len(self._backlog) - max(missed, 0), None)
        else:
            frames.append(self._snapshot_frame())
        frames.append(self._guide_frame)
        frames.append(frame(encode_beat(self.board.epoch, self.board.offset, self._real_now(), live=self.live)))
        return b"".join(frames)

    def _write_from(self, outbox: Outbox, position: Position) -> None:
        outbox.write(self.since(position))
        if outbox.paused:
            self._behind[outbox] = self._sent
        else:
            self._audience.add(outbox)

    def _snapshot_frame(self) -> bytes:
        if self._snapshot is None or self._snapshot[0] != self.position:
            self._snapshot = (self.position, frame(encode_snapshot(self.board)))
        return self._snapshot[1]
