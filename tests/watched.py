"""Pages that are watched while a test uses them: what they ask of whom, what they complain of, and what they leave behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Dialog, Page

from real import Client, RealServer

LEFT_BEHIND = """async () => ({
  cookies: document.cookie,
  local: {...localStorage},
  session: {...sessionStorage},
  caches: await globalThis.caches?.keys() ?? [],
  databases: (await indexedDB.databases()).map(({ name }) => name),
  workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
})"""
"""What a page's script can read again later."""

NOTHING = {"cookies": "", "local": {}, "session": {}, "caches": [], "databases": [], "workers": 0}

KEPT = "local_storage,session_storage,indexeddb,cache_storage,service_workers"
"""Everything of these, and not the HTTP cache."""

VIOLATIONS = """addEventListener("securitypolicyviolation",
  (event) => console.error(`CSP ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))"""


@dataclass
class Watch:
    """Everything that happened in one browser."""

    context: BrowserContext
    server: RealServer
    faults: list[str] = field(default_factory=list)
    """Script errors, complaints in the console (a broken Content-Security-Policy among them), dialogs, requests elsewhere."""
    asked: list[str] = field(default_factory=list)
    """Every address that was asked for."""

    async def come_as(self, client: Client | None) -> None:
        """Begin anew as somebody else, or as nobody: no page is open, nothing is kept, nothing was seen. The cache stays."""
        for page in self.context.pages:
            devtools = await self.context.new_cdp_session(page)
            await devtools.send("Storage.clearDataForOrigin", {"origin": self.server.url, "storageTypes": KEPT})
            await page.close()
        await self.server.come_as(self.context, client)
        self.faults.clear()
        self.asked.clear()

    async def open(self, path: str, width: int, height: int) -> Page:
        """Open a page and wait until it is drawn and has all it asks for."""
        page = await self.context.new_page()
        await page.set_viewport_size({"width": width, "height": height})
        await page.goto(self.server.url + path)
        for drawn in ("main", "h1"):
            await page.locator(drawn).first.wait_for(state="attached")
        await page.wait_for_load_state("networkidle")
        return page

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
    watch = Watch(context, server)
    context.on("page", watch.listen)
    yield watch
    await context.close()
