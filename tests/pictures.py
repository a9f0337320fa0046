"""Takes the README's pictures of a running sample fair: `make pictures`. No test; it stands here for the browser it needs."""

import asyncio
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from chromium import find_chromium
from peopled_fair import BOOTH, PeopledFair, peopled_fair
from real import Client
from running import RunningServer, running_server

FOLDER = Path(__file__).parent / "pictures"
HOUR_MS = 3_600_000


async def main() -> None:
    """Live half an hour of the fair, then photograph every page."""
    FOLDER.mkdir(exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="yobi-"))
    async with running_server(data=data) as server, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        await _busy(server)
        await _take(browser, server, "start", "/", 1280, 800)
        await _take(browser, server, "calls", "/calls", 1920, 1080)
        await _take(browser, server, "calls-portrait", "/calls", 1080, 1920)
        await _take(browser, server, "reception", "/reception", 390, 844)
        await _take(browser, server, "booth-called", "/booths/7", 1024, 768)
        await server.command("start", booth=7)
        await _take(browser, server, "booth-serving", "/booths/7", 390, 844)
        await _burst(browser, server)
        await _guide(browser, server)
        async with peopled_fair(None, data, "見本 太郎", "受付1") as fair:
            await _people(browser, fair)
        await browser.close()


async def _busy(server: RunningServer) -> None:
    """It is 13:20: people wait, most booths talk, some call."""
    chance = random.Random(7)
    fair = await server.get("")
    opens = 1_771_032_600_000  # 2026-02-14 10:30 in Tokyo
    await server.command("set-clock", at=opens + 2 * HOUR_MS, rate=1)
    queues = [queue["id"] for queue in fair["queues"]]
    for number, home in ((19, queues[0]), (20, queues[0]), (21, queues[1]), (25, queues[4])):
        await server.command("assign-booth", booth=number, queue=home)
    for minute in range(50):
        await server.command("set-clock", at=opens + 2 * HOUR_MS + minute * 60_000, rate=1)
        for _ in range(2):
            await server.command("issue", size=chance.choice([1, 1, 2, 2, 3]), queues=chance.sample(queues, 2))
        if minute > 5:
            for booth in chance.sample(range(1, 19), 4):
                await _turn(server, booth)
    for booth in (12, 3, 14, 7):
        await _call(server, booth)


async def _turn(server: RunningServer, booth: int) -> None:
    """One step of a booth's work, whichever it is."""
    row = next(b for b in (await server.get("/board"))["booths"] if b["id"] == booth)
    if row["ticket"] is None:
        await server.try_command("call-next", booth=booth)
        await server.try_command("start", booth=booth)
    else:
        await server.try_command("finish", booth=booth)


async def _call(server: RunningServer, booth: int) -> None:
    await server.try_command("finish", booth=booth)
    await server.try_command("call-next", booth=booth)


async def _take(browser: Browser, server: RunningServer, name: str, path: str, width: int, height: int) -> None:
    page = await browser.new_page(viewport={"width": width, "height": height}, locale="ja-JP")
    await page.goto(server.url + path, wait_until="networkidle")
    await page.screenshot(path=FOLDER / f"{name}.png")
    await page.close()


async def _burst(browser: Browser, server: RunningServer) -> None:
    page = await browser.new_page(viewport={"width": 1920, "height": 1080}, locale="ja-JP")
    await page.goto(server.url + "/calls", wait_until="networkidle")
    await asyncio.gather(*(_call(server, booth) for booth in (2, 4, 6, 9, 10, 14, 16, 18)))
    await page.wait_for_timeout(4_000)  # the new plates blink for three seconds
    await page.screenshot(path=FOLDER / "calls-burst.png")
    await page.close()


async def _guide(browser: Browser, server: RunningServer) -> None:
    """It is 13:20 in another hour of it: long lines here, nobody there; one party is called to booth 7."""
    await server.command("reset")
    await server.command("set-clock", at=1_771_042_800_000, rate=1)  # 2026-02-14 13:20 in Tokyo
    await server.command("assign-booth", booth=19, queue="sapporo")
    lines = {
        "sapporo": 7,
        "otaru": 2,
        "chitose": 2,
        "eniwa": 2,
        "kitahiroshima": 4,
        "settler-b": 3,
        "jobs": 3,
        "living": 2,
    }
    for place in range(7):
        for queue, parties in lines.items():
            if place < parties:
                await server.command("issue", size=1 + place % 3, queues=[queue])
    for booth in (1, 2, 5, 6, 7, 14, 16, 17, 19):
        await server.command("call-next", booth=booth)
        if booth != 7:
            await server.command("start", booth=booth)
    page = await browser.new_page(viewport={"width": 1920, "height": 1080}, locale="ja-JP")
    await page.goto(server.url + "/guide", wait_until="networkidle")
    await page.locator(".offer li[data-queue]").first.wait_for()
    await page.mouse.click(1, 1)  # the hint that a tap lets it be heard is gone
    await server.command("recall", booth=7)
    await page.wait_for_timeout(4_000)  # the call over the video blinks for three seconds
    await page.screenshot(path=FOLDER / "guide.png")
    await page.close()
    await _take(browser, server, "booth-screen", "/booths/7/screen", 1280, 720)


async def _people(browser: Browser, fair: PeopledFair) -> None:
    """What a real fair has and a demonstration has not: people, all of them made up."""
    visitor = await fair.server.client()
    await _take_as(browser, fair, visitor, "reserve", "/reserve", 390, 844)
    await _take_as(browser, fair, visitor, "own-reservation", fair.page("/r/{token}"), 390, 844)
    await _take_as(browser, fair, fair.consultant, "booth-brief", f"/booths/{BOOTH}", 1024, 768, [".brief-open"])
    await _take_as(browser, fair, fair.privacy, "privacy", "/privacy", 1024, 768)


async def _take_as(
    browser: Browser,
    fair: PeopledFair,
    client: Client,
    name: str,
    path: str,
    width: int,
    height: int,
    presses: Sequence[str] = (),
) -> None:
    context = await fair.server.context_as(browser, client)
    page = await context.new_page()
    await page.set_viewport_size({"width": width, "height": height})
    await page.goto(fair.server.url + path, wait_until="networkidle")
    for press in presses:
        await page.locator(press).first.click()
        await page.wait_for_load_state("networkidle")
    await page.evaluate("document.fonts.ready")
    await page.wait_for_timeout(500)  # what was pressed has changed its colour
    await page.screenshot(path=FOLDER / f"{name}.png")
    await context.close()


if __name__ == "__main__":
    asyncio.run(main())
