"""What every page must be at every size: nothing sticks out, fingers hit every control, axe finds nothing."""

from collections.abc import Sequence

from playwright.async_api import Page

from axe import violations

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1 && !e.closest('.visually-hidden, .sheet-head, svg'))
  .map(e => e.outerHTML.slice(0, 80))"""
"""Elements wider than their box."""

SMALL = """() => [...document.querySelectorAll('a, button, input, select, label.button')]
  .filter(e => e.offsetParent && !e.closest('.visually-hidden') && !e.classList.contains('visually-hidden'))
  .filter(e => e.offsetWidth < 56 || e.offsetHeight < 56).map(e => e.outerHTML.slice(0, 80))"""
"""Controls that a finger misses."""


async def check_page(page: Page, sizes: Sequence[tuple[int, int]]) -> None:
    """Look at a page as it stands, at every size."""
    await page.evaluate("document.fonts.ready")
    for width, height in sizes:
        await page.set_viewport_size({"width": width, "height": height})
        for what in (WIDE, SMALL):
            found = await page.evaluate(what)
            assert found == [], (page.url, width, found)
    assert await violations(page) == [], page.url
