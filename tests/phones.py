"""Visitors' phones: a browser of their size, whose pages come and go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, BrowserContext, Page


@asynccontextmanager
async def phones(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Give a browser of a phone's size, which nobody has used yet."""
    context = await browser.new_context(locale="ja-JP", viewport={"width": 390, "height": 844}, has_touch=True)
    yield context
    await context.close()


@asynccontextmanager
async def faultless(context: BrowserContext) -> AsyncIterator[Page]:
    """Give a new page where no script fails and which leaves nothing for the next, no cookie and nothing stored."""
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    await page.close()
    left = await context.storage_state()
    await context.clear_cookies()
    assert not left["origins"]
    assert not left["cookies"]
    assert not faults
