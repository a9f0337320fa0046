"""A master that three sentinels watch, with two replicas: it dies in the middle of a rush, and another takes over."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from redis_nodes import Watched, sentinels
from running import RunningServer
from rush import fairs_in, rushes, servers, until_half_done
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.queue.masters import connect

PREFIX: Final = "yobi"
FAIRS: Final = ("fair-a", "fair-b")


@pytest_asyncio.fixture(scope="module")
async def watched() -> AsyncIterator[Watched]:
    """The master, its replicas and its sentinels."""
    async with sentinels() as watched:
        yield watched


@pytest_asyncio.fixture(scope="module")
async def running(watched: Watched, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[RunningServer]]:
    """Two servers that know the sentinels alone; one replica must have what is answered."""
    folder: Path = tmp_path_factory.mktemp("fairs")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("YOBIDASHI_REPLICAS", "1")
        async with servers(2, fairs_in(folder, FAIRS), watched.url, PREFIX) as running:
            yield running


async def test_the_master_dies_in_the_middle_of_the_rush(watched: Watched, running: list[RunningServer]) -> None:
    async with rushes(FAIRS, running) as rush:
        victim = await watched.master()
        rushing = [asyncio.create_task(each.run()) for each in rush]
        await until_half_done(rush[0])
        victim.kill()
        await asyncio.gather(*rushing)  # its other replica has what the new master does
        assert await watched.master() is not victim
        assert all(each.retries for each in rush)
        for each in rush:
            await each.check()
    victim.start()


async def test_every_redis_writes_its_files_anew(watched: Watched) -> None:
    """Each has files of its own, in which destroyed data may stand."""
    storehouse = Storehouse(connect(watched.url), PREFIX)
    master = await watched.master()
    replicas = [node for node in watched.nodes if node is not master and (await node.told("replication"))]
    before = [(await node.told("stats"))["total_forks"] for node in (master, *replicas)]
    await storehouse.rewrite()
    after = [(await node.told("stats"))["total_forks"] for node in (master, *replicas)]
    await storehouse.close()
    assert len(after) >= 2
    assert all(now > then for then, now in zip(before, after, strict=True))
