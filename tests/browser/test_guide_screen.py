"""The guide screen, as a hall sees it: real queues and calls through a real server; the waits are the test's.

Who is offered when, and which call covers the video for how long, is tested with a told clock in `tests/client/`.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import pytest
from playwright.async_api import expect

from guided import BUSY, CLOSED, CROWDED, QUIET, Guided, Wait
from opening import OpenPage
from running import RunningServer
from screened import CALL_MIN, FITS, LAMP, PALE, YELLOW

LANDSCAPE, PORTRAIT = (1920, 1080), (1080, 1920)
TURN_MS = 12_000
BOXES = ".head, .offer, .offer li, .offer-from, .offer-what, .screening, .laid, .queues, .queue, .plan, .notice"
LONG_JA, LONG_EN = "あ" * 60, ("Every last word of it. " * 6)[:119]

PLACES = """() => [...document.querySelectorAll('.queue, .offer li, .screening, .plan, .plan-booth rect')].map(e => {
  const { left, top, width, height } = e.getBoundingClientRect()
  return [left, top, width, height].map(Math.round)
})"""

BUSY_HOUR = {
    "sapporo": (30, 40, CROWDED),
    "otaru": (15, 20, BUSY),
    "kitahiroshima": (25, 30, CROWDED),
    "settler_b": (60, 75, CROWDED),
    "settler_c": (5, 10, BUSY),
    "jobs": (0, 10, QUIET),
    "bus": (None, None, CLOSED),
}

TOWNS = {
    "otaru": "小樽市", "iwamizawa": "岩見沢市", "ebetsu": "江別市", "chitose": "千歳市", "eniwa": "恵庭市", "kitahiroshima": "北広島市",
    "ishikari": "石狩市", "tobetsu": "当別町", "shinshinotsu": "新篠津村", "nanporo": "南幌町", "naganuma": "長沼町",
}  # fmt: skip
CROWDED_SAPPORO: Final[dict[str, Wait]] = {"sapporo": (30, 40, CROWDED)}

OpenGuide = Callable[..., Awaitable[Guided]]


@pytest.fixture
def guide(server: RunningServer, open_page: OpenPage) -> OpenGuide:
    """Opens the guide screen."""

    async def guide(
        size: tuple[int, int] = LANDSCAPE,
        path: str = "/guide",
        change: Callable[[dict[str, Any]], None] | None = None,
    ) -> Guided:
        screen = Guided(server, await open_page(path, *size))
        await screen.begin(change)
        return screen

    return guide


async def call(server: RunningServer, booth: int, queue: str) -> int:
    """Call a party to a booth; gives its ticket's id."""
    await server.command("issue", size=2, queues=[queue])
    event = await server.command("call-next", booth=booth)
    ticket: int = next(ticket["id"] for ticket in event["tickets"] if ticket["state"] == "called")
    return ticket


def quiet_only(*towns: str) -> dict[str, Wait]:
    """Give the waits of a hall where Sapporo is crowded and of the other towns only ``towns`` are quiet."""
    busy: Wait = (10, 15, BUSY)
    return {town: busy for town in TOWNS if town not in towns} | CROWDED_SAPPORO


def named_in(turn: int, towns: Sequence[str]) -> list[str]:
    """Give the three towns that a turn names among equals."""
    return [TOWNS[towns[(3 * turn + i) % len(towns)]] for i in range(3)]


