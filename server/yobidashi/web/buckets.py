"""Token buckets: how much somebody may ask at once, and how fast that comes back. Pure: time is given, nothing waits.

They are one process's own, in memory: of several processes each allows as much. A bucket that has not been asked for longest
makes room for a new one and is full when it comes back, so that the memory is bounded whoever asks from wherever.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

BUCKETS_MAX: Final = 20_000
"""Buckets kept at once, about 4 MB."""

BURST_S: Final = 20.0
"""How many seconds' worth may come at once: a page with all it loads, a hall that comes back after the Wi-Fi was gone."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Buckets:
    """The buckets of everybody for whom one rate holds."""

    def __init__(self, rate: float) -> None:
        """Let ``rate`` tokens come back a second, `BURST_S` times as many lie in a full bucket; 0: no limit."""
        self._rate = rate
        self._full = rate * BURST_S
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        """How many buckets are kept."""
        return len(self._buckets)

    def take(self, who: str, now: float) -> float:
        """Take one token at ``now``, in s; give 0 where there was one, else for how many seconds ``who`` has to wait."""
        if not self._rate:
            return 0.0
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = self._buckets[who] = _Bucket(self._full, now)
            if len(self._buckets) > BUCKETS_MAX:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(who)
        bucket.left = min(self._full, bucket.left + (now - bucket.at) * self._rate)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) / self._rate
        bucket.left -= 1
        return 0.0
