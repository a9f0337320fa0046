"""Texts that would become lines of a head, heads that are too long, and what an answer says of the server: nothing."""

import secrets
from typing import Any, Final

import pytest

from raw_http import get
from real import RealServer
from running import Refused

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
        answer = await get(real.url, place.replace("{}", trick))
        assert "x-evil" not in answer.headers
        assert b"<script>" not in answer.body or answer.headers["content-type"] == "application/json"
        assert answer.status < 500


async def test_no_cookie_and_no_origin_becomes_a_line_of_the_head(real: RealServer) -> None:
    for line in (
        "Origin: http://a%0d%0aX-Evil:1",
        "Referer: x%0d%0aX-Evil:1",
        "Cookie: yobi-device-x=%0d%0aX-Evil:1; a=b",
    ):
        answer = await get(real.url, "/sign-in", line)
        assert answer.status == 200
        assert "x-evil" not in answer.headers


async def test_a_head_that_is_too_long_is_refused(real: RealServer) -> None:
    answer = await get(real.url, "/sign-in", "X-Long: " + "x" * 200_000)
    assert answer.status < 500
    answer = await get(real.url, "/sign-in", *(f"X-{n}: {n}" for n in range(2_000)))
    assert answer.status < 500


async def test_the_server_says_not_what_it_is_made_of(real: RealServer) -> None:
    for path in ("/sign-in", "/nothing", f"/api/fairs/{real.fair}/staff"):
        answer = await get(real.url, path)
        assert not {"server", "x-powered-by"} & set(answer.names)


async def test_a_refusal_shows_nothing_of_the_inside(real: RealServer) -> None:
    with pytest.raises(Refused) as caught:
        await real.chief.post("/exit", party=1, persons="2")
    assert "pydantic" not in str(caught.value.answer).lower()
