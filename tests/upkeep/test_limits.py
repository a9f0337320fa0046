"""Limits at a real server: a flood from one network address is refused with a clear answer, and nobody else notices.

A reverse proxy on this machine says for whom it asks; so does a test, by the same header.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import aiohttp
import msgpack
import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from card_samples import written
from real import RealServer, real_server
from running import RunningServer, running_server
from yobidashi.live.closing import BAD_FRAME, FULL
from yobidashi.live.incoming import FRAGMENTS_MAX
from yobidashi.live.protocol import PINGS_MAX
from yobidashi.live.wire import encode_hello
from yobidashi.web.buckets import BURST_S

RATE = 5
BURST = int(RATE * BURST_S)
FLOOD = BURST + 3 * RATE
"""Requests one after the other, of which some are refused however slow the machine; each of those waits `HELD_S` for its answer."""
SOCKETS = 3


@pytest_asyncio.fixture(scope="module")
async def limited(redis_url: str) -> AsyncIterator[RealServer]:
    """A real server with small limits, so that a small flood is one."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("YOBIDASHI_ADDRESS_RATE", str(RATE))
        environment.setenv("YOBIDASHI_DEVICE_RATE", "200")
        environment.setenv("YOBIDASHI_ADDRESS_SOCKETS", str(SOCKETS))
        async with real_server(redis_url=redis_url) as server:
            yield server


async def ask(server: RealServer, path: str, address: str, count: int) -> list[tuple[int, str | None, bytes]]:
    """Ask for a page again and again as somebody at ``address``: status, Retry-After, body."""
    headers = {"X-Forwarded-For": address}
    answers = []
    async with aiohttp.ClientSession(headers=headers) as http:
        for _ in range(count):
            async with http.get(server.url + path) as response:
                answers.append((response.status, response.headers.get("Retry-After"), await response.read()))
    return answers


def live(server: RealServer, address: str) -> connect:
    where = f"{server.url}/api/fairs/{server.fair}/live".replace("http", "ws", 1)
    headers = {"X-Forwarded-For": address, "Origin": server.url}
    return connect(where, additional_headers=headers, open_timeout=20, ping_interval=None)


async def test_a_flood_is_refused_with_a_code_a_sentence_and_when_to_come_back(limited: RealServer) -> None:
    answers = await ask(limited, "/api/fairs", "203.0.113.1", FLOOD)
    assert [status for status, _, _ in answers[:BURST]] == [200] * BURST
    again, body = next((again, body) for status, again, body in answers if status == 429)
    told = json.loads(body)
    assert told["code"] == "too_often"
    assert again == str(told["detail"]["wait_s"])
    assert "もう一度お試しください" in told["ja"]
    assert "try again" in told["en"]
    assert (await ask(limited, "/api/fairs", "203.0.113.2", 1))[0][0] == 200  # the house next door
    pages = await ask(limited, "/sign-in", "203.0.113.1", 3 * RATE)
    page = next(page for status, _, page in pages if status == 429)
    assert page.startswith(b"<!doctype html>")


async def test_a_booth_behind_the_address_that_floods_goes_on(limited: RealServer) -> None:
    """The hall's booths and a flooder stand behind one Wi-Fi: the enrolled device has a bucket of its own."""
    booth = await limited.as_role("consultant", booth=1)
    flooder = "203.0.113.3"
    booth.http.headers["X-Forwarded-For"] = flooder
    assert (await booth.page("/booths/1"))[0] == 200
    answers = await ask(limited, "/api/fairs", flooder, FLOOD)
    assert 429 in [status for status, _, _ in answers]
    for _ in range(10):
        await booth.command("pause-booth", booth=1)
        await booth.command("open-booth", booth=1)
    async with booth.socket({"X-Forwarded-For": flooder}) as socket:
        await socket.send(encode_hello(None, 0))
        assert await socket.recv()
    del booth.http.headers["X-Forwarded-For"]


async def test_a_cookie_that_was_made_up_is_nobody_s_and_shares_the_address_s_bucket(limited: RealServer) -> None:
    headers = {"X-Forwarded-For": "203.0.113.4"}
    statuses = []
    async with aiohttp.ClientSession(headers=headers) as http:
        for number in range(FLOOD):
            cookie = {"Cookie": f"yobi-device-{limited.fair}={number:022d}.{'A' * 22}"}
            async with http.get(f"{limited.url}/api/fairs", headers=cookie) as response:
                statuses.append(response.status)
    assert statuses[0] == 200
    assert 429 in statuses


async def test_the_addresses_of_one_ipv6_household_are_one(limited: RealServer) -> None:
    async with aiohttp.ClientSession() as http:

        async def status(number: int) -> int:
            headers = {"X-Forwarded-For": f"2001:db8:0:1::{number:x}"}
            async with http.get(f"{limited.url}/api/fairs", headers=headers) as response:
                return response.status

        statuses = await asyncio.gather(*(status(number) for number in range(1, 4 * BURST)))
    assert statuses.count(429) > BURST
    assert (await ask(limited, "/api/fairs", "2001:db8:0:2::1", 1))[0][0] == 200


