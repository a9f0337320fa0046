"""Pages for tests, one after the other in the same renderer: what it has compiled and decoded once serves the next test too.

A page to which something was done that cannot be taken back is not used again, and no page may leave anything behind.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

from playwright.async_api import BrowserContext, Page

OpenPage: TypeAlias = Callable[[str, int, int], Awaitable[Page]]
"""Opens a page of the server: path, width and height in px."""

LASTING: Final = ("add_init_script", "expose_function", "expose_binding", "route_web_socket")
"""What a page keeps when it goes to another address."""

BETWEEN: Final = "/healthz"
"""An address of the same server without a script: nothing goes on there."""

LEFT_BEHIND: Final = """async () => ({
  name: window.name,
  cookies: document.cookie,
  local: {...localStorage},
  session: {...sessionStorage},
  caches: await globalThis.caches?.keys() ?? [],
  databases: (await indexedDB.databases()).map(({ name }) => name),
  workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
})"""
"""What a page's script can read again later."""

NOTHING: Final = {"name": "", "cookies": "", "local": {}, "session": {}, "caches": [], "databases": [], "workers": 0}

STORED: Final = "local_storage,indexeddb,cache_storage,service_workers"
"""What outlives a page, and is not the HTTP cache."""


class PagePool:
    """The pages of one browser context."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._idle: list[Page] = []
        self._spoilt: set[Page] = set()

    async def take(self) -> Page:
        """Give a page that shows nothing."""
        if self._idle:
            return self._idle.pop()
        page = await self.context.new_page()
        for name in LASTING:
            self._watch(page, page, name)
        self._watch(page, page.clock, "install")
        return page

    def _watch(self, page: Page, owner: Any, name: str) -> None:
        original = getattr(owner, name)

        async def spoiling(*arguments: Any, **named: Any) -> Any:
            self._spoilt.add(page)
            return await original(*arguments, **named)

        setattr(owner, name, spoiling)

    async def give_back(self, page: Page, url: str) -> None:
        """Take a page back; ``url`` is its server's. It has left nothing behind, or the test fails."""
        if page.is_closed():
            return
        if page in self._spoilt:
            self._spoilt.discard(page)
            await page.close()
            return
        await page.unroute_all(behavior="ignoreErrors")
        await page.emulate_media(reduced_motion=None, color_scheme=None, media=None, forced_colors=None)
        await page.goto(url + BETWEEN)
        left = await page.evaluate(LEFT_BEHIND)
        if left != NOTHING:
            await self._forget(page, url)
            raise AssertionError(f"a page left something behind: {left}")
        self._idle.append(page)

    async def _forget(self, page: Page, url: str) -> None:
        """Close a page and remove all that is stored, so that one test alone fails of it."""
        devtools = await self.context.new_cdp_session(page)
        await devtools.send("Storage.clearDataForOrigin", {"origin": url, "storageTypes": STORED})
        await page.close()
