"""What breaks, by name. Each breaks one thing for a bounded time, puts it right again, and leaves the proof to others."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from soaking.colleague import Colleague
from soaking.hall import Hall
from soaking.screen import Screen
from soaking.strangers import STRANGERS, read_nothing, send_garbage, send_noise, send_oversized

AWAY_S: Final = (1.0, 5.0)
"""How long something stays paused, cut or full: from so much to so much."""
JUMPS_S: Final = (-3_600, -90, 90, 3_600)
LOST_AT_ONCE: Final = 12
SLEEPERS: Final = 8


@dataclass(frozen=True, slots=True)
class Scene:
    """What a fault can reach."""

    hall: Hall
    fair: str
    device: Colleague
    """An enrolled screen, whose cookies strangers have got hold of."""
    screens: list[Screen]
    chance: random.Random

    def while_s(self) -> float:
        """Give how long this one lasts, in seconds."""
        return self.chance.uniform(*AWAY_S)


Fault = Callable[[Scene], Awaitable[None]]


async def kill_a_server(scene: Scene) -> None:
    """Kill -9 a server; it is started again."""
    scene.chance.choice(scene.hall.servers).send(signal.SIGKILL)


async def kill_both_servers(scene: Scene) -> None:
    """Kill -9 every server at once."""
    for server in scene.hall.servers:
        server.send(signal.SIGKILL)


async def restart_a_server(scene: Scene) -> None:
    """End a server the polite way, as an update does."""
    scene.chance.choice(scene.hall.servers).send(signal.SIGTERM)


async def kill_redis(scene: Scene) -> None:
    """Kill -9 Redis; it reads its append-only file again."""
    scene.hall.redis.send(signal.SIGKILL)


async def pause_a_server(scene: Scene) -> None:
    """Stop a server's process for a while; it goes on as if nothing had been."""
    server = scene.chance.choice(scene.hall.servers)
    server.send(signal.SIGSTOP)
    await asyncio.sleep(scene.while_s())
    server.send(signal.SIGCONT)


async def pause_redis(scene: Scene) -> None:
    """Stop Redis for a while: commands time out and may have been done or not."""
    scene.hall.redis.send(signal.SIGSTOP)
    await asyncio.sleep(scene.while_s())
    scene.hall.redis.send(signal.SIGCONT)


async def lose_replies(scene: Scene) -> None:
    """Swallow replies of Redis: done, and nobody is told."""
    scene.hall.line.lose(scene.chance.randint(1, LOST_AT_ONCE))
    await asyncio.sleep(scene.while_s())


async def cut_the_island(scene: Scene) -> None:
    """Pull the cable of the second server's network: no packet, no refusal, either way."""
    assert scene.hall.island is not None
    await scene.hall.island.cut()
    await asyncio.sleep(scene.while_s())
    await scene.hall.island.mend()


async def fill_the_disk(scene: Scene) -> None:
    """Let the disk under Redis run full; Redis ends rather than answer for what is not written."""
    assert scene.hall.disk is not None
    await asyncio.to_thread(scene.hall.disk.fill)
    await asyncio.sleep(scene.while_s())
    scene.hall.disk.empty()


async def jump_the_clock(scene: Scene) -> None:
    """Set every clock of servers and Redis forward or back, and right again."""
    assert scene.hall.clock is not None
    scene.hall.clock.jump(scene.chance.choice(JUMPS_S))
    await asyncio.sleep(scene.while_s())
    scene.hall.clock.jump(0)


async def lose_the_wifi(scene: Scene) -> None:
    """Every screen loses its connection at the same moment."""
    for screen in scene.screens:
        screen.unplug()


async def read_slowly(scene: Scene) -> None:
    """Screens that read nothing, on both servers."""
    seconds = scene.while_s() * 2
    urls = [scene.chance.choice(scene.hall.urls) for _ in range(SLEEPERS)]
    await asyncio.gather(*(read_nothing(scene.device, url, scene.fair, seconds) for url in urls))


async def talk_garbage(scene: Scene) -> None:
    """Garbage frames on sockets, and noise on the port."""
    seeds = [scene.chance.randrange(2**32) for _ in range(STRANGERS)]
    urls = scene.hall.urls
    await asyncio.gather(
        *(send_garbage(scene.device, urls[seed % len(urls)], scene.fair, seed) for seed in seeds),
        *(send_noise(urls[seed % len(urls)], seed) for seed in seeds),
    )


async def flood(scene: Scene) -> None:
    """Bodies of megabytes, from many at once."""
    seeds = [scene.chance.randrange(2**32) for _ in range(STRANGERS)]
    urls = scene.hall.urls
    await asyncio.gather(*(send_oversized(scene.device, urls[seed % len(urls)], scene.fair, seed) for seed in seeds))


def possible_in(hall: Hall) -> list[Fault]:
    """Give every fault that this hall has the means for."""
    faults: list[Fault] = [
        *(kill_a_server, kill_redis, pause_a_server, pause_redis, lose_replies, lose_the_wifi, read_slowly),
        *(talk_garbage, flood, restart_a_server, kill_both_servers),
    ]
    if hall.island is not None:
        faults.append(cut_the_island)
    if hall.disk is not None:
        faults.append(fill_the_disk)
    if hall.clock is not None:
        faults.append(jump_the_clock)
    return faults


def name_of(fault: Fault) -> str:
    """Give a fault's name as it is told."""
    return getattr(fault, "__name__", "fault").replace("_", " ")
