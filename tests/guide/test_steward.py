"""The steward at real servers: every page is told the same guide, and what the house has to do is done once, however many processes do it."""

import secrets
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection

from running import Refused, RunningServer, running_server
from yobidashi.live.guide import Level
from yobidashi.live.wire import Told, decode_frame, encode_hello

OPENS: Final = 1_771_032_600_000
"""10:30 of the sample fair's day in Tokyo, ms."""

MINUTE: Final = 60_000
FIT_ONLY: Final = OPENS + 6 * 60 * MINUTE
"""16:30."""


GUIDE_S: Final = 0.5
"""Between two looks at the fair, s."""

Two: TypeAlias = tuple[RunningServer, RunningServer]


@pytest_asyncio.fixture(scope="module")
async def both(redis_url: str) -> AsyncIterator[Two]:
    """Two processes of one demonstration."""
    prefix = f"t{secrets.token_hex(6)}"
    async with (
        running_server(redis_url=redis_url, prefix=prefix, guide_s=GUIDE_S) as one,
        running_server(redis_url=redis_url, prefix=prefix, guide_s=GUIDE_S) as other,
    ):
        yield one, other


@pytest_asyncio.fixture
async def two(both: Two) -> Two:
    """Both, with an empty fair, in a new epoch."""
    epoch = (await both[0].command("reset"))["epoch"]
    for server in both:
        while (await server.get("/board"))["epoch"] != epoch:
            pass  # the reset reaches each board through the journal
    return both


@pytest.fixture
def server(two: Two) -> RunningServer:
    """One of them."""
    return two[0]


async def at(server: RunningServer, fair_now: int) -> None:
    """Set the fair's clock to a time of its day."""
    await server.command("set-clock", at=fair_now, rate=1)


@asynccontextmanager
async def page_of(server: RunningServer) -> AsyncIterator[ClientConnection]:
    """Give the socket of a new page."""
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        yield socket


async def told(socket: ClientConnection) -> bytes:
    """Give the next guide's frame, as it came."""
    while True:
        frame = await socket.recv(decode=False)
        if isinstance(decode_frame(frame), Told):
            return frame


async def event_of(server: RunningServer, kind: str) -> dict[str, Any]:
    """Wait until the journal has an event of a kind."""
    while not (found := await events_of(server, kind)):
        pass
    return found[0]


async def events_of(server: RunningServer, *kinds: str) -> list[dict[str, Any]]:
    events = (await server.get("/journal"))["events"]
    return [event for event in events if event["kind"] in kinds]


async def given_up(server: RunningServer) -> list[dict[str, Any]]:
    events = await events_of(server, "cancelled")
    return [event for event in events if event["tickets"][0]["reason"] == "no_answer"]


async def looks(servers: Iterable[RunningServer]) -> None:
    """Wait until every process has looked three times: each time a ticket waits or does not, so the guide is another."""
    servers = list(servers)
    event = await servers[0].command("issue", size=1, queues=["bus"])
    ticket = event["tickets"][0]["id"]
    await looked(servers, event)
    for command in ("hold", "restore"):
        event = await servers[0].command(command, ticket=ticket)
        await looked(servers, event)
    await servers[0].command("cancel", ticket=ticket, reason="other")


async def looked(servers: Iterable[RunningServer], event: Mapping[str, Any]) -> None:
    """Wait until every process has told a guide that rests on the board after ``event``."""
    for server in servers:
        async with page_of(server) as page:
            while (found := decode_frame(await told(page))).epoch != event["epoch"] or found.offset < event["offset"]:
                pass


async def test_every_page_of_a_process_is_told_the_same_guide(server: RunningServer) -> None:
    async with page_of(server) as early:
        await told(early)
        event = await server.command("issue", size=2, queues=["sapporo", "otaru"])
        frame = await told(early)
        while (found := decode_frame(frame)).offset < event["offset"]:
            frame = await told(early)
        async with page_of(server) as late:
            assert await told(late) == frame
    assert isinstance(found, Told)
    assert set(found.guide.tickets) == {ticket["id"] for ticket in event["tickets"]}
    assert found.guide.queues["sapporo"].ahead == 1
    assert found.guide.queues["ebetsu"].level is Level.QUIET


