"""The floor manager's page as the browser tests know it: its sizes, what each state of it must keep, and how one acts on it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from playwright.async_api import Locator, Page, expect

from running import RunningServer

PHONE, TABLET, DESK = (390, 844), (1024, 768), (1920, 1080)
SIZES: Final = (PHONE, TABLET, (1280, 800), (1440, 900), DESK)

OPENS: Final = 1_771_032_600_000
"""10:30 of the sample fair's day in Tokyo, ms."""

MINUTE: Final = 60_000

# What every state must keep: fingers, eyes, one lamp, a place for everything. Gives the faults found, as sentences.
AUDIT: Final = """() => {
  const faults = [];
  const seen = (el) => el.checkVisibility() && !el.closest(".visually-hidden");
  const name = (el) => `${el.className || el.tagName}: ${el.textContent.trim().slice(0, 24)}`;
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page scrolls sideways");
  if (document.documentElement.scrollHeight > innerHeight) faults.push("the page scrolls, and not only its parts");
  for (const el of document.querySelectorAll("button, input")) {
    const { width, height } = el.getBoundingClientRect();
    if (seen(el) && (width < 56 || height < (el.matches(".main") ? 72 : 56))) faults.push(`too small to touch (${width} × ${height}) ${name(el)}`);
  }
  for (const el of document.querySelectorAll("main *:not(svg *)")) {
    if (!seen(el)) continue;
    const style = getComputedStyle(el);
    if (el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 0 && style.display !== "inline") faults.push(`wider than its box: ${name(el)}`);
    const yellow = style.backgroundColor === "rgb(255, 241, 0)";
    if (yellow !== (el.dataset.state === "called" && !el.closest(".stale"))) faults.push(`lit or not as it should not be: ${name(el)}`);
    const words = [...el.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    if (words && parseFloat(style.fontSize) < 14) faults.push(`too small to read: ${name(el)}`);
  }
  const boxes = [...document.querySelectorAll(".queue-cell, .spare-cell, .tile, .floor-side")].map((el) => [el, el.getBoundingClientRect()]);
  for (const [i, [el, a]] of boxes.entries()) for (const [other, b] of boxes.slice(i + 1))
    if (a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1) faults.push(`${name(el)} covers ${name(other)}`);
  return faults;
}"""

PLACES: Final = """() => [...document.querySelectorAll('.queue-cell, .spare-cell')].map((el) => {
  const { left, top, width, height } = el.getBoundingClientRect();
  return [left, top, width, height].map(Math.round);
})"""

OpenFloor = Callable[..., Awaitable[Page]]


async def begin(server: RunningServer, at: int) -> None:
    """Begin the fair anew, ``at`` minutes after its opening."""
    await server.command("reset")
    await server.command("set-clock", at=OPENS + at * MINUTE, rate=1)


async def issue(server: RunningServer, queue: str, size: int = 2) -> dict[str, Any]:
    """A party in a queue; gives its ticket."""
    event = await server.command("issue", size=size, queues=[queue])
    ticket: dict[str, Any] = event["tickets"][0]
    return ticket


async def booth(server: RunningServer, number: int) -> dict[str, Any]:
    """A booth as the server's board has it."""
    board = await server.get("/board")
    return next(row for row in board["booths"] if row["id"] == number)


async def press(page: Page, command: str, button: Locator) -> None:
    """Press a button and wait until the server has taken its command."""
    await expect(button).not_to_have_attribute("aria-disabled", "true")
    async with page.expect_response(f"**/{command}") as answer:
        await button.click()
    assert (await answer.value).status == 200


def act(page: Page, name: str) -> Locator:
    return page.locator(f'.panel [data-act="{name}"]').first


def tile(page: Page, name: str) -> Locator:
    return page.locator(f'[data-tile="{name}"]')
