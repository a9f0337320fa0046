"""The reception as people use it: three taps to a number, and nothing issued twice whatever the network does."""

import asyncio
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.async_api import Route, expect

from reception_page import (
    LIVE,
    PHONE,
    SMALL_PHONE,
    TABLET,
    assert_keeps_the_rules,
    booth_of,
    choose,
    parties,
    search,
    ticket_of,
)
from running import RunningServer


@contextmanager
def frozen(server: RunningServer) -> Iterator[None]:
    """The server stands still: what is sent arrives, and no answer comes."""
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.process.pid, signal.SIGCONT)


async def test_three_taps_issue_a_number_and_the_form_is_free_again(server: RunningServer, open_page: Any) -> None:
    await server.command("issue", size=3, queues=["ebetsu"])
    page = await open_page("/reception", *PHONE)
    await expect(page.locator('[data-queue="ebetsu"]')).to_contain_text("1組 3名")
    await choose(page, 2, "ebetsu")
    await expect(page.locator(".button.main")).to_have_text(re.compile(r"発券\s*2名・1件"))
    await page.click(".button.main")

    number = page.locator(".result-card .number")
    await expect(number).to_be_visible()
    party = max(await parties(server), key=lambda party: party["id"])
    assert party["size"] == 2
    assert await number.inner_text() == party["number"]
    assert await number.evaluate("el => getComputedStyle(el).fontSize") == "150px"
    await expect(page.locator(".place")).to_contain_text("前に1組 3名")
    await expect(page.locator(".visit .qr-code")).to_be_in_viewport(ratio=1)
    await assert_keeps_the_rules(page)

    following = page.get_by_role("button", name="次の受付")
    await expect(following).to_be_focused()
    await following.click()
    await expect(page.locator('[aria-pressed="true"]')).to_have_count(0)
    await expect(page.locator(".main-rest")).to_have_text("人数と相談先を選んでください")


async def test_the_code_for_the_visitors_own_phone_is_shown_at_once_and_again_for_who_is_found(
    server: RunningServer, open_page: Any
) -> None:
    page = await open_page("/reception", *TABLET)
    async with page.expect_response("**/link") as linked:
        await choose(page, 2, "ebetsu")
        await page.click(".button.main")
    url = (await (await linked.value).json())["url"]
    code = page.locator(".visit .qr-code")
    shown = await code.inner_html()
    await assert_keeps_the_rules(page)
    number = await page.locator(".result-card .number").inner_text()
    await page.get_by_role("button", name="次の受付").click()
    await page.locator(".find").click()
    await page.locator(".search-field input").fill(number)
    await page.get_by_role("button", name="スマホ用のQRコード").click()
    assert await code.inner_html() == shown
    await assert_keeps_the_rules(page)
    visitor = await open_page(url.removeprefix(server.url), *PHONE)
    await expect(visitor.get_by_text(number, exact=True).first).to_be_visible()


async def test_the_map_is_live_and_says_who_cannot_be_chosen(server: RunningServer, open_page: Any) -> None:
    page = await open_page("/reception", *PHONE)
    await expect(page.locator("button.queue")).to_have_count(18)
    otaru = page.locator('[data-queue="otaru"]')
    await expect(otaru).to_contain_text("0組 0名")
    await server.command("issue", size=4, queues=["otaru"])
    await expect(otaru).to_contain_text("1組 4名")

    await page.click('[data-size="1"]')
    await otaru.click()
    await server.command("stop-issuing", queue="otaru")
    await expect(page.locator(".main-rest")).to_have_text("小樽市は受付停止です。外してください")
    await otaru.click()
    await expect(page.locator('div[data-queue="otaru"]')).to_contain_text("受付停止")

    booth = await booth_of(server, "chitose")
    await server.command("pause-booth", booth=booth)
    await expect(page.locator('button[data-queue="chitose"]')).to_contain_text("休止中")
    await assert_keeps_the_rules(page)


async def test_a_double_tap_issues_once_and_the_whole_undo_bar_takes_it_back(
    server: RunningServer, open_page: Any
) -> None:
    page = await open_page("/reception", *PHONE)
    await choose(page, 1, "ishikari", "otaru")
    await page.locator(".button.main").dblclick()
    bar = page.locator(".undo")
    await expect(bar).to_contain_text("番を発券しました")
    assert len(await parties(server)) == 1
    await expect(page.get_by_role("button", name="次の受付")).to_be_visible()

    await bar.click(position={"x": 12, "y": 12})
    await expect(page.locator(".result")).to_have_count(0)
    await expect(page.locator('[data-queue="ishikari"]')).to_contain_text("0組 0名")
    await expect(bar).to_have_count(0)


