"""Real Redis on loopback for tests that need several: a cluster of three masters with a replica each, a master with sentinels."""

import asyncio
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from yobidashi.embedded import find_binary

READY_S: Final = 30.0
DOWN_MS: Final = 1_000
"""After how long a silent master counts as down."""

DURABLE: Final = {"save": "", "appendonly": "yes", "appendfsync": "always", "repl-diskless-sync-delay": "0"}
CLUSTERED: Final = {
    "cluster-enabled": "yes",
    "cluster-node-timeout": str(DOWN_MS),
    "cluster-require-full-coverage": "no",  # the others go on while one is replaced
    "cluster-replica-validity-factor": "0",
}


class Node:
    """One Redis process on a port of its own."""

    def __init__(self, folder: Path, port: int, options: dict[str, str], *words: str) -> None:
        self.folder = folder / str(port)
        self.port = port
        self.redis: Any = Redis(port=port, decode_responses=True, socket_timeout=5.0, retry=Retry(NoBackoff(), 0))
        self._command = [
            str(find_binary()),
            *words,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            str(self.folder),
        ]
        self._command += [word for name, value in options.items() for word in (f"--{name}", value)]
        self.folder.mkdir()
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """As a machine that loses its power."""
        self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    async def asked(self, *words: str) -> Any:
        """Give the answer to a command; None while there is none."""
        with suppress(RedisError, OSError):
            return await self.redis.execute_command(*words)
        return None

    async def told(self, section: str) -> dict[str, Any]:
        """Give a section of INFO; empty while there is none."""
        with suppress(RedisError, OSError):
            answer: dict[str, Any] = await self.redis.info(section)
            return answer
        return {}

    async def end(self) -> None:
        await self.redis.aclose()
        self.resume()
        self.kill()


def free_ports(count: int) -> list[int]:
    """Give ports that nobody listens on."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


class Cluster:
    """Three masters, and a replica of each."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.url = "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in nodes[:3])

    async def ids(self) -> dict[str, Node]:
        return {await node.redis.execute_command("CLUSTER MYID"): node for node in self.nodes}

    async def master_of(self, key: str) -> Node:
        """Give the node that has a key's slot."""
        slot = await self.nodes[-1].redis.execute_command("CLUSTER KEYSLOT", key)
        for first, last, master, *_ in await self.nodes[-1].redis.execute_command("CLUSTER SLOTS"):
            if first <= slot <= last:
                return next(node for node in self.nodes if node.port == master[1])
        raise AssertionError(f"nobody has {key}")

    async def replica_of(self, master: Node) -> Node:
        """Give a master's replica."""
        for node in self.nodes:
            told = await node.told("replication")
            if told.get("role") == "slave" and told["master_port"] == master.port:
                return node
        raise AssertionError("it has no replica")

    @asynccontextmanager
    async def moving(self, key: str, source: Node, target: Node) -> AsyncIterator[None]:
        """Be about to move a key's slot to another master, as long as the body runs; then move it, with all its keys."""
        slot = await source.redis.execute_command("CLUSTER KEYSLOT", key)
        here, there = [await node.redis.execute_command("CLUSTER MYID") for node in (source, target)]
        await target.redis.execute_command("CLUSTER SETSLOT", slot, "IMPORTING", here)
        await source.redis.execute_command("CLUSTER SETSLOT", slot, "MIGRATING", there)
        yield
        while keys := await source.redis.execute_command("CLUSTER GETKEYSINSLOT", slot, 100):
            await source.redis.execute_command("MIGRATE", "127.0.0.1", target.port, "", 0, 5_000, "KEYS", *keys)
        for node in (target, source):
            await node.redis.execute_command("CLUSTER SETSLOT", slot, "NODE", there)

        async def known() -> bool:
            return await self.master_of(key) is target

        await until_true(known)

    async def whole(self) -> None:
        """Wait until three masters have a replica each that is in step."""
        await until_true(self._is_whole)

    async def _is_whole(self) -> bool:
        told = [await node.told("replication") for node in self.nodes]
        masters = [each for each in told if each.get("role") == "master"]
        in_step = [each for each in masters if each["connected_slaves"] == 1 and each["slave0"]["state"] == "online"]
        known = [await node.asked("CLUSTER", "SLOTS") for node in self.nodes]
        named = [{tuple(shard[2][:2]) for shard in slots or ()} for slots in known]
        return len(in_step) == 3 == len(masters) and all(len(nodes) == 3 and nodes == named[0] for nodes in named)


