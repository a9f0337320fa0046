"""Reads the journal to the end while everything breaks: the checker's own copy, whatever Redis keeps."""

import asyncio
import json
from typing import Final

from soaking.colleague import Colleague, Refused
from yobidashi.queue.events import Event

LOOK_S: Final = 0.5
PAGE: Final = 1_000


class Recorder:
    """Every event of the journal so far, in order."""

    def __init__(self, colleague: Colleague) -> None:
        self.events: list[Event] = []
        self.wrong: list[str] = []
        self._colleague = colleague

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            if await self.read_page() < PAGE:
                await asyncio.sleep(LOOK_S)

    async def read_page(self) -> int:
        """Read what comes next; gives how many events that were."""
        after = self.events[-1].offset if self.events else 0
        try:
            page = await self._colleague.get(f"/journal?after={after}&limit={PAGE}")
        except Refused:
            return 0
        self.events += [Event.from_json(json.dumps(event)) for event in page["events"]]
        return len(page["events"])

    async def read_to_the_end(self) -> None:
        """Read until nothing more comes."""
        while await self.read_page():
            pass
