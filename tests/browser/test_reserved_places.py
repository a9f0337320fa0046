"""Reserved places on the pages: 予約 with its time, and the order in which the server calls, as time passes."""

import datetime as dt
import json
import re
import secrets
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect
from redis import Redis

from opening import OpenPage
from running import RunningServer
from yobidashi.queue import masters
from yobidashi.queue.keys import Keys
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store

TABLET = (1024, 768)
PHONE = (390, 844)
QUEUE = "kitahiroshima"
BOOTH = "/booths/7"
DAY = dt.datetime(2026, 2, 14, tzinfo=ZoneInfo("Asia/Tokyo"))


def at(hour: int, minute: int = 0, second: int = 0) -> int:
    """A time of the sample fair's day, ms."""
    return round(DAY.replace(hour=hour, minute=minute, second=second).timestamp() * 1000)


class Door:
    """The door of the fair: walk-ins, and parties who have reserved 13:00."""

    def __init__(self, server: RunningServer, redis_url: str) -> None:
        self.server = server
        self.redis_url = redis_url
        self.keys = Keys(server.prefix, server.fair)

    async def walk_in(self) -> str:
        return await self._number(size=1)

    async def reserved(self) -> str:
        booking, card = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        wishes = [{"queue": QUEUE, "slot": at(13)}]
        values = {"wishes": wishes, "adults": 2, "children": 0, "state": "booked"}
        with Redis.from_url(self.redis_url) as redis:
            redis.hset(self.keys.named("bookings"), booking, json.dumps(values))
        store = Store(Pipeline(masters.connect(self.redis_url)), self.server.prefix)
        await store.enter_card(self.server.fair, card, 2, 0, booking)
        await store.close()
        return await self._number(card=card)

    async def clock(self, time: int, rate: float = 0) -> None:
        await self.server.command("set-clock", at=time, rate=rate)

    async def _number(self, **who: Any) -> str:
        event = await self.server.command("issue", queues=[QUEUE], **who)
        number: str = event["tickets"][0]["number"]
        return number


@pytest.fixture
def door(server: RunningServer, redis_url: str) -> Door:
    return Door(server, redis_url)


async def order(page: Page, numbers: list[str]) -> None:
    """Wait until the booth's list has these numbers from the top."""
    await expect(page.locator(".place-number")).to_have_text([re.compile(f"^{n}番$") for n in numbers])


async def test_the_booth_shows_who_is_next_as_the_slot_begins(door: Door, open_page: OpenPage) -> None:
    await door.clock(at(12, 40))
    first, reserved, second = await door.walk_in(), await door.reserved(), await door.walk_in()
    page = await open_page(BOOTH, *TABLET)
    await order(page, [first, reserved, second])
    await door.clock(at(12, 59, 59), rate=1)  # no event comes at 13:00, only time passes
    await order(page, [reserved, first, second])
    await expect(page.locator(".state-size .reserved")).to_have_text("予約 13:00")
    await expect(page.locator(".place").first.locator(".reserved")).to_have_text("予約 13:00")
    await expect(page.locator(".place-soon .place-number")).to_have_text(
        [re.compile(f"^{n}番$") for n in (reserved, first)]
    )
    await page.locator('[data-act="call-next"]:not([aria-disabled="true"])').click()
    await expect(page.locator(".state-called .state-number")).to_have_text(f"{reserved}番")
    await expect(page.locator(".state-called .reserved")).to_have_text("予約 13:00")


async def test_after_two_reserved_the_list_has_a_walk_in(door: Door, open_page: OpenPage) -> None:
    await door.clock(at(12, 40))
    walk_in = await door.walk_in()
    reserved = [await door.reserved() for _ in range(3)]
    await door.clock(at(13))
    page = await open_page(BOOTH, *TABLET)
    await order(page, [*reserved[:2], walk_in, reserved[2]])


async def test_the_reception_finds_a_reserved_place_and_who_is_before_it(door: Door, open_page: OpenPage) -> None:
    await door.clock(at(12, 40))
    await door.walk_in()
    number = await door.reserved()
    page = await open_page("/reception", *PHONE)
    await page.get_by_role("button", name="番号を探す").click()
    await expect(page.get_by_role("textbox", name="番号を探す")).to_be_focused()
    await page.keyboard.type(number)
    row = page.locator(".ticket")
    await expect(row).to_contain_text("予約 13:00")
    await expect(row).to_contain_text("前に1組")
    await door.clock(at(13))
    await expect(row).to_contain_text("前に0組")
