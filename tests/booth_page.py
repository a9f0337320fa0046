"""A booth's page as the browser tests know it: how one presses on it, and what each state of it must keep."""

import re
from typing import Any

from playwright.async_api import Page

from running import RunningServer

TABLET = (1024, 768)
PHONE = (390, 844)
DESK = (1920, 1080)
SMALL_PHONE = (360, 740)

QUEUE = "kitahiroshima"
BOOTH = 7
PATH = f"/booths/{BOOTH}"
SPARE = 25
"""A spare whose home queue is `QUEUE`."""

# What every state must keep: fingers, eyes, one lamp. Gives the faults found, as sentences.
AUDIT = """() => {
  const faults = [];
  const seen = (el) => el.checkVisibility() && !el.closest(".visually-hidden");
  const name = (el) => `${el.className || el.tagName}: ${el.textContent.trim().slice(0, 20)}`;
  const words = (el) => [...el.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (el) => {
    for (let at = el; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!backgroundColor.endsWith(", 0)")) return backgroundColor;
    }
  };
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) faults.push("the page scrolls");
  for (const el of document.querySelectorAll("button")) {
    const { width, height } = el.getBoundingClientRect();
    const least = el.classList.contains("main") ? 72 : 56;
    if (seen(el) && (width < 56 || height < least)) faults.push(`too small to touch (${width} × ${height}) ${name(el)}`);
  }
  for (const el of document.querySelectorAll("body *:not(script)")) {
    if (!seen(el)) continue;
    const style = getComputedStyle(el);
    if (el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 0 && style.display !== "inline") faults.push(`wider than its box: ${name(el)}`);
    const yellow = style.backgroundColor === "rgb(255, 241, 0)";
    if (yellow !== (el.dataset.state === "called" && !el.closest(".stale"))) faults.push(`lit or not as it should not be: ${name(el)}`);
    if (!words(el)) continue;
    if (parseFloat(style.fontSize) < 14) faults.push(`too small to read: ${name(el)}`);
    const [one, other] = [light(style.color), light(ground(el))].sort((a, b) => b - a);
    if ((one + 0.05) / (other + 0.05) < 7) faults.push(`too faint: ${name(el)}`);
  }
  return faults;
}"""


async def issue(server: RunningServer, size: int = 2, *queues: str) -> dict[str, Any]:
    """A party of ``size`` in the booth's queue, or in ``queues``; gives its first ticket."""
    event = await server.command("issue", size=size, queues=list(queues or [QUEUE]))
    ticket: dict[str, Any] = event["tickets"][0]
    return ticket


async def tickets(server: RunningServer, state: str) -> list[str]:
    """The numbers of all tickets in a state, as the server's board has them."""
    board = await server.get("/board")
    return [ticket["number"] for ticket in board["tickets"] if ticket["state"] == state]


async def stands(page: Page, state: str, number: str | None = None) -> None:
    """Wait until the panel shows a state, and whom."""
    panel = page.locator(f".state-{state}")
    if number is None:
        await panel.wait_for()
    else:
        await panel.locator(".state-number").filter(has_text=re.compile(f"^{number}番$")).wait_for()


async def press(page: Page, act: str) -> None:
    """Press a button by its act, as soon as it can be pressed."""
    await page.locator(f'[data-act="{act}"]:not([aria-disabled="true"])').click()


async def awake(page: Page) -> None:
    """Wait until the big button no longer rests."""
    await page.locator('.button.main[aria-disabled="false"]').wait_for()


async def faults(page: Page) -> list[str]:
    """What is wrong with the state that is shown, on each size of screen."""
    found = []
    before = page.viewport_size
    await page.emulate_media(reduced_motion="reduce")  # no colour on its way to another
    for width, height in (TABLET, PHONE, SMALL_PHONE, DESK):
        await page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} × {height}: {fault}" for fault in await page.evaluate(AUDIT)]
    assert before is not None
    await page.set_viewport_size(before)
    return found
