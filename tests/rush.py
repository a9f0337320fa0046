"""A rush on many fairs at once, over several servers, by the very clients and with the very proof of a replay."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

from running import RunningServer, running_server
from yobidashi.places import SAMPLE_FAIR
from yobidashi.replay import proof
from yobidashi.replay.client import Client, Refused
from yobidashi.replay.screen import Screen

PARTIES: Final = 14
"""Parties that come to each fair; each stands in both lines."""

LINES: Final = {1: "sapporo", 2: "otaru"}
"""Booth → the queue it serves."""

AT_REST_S: Final = 30.0


def fairs_in(folder: Path, slugs: Sequence[str]) -> list[str]:
    """Write the sample fair under each slug; give the files."""
    text = SAMPLE_FAIR.read_text(encoding="utf-8")
    files = [folder / f"{slug}.toml" for slug in slugs]
    for slug, file in zip(slugs, files, strict=True):
        file.write_text(text.replace('slug = "sapporo-2026"', f'slug = "{slug}"'), encoding="utf-8")
    return [str(file) for file in files]


@asynccontextmanager
async def servers(count: int, files: Sequence[str], redis_url: str, prefix: str) -> AsyncIterator[list[RunningServer]]:
    """Start servers that show the same fairs."""
    async with AsyncExitStack() as stack:
        starting = [running_server(*files, redis_url=redis_url, prefix=prefix) for _ in range(count)]
        yield [await stack.enter_async_context(server) for server in starting]


class Rush:
    """One fair's rush: parties come, booths call, a screen a server watches, whatever happens to Redis meanwhile."""

    def __init__(self, fair: str, servers: Sequence[RunningServer]) -> None:
        self.fair = fair
        self.clients = [Client(server.url) for server in servers]
        lives = [f"{server.url}/api/fairs/{fair}/live".replace("http", "ws", 1) for server in servers]
        self.screens = [Screen(f"{fair} {n}", live) for n, live in enumerate(lives)]
        for client in self.clients:
            client.fair = fair

    async def run(self) -> None:
        """Let everybody come and be served: the reception at one server, the booths at others."""
        reception, *others = self.clients
        booths = others or [reception]
        await asyncio.gather(
            *(reception.command("issue", size=1, queues=list(LINES.values())) for _ in range(PARTIES)),
            *(self._serve(booths[n % len(booths)], booth) for n, booth in enumerate(LINES)),
        )

    async def _serve(self, client: Client, booth: int) -> None:
        served = 0
        while served < PARTIES:
            if await client.attempt("call-next", booth=booth):  # refused while everybody is at the other booth
                await client.command("start", booth=booth)
                await client.command("finish", booth=booth)
                served += 1

    @property
    def retries(self) -> int:
        """How often a command was sent again."""
        return sum(client.retries for client in self.clients)

    async def check(self) -> None:
        """Prove that nothing was lost or doubled, and that every screen and every server shows the same in the end."""
        reader = self.clients[0]
        async with asyncio.timeout(AT_REST_S):
            while True:
                try:
                    events = await reader.journal()
                except Refused as refused:
                    assert refused.code == "redis_away", refused  # a master that has just changed; who reads asks again
                    continue
                top = events[-1].epoch, events[-1].offset
                assert all([await screen.reached(top) for screen in self.screens])
                boards = [await client.read(f"/{self.fair}/board") for client in self.clients]
                if all((board["epoch"], board["offset"]) == top for board in boards):
                    break  # else the house offered somebody another line meanwhile
        answers = [event for client in self.clients for event in client.answers]
        checks = [
            proof.offsets_dense(events),
            proof.numbers_once(events),
            proof.no_double_call(events),
            proof.one_place_each(events),
            proof.screens_saw_all(events, self.screens),
            proof.answers_kept(events, answers, 0, sum(client.disagreed for client in self.clients)),
            *(proof.boards_agree(events, board, self.screens) for board in boards),
        ]
        assert [f"{self.fair}: {check.claim}: {check.wrong}" for check in checks if not check.holds] == []
        assert len(answers) == PARTIES + len(LINES) * 3 * PARTIES


@asynccontextmanager
async def rushes(fairs: Sequence[str], servers: Sequence[RunningServer]) -> AsyncIterator[list[Rush]]:
    """Give a rush of each fair, with its clients and screens connected."""
    made = [Rush(fair, servers) for fair in fairs]
    screens = [screen for rush in made for screen in rush.screens]
    async with AsyncExitStack() as stack:
        for client in (client for rush in made for client in rush.clients):
            await stack.enter_async_context(client)
        await asyncio.gather(*(screen.open() for screen in screens))
        try:
            yield made
        finally:
            await asyncio.gather(*(screen.close() for screen in screens))


async def until_half_done(rush: Rush) -> None:
    """Wait until half the parties of a fair stand on its screen."""
    while len(rush.screens[0].board.parties) < PARTIES // 2:
        await rush.screens[0].reached((rush.screens[0].board.epoch, rush.screens[0].board.offset + 1))
