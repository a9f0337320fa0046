"""The start page: from it everybody reaches the page that is theirs."""

from typing import Any

import pytest
from playwright.async_api import expect

from conftest import OpenPage
from running import RunningServer

SIZES = pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1920, 1080)], ids=["phone", "tablet", "desk"])


@SIZES
async def test_it_leads_to_every_page_and_nothing_sticks_out(open_page: OpenPage, size: tuple[int, int]) -> None:
    page = await open_page("/", *size)
    await expect(page.get_by_role("heading", level=1)).to_have_text("北海道さっぽろ圏移住フェア")
    await expect(page.get_by_text("2026年2月14日（土）")).to_be_visible()
    await expect(page.get_by_text("東京交通会館")).to_be_visible()
    await expect(page.get_by_text("デモンストレーション")).to_be_visible()
    links = await page.get_by_role("link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == ["/reception", "/calls", *(f"/booths/{number}" for number in range(1, 31))]
    await page.evaluate("document.fonts.ready")
    wide = "[...document.querySelectorAll('body *')].filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    assert await page.evaluate(wide) == []
    boxes: list[dict[str, Any]] = await page.get_by_role("link").evaluate_all(
        "links => links.map(l => l.getBoundingClientRect())"
    )
    assert all(box["width"] >= 56 and box["height"] >= 56 for box in boxes)


async def test_its_links_are_alive(open_page: OpenPage, server: RunningServer) -> None:
    page = await open_page("/", 1024, 768)
    for name, path in (("受付", "/reception"), ("呼出画面", "/calls"), ("バスのお仕事", "/booths/18")):
        await page.goto(server.url)
        async with page.expect_response(server.url + path) as response:
            await page.get_by_role("link", name=name).click()
        assert (await response.value).status == 200


async def test_below_a_fairs_own_address_the_links_stay_there(open_page: OpenPage, server: RunningServer) -> None:
    page = await open_page(f"/fairs/{server.fair}", 1024, 768)
    base = f"/fairs/{server.fair}"
    assert await page.get_by_role("link", name="受付").get_attribute("href") == f"{base}/reception"
    assert await page.get_by_role("link", name="バスのお仕事").get_attribute("href") == f"{base}/booths/18"
