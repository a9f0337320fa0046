"""The doctor's visit: every look, in its order."""

from collections.abc import AsyncIterator

from yobidashi.fair import Fair
from yobidashi.queue.errors import Refusal
from yobidashi.settings import Settings
from yobidashi.staff.devices import Devices
from yobidashi.staff.store import StaffStore
from yobidashi.upkeep.doctor.durability import of_redis
from yobidashi.upkeep.doctor.finding import Finding, note
from yobidashi.upkeep.doctor.machine import of_machine
from yobidashi.upkeep.doctor.reach import of_port, of_screens, of_url


async def findings(settings: Settings, url: str) -> AsyncIterator[tuple[str, Finding]]:
    """Look at machine, port and, where one is named, the address; each with its heading."""
    for finding in of_machine(settings):
        yield "このマシン · This machine", finding
    yield "ネットワーク · Network", await of_port(settings)
    if url:
        async for finding in of_url(url):
            yield "ネットワーク · Network", finding


async def of_the_store(settings: Settings, fair: Fair | None, staff: StaffStore) -> AsyncIterator[tuple[str, Finding]]:
    """Look at the Redis that answers now, and at the screens of a fair whose devices stand in it."""
    assert settings.redis_url is not None
    async for finding in of_redis(settings.redis_url):
        yield "Redis", finding
    if fair is None or settings.demonstration:
        return
    try:
        devices = await Devices(staff).all(fair.slug)
    except Refusal as refusal:
        yield "画面 · Screens", note(refusal.sentence("ja"), refusal.sentence("en"))
        return
    async for finding in of_screens(settings, fair.slug, devices):
        yield "画面 · Screens", finding
