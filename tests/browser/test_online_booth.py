"""An online booth in real browsers: its consultant far away on a slow line, the visitor's phone, the helper and the tablet in the hall."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from checks import check_page
from online_fair import ONLINE, QUEUE, Arrivals, online_fair
from real import Client, RealServer, real_server
from running import Refused

LINK: Final = "https://meet.example.com/room?pwd=1"
LATENCY_MS: Final = 350
"""A round trip to the hall and back by a poor line takes so long each way."""

TABLET: Final = (1024, 768)
PHONE: Final = (390, 844)
EVERY_SIZE: Final = [(1920, 1080), (360, 640), PHONE, TABLET]


@dataclass
class Hall:
    """A real fair with an online booth."""

    server: RealServer
    arrivals: Arrivals
    consultant: Client
    guide: Client
    browser: Browser
    contexts: list[BrowserContext]
    faults: list[str]

    async def opened(self, client: Client | None, path: str, size: tuple[int, int]) -> Page:
        """Open a page as somebody; a script error or a request to another host fails the test."""
        context = await self.browser.new_context(locale="ja-JP", viewport={"width": size[0], "height": size[1]})
        self.contexts.append(context)
        if client is not None:
            await self.server.come_as(context, client)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{path}: {error}"))
        page.on("request", lambda request: self._asked(request.url))
        await page.goto(self.server.url + path)
        return page

    def _asked(self, url: str) -> None:
        if not url.startswith((self.server.url, self.server.url.replace("http", "ws", 1), "data:", "blob:")):
            self.faults.append(f"a request to another host: {url}")


@pytest_asyncio.fixture
async def hall(redis_url: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    fair = online_fair(tmp_path_factory.mktemp("online"))
    async with real_server(redis_url=redis_url, fair=fair) as server:
        arrivals = Arrivals(server, redis_url)
        consultant, guide = await server.as_role("online", ONLINE), await server.as_role("guide")
        hall = Hall(server, arrivals, consultant, guide, browser, [], [])
        yield hall
        for context in hall.contexts:
            await context.close()
        await arrivals.close()
        assert not hall.faults


async def slow_line(page: Page) -> None:
    """From now on the page is far away."""
    devtools = await page.context.new_cdp_session(page)
    line: dict[str, Any] = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": -1, "uploadThroughput": -1}
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", line)


async def meets(page: Page) -> None:
    """Set the link, open it, and say that it leads there."""
    await page.locator("#meeting-link").fill(LINK)
    await page.get_by_role("button", name="登録する").click()
    link = page.locator("a.meeting-open")
    await expect(link).to_have_attribute("href", LINK)
    await expect(page.locator(".remote-works")).to_have_count(0)  # not before it was opened
    await page.evaluate(
        "document.addEventListener('click', (event) => event.target.closest('a') && event.preventDefault())"
    )
    await link.click()
    await page.locator(".remote-works").click()


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
async def test_a_consultant_far_away_serves_a_visitor(hall: Hall, size: tuple[int, int]) -> None:
    party = await hall.arrivals.party(QUEUE)
    page = await hall.opened(hall.consultant, f"/booths/{ONLINE}", size)
    visitor = await hall.opened(None, f"/t/{party['token']}", PHONE)
    await expect(page.locator(".main-rest")).to_contain_text("接続確認がまだです")
    assert await page.locator(".button.main").count() == 0
    await slow_line(page)
    await page.locator("#meeting-link").fill("http://meet.example.com/a")
    await page.get_by_role("button", name="登録する").click()
    await expect(page.locator(".remote-failure")).to_contain_text("https://")
    await check_page(page, [size])
    await meets(page)
    main = page.locator(".button.main")
    await expect(main).to_have_attribute("data-act", "open")
    await expect(visitor.locator(".own-number")).to_have_text(party["number"])
    assert await visitor.locator("a.join").count() == 0
    for act, state in (("open", "idle"), ("call-next", "called")):
        await expect(main).to_have_attribute("data-act", act)
        await expect(main).to_have_attribute("aria-disabled", "false")
        await main.click()
        await page.locator(f".state-{state}").wait_for()
    join = visitor.locator(".call.lamp a.join")
    await expect(join).to_have_attribute("href", LINK)
    assert await join.get_attribute("target") == "_blank"
    assert set((await join.get_attribute("rel") or "").split()) == {"noopener", "noreferrer"}
    await expect(visitor.locator(".call-online")).to_contain_text("オンライン")
    await check_page(visitor, [PHONE, (360, 640)])
    await check_page(page, [size])
    await expect(main).to_have_attribute("data-act", "start")
    await expect(main).to_have_attribute("aria-disabled", "false")
    await main.dblclick()  # far away, and impatient: it begins once, and does not end what it began
    await page.locator(".state-serving").wait_for()
    await expect(visitor.locator(".talk a.join")).to_have_attribute("href", LINK)
    await expect(main).to_have_attribute("data-act", "finish")
    await expect(main).to_have_attribute("aria-disabled", "false")
    await main.click()
    await page.locator(".state-idle").wait_for()
    await expect(visitor.locator("a.join")).to_have_count(0)
    assert LINK not in await visitor.content()


async def test_a_new_link_in_a_talk_reaches_the_visitor_and_is_checked_before_the_next_call(hall: Hall) -> None:
    first, _ = await hall.arrivals.party(QUEUE), await hall.arrivals.party(QUEUE)
    page = await hall.opened(hall.consultant, f"/booths/{ONLINE}", TABLET)
    visitor = await hall.opened(None, f"/t/{first['token']}", PHONE)
    await meets(page)
    main = page.locator(".button.main")
    for act in ("open", "call-next", "start"):
        await expect(main).to_have_attribute("data-act", act)
        await expect(main).to_have_attribute("aria-disabled", "false")
        await main.click()
    await expect(main).to_have_attribute("data-act", "finish-call-next")
    await page.locator(".remote-open").click()
    await page.get_by_role("button", name="リンクを変える").click()
    await page.locator("#meeting-link").fill(f"{LINK}2")
    await page.get_by_role("button", name="登録する").click()
    await expect(page.locator("a.meeting-open")).to_have_attribute("href", f"{LINK}2")
    await expect(visitor.locator(".talk a.join")).to_have_attribute("href", f"{LINK}2")
    await expect(main).to_have_attribute("data-act", "finish")  # nobody is called to what nobody has checked
    await page.locator("a.meeting-open").click()
    await page.locator(".remote-works").click()
    await expect(main).to_have_attribute("data-act", "finish-call-next")


async def test_the_helper_is_called_and_opens_the_meeting_at_the_booth(hall: Hall) -> None:
    page = await hall.opened(hall.consultant, f"/booths/{ONLINE}", TABLET)
    assist = await hall.opened(hall.guide, "/assist", PHONE)
    tablet = await hall.opened(hall.guide, f"/booths/{ONLINE}/meeting", TABLET)
    await expect(assist.locator(".helper-call")).to_have_count(0)
    await expect(tablet.locator(".main-rest")).to_contain_text("まだありません")
    await meets(page)
    await expect(tablet.locator("a.button.main")).to_have_attribute("href", LINK)
    await expect(assist.locator(f".remote-booths [data-booth='{ONLINE}']")).to_contain_text("接続確認 ")
    await page.locator(".remote-open").click()
    await page.get_by_role("button", name="会場の係を呼ぶ").click()
    call = assist.locator(f".helper-call[data-booth='{ONLINE}']")
    await expect(call).to_contain_text("係を呼んでいます")
    await check_page(assist, EVERY_SIZE)
    await check_page(tablet, EVERY_SIZE)
    await expect(tablet.locator("[data-act='helper-came']")).to_be_visible()
    await call.get_by_role("button").click()
    await expect(call).to_have_count(0)
    await expect(page.locator(".remote-helper button")).to_have_text("会場の係を呼ぶ")
    await page.get_by_role("button", name="会場の係を呼ぶ").click()
    await page.get_by_role("button", name="もう大丈夫です").click()
    await expect(page.locator(".remote-helper button")).to_have_text("会場の係を呼ぶ")


async def test_a_booth_that_was_not_checked_cannot_be_opened_by_anybody(hall: Hall) -> None:
    for client in (hall.consultant, hall.server.chief):
        with pytest.raises(Refused) as refused:
            await client.command("open-booth", booth=ONLINE)
        assert refused.value.code == "meeting_unchecked"