async def test_the_floor_manager_reads_the_guide_with_its_means(server: RunningServer) -> None:
    for _ in range(4):
        await server.command("issue", size=1, queues=["sapporo"])
    guide = await server.get("/guide")
    while len(guide["tickets"]) < 4:
        guide = await server.get("/guide")
    sapporo = next(queue for queue in guide["queues"] if queue["id"] == "sapporo")
    assert sapporo["ahead"] == 4
    assert sapporo["mean_ms"] > 12 * MINUTE
    assert sapporo["band"]["low_min"] <= sapporo["mean_ms"] / MINUTE <= sapporo["band"]["high_min"]
    means = [ticket["mean_ms"] for ticket in guide["tickets"]]
    assert means == sorted(means)
    await server.command("call-next", booth=1)
    while not (accuracy := (await server.get("/guide"))["accuracy"])["estimate"]["count"]:
        pass
    assert accuracy["queues"]["sapporo"]["count"] == 1
    assert accuracy["estimate"]["coverage"] == 1, "who comes to a free booth is called at once"


async def test_who_stays_absent_is_given_up_once(two: Two) -> None:
    one, other = two
    await at(one, OPENS)
    issued = await one.command("issue", size=1, queues=["sapporo"])
    await one.command("call-next", booth=1)
    await one.command("absent", booth=1)
    await one.command("set-clock", at=OPENS + 29 * MINUTE, rate=1)
    await looks(two)
    assert await given_up(one) == [], "not before its time"
    await one.command("set-clock", at=OPENS + 32 * MINUTE, rate=1)
    while not (events := await given_up(one)):
        pass
    assert [ticket["id"] for ticket in events[0]["tickets"]] == [issued["tickets"][0]["id"]]
    await other.command("undo", offset=events[0]["offset"])
    await looks(two)
    assert len(await given_up(one)) == 1, "whoever takes it back means it"


async def test_only_what_still_fits_is_issued_and_a_line_may_be_reopened(two: Two) -> None:
    one, other = two
    await at(one, FIT_ONLY - 5 * MINUTE)
    for _ in range(4):
        await one.command("issue", size=1, queues=["sapporo"])
    await looks(two)
    assert await events_of(one, "issuing_stopped") == [], "not before its time"
    await one.command("set-clock", at=FIT_ONLY, rate=1)
    stopped = await event_of(one, "issuing_stopped")
    assert [queue["id"] for queue in stopped["queues"]] == ["sapporo"]
    with pytest.raises(Refused) as refused:
        await other.command("issue", size=1, queues=["sapporo"])
    assert refused.value.code == "issuing_stopped"
    await one.command("reopen-issuing", queue="sapporo")
    await one.command("issue", size=1, queues=["sapporo"])
    await looks(two)
    named = [event["queues"][0]["id"] for event in await events_of(one, "issuing_stopped")]
    assert named.count("sapporo") == 1


async def test_two_processes_make_each_offer_once(two: Two) -> None:
    one, other = two
    await at(one, OPENS)
    for _ in range(8):
        await one.command("issue", size=1, queues=["sapporo"])
    first = await event_of(other, "offered")
    await looks(two)
    offers = [event["offers"][0] for event in await events_of(one, "offered")]
    assert len({offer["ticket"] for offer in offers}) == len(offers), "nobody is asked twice"
    assert len({offer["queue"] for offer in offers}) > 1, "spread over several quiet queues"
    offer = first["offers"][0]
    await other.command("decline-offer", offer=offer["id"], answer="keep")
    await one.command("set-clock", at=OPENS + 25 * MINUTE, rate=1)
    await looks(two)
    again = [event["offers"][0] for event in await events_of(one, "offered")]
    assert [o for o in again if o["ticket"] == offer["ticket"]] == [offer], "a refusal is remembered"
    open_now = [o for o in again if o["at"] >= OPENS + 25 * MINUTE]
    assert len({o["ticket"] for o in open_now}) == len(open_now) > 0, "who said nothing is asked once more, and once"


async def test_a_day_that_is_played_fast_is_left_to_who_plays_it(server: RunningServer) -> None:
    await at(server, FIT_ONLY)
    await server.command("set-clock", at=FIT_ONLY + 29 * MINUTE, rate=0)
    await looks([server])
    assert await events_of(server, "issuing_stopped", "offered") == []
