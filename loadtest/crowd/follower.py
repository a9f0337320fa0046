"""A page that follows the fair: it folds what it hears by the rule of every page, and writes down each call.

The next offset is applied, an old one ignored; after a gap the page comes back and takes what the server gives. It comes back with
its position, so that it hears what it missed. The same frame reaches thousands of pages here: it is decoded once.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from crowd.listening import Closed, Listening
from yobidashi.live.board import Board
from yobidashi.live.wire import Beat, Told, decode_frame, decode_frames, encode_hello

DECODED_MAX: Final = 512
"""Frames kept decoded; the slowest page of the crowd is at most this many behind the quickest."""

BACKOFF_S: Final = (0.05, 0.2, 0.5, 1.0, 2.0)
"""Seconds between tries to come back, each a random part of its limit; the last is kept."""

FOR_GOOD: Final = 4500
"""Close codes from here on mean: do not come back (`COMES_BACK_BELOW` of live/closing.py)."""

AHEAD: Final = 4002
"""The close code that asks to come back without a position."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call as a page hears it."""

    offset: int
    ticket: int
    booth: int


@lru_cache(maxsize=DECODED_MAX)
def decoded(frame: bytes) -> Any:
    """Read a frame of the hub; who gets a board makes its own of it (`own_board`)."""
    return decode_frame(frame)


@lru_cache(maxsize=DECODED_MAX)
def all_decoded(frames: bytes) -> Any:
    """Read frames that stand one after the other."""
    return decode_frames(frames)


def own_board(shared: Board) -> Board:
    """Give a page its own board with the rows of another; rows never change."""
    board = Board(shared.epoch, shared.offset)
    for name in TABLES:
        board.table(name).update(shared.table(name))
    return board


TABLES: Final = tuple(Board().rows())
"""The names of a board's tables."""


class Refused(Exception):
    """The server does not want this page; the code says why."""


class Follower:
    """One page's knowledge of the fair.

    ``heard(call, live)`` is told of each call: live, or late, after having been away. ``changed(event)`` is told of each change of the
    board; None: all of it may have changed.
    """

    def __init__(
        self,
        address: tuple[str, int],
        path: str,
        headers: Mapping[str, str],
        heard: Callable[[Call, bool], None],
        changed: Callable[[Any], None] = lambda event: None,
    ) -> None:
        self.board = Board()
        self.calls: list[Call] = []
        self.since = 0
        """Offset at which it came: it owes no call before."""
        self.opened = 0
        self.gaps = 0
        """Events that did not follow on one connection: must stay 0."""
        self.returns_s: list[float] = []
        """For each return, the seconds from its first try until it knew everything again."""
        self.away_until = 0.0
        """Until then (`time.perf_counter`) it has no network."""
        self._target = (address, path, headers)
        self._heard = heard
        self._changed = changed
        self._listening: Listening | None = None
        self._live = False
        self._lost_at: float | None = None
        self._known = False
        self._over = False

    @property
    def live(self) -> bool:
        """Whether it has a connection and had heard everything when it last asked."""
        return self._live

    def run(self) -> None:
        """Follow until `leave`. Raises `Refused` where the server says for good that it may not."""
        tries = 0
        while not self._over:
            if (away_s := self.away_until - time.perf_counter()) > 0:
                time.sleep(away_s)
                continue
            opened = self.opened
            try:
                self._lost_at = self._lost_at or time.perf_counter()
                self._follow()
            except Closed as closed:
                if closed.code >= FOR_GOOD:
                    raise Refused(f"closed with {closed.code}") from None
                self._known = self._known and closed.code != AHEAD
            except OSError:
                pass  # the network: it comes back
            finally:
                self._live = False
                listening, self._listening = self._listening, None
                if listening is not None:
                    listening.close()
            tries = 0 if self.opened > opened else tries + 1
            self._pause(tries)

    def _pause(self, tries: int) -> None:
        if not self._over and time.perf_counter() >= self.away_until:
            time.sleep(random.uniform(0, BACKOFF_S[min(tries, len(BACKOFF_S) - 1)]))

    def cut(self, away_s: float) -> None:
        """Lose the connection without a word, and the network for so many seconds."""
        self._lost_at, self.away_until = None, time.perf_counter() + away_s
        if self._listening is not None:
            self._listening.cut()

    def leave(self) -> None:
        """Follow no more."""
        self._over = True
        if self._listening is not None:
            self._listening.close()

    def _follow(self) -> None:
        self._listening = listening = Listening(*self._target)
        listening.send(encode_hello(self.board.epoch if self._known else None, self.board.offset))
        self.opened += 1
        for frame in listening.frames():
            if not self.take(decoded(frame)):
                return

    def take_all(self, frames: bytes) -> None:
        """Take frames that were asked for, by a page without a socket (`/visits/{token}/board`)."""
        self._live = False
        for frame in all_decoded(frames):
            if not self.take(frame):
                self._known = False
                return

    def take(self, frame: Any) -> bool:
        """Take one frame; False where it does not follow and the page has to come back."""
        if isinstance(frame, Beat):
            self._beat(frame)
        elif isinstance(frame, Board):
            self._load(own_board(frame))
        elif not isinstance(frame, Told):
            return self._apply(frame)
        return True

    def _beat(self, beat: Beat) -> None:
        """A beat that names where the page is says that nothing is missing: from now on what it hears is live."""
        if not self._live and beat.epoch and (self.board.epoch, self.board.offset) >= (beat.epoch, beat.offset):
            self._live = True
            if self._lost_at is not None and self.opened > 1:
                self.returns_s.append(time.perf_counter() - self._lost_at)
            self._lost_at = None
            self._changed(None)

    def _load(self, board: Board) -> None:
        """Take a whole board. Calls that stand on it and were not heard are heard now, late."""
        if self._known and board.epoch == self.board.epoch:
            missed = [
                Call(ticket.called_offset, ticket.id, ticket.booth)
                for ticket in board.tickets.values()
                if ticket.booth and ticket.called_offset and ticket.called_offset > self.board.offset
            ]
            for call in sorted(missed, key=lambda call: call.offset):
                self._hear(call, live=False)
        elif not self._known:
            self.since = board.offset
        self.board, self._known = board, True
        self._changed(None)

    def _apply(self, event: Any) -> bool:
        if event.epoch != self.board.epoch or event.offset > self.board.offset + 1:
            self.gaps += 1
            return False
        if event.offset <= self.board.offset:
            return True
        self.board.apply(event)
        if event.kind == "called":
            for ticket in event.changes["tickets"]:
                if ticket.called_offset == event.offset:
                    self._hear(Call(event.offset, ticket.id, ticket.booth), live=self._live)
        self._changed(event)
        return True

    def _hear(self, call: Call, *, live: bool) -> None:
        self.calls.append(call)
        self._heard(call, live)
