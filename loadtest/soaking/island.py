"""A host of its own in a network namespace, joined to this one by a pair of virtual cables that can be cut."""

import asyncio
import ctypes
import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

HERE: Final = "10.213.77.1"
THERE: Final = "10.213.77.2"
MASK: Final = 30
"""A network of these two addresses and no other."""
CLONE_NEWNET: Final = 0x40000000
"""Of Linux's <sched.h>; Python 3.12 knows it by name."""
WANTED: Final = "making a network namespace needs Linux, root and iproute2's `ip`"


class NoIsland(Exception):
    """This machine lets no namespace be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Island:
    """One namespace; both ends of its cable are named after it."""

    name: str

    @property
    def prefix(self) -> tuple[str, ...]:
        """What starts a command on the island."""
        return ("ip", "netns", "exec", self.name)

    async def cut(self) -> None:
        """Pull the cable: packets are lost both ways, and nobody is told."""
        await _ip("link", "set", f"{self.name}-h", "down")

    async def mend(self) -> None:
        """Put the cable back."""
        await _ip("link", "set", f"{self.name}-h", "up")

    async def remove(self) -> None:
        """Take namespace and cable away."""
        with suppress(NoIsland):
            await _ip("netns", "delete", self.name)


def move_out() -> None:
    """Move this process, and all it starts, into a network of its own: browsers on this machine would see new cables, and reload.

    Raises `NoIsland`.
    """
    if not shutil.which("ip") or os.geteuid() != 0:
        raise NoIsland(WANTED)
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        raise NoIsland(f"no network namespace: {os.strerror(ctypes.get_errno())}")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


async def make_island() -> Island:
    """Make a namespace with an address of its own. Raises `NoIsland`."""
    if not shutil.which("ip") or os.geteuid() != 0:
        raise NoIsland(WANTED)
    island = Island(f"ybs{os.getpid() % 100_000}")
    here, there = f"{island.name}-h", f"{island.name}-n"
    await _ip("netns", "add", island.name)
    try:
        await _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", island.name)
        await _ip("address", "add", f"{HERE}/{MASK}", "dev", here)
        await _ip("link", "set", here, "up")
        for words in (("address", "add", f"{THERE}/{MASK}", "dev", there), ("link", "set", there, "up")):
            await _ip("-n", island.name, *words)
        await _ip("-n", island.name, "link", "set", "lo", "up")
    except NoIsland:
        await island.remove()
        raise
    return island


async def _ip(*words: str) -> None:
    process = await asyncio.create_subprocess_exec(
        "ip", *words, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    if process.returncode:
        raise NoIsland(f"ip {' '.join(words)}: {said.decode().strip()}")
