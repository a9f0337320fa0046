"""Paths that no page links to: out of the static files, past the gate, to another host. None leads anywhere."""

from typing import Final
from urllib.parse import quote, urlsplit

import pytest

from every_route import addresses
from raw_http import get, say
from real import RealServer
from yobidashi.places import PACKAGE

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
        answer = await get(real.url, mount + way)
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
        assert (await get(real.url, path)).status == 404, path


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
    answer = await get(real.url, filled)
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
            answer = await get(real.url, path, cookie)
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
        answer = await get(real.url, f"/api/fairs/{real.fair}/staff", f"{name}: POST", f"{name}: /api/fairs")
        assert answer.status == 401
