"""Coming in, in a real browser: the first link, an enrolment, a badge and its PIN, and out again."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Error, Page, expect

from checks import check_page
from opening import PagePool
from phones import SIZE, phones
from real import PIN, RealServer, badge_in, real_server

SIZES = [(390, 844), (1024, 768), (1920, 1080)]


@pytest_asyncio.fixture(scope="module")
async def pool(browser: Browser) -> AsyncIterator[PagePool]:
    """A browser that keeps modules and fonts from one test to the next."""
    async with phones(browser) as pool:
        yield pool


@pytest_asyncio.fixture
async def page(pool: PagePool, real: RealServer) -> AsyncIterator[Page]:
    """A page of a browser that nobody knows yet; a script error fails the test."""
    assert not await pool.context.cookies()
    page = await pool.take()
    await page.set_viewport_size(SIZE)
    faults: list[str] = []

    def failed(error: Error) -> None:
        faults.append(str(error))

    page.on("pageerror", failed)
    yield page
    page.remove_listener("pageerror", failed)
    await pool.context.clear_cookies()
    await pool.give_back(page, real.url)
    assert not faults


SCANS = 10


async def scan(page: Page, text: str) -> None:
    """Type as a hand scanner does, with its Enter at the end; where the machine stutters between two keys, scan again, as people do."""
    for _ in range(SCANS):
        await page.keyboard.type(text)
        await page.keyboard.press("Enter")
        if await page.get_by_text("名札のQRコードを読み取ってください").count() == 0:
            return


async def type_pin(page: Page, pin: str = PIN) -> None:
    for digit in pin:
        await page.locator(".keypad").get_by_role("button", name=digit, exact=True).click()


async def test_the_first_link_makes_the_chief_whose_badge_signs_in(page: Page, redis_url: str) -> None:
    async with real_server(redis_url=redis_url, chief=False) as server:
        link = "/set-up#" + server.serving.said.partition("/set-up#")[2].split()[0]
        await page.goto(server.url + link)
        await expect(page).to_have_url(f"{server.url}/set-up")  # the secret does not stay in the address
        await check_page(page, SIZES)
        await page.get_by_label("氏名").fill("見本 花子")
        for label in ("暗証番号（6桁の数字）", "暗証番号をもう一度"):
            await page.get_by_label(label).fill("123456")
        await page.get_by_role("button", name="登録する").click()
        await expect(page.get_by_role("alert")).to_contain_text("当てられやすい")
        for label in ("暗証番号（6桁の数字）", "暗証番号をもう一度"):
            await page.get_by_label(label).fill(PIN)
        await page.get_by_role("button", name="登録する").click()
        await expect(page.get_by_role("img", name="統括責任者の名札のQRコード")).to_be_visible()
        await check_page(page, SIZES)
        await page.get_by_role("link", name="サインインへ").click()
        await expect(page.get_by_text("暗証番号（6桁）")).to_be_visible()
        await check_page(page, SIZES)
        await type_pin(page)
        await expect(page).to_have_url(f"{server.url}/")
        await expect(page.locator("#my-name")).to_have_text("見本 花子")
        await check_page(page, SIZES)

        await page.goto(server.url + link)
        await page.get_by_label("氏名").fill("見本 次郎")
        for label in ("暗証番号（6桁の数字）", "暗証番号をもう一度"):
            await page.get_by_label(label).fill(PIN)
        await page.get_by_role("button", name="登録する").click()
        await expect(page.get_by_role("alert")).to_contain_text("使用済みか期限切れ")


async def test_a_phone_is_enrolled_by_its_code_and_a_new_badge_chooses_its_pin(page: Page, real: RealServer) -> None:
    await page.goto(real.url + "/")
    await expect(page).to_have_url(f"{real.url}/sign-in")
    await expect(page.get_by_text("この端末はまだ登録されていません")).to_be_visible()
    await check_page(page, SIZES)
    invited = await real.chief.post("/devices/invite", kind="handheld", label="受付9")
    await page.get_by_role("link", name="コードを入力して登録する").click()
    await check_page(page, SIZES)
    code = invited["code"].lower()
    await page.get_by_label("端末登録コード").fill(f"{code[:4]} {code[4:]}")
    await page.get_by_role("button", name="登録する").click()
    await page.get_by_role("link", name="サインインへ").click()
    await expect(page.get_by_text("名札のQRコードを読み取ってください")).to_be_visible()
    await check_page(page, SIZES)

    member = await real.member("consultant", booth=7)
    address = f"{real.url}/sign-in#{member['id']}.{member['secret']}"
    await scan(page, address)
    await expect(page.get_by_text("新しい暗証番号を決めてください")).to_be_visible()
    await type_pin(page)
    await expect(page.get_by_text("もう一度、同じ暗証番号")).to_be_visible()
    await type_pin(page)
    await expect(page).to_have_url(f"{real.url}/booths/7")
    await expect(page.get_by_role("link", name=f"{member['id']} サインイン中")).to_be_visible()


async def test_a_badge_read_by_the_phones_camera_app_asks_for_the_pin_and_a_wrong_one_is_told(
    page: Page, real: RealServer
) -> None:
    client = await real.sign_in("reception", "guide")
    name = f"yobi-device-{real.fair}"
    await page.context.add_cookies([{"name": name, "value": client.cookies[name], "url": real.url, "httpOnly": True}])
    await page.goto(f"{real.url}/sign-in#{client.badge['id']}.{client.badge['secret']}")
    await expect(page).to_have_url(f"{real.url}/sign-in")
    await page.keyboard.type("904172")
    await expect(page.get_by_role("alert")).to_contain_text("サインインできません")
    await page.keyboard.type(PIN)
    await expect(page).to_have_url(f"{real.url}/")

    links = await page.locator(".places a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert {"/reception", "/calls"} <= set(links)
    assert "/staff" not in links
    assert await page.locator(".booths").count() == 0
    assert await page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]

    await page.get_by_role("button", name="サインアウト").click()
    await expect(page).to_have_url(f"{real.url}/sign-in")
    await page.goto(f"{real.url}/reception")
    await expect(page).to_have_url(f"{real.url}/sign-in")


async def test_a_screen_is_enrolled_by_its_qr_code_and_shows(page: Page, real: RealServer) -> None:
    invited = await real.chief.post("/devices/invite", kind="screen", label="入口")
    await page.goto(invited["url"])
    await page.get_by_role("button", name="登録する").click()
    await page.get_by_role("link", name="呼出画面を開く").click()
    await expect(page).to_have_url(f"{real.url}/calls")
    await expect(page.locator("body")).to_contain_text("札幌市")
    await page.goto(f"{real.url}/sign-in")
    await expect(page.get_by_text("この端末は表示専用です")).to_be_visible()
    await page.get_by_role("link", name="案内画面").click()
    await expect(page).to_have_url(f"{real.url}/guide")
    await page.go_back()
    await page.get_by_role("link", name="7番ブースの画面", exact=True).click()
    await expect(page.locator("h1")).to_have_text("北広島市")


async def test_another_code_is_no_badge(page: Page, real: RealServer) -> None:
    client = await real.device()
    await page.context.add_cookies([{"name": k, "value": v, "url": real.url} for k, v in client.cookies.items()])
    await page.goto(f"{real.url}/sign-in#something-else")
    await expect(page.get_by_role("alert")).to_contain_text("名札のQRコードではありません")
    assert badge_in("#something-else")["secret"] == ""
