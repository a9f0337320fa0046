"""The video for those who wait: a real one, made by the browser itself, served by a real server, played, covered and lowered."""

import base64
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from fair_text import FairText
from running import RunningServer, running_server

RECORD = """async () => {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 64
  const paint = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm' })
  const parts = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const ended = new Promise(done => (recorder.onstop = done))
  recorder.start()
  for (let frame = 0; frame < 30; frame += 1) {
    paint.fillStyle = `hsl(${frame * 12} 80% 50%)`
    paint.fillRect(0, 0, 64, 64)
    await new Promise(requestAnimationFrame)
  }
  recorder.stop()
  await ended
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return btoa(String.fromCharCode(...bytes))
}"""
"""Half a second of changing colours, as base64."""

PLAYS = "() => { const v = document.querySelector('video'); return !v.hidden && !v.paused && v.currentTime > 0 }"


@pytest_asyncio.fixture(scope="module")
async def film(browser: Browser) -> bytes:
    """A small video."""
    page = await browser.new_page()
    encoded: str = await page.evaluate(RECORD)
    await page.close()
    return base64.b64decode(encoded)


@pytest_asyncio.fixture(scope="module")
async def served(film: bytes, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningServer]:
    """The sample fair with a video."""
    folder = tmp_path_factory.mktemp("film")
    (folder / "pr.webm").write_bytes(film)
    fair = FairText.sample().add("[video]", 'file = "pr.webm"').write(folder)
    prefix = f"t{secrets.token_hex(6)}"
    async with running_server(str(fair), redis_url=redis_url, prefix=prefix) as server:
        yield server


async def opened(browser: Browser, server: RunningServer, path: str) -> Page:
    page = await browser.new_page(viewport={"width": 1920, "height": 1080})
    await page.goto(server.url + path)
    return page


async def test_the_hub_serves_it_whole_and_in_parts(served: RunningServer, film: bytes) -> None:
    address = f"{served.url}/video/{served.fair}"
    async with served.http.get(address) as response:
        assert (response.status, response.headers["Content-Type"]) == (200, "video/webm")
        assert response.headers["Accept-Ranges"] == "bytes"
        assert await response.read() == film
    async with served.http.get(address, headers={"Range": "bytes=10-19"}) as response:
        assert response.status == 206
        assert response.headers["Content-Range"] == f"bytes 10-19/{len(film)}"
        assert await response.read() == film[10:20]
    async with served.http.get(f"{served.url}/video/nowhere") as response:
        assert response.status == 404


async def test_a_fair_without_a_video_has_none_to_serve(server: RunningServer) -> None:
    async with server.http.get(f"{server.url}/video/{server.fair}") as response:
        assert response.status == 404


async def test_the_guide_plays_it_and_lowers_it_before_the_chime(served: RunningServer, browser: Browser) -> None:
    page = await opened(browser, served, "/guide")
    await page.wait_for_function(PLAYS)
    assert await page.evaluate("document.querySelector('video').muted") is False
    assert await page.evaluate("document.querySelector('video').volume") == 1
    await page.evaluate(
        "document.addEventListener('chimed', () => (window.volume = document.querySelector('video').volume))"
    )
    await served.command("issue", size=1, queues=["otaru"])
    await served.command("call-next", booth=2)
    await expect(page.locator(".laid")).to_have_count(1)
    await page.wait_for_function("window.volume !== undefined")
    assert await page.evaluate("window.volume") < 0.5
    over = await page.evaluate(
        "(([x, y]) => document.elementFromPoint(x, y).closest('.laid') !== null)"
        "((({left, bottom}) => [left + 20, bottom - 20])(document.querySelector('.screening').getBoundingClientRect()))"
    )
    assert over, "the call lies over the video"
    await served.command("start", booth=2)
    await expect(page.locator(".laid")).to_have_count(0)
    assert await page.evaluate("document.querySelector('video').volume") == 1
    await page.close()


async def test_a_spare_plays_it_without_sound_until_it_opens(served: RunningServer, browser: Browser) -> None:
    page = await opened(browser, served, "/booths/30/screen")
    await page.wait_for_function(PLAYS)
    await page.mouse.click(100, 100)
    assert await page.evaluate("document.querySelector('video').muted") is True
    await served.command("assign-booth", booth=30, queue="otaru")
    await expect(page.locator("h1")).to_have_text("小樽市")
    assert await page.locator("video").count() == 0
    await served.command("close-booth", booth=30)
    await page.close()


async def test_a_broken_video_is_never_seen(browser: Browser, redis_url: str, tmp_path: Path) -> None:
    (tmp_path / "pr.mp4").write_bytes(b"no film at all")
    fair = FairText.sample().add("[video]", 'file = "pr.mp4"').write(tmp_path)
    async with running_server(str(fair), redis_url=redis_url, prefix=f"t{secrets.token_hex(6)}") as server:
        page = await opened(browser, server, "/guide")
        await page.wait_for_function("document.querySelector('video').error !== null")
        await expect(page.locator("video")).to_be_hidden()
        await expect(page.locator(".still")).to_contain_text("バスのお仕事")
        await page.close()
