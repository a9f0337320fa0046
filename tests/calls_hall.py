"""A hall with the calls screen: who is called, what chimes, what is lit, and what does not fit."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from playwright.async_api import ConsoleMessage, Page, Request, expect

from running import RunningServer
from screened import LAMP, YELLOW

LANDSCAPE, PORTRAIT = (1920, 1080), (1080, 1920)


class Hall:
    """A fair with people in line, and the screen that calls them."""

    def __init__(self, server: RunningServer, page: Page) -> None:
        self.server = server
        self.page = page
        self.chimed: list[int] = []
        self._chime = asyncio.Condition()
        self.sent: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.method != "GET":
            self.sent.append(f"{request.method} {request.url}")

    async def listen(self) -> None:
        """Take down every chime from now on, and wait until the page knows the fair."""
        self.page.on("console", self._hear)
        await self.page.evaluate(
            "document.addEventListener('chimed', ({detail}) => console.debug('chimed', ...detail.offsets))"
        )
        await self.known()

    async def known(self) -> None:
        await expect(self.page.locator(".cell-state, .cell-number").first).to_be_visible()

    async def _hear(self, said: ConsoleMessage) -> None:
        word, *offsets = said.text.split()
        if word != "chimed":
            return
        async with self._chime:
            self.chimed += map(int, offsets)
            self._chime.notify_all()

    async def until_chimed(self, count: int) -> list[int]:
        async with asyncio.timeout(10), self._chime:
            await self._chime.wait_for(lambda: len(self.chimed) >= count)
        return self.chimed

    async def issue(self, queue: str, count: int = 1) -> None:
        for _ in range(count):
            await self.server.command("issue", size=1, queues=[queue])

    async def call(self, *booths: int) -> list[dict[str, Any]]:
        """Call the next party to each booth, one after the other; gives the called tickets."""
        return [called(await self.server.command("call-next", booth=booth)) for booth in booths]

    async def fill(self, count: int) -> None:
        """One party in line for each of the first booths; every spare that is needed serves its own queue."""
        fair = await self.server.get("")
        for booth in fair["booths"][:count]:
            if booth["role"] == "spare":
                await self.server.command("assign-booth", booth=booth["number"], queue=booth["home"])
        for booth in fair["booths"][:count]:
            await self.server.command("issue", size=1, queues=[booth["queue"] or booth["home"]])

    async def both_ways(self) -> AsyncIterator[tuple[int, int]]:
        """Turn the screen: landscape, then portrait, each drawn when it is given."""
        for width, height in (LANDSCAPE, PORTRAIT):
            await self.page.set_viewport_size({"width": width, "height": height})
            await self.page.evaluate(
                "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
            )
            yield width, height

    async def lit(self) -> dict[str, set[int]]:
        """The tickets shown by something yellow, by what it is: plate, chip, row, cell; "" for yellow that shows none."""
        found: list[list[Any]] = await self.page.evaluate(YELLOW, LAMP)
        tickets: dict[str, set[int]] = {}
        for kind, ticket in found:
            tickets.setdefault(kind, set()).add(ticket)
        return tickets


def called(event: dict[str, Any]) -> dict[str, Any]:
    ticket: dict[str, Any] = next(ticket for ticket in event["tickets"] if ticket["state"] == "called")
    return ticket


MISFITS = """() => {
  const problems = []
  const say = (element, what) => problems.push(`${element.className || element.tagName}: ${what}: ${element.textContent.trim().slice(0, 40)}`)
  for (const element of document.querySelectorAll('#calls, #calls *')) {
    if (element.closest('svg') || getComputedStyle(element).display === 'none') continue
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1) say(element, `${element.scrollWidth} > ${element.clientWidth}`)
  }
  const walker = document.createTreeWalker(document.getElementById('calls'), NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  while (walker.nextNode()) {
    const text = walker.currentNode
    const element = text.parentElement
    if (!text.textContent.trim()) continue
    range.selectNodeContents(text)
    const box = element.closest('.plate, .cell, .chip, .recent li, .head, .idle, .recent')
    const [outer, inner] = [(box ?? document.body).getBoundingClientRect(), range.getBoundingClientRect()]
    if (!inner.width) continue
    if (inner.left < outer.left - 1 || inner.right > outer.right + 1) say(element, 'sticks out of its box')
    if (element.matches('.digits')) continue // a line of 0.8 em: its glyphs, not its line box, are as high as its box
    if (inner.top < outer.top - 1 || inner.bottom > outer.bottom + 2) say(element, 'is cut')
  }
  for (const box of document.querySelectorAll('.plate, .cell, .chip, .recent li, .digits')) {
    const rect = box.getBoundingClientRect()
    const stage = box.closest('.plate')?.getBoundingClientRect() ?? {left: 0, top: 0, right: innerWidth, bottom: innerHeight}
    if (rect.width && (rect.left < stage.left - 1 || rect.top < stage.top - 1 || rect.right > stage.right + 1 || rect.bottom > stage.bottom + 1))
      say(box, 'leaves the page')
  }
  const overlaps = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
  for (const box of document.querySelectorAll('.plate, .cell, .recent li, .chip, .head')) {
    const parts = [...box.querySelectorAll(':scope > *')].filter(part => part.getClientRects().length && part.textContent.trim() + part.innerHTML)
    const rects = parts.map(part => { range.selectNodeContents(part); return part.matches('.digits') ? part.getBoundingClientRect() : range.getBoundingClientRect() })
    for (const [i, a] of rects.entries()) for (const [j, b] of rects.entries())
      if (i < j && a.width && b.width && a.right > b.left + 1 && b.right > a.left + 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.35 * Math.min(a.height, b.height))
        say(parts[i], `overlaps ${parts[j].className}`)
  }
  const boxes = [...document.querySelectorAll('.plate, .strip, .recent, .cell, .head')].map(box => [box, box.getBoundingClientRect()])
  for (const [i, [box, a]] of boxes.entries()) for (const [other, b] of boxes.slice(i + 1)) if (overlaps(a, b)) say(box, `covers ${other.className}`)
  return problems
}"""

PLACES = """() => [...document.querySelectorAll('.cell')].map(
  cell => [cell.dataset.booth, cell.offsetLeft, cell.offsetTop, cell.offsetWidth, cell.offsetHeight])"""

NUMBER_SIZES = (
    "() => [...document.querySelectorAll('.plate .number')].map(e => parseFloat(getComputedStyle(e).fontSize))"
)


OpenHall = Callable[..., Awaitable[Hall]]


async def with_fair(hall: Hall, change: Callable[[dict[str, Any]], None]) -> None:
    """Load the screen anew with a fair whose description was changed."""
    fair = await hall.server.get("")
    change(fair)
    text = json.dumps(json.dumps(fair))
    await hall.page.add_init_script(
        "document.addEventListener('readystatechange', () => {"  # parsed, and no module has run yet
        f"if (document.readyState === 'interactive') document.getElementById('fair').textContent = {text} }})"
    )
    await hall.page.reload()
    await hall.known()
