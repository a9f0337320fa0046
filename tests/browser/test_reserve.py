"""Reserving as a visitor does, in a real browser: book, look, change, cancel; and the desk's page beside it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect
from redis import Redis

from checks import check_page
from future_fair import future_fair
from opening import PagePool
from phones import faultless, phones
from real import Client, RealServer, real_server
from reservation_samples import reservation_form
from yobidashi.fair import Fair, load_fair
from yobidashi.people.form.answers import Wish
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.reservations.sheet import columns, nameless, sample_row
from yobidashi.people.sheets.table import read_table, write_csv

SIZES = [(390, 844), (1024, 768), (1920, 1080)]
SECOND_MS = 700
"""A second press that is meant: longer after the first than a double tap."""

PRIVATE = ("見本 太郎", "みほん", "taro@example.jp", "09000000000")

STORED = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await indexedDB.databases(),
  await caches.keys(), document.cookie, history.state, location.href])"""


class Office:
    """A real server of a fair that is to come."""

    def __init__(self, server: RealServer, fair: Fair, visitor: Client) -> None:
        self.server = server
        self.fair = fair
        self.visitor = visitor

    async def left(self, queue: str, nth: int) -> int:
        """Places left in a queue's slot."""
        places = (await self.visitor.get("/slots"))["places"]
        left: int = places[queue][str(self.fair.slots(queue)[nth])]
        return left

    async def reserve(self, queue: str, nth: int, **changes: Any) -> dict[str, Any]:
        """Reserve as another visitor, elsewhere."""
        form = reservation_form(self.fair, Wish(queue, self.fair.slots(queue)[nth]), **changes)
        return await self.visitor.post("/own-reservations", **form)


@pytest_asyncio.fixture(scope="module")
async def running(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    path = future_fair(tmp_path_factory.mktemp("fair"), sapporo=3, otaru=1)
    early = future_fair(tmp_path_factory.mktemp("early"), opens=2, slug="early")
    late = future_fair(tmp_path_factory.mktemp("late"), opens=-3, closes=-1, slug="late")
    async with real_server(str(early), str(late), redis_url=redis_url, fair=path) as server:
        yield Office(server, load_fair(path), await server.client())


@pytest.fixture
def office(running: Office, redis_url: str) -> Office:
    """The server, with no reservation yet."""
    keys = PeopleKeys(running.server.prefix, running.fair.slug)
    with Redis.from_url(redis_url) as redis:
        for name in ("bookings", "slots", "links"):
            redis.delete(keys.named(name))
    return running


@pytest_asyncio.fixture(scope="module")
async def visitors(browser: Browser) -> AsyncIterator[PagePool]:
    """The phones of all visitors: one cache."""
    async with phones(browser) as pool:
        yield pool


@pytest_asyncio.fixture
async def phone(visitors: PagePool, office: Office) -> AsyncIterator[Page]:
    """A visitor's phone; a script error fails the test."""
    async with faultless(visitors, office.server.url) as page:
        yield page


@pytest_asyncio.fixture(scope="module")
async def desks(browser: Browser) -> AsyncIterator[PagePool]:
    """The browser of the staff: one cache, whoever sits before it."""
    context = await browser.new_context(locale="ja-JP")
    yield PagePool(context)
    await context.close()


@pytest_asyncio.fixture
async def desk(desks: PagePool, office: Office) -> AsyncIterator[Callable[[str], Any]]:
    """Opens the staff's page as a role."""
    pages: list[Page] = []

    async def open_as(role: str) -> Page:
        client = office.server.chief if role == "chief" else await office.server.as_role(role)
        await office.server.come_as(desks.context, client)
        page = await desks.take()
        pages.append(page)
        await page.set_viewport_size({"width": 1024, "height": 768})
        await page.goto(office.server.url + "/reservations")
        await expect(page.locator(".place-of-day").first).to_be_visible()
        return page

    yield open_as
    for page in pages:
        await desks.give_back(page, office.server.url)


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=re.compile(name))


