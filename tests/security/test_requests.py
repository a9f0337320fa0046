"""Requests that no browser makes: too large, along crooked paths, with lines that would become headers. Each gets a plain refusal."""

import gzip
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import pytest

from every_route import Address, addresses
from raw_http import Answer, say
from real import RealServer
from running import Refused
from yobidashi.places import PACKAGE
from yobidashi.staff.permissions import STAFF_MAY
from yobidashi.staff.roles import OF_A_BOOTH, Role
from yobidashi.web.body import FILE_MAX_BYTES

SENT_MB: Final = 96
"""Far more than any body may be; a server that kept it would be seen to."""


async def get(real: RealServer, path: str | bytes, *lines: str | bytes) -> Answer:
    """Ask for a path exactly as it stands."""
    asked = path if isinstance(path, bytes) else path.encode()
    return await say(real.url, b"GET " + asked + b" HTTP/1.1", f"Host: {urlsplit(real.url).netloc}", *lines)


def posts(real: RealServer) -> list[Address]:
    return [address for address in addresses(real.fair, 7) if address.method == "POST"]


# --- bodies ---


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


# --- paths ---

OUT: Final = [
    "../board.py",
    "..%2fboard.py",
    "%2e%2e/board.py",
    "%2e%2e%2fboard.py",
    "..%5cboard.py",
    "..\\board.py",
    "....//board.py",
    "%252e%252e/board.py",
    "./../board.py",
    "x/../../board.py",
    "%c0%ae%c0%ae/board.py",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "look.css%00.py",
    "look.css%00",
    "%00",
    ".",
    "",
    "%",
    "%zz",
    "%ff%fe",
    "a" * 5_000,
    "a/" * 2_000,
    "%e3%81%82" * 300,
    "CON",
    "look.css/x",
]
"""Ways out of a folder of static files, and names that a file system stumbles over."""


@pytest.mark.parametrize("way", OUT, ids=lambda way: way[:24] or "nothing")
async def test_no_path_leads_out_of_the_static_files(real: RealServer, way: str) -> None:
    for mount in ("/static/now/client/", "/static/now/handhelds/", "/static/now/displays/", "/static/now/vendor/"):
        answer = await get(real, mount + way)
        assert answer.status in (400, 404), mount
        assert b"import" not in answer.body
        assert b"root:" not in answer.body
        assert b"Traceback" not in answer.body


async def test_what_lies_beside_the_static_files_is_not_served(real: RealServer) -> None:
    assert (PACKAGE / "live" / "board.py").is_file()
    for path in (
        "/server/yobidashi/app.py",
        "/fair.toml",
        "/.git/config",
        "/keys/",
        "/data/",
        "/.env",
        "/static/",
        "/static",
        "/static/now",
        "/static/now/",
        "/static/client/look.css",
    ):
        assert (await get(real, path)).status == 404, path


CROOKED: Final = [
    "/api/fairs/{fair}%2fstaff",
    "/api/fairs/{fair}/%73taff",
    "/api//fairs/{fair}/staff",
    "//api/fairs/{fair}/staff",
    "/api/fairs/{fair}/staff/",
    "/api/fairs/{fair}/staff%00",
    "/api/fairs/{fair}/staff%20",
    "/api/fairs/{fair}/staff;x=1",
    "/api/fairs/{fair}/./staff",
    "/api/fairs/x/../{fair}/staff",
    "/static/now/client/../../api/fairs/{fair}/staff",
    "/API/fairs/{fair}/staff",
    "/api/fairs/{FAIR}/staff",
    "/api/fairs/{fair}/me/../staff",
    "/api/fairs/{fair}/own-cards/../staff",
    "/sign-in/../staff",
    "/c/../staff",
    "/c/..%2fstaff",
    "/staff/",
    "//staff",
    "/%73taff",
    "/staff%2f",
    "/fairs/{fair}//staff",
    "/fairs/..%2f{fair}/staff",
]
"""Ways to a page of the staff past its guard."""


@pytest.mark.parametrize("path", CROOKED)
async def test_no_crooked_path_goes_past_the_gate(real: RealServer, path: str) -> None:
    filled = path.replace("{fair}", real.fair).replace("{FAIR}", real.fair.upper())
    answer = await get(real, filled)
    assert answer.status in (400, 401, 404, 405) or (answer.status in (303, 307) and b"members" not in answer.body), (
        answer
    )
    assert b"staff.js" not in answer.body
    if answer.status in (303, 307):
        assert urlsplit(answer.headers["location"]).netloc in ("", urlsplit(real.url).netloc)


