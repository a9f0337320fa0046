"""The calls screen, as a hall sees it: real calls through a real server into a real browser.

What the stage does over time is tested with a told clock in `tests/client/stage.test.js`; here nothing waits for it.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgpack
import pytest
from playwright.async_api import WebSocketRoute, async_playwright, expect

from calls_hall import LANDSCAPE, MISFITS, NUMBER_SIZES, PLACES, PORTRAIT, Hall, OpenHall, called, with_fair
from chromium import find_chromium
from opening import OpenPage
from running import RunningServer
from screened import CALL_MIN, PALE, WIDTHS

BOTH = pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])


@pytest.fixture
def hall(server: RunningServer, open_page: OpenPage) -> Callable[..., Awaitable[Hall]]:
    """Opens the calls screen, still and listening."""

    async def hall(size: tuple[int, int] = LANDSCAPE) -> Hall:
        page = await open_page("/calls", *size)
        await page.emulate_media(reduced_motion="reduce")
        hall = Hall(server, page)
        await hall.listen()
        return hall

    return hall


async def test_before_the_first_call_the_screen_says_what_to_do_and_has_the_type_for_all_it_may_say(
    hall: OpenHall,
) -> None:
    screen = await hall()
    await expect(screen.page.get_by_text("お持ちの番号が呼ばれるまで")).to_be_visible()
    await expect(screen.page.get_by_text("Please wait until your number is called.")).to_be_visible()
    assert await screen.lit() == {}
    async for _ in screen.both_ways():
        assert await screen.page.evaluate(MISFITS) == []

    # 更新停止中 is first needed when nothing can be fetched any more.
    await screen.page.evaluate("document.fonts.ready")
    for weight in (400, 700):
        words = "更新停止中時点の表示です最新の番号は受付でご確認ください再呼出"
        there = await screen.page.evaluate(f"document.fonts.check('{weight} 16px \"BIZ UDPGothic\"', '{words}')")
        assert there


async def test_a_call_is_shown_large_with_number_booth_and_exhibitor(hall: OpenHall) -> None:
    screen = await hall()
    await screen.issue("kitahiroshima")
    (ticket,) = await screen.call(7)
    plate = screen.page.locator(".plate")
    async for _ in screen.both_ways():
        await expect(plate.locator(".number")).to_have_text(ticket["number"])
        await expect(plate.locator(".booth .digits")).to_have_text("7")
        await expect(plate.locator(".name")).to_have_text("北広島市")
        await expect(plate.get_by_text("Please come to booth 7, Kitahiroshima.")).to_be_visible()
    spoken = f"番号札{ticket['number']}番の方、7番ブース 北広島市へお越しください"
    await expect(plate).to_have_attribute("aria-label", spoken)
    assert await screen.until_chimed(1) == [ticket["called_offset"]]
    assert screen.sent == []


async def test_the_lamp_is_lit_if_and_only_if_the_ticket_is_called(hall: OpenHall) -> None:
    screen = await hall()
    await screen.fill(4)
    tickets = await screen.call(1, 2, 3)
    plates = screen.page.locator(".plate")
    await expect(plates).to_have_count(3)
    ids = [ticket["id"] for ticket in tickets]
    assert await screen.lit() == {"plate": set(ids)}  # three in a stack take the map's place

    await screen.server.command("start", booth=1)
    await expect(plates).to_have_count(2)
    assert await screen.lit() == {"plate": set(ids[1:])}
    await screen.server.command("absent", booth=2)
    await expect(plates).to_have_count(1)
    undone = await screen.server.command("cancel", ticket=ids[2], reason="left")
    await expect(screen.page.locator(".idle")).to_be_visible()
    assert await screen.lit() == {}

    await screen.server.command("undo", offset=undone["offset"])
    await expect(plates).to_have_count(1)
    assert await screen.lit() == {"plate": {ids[2]}, "cell": {ids[2]}}
    assert screen.chimed == [ticket["called_offset"] for ticket in tickets], "an undo makes no sound"


@BOTH
async def test_thirty_calls_at_once_are_all_in_sight_and_announced_once_in_order(
    hall: OpenHall, size: tuple[int, int]
) -> None:
    screen = await hall(size)
    await screen.fill(30)
    events = await asyncio.gather(*(screen.server.command("call-next", booth=booth) for booth in range(1, 31)))
    order = sorted((called(event) for event in events), key=lambda ticket: ticket["called_offset"])

    plates, chips = screen.page.locator(".plate"), screen.page.locator(".chip")
    await expect(plates).to_have_count(6)
    await expect(chips).to_have_count(24)
    await expect(screen.page.locator(".head-what")).to_contain_text("30組をお呼びしています")
    lit = await screen.lit()
    assert lit.keys() == {"plate", "chip"}
    assert lit["plate"] | lit["chip"] == {ticket["id"] for ticket in order}
    assert await screen.page.evaluate(MISFITS) == []

    # As each party sits down the next one gets its plate.
    for count, ticket in enumerate(order, start=1):
        await screen.until_chimed(count)
        await screen.server.command("start", booth=ticket["booth"])
    assert screen.chimed == [ticket["called_offset"] for ticket in order]
    await expect(screen.page.locator(".idle")).to_be_visible()
    await expect(screen.page.locator(".recent li")).to_have_count(7 if size == LANDSCAPE else 6)
    assert await screen.lit() == {}


async def test_a_new_plate_blinks_for_three_seconds_and_a_recall_blinks_again_in_its_slot(hall: OpenHall) -> None:
    screen = await hall()
    await screen.fill(2)
    tickets = await screen.call(1, 2)
    first = screen.page.locator(f".plate[data-ticket='{tickets[0]['id']}']")
    await expect(first).to_have_attribute("data-slot", "1")
    await expect(first).to_have_attribute("data-blink", "0")
    recalled = await screen.server.command("recall", booth=1)
    await expect(first.locator(".again")).to_contain_text("再呼出")
    await expect(first).to_have_attribute("data-slot", "1")
    await expect(first).to_have_attribute("data-blink", "1")
    assert (await screen.until_chimed(3))[-1] == recalled["offset"]

    assert await screen.page.evaluate("document.getAnimations().length") == 0, "motion is reduced here"
    await screen.page.emulate_media(reduced_motion="no-preference")
    await expect(first).to_have_css("animation-name", "light, blink-1")
    await expect(first).to_have_css("animation-duration", "0.2s, 0.5s")
    await expect(first).to_have_css("animation-iteration-count", "1, 6")


async def test_a_reload_shows_what_is_open_without_a_chime(hall: OpenHall) -> None:
    screen = await hall()
    await screen.fill(3)
    tickets = await screen.call(1, 2, 3)
    await screen.page.add_init_script("document.addEventListener('chimed', () => document.title = 'chimed')")
    await screen.page.reload()
    await expect(screen.page.locator(".plate .number")).to_have_text(tickets[2]["number"])
    ids = [ticket["id"] for ticket in tickets]
    assert await screen.lit() == {"plate": {ids[2]}, "row": {ids[0], ids[1]}, "cell": set(ids)}
    assert await screen.page.title() != "chimed"
    assert await screen.page.locator("[data-blink]").count() == 0


async def test_a_stale_page_lights_no_lamp_and_says_since_when(hall: OpenHall) -> None:
    screen = await hall()
    await screen.fill(4)
    await screen.call(1, 2, 3)
    sockets: list[WebSocketRoute] = []

    lost = asyncio.Event()  # from then on the page hears what the test says, and no beat of the real server

    def between(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        server = socket.connect_to_server()
        server.on_message(lambda frame: None if lost.is_set() else socket.send(frame))

    await screen.page.route_web_socket(re.compile(".*/live$"), between)
    await screen.page.reload()
    await expect(screen.page.locator(".plate")).to_have_count(1)
    await expect(screen.page.locator(".head")).to_have_count(1)
    board = await screen.server.get("/board")
    lost.set()
    sockets[0].send(msgpack.packb(["beat", board["epoch"], board["offset"], board["now"], True]))
    sockets[0].send(msgpack.packb(["beat", board["epoch"], board["offset"], board["now"], False]))

    bar = screen.page.locator(".stale-bar")
    await expect(bar).to_contain_text(re.compile(r"更新停止中\s*\d\d:\d\d:\d\d\s*時点の表示です"))
    await expect(bar).to_contain_text("Not updating")
    await expect(bar).to_contain_text("最新の番号は受付でご確認ください")
    await expect(bar.locator(".head-clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    assert await screen.lit() == {}
    await expect(screen.page.locator(".plate")).to_have_css("outline-style", "solid")
    await expect(screen.page.locator(".plate")).to_have_css("outline-color", "rgb(255, 255, 255)")
    async for _ in screen.both_ways():
        assert await screen.page.evaluate(PALE) == []
        assert await screen.page.evaluate(MISFITS) == []

    sockets[0].send(msgpack.packb(["beat", board["epoch"], board["offset"], board["now"], True]))
    await expect(bar).to_have_count(0)
    assert (await screen.lit()).keys() == {"plate", "row", "cell"}


async def test_the_longest_names_fit_everywhere(hall: OpenHall) -> None:
    screen = await hall()
    await screen.issue("sapporo", 100)  # from here on the numbers have three digits
    await screen.fill(30)

    def rename(fair: dict[str, Any]) -> None:
        names = [
            {"name": "先輩移住者B", "short": "先輩移住者B", "detail": "千歳市・子育て", "english": "Settler B"},
            {"name": "バスのお仕事相談", "short": "バスのお仕事", "detail": None, "english": "Bus jobs"},
            {"name": "北広島市", "short": "北広島市", "detail": None, "english": "Kitahiroshima"},
        ]
        for i, queue in enumerate(fair["queues"]):
            queue.update(names[i % 3])

    await with_fair(screen, rename)
    for booths, plates in (((25,), 1), ((26,), 2), ((27,), 3), ((28, 29, 30, 19, 20), 8), ((21, 22), 7)):
        for booth in booths:
            await screen.call(booth)
            await screen.server.command("recall", booth=booth)
        await expect(screen.page.locator(".plate")).to_have_count(plates)
        async for _ in screen.both_ways():
            assert await screen.page.evaluate(MISFITS) == []
            assert await screen.page.evaluate(PALE) == []
            assert min(await screen.page.evaluate(NUMBER_SIZES)) >= CALL_MIN
    await screen.page.reload()  # back to card, list and map
    await expect(screen.page.locator(".plate")).to_have_count(1)
    async for _ in screen.both_ways():
        assert await screen.page.evaluate(MISFITS) == []
        assert await screen.page.evaluate(PALE) == []
    widths = await screen.page.evaluate(WIDTHS, ["111", "888", "105", "A12", "W99"])
    assert len({round(width, 1) for width in widths}) == 1


async def test_the_map_never_moves(hall: OpenHall) -> None:
    screen = await hall()
    before = [await screen.page.evaluate(PLACES) async for _ in screen.both_ways()]
    for places in before:
        assert [int(place[0]) for place in places] == list(range(1, 31))
        assert len({place[1] for place in places}) == 6
        assert len({place[2] for place in places}) == 5
    await screen.fill(3)
    await screen.call(1, 2)
    await screen.server.command("start", booth=1)
    await screen.server.command("pause-booth", booth=5)
    await screen.server.command("assign-booth", booth=30, queue="naganuma")
    await expect(screen.page.locator(".cell[data-booth='30']")).to_contain_text("空き")
    await expect(screen.page.locator(".cell[data-booth='5']")).to_contain_text("休止中")
    assert [await screen.page.evaluate(PLACES) async for _ in screen.both_ways()] == before


async def test_fairs_of_other_sizes_have_a_map_of_six_columns(hall: OpenHall) -> None:
    screen = await hall()
    for main, spare in ((4, 0), (7, 3), (40, 20)):

        def resize(fair: dict[str, Any], main: int = main, spare: int = spare) -> None:
            booth, queues = fair["booths"][0], fair["queues"]
            numbers = range(1, main + spare + 1)
            mains = [{**booth, "number": n, "queue": queues[n % len(queues)]["id"]} for n in numbers[:main]]
            fair["booths"] = mains + [{**booth, "number": n, "role": "spare", "queue": None} for n in numbers[main:]]

        await with_fair(screen, resize)
        await expect(screen.page.locator(".cell")).to_have_count(main + spare)
        assert len({place[1] for place in await screen.page.evaluate(PLACES)}) == min(main, 6)
        async for _ in screen.both_ways():
            assert await screen.page.evaluate(MISFITS) == []


async def test_sound_asks_for_one_tap_where_the_browser_wants_it(server: RunningServer) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page(viewport={"width": 1080, "height": 1920})
        await page.goto(f"{server.url}/calls")
        hint = page.get_by_text("音を出すには画面を1回タップ")
        await expect(hint).to_be_visible()
        await expect(page.get_by_text("Tap once for sound")).to_be_visible()
        assert await page.evaluate(MISFITS) == []
        await page.mouse.click(500, 500)
        await expect(hint).to_have_count(0)
        await browser.close()