async def wish(page: Page, queue: str, time: str) -> None:
    await page.locator(".queue-map .button", has_text=queue).click()
    await page.locator(".slot-grid .button", has_text=time).click()


async def fill(page: Page) -> None:
    """Fill in everything but the wishes."""
    await button(page, "大人を1名増やす").click()
    for label, text in (
        ("お名前", PRIVATE[0]),
        ("ふりがな", "みほん たろう"),
        ("メール", PRIVATE[2]),
        ("電話番号", PRIVATE[3]),
    ):
        await page.get_by_label(re.compile(label)).first.fill(text)
    for text in ("千葉県", "30代", "住まい"):
        await page.get_by_text(text, exact=True).first.click()
    for nth in range(2):
        await page.get_by_text("同意する", exact=True).nth(nth).click()


async def reserve(page: Page, office: Office, queue: str = "札幌市", time: str = "13:00") -> None:
    await page.goto(office.server.url + "/reserve")
    await wish(page, queue, time)
    await fill(page)
    await button(page, "この内容で予約する").click()
    await expect(page.locator(".show-qr")).to_be_visible()


async def test_a_visitor_books_looks_changes_and_cancels(phone: Page, office: Office) -> None:
    await reserve(phone, office)
    assert re.fullmatch(re.escape(office.server.url) + r"/r/[A-Za-z0-9_-]{22}", phone.url)
    await expect(phone.locator(".wish-list li")).to_have_text(re.compile(r"①\s*13:00–13:30\s*札幌市"))
    await expect(phone.locator(".show-qr")).to_have_js_property("complete", value=True)
    await expect(phone.get_by_text("メールはお送りしません")).to_be_visible()
    assert await office.left("sapporo", 5) == 2

    await button(phone, "予約を変更する").click()
    await button(phone, "① 札幌市を変える").click()
    await phone.locator(".slot-grid .button", has_text="14:30").click()
    await button(phone, "次の希望を追加").click()
    await wish(phone, "小樽市", "15:00")
    await button(phone, "この内容に変更する").click()
    await expect(phone.locator(".when-where h2")).to_contain_text("変更しました")
    await expect(phone.locator(".wish-list li")).to_have_count(2)
    assert [await office.left("sapporo", 5), await office.left("sapporo", 8), await office.left("otaru", 9)] == [
        3,
        2,
        0,
    ]

    await button(phone, "予約を取り消す").dblclick()
    await expect(phone.locator(".show-qr")).to_be_visible()  # a double tap is one press, and takes nothing away
    await button(phone, "もう一度押すと取り消します").click(delay=SECOND_MS)
    await expect(phone.get_by_text("予約を取り消しました")).to_be_visible()
    assert [await office.left("sapporo", 8), await office.left("otaru", 9)] == [3, 1]
    await phone.reload()
    await expect(phone.get_by_text("予約を取り消しました")).to_be_visible()


async def test_the_browser_keeps_nothing_and_the_form_is_not_behind_the_page(phone: Page, office: Office) -> None:
    await reserve(phone, office)
    stored = await phone.evaluate(STORED)
    assert not [word for word in PRIVATE if word in stored]
    await phone.go_back()
    assert not [word for word in PRIVATE if word in await phone.content()]


async def test_a_slot_that_others_took_meanwhile_is_told_beside_the_wish(phone: Page, office: Office) -> None:
    await phone.goto(office.server.url + "/reserve")
    await wish(phone, "小樽市", "13:00")
    await fill(phone)
    await office.reserve("otaru", 5)
    await button(phone, "この内容で予約する").click()
    await expect(phone.locator("[data-field=wishes] .fault")).to_contain_text("ほかの方の予約で埋まりました")
    await expect(phone.get_by_label(re.compile("お名前"))).to_have_value(PRIVATE[0])
    await button(phone, "① 小樽市を変える").click()
    await expect(phone.locator(".slot-grid .closed", has_text="13:00")).to_contain_text("満席")
    await phone.locator(".slot-grid .button", has_text="14:00").click()
    await button(phone, "この内容で予約する").click()
    await expect(phone.locator(".wish-list li")).to_contain_text("14:00–14:30")


