"""Pages that are watched while a test uses them: what they ask of whom, what they complain of, and what they leave behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Dialog, Page

from opening import PagePool
from real import Client, RealServer

VIOLATIONS = """addEventListener("securitypolicyviolation",
  (event) => console.error(`CSP ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))"""


@dataclass
class Watch:
    """Everything that happened in one browser."""

    pool: PagePool
    server: RealServer
    pages: list[Page] = field(default_factory=list)
    """Those that are open."""
    faults: list[str] = field(default_factory=list)
    """Script errors, complaints in the console (a broken Content-Security-Policy among them), dialogs, requests elsewhere."""
    asked: list[str] = field(default_factory=list)
    """Every address that was asked for."""

    @property
    def context(self) -> BrowserContext:
        """The browser."""
        return self.pool.context

    async def come_as(self, client: Client | None) -> None:
        """Begin anew as somebody else, or as nobody: no page is open, nothing is kept, nothing was seen. The cache stays."""
        await self.leave()
        await self.server.come_as(self.context, client)
        self.faults.clear()
        self.asked.clear()

    async def open(self, path: str, width: int, height: int) -> Page:
        """Open a page and wait until it is drawn and has all it asks for."""
        page = await self.pool.take()
        self.pages.append(page)
        await page.set_viewport_size({"width": width, "height": height})
        await page.goto(self.server.url + path)
        for drawn in ("main", "h1"):
            await page.locator(drawn).first.wait_for(state="attached")
        await page.wait_for_load_state("networkidle")
        return page

    async def leave(self) -> None:
        """Leave every page; none has stored anything."""
        await self.context.set_offline(offline=False)
        while self.pages:
            await self.pool.give_back(self.pages.pop(), self.server.url)

    def listen(self, page: Page) -> None:
        """Watch a page from its first byte."""
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("dialog", self._said_in_a_dialog)
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on(
            "console",
            lambda said: self.faults.append(f"{page.url}: {said.text}") if said.type in ("error", "warning") else None,
        )

    async def _said_in_a_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"a dialog says {dialog.message}")
        await dialog.dismiss()

    def _asked(self, url: str) -> None:
        self.asked.append(url)
        ours = urlsplit(url).scheme in ("data", "blob") or urlsplit(url).netloc == urlsplit(self.server.url).netloc
        if not ours:
            self.faults.append(f"a request to another host: {url}")


@asynccontextmanager
async def watched(browser: Browser, server: RealServer) -> AsyncIterator[Watch]:
    """Give a browser of its own, which nobody has used yet."""
    context = await browser.new_context(locale="ja-JP")
    await context.add_init_script(VIOLATIONS)
    watch = Watch(PagePool(context), server)
    context.on("page", watch.listen)
    yield watch
    await context.close()
