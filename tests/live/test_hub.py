"""The hub with plain objects as outboxes: order, backlog, snapshot, and what a full socket gets."""

import socket
from collections.abc import Callable

import pytest

from yobidashi.live.board import Board
from yobidashi.live.closing import AHEAD, RESTARTING, UNSUPPORTED_PROTOCOL
from yobidashi.live.frames import frame, split
from yobidashi.live.guide import Band, Guide, Level, QueueGuide, TicketGuide
from yobidashi.live.hub import BACKLOG_KEPT, Hub, Position
from yobidashi.live.wire import PROTOCOL, Beat, Hello, Told, decode_frame, decode_frames
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Queue

EPOCH = 7


class ListOutbox:
    """Keeps what is written; says that it is full after `room` writes."""

    def __init__(self, hub: Hub, room: int = 1_000_000) -> None:
        self.hub = hub
        self.room = room
        self.paused = False
        self.descriptor: int | None = None
        self.written: list[bytes] = []

    def write(self, frames: bytes) -> None:
        self.written.append(frames)
        self.room -= 1
        if self.room <= 0 and not self.paused:
            self.paused = True
            self.hub.filled(self)

    def drain(self) -> None:
        self.room, self.paused = 1_000_000, False
        self.hub.drained(self)

    def frames(self) -> list[Board | Event | Told | Beat]:
        return [decode_frame(payload) for data in self.written for payload in split(data)]

    def page(self) -> Board:
        """Fold what came, by the three cases of a page: next, old, or a gap, which must never be."""
        board = Board()
        for found in self.frames():
            if isinstance(found, Board):
                board = found
            elif isinstance(found, Event) and found.offset == board.offset + 1:
                board.apply(found)
            elif isinstance(found, Event):
                assert found.offset <= board.offset, "a gap"
        return board


class Turn:
    """Collects what is to run at the end of a loop turn, and runs it when the test says so."""

    def __init__(self) -> None:
        self.soon: list[Callable[[], None]] = []

    def call_soon(self, callback: Callable[[], None]) -> None:
        self.soon.append(callback)

    def end(self) -> None:
        callbacks, self.soon = self.soon, []
        for callback in callbacks:
            callback()


@pytest.fixture
def turn() -> Turn:
    return Turn()


@pytest.fixture
def hub(turn: Turn) -> Hub:
    hub = Hub(lambda: 1_000, turn.call_soon)
    hub.reset(Board(EPOCH, 1))
    hub.set_live(True)
    turn.end()
    return hub


def event(offset: int) -> Event:
    return Event(EPOCH, offset, offset, "issuing_stopped", {"queues": (Queue(id="a", issuing=False, rev=offset),)})


def test_a_new_page_gets_the_board_and_then_every_event(hub: Hub, turn: Turn) -> None:
    outbox = ListOutbox(hub)
    assert hub.join(outbox, Hello(PROTOCOL, None, 0)) is None
    for offset in range(2, 5):
        hub.publish(event(offset))
    turn.end()
    assert [f.offset for f in outbox.frames() if isinstance(f, Event)] == [2, 3, 4]
    assert outbox.page() == hub.board


def test_events_of_one_turn_leave_in_one_write(hub: Hub, turn: Turn) -> None:
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, None, 0))
    outbox.written.clear()
    hub.publish(event(2))
    hub.publish(event(3))
    assert outbox.written == []
    turn.end()
    assert len(outbox.written) == 1


def test_a_page_that_comes_back_gets_what_it_missed_and_no_more(hub: Hub, turn: Turn) -> None:
    for offset in range(2, 10):
        hub.publish(event(offset))
    turn.end()
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, EPOCH, 6))
    assert [f.offset for f in outbox.frames() if isinstance(f, Event)] == [7, 8, 9]
    assert not any(isinstance(f, Board) for f in outbox.frames())


def test_a_page_that_missed_more_than_is_kept_gets_the_board(hub: Hub, turn: Turn) -> None:
    for offset in range(2, BACKLOG_KEPT + 10):
        hub.publish(event(offset))
    turn.end()
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, EPOCH, 3))
    assert outbox.page() == hub.board
    assert [type(f) for f in outbox.frames()] == [Beat, Board, Beat]


