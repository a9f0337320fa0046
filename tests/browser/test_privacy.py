"""The privacy officer's page in a real browser: tapped through from the record to the end of the data, at every size."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Page, Request, ViewportSize, expect

from card_samples import written
from checks import check_page
from opening import PagePool
from printed import Printed
from real import Client, RealServer, real_server

SIZES = [(390, 844), (1024, 768), (1920, 1080)]
WIDE = ViewportSize(width=1024, height=768)


class Office:
    """A real server with a Redis of its own, the browsers of two officers, and a visitor."""

    def __init__(self, server: RealServer, browsers: list[PagePool]) -> None:
        self.server = server
        self.browsers = browsers
        self.first: Page
        self.second: Page
        self.officer: Client
        self.visitor: Client
        self.faults: list[str] = []

    async def sit_down(self) -> None:
        """Give both officers a page that nothing was done on yet."""
        self.faults.clear()
        self.first, self.second = [await self._page(pool) for pool in self.browsers]

    async def stand_up(self) -> None:
        """Leave both pages: no script failed, nothing was asked of others, and the browsers kept nothing."""
        for pool, page in zip(self.browsers, (self.first, self.second), strict=True):
            page.remove_listener("pageerror", self._failed)
            page.remove_listener("request", self._asked)
            await pool.give_back(page, self.server.url)
        assert not self.faults

    async def open(self, page: Page, part: str) -> None:
        """Open a part of the page, loaded anew."""
        is_open = page.url.startswith(f"{self.server.url}/privacy")
        await page.goto(f"{self.server.url}/privacy#{part}")
        if is_open:
            await page.reload()  # another part alone loads nothing
        await expect(page.locator(".card, .entry").first).to_be_visible()

    async def check(self, page: Page) -> None:
        """Look at the page at every size: nothing overflows, every control is big enough, axe finds nothing."""
        await check_page(page, SIZES)
        await page.set_viewport_size(WIDE)

    async def _page(self, pool: PagePool) -> Page:
        page = await pool.take()
        page.on("pageerror", self._failed)
        page.on("request", self._asked)
        await page.set_viewport_size(WIDE)
        return page

    def _failed(self, error: Error) -> None:
        self.faults.append(str(error))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.server.url, "blob:", "about:blank")):
            self.faults.append(request.url)


@pytest_asyncio.fixture(scope="module")
async def shared(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The server and its people: what a test leaves in it, others find. The browsers keep modules and fonts."""
    async with real_server(data=tmp_path_factory.mktemp("office") / "data") as server:
        visitor, officer = await server.client(), await server.as_role("privacy")
        clients = [officer, await server.sign_in("privacy")]
        office = Office(server, [PagePool(await server.context_as(browser, client)) for client in clients])
        office.visitor, office.officer = visitor, officer
        yield office
        for pool in office.browsers:
            await pool.context.close()


@pytest_asyncio.fixture
async def office(shared: Office) -> AsyncIterator[Office]:
    """The shared office, at new pages."""
    await shared.sit_down()
    yield shared
    await shared.stand_up()


def printed(path: Path) -> Printed:
    """Read a PDF that was downloaded."""
    return Printed(path.read_bytes())


async def twice(page: Page, first: str, again: str) -> None:
    """Press a button that wants to be pressed twice."""
    await page.get_by_role("button", name=first).click()
    await page.get_by_role("button", name=again).click()


async def test_the_record_is_looked_through_proved_and_printed(office: Office) -> None:
    page = office.first
    await office.visitor.post("/own-cards", **written())
    await office.open(page, "audit")
    await expect(page.locator(".entry").filter(has_text="本人の受付カード")).to_be_visible()
    await page.get_by_role("button", name="検証する").click()
    await expect(page.get_by_role("status").filter(has_text="改ざんはありません")).to_be_visible()
    await office.check(page)
    async with page.expect_download() as download:
        await page.get_by_role("button", name="日ごとのまとめ").click()
    assert "監査記録" in printed(await (await download.value).path()).title
    await page.get_by_label("操作").select_option("own-card")
    await page.get_by_role("button", name="絞り込む").click()
    filled_in = (await office.officer.get("/audit?act=own-card"))["entries"]
    await expect(page.locator(".entry")).to_have_count(len(filled_in))
    await page.get_by_label("操作").select_option("reset")
    await page.get_by_role("button", name="絞り込む").click()
    await expect(page.get_by_text("該当する記録はありません")).to_be_visible()