async def until_true(fact: Any) -> None:
    """Ask again and again until a fact holds."""
    async with asyncio.timeout(READY_S):
        while not await fact():
            pass


@asynccontextmanager
async def redis_cluster() -> AsyncIterator[Cluster]:
    """Start a cluster, and end it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="yobi-"))
    ports = free_ports(12)
    nodes = [
        Node(folder, port, DURABLE | CLUSTERED | {"cluster-port": str(bus)})
        for port, bus in zip(ports[:6], ports[6:], strict=True)
    ]
    try:
        for node in nodes:
            await until_true(lambda node=node: node.asked("PING"))
        share = -(-16_384 // 3)
        for number, node in enumerate(nodes[:3]):
            last = min((number + 1) * share, 16_384) - 1
            await node.redis.execute_command("CLUSTER ADDSLOTSRANGE", number * share, last)
            await node.redis.execute_command("CLUSTER SET-CONFIG-EPOCH", number + 1)
        for node, bus in zip(nodes[1:], ports[7:], strict=True):
            await nodes[0].redis.execute_command("CLUSTER MEET", "127.0.0.1", node.port, bus)
        masters = [await node.redis.execute_command("CLUSTER MYID") for node in nodes[:3]]
        for replica, master in zip(nodes[3:], masters, strict=True):
            await until_true(lambda replica=replica, master=master: replica.asked("CLUSTER", "REPLICATE", master))
        cluster = Cluster(nodes)
        await cluster.whole()
        yield cluster
    finally:
        for node in nodes:
            await node.end()
        shutil.rmtree(folder)


class Watched:
    """A master with two replicas, and three sentinels that watch it."""

    SERVICE: Final = "fair"

    def __init__(self, nodes: list[Node], sentinels: list[Node]) -> None:
        self.nodes = nodes
        self.sentinels = sentinels
        self.url = f"redis+sentinel://{','.join(f'127.0.0.1:{s.port}' for s in sentinels)}/{self.SERVICE}"

    async def master(self) -> Node:
        """Give the node that all sentinels name."""
        named: set[Any] = set()

        async def agreed() -> bool:
            named.clear()
            for sentinel in self.sentinels:
                told = await sentinel.asked("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self.SERVICE)
                named.add(int(told[1]) if told else None)
            return len(named) == 1 and None not in named

        await until_true(agreed)
        return next(node for node in self.nodes if node.port in named)


@asynccontextmanager
async def sentinels() -> AsyncIterator[Watched]:
    """Start a master, two replicas and three sentinels, and end them afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="yobi-"))
    ports = free_ports(6)
    nodes = [Node(folder, ports[0], DURABLE)]
    nodes += [Node(folder, port, DURABLE | {"replicaof": f"127.0.0.1 {ports[0]}"}) for port in ports[1:3]]
    watchers: list[Node] = []
    try:
        await until_true(lambda: _has_replicas(nodes[0], 2))
        for port in ports[3:]:
            settings = folder / f"{port}.conf"
            settings.write_text(
                f"sentinel monitor {Watched.SERVICE} 127.0.0.1 {ports[0]} 2\n"
                f"sentinel down-after-milliseconds {Watched.SERVICE} {DOWN_MS}\n"
                f"sentinel failover-timeout {Watched.SERVICE} 5000\n"
            )
            watchers.append(Node(folder, port, {}, str(settings), "--sentinel"))
        for watcher in watchers:
            await until_true(lambda watcher=watcher: _knows_all(watcher))
        yield Watched(nodes, watchers)
    finally:
        for node in (*watchers, *nodes):
            await node.end()
        shutil.rmtree(folder)


async def _has_replicas(node: Node, count: int) -> bool:
    told = await node.told("replication")
    return sum(1 for n in range(count) if told.get(f"slave{n}", {}).get("state") == "online") == count


async def _knows_all(sentinel: Node) -> bool:
    told = await sentinel.told("sentinel")
    return bool(told) and told["master0"]["slaves"] == 2 and told["master0"]["sentinels"] == 3