def test_a_page_of_another_epoch_gets_the_board(hub: Hub) -> None:
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, EPOCH - 1, 900))
    assert outbox.page() == hub.board


def test_who_is_not_let_in(hub: Hub, turn: Turn) -> None:
    outbox = ListOutbox(hub)
    assert hub.join(outbox, Hello(PROTOCOL + 1, None, 0)) is UNSUPPORTED_PROTOCOL
    assert hub.join(outbox, Hello(PROTOCOL, EPOCH, 2)) is AHEAD
    assert Hub(lambda: 0, turn.call_soon).join(outbox, Hello(PROTOCOL, None, 0)) is RESTARTING
    assert (hub.subscribers, outbox.written) == (0, [])


def test_a_full_socket_is_left_out_and_brought_up_to_date(hub: Hub, turn: Turn) -> None:
    slow, quick = ListOutbox(hub, room=2), ListOutbox(hub)  # what it joins with, one write
    for outbox in (slow, quick):
        hub.join(outbox, Hello(PROTOCOL, None, 0))
    for offset in range(2, 6):
        hub.publish(event(offset))
        turn.end()
    assert len(slow.written) == 2
    assert quick.page() == hub.board
    slow.drain()
    assert slow.page() == hub.board
    hub.publish(event(6))
    turn.end()
    assert slow.page() == quick.page() == hub.board


def test_a_socket_that_fills_between_an_event_and_its_flush_misses_nothing(hub: Hub, turn: Turn) -> None:
    slow = ListOutbox(hub)
    hub.join(slow, Hello(PROTOCOL, None, 0))
    hub.publish(event(2))
    slow.paused = True
    hub.filled(slow)  # the kernel's buffer filled while event 2 was still pending
    turn.end()
    slow.drain()
    assert slow.page() == hub.board


def test_a_socket_that_fills_before_an_event_and_is_set_aside_before_its_flush(hub: Hub, turn: Turn) -> None:
    slow = ListOutbox(hub)
    hub.join(slow, Hello(PROTOCOL, None, 0))
    slow.paused = True
    hub.filled(slow)
    hub.publish(event(2))
    turn.end()
    slow.drain()
    assert slow.page() == hub.board


