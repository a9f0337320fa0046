"""Check-in as people use it: scanned, confirmed, issued in three taps; the gift, the hall, the brief at the booth."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Page, expect

from card_samples import written
from checks import check_page
from future_fair import future_fair
from opening import PagePool
from real import Client, RealServer, real_server
from reservation_samples import reservation_form
from yobidashi.fair import Fair, load_fair
from yobidashi.people.form.answers import Wish

PHONE = (390, 844)
SIZES = [PHONE, (1024, 768), (1920, 1080)]
BOOTH = 1
TYPE_AT_ONCE = """(text) => {
  for (const key of [...text, "Enter"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}"""

COUNT_TAPS = "window.taps = 0; addEventListener('click', () => { window.taps += 1; }, true);"


class Hall:
    """A real fair that is to come, and how a test opens its pages."""

    def __init__(self, server: RealServer, fair: Fair, browser: Browser) -> None:
        self.server = server
        self.fair = fair
        self._browser = browser
        self._pools: dict[str, PagePool] = {}
        self.visitor: Client
        self.reception: Client
        self.consultant: Client

    async def reserve(self, name: str, kana: str, slot: int = 3, **answers: Any) -> dict[str, Any]:
        """Reserve at Sapporo and at Ebetsu as a visitor does."""
        slots = self.fair.slots("sapporo")
        wishes = (Wish("sapporo", slots[slot]), Wish("ebetsu", slots[slot + 1]))
        form = reservation_form(self.fair, *wishes, name=name, kana=kana, **answers)
        return await self.visitor.post("/own-reservations", **form)

    async def own_card(self, **answers: Any) -> dict[str, Any]:
        """Fill in a card on a phone."""
        return await self.visitor.post("/own-cards", **written(**answers))

    async def open(self, client: Client, path: str, size: tuple[int, int] = PHONE) -> Page:
        """Open a page as somebody, in their one browser, with every tap counted."""
        if client.id not in self._pools:
            context = await self.server.context_as(self._browser, client)
            await context.add_init_script(COUNT_TAPS)
            self._pools[client.id] = PagePool(context)
        page = await self._pools[client.id].take()
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await page.goto(self.server.url + path)
        return page

    async def leave(self, client: Client, page: Page) -> None:
        """Leave somebody's page."""
        await self._pools[client.id].give_back(page, self.server.url)

    async def close(self) -> None:
        """Close the browsers."""
        for pool in self._pools.values():
            await pool.context.close()


@pytest_asyncio.fixture(scope="module")
async def hall(redis_url: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    path: Path = future_fair(tmp_path_factory.mktemp("fair"), sapporo=50, ebetsu=50)
    async with real_server(redis_url=redis_url, fair=path) as server:
        hall = Hall(server, load_fair(path), browser)
        hall.visitor = await server.client()
        hall.reception = await server.as_role("reception")
        hall.consultant = await server.as_role("consultant", booth=BOOTH)
        yield hall
        await hall.close()


@pytest_asyncio.fixture
async def desk(hall: Hall) -> AsyncIterator[Page]:
    """The reception's page on a phone; a script error fails the test."""
    page = await hall.open(hall.reception, "/reception")
    faults: list[str] = []

    def failed(error: Error) -> None:
        faults.append(str(error))

    page.on("pageerror", failed)
    await expect(page.locator(".connection")).to_have_text("接続中")
    yield page
    page.remove_listener("pageerror", failed)
    await hall.leave(hall.reception, page)
    assert not faults


async def scan(page: Page, address: str) -> None:
    """Read a code as a hand scanner does: its keys within a moment of each other, which a busy machine cannot be asked for."""
    await page.evaluate(TYPE_AT_ONCE, address)


async def press(page: Page, name: str) -> None:
    """Press the main button, which rests after each press."""
    button = page.locator(".button.main", has_text=name)
    await expect(button).to_have_attribute("aria-disabled", "false")
    await button.click()


async def number_shown(page: Page) -> str:
    await expect(page.locator(".result-card .number")).to_be_visible()
    return (await page.locator(".result-card .number").inner_text()).strip()


async def search(page: Page, number: str) -> None:
    """Look a number up by the keypad."""
    await page.click(".find")
    for digit in number:
        await page.locator(".keypad").get_by_role("button", name=digit, exact=True).click()
    await expect(page.locator(".party .number")).to_have_text(number)


async def taps(page: Page) -> int:
    counted: int = await page.evaluate("window.taps")
    return counted


async def party_of(hall: Hall, number: str) -> dict[str, Any]:
    parties: list[dict[str, Any]] = (await hall.reception.get("/board"))["parties"]
    return next(party for party in parties if party["number"] == number)


async def test_a_reservation_is_checked_in_by_three_taps(hall: Hall, desk: Page) -> None:
    own = await hall.reserve("見本 花子", "みほん はなこ")
    await scan(desk, f"{hall.server.url}/r/{own['token']}")
    await expect(desk.get_by_text("予約の確認")).to_be_visible()
    await expect(desk.locator(".facts")).to_contain_text("大人2名・子ども1名")
    await press(desk, "確認しました")
    await expect(desk.locator("[data-card]")).to_contain_text("見本 花子")
    await expect(desk.locator('[data-queue="sapporo"]')).to_have_attribute("aria-pressed", "true")
    await expect(desk.locator('[data-queue="ebetsu"]')).to_have_attribute("aria-pressed", "true")
    await press(desk, "発券")
    number = await number_shown(desk)
    await expect(desk.locator(".rows")).to_contain_text("予約 ")
    gift = desk.locator("[data-gift]")
    await expect(gift).to_contain_text("残り")
    await gift.click()
    await expect(gift).to_have_attribute("data-gift", "handed")
    assert await taps(desk) == 3, "確認しました, 発券, 記念品"
    party = await party_of(hall, number)
    assert (party["size"], party["children"], len(party["tickets"])) == (3, 1, 2)

    await press(desk, "次の受付")
    await scan(desk, f"{hall.server.url}/r/{own['token']}")
    await expect(desk.locator(".party .number")).to_have_text(number)  # who has come is shown, not received twice
    await desk.get_by_role("button", name="受付カード・同意").click()
    await expect(desk.locator('[data-gift="handed"]')).to_be_visible()


async def test_a_walk_in_with_a_card_needs_three_taps_at_most(hall: Hall, desk: Page) -> None:
    own = await hall.own_card(name="見本 四郎", kana="みほん しろう")
    await scan(desk, f"{hall.server.url}/c/{own['token']}")
    await expect(desk.locator("[data-card]")).to_contain_text("見本 四郎")
    await expect(desk.locator('[data-size="3"]')).to_have_attribute("aria-pressed", "true")
    await desk.click('[data-queue="otaru"]')
    await press(desk, "発券")
    await number_shown(desk)
    assert await taps(desk) == 2
    await expect(desk.locator("[data-gift]")).to_have_count(0)


async def test_a_card_is_found_by_its_code_and_by_kana(hall: Hall, desk: Page) -> None:
    own = await hall.own_card(name="見本 五郎", kana="みほん ごろう")
    await hall.own_card(name="見本 五月", kana="みほん ごがつ")
    await desk.click(".find")
    await desk.get_by_role("button", name="かな・コード").click()
    await expect(desk.locator(".search-field input")).to_be_focused()
    await desk.keyboard.type(own["code"].lower())
    await press(desk, "予約を探す")
    await expect(desk.locator("[data-card]")).to_contain_text("見本 五郎")
    await desk.get_by_role("button", name="この方の受付をやめる").click()
    await desk.click(".find")
    await desk.get_by_role("button", name="かな・コード").click()
    await desk.keyboard.type("みほん　ゴ")
    await desk.keyboard.press("Enter")
    await expect(desk.locator(".found-row")).to_have_count(2)
    await check_page(desk, SIZES)
    await desk.locator(".found-row", has_text="見本 五月").click()
    await expect(desk.locator("[data-card]")).to_contain_text("見本 五月")


async def test_nobody_is_found_and_a_card_is_written_at_the_desk(hall: Hall, desk: Page) -> None:
    await scan(desk, f"{hall.server.url}/c/{'A' * 22}")
    await expect(desk.get_by_role("status").filter(has_text="見つかりません")).to_be_visible()
    await press(desk, "受付カードを記入")
    await desk.get_by_role("button", name="カードを保存").click()
    await expect(desk.get_by_text("人数を入れてください。")).to_be_visible()
    await check_page(desk, SIZES)
    await desk.get_by_role("button", name="大人を1名増やす").click()
    await desk.get_by_label("お名前").fill("見本 六郎")
    await desk.get_by_label("ふりがな").fill("ミホン ロクロウ")
    for text in ("埼玉県", "30代", "住まい"):
        await desk.get_by_text(text, exact=True).click()
    for nth in range(2):
        await desk.get_by_text("同意しない", exact=True).nth(nth).click()
    await desk.get_by_role("button", name="カードを保存").click()
    await expect(desk.locator("[data-card]")).to_contain_text("みほん ろくろう")
    await desk.get_by_role("button", name="訂正").click()
    await desk.get_by_label("お名前").fill("見本 陸郎")
    await desk.get_by_role("button", name="カードを保存").click()
    await expect(desk.locator("[data-card]")).to_contain_text("見本 陸郎")
    await desk.click('[data-queue="otaru"]')
    await check_page(desk, SIZES)
    await press(desk, "発券")
    assert (await party_of(hall, await number_shown(desk)))["size"] == 1


async def test_without_a_card_there_is_nothing_to_press(desk: Page) -> None:
    await desk.click('[data-queue="otaru"]')
    await expect(desk.get_by_text("受付カードを読み取るか、記入してください")).to_be_visible()
    await expect(desk.locator(".button.main")).to_have_count(0)
    await check_page(desk, SIZES)


async def test_persons_go_out_come_back_and_part(hall: Hall, desk: Page) -> None:
    own = await hall.own_card(name="見本 七郎", kana="みほん ななろう", adults=2, children=1)
    await scan(desk, f"{hall.server.url}/c/{own['token']}")
    await desk.click('[data-queue="otaru"]')
    await desk.click('[data-queue="chitose"]')
    await press(desk, "発券")
    number = await number_shown(desk)
    await press(desk, "次の受付")
    await search(desk, number)
    await desk.locator('[data-hall="exit"]').click()
    await expect(desk.locator(".hall-count")).to_contain_text("退場 1名")
    await check_page(desk, SIZES)
    await desk.locator('[data-hall="reenter"]').click()
    await expect(desk.locator(".hall-count")).not_to_contain_text("退場")
    await desk.locator('[data-hall="split"]').click()
    await desk.locator('.going [data-queue="chitose"]').click()
    await check_page(desk, SIZES)
    await press(desk, "2組に分ける")
    apart = await party_of(hall, await number_shown(desk))
    stayed = await party_of(hall, number)
    assert (apart["size"], apart["origin"], stayed["size"], stayed["children"]) == (1, stayed["id"], 2, 1)


async def test_a_consent_is_withdrawn_at_the_desk(hall: Hall, desk: Page) -> None:
    own = await hall.own_card(name="見本 八郎", kana="みほん はちろう")
    await scan(desk, f"{hall.server.url}/c/{own['token']}")
    await desk.click('[data-queue="otaru"]')
    await press(desk, "発券")
    number = await number_shown(desk)
    await press(desk, "次の受付")
    await search(desk, number)
    await desk.get_by_role("button", name="受付カード・同意").click()
    city = desk.locator('[data-consent="city"]')
    await expect(city).to_have_attribute("data-given", "true")
    await check_page(desk, SIZES)
    await city.get_by_role("button", name="ご本人の申し出").click()
    await expect(city).to_have_attribute("data-given", "false")
    held = {
        each["consent"]: each["given"] for each in (await hall.visitor.get(f"/own-cards/{own['token']}"))["consents"]
    }
    assert held == {"city": False, "furusato": False}


async def test_a_desk_without_a_camera_says_so(desk: Page) -> None:
    await desk.get_by_role("button", name="読取").click()
    await expect(desk.get_by_role("alert")).to_contain_text("カメラを使えません")
    await press(desk, "やめる")
    await expect(desk.get_by_role("button", name="受付カードを記入")).to_be_visible()


async def test_the_booth_reads_one_tap_from_the_call_until_the_talk_ends(hall: Hall) -> None:
    booked = await hall.reserve("見本 九郎", "みほん くろう", slot=8, needs=["wheelchair"], content="雪かきのこと")
    (found,) = (await hall.reception.post("/arrivals/find", text=booked["code"]))["found"]
    known = await hall.reception.get(f"/arrivals/{found['reservation']}")
    form = {key: known[key] for key in ("party", "answers", "consents")}
    card = await hall.reception.post("/cards", reservation=found["reservation"], **form)
    event = await hall.reception.command("issue", card=card["id"], queues=["sapporo"])
    number = event["tickets"][0]["number"]
    booth = await hall.open(hall.consultant, f"/booths/{BOOTH}", (1024, 768))
    await booth.locator(".brief-booked").click()
    await expect(booth.locator(".booked")).to_contain_text("雪かきのこと")
    assert "見本" not in await booth.content()
    await check_page(booth, [(1024, 768), (1920, 1080), PHONE])
    await booth.get_by_role("button", name="閉じる").click()
    await hall.consultant.command("call", booth=BOOTH, number=number)
    await expect(booth.locator('[data-state="called"]').first).to_be_visible()
    before = await taps(booth)
    await booth.locator(".brief-open").click()
    await expect(booth.locator(".glance")).to_contain_text("車いす")
    await expect(booth.locator(".glance")).to_contain_text("子ども 1名")
    await expect(booth.locator(".brief dl")).to_contain_text("雪かきのこと")
    assert await taps(booth) - before == 1
    await check_page(booth, [PHONE, (1024, 768), (1920, 1080)])
    await hall.consultant.command("start", booth=BOOTH)
    await expect(booth.locator('[data-state="serving"]').first).to_be_visible()
    await expect(booth.locator(".glance")).to_be_visible()
    await hall.consultant.command("finish", booth=BOOTH)
    await expect(booth.locator(".brief")).to_have_count(0)
    assert "雪かき" not in await booth.content()
    await hall.leave(hall.consultant, booth)
