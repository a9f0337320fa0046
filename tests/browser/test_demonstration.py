"""A demonstration is told from the day itself at a glance, on every page."""

import pytest
from playwright.async_api import expect

from opening import OpenPage
from running import RunningServer


@pytest.mark.parametrize(
    ("path", "width", "height"),
    [
        ("/", 390, 844),
        ("/reception", 390, 844),
        ("/booths/14", 390, 844),
        ("/booths/14", 1024, 768),
        ("/calls", 1920, 1080),
        ("/calls", 1080, 1920),
    ],
)
async def test_every_page_of_a_demonstration_carries_its_mark(
    open_page: OpenPage, path: str, width: int, height: int
) -> None:
    page = await open_page(path, width, height)
    mark = page.locator(".demonstration-mark, .demonstration").first
    await mark.wait_for()
    assert "練習" in await mark.inner_text()
    box = await mark.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_what_a_party_wants_to_talk_about_is_made_up_and_says_so(
    open_page: OpenPage, server: RunningServer
) -> None:
    await server.command("issue", size=2, queues=["sapporo"])
    await server.command("call-next", booth=1)
    page = await open_page("/booths/1", 1024, 768)
    await page.get_by_role("button", name="相談内容").click()
    brief = page.locator(".brief")
    await expect(brief).to_contain_text("大人 2名")
    await expect(brief).to_contain_text("（見本）")
    before = await brief.inner_text()
    await page.reload()
    await page.get_by_role("button", name="相談内容").click()
    await expect(page.locator(".brief")).to_have_text(before, use_inner_text=True)
