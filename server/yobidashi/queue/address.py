"""Where Redis is, as `REDIS_URL` says it: one Redis, a master that sentinels know, or a cluster.

| address | what |
|---|---|
| ``redis://[name:password@]host:port/0``, ``rediss://…`` (TLS), ``unix:///path`` | one Redis |
| ``redis+sentinel://[name:password@]host:port,host:port/service`` | the master that these sentinels call ``service`` |
| ``redis+cluster://[name:password@]host:port,host:port`` | a cluster, some of whose nodes these are |

``rediss+sentinel`` and ``rediss+cluster`` speak TLS. Name and password are Redis's; sentinels that ask for their own are told
by ``?sentinel_username=…&sentinel_password=…``.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

NODES_MAX: Final = 16
"""Sentinels or cluster nodes in one address: the first that answers names all others."""

WANTED: Final = (
    "an address like redis://localhost:6379/0, rediss://…, unix:///path, "
    "redis+sentinel://host:26379,host:26379/service or redis+cluster://host:6379,host:6379"
)

_SEVERAL: Final = re.compile(r"(rediss?)\+(sentinel|cluster)://(?:([^@/?]*)@)?([^@/?]+)(?:/([^/?]*))?(?:\?(.*))?")
_SENTINEL_OPTIONS: Final = {"sentinel_username": "username", "sentinel_password": "password"}


class Kind(StrEnum):
    """How many Redis there are, and who knows which one writes."""

    ONE = "one"
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class Address:
    """An address, read."""

    kind: Kind
    url: str = field(default="", repr=False)
    """Of one Redis: the whole address."""
    nodes: tuple[tuple[str, int], ...] = ()
    """Sentinels or nodes of the cluster, as (host, port)."""
    service: str = ""
    """The sentinels' name for the master."""
    tls: bool = False
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    sentinel_login: dict[str, str] = field(default_factory=dict, repr=False)
    """Name and password that the sentinels themselves ask for."""


def read(text: str) -> Address:
    """Read an address. Raises `ValueError` with what it should be."""
    if re.match(r"(redis|rediss|unix)://.", text):
        return Address(Kind.ONE, text)
    found = _SEVERAL.fullmatch(text)
    if found is None:
        raise ValueError(WANTED)
    scheme, kind, login, hosts, service, options = found.groups()
    if (kind == "sentinel") != bool(service) or (kind == "cluster" and options):
        raise ValueError(WANTED)
    name, _, password = (login or "").partition(":")
    return Address(
        Kind(kind),
        nodes=_nodes(hosts, 26379 if kind == "sentinel" else 6379),
        service=unquote(service or ""),
        tls=scheme == "rediss",
        username=unquote(name) or None,
        password=unquote(password) or None,
        sentinel_login=_sentinel_login(options or ""),
    )


def _nodes(hosts: str, port: int) -> tuple[tuple[str, int], ...]:
    nodes = []
    for each in hosts.split(","):
        parts = urlsplit(f"//{each}")
        try:
            found = parts.port or port
        except ValueError:
            raise ValueError(WANTED) from None
        if not parts.hostname:
            raise ValueError(WANTED)
        nodes.append((parts.hostname, found))
    if len(nodes) > NODES_MAX:
        raise ValueError(f"at most {NODES_MAX} nodes; the first that answers names all others")
    return tuple(nodes)


def _sentinel_login(options: str) -> dict[str, str]:
    given = dict(parse_qsl(options, strict_parsing=bool(options)))
    if not given.keys() <= _SENTINEL_OPTIONS.keys():
        raise ValueError(WANTED)
    return {_SENTINEL_OPTIONS[name]: value for name, value in given.items()}
