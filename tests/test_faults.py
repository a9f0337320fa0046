"""What may break on the day, broken on purpose: replies lost, servers and Redis killed, journals flushed and trimmed."""

import asyncio
import os
import secrets
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from running import Refused, RunningServer, running_server
from stopwatch import Stopwatch
from yobidashi.live.closing import LEAVING, RESTARTING
from yobidashi.live.wire import Beat, decode_frame, encode_hello
from yobidashi.queue import masters
from yobidashi.queue.commands.tickets import Issue
from yobidashi.queue.keys import Keys
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store
from yobidashi.replay.screen import Screen


@pytest.fixture
def data() -> Path:
    """A data folder with a short path."""
    return Path(tempfile.mkdtemp(prefix="yobi-"))


@pytest_asyncio.fixture(scope="module")
async def owned_server(redis_url: str) -> AsyncIterator[RunningServer]:
    """A server whose keys may be broken, on the run's Redis under a prefix of its own; use `owned`, which mends them."""
    async with running_server(redis_url=redis_url, prefix=f"t{secrets.token_hex(6)}") as server:
        yield server


@pytest_asyncio.fixture
async def owned(owned_server: RunningServer) -> RunningServer:
    """The server whose keys may be broken, with an empty fair, in a new epoch."""
    await emptied(owned_server)
    return owned_server


@pytest_asyncio.fixture(scope="module")
async def with_own_redis() -> AsyncIterator[RunningServer]:
    """A server whose Redis is its own, and may be killed or stopped for a while."""
    async with running_server(data=Path(tempfile.mkdtemp(prefix="yobi-"))) as server:
        yield server


@asynccontextmanager
async def screen_of(server: RunningServer) -> AsyncIterator[Screen]:
    screen = Screen("fault", f"{server.api}/live".replace("http", "ws", 1))
    await screen.open()
    try:
        yield screen
    finally:
        await screen.close()


async def emptied(server: RunningServer) -> None:
    """Empty the fair, and wait until the server's board is of the new epoch."""
    event = await server.command("reset")
    while (await server.get("/board"))["epoch"] != event["epoch"]:
        pass  # the reset reaches the board through the journal, like everything


async def issue_until_answered(server: RunningServer, command_id: str) -> dict[str, Any]:
    """Do as a page does: the same command id again and again until there is an answer."""
    while True:
        try:
            return await server.command("issue", command_id=command_id, size=1, queues=["sapporo"])
        except Refused as refused:
            assert refused.status == 503
            assert refused.answer["ja"]


class LossyProxy:
    """Stands between server and Redis; when told, it swallows the reply to one command and cuts the line."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.lose_reply_to: bytes | None = None
        self.lost = 0

    async def serve(self, from_server: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
        from_redis, to_redis = await asyncio.open_unix_connection(self.target)
        doomed = asyncio.Event()

        async def forward() -> None:
            while data := await from_server.read(65_536):
                if self.lose_reply_to and self.lose_reply_to in data:
                    self.lose_reply_to = None
                    doomed.set()
                to_redis.write(data)

        async def back() -> None:
            while data := await from_redis.read(65_536):
                if doomed.is_set() and b"issued" in data:
                    self.lost += 1
                    return  # Redis has done it; nobody will ever be told
                to_server.write(data)

        both = [asyncio.create_task(forward()), asyncio.create_task(back())]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
        await asyncio.gather(*both, return_exceptions=True)
        to_server.close()
        to_redis.close()


async def test_a_lost_reply_gives_one_ticket(redis_url: str, prefix: str) -> None:
    proxy = LossyProxy(redis_url.removeprefix("unix://"))
    path = Path(tempfile.mkdtemp(prefix="yobi-")) / "proxy.sock"
    async with await asyncio.start_unix_server(proxy.serve, path):
        async with running_server(redis_url=f"unix://{path}", prefix=prefix) as server:
            command_id = secrets.token_hex(16)
            proxy.lose_reply_to = command_id.encode()
            answer = await issue_until_answered(server, command_id)
            assert proxy.lost == 1
            assert answer["offset"] == 2
            journal = await server.get("/journal")
            assert [event["kind"] for event in journal["events"]] == ["founded", "issued"]


async def test_a_killed_server_loses_nothing_it_acknowledged(redis_url: str, prefix: str) -> None:
    acknowledged = []
    async with running_server(redis_url=redis_url, prefix=prefix) as server:
        for _ in range(20):
            acknowledged.append(await server.command("issue", size=1, queues=["sapporo"]))
        await server.stop(signal.SIGKILL)
    async with running_server(redis_url=redis_url, prefix=prefix) as server:
        events = (await server.get("/journal"))["events"]
        assert [e for e in events if e["kind"] == "issued"] == acknowledged
        assert (await server.command("issue", size=1, queues=["sapporo"]))["offset"] == 22


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the server's Redis in /proc")
async def test_a_killed_redis_loses_nothing_acknowledged_and_all_goes_on(with_own_redis: RunningServer) -> None:
    server = with_own_redis
    await emptied(server)
    async with screen_of(server) as screen:
        acknowledged = [await server.command("issue", size=1, queues=["sapporo"]) for _ in range(20)]
        os.kill(_redis_of(server), signal.SIGKILL)
        after = await issue_until_answered(server, secrets.token_hex(16))
        events = (await server.get("/journal"))["events"]
        assert [e for e in events if e["kind"] == "issued"] == [*acknowledged, after]
        assert await screen.reached((after["epoch"], after["offset"]))
        assert screen.snapshots == 1  # the same epoch: it was never behind for more than a moment


def _redis_of(server: RunningServer) -> int:
    """Find the process of the server's own Redis among its children."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text().split("(", 1)[1].rsplit(")", 1)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(rest.split()[1]) == server.process.pid and name.startswith(("redis", "valkey")):
            return int(status.parent.name)
    raise AssertionError("the server has no Redis of its own")


