"""Pages that several files of browser tests open."""

import pytest
from playwright.async_api import Page

from floor_page import TABLET, OpenFloor, begin
from opening import OpenPage
from running import RunningServer


@pytest.fixture
def floor(server: RunningServer, open_page: OpenPage) -> OpenFloor:
    """Opens the floor manager's page; with ``at`` the fair begins anew at that many minutes after its opening."""

    async def floor(size: tuple[int, int] = TABLET, at: int | None = None) -> Page:
        if at is not None:
            await begin(server, at)
        page = await open_page("/floor", *size)
        await page.locator(".queue-cell").first.wait_for()
        await page.get_by_text("接続中").wait_for(state="attached")
        return page

    return floor
