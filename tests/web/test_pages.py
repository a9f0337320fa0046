"""The pages as the server gives them: addresses, headers, and what they load."""

import re

import pytest

from running import RunningServer


@pytest.mark.parametrize("path", ["/", "/reception", "/booths/7", "/calls", "/fairs/{fair}", "/fairs/{fair}/calls"])
async def test_every_page_stands_at_the_root_and_under_its_slug(server: RunningServer, path: str) -> None:
    async with server.http.get(server.url + path.replace("{fair}", server.fair)) as response:
        text = await response.text()
        assert response.status == 200
        assert '<html lang="ja"' in text
        policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*(src=|type=\"(importmap|application/json)\"))", text)


async def test_everything_a_page_names_is_served_here(server: RunningServer) -> None:
    for path in ("/", "/reception", "/booths/7", "/calls"):
        async with server.http.get(server.url + path) as response:
            text = await response.text()
        for target in re.findall(r'(?:src|href)="([^"#]+)"', text):
            assert target.startswith("/"), target
            async with server.http.get(server.url + target) as response:
                assert response.status == 200, target


async def test_fonts_are_kept_and_modules_are_asked_for_anew(server: RunningServer) -> None:
    font = "/vendor/@fontsource/biz-udgothic/files/biz-udgothic-latin-700-normal.woff2"
    async with server.http.get(server.url + font) as response:
        assert response.headers["Cache-Control"] == "max-age=86400"
    async with server.http.get(server.url + "/static/client/board.js") as response:
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["Content-Type"].startswith(("text/javascript", "application/javascript"))
        tag = response.headers["ETag"]
    async with server.http.get(server.url + "/static/client/board.js", headers={"If-None-Match": tag}) as response:
        assert response.status == 304


async def test_the_qr_code_leads_to_the_address_the_page_was_reached_by(server: RunningServer) -> None:
    async with server.http.get(server.url + "/", headers={"Host": "192.0.2.7:8000"}) as response:
        assert "/qr.svg" in await response.text()
    async with server.http.get(server.url + "/") as response:
        assert "/qr.svg" not in await response.text()  # this machine alone: no handheld can reach it
    async with server.http.get(server.url + "/qr.svg", headers={"Host": "192.0.2.7:8000"}) as response:
        assert response.headers["Content-Type"].startswith("image/svg+xml")
        assert (await response.read()).startswith((b"<?xml", b"<svg"))