async def test_while_redis_is_away_commands_say_so_and_screens_too(with_own_redis: RunningServer) -> None:
    server = with_own_redis
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        redis = _redis_of(server)
        os.kill(redis, signal.SIGSTOP)
        try:
            with pytest.raises(Refused) as caught:
                await server.command("issue", size=1, queues=["sapporo"])
            assert (caught.value.status, caught.value.code) == (503, "redis_away")
            while True:
                found = decode_frame(await socket.recv(decode=False))
                if isinstance(found, Beat) and not found.live:
                    break
        finally:
            os.kill(redis, signal.SIGCONT)
        while True:
            found = decode_frame(await socket.recv(decode=False))
            if isinstance(found, Beat) and found.live:
                break
        await issue_until_answered(server, secrets.token_hex(16))


async def test_a_flushed_redis_begins_a_new_epoch_on_every_screen(owned: RunningServer, redis_url: str) -> None:
    await owned.command("issue", size=1, queues=["sapporo"])
    async with screen_of(owned) as screen, Redis.from_url(redis_url) as redis:
        old = screen.board.epoch
        names = [key async for key in redis.scan_iter(f"{owned.prefix}:*")]
        await redis.delete(*names)
        assert await screen.reached((old + 1, 1))
        assert screen.board.tickets == {}
        event = await owned.command("issue", size=1, queues=["sapporo"])
        assert event["parties"][0]["number"] == "1"
        assert await screen.reached((event["epoch"], event["offset"]))


async def test_a_trimmed_journal_is_a_gap_and_a_gap_is_a_snapshot(owned: RunningServer, redis_url: str) -> None:
    async with screen_of(owned) as screen, Redis.from_url(redis_url) as redis:
        keys = Keys(owned.prefix, owned.fair)
        owned.process.send_signal(signal.SIGSTOP)  # it sleeps while others write and the journal is trimmed
        try:
            store = Store(Pipeline(masters.connect(redis_url)), owned.prefix)
            for _ in range(10):
                command = Issue(command_id=secrets.token_hex(16), size=1, queues=("sapporo",))
                event = await store.run(owned.fair, command)
            await store.close()
            await redis.xtrim(keys.journal, maxlen=2, approximate=False)
        finally:
            owned.process.send_signal(signal.SIGCONT)
        assert await screen.reached((event.epoch, event.offset))
        assert len(screen.board.tickets) == 10
        assert screen.gaps == 0


