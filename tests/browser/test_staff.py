"""The register and the devices, in a real browser, as a chief sees them."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Page, Request, expect

from checks import check_page
from opening import PagePool
from real import RealServer
from running import Refused

SIZES = [(390, 844), (1024, 768), (1920, 1080)]


@pytest_asyncio.fixture(scope="module")
async def chiefs(browser: Browser, real: RealServer) -> AsyncIterator[PagePool]:
    """The chief's browser."""
    context = await real.context_as(browser, real.chief)
    yield PagePool(context)
    await context.close()


@pytest_asyncio.fixture
async def page(chiefs: PagePool, real: RealServer) -> AsyncIterator[Page]:
    """A page of the chief's browser; a script error or a request to another host fails the test."""
    page = await chiefs.take()
    faults: list[str] = []

    def failed(error: Error) -> None:
        faults.append(str(error))

    def asked(request: Request) -> None:
        if not request.url.startswith((real.url, "blob:")):
            faults.append(request.url)

    page.on("pageerror", failed)
    page.on("request", asked)
    await page.set_viewport_size({"width": 1024, "height": 768})
    yield page
    page.remove_listener("pageerror", failed)
    page.remove_listener("request", asked)
    await chiefs.give_back(page, real.url)
    assert not faults


async def test_a_member_is_added_gets_a_badge_and_loses_it(page: Page, real: RealServer) -> None:
    await page.goto(f"{real.url}/staff")
    await expect(page.get_by_role("button", name="見本 花子 統括責任者")).to_be_visible()
    await check_page(page, SIZES)
    await page.set_viewport_size({"width": 1024, "height": 768})

    await page.get_by_role("button", name="追加").click()
    await page.get_by_label("氏名").fill("例示 さくら")
    await page.get_by_role("button", name="相談員 Consultant").click()
    await page.get_by_label("ブース番号").select_option("12")
    for label in ("有効期間のはじめ", "おわり"):
        await page.get_by_label(label).fill("2099-12-31" if label == "おわり" else "2020-01-01")
    await check_page(page, SIZES)
    await page.set_viewport_size({"width": 1024, "height": 768})
    await page.get_by_role("button", name="登録する").click()
    await expect(page.get_by_role("status").filter(has_text="例示 さくらさんを登録しました")).to_be_visible()

    await page.get_by_role("button", name="名札を作る", exact=True).dblclick()  # a trembling finger is one press
    await page.get_by_role("button", name="もう一度押すと前の名札が無効になります").click()
    await expect(page.get_by_role("img", name="例示 さくらの名札のQRコード")).to_be_visible()
    await check_page(page, SIZES)
    await page.set_viewport_size({"width": 1024, "height": 768})
    row = page.get_by_role("button", name="例示 さくら", exact=False).and_(page.locator(".member"))
    await expect(row).to_contain_text("未使用の名札")

    await page.get_by_role("button", name="名札を失効させる（紛失時）").click()
    await page.get_by_role("button", name="もう一度押すと失効します").click()
    await expect(row).to_contain_text("失効")
    await expect(page.get_by_role("img", name="例示 さくらの名札のQRコード")).to_have_count(0)


async def test_a_sheet_is_taken_in_or_its_faults_are_told_by_row(page: Page, real: RealServer) -> None:
    await page.goto(f"{real.url}/staff")
    await page.get_by_role("button", name="取り込み").click()
    faulty = "氏名,役割,ブース\n取込 一郎,受付,\n取込 二郎,相談員,99\n"
    await page.set_input_files("input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": faulty.encode()})
    await expect(page.get_by_role("row", name="3 相談員にはこのフェアのブース番号が要ります")).to_be_visible()
    await check_page(page, SIZES)
    await page.set_viewport_size({"width": 1024, "height": 768})
    mended = faulty.replace("99", "9")
    await page.set_input_files("input[type=file]", {"name": "a.csv", "mimeType": "text/csv", "buffer": mended.encode()})
    await expect(page.get_by_role("status").filter(has_text="2名を登録しました")).to_be_visible()

    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="名札を作る 2名").click()
        await page.get_by_role("button", name="もう一度押すと前の名札が無効になります").click()
    download = await downloading.value
    assert download.suggested_filename == "badges.pdf"
    await expect(page.get_by_role("status").filter(has_text="2名分の新しい名札")).to_be_visible()


async def test_a_device_is_invited_comes_in_and_is_taken_out(page: Page, real: RealServer) -> None:
    await page.goto(f"{real.url}/devices")
    await expect(page.get_by_role("article").filter(has_text="この端末")).to_be_visible()
    await check_page(page, SIZES)
    await page.get_by_label("置き場所の名前").fill("受付77")
    await page.get_by_role("button", name="QRコードを出す").click()
    await expect(page.get_by_role("img", name="端末登録のQRコード")).to_be_visible()
    await check_page(page, SIZES)
    await page.set_viewport_size({"width": 1024, "height": 768})

    client = await real.client()
    await client.enrol((await page.locator(".code").inner_text()).replace(" ", ""))
    await expect(page.get_by_text("登録されました")).to_be_visible()
    row = page.get_by_role("article").filter(has_text="受付77")
    await row.get_by_role("button", name="失効させる").click()
    await row.get_by_role("button", name="もう一度押すと失効").click()
    await expect(row.get_by_role("button")).to_have_count(0)
    with pytest.raises(Refused) as refused:
        await client.post("/sign-in/badge", badge={"id": "s01", "secret": "A" * 22})
    assert refused.value.code == "device_needed"
