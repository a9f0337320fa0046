"""Who keeps up with a fair and hears everything at once: one write to each, along a list of file descriptors.

Telling thousands costs mostly what the processor has to fetch from memory for each of them. So the descriptors stand side by
side in an array, and nothing of a socket's own objects is touched unless it takes less than it was given.
"""

import os
from array import array
from typing import Protocol


class Outbox(Protocol):
    """One subscriber's way out."""

    paused: bool
    """Whether its socket is full: nothing should be written until it drains."""

    descriptor: int | None
    """Where bytes may be written past `write` while it is not paused; None where they may not."""

    def write(self, frames: bytes) -> None:
        """Send joined websocket frames, or buffer what the socket does not take. One that becomes full tells `Hub.filled`."""


class Audience:
    """The outboxes that keep up."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._outboxes: dict[Outbox, None] = {}
        self._listed = True
        self._descriptors = array("i")
        self._by_descriptor: dict[int, Outbox] = {}
        self._others: list[Outbox] = []

    def __len__(self) -> int:
        """How many they are."""
        return len(self._outboxes)

    def __contains__(self, outbox: Outbox) -> bool:
        """Whether this one keeps up."""
        return outbox in self._outboxes

    def add(self, outbox: Outbox) -> None:
        """Let one hear what comes from now on."""
        self._outboxes[outbox] = None
        self._listed = False

    def remove(self, outbox: Outbox) -> None:
        """Tell one nothing more; harmless where it is not one of them."""
        if outbox in self._outboxes:
            del self._outboxes[outbox]
            self._listed = False

    def tell(self, data: bytes) -> None:
        """Write to everybody. What a socket does not take at once is its outbox's to keep."""
        if not self._listed:
            self._list()
        size, write = len(data), os.write
        for descriptor in self._descriptors:
            try:
                taken = write(descriptor, data)
            except OSError:  # full, or gone: which of the two its transport finds out
                taken = 0
            if taken != size:
                self._by_descriptor[descriptor].write(data[taken:])
        for outbox in self._others:
            outbox.write(data)

    def _list(self) -> None:
        """Write down whom to tell; once for all who came and went since the last time."""
        self._by_descriptor = {each.descriptor: each for each in self._outboxes if each.descriptor is not None}
        self._descriptors = array("i", self._by_descriptor)
        self._others = [each for each in self._outboxes if each.descriptor is None]
        self._listed = True