async def test_an_export_needs_two_and_leaves_once(office: Office) -> None:
    first, second = office.first, office.second
    await office.visitor.post("/own-cards", **written())
    await office.open(first, "exports")
    await first.get_by_label("札幌市", exact=True).check()
    await first.get_by_label("利用目的").fill("移住相談の続き")
    await first.get_by_label("申請の理由").fill("フェア後の連絡")
    await office.check(first)
    await first.get_by_role("button", name="申請する").click()
    await expect(first.get_by_text("承認は、ほかの担当者が行います。")).to_be_visible()
    await expect(first.get_by_role("button", name="承認")).to_have_count(0)
    await office.open(second, "exports")
    await twice(second, "承認", "もう一度押すと承認します")
    assert len((await second.locator(".password-letters").inner_text()).replace("-", "")) == 16
    await office.check(second)
    await second.get_by_role("button", name="書き取りました").click()
    await expect(second.locator(".password-letters")).to_have_count(0)
    await office.open(first, "exports")
    async with first.expect_download() as download:
        await twice(first, "ファイルを受け取る", "もう一度押すと受け取ります")
    assert (await download.value).suggested_filename.endswith("-1.xlsx")
    await expect(first.get_by_text("提供済み")).to_be_visible()
    async with first.expect_download() as download:
        await first.get_by_role("button", name="預り証").click()
    assert "預" in printed(await (await download.value).path()).title
    await first.get_by_label("停止の理由").fill("端末の紛失")
    await first.get_by_role("button", name="すべての提供を停止する").click()
    await expect(first.get_by_text("提供は停止中です")).to_be_visible()
    await first.get_by_label("札幌市", exact=True).check()
    await first.get_by_label("利用目的").fill("止まっている間の申請")
    await first.get_by_label("申請の理由").fill("確認")
    await first.get_by_role("button", name="申請する").click()
    await expect(first.get_by_role("alert")).to_contain_text("提供は停止中")
    await office.check(first)
    await office.officer.post("/exports/lift", reason="見つかった")  # other tests may export


async def test_the_list_for_follow_up_waits_until_nothing_is_issued(office: Office) -> None:
    first, second = office.first, office.second
    await office.open(first, "exports")
    await first.get_by_label("札幌市", exact=True).check()
    await first.get_by_label("閉場までに順番が来なかった方だけ").check()
    await first.get_by_label("利用目的").fill("後日のご連絡")
    await first.get_by_label("申請の理由").fill("順番が来なかった")
    await office.check(first)
    await first.get_by_role("button", name="申請する").click()
    mine = first.locator(".export").first
    await expect(mine).to_contain_text("閉場までに順番が来なかった方だけ")
    await office.open(second, "exports")
    await twice(second, "承認", "もう一度押すと承認します")
    await second.get_by_role("button", name="書き取りました").click()
    await office.open(first, "exports")
    await twice(first, "ファイルを受け取る", "もう一度押すと受け取ります")
    await expect(first.get_by_role("alert")).to_contain_text("まだ発券している相談先")


async def test_from_a_name_in_the_record_to_what_was_seen(office: Office) -> None:
    page = office.first
    card = await office.visitor.post("/own-cards", **written(name="見本 見られた人"))
    reception = await office.server.as_role("reception")
    found = await reception.post("/arrivals/find", text=card["code"])
    await reception.get(f"/cards/{found['found'][0]['card']}")
    await office.open(page, "audit")
    await page.locator(".entry").filter(has_text="受付カードの閲覧").get_by_role("button").click()
    await expect(page.get_by_label("スタッフ", exact=False).last).to_have_value(reception.id)
    await page.get_by_role("button", name="調べる", exact=True).click()
    await expect(page.locator(".figures")).to_contain_text("1件が個人のもの")
    await expect(page.get_by_text("見られた人")).to_have_count(0)
    await page.get_by_label("氏名と連絡先を確認する理由").fill("本人への連絡")
    await page.get_by_role("button", name="氏名と連絡先を表示").click()
    await expect(page.get_by_text("見本 見られた人")).to_be_visible()
    await office.check(page)
    await page.get_by_label("何が起きたか").fill("端末が見当たらなかった")
    async with page.expect_download() as download:
        await page.get_by_role("button", name="報告書の下書き").click()
    assert "端末が見当たらなかった" in printed(await (await download.value).path()).text


async def test_keys_are_replaced_and_all_is_destroyed(office: Office) -> None:
    """The last test of this office: afterwards nobody is known there."""
    first, second = office.first, office.second
    await office.visitor.post("/own-cards", **written(name="見本 消える人"))
    await office.open(first, "keys")
    await office.check(first)
    await twice(first, "鍵を更新する", "もう一度押すと更新します")
    await expect(first.get_by_text("第2版")).to_be_visible()
    await office.open(first, "disposal")
    await first.get_by_label("申請の理由").fill("契約の終了")
    await first.get_by_role("button", name="消去を申請する").click()
    await expect(first.get_by_text("承認待ちです")).to_be_visible()
    async with first.expect_download() as download:
        await first.get_by_role("button", name="消去申請書").click()
    assert "消去申請書" in printed(await (await download.value).path()).title
    await office.open(second, "disposal")
    await twice(second, "承認する", "もう一度押すと承認します")
    await office.open(first, "disposal")
    await office.check(first)
    await twice(first, "消去を実行する", "もう一度押すと消去します")
    await expect(first.get_by_text("消去しました")).to_be_visible(timeout=30_000)
    await office.check(first)
    await first.get_by_label("実施した者").fill("見本 花子")
    await first.get_by_label("承認した者").fill("見本 次郎")
    async with first.expect_download() as download:
        await first.get_by_role("button", name="消去記録").click()
    assert "見本次郎" in printed(await (await download.value).path()).text
    await office.open(first, "keys")
    await expect(first.get_by_text("個人情報は消去され、鍵はありません")).to_be_visible()
    await office.open(first, "audit")
    await expect(first.get_by_text("個人情報保護管理者").first).to_be_visible()  # names are gone, roles are not
