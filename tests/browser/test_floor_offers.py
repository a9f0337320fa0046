"""The floor manager leads a waiting party to a quieter booth by hand: two taps, by the rules by which the house does it itself."""

import re

from playwright.async_api import expect

from floor_page import AUDIT, DESK, MINUTE, OPENS, PHONE, TABLET, OpenFloor, issue, press
from running import RunningServer

FAST = 4
"""At this rate of the clock the house makes no offers by itself: its looks would come too seldom."""


async def test_two_taps_lead_a_waiting_party_to_a_quieter_booth(server: RunningServer, floor: OpenFloor) -> None:
    page = await floor(at=60)
    await server.command("set-clock", at=OPENS + 60 * MINUTE, rate=FAST)
    for _ in range(5):
        last = await issue(server, "sapporo")
    await page.locator('.queue-cell[data-queue="sapporo"]').click()
    rows = page.locator("[data-waits]")
    await expect(rows).to_have_count(5)
    await expect(rows.nth(0)).to_contain_text("まもなく呼ばれます")  # soon called, so not asked
    await expect(rows.nth(0).get_by_role("button")).to_have_count(0)
    row = page.locator(f'[data-waits="{last["id"]}"]')
    await row.get_by_role("button", name="他ブースへ案内").click()
    choices = row.locator(".leads button")
    await expect(choices).to_have_count(3)
    await expect(choices.first).to_have_text(re.compile(r"\S+\s*すぐ・約\d+分早い"))
    for width, height in (PHONE, TABLET, DESK):
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate(AUDIT) == [], width
    await press(page, "offer", choices.first)
    await expect(row).to_contain_text(re.compile(r"をご案内中・あと\d+分"))
    await expect(row.get_by_role("button")).to_have_count(0)
    offers = (await server.get("/board"))["offers"]
    assert [(offer["ticket"], offer["state"]) for offer in offers if offer["ticket"] == last["id"]] == [
        (last["id"], "open")
    ]
