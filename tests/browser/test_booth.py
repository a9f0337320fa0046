"""The booth page as a consultant uses it: one big button, never twice, and never on old knowledge."""

import asyncio
import re
from typing import Any

from playwright.async_api import Browser, Page, Route, WebSocketRoute, expect

from opening import OpenPage
from running import RunningServer
from yobidashi.live.wire import encode_beat

TABLET = (1024, 768)
PHONE = (390, 844)
DESK = (1920, 1080)
SMALL_PHONE = (360, 740)

QUEUE = "kitahiroshima"
BOOTH = 7
PATH = f"/booths/{BOOTH}"
SPARE = 25
"""A spare whose home queue is `QUEUE`."""

# What every state must keep: fingers, eyes, one lamp. Gives the faults found, as sentences.
AUDIT = """() => {
  const faults = [];
  const seen = (el) => el.checkVisibility() && !el.closest(".visually-hidden");
  const name = (el) => `${el.className || el.tagName}: ${el.textContent.trim().slice(0, 20)}`;
  const words = (el) => [...el.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (el) => {
    for (let at = el; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!backgroundColor.endsWith(", 0)")) return backgroundColor;
    }
  };
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) faults.push("the page scrolls");
  for (const el of document.querySelectorAll("button")) {
    const { width, height } = el.getBoundingClientRect();
    const least = el.classList.contains("main") ? 72 : 56;
    if (seen(el) && (width < 56 || height < least)) faults.push(`too small to touch (${width} × ${height}) ${name(el)}`);
  }
  for (const el of document.querySelectorAll("body *:not(script)")) {
    if (!seen(el)) continue;
    const style = getComputedStyle(el);
    if (el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 0 && style.display !== "inline") faults.push(`wider than its box: ${name(el)}`);
    const yellow = style.backgroundColor === "rgb(255, 241, 0)";
    if (yellow !== (el.dataset.state === "called" && !el.closest(".stale"))) faults.push(`lit or not as it should not be: ${name(el)}`);
    if (!words(el)) continue;
    if (parseFloat(style.fontSize) < 14) faults.push(`too small to read: ${name(el)}`);
    const [one, other] = [light(style.color), light(ground(el))].sort((a, b) => b - a);
    if ((one + 0.05) / (other + 0.05) < 7) faults.push(`too faint: ${name(el)}`);
  }
  return faults;
}"""


async def issue(server: RunningServer, size: int = 2, *queues: str) -> dict[str, Any]:
    """A party of ``size`` in the booth's queue, or in ``queues``; gives its first ticket."""
    event = await server.command("issue", size=size, queues=list(queues or [QUEUE]))
    ticket: dict[str, Any] = event["tickets"][0]
    return ticket


async def tickets(server: RunningServer, state: str) -> list[str]:
    """The numbers of all tickets in a state, as the server's board has them."""
    board = await server.get("/board")
    return [ticket["number"] for ticket in board["tickets"] if ticket["state"] == state]


async def stands(page: Page, state: str, number: str | None = None) -> None:
    """Wait until the panel shows a state, and whom."""
    panel = page.locator(f".state-{state}")
    if number is None:
        await panel.wait_for()
    else:
        await panel.locator(".state-number").filter(has_text=re.compile(f"^{number}番$")).wait_for()


async def press(page: Page, act: str) -> None:
    """Press a button by its act, as soon as it can be pressed."""
    await page.locator(f'[data-act="{act}"]:not([aria-disabled="true"])').click()


async def awake(page: Page) -> None:
    """Wait until the big button no longer rests."""
    await page.locator('.button.main[aria-disabled="false"]').wait_for()


async def faults(page: Page) -> list[str]:
    """What is wrong with the state that is shown, on each size of screen."""
    found = []
    before = page.viewport_size
    await page.emulate_media(reduced_motion="reduce")  # no colour on its way to another
    for width, height in (TABLET, PHONE, SMALL_PHONE, DESK):
        await page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} × {height}: {fault}" for fault in await page.evaluate(AUDIT)]
    assert before is not None
    await page.set_viewport_size(before)
    return found


async def test_a_talk_from_call_to_the_next_call(server: RunningServer, open_page: OpenPage) -> None:
    first, second = await issue(server), await issue(server, 3)
    page = await open_page(PATH, *TABLET)
    places = []

    async def look() -> None:
        await awake(page)
        places.append(await page.locator(".main-place").bounding_box())
        assert await faults(page) == []

    await stands(page, "idle", first["number"])
    await look()
    await press(page, "call-next")
    await stands(page, "called", first["number"])
    await expect(page).to_have_title(f"7番ブース 呼び出し中 {first['number']}番・北広島市")
    said = page.locator('[role="status"].visually-hidden')
    await expect(said).to_have_text(f"7番ブース 呼び出し中 {first['number']}番・北広島市")
    await look()
    await press(page, "start")
    await stands(page, "serving", first["number"])
    await look()
    await press(page, "finish-call-next")
    await stands(page, "called", second["number"])
    await expect(page.locator(".state-size .chairs")).to_have_text("椅子+1")
    await press(page, "start")
    await stands(page, "serving")
    await look()
    await press(page, "finish")
    await expect(page.locator(".main-rest")).to_contain_text("次の方を待っています")
    places.append(await page.locator(".main-place").bounding_box())
    assert await faults(page) == []
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert await page.locator(".main-rest").bounding_box() == {"x": 16, "y": 744, "width": 358, "height": 88}
    assert places == 5 * [{"x": 624, "y": 512, "width": 376, "height": 232}], "the big button changed its place"
    assert await tickets(server, "finished") == [first["number"], second["number"]]