async def test_one_crowded_queue_and_three_quiet_ones_with_the_way_there(guide: OpenGuide) -> None:
    screen = await guide()
    await screen.server.command("issue", size=3, queues=["sapporo"])
    await screen.advise(**quiet_only("iwamizawa", "ebetsu", "chitose"))
    offer = screen.page.locator(".offer")
    await expect(offer.locator(".offer-from")).to_have_text(re.compile(r"札幌市\s*約30〜40分待ち\s*1組 3名"))
    await expect(offer.locator("li")).to_have_text(
        [
            re.compile(r"3番\s*岩見沢市\s*Iwamizawa\s*すぐご案内\s*左前 約25m"),
            re.compile(r"4番\s*江別市\s*Ebetsu\s*すぐご案内\s*左前 約25m"),
            re.compile(r"5番\s*千歳市\s*Chitose\s*すぐご案内\s*左前 約20m"),
        ]
    )
    await expect(offer.locator(".offer-foot")).to_contain_text("札幌市の順番はそのままです")
    cell = screen.page.locator(".queue[data-queue='sapporo']")
    await expect(cell).to_have_text(re.compile(r"1\s*札幌市\s*混雑\s*約30〜40分"))
    quiet = await screen.page.locator(".queue[data-level='quiet']").count()
    assert quiet == await screen.page.locator(".plan-booth[data-mark='quiet']").count() == 9
    await expect(screen.page.locator(".plan-booth[data-booth='1']")).to_have_attribute("data-mark", "crowded")
    await expect(screen.page.locator(".plan-booth[data-booth='30']")).to_have_attribute("data-mark", "unused")


async def test_the_way_is_told_from_where_the_screen_stands(guide: OpenGuide) -> None:
    screen = await guide(path="/guide?at=kids")
    await screen.advise(**quiet_only("otaru", "iwamizawa", "ebetsu"))
    await expect(screen.page.locator(".offer li").first).to_contain_text("左")
    await expect(screen.page.locator(".offer li").first.locator(".offer-way")).to_have_attribute("data-eighths", "6")
    stands = await screen.page.locator(".plan-here").get_attribute("transform")
    assert stands is not None
    assert "rotate(90)" in stands


async def test_a_booth_whose_consultants_are_online_says_so(guide: OpenGuide) -> None:
    def remote(fair: dict[str, Any]) -> None:
        fair["booths"][2]["online"] = True

    screen = await guide(change=remote)
    await screen.advise(**quiet_only("otaru", "iwamizawa", "ebetsu"))
    await expect(screen.page.locator(".offer li[data-queue='iwamizawa']")).to_contain_text("オンライン")
    await expect(screen.page.locator(".offer li[data-queue='ebetsu']")).not_to_contain_text("オンライン")
    for size in (LANDSCAPE, PORTRAIT):
        await screen.turn(*size)
        assert await screen.page.evaluate(FITS, BOXES) == []


async def test_offers_take_turns_by_the_servers_time_and_are_true_at_every_moment(guide: OpenGuide) -> None:
    screen = await guide()
    await screen.advise(**CROWDED_SAPPORO)
    turn = await screen.begin_turn(TURN_MS)
    rows = screen.page.locator(".offer li .offer-name")
    await expect(rows).to_have_text(named_in(turn, list(TOWNS)))
    await screen.pass_time(TURN_MS)
    await expect(rows).to_have_text(named_in(turn + 1, list(TOWNS)))
    gone = list(TOWNS)[(3 * turn + 4) % len(TOWNS)]
    await screen.advise(**CROWDED_SAPPORO, **{gone: (15, 20, BUSY)})
    await expect(rows).to_have_text(named_in(turn + 1, [town for town in TOWNS if town != gone]))
    await screen.advise()
    await expect(screen.page.locator(".offer-from")).to_contain_text("長くお待ちいただくブースはありません")


async def test_screens_side_by_side_show_the_same_at_the_same_moment(guide: OpenGuide) -> None:
    left, right = await guide(), await guide()
    shown = []
    for screen in (left, right):  # the right one is opened later, and has seen less
        await screen.advise(**CROWDED_SAPPORO, jobs=(25, 30, CROWDED))
        turn = await screen.begin_turn(TURN_MS)
        await expect(screen.page.locator(".offer-name").first).to_have_text("仕事" if turn % 2 else "札幌市")
        shown.append((turn, await screen.page.locator(".offer-name").all_text_contents()))
    if shown[0][0] != shown[1][0]:  # a turn ended in between
        await left.pass_time((shown[1][0] - shown[0][0]) * TURN_MS)
    await expect(left.page.locator(".offer-name")).to_have_text(shown[1][1])
    await left.pass_time(TURN_MS)
    await expect(left.page.locator(".offer-name").first).not_to_have_text(shown[1][1][0])
    await right.pass_time(TURN_MS)
    await expect(right.page.locator(".offer-name")).to_have_text(
        await left.page.locator(".offer-name").all_text_contents()
    )