async def test_events_lost_with_a_machine_begin_a_new_epoch(owned: RunningServer, redis_url: str) -> None:
    """A replica that takes over may lack the last events; their offsets come again, so the epoch must change."""
    async with screen_of(owned) as screen, Redis.from_url(redis_url) as redis:
        lost = await _two_lost(owned, screen, redis)
        assert await screen.reached((lost[1]["epoch"] + 1, 4))
        again = await owned.command("issue", size=1, queues=["sapporo"])
        assert again["offset"] == lost[0]["offset"]  # the very same offset, but of another epoch
        assert again["epoch"] > lost[0]["epoch"]
        assert await screen.reached((again["epoch"], again["offset"]))
        assert len(screen.board.tickets) == 4


async def test_events_that_others_replaced_before_anybody_looked_begin_a_new_epoch(
    owned: RunningServer, redis_url: str
) -> None:
    """The same, but by the time this server is back the journal is as long as it knew it: the offsets alone tell nothing."""
    async with screen_of(owned) as screen, Redis.from_url(redis_url) as redis:
        others = Store(Pipeline(masters.connect(redis_url)), owned.prefix)
        lost = await _two_lost(owned, screen, redis, stopped=True)
        for event in lost:
            issue = Issue(command_id=secrets.token_hex(16), size=2, queues=("otaru",))
            assert (await others.run(owned.fair, issue)).offset == event["offset"]
        await others.close()
        await redis.client_kill_filter(_type="pubsub")  # a failover cuts every connection
        owned.process.send_signal(signal.SIGCONT)
        assert await screen.reached((lost[1]["epoch"] + 1, lost[1]["offset"]))
        assert [party.size for party in screen.board.parties.values()] == [1, 1, 1, 2, 2]


async def _two_lost(server: RunningServer, screen: Screen, redis: Redis, stopped: bool = False) -> list[dict[str, Any]]:
    """Issue three tickets and two more, which the screen sees; then let Redis be as it was after three, ``stopped`` the server."""
    for _ in range(3):
        await server.command("issue", size=1, queues=["sapporo"])
    names = [key for key in Keys(server.prefix, server.fair).fair if await redis.exists(key)]
    replica = {name: await redis.dump(name) or b"" for name in names}
    lost = [await server.command("issue", size=1, queues=["sapporo"]) for _ in range(2)]
    assert await screen.reached((lost[1]["epoch"], lost[1]["offset"]))
    if stopped:
        server.process.send_signal(signal.SIGSTOP)
    async with redis.pipeline(transaction=True) as failover:
        for name, value in replica.items():
            failover.restore(name, 0, value, replace=True)
        await failover.execute()
    return lost


async def test_a_journal_that_contradicts_itself_neither_spins_nor_hangs(redis_url: str, prefix: str) -> None:
    async with running_server(redis_url=redis_url, prefix=prefix) as server:
        for _ in range(3):
            await server.command("issue", size=1, queues=["sapporo"])
        async with screen_of(server) as screen, Redis.from_url(redis_url) as redis:
            await redis.hset(Keys(prefix, server.fair).meta, "offset", "2")  # the stream has more than meta says
            assert await screen.reached((screen.board.epoch + 1, 2))
            watch = Stopwatch()
            assert await server.stop(signal.SIGTERM) == 0
            assert watch.seconds < 5


async def test_a_clean_end_takes_less_than_five_seconds_even_with_a_frozen_reader(data: Path) -> None:
    async with running_server(data=data) as server:
        async with server.socket() as socket:
            await server.command("issue", size=1, queues=["sapporo"])
            watch = Stopwatch()
            assert await server.stop(signal.SIGINT) == 0
            assert watch.seconds < 5
            assert socket.close_code in {None, 1001, 1012, RESTARTING.code, LEAVING.code}
    async with running_server(data=data) as server:
        assert len((await server.get("/board"))["tickets"]) == 1


async def test_processes_show_the_same_board(redis_url: str, prefix: str) -> None:
    async with running_server("--processes", "2", redis_url=redis_url, prefix=prefix) as server:
        url = f"{server.api}/live".replace("http", "ws", 1)
        screens = [Screen(str(n), url) for n in range(12)]
        await asyncio.gather(*(screen.open() for screen in screens))
        answers = await asyncio.gather(*(server.command("issue", size=1, queues=["sapporo"]) for _ in range(60)))
        assert len({answer["parties"][0]["number"] for answer in answers}) == 60
        last = max(answer["offset"] for answer in answers)
        for screen in screens:
            assert await screen.reached((answers[0]["epoch"], last))
        assert all(screen.board == screens[0].board for screen in screens)
        await asyncio.gather(*(screen.close() for screen in screens))
