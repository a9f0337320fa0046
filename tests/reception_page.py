"""The reception page as tests use it: persons and queues, the search, and what every view must keep."""

from typing import Any

from playwright.async_api import Page, expect

from running import RunningServer

PHONE = (390, 844)
SMALL_PHONE = (360, 740)
TABLET = (1024, 768)

LIVE = '.connection:has-text("接続中"):not(.not-live)'

# What every view must keep: fingers, eyes, one lamp. Gives the faults found, as sentences.
AUDIT = """() => {
  const faults = [];
  const seen = (el) => el.checkVisibility() && el.getBoundingClientRect().width > 1;
  const name = (el) => `${el.className || el.tagName}: ${el.textContent.trim().slice(0, 20)}`;
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth) faults.push("the page scrolls sideways");
  for (const el of document.querySelectorAll("button, input")) {
    const { width, height } = el.getBoundingClientRect();
    const least = el.classList.contains("main") ? 72 : 56;
    if (seen(el) && (width < 56 || height < least)) faults.push(`too small to touch (${width} × ${height}) ${name(el)}`);
  }
  const ink = (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim();
  for (const el of document.querySelectorAll("body *:not(script)")) {
    if (!seen(el)) continue;
    const style = getComputedStyle(el);
    const clipped = el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 0 && style.display !== "inline";
    if (clipped && [...el.childNodes].some(ink)) faults.push(`wider than its box: ${name(el)}`);
    if ([...el.childNodes].some(ink) && parseFloat(style.fontSize) < 14) faults.push(`too small to read: ${name(el)}`);
    const yellow = style.backgroundColor === "rgb(255, 241, 0)";
    const called = el.dataset.state === "called" && !el.closest(".stale");
    if (yellow !== called) faults.push(`${yellow ? "lit though not called" : "called but not lit"}: ${name(el)}`);
  }
  return faults;
}"""


async def parties(server: RunningServer) -> list[dict[str, Any]]:
    """All parties the fair has."""
    found: list[dict[str, Any]] = (await server.get("/board"))["parties"]
    return found


async def booth_of(server: RunningServer, queue: str) -> int:
    """The number of a queue's main booth."""
    booths = (await server.get("/board"))["booths"]
    number: int = next(booth["id"] for booth in booths if booth["queue"] == queue)
    return number


async def ticket_of(server: RunningServer, event: dict[str, Any]) -> dict[str, Any]:
    """The only ticket of an issue, as it stands now."""
    tickets = (await server.get("/board"))["tickets"]
    return next(ticket for ticket in tickets if ticket["id"] == event["tickets"][0]["id"])


async def choose(page: Page, size: int, *queues: str) -> None:
    """Tap persons and queues."""
    await page.click(f'[data-size="{size}"]')
    for queue in queues:
        await page.click(f'[data-queue="{queue}"]')


async def search(page: Page, number: str) -> None:
    """Tap 番号を探す and the digits."""
    await page.click(".find")
    for digit in number:
        await page.get_by_role("button", name=digit, exact=True).click()
    await expect(page.locator(".party .number")).to_have_text(number)


async def assert_keeps_the_rules(page: Page) -> None:
    """Sizes, widths and the lamp, in the view that is shown."""
    assert await page.evaluate(AUDIT) == []
