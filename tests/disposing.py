"""A destruction in a process of its own, killed at a chosen moment."""

import asyncio
import os
import signal
from pathlib import Path
from typing import NoReturn

from yobidashi.people.keyring import Keyring
from yobidashi.people.protection.disposal import Disposal
from yobidashi.people.protection.disposal_steps import DisposalSteps
from yobidashi.people.protection.inventory import Places
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.pipeline import Pipeline


def die(*_: object) -> NoReturn:
    """End as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process does not go on")


def dispose(url: str, prefix: str, keys: Path, data: Path, slug: str, step: str, moment: str) -> None:
    """Carry out every step that is left, and die ``before`` or ``after`` the work of one."""
    asyncio.run(_disposed(url, prefix, keys, data, slug, step, moment))


async def _disposed(url: str, prefix: str, keys: Path, data: Path, slug: str, step: str, moment: str) -> None:
    redis = masters.connect(url)
    store = PeopleStore(Pipeline(redis), prefix, Keyring(keys))
    steps = DisposalSteps(store, Storehouse(redis, prefix), Places(data, ()))
    disposal = Disposal(store, steps, lambda: 1)
    while (state := await disposal.state(slug)).next:
        if state.next == step:
            work = getattr(DisposalSteps, step)
            if moment == "before":
                die()
            await work(steps, slug)
            die()
        await disposal.step(slug, "console")
