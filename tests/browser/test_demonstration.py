"""A demonstration is told from the day itself at a glance, on every page."""

import pytest

from opening import OpenPage


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
