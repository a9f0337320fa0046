"""The small screen of a booth: real calls through a real server into a real browser; the waits are the test's."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import expect

from guided import CROWDED, Guided
from opening import OpenPage
from running import RunningServer
from screened import FITS, LAMP, PALE, YELLOW

SIZES = [(1024, 600), (1280, 720), (1280, 800), (1080, 1920), (600, 1024)]
BOXES = ".sign, .panel, .foot, .foot-part, .notice"

PLACES = "() => [...document.querySelectorAll('.sign-number, .panel, .foot, .foot-part')].map(e => [e.offsetLeft, e.offsetTop, e.offsetWidth, e.offsetHeight])"

OpenBooth = Callable[..., Awaitable[Guided]]


@pytest.fixture
def booth(server: RunningServer, open_page: OpenPage) -> OpenBooth:
    """Opens the screen of a booth."""

    async def booth(number: int, change: Callable[[dict[str, Any]], None] | None = None) -> Guided:
        screen = Guided(server, await open_page(f"/booths/{number}/screen", *SIZES[0]))
        await screen.begin(change)
        return screen

    return booth


async def looks_right(screen: Guided) -> None:
    for size in SIZES:
        await screen.turn(*size)
        assert await screen.page.evaluate(FITS, BOXES) == []
        assert await screen.page.evaluate(PALE) == []


async def test_a_booth_calls_serves_and_rests(booth: OpenBooth) -> None:
    screen = await booth(7)
    server, panel, foot = screen.server, screen.page.locator(".panel"), screen.page.locator(".foot")
    await expect(screen.page.locator(".sign")).to_have_text(
        re.compile(r"ブース Booth\s*練習.*7番\s*北広島市\s*Kitahiroshima", re.S)
    )
    await expect(panel).to_contain_text("空き")
    await looks_right(screen)
    for _ in range(110):  # from here on the numbers have three digits
        await server.command("issue", size=2, queues=["kitahiroshima"])
    await screen.advise(kitahiroshima=(25, 30, CROWDED))
    places = await screen.page.evaluate(PLACES)

    event = await server.command("call-next", booth=7)
    ticket = next(ticket for ticket in event["tickets"] if ticket["state"] == "called")
    await expect(panel).to_have_text(re.compile(rf"呼び出し中 Now calling\s*{ticket['number']}"))
    await expect(panel).to_have_attribute("data-blink", "0")
    assert await screen.page.evaluate(YELLOW, LAMP) == [["panel", ticket["id"]]]
    await expect(foot).to_have_text(
        re.compile(r"次の方 Next\s*2\s*3\s*お待ち Waiting\s*109組\s*218名\s*目安 Estimate\s*約25〜30分")
    )
    await looks_right(screen)
    assert await screen.page.evaluate(PLACES) == places

    await server.command("recall", booth=7)
    await expect(panel).to_contain_text("再呼出")
    await expect(panel).to_have_attribute("data-blink", "1")
    await server.command("start", booth=7)
    await expect(panel).to_have_text(re.compile(rf"相談中 In consultation\s*{ticket['number']}"))
    assert await screen.page.evaluate(YELLOW, LAMP) == []
    await looks_right(screen)
    assert await screen.page.evaluate(PLACES) == places

    await server.command("finish", booth=7)
    await server.command("pause-booth", booth=7)
    await expect(panel).to_contain_text("休止中")
    await looks_right(screen)
    await server.command("close-booth", booth=7)
    await expect(panel).to_contain_text("このブースは終わりました")
    await looks_right(screen)
    assert await screen.page.evaluate(PLACES) == places


async def test_an_opened_page_does_not_blink_for_what_was_called_before(booth: OpenBooth) -> None:
    screen = await booth(3)
    await screen.server.command("issue", size=1, queues=["iwamizawa"])
    await screen.server.command("call-next", booth=3)
    await expect(screen.page.locator(".panel.lamp")).to_be_visible()
    await screen.page.reload()
    await expect(screen.page.locator(".panel.lamp")).to_be_visible()
    assert await screen.page.locator("[data-blink]").count() == 0


async def test_the_largest_texts_fit(booth: OpenBooth) -> None:
    def enlarge(fair: dict[str, Any]) -> None:
        fair["queues"][13].update(
            name="先輩移住者たちB", short="先輩移住者B", detail="千歳市・子育て中", english="Settlers of B"
        )
        for row in fair["booths"]:
            row["online"] = True
            row["number"] = 100 + row["number"] if row["number"] != 14 else 14

    screen = await booth(14, enlarge)
    await expect(screen.page.locator(".sign-online")).to_have_text(re.compile(r"オンライン\s*Remote"))
    for _ in range(3):
        await screen.server.command("issue", size=20, queues=["settler-b"])
    await screen.advise(settler_b=(50, 65, CROWDED))
    await screen.server.command("call-next", booth=14)
    await expect(screen.page.locator(".panel.lamp")).to_be_visible()
    await looks_right(screen)


async def test_a_booth_at_the_venue_has_no_badge(booth: OpenBooth) -> None:
    screen = await booth(14)
    await expect(screen.page.locator("h1")).to_have_text("先輩移住者B")
    assert await screen.page.locator(".sign-online").count() == 0


async def test_a_spare_shows_who_is_here_until_it_opens(booth: OpenBooth) -> None:
    screen = await booth(30)
    await expect(screen.page.locator("h1")).to_have_text("予備")
    await expect(screen.page.locator(".still")).to_contain_text("バスのお仕事")
    await expect(screen.page.locator(".foot")).to_contain_text("混みあうときに開きます")
    await looks_right(screen)
    await screen.server.command("assign-booth", booth=30, queue="sapporo")
    await expect(screen.page.locator("h1")).to_have_text("札幌市")
    await expect(screen.page.locator(".sign-en")).to_contain_text("予備")
    await expect(screen.page.locator(".panel")).to_contain_text("空き")
    await looks_right(screen)


async def test_a_stale_page_lights_no_lamp(booth: OpenBooth) -> None:
    screen = await booth(3)
    await screen.server.command("issue", size=1, queues=["iwamizawa"])
    await screen.server.command("call-next", booth=3)
    await expect(screen.page.locator(".panel.lamp")).to_be_visible()
    await screen.lose()
    await expect(screen.page.locator(".foot")).to_have_text(
        re.compile(r"更新停止中\s*\d\d:\d\d時点\s*番号は受付でご確認ください")
    )
    assert await screen.page.evaluate(YELLOW, LAMP) == []
    await expect(screen.page.locator(".panel")).to_have_css("outline-style", "solid")
    await looks_right(screen)


async def test_a_notice_takes_turns_with_those_who_come_next(booth: OpenBooth) -> None:
    screen = await booth(7)
    await screen.server.command("announce", ja="あ" * 60, en=("Every last word of it. " * 6)[:119])
    await screen.begin_turn(24_000)
    await expect(screen.page.locator(".notice")).to_contain_text("あ" * 60)
    await looks_right(screen)
    await screen.pass_time(12_000)
    await expect(screen.page.locator(".notice")).to_have_count(0)
    await expect(screen.page.locator(".foot")).to_contain_text("次の方")