async def test_the_last_place_taken_between_looking_and_sending_is_told_too(phone: Page, office: Office) -> None:
    await phone.goto(office.server.url + "/reserve")
    await wish(phone, "小樽市", "13:00")
    await fill(phone)

    async def overtaken(route: Route) -> None:
        await office.reserve("otaru", 5)
        await route.continue_()

    await phone.route("**/own-reservations", overtaken, times=1)
    await button(phone, "この内容で予約する").click()
    await expect(phone.locator("[data-field=wishes] .fault")).to_contain_text("小樽市の13:00の枠は")


async def test_a_lost_answer_and_a_second_press_make_one_reservation(phone: Page, office: Office) -> None:
    await phone.goto(office.server.url + "/reserve")
    await wish(phone, "札幌市", "13:00")
    await fill(phone)

    async def lost(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await phone.route("**/own-reservations", lost, times=1)
    await button(phone, "この内容で予約する").click()
    await expect(phone.get_by_text("つながりません").first).to_be_visible()
    assert await office.left("sapporo", 5) == 2
    await button(phone, "この内容で予約する").click()
    await expect(phone.locator(".show-qr")).to_be_visible()
    assert await office.left("sapporo", 5) == 2


async def test_a_consent_is_withdrawn_in_two_presses(phone: Page, office: Office) -> None:
    await reserve(phone, office)
    row = phone.locator('[data-consent="city"]')
    await row.get_by_role("button", name=re.compile("同意を取り消す")).click()
    await expect(row).to_have_attribute("data-given", "true")
    await row.get_by_role("button", name=re.compile("^取り消す")).click()
    await expect(row).to_have_attribute("data-given", "false")
    own = await office.visitor.get(f"/own-reservations/{phone.url.rpartition('/')[2]}")
    assert {each["consent"]: each["given"] for each in own["consents"]} == {"city": False, "furusato": True}


async def test_a_stranger_to_the_link_learns_nothing(phone: Page, office: Office) -> None:
    await phone.goto(f"{office.server.url}/r/{'A' * 22}")
    await expect(phone.get_by_role("alert")).to_contain_text("このページは開けません")


@pytest.mark.parametrize(("slug", "words"), [("early", "予約の受付は"), ("late", "予約の受付は終わりました")])
async def test_before_and_after_its_days_the_page_says_so(phone: Page, office: Office, slug: str, words: str) -> None:
    await phone.goto(f"{office.server.url}/fairs/{slug}/reserve")
    await expect(phone.locator(".waiting h2")).to_contain_text(words)
    assert await phone.locator("form").count() == 0
    await check_page(phone, SIZES)


async def test_the_visitors_pages_fit_and_are_for_everybody(phone: Page, office: Office) -> None:
    await phone.goto(office.server.url + "/reserve")
    await wish(phone, "札幌市", "13:00")
    await check_page(phone, SIZES)
    await fill(phone)
    await button(phone, "この内容で予約する").click()
    await expect(phone.locator(".show-qr")).to_be_visible()
    await check_page(phone, SIZES)
    await button(phone, "予約を変更する").click()
    await expect(phone.locator(".visitor-form")).to_be_visible()
    await check_page(phone, SIZES)


async def test_the_desk_finds_opens_and_changes_a_reservation(desk: Callable[[str], Any], office: Office) -> None:
    await office.reserve("sapporo", 5, name="見本 花子", kana="みほん はなこ")
    page: Page = await desk("reception")
    await expect(page.locator(".list-head h2").first).to_contain_text("1組 3名")
    assert "見本 花子" not in await page.content()
    await page.locator(".slot-places .button", has_text="13:00").click()
    await page.locator(".reserved-row", has_text="見本 花子").click()
    await expect(page.locator(".opened").first).to_contain_text("taro@example.jp")
    await button(page, "予約を変更する").click()
    await button(page, "① 札幌市を変える").click()
    await page.locator(".register-open .slot-grid .button", has_text="14:00").click()
    counted = asyncio.Event()

    async def late(route: Route) -> None:
        await counted.wait()
        await route.continue_()

    await page.route("**/bookings", late)
    await button(page, "この内容に変更する").click()
    await expect(page.locator(".note")).to_contain_text("変更しました")
    await expect(page.locator(".opened .wish-time")).to_have_text("14:00–14:30")
    await page.locator("#find").fill("ミホン")
    counted.set()
    await expect(page.locator(".slot-places .button", has_text="14:00")).to_contain_text("1組")
    await expect(page.locator("#find")).to_have_value("ミホン")  # what was typed outlives the new counts
    await page.keyboard.press("Enter")
    await expect(page.locator(".reserved-row")).to_contain_text("14:00 札幌市")


async def test_the_desk_reserves_for_somebody_and_withdraws_a_consent_with_a_reason(
    desk: Callable[[str], Any], office: Office
) -> None:
    page: Page = await desk("reception")
    await button(page, "予約を代わりに入力する").click()
    await wish(page, "江別市", "12:00")
    await fill(page)
    await button(page, "この内容で予約する").click()
    await expect(page.locator(".note")).to_contain_text("予約を登録しました")
    reception = await office.server.as_role("reception")
    await expect(page.locator(".made")).to_contain_text(reception.id)
    await button(page, "同意を取り消す").first.click()
    await page.locator(".why input").fill("電話で申し出")
    await page.locator(".why").get_by_role("button", name="同意を取り消す").click()
    await expect(page.locator(".decision").first).to_contain_text("同意なし")


async def test_the_chief_brings_a_sheet(desk: Callable[[str], Any], office: Office, tmp_path: Path) -> None:
    good, bad = sample_row(office.fair), sample_row(office.fair) | {"answers.mail": "nowhere"}
    path = tmp_path / "予約.csv"
    path.write_bytes(write_csv(columns(office.fair), [good, bad]))
    page: Page = await desk("chief")
    await button(page, "取り込み").click()
    await page.locator("input[type=file]").set_input_files(path)
    await expect(page.locator(".faults tbody tr")).to_contain_text("メールアドレス")
    assert await office.left("sapporo", 0) == 3
    await button(page, "予約できる1組だけを予約する").click()
    await button(page, "もう一度押すと").click(delay=SECOND_MS)
    await expect(page.locator(".note")).to_contain_text("1組の予約を登録しました")
    assert await office.left("sapporo", 0) == 2


async def test_the_privacy_officer_takes_the_nameless_list_out(desk: Callable[[str], Any], office: Office) -> None:
    await office.reserve("sapporo", 0)
    page: Page = await desk("privacy")
    await button(page, "書き出し").click()
    await page.get_by_label("書き出すわけ").fill("当日の停電に備えて")
    async with page.expect_download() as download:
        await page.get_by_role("button", name="CSV").click()
    file = await (await download.value).path()
    (row,) = read_table(await asyncio.to_thread(file.read_bytes), nameless(office.fair))
    assert row.cells["answers.residence"]
    await expect(page.locator(".note")).to_contain_text("監査記録に残りました")


async def test_the_desks_page_fits_and_is_for_everybody(desk: Callable[[str], Any], office: Office) -> None:
    await office.reserve("sapporo", 0)
    page: Page = await desk("chief")
    await check_page(page, SIZES)
    await page.locator(".slot-places .button", has_text="10:30").click()
    await expect(page.locator(".reserved-row")).to_be_visible()
    await check_page(page, SIZES)
    await page.locator(".reserved-row").click()
    await expect(page.locator(".opened").first).to_be_visible()
    await check_page(page, SIZES)
    await button(page, "予約を変更する").click()
    await expect(page.locator(".visitor-form")).to_be_visible()
    await check_page(page, SIZES)
