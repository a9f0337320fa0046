"""A visitor's own page in a real browser: found by its link, told what the floor does, heard when it answers."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from checks import check_page
from opening import PagePool
from phones import faultless, phones
from running import RunningServer

SIZES = [(1024, 768), (360, 640), (390, 844)]

FIRST_LOAD_MAX = 60_000
"""Bytes of a first load over the wire, heads of HTTP included (FAIR: phones)."""


@pytest_asyncio.fixture(scope="module")
async def visitors(browser: Browser) -> AsyncIterator[PagePool]:
    """The phones of all visitors: one cache."""
    async with phones(browser) as pool:
        yield pool


@pytest_asyncio.fixture
async def phone(visitors: PagePool, server: RunningServer) -> AsyncIterator[Page]:
    """A visitor's phone, which is on no page yet; a script error fails the test."""
    async with faultless(visitors, server.url) as page:
        yield page
        await visitors.context.set_offline(offline=False)


@dataclass
class Visit:
    """A party, and its page."""

    server: RunningServer
    party: dict[str, Any]
    tickets: list[dict[str, Any]]
    url: str

    @property
    def number(self) -> str:
        return str(self.party["number"])

    async def state(self) -> list[tuple[str, str]]:
        """Give queue and state of each of its tickets."""
        board = await self.server.get("/board")
        return [(t["queue"], t["state"]) for t in board["tickets"] if t["party"] == self.party["id"]]

    async def called(self, booth: int) -> None:
        """A booth calls it."""
        await self.server.command("call", booth=booth, number=self.number)


async def visit(server: RunningServer, *queues: str) -> Visit:
    """A party of two takes its places, and its link."""
    event = await server.command("issue", size=2, queues=list(queues))
    party = event["parties"][0]
    link = await server.command(f"parties/{party['id']}/link")
    return Visit(server, party, event["tickets"], link["url"])


@pytest.fixture
def opened(phone: Page) -> Callable[[Visit], Awaitable[Page]]:
    """Opens a visit's page."""

    async def open_(visit: Visit) -> Page:
        await phone.goto(visit.url)
        return phone

    return open_


async def test_a_page_shows_its_number_its_places_and_who_is_ahead(server: RunningServer, opened: Any) -> None:
    for _ in range(4):
        await server.command("issue", size=1, queues=["sapporo"])
    mine = await visit(server, "sapporo", "otaru")
    page = await opened(mine)
    await expect(page.locator(".own-number")).to_have_text(mine.number)
    await expect(page.locator(".place")).to_have_count(2)
    await expect(page.locator(".place").nth(0)).to_contain_text("小樽市")
    await expect(page.locator(".place").nth(0)).to_contain_text("まもなく")
    await expect(page.locator(".place").nth(1)).to_contain_text("前に4組")
    await expect(page.locator(".place").nth(1)).to_contain_text(re.compile(r"約\d+"))
    await expect(page).to_have_title(re.compile(mine.number))
    await check_page(page, SIZES)


async def test_a_call_is_the_whole_page_sounds_once_and_blinks_anew_on_recall(
    server: RunningServer, opened: Any
) -> None:
    mine = await visit(server, "otaru")
    page = await opened(mine)
    await page.evaluate("""() => {
      globalThis.rung = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...at) { globalThis.rung += 1; return start.apply(this, at); };
    }""")
    await mine.called(2)
    lamp = page.locator(".call.lamp")
    await expect(lamp).to_contain_text("お呼びしています")
    await expect(lamp.locator(".call-number")).to_have_text(mine.number)
    await expect(lamp.locator(".call-booth")).to_contain_text("2番ブース")
    await expect(page).to_have_title(re.compile(r"^▶ .*2番ブース"))
    await expect(page.locator("[role=status]")).to_contain_text("2番ブース")
    assert await page.locator("button").count() == 0, "the only act is to walk"
    tones = await page.evaluate("globalThis.rung")
    assert tones > 0
    await server.command("recall", booth=2)
    await expect(lamp).to_contain_text("もう一度お呼びしています")
    await expect(lamp).to_have_attribute("data-recalls", "odd")
    assert await page.evaluate("globalThis.rung") == 2 * tones
    await check_page(page, SIZES)
    await server.command("start", booth=2)
    await expect(page.locator(".talk")).to_contain_text("相談中")
    await expect(page.locator(".lamp")).to_have_count(0)
    await server.command("finish", booth=2)
    await expect(page.locator(".stamps li")).to_have_text(["小樽市"])


ASLEEP = """globalThis.AudioContext = class extends AudioContext {
  constructor(...options) { super(...options); void this.suspend(); }
};"""
"""Phones keep quiet until somebody touches the page; this browser does not, so its sound is put to sleep first."""


