"""The pulse of one process: how long Redis takes to answer, and how far each board is behind its journal.

The boards follow the journal by a road of their own (`live/journal.py`); what is asked here goes the road of the commands, so
that each is seen failing while the other works.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from yobidashi.live.hub import Hub
from yobidashi.queue.errors import Refusal
from yobidashi.queue.keys import Keys
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.scripts import script_at

PULSE_S: Final = 5.0
"""Seconds between two looks."""

FRESH_S: Final = 1.0
"""For so long one look serves all who ask, so that nobody's questions wear Redis out."""

FAIRS_AT_ONCE: Final = 200
"""Fairs asked about together: a process of thousands leaves the commands their room in the pipeline."""

_SCRIPT: Final = Path(__file__).parent / "lua" / "pulse.lua"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Lag:
    """How far a board is behind: events, and since when (`time.monotonic`); None: it is not."""

    events: int = 0
    since: float | None = None

    def seconds(self) -> float:
        """Give for how long it has been behind."""
        return 0.0 if self.since is None else monotonic() - self.since


class Pulse:
    """Looks at Redis and at the boards of one process."""

    def __init__(self, pipeline: Pipeline, prefix: str, hubs: Mapping[str, Hub]) -> None:
        """Ask by ``pipeline`` about the fairs of ``hubs``."""
        self._pipeline = pipeline
        self._prefix = prefix
        self._hubs = hubs
        self._asked_at = float("-inf")
        self._asking: asyncio.Task[bool] | None = None
        self.lags: dict[str, Lag] = {slug: Lag() for slug in hubs}
        self.answers = False
        """Whether Redis answered the last time."""
        self.round_trip_s: float | None = None
        """How long that took; None where it did not answer."""

    async def run(self) -> None:
        """Look again and again until cancelled. Nothing that goes wrong at one look ends the next."""
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("the pulse could not be taken; the next try is in %.0f s", PULSE_S)
            await asyncio.sleep(PULSE_S)

    async def beats(self) -> bool:
        """Tell whether Redis answers, by a look that is at most `FRESH_S` old."""
        if monotonic() - self._asked_at > FRESH_S and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self.look(), name="pulse")
        return await asyncio.shield(self._asking) if self._asking and not self._asking.done() else self.answers

    async def look(self) -> bool:
        """Ask Redis about every fair; give whether it answered."""
        slugs = list(self._hubs)
        began = monotonic()
        try:
            tops = [await self._top(slugs[0])]
            took = monotonic() - began
            for first in range(1, len(slugs), FAIRS_AT_ONCE):
                tops += await asyncio.gather(*map(self._top, slugs[first : first + FAIRS_AT_ONCE]))
        except Refusal:
            self.answers, self.round_trip_s = False, None
            self._asked_at = monotonic()
            return False
        for slug, top in zip(slugs, tops, strict=True):
            self._compare(slug, top)
        self.answers, self.round_trip_s = True, took
        self._asked_at = monotonic()
        return True

    def _compare(self, slug: str, top: tuple[int, int] | None) -> None:
        board, lag = self._hubs[slug].board, self.lags[slug]
        if top is None or top[0] != board.epoch:
            lag.events = 1  # another epoch: the whole board is behind, and one event as good as any number
        else:
            lag.events = max(0, top[1] - board.offset)
        lag.since = (lag.since or monotonic()) if lag.events else None

    async def _top(self, slug: str) -> tuple[int, int] | None:
        reply = await self._pipeline.run(script_at(_SCRIPT), (Keys(self._prefix, slug).meta,))
        return (int(reply[0]), int(reply[1])) if reply else None