async def test_a_lost_reply_issues_exactly_one_number(server: RunningServer, open_page: Any) -> None:
    page = await open_page("/reception", *PHONE)
    await page.wait_for_selector(LIVE)
    asked: list[Any] = []
    seen = asyncio.Event()

    async def lose_the_first_reply(route: Route) -> None:
        asked.append(route.request.post_data_json)
        if len(asked) == 1:
            await route.fetch()  # the server has done it …
            await route.abort()  # … and the page will never know
        else:
            await seen.wait()
            await route.continue_()

    await page.route("**/issue", lose_the_first_reply)
    await choose(page, 2, "sapporo", "ebetsu")
    await page.click(".button.main")
    await expect(page.locator(".pending")).to_contain_text("送信待ち 2名・2件")
    assert await page.locator(".pending button").count() == 0
    await page.click('[data-queue="otaru"]')
    await expect(page.locator('[data-queue="otaru"]')).to_have_attribute("aria-pressed", "false")
    await assert_keeps_the_rules(page)
    seen.set()

    await expect(page.locator(".result-card .number")).to_be_visible()
    [party] = await parties(server)
    assert await page.locator(".result-card .number").inner_text() == party["number"]
    assert len({body["command_id"] for body in asked}) == 1 < len(asked)


async def test_without_a_network_it_says_so_offers_paper_and_issues_one_number_when_back(
    server: RunningServer, open_page: Any
) -> None:
    page = await open_page("/reception", *PHONE)
    await page.wait_for_selector(LIVE)
    await choose(page, 2, "sapporo", "ebetsu")
    await page.clock.install()
    with frozen(server):
        async with page.expect_request("**/issue"):  # it arrives, and stays unanswered
            await page.click(".button.main")
        await expect(page.locator(".main-rest")).to_have_text("発券しています")
        await page.context.set_offline(True)
        await page.clock.fast_forward(60_000)  # ten seconds without a beat would do
        await expect(page.locator(".stale-bar")).to_contain_text("自動でつなぎ直しています")
        await expect(page.locator(".connection")).to_have_text("オフライン")
        await expect(page.locator(".pending")).to_contain_text("つながると1回だけ発券します")
        await expect(page.locator(".pending time")).to_have_text(re.compile(r"1:\d\d"))
        await expect(page.locator('.queue[aria-pressed="true"]')).to_have_count(2)
        await assert_keeps_the_rules(page)

        await page.get_by_role("button", name="紙の整理券で受付").click()
        await expect(page.locator(".steps")).to_contain_text("札幌市・江別市")
        await expect(page.locator(".steps")).to_contain_text("もう一度発券しないでください")
        await assert_keeps_the_rules(page)
    await page.context.set_offline(False)
    await expect(page.locator(".result-card .number")).to_be_visible()
    await expect(page.locator(".stale-bar")).to_have_count(0)
    [party] = await parties(server)
    assert await page.locator(".result-card .number").inner_text() == party["number"]


async def test_a_refusal_is_explained_and_loses_nothing(server: RunningServer, open_page: Any) -> None:
    page = await open_page("/reception", *PHONE)

    async def stop_first(route: Route) -> None:
        await server.command("stop-issuing", queue="ebetsu")
        await route.continue_()

    await page.route("**/issue", stop_first)
    await choose(page, 3, "sapporo", "ebetsu")
    await page.click(".button.main")
    failed = page.locator('.failed[data-code="issuing_stopped"]')
    await expect(failed).to_contain_text("受付を停止しています")
    await expect(failed.locator('[lang="en"]')).to_contain_text("takes no new tickets")
    await expect(page.locator('[data-size="3"]')).to_have_attribute("aria-pressed", "true")
    await expect(page.locator('.queue[aria-pressed="true"]')).to_have_count(2)
    await assert_keeps_the_rules(page)
    assert await parties(server) == []

    await page.unroute("**/issue")
    await page.click('[data-queue="ebetsu"]')
    await expect(failed).to_have_count(0)
    await page.click(".button.main")
    await expect(page.locator(".place")).to_have_count(1)


