"""Which Redis takes the writes of a key: the one place that knows how to connect.

A deployment has one master or, in a cluster, several; `Masters` says which one a key lives on, for pipeline, journal and
storehouse alike. redis-py's own cluster client is not used: it sends commands again by itself, which invariant 3 forbids, and
one slow node would hold up the commands of all others. With one plain client a master, each master has a line of its own.

A command is never repeated here. ``MOVED`` says that nothing was done: then the map of slots is read anew (`renew`).
"""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, Final, Protocol

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.crc import key_slot
from redis.exceptions import RedisError

from yobidashi.queue.address import Address, Kind, read

REPLY_S: Final = 4.0
"""Seconds to wait for Redis before a round trip counts as lost. `appendfsync always` on a slow card takes tens of ms."""

CONNECT_S: Final = 2.0
"""Seconds to wait for a connection to be made."""

ASK_S: Final = 1.0
"""Seconds to wait for one sentinel, or for one node that is asked for the map of slots; the next one is asked then."""

CONNECTIONS_MAX: Final = 16
"""Connections to one master; more at once are refused as if Redis were away. Commands need one, journals two."""

NODES_MAX: Final = 1_000
"""Nodes of a cluster, which is what Redis itself bears."""

log = logging.getLogger(__name__)


class Masters(Protocol):
    """The masters of one deployment."""

    @property
    def version(self) -> int:
        """How often the map of masters has changed."""

    def of(self, key: str) -> Redis:
        """Give the master that takes the writes of ``key``, as far as is known."""

    def all(self) -> list[Redis]:
        """Give every master."""

    async def everywhere(self) -> list[Redis]:
        """Give every Redis that holds data, replicas as well. Raises `redis.exceptions.RedisError`."""

    async def renew(self, seen: int) -> None:
        """Ask again who is master of what, unless somebody has since version ``seen``. Never raises: later is another chance."""

    async def close(self) -> None:
        """Give all connections back."""


def connect(url: str) -> Masters:
    """Make the masters of an address; nothing is connected before it is needed. Raises `ValueError` for what is no address."""
    address = read(url)
    if address.kind is Kind.ONE:
        return OneMaster(Redis.from_url(address.url, **_options()))
    if address.kind is Kind.CLUSTER:
        return ClusterMasters(address)
    asking = _options() | address.sentinel_login | {"socket_timeout": ASK_S, "socket_connect_timeout": ASK_S}
    sentinel: Sentinel = Sentinel(list(address.nodes), sentinel_kwargs=asking | {"ssl": address.tls})  # type: ignore[no-untyped-call]
    return OneMaster(sentinel.master_for(address.service, **_options(address)), sentinel, address)


def _options(address: Address | None = None) -> dict[str, Any]:
    login = {"username": address.username, "password": address.password, "ssl": address.tls} if address else {}
    return login | {
        "socket_timeout": REPLY_S,
        "socket_connect_timeout": CONNECT_S,
        "retry": Retry(NoBackoff(), 0),  # a lost reply must reach the caller as such
        "max_connections": CONNECTIONS_MAX,
        "health_check_interval": 0,
    }


class OneMaster:
    """One Redis for all keys. Where sentinels know it, each new connection asks them first who is master now."""

    version = 0
    """Never changes: whoever is master, it is the same client."""

    def __init__(self, redis: Redis, sentinel: Sentinel | None = None, address: Address | None = None) -> None:
        """Use ``redis``; ``sentinel`` knows it by the service of ``address``."""
        self._redis = redis
        self._sentinel = sentinel
        self._address = address
        self._replicas: dict[tuple[str, int], Redis] = {}

    def of(self, key: str) -> Redis:
        """Give the one."""
        return self._redis

    def all(self) -> list[Redis]:
        """Give the one."""
        return [self._redis]

    async def everywhere(self) -> list[Redis]:
        """Give the one, and the replicas that sentinels know."""
        if self._sentinel is None or self._address is None:
            return [self._redis]
        nodes = [(str(host), int(port)) for host, port in await self._sentinel.discover_slaves(self._address.service)]
        for host, port in nodes:
            if (host, port) not in self._replicas:
                self._replicas[host, port] = Redis(host=host, port=port, **_options(self._address))
        return [self._redis, *(self._replicas[node] for node in nodes)]

    async def renew(self, seen: int) -> None:
        """Nothing to ask: a new connection asks by itself."""

    async def close(self) -> None:
        """Give all connections back."""
        for redis in (self._redis, *self._replicas.values(), *(self._sentinel.sentinels if self._sentinel else ())):
            await redis.aclose()


