"""Many fairs, two servers and a real cluster: three masters with a replica each, one of which dies in the middle of a rush."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from queue_rules import SLUG, command, rules
from redis_nodes import Cluster, Node, redis_cluster, until_true
from running import RunningServer
from rush import Rush, fairs_in, rushes, servers, until_half_done
from yobidashi.people.keyring import Keyring
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.people.store import PeopleStore
from yobidashi.queue.commands.command import Command
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.keys import Keys
from yobidashi.queue.masters import connect
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store

PREFIX: Final = "yobi"
FAIRS: Final = 6


@dataclass
class House:
    """The cluster, the servers, and the fairs they show."""

    cluster: Cluster
    servers: list[RunningServer]
    fairs: list[str]

    async def master(self, fair: str) -> Node:
        return await self.cluster.master_of(Keys(PREFIX, fair).meta)


@pytest_asyncio.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Two servers, each with the same fairs, two on each master; one replica must have what is answered."""
    async with redis_cluster() as cluster:
        shares: dict[Node, list[str]] = {}
        for number in range(100):
            slug = f"fair-{number}"
            shares.setdefault(await cluster.master_of(Keys(PREFIX, slug).meta), []).append(slug)
        fairs = [slug for share in shares.values() for slug in share[: FAIRS // 3]]
        files = fairs_in(tmp_path_factory.mktemp("fairs"), fairs)
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("YOBIDASHI_REPLICAS", "1")
            async with servers(2, files, cluster.url, PREFIX) as running:
                yield House(cluster, running, fairs)


async def test_a_master_dies_in_the_middle_of_the_rush(house: House) -> None:
    async with rushes(house.fairs, house.servers) as rush:
        victim = await house.master(house.fairs[0])
        others = [r for r in rush if await house.master(r.fair) is not victim]
        heir = await house.cluster.replica_of(victim)
        running = asyncio.create_task(_all(rush))
        await until_half_done(rush[0])
        victim.kill()

        async def inherited() -> bool:
            return (await heir.told("replication")).get("role") == "master"

        await until_true(inherited)
        assert not running.done()  # the heir alone acknowledges nothing: one replica must have it
        victim.start()
        await running
        assert len(others) == 4
        assert sum(r.retries for r in others) == 0  # who lives on another master felt nothing
        assert rush[0].retries > 0
        for each in rush:
            await each.check()
    await house.cluster.whole()


async def _all(rush: list[Rush]) -> None:
    await asyncio.gather(*(each.run() for each in rush))


async def test_one_connection_a_master_follows_all_fairs(house: House) -> None:
    """Two servers, one connection each that hears the bells of a master, whatever the number of fairs."""

    async def both_listen_to_each() -> bool:
        listening = []
        for fair in house.fairs[::2]:
            master = await house.master(fair)
            clients = await master.redis.execute_command("CLIENT", "LIST", "TYPE", "pubsub")
            listening.append(sum(1 for line in clients.splitlines() if "ssub=2" in line))
        return listening == [2, 2, 2]

    await until_true(both_listen_to_each)  # after a failover a server hangs its bells anew


async def test_an_answer_is_on_the_replica_or_is_no_answer(house: House) -> None:
    """`WAIT` on another connection than the one that wrote: the second try must not be content with its own nothing."""
    store = Store(Pipeline(connect(house.cluster.url), replicas=1), f"t{secrets.token_hex(6)}")
    keys = Keys(store._prefix, SLUG)
    try:
        await store.found(SLUG, rules())
        issue = command("issue", size=1, queues=("a",))
        replica = await house.cluster.replica_of(await house.cluster.master_of(keys.meta))
        replica.pause()
        try:
            for _ in range(2):
                with pytest.raises(Refusal, match="redis_away"):
                    await store.run(SLUG, issue)
            other = Store(Pipeline(connect(house.cluster.url), replicas=1), store._prefix)
            with pytest.raises(Refusal, match="redis_away"):
                await other.run(SLUG, issue)
            await other.close()
        finally:
            replica.resume()
        await house.cluster.whole()
        assert (await store.run(SLUG, issue)).offset == 2
        assert (await store.run(SLUG, command("issue", size=1, queues=("a",)))).offset == 3
    finally:
        await store.close()


async def test_people_are_searched_and_swept_on_every_master(house: House, tmp_path: Path) -> None:
    prefix = f"t{secrets.token_hex(6)}"
    masters = connect(house.cluster.url)
    store = PeopleStore(Pipeline(masters), prefix, Keyring(tmp_path / "keys"))
    storehouse = Storehouse(masters, prefix)
    try:
        for fair in house.fairs:
            await store.make_vault(fair)
            await store.put(fair, "card:1", {"answers": {"name": "見本"}})
            await masters.of(store.keys(fair).answer("x")).set(store.keys(fair).answer("x"), f"needle-{fair}")
        needles = [f"needle-{fair}".encode() for fair in house.fairs]
        assert len(masters.all()) == 3
        assert (await storehouse.search(needles, everything=False)).found == len(house.fairs)
        assert [await storehouse.forget_answers(fair) for fair in house.fairs] == [1] * len(house.fairs)
        assert not (await storehouse.search(needles, everything=False)).found
        await storehouse.rewrite()
        assert (await storehouse.files()).why_not
    finally:
        await store._pipeline.close()


async def test_a_fair_moves_to_another_master_while_it_runs(house: House) -> None:
    fair = house.fairs[1]
    source, target = await house.master(fair), await house.master(house.fairs[2])
    assert source is not target
    async with rushes([fair], house.servers) as (rush,):
        first = await rush.clients[0].command("issue", size=1, queues=["sapporo"])
        store = Store(Pipeline(connect(house.cluster.url)), PREFIX)
        issue = command("issue", size=1, queues=("sapporo",))
        async with house.cluster.moving(Keys(PREFIX, fair).meta, source, target):
            with pytest.raises(Refusal, match="redis_away"):  # its keys are on both sides
                await store.run(fair, issue)
        second = await _answered(store, fair, issue)
        await store.close()
        third = await rush.clients[0].command("issue", size=1, queues=["sapporo"])
        assert [second.offset - first.offset, third.offset - first.offset] == [1, 2]
        for screen in rush.screens:
            assert await screen.reached((third.epoch, third.offset))
            assert screen.gaps == 0
    assert await house.master(fair) is target


async def test_what_a_replica_never_had_is_lost_in_a_new_epoch(house: House) -> None:
    """Without `WAIT` an answer may be lost with its machine: then no screen goes on as if nothing were."""
    fair = house.fairs[-1]
    masters = connect(house.cluster.url)
    store = Store(Pipeline(masters), PREFIX)  # asks no replica
    async with rushes([fair], house.servers) as (rush,):
        victim = await house.master(fair)
        heir = await house.cluster.replica_of(victim)
        await heir.redis.config_set("masterauth", "none-is-asked-for")  # so that it cannot come back to its master
        await heir.redis.client_kill_filter(_type="master")
        lost = [await store.run(fair, command("issue", size=1, queues=("sapporo",))) for _ in range(3)]
        for screen in rush.screens:
            assert await screen.reached((lost[-1].epoch, lost[-1].offset))
        victim.kill()
        for screen in rush.screens:
            assert await screen.reached((lost[-1].epoch + 1, 1))
            assert not {event.changes["tickets"][0].id for event in lost} & screen.board.tickets.keys()
        victim.start()
        await heir.redis.config_set("masterauth", "")
        again = await _answered(store, fair, command("issue", size=1, queues=("sapporo",)))
        assert (again.offset, again.epoch > lost[0].epoch) == (lost[0].offset, True)
        for screen in rush.screens:
            assert await screen.reached((again.epoch, again.offset))
            assert screen.board == rush.screens[0].board
    await store.close()
    await house.cluster.whole()


async def _answered(store: Store, fair: str, wanted: Command) -> Event:
    """Do as a page does: the same command again until there is an answer."""
    while True:
        try:
            return await store.run(fair, wanted)
        except Refusal as refusal:
            assert refusal.code == "redis_away"
