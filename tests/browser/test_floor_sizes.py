"""The floor manager's page on every screen it is used on, in every state: everything has its place, and what is not known is not acted on."""

import re
from typing import Any

from playwright.async_api import Browser, expect
from redis import Redis

from floor_page import AUDIT, DESK, MINUTE, PHONE, PLACES, SIZES, TABLET, OpenFloor, act, issue
from guided import CROWDED, Guided
from real import RealServer
from running import RunningServer
from yobidashi.staff.keys import StaffKeys


async def test_a_page_that_does_not_know_lights_nothing_and_acts_on_nothing(
    server: RunningServer, floor: OpenFloor
) -> None:
    page = await floor(at=60)
    guided = Guided(server, page)
    await guided.begin()
    await issue(server, "otaru")
    await server.command("call-next", booth=2)
    await page.locator('.chip[data-state="called"]').wait_for()
    await guided.advise(otaru=(15, 20, CROWDED))
    await expect(page.locator('[data-queue="otaru"] .cell-band')).to_have_text("約15〜20分")
    await page.locator('.queue-cell[data-queue="otaru"]').click()
    await act(page, "lend").wait_for()
    await guided.lose()
    await expect(page.locator(".stale-bar")).to_contain_text("更新停止中")
    await expect(page.locator(".panel [data-act]")).to_have_count(0)
    assert await page.evaluate(AUDIT) == []
    await guided.pass_time(61_000)
    await expect(page.locator('[data-queue="otaru"] .cell-band')).to_have_text(re.compile(r"^\d\d:\d\d時点$"))


async def test_everything_has_its_place_on_every_screen(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    await page.emulate_media(reduced_motion="reduce")

    async def turn(size: tuple[int, int]) -> None:
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

    async def faults() -> list[str]:
        found = []
        for size in SIZES:
            await turn(size)
            found += [f"{size[0]}: {fault}" for fault in await page.evaluate(AUDIT)]
        return found

    async def places() -> list[Any]:
        found = []
        for size in SIZES[1:]:  # on a phone what needs an act stands above the map, and is as long as it is
            await turn(size)
            found.append(await page.evaluate(PLACES))
        return found

    before = await places()
    for queue in ("sapporo", "settler-b", "bus"):
        for _ in range(4):
            await issue(server, queue, 20)
    for number in (19, 20, 21):
        await server.command("assign-booth", booth=number, queue="settler-b")
    for number in (1, 14, 18, 19):
        await server.command("call-next", booth=number)
    await server.command("start", booth=14)
    await server.command("assign-booth", booth=22, queue="settler-b")
    await server.command("pause-booth", booth=3)
    await server.command("announce", ja="あ" * 60, minutes=5)
    await expect(page.locator('.queue-cell[data-queue="settler-b"] .chip')).to_have_count(5)
    await expect(page.locator('.chip[data-state="called"]')).to_have_count(3)
    assert await places() == before, "the map moved"
    assert await faults() == []
    for tab in ("announce", "correct", "closing", "home"):
        await page.locator(f'[data-tab="{tab}"]').click()
        assert await faults() == [], tab
    for cell in ('.queue-cell[data-queue="settler-b"]', '.spare-cell[data-booth="19"]', '.spare-cell[data-booth="22"]'):
        await page.locator(cell).click()
        assert await faults() == [], cell


async def test_a_screen_that_no_longer_listens_is_told(real: RealServer, redis_url: str, browser: Browser) -> None:
    """The server notes once a minute which devices it heard of; here one of two screens was last heard of ten minutes ago."""
    stopped, listening = await real.device("screen", "キッズ"), await real.device("screen", "入口")
    context = await real.context_as(browser, await real.as_role("floor"))
    for screen in (stopped, listening):
        await screen.get("/board")
    seen = StaffKeys(real.prefix, real.fair).named("seen")
    devices = {device["label"]: device for device in (await real.chief.get("/devices"))["devices"]}
    with Redis.from_url(redis_url) as redis:
        redis.hset(seen, devices["キッズ"]["id"], devices["入口"]["seen"] - 10 * MINUTE)
    page = await context.new_page()
    await page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    await page.goto(f"{real.url}/floor")
    await expect(page.locator('[data-alarm="silent-キッズ"]')).to_contain_text(
        re.compile(r"キッズ 更新停止中\s*10分前から")
    )
    await expect(page.locator(".listening")).to_have_text(re.compile(r"画面 \d+台 端末 \d+台"))
    for width, height in (PHONE, TABLET, (1280, 800), DESK):
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate(AUDIT) == [], width
    await context.close()
