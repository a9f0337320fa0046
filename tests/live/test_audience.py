"""Whom a fair is told: real sockets, past their transports; what one does not take is its outbox's to keep."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from yobidashi.live.audience import Audience

DATA = b"frame of an event;" * 9


class Page:
    """A pair of connected sockets: the page's end, and an outbox that writes to the other."""

    def __init__(self, stack: ExitStack, *, direct: bool = True) -> None:
        self.ours, self.theirs = map(stack.enter_context, socket.socketpair())
        self.ours.setblocking(False)
        self.theirs.setblocking(False)
        self.descriptor = self.ours.fileno() if direct else None
        self.paused = False
        self.kept = b""

    def write(self, frames: bytes) -> None:
        self.kept += frames
        self.paused = True

    def heard(self) -> bytes:
        """All that lies in the page's socket."""
        heard = b""
        while True:
            try:
                some = self.theirs.recv(1 << 20)
            except BlockingIOError:
                return heard
            heard += some


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def audience() -> Audience:
    return Audience()


def test_everybody_hears_the_same_bytes(stack: ExitStack, audience: Audience) -> None:
    pages = [Page(stack) for _ in range(3)]
    for page in pages:
        audience.add(page)
    audience.tell(DATA)
    audience.tell(b"and another")
    assert [page.heard() for page in pages] == [DATA + b"and another"] * 3
    assert not any(page.kept for page in pages)


def test_what_a_full_socket_does_not_take_is_kept_to_the_byte(stack: ExitStack, audience: Audience) -> None:
    slow, other = Page(stack), Page(stack)
    audience.add(slow)
    audience.add(other)
    slow.ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    big = bytes(range(256)) * 4_000
    other_heard = b""
    audience.tell(big)
    other_heard += other.heard() + other.kept
    heard = slow.heard()
    assert 0 < len(heard) < len(big)
    assert heard + slow.kept == big
    assert other_heard == big


def test_a_socket_that_takes_nothing_keeps_all_and_holds_up_nobody(stack: ExitStack, audience: Audience) -> None:
    full, gone, other = Page(stack), Page(stack), Page(stack)
    for page in (full, gone, other):
        audience.add(page)
    with pytest.raises(BlockingIOError):
        while True:
            full.ours.send(b"\0" * 65_536)
    gone.theirs.close()
    audience.tell(DATA)
    assert (full.kept, gone.kept, other.kept) == (DATA, DATA, b"")
    assert other.heard() == DATA


def test_one_without_a_descriptor_is_written_to(stack: ExitStack, audience: Audience) -> None:
    page, other = Page(stack, direct=False), Page(stack)
    audience.add(page)
    audience.add(other)
    audience.tell(DATA)
    assert (page.kept, page.heard()) == (DATA, b"")
    assert other.heard() == DATA


def test_who_was_taken_out_hears_nothing_more_though_the_descriptor_is_anothers(
    stack: ExitStack, audience: Audience
) -> None:
    page = Page(stack)
    audience.add(page)
    audience.tell(DATA)
    assert page.heard() == DATA
    audience.remove(page)
    assert page not in audience
    descriptor = page.descriptor
    page.ours.close()
    stranger = Page(stack)
    assert stranger.descriptor == descriptor, "the lowest free one is taken"
    audience.tell(DATA)
    assert (stranger.heard(), stranger.kept) == (b"", b"")
    audience.remove(page)  # once more is harmless
    assert len(audience) == 0
