"""Bodies that no browser sends: too large, of two lengths, of endless depth, packed. Each gets a plain refusal."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from every_route import Address, addresses
from raw_http import say
from real import RealServer
from yobidashi.staff.permissions import STAFF_MAY
from yobidashi.staff.roles import OF_A_BOOTH, Role
from yobidashi.web.body import FILE_MAX_BYTES

SENT_MB: Final = 96
"""Far more than any body may be; a server that kept it would be seen to."""


def posts(real: RealServer) -> list[Address]:
    return [address for address in addresses(real.fair, 7) if address.method == "POST"]


async def test_an_oversized_body_is_refused_by_its_length_alone(real: RealServer) -> None:
    """Declared too large, it is refused before a byte of it is sent: on every route that takes one, as who may send there."""
    refused: dict[str, set[int]] = {}
    for address in posts(real):
        if (who := sender(address)) is None:
            continue
        client = await real.as_role(*who)
        lines = [f"{name}: {value}" for name, value in client.headers.items()]
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in client.cookies.items()))
        for media in ("application/json", "application/octet-stream"):
            answer = await say(
                real.url,
                f"POST {address.path}?command_id=0123456789abcdef&mode=check HTTP/1.1",
                f"Host: {urlsplit(real.url).netloc}",
                f"Content-Type: {media}",
                f"Content-Length: {FILE_MAX_BYTES * 50}",
                *lines,
            )
            refused.setdefault(str(address), set()).add(answer.status)
    assert {name: seen for name, seen in refused.items() if 413 not in seen} == {}
    assert {name: seen for name, seen in refused.items() if not seen <= {413, 415}} == {}


def sender(address: Address) -> tuple[str, int | None] | None:
    """Give a role (and booth) that may do what this address does, a reception for what everybody may; None: nobody may."""
    for role in (Role.RECEPTION, Role.CHIEF, Role.PRIVACY, Role.CONSULTANT):
        if address.act in STAFF_MAY[role]:
            return role, 7 if role in OF_A_BOOTH else None
    return None


@pytest.mark.parametrize("path", ["/exit", "/own-cards", "/staff/import?command_id=0123456789abcdef"])
async def test_an_oversized_body_without_a_length_is_not_kept(real: RealServer, path: str) -> None:
    """What comes after the limit is thrown away as it comes: the server does not grow by it."""
    client = await real.as_role("chief")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(SENT_MB * 16):
            yield b"x" * 65_536

    media = "application/octet-stream" if "import" in path else "application/json"
    headers = {**client.headers, "Content-Type": media}
    before = memory_mb(real)
    async with client.http.post(client.api + path, data=endless(), headers=headers) as response:
        assert (response.status, (await response.json())["code"]) == (413, "too_large")
    assert memory_mb(real) - before < SENT_MB / 4


def memory_mb(real: RealServer) -> float:
    """Give the most memory that the server has had; 0 where this system does not tell."""
    status = Path(f"/proc/{real.serving.process.pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "10, 20", "99999999999999999999999999", "²", ""])
async def test_a_length_that_is_no_length_ends_nothing(real: RealServer, length: str) -> None:
    lines = (f"Host: {urlsplit(real.url).netloc}", "Content-Type: application/json", f"Content-Length: {length}")
    answer = await say(real.url, f"POST /api/fairs/{real.fair}/own-cards HTTP/1.1", *lines, body=b"{}")
    assert 400 <= answer.status < 500


async def test_a_body_with_two_lengths_is_not_read_as_two_requests(real: RealServer) -> None:
    """Request smuggling: what one side takes for a body, the other would take for a second request."""
    second = f"GET /api/fairs HTTP/1.1\r\nHost: {urlsplit(real.url).netloc}\r\n\r\n".encode()
    lines = (f"Host: {urlsplit(real.url).netloc}", "Content-Type: application/json")
    path = f"POST /api/fairs/{real.fair}/own-cards HTTP/1.1"
    for more in (
        ("Transfer-Encoding: chunked", f"Content-Length: {len(second) + 5}"),
        (f"Content-Length: {len(second) + 5}", "Content-Length: 5"),
        ("Transfer-Encoding: xchunked",),
    ):
        answer = await say(real.url, path, *lines, *more, body=b"0\r\n\r\n" + second)
        assert 400 <= answer.status < 500, more
        assert b'"fairs"' not in answer.body, more


@pytest.mark.parametrize("deep", ["[" * 2_000, '{"a":' * 600, '{"command_id": "' + "a" * 3_000])
async def test_json_that_is_all_depth_is_refused(real: RealServer, deep: str) -> None:
    client = await real.as_role("reception")
    headers = {**client.headers, "Content-Type": "application/json"}
    async with client.http.post(client.api + "/exit", data=deep.encode(), headers=headers) as response:
        assert response.status in (400, 422)


async def test_a_body_that_is_packed_is_not_unpacked(real: RealServer) -> None:
    client = await real.as_role("reception")
    body = gzip.compress(b'{"command_id": "' + b"a" * 10_000_000 + b'"}')[:4_000]
    headers = {**client.headers, "Content-Type": "application/json", "Content-Encoding": "gzip"}
    async with client.http.post(client.api + "/exit", data=body, headers=headers) as response:
        assert response.status == 400


@pytest.mark.parametrize("number", [0, 1, 2**53 - 1, 10**15, 10**16, 2**63, 2**64, 10**40, -1])
@pytest.mark.parametrize("path", ["/journal?after={}", "/journal?limit={}", "/audit?before={}"])
async def test_the_ends_of_every_number_are_answered(real: RealServer, path: str, number: int) -> None:
    """A store that takes an end for a mistake is not asked: nobody is told that it is away."""
    async with real.chief.http.get(real.chief.api + path.format(number)) as response:
        assert response.status in (200, 422)