async def test_one_address_keeps_so_many_sockets_and_the_next_is_told_to_come_back_later(limited: RealServer) -> None:
    """A real server turns strangers away right after the handshake, so the sockets here are of visits."""
    reception = await limited.as_role("reception")
    address = "203.0.113.5"
    token = await _visit(limited)
    where = f"{limited.url}/api/fairs/{limited.fair}/visits/{token}/live".replace("http", "ws", 1)
    async with AsyncExitStack() as stack:
        for _ in range(SOCKETS):
            socket = await stack.enter_async_context(_listening(where, address, limited.url))
            await socket.send(encode_hello(None, 0))
            assert await socket.recv()
        async with _listening(where, address, limited.url) as one_more:
            with pytest.raises(ConnectionClosed):
                await one_more.recv()
            assert one_more.close_code == FULL.code
        async with _listening(where, "203.0.113.6", limited.url) as elsewhere:
            await elsewhere.send(encode_hello(None, 0))
            assert await elsewhere.recv()
        async with reception.socket() as enrolled:
            await enrolled.send(encode_hello(None, 0))
            assert await enrolled.recv()
    async with asyncio.timeout(20):  # once they are gone there is room again
        while True:
            async with _listening(where, address, limited.url) as later:
                await later.send(encode_hello(None, 0))
                try:
                    assert await later.recv()
                except ConnectionClosed:
                    continue
                return


async def test_a_flood_of_handshakes_is_refused_before_it_costs_a_socket(limited: RealServer) -> None:
    refused = None
    for _ in range(BURST + 20):
        try:
            async with live(limited, "203.0.113.7") as socket:
                await socket.close()
        except InvalidStatus as answer:
            refused = answer.response
            break
    assert refused is not None
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1


async def test_what_says_how_the_process_is_has_no_limit(limited: RealServer) -> None:
    answers = await ask(limited, "/healthz", "203.0.113.8", BURST + 20)
    assert {status for status, _, _ in answers} == {200}


@pytest_asyncio.fixture(scope="module")
async def small(redis_url: str) -> AsyncIterator[RunningServer]:
    """A demonstration that takes three sockets at once."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("YOBIDASHI_SOCKETS", str(SOCKETS))
        async with running_server(redis_url=redis_url, prefix="small-limits") as server:
            yield server


async def test_a_process_has_so_many_sockets_from_this_machine_too(small: RunningServer) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(SOCKETS):
            socket = await stack.enter_async_context(small.socket())
            await socket.send(encode_hello(None, 0))
            assert await socket.recv()
        async with small.socket() as one_more:
            with pytest.raises(ConnectionClosed):
                await one_more.recv()
            assert one_more.close_code == FULL.code


async def closed_after(socket: ClientConnection) -> int | None:
    """Read until the server closes; give its code."""
    try:
        while True:
            await asyncio.wait_for(socket.recv(), 20)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


async def test_a_flood_of_pings_ends_the_socket_that_sends_it(server: RunningServer) -> None:
    async with server.socket() as socket, server.socket() as other:
        for each in (socket, other):
            await each.send(encode_hello(None, 0))
            await each.recv()
        for _ in range(PINGS_MAX + 1):
            socket.protocol.send_ping(b"flood")
        socket.transport.writelines(socket.protocol.data_to_send())
        assert await closed_after(socket) == 1008
        await other.ping()
        await server.command("issue", size=1, queues=["sapporo"])
        assert await other.recv()


async def test_a_message_in_very_many_pieces_ends_the_socket_that_sends_it(server: RunningServer) -> None:
    async with server.socket() as socket:
        socket.protocol.send_binary(b"", fin=False)
        for _ in range(FRAGMENTS_MAX + 1):
            socket.protocol.send_continuation(b"", fin=False)
        socket.transport.writelines(socket.protocol.data_to_send())
        assert await closed_after(socket) == 1009


async def test_a_frame_that_is_too_large_is_answered_before_it_is_read(server: RunningServer) -> None:
    async with server.socket() as socket:
        await socket.send(b"x" * 5_000)
        assert await closed_after(socket) == 1009


async def test_after_the_hello_every_message_is_one_too_many(server: RunningServer) -> None:
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        await socket.recv()
        await socket.send(msgpack.packb(["call-next", 1]))
        assert await closed_after(socket) == BAD_FRAME.code


async def test_bytes_that_are_no_frames_end_the_connection(server: RunningServer) -> None:
    where = urlsplit(server.url)
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        await socket.recv()
        assert where.port is not None
        socket.transport.write(b"\xff" * 512)
        assert await closed_after(socket) in (1002, 1006, None)
    assert (await server.get("/board"))["live"]


def _listening(where: str, address: str, origin: str) -> connect:
    headers = {"X-Forwarded-For": address, "Origin": origin}
    return connect(where, additional_headers=headers, open_timeout=20, ping_interval=None)


async def _visit(server: RealServer) -> str:
    """Give the link's token of a party that waits."""
    reception = await server.as_role("reception")
    card = (await reception.post("/cards", **written()))["id"]
    event = await reception.command("issue", card=card, queues=["sapporo"])
    token: str = (await reception.post(f"/parties/{event['parties'][0]['id']}/link"))["token"]
    return token
