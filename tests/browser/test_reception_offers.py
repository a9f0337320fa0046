"""The reception leads people to quieter booths: waits in the map, advice before 発券, and the offer of a party that was found."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from checks import check_page
from guided import BUSY, CLOSED, CROWDED, Guided
from reception_page import PHONE, SMALL_PHONE, TABLET, choose
from running import RunningServer

WAITS: dict[str, Any] = {
    "sapporo": (30, 45, CROWDED),
    "chitose": (10, 15, BUSY),
    "kitahiroshima": (45, 60, CROWDED),
    "settler_a": (30, 45, CROWDED),
    "settler_b": (60, 75, CROWDED),
    "settler_c": (0, 10, BUSY),
    "bus": (None, None, CLOSED),
}

OPENS = 1_771_032_600_000
"""10:30 of the sample fair's day in Tokyo, ms: nobody is led anywhere after its end."""

PLACES = """() => [...document.querySelectorAll(".queue")].map(({ offsetLeft, offsetTop, offsetWidth, offsetHeight }) =>
  [offsetLeft, offsetTop, offsetWidth, offsetHeight])"""

SPILT = """() => [...document.querySelectorAll(".queue, .queue > *, .quieter, .offered")].filter((box) =>
  box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1
  || (box.parentElement.matches(".queue") && box.getBoundingClientRect().right > box.parentElement.getBoundingClientRect().right)
).filter((box) => !box.matches(".visually-hidden")).map((box) => box.textContent.trim())"""
"""What does not fit into its box."""


async def assert_fits(page: Page, size: tuple[int, int]) -> None:
    """Nothing is cut, or too small to touch, or in anybody's way."""
    assert await page.evaluate(SPILT) == []
    await check_page(page, [size])


async def wait_long(server: RunningServer) -> dict[str, Any]:
    """Four parties wait in one line on the day of the fair, so that a fifth would wait long; gives the event of the last one."""
    await server.command("set-clock", at=OPENS, rate=1)
    for _ in range(3):
        await server.command("issue", size=1, queues=["sapporo"])
    return await server.command("issue", size=2, queues=["sapporo"])


async def found(page: Page, number: str) -> None:
    """Look for a number."""
    await page.click(".find")
    await page.locator(".search-field input").fill(number)
    await expect(page.locator(".party .number")).to_have_text(number)


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE, TABLET, (1920, 1080)])
async def test_every_cell_says_how_full_its_queue_is_and_keeps_its_place(
    server: RunningServer, open_page: Any, size: tuple[int, int]
) -> None:
    for _ in range(12):
        await server.command("issue", size=9, queues=["settler-b"])
    hall = Guided(server, await open_page("/reception", *size))
    await hall.begin()
    page = hall.page
    settler = page.locator('[data-queue="settler-b"]')
    await expect(settler).to_contain_text("12組 108名")
    await page.evaluate("document.fonts.ready")  # what the page drew since it was loaded has asked for more of them
    before = await page.evaluate(PLACES)
    await hall.advise(**WAITS)
    await expect(settler).to_have_accessible_name(re.compile(r"12組 108名\s*混雑\s*約60分以上"))
    await expect(page.locator('[data-queue="kitahiroshima"] .queue-guide')).to_have_text(
        re.compile("混雑\\s*約45〜60分")
    )
    await expect(page.locator('[data-queue="ebetsu"] .queue-guide')).to_have_text(re.compile("空いています\\s*すぐ"))
    await expect(page.locator('[data-queue="bus"] .queue-guide')).to_be_empty()
    assert await page.evaluate(PLACES) == before
    await choose(page, 2, "settler-b", "kitahiroshima")
    await assert_fits(page, size)


async def test_waits_that_are_not_fresh_are_not_said(server: RunningServer, open_page: Any) -> None:
    hall = Guided(server, await open_page("/reception", *PHONE))
    await hall.begin()
    await hall.advise(**WAITS)
    sapporo = hall.page.locator('[data-queue="sapporo"]')
    await expect(sapporo).to_contain_text("約30〜45分")
    await hall.lose()
    await expect(sapporo).to_have_text(re.compile(r"^\s*札幌市\s*0組 0名\s*$"))


@pytest.mark.parametrize("size", [PHONE, TABLET])
async def test_a_long_wait_comes_with_where_it_is_quieter(
    server: RunningServer, open_page: Any, size: tuple[int, int]
) -> None:
    await wait_long(server)
    page = await open_page("/reception", *size)
    await choose(page, 2, "sapporo")
    row = page.locator(".quieter")
    await expect(row).to_contain_text(re.compile(r"札幌市は約.+待ち。\S+はすぐご案内できます（約\d+分早い）"))
    await expect(page.locator(".button.main")).to_be_in_viewport(ratio=1)
    await assert_fits(page, size)
    quieter = await row.get_attribute("data-queue-to")
    await row.get_by_role("button").click()
    await expect(row).to_have_count(0)
    await expect(page.locator(f'[data-queue="{quieter}"]')).to_have_attribute("aria-pressed", "true")
    await expect(page.locator('[data-queue="sapporo"]')).to_have_attribute("aria-pressed", "true")
    await expect(page.locator(".button.main")).to_have_text(re.compile(r"2名・2件"))


@pytest.mark.parametrize(
    ("answer", "states", "said"),
    [
        ("add", {("sapporo", "waiting"), ("ebetsu", "waiting")}, "江別市を追加しました"),
        ("move", {("ebetsu", "waiting")}, "札幌市から江別市へ移しました"),
        ("keep", {("sapporo", "waiting")}, "このまま待つ"),
        ("not_now", {("sapporo", "waiting")}, "あとで"),
    ],
)
async def test_the_offer_of_a_party_that_was_found_is_answered_and_taken_back(
    server: RunningServer, open_page: Any, answer: str, states: set[tuple[str, str]], said: str
) -> None:
    issued = await server.command("issue", size=2, queues=["sapporo"])
    party = issued["parties"][0]
    offered = await server.command("offer", ticket=issued["tickets"][0]["id"], queue="ebetsu")
    size = PHONE if answer in ("add", "keep") else TABLET
    page = await open_page("/reception", *size)
    await found(page, party["number"])
    offer = page.locator(".offered")
    await expect(offer).to_contain_text("江別市は、いますぐご案内できます")
    await expect(offer).to_contain_text("札幌市の順番はそのままです")
    await expect(offer.locator("button")).to_have_count(4)
    await assert_fits(page, size)
    await page.locator(f'[data-answer="{answer}"]').click()
    await expect(offer).to_have_count(0)
    undo = page.locator(".undo")
    await expect(undo).to_contain_text(f"{party['number']}番")
    await expect(undo).to_contain_text(said)
    board = await server.get("/board")
    assert {(t["queue"], t["state"]) for t in board["tickets"] if t["party"] == party["id"]} == states
    assert [o["answer"] for o in board["offers"] if o["id"] == offered["offers"][0]["id"]] == [answer]
    await undo.click()
    await expect(offer).to_be_visible()
