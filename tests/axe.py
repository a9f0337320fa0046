"""axe-core, asked about a page as it stands."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

_FILE: Final = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"

_RUN: Final = """async () => {
  const rules = { preload: false, resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
  const { violations, passes } = await axe.run(document, rules);
  return {
    passed: passes.length,
    faults: violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(n => n.html.slice(0, 120)).join(" | ")}`),
  };
}"""


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
    found: dict[str, Any] = await page.evaluate(_RUN)
    assert found["passed"] > 5, "axe has looked at nothing"
    faults: list[str] = found["faults"]
    return faults
