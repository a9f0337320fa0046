"""What a screen of the soak makes of a server that lags behind, and of one that leaves something out."""

from soaking.seen import Seen
from yobidashi.live.board import Board
from yobidashi.queue.events import Event


def called(offset: int) -> Event:
    """A call without rows."""
    return Event(1, offset, 0, "called", {})


def test_a_call_that_a_lagging_server_sends_once_more_is_no_news() -> None:
    seen = Seen()
    for frame in (Board(1, 7), called(8), called(9)):
        seen.hear(frame)
    seen.forget()
    for frame in (Board(1, 7), called(8), called(9), called(10)):
        seen.hear(frame)
    assert seen.wrong == []
    assert sorted(seen.calls) == [(1, 8), (1, 9), (1, 10)]
    assert (seen.board.epoch, seen.board.offset, seen.snapshots) == (1, 10, 2)


def test_an_event_that_does_not_follow_is_noticed_and_not_taken() -> None:
    seen = Seen()
    for frame in (Board(1, 7), called(9)):
        seen.hear(frame)
    assert seen.wrong == ["had 1/7, was sent 1/9"]
    assert seen.board.offset == 7


def test_an_event_of_another_epoch_is_noticed_without_a_snapshot() -> None:
    seen = Seen()
    for frame in (Board(1, 7), Event(2, 8, 0, "called", {})):
        seen.hear(frame)
    assert seen.wrong == ["had 1/7, was sent 2/8"]