async def test_a_double_tap_cannot_start_what_was_just_called(server: RunningServer, open_page: OpenPage) -> None:
    ticket = await issue(server)
    page = await open_page(PATH, *TABLET)
    await awake(page)
    # The second tap comes in the very moment in which the button has come to mean 相談開始.
    await page.evaluate("""() => new Promise((tapped) => {
      const button = document.querySelector(".button.main");
      new MutationObserver(() => { button.click(); tapped(); }).observe(button, { attributeFilter: ["data-act"] });
      button.click();
      button.click();
    })""")
    await awake(page)
    await stands(page, "called", ticket["number"])
    assert await tickets(server, "called") == [ticket["number"]]


async def test_two_devices_of_one_booth_press_together(server: RunningServer, open_page: OpenPage) -> None:
    first, second = await issue(server), await issue(server)
    pages = [await open_page(PATH, *TABLET), await open_page(PATH, *PHONE)]
    for page in pages:
        await awake(page)
    await asyncio.gather(*(page.locator(".button.main").dispatch_event("click") for page in pages))
    for page in pages:
        await stands(page, "called", first["number"])
    assert await tickets(server, "called") == [first["number"]]
    await press(pages[1], "absent")
    for page in pages:
        await stands(page, "idle", second["number"])
        await page.keyboard.press("Escape")  # one of them may have been refused before
        await expect(page.locator(".undo")).to_contain_text(f"{first['number']}番を不在にしました")


async def test_a_press_on_old_knowledge_is_refused_in_words_and_the_page_shows_the_truth(
    server: RunningServer, open_page: OpenPage
) -> None:
    first = await issue(server)
    page = await open_page(PATH, *PHONE)
    await awake(page)
    held: asyncio.Future[Route] = asyncio.get_running_loop().create_future()
    await page.route("**/call-next", lambda route: held.set_result(route))
    await press(page, "call-next")
    route = await held
    await server.command("call-next", booth=BOOTH)
    await stands(page, "called", first["number"])
    await route.continue_()
    await expect(page.locator(".refused")).to_contain_text(f"7番ブースは{first['number']}番の方に対応中です")
    await stands(page, "called", first["number"])
    assert await faults(page) == []


async def test_one_press_counts_once_however_long_the_key_is_held(server: RunningServer, open_page: OpenPage) -> None:
    ticket = await issue(server)
    page = await open_page(PATH, *TABLET)
    await awake(page)
    await page.keyboard.down("Enter")
    await stands(page, "called", ticket["number"])
    await awake(page)
    await page.keyboard.down("Enter")  # the same press goes on
    await page.keyboard.up("Enter")
    await stands(page, "called", ticket["number"])
    await page.focus(".button.main")
    await page.keyboard.press("Space")  # the focused button hears it, and only that
    await stands(page, "serving", ticket["number"])
    await awake(page)
    assert await tickets(server, "finished") == []
    await page.keyboard.press("F4")
    await expect(page.locator(".main-rest")).to_be_visible()


async def test_keys_of_call_buttons_and_presenters(server: RunningServer, open_page: OpenPage) -> None:
    first, second = await issue(server), await issue(server)
    page = await open_page(PATH, *DESK)
    await expect(page.locator(".keys")).to_be_visible()
    await awake(page)
    await page.click(".apart")  # a finger leaves no focus behind …
    await stands(page, "paused")
    await awake(page)
    await page.keyboard.press("Enter")  # … so the next key is the big button's
    await stands(page, "idle", first["number"])
    await awake(page)
    await page.keyboard.press("PageDown")
    await stands(page, "called", first["number"])
    await awake(page)
    await page.keyboard.press("F2")
    await expect(page.locator(".state-word")).to_have_text("再呼出")
    await awake(page)
    await page.keyboard.press("F3")
    await stands(page, "idle", second["number"])
    await expect(page.locator(".place-away")).to_contain_text("不在・保留 0分")
    await page.keyboard.press("F9")
    await stands(page, "called", first["number"])
    await awake(page)
    await page.keyboard.press("F6")
    await stands(page, "idle", second["number"])
    assert await tickets(server, "held") == [first["number"]]


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
