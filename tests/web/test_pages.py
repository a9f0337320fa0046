"""The pages as the server gives them: addresses, headers, and what they load."""

import re
from pathlib import Path

import pytest

from running import RunningServer
from yobidashi.web import statics
from yobidashi.web.statics import Statics

AT_ROOT = ["/", "/reception", "/booths/7", "/calls", "/guide", "/booths/7/screen"]


@pytest.mark.parametrize(
    "path", [*AT_ROOT, "/fairs/{fair}", "/fairs/{fair}/calls", "/fairs/{fair}/guide", "/fairs/{fair}/booths/7/screen"]
)
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
    for path in AT_ROOT:
        async with server.http.get(server.url + path) as response:
            text = await response.text()
        for target in re.findall(r'(?:src|href)="([^"#]+)"', text):
            assert target.startswith("/"), target
            async with server.http.get(server.url + target) as response:
                assert response.status == 200, target


async def test_a_booth_that_is_not_there_has_no_screen(server: RunningServer) -> None:
    async with server.http.get(server.url + "/booths/999/screen") as response:
        assert response.status == 404


KEPT = "public, max-age=31536000, immutable"


async def test_what_a_page_names_is_kept_for_good(server: RunningServer) -> None:
    """Opened again, a page asks for itself alone: its modules, sheets and fonts never change under their addresses."""
    async with server.http.get(server.url + "/reception") as response:
        named = re.findall(r'(?:src|href)="(/static/[^"]+)"', await response.text())
    assert any(path.endswith(".js") for path in named)
    assert any(path.endswith(".woff2") for path in named)
    for path in named:
        async with server.http.get(server.url + path) as response:
            assert response.headers["Cache-Control"] == KEPT, path


def test_a_page_can_name_every_module_it_needs() -> None:
    names = Statics().modules("handhelds/visitor.js")
    folders = {name.split("/")[3] for name in names}
    assert folders == {"client", "handhelds", "vendor"}
    assert len(set(names)) == len(names) > 20
    for name in names:
        folder, _, path = name.removeprefix("/static/").partition("/")[2].partition("/")
        assert (statics.FOLDERS[folder] / path).is_file(), name


async def test_an_edition_that_is_no_more_still_finds_its_files_but_keeps_nothing(server: RunningServer) -> None:
    module = server.url + "/static/now/client/board.js"
    async with server.http.get(module) as response:
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["Content-Type"].startswith(("text/javascript", "application/javascript"))


async def test_what_is_not_there_is_never_kept(server: RunningServer) -> None:
    async with server.http.get(f"{server.url}{Statics().base}/client/nothing.js") as response:
        assert response.status == 404
        assert response.headers.get("Cache-Control") != KEPT


def test_an_edition_has_the_name_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "look.css").write_text("a { color: red }")
    monkeypatch.setitem(statics.FOLDERS, "displays", tmp_path)
    first = statics.edition()
    assert statics.edition() == first
    (tmp_path / "look.css").write_text("a { color: tan }")
    second = statics.edition()
    (tmp_path / "look.css").rename(tmp_path / "view.css")
    assert len({first, second, statics.edition()}) == 3


async def test_the_qr_code_leads_to_the_address_the_page_was_reached_by(server: RunningServer) -> None:
    async with server.http.get(server.url + "/", headers={"Host": "192.0.2.7:8000"}) as response:
        assert "/qr.svg" in await response.text()
    async with server.http.get(server.url + "/") as response:
        assert "/qr.svg" not in await response.text()  # this machine alone: no handheld can reach it
    async with server.http.get(server.url + "/qr.svg", headers={"Host": "192.0.2.7:8000"}) as response:
        assert response.headers["Content-Type"].startswith("image/svg+xml")
        assert (await response.read()).startswith((b"<?xml", b"<svg"))
