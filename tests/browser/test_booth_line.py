"""A booth and its line at a real server: who is chosen, passed over or led elsewhere; pauses, spares, a bad network."""

from playwright.async_api import Browser, Route, WebSocketRoute, expect

from booth_page import BOOTH, PATH, PHONE, QUEUE, SPARE, TABLET, faults, issue, press, stands, tickets
from opening import OpenPage
from running import RunningServer
from yobidashi.live.wire import encode_beat


async def test_a_chosen_number_is_called_even_if_it_was_absent(server: RunningServer, open_page: OpenPage) -> None:
    first, second = await issue(server), await issue(server)
    await server.command("call-next", booth=BOOTH)
    await server.command("absent", booth=BOOTH)
    page = await open_page(PATH, *TABLET)
    await stands(page, "idle", second["number"])
    await press(page, "choose")
    await expect(page.locator(".main-rest")).to_have_text("番号を選んでください")
    await page.get_by_role("button", name="9", exact=True).click()
    await expect(page.locator(".choose-who")).to_have_text("9番はありません")
    await page.get_by_role("button", name="1文字消す").click()
    for digit in first["number"]:
        await page.get_by_role("button", name=digit, exact=True).click()
    assert await faults(page) == []
    await press(page, "call")
    await stands(page, "called", first["number"])
    await press(page, "start")
    await stands(page, "serving", first["number"])
    await press(page, "choose")
    await page.click(f'.place:has-text("{second["number"]}")')
    await press(page, "hold-chosen")
    await expect(page.locator(".place-away")).to_contain_text(second["number"])
    await press(page, "choose")
    await page.click(f'.place:has-text("{second["number"]}")')
    await press(page, "call")
    await stands(page, "called", second["number"])
    assert await tickets(server, "finished") == [first["number"]]


async def test_who_is_at_another_booth_is_passed_over_and_keeps_the_place(
    server: RunningServer, open_page: OpenPage
) -> None:
    both, alone = await issue(server, 2, QUEUE, "ishikari"), await issue(server)
    await server.command("call-next", booth=8)
    page = await open_page(PATH, *TABLET)
    await stands(page, "idle", alone["number"])
    rows = page.locator(".place")
    await expect(rows.nth(0)).to_contain_text("他ブース相談中")
    await expect(rows.nth(0)).to_contain_text(both["number"])
    await expect(rows.nth(1)).to_contain_text("まもなく")
    await press(page, "call-next")
    await stands(page, "called", alone["number"])
    await server.command("start", booth=8)
    await server.command("finish", booth=8)
    await expect(rows.nth(0)).to_contain_text("まもなく")


async def test_a_party_is_led_to_another_booth(server: RunningServer, open_page: OpenPage) -> None:
    first, second = await issue(server), await issue(server)
    page = await open_page(PATH, *TABLET)
    await press(page, "call-next")
    await stands(page, "called")
    await press(page, "transfer")
    await expect(page.locator(".map-cell")).to_have_count(18)
    await page.click('.map-cell:has-text("江別市")')
    assert await faults(page) == []
    await press(page, "transfer")
    await stands(page, "idle", second["number"])
    await expect(page.locator(".undo")).to_contain_text(f"{first['number']}番を江別市へ案内しました")
    await press(page, "call-next")
    await stands(page, "called")
    await press(page, "start")
    await stands(page, "serving")
    await press(page, "transfer")
    await page.click('.map-cell:has-text("江別市")')
    await press(page, "add")
    await stands(page, "serving", second["number"])
    board = await server.get("/board")
    assert [t["number"] for t in board["tickets"] if t["queue"] == "ebetsu"] == [first["number"], second["number"]]


async def test_pause_now_or_when_the_talk_is_over_and_close(server: RunningServer, open_page: OpenPage) -> None:
    first, second = await issue(server), await issue(server)
    page = await open_page(PATH, *TABLET)
    await press(page, "call-next")
    await stands(page, "called", first["number"])
    await press(page, "start")
    await stands(page, "serving", first["number"])
    await press(page, "pause")
    await expect(page.locator(".main")).to_contain_text("終了して休止する")
    await press(page, "finish")
    await stands(page, "paused")
    assert await tickets(server, "waiting") == [second["number"]]
    assert await faults(page) == []
    await press(page, "close")
    await stands(page, "closed")
    await press(page, "open")
    await stands(page, "idle", second["number"])
    await expect(page.locator(".tally")).to_have_count(0)  # the undo bar has its slot
    await page.click(".undo")
    await stands(page, "closed")
    await expect(page.locator(".tally")).to_contain_text("きょうの相談 1組 2名")


async def test_a_spare_helps_its_home_queue_or_another(server: RunningServer, open_page: OpenPage) -> None:
    waiting = await issue(server)
    page = await open_page(f"/booths/{SPARE}", *PHONE)
    await stands(page, "spare")
    await expect(page.locator(".place")).to_contain_text(waiting["number"])
    assert await faults(page) == []
    await page.click('.main[data-act="assign"]')
    await stands(page, "idle", waiting["number"])
    await press(page, "give-back")
    await stands(page, "spare")
    await page.click('.act-assign[data-act="assign"]')
    await page.click('.map-cell:has-text("江別市")')
    assert await faults(page) == []
    await page.click('.main[data-act="assign"]')
    await stands(page, "idle")
    await expect(page.locator(".header-title")).to_contain_text("江別市")


async def test_a_press_through_bad_network_waits_in_sight_and_acts_once(
    server: RunningServer, open_page: OpenPage
) -> None:
    first, _ = await issue(server), await issue(server)
    page = await open_page(PATH, *TABLET)
    ids: list[str] = []
    away = True

    async def answer(route: Route) -> None:
        assert route.request.post_data_json is not None
        ids.append(route.request.post_data_json["command_id"])
        await (route.abort("internetdisconnected") if away else route.continue_())

    await page.route("**/call-next", answer)
    await press(page, "call-next")
    await expect(page.locator(".pending")).to_contain_text("送信待ち 次の方を呼ぶ")
    await expect(page.locator(".button.main")).to_have_attribute("aria-disabled", "true")
    assert await faults(page) == []
    away = False
    await stands(page, "called", first["number"])
    await expect(page.locator(".pending")).to_have_count(0)
    assert len(set(ids)) == 1
    assert len(ids) > 1
    assert await tickets(server, "called") == [first["number"]]


async def test_a_page_that_does_not_know_calls_nobody(server: RunningServer, browser: Browser) -> None:
    first, _ = await issue(server), await issue(server)
    await server.command("call-next", booth=BOOTH)
    pages: list[WebSocketRoute] = []
    deaf = False

    def through(page_side: WebSocketRoute) -> None:
        server_side = page_side.connect_to_server()
        server_side.on_message(lambda frame: None if deaf else page_side.send(frame))
        pages.append(page_side)

    context = await browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = await context.new_page()
    await page.route_web_socket("**/live", through)
    await page.goto(server.url + PATH)
    await stands(page, "called", first["number"])
    board = await server.get("/board")
    deaf = True
    pages[0].send(encode_beat(board["epoch"], board["offset"], board["now"], live=False))
    await expect(page.locator(".stale-bar")).to_contain_text("更新停止中")
    assert await faults(page) == []
    acts = await page.locator("[data-act]").evaluate_all("all => all.map((el) => el.dataset.act)")
    assert acts == ["absent", "hold", "start"]
    async with page.expect_response("**/start"):
        await press(page, "start")  # whom the booth has already is another matter
    deaf = False
    await stands(page, "serving", first["number"])
    await expect(page.locator(".stale-bar")).to_have_count(0)
    await context.close()
