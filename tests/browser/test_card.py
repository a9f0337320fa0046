"""The reception card as its visitor fills it in: on a phone, at a tablet that forgets, and its private page."""

import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from checks import check_page
from opening import PagePool
from phones import faultless, phones
from real import RealServer

SIZES = [(390, 844), (1024, 768), (1920, 1080)]

THUMB_MS = 350
"""A person looks for the next button before pressing it."""

KEY_MS = 110
"""A person types on a phone about nine characters a second at best."""

WELL_UNDER_TWO_MINUTES_S = 60


@pytest_asyncio.fixture(scope="module")
async def visitors(browser: Browser) -> AsyncIterator[PagePool]:
    """The phones of all visitors: one cache."""
    async with phones(browser) as pool:
        yield pool


@pytest_asyncio.fixture
async def phone(visitors: PagePool, real: RealServer) -> AsyncIterator[Page]:
    """A visitor's phone; a script error fails the test."""
    async with faultless(visitors, real.url) as page:
        yield page


@pytest_asyncio.fixture
async def tablet(phone: Page) -> Page:
    """A tablet of the fair, whose time passes as a test likes: so it does on every page from then on, hence these tests come last."""
    await phone.clock.install()
    return phone


async def fill(page: Page, name: str = "見本 太郎") -> float:
    """Fill in what the card asks, each by a tap or by typing; give how long a person takes for that, in s."""
    taps = keys = 0

    async def tap(what: Locator) -> None:
        nonlocal taps
        taps += 1
        await what.click()

    async def type_in(label: str, text: str) -> None:
        nonlocal taps, keys
        taps += 1
        keys += len(text)
        await page.get_by_label(label).press_sequentially(text)

    for _ in range(2):
        await tap(page.get_by_role("button", name="大人を1名増やす"))
    await type_in("お名前", name)
    await type_in("ふりがな", "みほん たろう")
    for text in ("埼玉県", "30代", "夫婦・パートナー", "住まい", "子育て・教育", "1年以内", "家族・知人"):
        await tap(page.get_by_text(text, exact=True).first)
    for nth in range(2):
        await tap(page.get_by_text("同意する", exact=True).nth(nth))
    return (taps * THUMB_MS + keys * KEY_MS) / 1000


async def done(page: Page) -> None:
    await page.get_by_role("button", name="記入を終える").click()
    await expect(page.get_by_text("この画面を受付で見せてください")).to_be_visible()


async def test_a_card_takes_a_visitor_well_under_two_minutes(phone: Page, real: RealServer) -> None:
    """A person's pauses and typing, and the machine's own time; reading the notice comes on top."""
    await phone.goto(real.url + "/card")
    began = time.monotonic()
    a_persons = await fill(phone)
    await done(phone)
    assert a_persons + time.monotonic() - began < WELL_UNDER_TWO_MINUTES_S
    await expect(phone).to_have_url(f"{real.url}/c/{phone.url.rpartition('/')[2]}")


async def test_the_code_on_the_phone_is_the_card_at_the_desk(phone: Page, real: RealServer) -> None:
    await phone.goto(real.url + "/card")
    await fill(phone, name="見本 次郎")
    await done(phone)
    await expect(phone.locator(".show-qr")).to_have_js_property("complete", value=True)
    code = (await phone.locator(".show-code strong").inner_text()).strip()
    reception = await real.as_role("reception")
    (found,) = (await reception.post("/arrivals/find", text=code))["found"]
    assert (found["name"], found["adults"]) == ("見本 次郎", 2)
    await phone.go_back()  # the filled-in form is not behind the page
    assert "見本" not in await phone.content()


async def test_what_is_missing_is_told_beside_its_field_and_nothing_is_lost(phone: Page, real: RealServer) -> None:
    await phone.goto(real.url + "/card")
    await phone.get_by_label("お名前").fill("見本 三郎")
    await phone.get_by_role("button", name="記入を終える").click()
    await expect(phone.get_by_text("人数を入れてください。")).to_be_visible()
    await expect(phone.get_by_text("「同意する」か「同意しない」を選んでください。").first).to_be_attached()
    await expect(phone.get_by_label("お名前")).to_have_value("見本 三郎")


async def test_a_consent_is_withdrawn_by_two_presses_on_the_private_page(phone: Page, real: RealServer) -> None:
    await phone.goto(real.url + "/card")
    await fill(phone, name="見本 四郎")
    await done(phone)
    city = phone.locator('[data-consent="city"]')
    await city.get_by_role("button", name="同意を取り消す").click()
    await city.get_by_role("button", name="やめる").click()
    await expect(city).to_have_attribute("data-given", "true")
    await city.get_by_role("button", name="同意を取り消す").click()
    await city.get_by_role("button", name="取り消す", exact=False).last.click()
    await expect(city).to_have_attribute("data-given", "false")
    await expect(phone.locator('[data-consent="furusato"]')).to_have_attribute("data-given", "true")
    await phone.reload()
    await expect(city).to_have_attribute("data-given", "false")
    await check_page(phone, SIZES)


@pytest.mark.parametrize("path", ["/card", "/card?tablet=1", "/card/poster"])
async def test_the_pages_are_for_everybody_at_every_size(phone: Page, real: RealServer, path: str) -> None:
    await phone.goto(real.url + path)
    await expect(phone.locator("h1")).to_be_visible()
    await check_page(phone, SIZES)


async def test_an_address_that_opens_nothing_says_so(phone: Page, real: RealServer) -> None:
    await phone.goto(f"{real.url}/c/{'A' * 22}")
    await expect(phone.get_by_role("alert")).to_contain_text("このページは開けません")


async def test_a_tablet_forgets_one_visitor_before_the_next(tablet: Page, real: RealServer) -> None:
    await tablet.goto(real.url + "/card?tablet=1")
    await fill(tablet, name="見本 五郎")
    await done(tablet)
    await expect(tablet.locator(".show-qr")).to_be_visible()
    await tablet.clock.run_for(21_000)
    await expect(tablet.get_by_label("お名前")).to_have_value("")
    assert "五郎" not in await tablet.content()
    assert await tablet.evaluate("document.querySelectorAll(':checked').length") == 0
    assert await tablet.evaluate("localStorage.length + sessionStorage.length") == 0


async def test_a_tablet_forgets_what_was_begun_and_left(tablet: Page, real: RealServer) -> None:
    await tablet.goto(real.url + "/card?tablet=1")
    await tablet.get_by_label("お名前").fill("見本 六郎")
    await tablet.clock.run_for(110_000)
    await expect(tablet.get_by_label("お名前")).to_have_value("見本 六郎")
    await tablet.clock.run_for(15_000)
    await expect(tablet.get_by_label("お名前")).to_have_value("")
