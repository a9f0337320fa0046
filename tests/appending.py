"""A process that writes into the audit record while others do."""

import asyncio
from pathlib import Path

from yobidashi.people.auditing.audit import Audit, Entry
from yobidashi.people.keyring import Keyring
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.pipeline import Pipeline

AT_ONCE = 10


def append(url: str, prefix: str, folder: Path, slug: str, who: str, count: int) -> None:
    """Write ``count`` entries by ``who``, some at a time."""
    asyncio.run(_appended(url, prefix, folder, slug, who, count))


async def _appended(url: str, prefix: str, folder: Path, slug: str, who: str, count: int) -> None:
    pipeline = Pipeline(masters.connect(url))
    keyring = Keyring(folder)
    audit = Audit(PeopleStore(pipeline, prefix, keyring), keyring, lambda: 1)
    for first in range(0, count, AT_ONCE):
        entries = (Entry(at=1, who=who, act="read-card", on=f"ticket:{first + i}") for i in range(AT_ONCE))
        await asyncio.gather(*(audit.write(slug, entry) for entry in entries))
    await audit.close()
    await pipeline.close()
