"""axe-core, asked about a page as it stands."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

_FILE: Final = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"

_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_OF_PLACE: Final = [
    *("color-contrast", "link-in-text-block"),  # what lies over what, and where a line breaks
    *("target-size", "scrollable-region-focusable"),  # how large something is
    *("region", "skip-link", "bypass"),  # whether something covers the page, or is beside it
    "th-has-data-cells",  # a table of data is known by its size too
]
"""The rules that look at rectangles. All others look at the document, and at what of it is shown."""

_RUN: Final = """async ([tags, ofPlace, isFirst]) => {
  const text = document.documentElement.outerHTML.replace(/[0-9]+/g, "0");  // seconds pass meanwhile
  const boxes = [...document.querySelectorAll("*")].map((element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return 0;
    const { right, bottom, width, height } = element.getBoundingClientRect();
    return [right + scrollX > 0, bottom + scrollY > 0, width > 1, height > 1].reduce((bits, bit) => 2 * bits + Number(bit), 1);
  });
  if (isFirst) axe.known = new Set();
  const shown = text + boxes.join();
  const runOnly = axe.known.has(shown) ? { type: "rule", values: ofPlace } : tags;
  axe.known.add(shown);
  const { violations, passes } = await axe.run(document, { preload: false, resultTypes: ["violations"], runOnly });
  return {
    passed: runOnly === tags ? passes.length : null,
    faults: violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(n => n.html.slice(0, 120)).join(" | ")}`),
  };
}"""
"""Asks every rule, or only those of place where the same document showed the same elements before: not away, not invisible,
not beside the page, not clipped to a point."""


@cache
def _text() -> str:
    return _FILE.read_text("utf-8")


async def violations(page: Page) -> list[str]:
    """Give every violation of WCAG 2.2 AA and of good practice, with the elements that have it.

    axe comes in as the test's own script, not as the page's: its Content-Security-Policy stays as it is.
    From here on the page is one for somebody who wants no motion: a colour on its way to another is no fault.
    """
    if not await page.evaluate("typeof axe === 'object'"):
        await page.emulate_media(reduced_motion="reduce")
        await page.evaluate(_text())
    return await _found(page, is_first=True)


async def violations_at(page: Page, sizes: Sequence[tuple[int, int]]) -> list[str]:
    """Give the violations at every size.

    Where the page shows the same elements of the same document as at a size before, only the rules that look at rectangles
    can find anything else, and only they are asked again.
    """
    faults: list[str] = []
    for nth, (width, height) in enumerate(sizes):
        if page.viewport_size != {"width": width, "height": height}:
            await page.set_viewport_size({"width": width, "height": height})
        found = await (_found(page, is_first=False) if nth else violations(page))
        faults += [f"at {width}: {fault}" for fault in found]
    return faults


async def _found(page: Page, *, is_first: bool) -> list[str]:
    answer: dict[str, Any] = await page.evaluate(_RUN, [_TAGS, _OF_PLACE, is_first])
    assert answer["passed"] is None or answer["passed"] > 5, "axe has looked at nothing"
    faults: list[str] = answer["faults"]
    return faults
