"""A destruction in a process of its own, killed at a chosen moment: ``disposing.py URL PREFIX KEYS DATA SLUG STEP MOMENT``."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from yobidashi.people.keyring import Keyring
from yobidashi.people.protection.disposal import Disposal
from yobidashi.people.protection.disposal_steps import DisposalSteps
from yobidashi.people.protection.inventory import Places
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.people.store import PeopleStore
from yobidashi.queue import pipeline as pipelines
from yobidashi.queue.pipeline import Pipeline


def die(*_: object) -> NoReturn:
    """End as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process does not go on")


async def dispose(url: str, prefix: str, keys: str, data: str, slug: str, step: str, moment: str) -> None:
    """Carry out every step that is left, and die ``before`` or ``after`` the work of one."""
    redis = pipelines.connect(url)
    store = PeopleStore(Pipeline(redis), prefix, Keyring(Path(keys)))
    steps = DisposalSteps(store, Storehouse(redis, prefix), Places(Path(data), ()))
    disposal = Disposal(store, steps, lambda: 1)
    while (state := await disposal.state(slug)).next:
        if state.next == step:
            work = getattr(DisposalSteps, step)
            if moment == "before":
                die()
            await work(steps, slug)
            die()
        await disposal.step(slug, "console")


if __name__ == "__main__":
    asyncio.run(dispose(*sys.argv[1:]))
