"""The pings of all sockets of one process: each is pinged once a round, and whoever has not answered by the next is dropped.

One timer for all, and each socket at its own moment of the round: ten thousand timers would cost memory, and ten thousand
pages that came in the same second would be pinged in the same instant for ever after.
"""

import asyncio
from typing import Final, Protocol

STATE: Final = "pings"
"""Under this name of the lifespan's state each connection finds the `Pings` of its process."""

PING_S: Final = 20.0
"""Seconds between two pings of a socket, and until a missing answer ends it."""

BEATS: Final = 40
"""Beats of one round. In each the sockets of one beat are pinged."""


class Pinged(Protocol):
    """A socket that is pinged."""

    def ping(self) -> None:
        """Send a ping, or give up where the one before was not answered."""


class Pings:
    """Pings the sockets of one process."""

    def __init__(self, round_s: float = PING_S) -> None:
        """Ping each socket every ``round_s`` seconds."""
        self._beat_s = round_s / BEATS
        self._beats: list[set[Pinged]] = [set() for _ in range(BEATS)]
        self._added = 0

    def add(self, socket: Pinged) -> int:
        """Ping a socket from now on. Gives its beat, by which it is removed."""
        self._added += 1
        beat = self._added % BEATS
        self._beats[beat].add(socket)
        return beat

    def remove(self, socket: Pinged, beat: int) -> None:
        """Ping it no more; harmless where it is not pinged."""
        self._beats[beat].discard(socket)

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            for beat in range(BEATS):
                await asyncio.sleep(self._beat_s)
                self.beat(beat)

    def beat(self, beat: int) -> None:
        """Ping the sockets of one beat."""
        for socket in list(self._beats[beat]):
            socket.ping()