async def test_a_number_is_found_lit_only_while_called_and_takes_further_queues(
    server: RunningServer, open_page: Any
) -> None:
    event = await server.command("issue", size=2, queues=["sapporo", "otaru"])
    number = event["parties"][0]["number"]
    booth = await booth_of(server, "sapporo")
    await server.command("call-next", booth=booth)
    page = await open_page("/reception", *PHONE)
    await search(page, number)
    rows = page.locator(".ticket")
    await expect(rows.nth(0)).to_contain_text(f"{booth}番 呼び出し中")
    await expect(rows.nth(1)).to_contain_text("他ブース相談中")
    await assert_keeps_the_rules(page)
    await server.command("start", booth=booth)
    await expect(rows.nth(0)).to_contain_text("相談中")
    await assert_keeps_the_rules(page)

    await page.get_by_role("button", name="相談先を追加").click()
    await expect(page.locator('div[data-queue="sapporo"]')).to_contain_text("受付済み")
    await assert_keeps_the_rules(page)
    await page.click('[data-queue="jobs"]')
    await page.click(".button.main")
    await expect(page.locator(".result-card .number")).to_have_text(number)
    await expect(page.locator(".place")).to_have_count(3)
    assert len(await parties(server)) == 1

    await server.command("finish", booth=booth)
    await server.command("call-next", booth=await booth_of(server, "jobs"))
    await expect(page.locator(".place.lamp")).to_contain_text("呼び出し中")
    await assert_keeps_the_rules(page)


async def test_a_ticket_is_held_restored_moved_and_cancelled_from_the_search(
    server: RunningServer, open_page: Any
) -> None:
    event = await server.command("issue", size=1, queues=["sapporo"])
    page = await open_page("/reception", *PHONE)
    await search(page, event["parties"][0]["number"])
    row = page.locator(".ticket")
    change = row.get_by_role("button")

    await change.click()
    await assert_keeps_the_rules(page)
    await page.click('[data-act="hold"]')
    await expect(row).to_contain_text("不在・保留")
    await expect(page.locator(".undo")).to_contain_text("札幌市を保留しました")

    await change.click()
    await page.click('[data-act="restore"]')
    await expect(row).to_contain_text("前に0組")

    await change.click()
    await page.click('[data-act="transfer"]')
    await assert_keeps_the_rules(page)
    await page.click('[data-queue="ishikari"]')
    await expect(row).to_contain_text("石狩市")
    assert (await ticket_of(server, event))["queue"] == "ishikari"

    await change.click()
    await page.click('[data-act="cancel"]')
    await assert_keeps_the_rules(page)
    await page.click('[data-reason="left"]')
    await expect(row).to_contain_text("取消")
    assert (await ticket_of(server, event))["reason"] == "left"

    await page.click(".undo")
    await expect(row).to_contain_text("前に0組")
    await expect(row).to_contain_text("石狩市")


async def test_a_keyboard_does_what_a_thumb_does(server: RunningServer, open_page: Any) -> None:
    event = await server.command("issue", size=1, queues=["living"])
    page = await open_page("/reception", *TABLET)
    await page.locator(".find").press("Enter")
    await expect(page.get_by_label("番号を探す")).to_be_focused()
    await page.keyboard.type("９９")
    await expect(page.locator(".hint")).to_have_text("99番の整理券はありません")
    await page.keyboard.press("Backspace")
    await page.keyboard.press("Backspace")
    await page.keyboard.type(event["parties"][0]["number"])
    await expect(page.locator(".ticket")).to_contain_text("暮らし")
    await page.keyboard.press("Escape")
    await page.locator('[data-size="2"]').press("Enter")
    await page.locator('[data-queue="living"]').press("Space")
    await page.locator(".button.main").press("Enter")
    await expect(page.locator(".result-card .number")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE, TABLET])
async def test_the_whole_form_stands_on_the_page_and_fits(
    server: RunningServer, open_page: Any, size: tuple[int, int]
) -> None:
    page = await open_page("/reception", *size)
    await page.wait_for_selector(LIVE)
    await choose(page, 2, "sapporo", "bus")
    await page.wait_for_selector(".button.main")
    await assert_keeps_the_rules(page)
    for selector in (".find", ".persons", '[data-queue="bus"]', ".button.main"):
        await expect(page.locator(selector)).to_be_in_viewport(ratio=1)
    hidden = "el => Math.max(...[el, ...el.children].map((box) => box.scrollHeight - box.clientHeight))"
    assert await page.locator(".middle").evaluate(hidden) <= 0

    await page.click(".size[aria-expanded]")
    await expect(page.locator(".large .size")).to_have_count(16)
    await assert_keeps_the_rules(page)
    await page.click('.large [data-size="20"]')
    await page.click(".button.main")
    await expect(page.locator(".result-card .number")).to_be_visible()
    await assert_keeps_the_rules(page)
