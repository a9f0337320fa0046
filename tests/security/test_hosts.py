"""A Host that is somebody else's: nothing is answered under it, and it stands in no link and no QR code."""

import asyncio
import re
from typing import Final
from urllib.parse import urlsplit

import pytest

from every_route import OPEN_TO_ALL, addresses
from raw_http import say
from real import RealServer, real_server
from running import RunningServer
from yobidashi.queue.errors import CODES

MISDIRECTED: Final = CODES["unknown_host"].status

FORGED: Final = [
    "elsewhere.example",
    "elsewhere.example:{port}",
    "127.0.0.1.elsewhere.example:{port}",
    "127.0.0.1:{port}@elsewhere.example",
    "elsewhere.example/127.0.0.1",
    "localhost.elsewhere.example",
    "127.0.0.1:{port}, elsewhere.example",
    '"><script>alert(1)</script>',
    "127.0.0.1:999999999",
    "999.1.1.1",
    "",
    "[::1",
    "[elsewhere]",
    " ",
]


def port_of(url: str) -> str:
    return str(urlsplit(url).port)


@pytest.mark.parametrize("host", FORGED)
async def test_a_forged_host_is_answered_nothing(real: RealServer, host: str) -> None:
    forged = host.replace("{port}", port_of(real.url))
    for path in ("/sign-in", "/card", "/qr.svg", "/static/now/client/look.css", "/api/fairs"):
        answer = await say(real.url, f"GET {path} HTTP/1.1", f"Host: {forged}")
        assert answer.status in (MISDIRECTED, 400), path
        assert b"elsewhere.example" not in answer.body
        assert b"<script>" not in answer.body


async def test_a_second_host_or_none_is_answered_nothing(real: RealServer) -> None:
    own = f"Host: {urlsplit(real.url).netloc}"
    for lines in ((own, "Host: elsewhere.example"), ("Host: elsewhere.example", own), ()):
        answer = await say(real.url, "GET /sign-in HTTP/1.1", *lines)
        assert answer.status in (MISDIRECTED, 400)
    answer = await say(real.url, "GET http://elsewhere.example/sign-in HTTP/1.1", own)
    assert b"elsewhere.example" not in answer.body


async def test_no_route_is_answered_under_a_forged_host(real: RealServer) -> None:
    async def status(method: str, path: str) -> int:
        length = ["Content-Length: 0"] if method == "POST" else []
        return (await say(real.url, f"{method} {path} HTTP/1.1", "Host: elsewhere.example", *length)).status

    every = addresses(real.fair, 1)
    assert set(await asyncio.gather(*(status(a.method, a.path) for a in every))) == {MISDIRECTED}
    for path in OPEN_TO_ALL:
        assert await status("GET", path) == 200


async def test_a_websocket_under_a_forged_host_is_not_opened(real: RealServer) -> None:
    upgrade = (
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )
    answer = await say(real.url, f"GET /api/fairs/{real.fair}/live HTTP/1.1", "Host: elsewhere.example", *upgrade)
    assert answer.status == 403


async def test_a_forwarded_host_is_not_believed(real: RealServer) -> None:
    headers = {
        **real.chief.headers,
        "X-Forwarded-Host": "elsewhere.example",
        "Forwarded": "host=elsewhere.example",
        "X-Host": "elsewhere.example",
    }
    body = {"command_id": "forwarded-host-0001", "kind": "handheld", "label": "端末"}
    async with real.chief.http.post(real.chief.api + "/devices/invite", json=body, headers=headers) as response:
        assert (await response.json())["url"].startswith(real.url + "/enrol#")


async def test_a_demonstration_is_no_page_of_another_name_either(server: RunningServer) -> None:
    answer = await say(server.url, "GET / HTTP/1.1", "Host: elsewhere.example")
    assert answer.status == MISDIRECTED
    assert "YOBIDASHI_NAMES" in answer.body.decode()


async def test_it_answers_under_its_addresses_and_the_names_it_is_told(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOBIDASHI_NAMES", "fair.example.jp, Hall-1.local")
    async with real_server(redis_url=redis_url) as server:
        for host in (
            "fair.example.jp",
            "FAIR.example.jp:443",
            "hall-1.local",
            "localhost",
            "192.0.2.7:8000",
            "[2001:db8::1]:80",
        ):
            answer = await say(server.url, "GET /card.svg HTTP/1.1", f"Host: {host}")
            assert answer.status == 200, host
        answer = await say(server.url, "GET /card/poster HTTP/1.1", "Host: fair.example.jp")
        assert re.search(r"http://fair\.example\.jp/card\b", answer.body.decode())