async def test_a_redirect_never_leads_to_another_host(real: RealServer) -> None:
    """Open redirect: a path that begins with two slashes is an address of another host to a browser."""
    for path in (
        "//elsewhere.example/",
        "//elsewhere.example/%2e%2e/",
        "/\\elsewhere.example/",
        "/%5celsewhere.example/",
        "/%2f%2felsewhere.example/",
    ):
        for method in ("GET", "POST"):
            lines = (f"Host: {urlsplit(real.url).netloc}", "Content-Length: 0")
            answer = await say(real.url, f"{method} {path} HTTP/1.1", *lines)
            where = urlsplit(answer.headers.get("location", ""))
            assert where.netloc in ("", urlsplit(real.url).netloc), answer
            assert not answer.headers.get("location", "").startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "blank", ["%00", "..", "%2e%2e", "A" * 5_000, "'; --", "<script>", "%0d%0aX-Evil:%201", "あ", "*", "{}"]
)
async def test_every_blank_of_every_address_takes_anything(real: RealServer, blank: str) -> None:
    """Whatever stands for an id, the answer is a refusal with a code."""
    client = await real.as_role("chief")
    cookie = "Cookie: " + "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    for address in addresses(real.fair, 7):
        if address.method == "GET" and "A" * 22 in address.path:
            path = address.path.replace("A" * 22, quote(blank, safe="%") if "%" not in blank else blank)
            answer = await get(real, path, cookie)
            assert 400 <= answer.status < 500, path
            assert "x-evil" not in answer.headers
            assert b"<script>" not in answer.body or answer.headers["content-type"] == "application/json"


async def test_a_method_that_a_route_has_not_is_refused(real: RealServer) -> None:
    host = f"Host: {urlsplit(real.url).netloc}"
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"):
        for path in (f"/api/fairs/{real.fair}/staff", "/sign-in", "/static/now/client/look.css"):
            answer = await say(real.url, f"{method} {path} HTTP/1.1", host, "X-Secret: echoed?")
            assert answer.status in (400, 404, 405), (method, path)
            assert b"echoed?" not in answer.body


async def test_a_method_in_a_header_changes_nothing(real: RealServer) -> None:
    for name in ("X-HTTP-Method-Override", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL"):
        answer = await get(real, f"/api/fairs/{real.fair}/staff", f"{name}: POST", f"{name}: /api/fairs")
        assert answer.status == 401


# --- lines that would become headers ---

LINES: Final = ["a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\u2028X-Evil: 1", "a\x00b", "a\x85X-Evil: 1"]


@pytest.mark.parametrize("text", LINES, ids=repr)
async def test_no_text_becomes_a_line_of_the_head(real: RealServer, text: str) -> None:
    """In names, labels and files: what holds a line break is refused, and no header comes of it."""
    days: dict[str, Any] = {"roles": ["guide"], "first": "2020-01-01", "last": "2099-12-31"}
    tries: list[tuple[str, dict[str, Any]]] = [
        ("/staff", {"person": text, **days}),
        ("/devices/invite", {"kind": "handheld", "label": text}),
        (
            "/own-cards",
            {"party": {"adults": 1, "children": 0}, "answers": {"name": text, "kana": text}, "consents": {}},
        ),
    ]
    for path, body in tries:
        sent = {"command_id": secrets.token_hex(16), **body}
        async with real.chief.http.post(real.chief.api + path, json=sent, headers=real.chief.headers) as response:
            assert "X-Evil" not in response.headers
            if text == LINES[-1]:  # a C1 letter is odd, and no line break of HTTP
                assert response.status < 500
            else:
                assert response.status == 422, path


@pytest.mark.parametrize(
    "place",
    ["/{}", "/c/{}", "/booths/{}", "/fairs/{}/calls", "/static/now/client/{}", "/api/fairs/{}", "/api/fairs/{}/staff"],
)
async def test_no_path_becomes_a_line_of_the_head(real: RealServer, place: str) -> None:
    for trick in ("%0d%0aX-Evil:%201", "%0aX-Evil:%201", "%e5%98%8a%e5%98%8dX-Evil:%201", "%0d%0a%0d%0a<script>"):
        answer = await get(real, place.replace("{}", trick))
        assert "x-evil" not in answer.headers
        assert b"<script>" not in answer.body or answer.headers["content-type"] == "application/json"
        assert answer.status < 500


async def test_no_cookie_and_no_origin_becomes_a_line_of_the_head(real: RealServer) -> None:
    for line in (
        "Origin: http://a%0d%0aX-Evil:1",
        "Referer: x%0d%0aX-Evil:1",
        "Cookie: yobi-device-x=%0d%0aX-Evil:1; a=b",
    ):
        answer = await get(real, "/sign-in", line)
        assert answer.status == 200
        assert "x-evil" not in answer.headers


async def test_a_head_that_is_too_long_is_refused(real: RealServer) -> None:
    answer = await get(real, "/sign-in", "X-Long: " + "x" * 200_000)
    assert answer.status < 500
    answer = await get(real, "/sign-in", *(f"X-{n}: {n}" for n in range(2_000)))
    assert answer.status < 500


async def test_the_server_says_not_what_it_is_made_of(real: RealServer) -> None:
    for path in ("/sign-in", "/nothing", f"/api/fairs/{real.fair}/staff"):
        answer = await get(real, path)
        assert not {"server", "x-powered-by"} & set(answer.names)


async def test_a_refusal_shows_nothing_of_the_inside(real: RealServer) -> None:
    with pytest.raises(Refused) as caught:
        await real.chief.post("/exit", party=1, persons="2")
    assert "pydantic" not in str(caught.value.answer).lower()
