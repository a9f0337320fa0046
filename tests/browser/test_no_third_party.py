"""No page asks anybody else for anything, breaks its own Content-Security-Policy, or leaves anything behind in the browser."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from playwright.async_api import Error as PlaywrightError

from every_route import Address, pages
from peopled_fair import BOOTH, PeopledFair, peopled_fair
from watched import LEFT_BEHIND, NOTHING, Watch, watched
from yobidashi.staff.permissions import PUBLIC_MAY, STAFF_MAY, Act
from yobidashi.staff.roles import OF_A_BOOTH, Role

SIZE: Final = (1024, 768)

ROOT: Final = [address for address in pages("sapporo-2026", BOOTH) if not address.route.endswith((".svg", ".pdf"))]
"""Every page of the application."""


@pytest_asyncio.fixture(scope="module")
async def fair(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PeopledFair]:
    """A fair with somebody everywhere."""
    async with peopled_fair(redis_url, tmp_path_factory.mktemp("fair"), "見本 太郎") as fair:
        yield fair


@pytest_asyncio.fixture(scope="module")
async def watches(browser: Browser, fair: PeopledFair) -> AsyncIterator[Callable[[Act], Awaitable[Watch]]]:
    """Gives the browser of somebody who may do an act: the same one for all of a role's pages."""
    async with AsyncExitStack() as stack:
        opened: dict[Role | None, Watch] = {}

        async def watch(act: Act) -> Watch:
            role = None if act in PUBLIC_MAY else next(role for role in Role if act in STAFF_MAY[role])
            if role not in opened:
                client = await fair.server.as_role(role, BOOTH if role in OF_A_BOOTH else None) if role else None
                opened[role] = await stack.enter_async_context(watched(browser, fair.server, client))
            opened[role].faults.clear()
            opened[role].asked.clear()
            return opened[role]

        yield watch


@pytest.mark.parametrize("address", ROOT, ids=lambda address: address.route)
async def test_a_page_speaks_to_its_own_server_alone(
    fair: PeopledFair, watches: Callable[[Act], Awaitable[Watch]], address: Address
) -> None:
    watch = await watches(address.act)
    page = await watch.open(fair.page(address.route), *SIZE)
    assert await page.evaluate("document.title"), "it is no page"
    assert await page.locator("h1").count() == 1
    assert await page.evaluate(LEFT_BEHIND) == NOTHING
    await page.close()
    assert watch.faults == []
    assert len(watch.asked) > 3


async def test_the_watch_sees_what_it_is_for(fair: PeopledFair, browser: Browser) -> None:
    """The tests above can fail: an inline script, a request elsewhere, a dialog and what is kept are all seen."""
    async with watched(browser, fair.server, None) as watch:
        page = await watch.open("/sign-in", *SIZE)
        await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
        await page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
        await page.evaluate("alert('hello'); localStorage.setItem('name', '見本 太郎')")
        assert await page.evaluate(LEFT_BEHIND) != NOTHING
        with pytest.raises(PlaywrightError):
            await page.goto("http://127.0.0.1:9/")
        for seen in ("CSP script-src-attr", "CSP connect-src", "a dialog says hello", "a request to another host"):
            assert any(seen in fault for fault in watch.faults), seen
