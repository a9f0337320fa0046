"""axe-core finds nothing on any page, in any of its main states, on a phone, a tablet and a screen."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page

from axe import violations
from every_route import pages
from peopled_fair import BOOTH, PeopledFair, peopled_fair
from yobidashi.staff.roles import OF_A_BOOTH

SIZES: Final = [(390, 844), (1024, 768), (1920, 1080)]


@dataclass(frozen=True)
class Visit:
    """A page, who opens it, and what they press: every state on the way is looked at."""

    route: str
    role: str | None = None
    """None: the public; ``device``: an enrolled device where nobody is signed in."""
    after: str = ""
    """What stands in the address after the route."""
    presses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.route}{self.after.partition('.')[0]}"


VISITS: Final = [
    Visit("/", "chief"),
    Visit("/sign-in"),
    Visit("/sign-in", "device"),
    Visit("/sign-in", "device", "#s99." + "A" * 22),
    Visit("/set-up", None, "#" + "A" * 22),
    Visit("/enrol", None, "#" + "A" * 22),
    Visit("/staff", "chief", "", ("button.member", "text=内容を変更する")),
    Visit("/staff", "chief", "", ("text=取り込み",)),
    Visit("/staff", "floor"),
    Visit("/devices", "chief", "", ("text=QRコードを出す",)),
    Visit("/card", None, "", ("button[type=submit]",)),
    Visit("/card", None, "?tablet"),
    Visit("/card/poster"),
    Visit("/c/{token}"),
    Visit("/reserve", None, "", ("button[type=submit]",)),
    Visit("/r/{token}"),
    Visit("/t/{token}"),
    Visit("/reservations", "reception", "", (".queue-places button", "button.reserved-row")),
    Visit("/reservations", "chief", "", ("text=取り込み",)),
    Visit("/reservations", "privacy", "", ("text=書き出し",)),
    Visit("/privacy", "privacy"),
    Visit("/privacy", "chief", "#exports"),
    Visit("/privacy", "privacy", "#exports"),
    Visit("/privacy", "privacy", "#incident"),
    Visit("/privacy", "privacy", "#disposal"),
    Visit("/privacy", "privacy", "#keys"),
    Visit("/privacy", "auditor"),
    Visit("/reception", "reception", "", (".find",)),
    Visit("/booths/{booth:int}", "consultant", "", ("text=相談内容", '[data-act="start"]', '[data-act="finish"]')),
    Visit("/calls", "floor"),
]


def test_every_page_is_visited() -> None:
    routes = {address.route for address in pages("sapporo-2026", BOOTH) if not address.route.endswith((".svg", ".pdf"))}
    assert routes == {visit.route for visit in VISITS}


@pytest_asyncio.fixture(scope="module")
async def fair(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PeopledFair]:
    """A fair with somebody everywhere."""
    async with peopled_fair(redis_url, tmp_path_factory.mktemp("fair"), "見本 太郎") as fair:
        yield fair


ContextOf = Callable[[str | None], Awaitable[BrowserContext]]


@pytest_asyncio.fixture(scope="module")
async def context_of(fair: PeopledFair, browser: Browser) -> AsyncIterator[ContextOf]:
    """Gives the browser of a role: one for all its pages, so that fonts and modules are loaded once."""
    opened: dict[str | None, BrowserContext] = {}

    async def context_of(role: str | None) -> BrowserContext:
        if role not in opened:
            opened[role] = await new_context(fair, browser, role)
        return opened[role]

    yield context_of
    for context in opened.values():
        await context.close()


async def new_context(fair: PeopledFair, browser: Browser, role: str | None) -> BrowserContext:
    if role is None:
        return await browser.new_context(locale="ja-JP")
    if role == "device":
        return await fair.server.context_as(browser, await fair.server.device())
    booth = BOOTH if role in OF_A_BOOTH else None
    return await fair.server.context_as(browser, await fair.server.as_role(role, booth))


async def looked_at(page: Page) -> list[str]:
    """Give the violations at every size."""
    found: list[str] = []
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        found += [f"at {width}: {fault}" for fault in await violations(page)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: f"{visit.role or 'public'}-{visit}")
async def test_axe_finds_nothing(fair: PeopledFair, context_of: ContextOf, visit: Visit) -> None:
    page = await (await context_of(visit.role)).new_page()
    try:
        await page.set_viewport_size({"width": 1024, "height": 768})
        await page.goto(fair.server.url + fair.page(visit.route) + visit.after)
        await page.wait_for_load_state("networkidle")
        assert await looked_at(page) == []
        for press in visit.presses:
            await page.set_viewport_size({"width": 1024, "height": 768})
            await page.locator(press).first.click()
            await page.wait_for_load_state("networkidle")
            assert await looked_at(page) == [], press
    finally:
        await page.close()


@pytest.mark.parametrize(
    ("route", "role"), [("/calls", "floor"), ("/reception", "reception"), (f"/booths/{BOOTH}", "consultant")]
)
async def test_axe_finds_nothing_on_a_page_that_lost_its_server(
    fair: PeopledFair, browser: Browser, route: str, role: str
) -> None:
    context = await new_context(fair, browser, role)
    page = await context.new_page()
    await page.goto(fair.server.url + route)
    await page.wait_for_load_state("networkidle")
    await context.set_offline(offline=True)
    await page.get_by_text("更新停止中").first.wait_for()
    assert await looked_at(page) == []
    await context.close()


async def test_axe_finds_nothing_on_a_page_that_says_why_not(fair: PeopledFair, browser: Browser) -> None:
    context = await new_context(fair, browser, "auditor")
    page = await context.new_page()
    for path in ("/staff", "/nothing"):
        await page.goto(fair.server.url + path)
        assert await looked_at(page) == [], path
    await context.close()


async def test_axe_sees_what_it_is_for(fair: PeopledFair, browser: Browser) -> None:
    """The tests above can fail."""
    context = await new_context(fair, browser, None)
    page = await context.new_page()
    await page.goto(fair.server.url + "/card")
    await page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<input><img src=\"/card.svg\"><button></button>')"
    )
    assert {fault.partition(" ")[0] for fault in await violations(page)} >= {"label", "image-alt", "button-name"}
    await context.close()