class ClusterMasters:
    """The masters of a cluster, and which slots each has."""

    def __init__(self, address: Address) -> None:
        """Ask the nodes of ``address`` first; later every node that is known."""
        self.version = 0
        self._address = address
        self._nodes: dict[tuple[str, int], Redis] = {}
        self._firsts: list[int] = []
        self._slots: list[tuple[int, int, Redis]] = []
        self._replicas: list[Redis] = []
        self._asking = asyncio.Lock()
        self._turn = 0
        for node in address.nodes:
            self._node(node)

    def of(self, key: str) -> Redis:
        """Give the master of the key's slot; before the first map any node, which answers ``MOVED``."""
        slot = key_slot(key.encode())
        at = bisect_right(self._firsts, slot) - 1
        if at >= 0 and slot <= self._slots[at][1]:
            return self._slots[at][2]
        return next(iter(self._nodes.values()))

    def all(self) -> list[Redis]:
        """Give every master that has slots."""
        return list(dict.fromkeys(redis for _, _, redis in self._slots))

    async def everywhere(self) -> list[Redis]:
        """Give masters and replicas."""
        if not self._slots:
            await self.renew(self.version)
        return [*self.all(), *self._replicas]

    async def renew(self, seen: int) -> None:
        """Read the map of slots from the first node that answers."""
        async with self._asking:
            if self.version != seen:
                return
            self._turn += 1  # another node first each time: one that is cut off from the others may tell an old map
            nodes = list(self._nodes.items())
            first = self._turn % len(nodes)
            for node, redis in nodes[first:] + nodes[:first]:
                try:
                    async with asyncio.timeout(ASK_S):
                        told: Any = await redis.cluster("SLOTS")
                except (RedisError, OSError, TimeoutError) as fault:
                    log.debug("%s:%d does not tell the slots: %s", *node, fault)
                    continue
                self._take(_shards(told, node[0]))
                return

    def _take(self, shards: list[tuple[int, int, list[tuple[str, int]]]]) -> None:
        slots = [(first, last, self._node(nodes[0])) for first, last, nodes in shards]
        self._replicas = list(dict.fromkeys(self._node(node) for _, _, nodes in shards for node in nodes[1:]))
        if slots != self._slots:
            self._slots, self._firsts = slots, [first for first, _, _ in slots]
            self.version += 1

    def _node(self, node: tuple[str, int]) -> Redis:
        if node not in self._nodes:
            if len(self._nodes) >= NODES_MAX:
                raise RuntimeError(f"a cluster of more than {NODES_MAX} nodes")
            self._nodes[node] = Redis(host=node[0], port=node[1], **_options(self._address))
        return self._nodes[node]

    async def close(self) -> None:
        """Give all connections back."""
        for redis in self._nodes.values():
            await redis.aclose()


def _shards(told: Iterable[Any], asked: str) -> list[tuple[int, int, list[tuple[str, int]]]]:
    """Read what a node tells: ranges of slots, each with its master and its replicas. A node without a name is the one asked."""
    return sorted(
        (int(first), int(last), [(_text(host) or asked, int(port)) for host, port, *_ in nodes])
        for first, last, *nodes in told
    )


def _text(host: bytes | str | None) -> str:
    text = host.decode() if isinstance(host, bytes) else host or ""
    return "" if text == "?" else text