async def test_where_nothing_is_quiet_the_screen_does_not_say_so(guide: OpenGuide) -> None:
    screen = await guide()
    fair = await screen.server.get("")
    await screen.advise(**{queue["id"].replace("-", "_"): (15, 20, BUSY) for queue in fair["queues"]})
    await expect(screen.page.locator(".offer-what")).to_contain_text("待ち時間の短いブース")
    await expect(screen.page.locator(".offer")).not_to_contain_text("すぐ")


async def test_once_every_queue_has_closed_nobody_is_led_anywhere(guide: OpenGuide) -> None:
    screen = await guide()
    fair = await screen.server.get("")
    await screen.advise(**{queue["id"].replace("-", "_"): (None, None, CLOSED) for queue in fair["queues"]})
    await expect(screen.page.locator(".offer")).to_contain_text("相談の受付は終わりました")
    assert await screen.page.locator(".offer li").count() == 0


async def test_a_call_covers_the_video_at_once_and_leaves_with_it(guide: OpenGuide) -> None:
    screen = await guide()
    await screen.advise(**BUSY_HOUR)
    await screen.page.evaluate(
        "window.chimed = []; document.addEventListener('chimed', (event) => window.chimed.push(...event.detail.offsets))"
    )
    first = await call(screen.server, 7, "kitahiroshima")
    laid = screen.page.locator(".laid")
    await expect(laid).to_have_count(1)
    await expect(laid).to_contain_text("呼び出し中")
    await expect(laid.locator(".laid-name")).to_contain_text("北広島市")
    assert await screen.page.evaluate(YELLOW, LAMP) == [["laid", first]]
    video, plate = await screen.page.locator(".screening").bounding_box(), await laid.bounding_box()
    assert video
    assert plate
    assert round(plate["height"] * 2) == round(video["height"])
    assert round(plate["y"] + plate["height"]) == round(video["y"] + video["height"])
    second = await call(screen.server, 14, "settler-b")
    await expect(laid).to_have_count(2)
    assert [kind_and_ticket[1] for kind_and_ticket in await screen.page.evaluate(YELLOW, LAMP)] == [first, second]
    for size in (LANDSCAPE, PORTRAIT):
        await screen.turn(*size)
        sizes = await screen.page.eval_on_selector_all(
            ".laid-number", "numbers => numbers.map(number => parseFloat(getComputedStyle(number).fontSize))"
        )
        assert min(sizes) >= CALL_MIN
        assert await screen.page.evaluate(FITS, BOXES) == []
    await screen.server.command("start", booth=7)
    await expect(laid).to_have_count(1)
    assert await screen.page.evaluate(YELLOW, LAMP) == [["laid", second]]
    await screen.pass_time(10_000)
    await expect(laid).to_have_count(0)
    assert len(await screen.page.evaluate("window.chimed")) == 2


