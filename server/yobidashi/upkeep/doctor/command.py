"""`yobidashi doctor` as it is typed: reaches what there is, and tells every finding as it comes."""

import asyncio
import sys
from pathlib import Path

from yobidashi.data_folder import DataFolderUnusable
from yobidashi.deployment import reached
from yobidashi.embedded import RedisUnavailable, find_binary
from yobidashi.fair import FairInvalid, load_fair
from yobidashi.people.keyring import Keyring, KeyUnusable
from yobidashi.people.store import PeopleStore
from yobidashi.queue.masters import connect
from yobidashi.queue.pipeline import Pipeline
from yobidashi.settings import Settings
from yobidashi.staff.store import StaffStore
from yobidashi.upkeep.doctor.finding import ill, note
from yobidashi.upkeep.doctor.report import Report
from yobidashi.upkeep.doctor.visit import findings, of_the_store


def doctor(settings: Settings, path: Path | None, url: str) -> int:
    """Look at a venue and tell what is well and what is not; 0 where nothing is ill.

    Without a Redis of its own that has run here before, nothing is started: then only what would be used is told.
    """
    try:
        fair = load_fair(path) if path is not None else None
    except FairInvalid as fault:
        print(fault, file=sys.stderr)
        return 1
    report = Report()

    async def looked(found: Settings) -> None:
        pipeline = Pipeline(connect(found.redis_url or ""), found.replicas)
        people = PeopleStore(pipeline, found.key_prefix, Keyring(found.keys, found.key))
        staff = StaffStore(pipeline, found.key_prefix, people)
        try:
            async for heading, finding in of_the_store(found, fair, staff):
                report.tell(heading, finding)
        finally:
            await pipeline.close()

    async def around() -> None:
        async for heading, finding in findings(settings, url):
            report.tell(heading, finding)

    asyncio.run(around())
    try:
        if settings.redis_url is None and not settings.data.is_dir():
            binary = find_binary()
            report.tell("Redis", note(f"起動時に {binary} を使います。", f"A server would start {binary}."))
        else:
            with reached(settings) as found:
                asyncio.run(looked(found))
    except (DataFolderUnusable, RedisUnavailable, KeyUnusable) as fault:
        report.tell("Redis", ill(str(fault), "—"))
    return report.end()
