"""Codes read by a camera: a real Chromium whose camera is a film of the code."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from chromium import find_chromium
from filmed import film
from real import PIN, Client, RealServer

CAMERA_MS = 60_000
"""Until a film is read frame by frame on a machine that has much else to do."""


@asynccontextmanager
async def filming(text: str, path: Path) -> AsyncIterator[Browser]:
    """A browser whose camera sees the text's QR code."""
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--use-fake-device-for-media-stream"]
    options += ["--use-fake-ui-for-media-stream", f"--use-file-for-fake-video-capture={film(text, path)}"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=options)
        yield browser
        await browser.close()


async def opened(real: RealServer, browser: Browser, client: Client, path: str) -> Page:
    context = await real.context_as(browser, client)
    page = await context.new_page()
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(real.url + path)
    return page


async def test_a_badge_held_before_the_camera_signs_in_with_its_pin(real: RealServer, tmp_path: Path) -> None:
    badge = await real.member("reception")
    await (await real.device()).sign_in_first(badge)
    address = f"{real.url}/sign-in#{badge['id']}.{badge['secret']}"
    async with filming(address, tmp_path / "badge.y4m") as browser:
        page = await opened(real, browser, await real.device(), "/sign-in")
        await page.get_by_role("button", name="カメラで読み取る").click()
        await expect(page.locator(".pin")).to_be_visible(timeout=CAMERA_MS)
        await page.keyboard.type(PIN)
        await expect(page).to_have_url(f"{real.url}/reception")


async def test_the_reception_reads_a_code_with_the_camera(real: RealServer, tmp_path: Path) -> None:
    reception = await real.as_role("reception")
    async with filming("no code of this fair", tmp_path / "code.y4m") as browser:
        page = await opened(real, browser, reception, "/reception")
        await page.get_by_role("button", name="読取").click()
        await expect(page.locator("main")).to_contain_text("見つかりません", timeout=CAMERA_MS)