def test_who_filled_since_the_last_flush_is_not_written_past_its_transport(hub: Hub, turn: Turn) -> None:
    """A ping filled it after the event and before its flush: bytes on its descriptor would fall into the middle of the ping."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        outbox = ListOutbox(hub)
        outbox.descriptor = ours.fileno()
        hub.join(outbox, Hello(PROTOCOL, None, 0))
        hub.publish(event(2))
        outbox.room = 1
        outbox.write(b"")
        turn.end()
        with pytest.raises(BlockingIOError):
            theirs.recv(1)
        assert hub.stalled == 1
        outbox.drain()
    assert outbox.page() == hub.board


def test_a_socket_full_already_when_it_joins(hub: Hub, turn: Turn) -> None:
    slow = ListOutbox(hub, room=1)
    hub.join(slow, Hello(PROTOCOL, None, 0))
    turn.end()
    hub.publish(event(2))
    turn.end()
    slow.drain()
    assert slow.page() == hub.board


def test_who_left_is_written_no_more(hub: Hub, turn: Turn) -> None:
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, None, 0))
    hub.leave(outbox)
    count = len(outbox.written)
    hub.publish(event(2))
    turn.end()
    assert (len(outbox.written), hub.subscribers) == (count, 0)


def test_a_new_epoch_reaches_everybody_whole(hub: Hub, turn: Turn) -> None:
    slow, quick = ListOutbox(hub), ListOutbox(hub)
    for outbox in (slow, quick):
        hub.join(outbox, Hello(PROTOCOL, None, 0))
    slow.paused = True
    hub.filled(slow)
    turn.end()
    hub.reset(Board(EPOCH + 1, 1))
    turn.end()
    slow.drain()
    assert slow.page() == quick.page() == hub.board


def test_frames_of_an_old_epoch_are_no_backlog_of_the_new_one(hub: Hub, turn: Turn) -> None:
    for offset in range(2, 6):
        hub.publish(event(offset))
    turn.end()
    hub.reset(Board(EPOCH + 1, 5))
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, EPOCH + 1, 3))
    assert not any(isinstance(found, Event) for found in outbox.frames())
    assert outbox.page() == hub.board


def test_a_gap_is_never_published(hub: Hub) -> None:
    with pytest.raises(ValueError, match="expected event 2, got 3"):
        hub.publish(event(3))


def test_losing_redis_is_told_at_once(hub: Hub, turn: Turn) -> None:
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, None, 0))
    hub.set_live(False)
    hub.set_live(False)
    turn.end()
    beats = [f.live for f in outbox.frames() if isinstance(f, Beat)]
    assert beats == [True, True, False]  # welcome, beat, lost


def guide(at: int, ahead: int = 3) -> Guide:
    """Give estimates as a hub gets them."""
    band = Band(10, 15)
    return Guide(
        at, {"a": QueueGuide("a", ahead, 1, 700_000 + at, band, Level.BUSY)}, {1: TicketGuide(1, 0, at, Band(0, 5))}
    )


def told(outbox: ListOutbox) -> list[Told]:
    return [found for found in outbox.frames() if isinstance(found, Told)]


def test_a_guide_is_told_to_everybody_and_to_who_comes_later(hub: Hub, turn: Turn) -> None:
    early, late = ListOutbox(hub), ListOutbox(hub)
    hub.join(early, Hello(PROTOCOL, None, 0))
    assert told(early) == []
    hub.publish(event(2))
    hub.advise(guide(5_000))
    turn.end()
    hub.join(late, Hello(PROTOCOL, EPOCH, 1))
    assert told(early) == told(late)
    assert [(t.epoch, t.offset, t.guide.at) for t in told(early)] == [(EPOCH, 2, 5_000)]
    assert [type(f) for f in late.frames()] == [Beat, Event, Told, Beat], "after the rows it rests on"


def test_a_guide_that_tells_the_same_is_not_sent_again(hub: Hub, turn: Turn) -> None:
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, None, 0))
    for at, ahead in ((5_000, 3), (10_000, 3), (15_000, 4)):
        hub.advise(guide(at, ahead))
        turn.end()
    assert [t.guide.at for t in told(outbox)] == [5_000, 15_000]


def test_a_guide_is_worth_nothing_in_a_new_epoch(hub: Hub, turn: Turn) -> None:
    hub.advise(guide(5_000))
    hub.reset(Board(EPOCH + 1, 1))
    outbox = ListOutbox(hub)
    hub.join(outbox, Hello(PROTOCOL, None, 0))
    assert told(outbox) == []
    hub.advise(guide(5_000))
    turn.end()
    assert [t.epoch for t in told(outbox)] == [EPOCH + 1]


def test_who_asks_gets_what_a_socket_gets(hub: Hub, turn: Turn) -> None:
    for offset in range(2, 6):
        hub.publish(event(offset))
    hub.advise(guide(5_000))
    turn.end()
    for epoch, offset in ((0, 0), (EPOCH, 1), (EPOCH, 4), (EPOCH - 1, 900)):
        outbox = ListOutbox(hub)
        hub.join(outbox, Hello(PROTOCOL, epoch or None, offset))
        asked = b"".join(split(hub.since(Position(epoch, offset))))
        assert decode_frames(asked) == outbox.frames()


def test_who_asks_and_is_ahead_of_this_process_lacks_nothing(hub: Hub) -> None:
    asked = decode_frames(b"".join(split(hub.since(Position(EPOCH, 9)))))
    assert [type(f) for f in asked] == [Beat, Beat]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_frames_join_and_split(size: int) -> None:
    payloads = [b"x" * size, b"", b"y" * 130]
    assert list(split(b"".join(map(frame, payloads)))) == payloads
