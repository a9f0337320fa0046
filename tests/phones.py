"""Visitors' phones: a browser of their size, whose pages come and go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, Error, Page, ViewportSize

from opening import PagePool

SIZE: Final = ViewportSize(width=390, height=844)


@asynccontextmanager
async def phones(browser: Browser) -> AsyncIterator[PagePool]:
    """Give the pages of a browser of a phone's size, which nobody has used yet."""
    context = await browser.new_context(locale="ja-JP", viewport=SIZE, has_touch=True)
    yield PagePool(context)
    await context.close()


@asynccontextmanager
async def faultless(pool: PagePool, url: str) -> AsyncIterator[Page]:
    """Give a page of the server at ``url`` where no script fails and which leaves nothing for the next, no cookie and nothing stored."""
    page = await pool.take()
    await page.set_viewport_size(SIZE)
    faults: list[str] = []

    def failed(error: Error) -> None:
        faults.append(str(error))

    page.on("pageerror", failed)
    yield page
    page.remove_listener("pageerror", failed)
    left = await pool.context.cookies()
    await pool.context.clear_cookies()
    await pool.give_back(page, url)
    assert not left
    assert not faults
