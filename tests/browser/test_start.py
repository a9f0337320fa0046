"""The start page: from it everybody reaches the page that is theirs."""

from typing import Any

from playwright.async_api import expect

from opening import OpenPage
from running import RunningServer

SIZES = [(390, 844), (1024, 768), (1920, 1080)]

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 80))"""


async def test_it_leads_to_every_page_and_nothing_sticks_out(open_page: OpenPage, server: RunningServer) -> None:
    page = await open_page("/", *SIZES[0])
    await expect(page.get_by_role("heading", level=1)).to_have_text("北海道さっぽろ圏移住フェア")
    await expect(page.get_by_text("2026年2月14日（土）")).to_be_visible()
    await expect(page.get_by_text("東京交通会館")).to_be_visible()
    await expect(page.get_by_text("デモンストレーション")).to_be_visible()

    links = page.get_by_role("link")
    paths: list[str] = await links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    booths = [f"/booths/{number}" for number in range(1, 31)]
    assert paths == ["/reception", "/floor", "/calls", "/guide", *booths, *(f"{booth}/screen" for booth in booths)]
    for path in paths:
        async with server.http.get(server.url + path) as response:
            assert response.status == 200

    await page.evaluate("document.fonts.ready")
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate(WIDE) == []
        boxes: list[dict[str, Any]] = await links.evaluate_all("links => links.map(l => l.getBoundingClientRect())")
        assert all(box["width"] >= 56 and box["height"] >= 56 for box in boxes)
    await page.get_by_role("link", name="バスのお仕事").click()
    await expect(page).to_have_url(f"{server.url}/booths/18")


async def test_below_a_fairs_own_address_the_links_stay_there(open_page: OpenPage, server: RunningServer) -> None:
    page = await open_page(f"/fairs/{server.fair}", 1024, 768)
    base = f"/fairs/{server.fair}"
    assert await page.get_by_role("link", name="受付").get_attribute("href") == f"{base}/reception"
    assert await page.get_by_role("link", name="バスのお仕事").get_attribute("href") == f"{base}/booths/18"
