"""The booth page as a consultant uses it: one big button, never twice, and never on old knowledge."""

import asyncio

from playwright.async_api import Route, expect

from booth_page import (
    BOOTH,
    DESK,
    PATH,
    PHONE,
    TABLET,
    awake,
    faults,
    issue,
    press,
    stands,
    tickets,
)
from opening import OpenPage
from running import RunningServer


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
