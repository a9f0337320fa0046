"""The floor manager's page at a real server: what needs an act stands there, one tap does it, and every page hears of it."""

import re

from playwright.async_api import expect

from floor_page import (
    AUDIT,
    DESK,
    MINUTE,
    OPENS,
    OpenFloor,
    act,
    begin,
    booth,
    issue,
    press,
    tile,
)
from guided import CROWDED, Guided
from opening import OpenPage
from running import RunningServer


async def test_one_tap_opens_a_spare_and_another_takes_it_back(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    await issue(server, "sapporo")
    cell = page.locator('.queue-cell[data-queue="sapporo"]')
    await expect(cell).to_contain_text("1組 2名")
    await cell.click()
    await expect(act(page, "lend")).to_have_text("19番を開く")
    await press(page, "assign-booth", act(page, "lend"))
    await expect(cell.locator(".chip")).to_have_text([re.compile("^1空き"), re.compile("^19空き")])
    assert (await booth(server, 19))["queue"] == "sapporo"
    await expect(page.locator('.spare-cell[data-booth="19"]')).to_contain_text("札幌市")
    undo = page.get_by_role("button", name="19番を札幌市に開きました")
    await press(page, "undo", undo)
    await expect(cell.locator(".chip")).to_have_text([re.compile("^1空き")])
    await expect(undo).to_have_count(0)
    assert (await booth(server, 19))["queue"] is None


async def test_a_spare_is_lent_elsewhere_and_given_back_from_its_own_cell(
    server: RunningServer, floor: OpenFloor
) -> None:
    page = await floor(at=60)
    spare = page.locator('.spare-cell[data-booth="20"]')
    await spare.click()
    await expect(page.get_by_role("heading", name="予備 20番")).to_be_visible()
    await press(page, "assign-booth", act(page, "lend-jobs"))
    await expect(spare).to_contain_text("仕事")
    assert (await booth(server, 20))["queue"] == "jobs"
    await press(page, "assign-booth", act(page, "take-back"))
    await expect(spare).to_contain_text("空き・映像")
    assert (await booth(server, 20))["queue"] is None


async def test_the_suggestion_says_why_and_acts_in_one_tap(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    for _ in range(6):
        await issue(server, "sapporo")
    card = page.locator("[data-suggestion]")
    await expect(card).to_contain_text("19番 → 札幌市に開く")
    await expect(card).to_contain_text(re.compile(r"札幌市の目安 約\d+分 → (約\d+分|すぐ)"))
    await expect(card).to_contain_text(re.compile(r"お待ち 6組。会場全体で、のべ約\d+分短縮"))
    await expect(page.locator(".figures-age")).to_have_text(re.compile(r"目安 \d秒前"))
    await press(page, "assign-booth", card.get_by_role("button", name="19番を開く"))
    await expect(page.locator('.spare-cell[data-booth="19"]')).to_contain_text("札幌市")
    assert (await booth(server, 19))["queue"] == "sapporo"


async def test_a_suggestion_can_wait(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    for _ in range(6):
        await issue(server, "sapporo")
    card = page.locator('[data-suggestion="lend-19-sapporo"]')
    await card.get_by_role("button", name="あとで").click()
    await expect(card).to_have_count(0)
    assert (await booth(server, 19))["queue"] is None


async def test_a_call_that_nobody_answers_is_told_with_what_to_do(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    ticket = await issue(server, "otaru")
    await server.command("call-next", booth=2)
    await expect(page.locator('.chip[data-state="called"]')).to_contain_text(ticket["number"])
    await expect(page.locator("[data-alarm]")).to_have_count(0)
    await server.command("set-clock", at=OPENS + 62 * MINUTE, rate=1)
    alarm = page.locator(f'[data-alarm="unanswered-{ticket["id"]}-0"]')
    await expect(alarm).to_contain_text(f"{ticket['number']}番 2番ブース 応答なし")
    await expect(alarm.get_by_role("button")).to_have_text(["不在・保留", "再呼出"])
    await expect(alarm.locator(".advised")).to_have_text("再呼出")
    assert await page.evaluate(AUDIT) == []
    await press(page, "recall", alarm.get_by_role("button", name="再呼出"))
    await expect(alarm).to_have_count(0)
    await server.command("set-clock", at=OPENS + 64 * MINUTE, rate=1)
    again = page.locator(f'[data-alarm="unanswered-{ticket["id"]}-1"]')
    await expect(again.locator(".advised")).to_have_text("不在・保留")
    await press(page, "absent", again.locator(".advised"))
    away = page.locator(f'[data-away="{ticket["id"]}"]')
    await expect(away).to_contain_text("あと30分で取り消し")
    await expect(page.locator('[data-today="no-shows"]')).to_have_text("1組")
    await press(page, "restore", away.get_by_role("button", name="列に戻す"))
    await expect(away).to_have_count(0)


async def test_an_announcement_reaches_the_calls_screen_and_ends(
    server: RunningServer, floor: OpenFloor, open_page: OpenPage
) -> None:
    await begin(server, 60)
    calls = await open_page("/calls", *DESK)
    page = await floor()
    await page.locator('[data-tab="announce"]').click()
    await page.locator(".sentences .button").first.click()
    await expect(page.locator("[name=en]")).to_have_value(re.compile("^It is busy"))
    await page.locator("[name=ja]").fill("落とし物をお預かりしています")
    await page.locator("[name=en]").fill("")
    await page.get_by_role("button", name="5分", exact=True).click()
    await press(page, "announce", act(page, "announce"))
    await expect(calls.get_by_text("落とし物をお預かりしています")).to_be_visible()
    notice = page.locator("[data-notice]")
    await expect(notice).to_contain_text("あと5分")
    await expect(page.locator("[name=ja]")).to_have_value("")
    await press(page, "end-notice", notice.get_by_role("button", name="終わる"))
    await expect(calls.get_by_text("落とし物をお預かりしています")).to_have_count(0)
    await expect(notice).to_have_count(0)


async def test_corrections_count_and_keep_their_reason(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    ticket = await issue(server, "ebetsu", 2)
    await page.locator('[data-tab="correct"]').click()
    await page.locator("[name=number]").fill("999")
    await expect(page.locator(".panel")).to_contain_text("999番はありません")
    await page.locator("[name=number]").fill(ticket["number"])
    await page.get_by_role("button", name="押し忘れ").click()
    await press(page, "correct-ticket", act(page, f"correct-{ticket['id']}-finished"))
    await expect(tile(page, "talks")).to_contain_text("1組 2名")
    await page.get_by_role("button", name="人数を1名増やす").click()
    await press(page, "correct-party", act(page, "correct-party"))
    await expect(tile(page, "goal")).to_contain_text("3名")
    await page.locator("[name=booth]").fill("4")
    await press(page, "drop-in", act(page, "drop-in-4"))
    await expect(tile(page, "goal")).to_contain_text("7名")
    counts, board = await server.get("/counts"), await server.get("/board")
    assert (counts["consultations"], counts["visited"]["persons"]) == (2, 7)
    assert board["tickets"][0]["corrected"] == board["parties"][0]["corrected"] == "forgotten"


async def test_the_figures_are_the_servers_own(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    for queue, size in (("sapporo", 3), ("otaru", 1), ("jobs", 4)):
        await issue(server, queue, size)
    await server.command("call-next", booth=1)
    await server.command("start", booth=1)
    await server.command("call-next", booth=2)
    await expect(page.locator('.chip[data-state="called"]')).to_have_count(1)
    counts = await server.get("/counts")
    assert counts["visited"]["persons"] == 3
    await expect(tile(page, "goal").locator(".goal-now")).to_have_text("3名")
    outlook = tile(page, "goal").locator(".goal-outlook")
    await expect(outlook).to_have_text(re.compile(r"閉場時 約\d+〜\d+名"))
    await expect(tile(page, "came")).to_contain_text(f"{counts['came']['parties']}組 {counts['came']['persons']}名")
    await expect(tile(page, "waiting")).to_contain_text("1組 4名")
    await expect(tile(page, "waiting")).to_contain_text("席 48")
    await expect(page.locator(".past tbody tr")).to_have_count(7)
    await expect(page.locator(".past tbody tr").nth(1)).to_contain_text("—")


async def test_issuing_is_stopped_and_reopened_for_one_queue(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    cell = page.locator('.queue-cell[data-queue="bus"]')
    await cell.click()
    await press(page, "stop-issuing", act(page, "stop"))
    await expect(cell).to_contain_text("発券停止")
    board = await server.get("/board")
    assert [row["id"] for row in board["queues"] if not row["issuing"]] == ["bus"]
    await press(page, "reopen-issuing", act(page, "reopen"))
    await expect(cell).not_to_contain_text("発券停止")


async def test_the_day_closes_in_three_steps_and_those_left_are_numbers(
    server: RunningServer, floor: OpenFloor
) -> None:
    page = await floor(at=329)
    ticket = await issue(server, "sapporo", 2)
    await page.locator('[data-tab="closing"]').click()
    steps = page.locator(".step")
    await expect(steps.locator("time")).to_have_text(["16:00", "16:30", "17:00"])
    await expect(steps.locator(".step-state")).to_have_text(["これから"] * 3)
    await server.command("set-clock", at=OPENS + 330 * MINUTE, rate=1)
    await press(page, "announce", page.locator('[data-act="announce-warn"]'))
    await expect(steps.first.locator(".step-state")).to_have_text("完了")
    await server.command("set-clock", at=OPENS + 390 * MINUTE, rate=1)
    await expect(steps.nth(1)).to_contain_text("発券を止めた相談先 18／18")  # by the house
    await expect(steps.nth(2)).to_contain_text("すべての発券を止めました")
    await expect(page.locator(".panel")).to_contain_text("後日ご連絡する方 1組")
    await expect(page.locator(".follow-up li")).to_have_text(re.compile(rf"{ticket['number']}番 2名\s*札幌市"))


async def test_a_crowded_queue_is_told_with_a_spare(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    guided = Guided(server, page)
    await guided.begin()
    await issue(server, "jobs")
    await expect(page.locator('.queue-cell[data-queue="jobs"]')).to_contain_text(
        "1組"
    )  # the server's board is there, too
    await guided.advise(jobs=(25, 30, CROWDED))
    alarm = page.locator('[data-alarm="crowded-jobs"]')
    await expect(alarm).to_contain_text("仕事 約25〜30分待ち")
    await press(page, "assign-booth", alarm.get_by_role("button"))
    await expect(page.locator('.queue-cell[data-queue="jobs"] .chip')).to_have_count(2)
    board = await server.get("/board")
    assert [row["id"] for row in board["booths"] if row["queue"] == "jobs"] == [17, 19]