async def test_one_tap_lets_a_phone_sound(server: RunningServer, phone: Page, opened: Any) -> None:
    mine = await visit(server, "otaru")
    await phone.add_init_script(ASLEEP)
    page = await opened(mine)
    await page.get_by_role("button", name="呼び出しを音で知らせる").click()
    await expect(page.get_by_text("呼び出しのとき、音が出ます")).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "states"),
    [
        ("add", {("sapporo", "waiting"), ("ebetsu", "waiting")}),
        ("move", {("ebetsu", "waiting")}),
        ("keep", {("sapporo", "waiting")}),
        ("not_now", {("sapporo", "waiting")}),
    ],
)
async def test_an_offer_is_answered_with_one_press(
    server: RunningServer, opened: Any, answer: str, states: set[tuple[str, str]]
) -> None:
    mine = await visit(server, "sapporo")
    page = await opened(mine)
    offered = await server.command("offer", ticket=mine.tickets[0]["id"], queue="ebetsu")
    await expect(page.locator(".offer")).to_contain_text("江別市")
    await expect(page.locator(".offer button")).to_have_count(4)
    await page.locator(f'[data-answer="{answer}"]').click()
    await expect(page.locator(".offer")).to_have_count(0)
    assert set(await mine.state()) == states
    (row,) = (o for o in (await server.get("/board"))["offers"] if o["id"] == offered["offers"][0]["id"])
    assert row["answer"] == answer


async def test_a_place_is_given_up_by_two_presses_and_one_comes_back_by_one(server: RunningServer, opened: Any) -> None:
    mine = await visit(server, "otaru", "chitose")
    page = await opened(mine)
    await mine.called(2)
    await server.command("absent", booth=2)
    away = page.locator('.place[data-state="away"]')
    await expect(away).to_contain_text("順番を保留中")
    await away.get_by_role("button", name="戻りました").click()
    await expect(page.locator('.place[data-state="away"]')).to_have_count(0)
    chitose = page.locator(".place").filter(has_text="千歳市")
    await chitose.get_by_role("button", name="順番を取り消す").click()
    again = chitose.get_by_role("button", name="もう一度押すと、千歳市を取り消します")
    await expect(again).to_have_attribute("aria-disabled", "false")
    await again.click()
    await expect(page.locator(".place")).to_have_count(1)
    assert await mine.state() == [("otaru", "waiting"), ("chitose", "cancelled")]


async def test_three_languages_and_the_address_remembers(server: RunningServer, opened: Any) -> None:
    mine = await visit(server, "sapporo")
    page = await opened(mine)
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("h1")).to_have_text("Your number")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await page.reload()
    await expect(page.locator("h1")).to_have_text("Your number")
    await page.get_by_role("button", name="やさしい日本語").click()
    await expect(page.locator(".place")).to_contain_text("札幌市（さっぽろし）")
    await mine.called(1)
    await expect(page.locator(".call")).to_contain_text("ブースに 来てください")
    await check_page(page, SIZES)


async def test_a_link_that_nobody_gave_shows_nobody(server: RunningServer, phone: Page) -> None:
    answer = await phone.goto(f"{server.url}/t/{'A' * 22}")
    assert answer is not None
    assert answer.status == 404


async def test_the_first_load_is_small(server: RunningServer, browser: Browser) -> None:
    mine = await visit(server, "sapporo", "otaru")
    async with phones(browser) as pool:
        page = await pool.take()
        devtools = await pool.context.new_cdp_session(page)
        sizes: list[int] = []
        devtools.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        await devtools.send("Network.enable")
        await page.goto(mine.url)
        await expect(page.locator(".own-number")).to_have_text(mine.number)
        await page.wait_for_load_state("networkidle")
        assert len(sizes) > 20
        assert sum(sizes) < FIRST_LOAD_MAX
        assert all(size > 0 for size in sizes)


# From here on time passes as a test likes, on every page of these phones.


async def test_without_a_network_it_says_so_and_no_lamp_is_lit(
    server: RunningServer, phone: Page, opened: Any, visitors: PagePool
) -> None:
    mine = await visit(server, "sapporo")
    await phone.clock.install()
    page = await opened(mine)
    await mine.called(1)
    await expect(page.locator(".call.lamp")).to_be_visible()
    await visitors.context.set_offline(offline=True)
    await page.clock.fast_forward(60_000)  # ten seconds without a beat would do
    await expect(page.get_by_role("alert")).to_contain_text("更新停止中")
    await expect(page.locator(".lamp")).to_have_count(0)
    await visitors.context.set_offline(offline=False)
    await page.clock.fast_forward(10_000)  # the longest wait before it tries again is shorter
    await expect(page.locator(".call.lamp")).to_be_visible()


async def test_where_no_socket_gets_through_it_asks(server: RunningServer, phone: Page, opened: Any) -> None:
    mine = await visit(server, "sapporo")
    await phone.route_web_socket(re.compile("/live"), lambda socket: socket.close())
    await phone.clock.install()
    page = await opened(mine)
    await page.clock.fast_forward(5_000)  # it asks every four seconds
    await expect(page.locator(".own-number")).to_have_text(mine.number)
    await mine.called(1)
    await page.clock.fast_forward(5_000)
    await expect(page.locator(".call-number")).to_have_text(mine.number)