async def test_a_stale_page_lights_no_lamp_and_sends_nobody_anywhere(guide: OpenGuide) -> None:
    screen = await guide()
    await screen.advise(**BUSY_HOUR)
    await call(screen.server, 7, "kitahiroshima")
    await expect(screen.page.locator(".laid")).to_have_count(1)
    await screen.lose()
    await expect(screen.page.locator(".stale-bar")).to_contain_text("更新停止中")
    await expect(screen.page.locator(".stale-bar")).to_contain_text("待ち時間は受付でご確認ください")
    await expect(screen.page.locator(".offer")).to_contain_text("最新の待ち時間は受付でご確認ください")
    assert await screen.page.locator(".offer li").count() == 0
    assert await screen.page.evaluate(YELLOW, LAMP) == []
    await expect(screen.page.locator(".laid")).to_have_css("outline-style", "solid")
    for size in (LANDSCAPE, PORTRAIT):
        await screen.turn(*size)
        assert await screen.page.evaluate(PALE) == []
        assert await screen.page.evaluate(FITS, BOXES) == []
    await screen.pass_time(60_000)
    await expect(screen.page.locator(".queue-wait").first).to_have_text(re.compile(r"^\d\d:\d\d時点$"))
    assert await screen.page.locator(".queue[data-level='quiet']").count() == 0


async def test_nothing_ever_moves_and_everything_has_its_room(guide: OpenGuide) -> None:
    def lengthen(fair: dict[str, Any]) -> None:
        names = [
            {"short": "先輩移住者B", "english": "Settler B"},
            {"short": "バスのお仕事", "english": "Bus jobs"},
            {"short": "北広島市", "english": "Kitahiroshima"},
        ]
        for i, queue in enumerate(fair["queues"]):
            queue.update(names[i % 3])

    screen = await guide(change=lengthen)
    await screen.advise(sapporo=(30, 40, CROWDED))
    fair = await screen.server.get("")
    everywhere = {queue["id"].replace("-", "_"): (60, 85, CROWDED) for queue in fair["queues"][1:]}
    for size in (LANDSCAPE, PORTRAIT):
        await screen.turn(*size)
        before = await screen.page.evaluate(PLACES)
        for waits in (BUSY_HOUR, {"otaru": (10, 15, BUSY)}, everywhere):
            await screen.advise(**waits)
            await expect(screen.page.locator(".queue[data-queue='otaru'] .queue-word")).not_to_have_text("空いています")
            assert await screen.page.evaluate(PLACES) == before
            assert await screen.page.evaluate(FITS, BOXES) == []
            assert await screen.page.evaluate(PALE) == []


@pytest.mark.parametrize(("queues", "booths"), [(4, 4), (18, 18), (40, 200)])
async def test_fairs_of_other_sizes_fit_too(guide: OpenGuide, queues: int, booths: int) -> None:
    def resize(fair: dict[str, Any]) -> None:
        first, main = fair["queues"][0], fair["booths"][0]
        fair["queues"] = [{**first, "id": f"q{i}", "short": "バスのお仕事"} for i in range(queues)]
        fair["booths"] = [{**main, "number": 100 + n, "queue": f"q{n % queues}"} for n in range(booths)]
        fair["plan"] = None

    screen = await guide(change=resize)
    await expect(screen.page.locator(".queue")).to_have_count(queues)
    assert await screen.page.locator(".plan").count() == 0
    for size in (LANDSCAPE, PORTRAIT):
        await screen.turn(*size)
        assert await screen.page.evaluate(FITS, BOXES) == []


@pytest.mark.parametrize("path", ["/guide", "/calls"])
async def test_a_notice_stands_in_the_head_while_it_holds(guide: OpenGuide, path: str) -> None:
    screen = await guide(path=path)
    said = await screen.server.command("announce", ja=LONG_JA, en=LONG_EN)
    notice = screen.page.locator(".notice")
    await expect(notice).to_contain_text(LONG_JA)
    await expect(notice).to_contain_text(LONG_EN)
    for size in (LANDSCAPE, PORTRAIT):
        await screen.turn(*size)
        assert await screen.page.evaluate(FITS, ".head, .notice") == []
        assert await screen.page.evaluate(PALE) == []
    assert await screen.page.evaluate(YELLOW, LAMP) == []
    await screen.server.command("end-notice", notice=said["notices"][0]["id"])
    await expect(notice).to_have_count(0)
