"""Canaries through every road: words that only people gave are searched for wherever they must not stand.

A real server with a Redis of its own on disk; visitors and staff go every way their data can go, and every way it can fail.
Then the words are looked for, byte by byte, in Redis, its files, the folders of data and keys, what the server said, every
frame of the websocket, and the browser's own folder.
"""

import asyncio
import contextlib
import json
import os
import secrets
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, async_playwright, expect
from websockets.exceptions import WebSocketException

from canary_hall import QUEUE, Canary, Hall
from card_samples import written
from chromium import find_chromium
from future_fair import future_fair
from real import real_server
from running import Refused
from serving import free_port
from yobidashi.data_folder import DataFolder
from yobidashi.fair import load_fair
from yobidashi.live.wire import encode_hello
from yobidashi.people.protection.needles import files_with, search_folder
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.queue.masters import connect


@pytest_asyncio.fixture
async def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hall]:
    path, data = future_fair(tmp_path, sapporo=50), tmp_path / "data"
    monkeypatch.setenv("YOBIDASHI_LOG", "json")
    monkeypatch.setenv("YOBIDASHI_METRICS", f"127.0.0.1:{free_port()}")
    async with real_server(data=data, fair=path) as server:
        hall = Hall(server, load_fair(path), data)
        hall.visitor = await server.client()
        hall.reception = await server.as_role("reception")
        hall.officer = await server.as_role("privacy")
        listening = asyncio.create_task(listen(hall))
        yield hall
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening


async def listen(hall: Hall) -> None:
    """Keep every frame that a page of the reception gets, through every break of the line."""
    while True:
        with contextlib.suppress(OSError, WebSocketException):
            async with hall.reception.socket() as socket:
                await socket.send(encode_hello(None, 0))
                async for frame in socket:
                    hall.frames.append(frame if isinstance(frame, bytes) else frame.encode())


async def ignored(awaited: Any) -> None:
    """Ask for something that is refused."""
    with contextlib.suppress(Refused):
        await awaited


async def reserve_and_change(hall: Hall) -> None:
    """A visitor reserves, comes back, changes, withdraws; another one cancels."""
    made = await hall.visitor.post("/own-reservations", **hall.form(hall.canary()))
    own = f"/own-reservations/{made['token']}"
    await hall.visitor.get(own)
    await hall.visitor.post(f"{own}/change", **hall.form(hall.canary()))
    await hall.visitor.post(f"{own}/withdraw", consent="city")
    gone = await hall.visitor.post("/own-reservations", **hall.form(hall.canary()))
    await hall.visitor.post(f"/own-reservations/{gone['token']}/cancel")


async def come_and_be_received(hall: Hall) -> None:
    """Somebody who reserved is found, gets a card and a number, and is searched for again."""
    canary = hall.canary()
    made = await hall.visitor.post("/own-reservations", **hall.form(canary))
    found = (await hall.reception.post("/arrivals/find", text=made["code"]))["found"]
    await hall.reception.post("/arrivals/find", text=canary.kana[:6])
    await hall.reception.post("/reservations/search", text=canary.kana[:6])
    reservation = found[0]["reservation"]
    await hall.reception.get(f"/reservations/{reservation}")
    form = {key: value for key, value in hall.form(hall.canary()).items() if key != "wishes"}
    form["answers"] = {key: value for key, value in form["answers"].items() if key not in ("mail", "phone")}
    await ignored(hall.reception.post("/cards", reservation=reservation, **form))
    card = await hall.visitor.post("/own-cards", **card_form(hall))
    walk_in = (await hall.reception.post("/arrivals/find", text=card["code"]))["found"][0]["card"]
    await hall.reception.get(f"/cards/{walk_in}")
    await hall.reception.command("issue", card=walk_in, queues=[QUEUE])
    consultant = await hall.server.as_role("consultant", booth=1)
    event = await consultant.command("call-next", booth=1)
    await consultant.get(f"/booths/1/briefs/{event['tickets'][0]['id']}")
    await consultant.get("/booths/1/briefs")


def card_form(hall: Hall) -> dict[str, Any]:
    """A card as somebody new fills it in."""
    canary = hall.canary()
    return written(name=canary.name, kana=canary.kana)


async def take_out(hall: Hall) -> None:
    """The officer exports, investigates, names."""
    second = await hall.server.sign_in("privacy")
    asked = await hall.officer.post(
        "/exports", recipient="city", purpose="続き", reason="確認", kinds=["card", "reservation"]
    )
    number = asked["export"]["number"]
    await second.post(f"/exports/{number}/approve")
    await hall.officer.post_for_bytes(f"/exports/{number}/file")
    seen = await hall.officer.get("/audit")
    places = [place for entry in seen["entries"] for place in entry["records"] if place.startswith("card:")][:20]
    await hall.officer.post("/incident/names", places=places, why="確認")
    await hall.officer.post("/keys/rotate")


async def go_wrong(hall: Hall) -> None:
    """Everything that can be sent wrongly is, with words of people in it."""
    canary = hall.canary()
    form = hall.form(canary)
    client = hall.visitor
    for path in ("/own-reservations", "/own-cards", "/nothing", "/reservations"):
        await ignored(client.post(path, **{**form, "answers": {**form["answers"], canary.mail: canary.name}}))
        await ignored(client.post(path, **{**form, "party": {"adults": canary.name}, "consents": canary.phone}))
        await ignored(client.post(path, command_id=canary.detail, **form))
        for body in (canary.name.encode(), f'{{"answers": "{canary.name}"'.encode(), canary.mail.encode() * 4_000):
            async with client.http.post(client.api + path, data=body, headers=client.headers) as response:
                assert response.status >= 400
            headers = {**client.headers, "Content-Type": "application/json"}
            async with client.http.post(client.api + path, data=body, headers=headers) as response:
                assert response.status >= 400
    for path in (f"/own-cards/{canary.phone}", f"/cards/{canary.phone}", f"/audit?who={canary.phone}"):
        await ignored(hall.officer.get(path))
    headers = {"User-Agent": canary.mail, "Referer": f"http://x/{canary.mail}", "X-Name": canary.phone}
    async with client.http.get(f"{client.url}/{canary.phone}", headers=headers) as response:
        assert response.status == 404
    sheet = f"氏名,ふりがな\n{canary.name},{canary.kana}\n".encode()
    chief = hall.server.chief
    await ignored(chief.post_file(f"/reservations/import?command_id={secrets.token_hex(16)}&mode=try", sheet))


async def lose_redis(hall: Hall) -> None:
    """Redis dies while people send; then the same is sent again."""
    pid = int(DataFolder(hall.data).pid_file.read_text())
    os.kill(pid, signal.SIGKILL)
    form = hall.form(hall.canary())
    command_id = secrets.token_hex(16)
    await ignored(hall.visitor.post("/own-reservations", command_id=command_id, **form))
    async with asyncio.timeout(30):
        while True:
            try:
                await hall.visitor.post("/own-reservations", command_id=command_id, **form)
            except Refused as refused:
                if refused.status != 503:
                    raise
            else:
                return


@asynccontextmanager
async def browser(profile: Path) -> AsyncIterator[BrowserContext]:
    """A browser that keeps a folder of its own, as every device does."""
    async with async_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu"]
        context = await playwright.chromium.launch_persistent_context(
            profile, executable_path=find_chromium(), args=options, locale="ja-JP"
        )
        yield context
        for page in context.pages:
            if page.url.startswith("http"):
                assert await page.evaluate("sessionStorage.length + localStorage.length") == 0
                assert await page.evaluate("indexedDB.databases().then(all => all.length)") == 0
        assert not (await context.storage_state())["origins"]
        await context.close()


async def type_in(page: Page, canary: Canary, *labels: str) -> None:
    """Type what somebody answers into a form."""
    words = {"お名前": canary.name, "ふりがな": canary.kana, "メールアドレス": canary.mail}
    for label in labels:
        await page.get_by_label(label).fill(words[label])


async def browse_on_the_own_phone(hall: Hall, profile: Path) -> None:
    """A visitor begins a reservation, and looks at one that was made."""
    made = await hall.visitor.post("/own-reservations", **hall.form(hall.canary()))
    async with browser(profile) as context:
        page = await context.new_page()
        await page.goto(f"{hall.server.url}/reserve")
        await type_in(page, hall.canary(), "お名前", "ふりがな", "メールアドレス")
        await page.goto(f"{hall.server.url}/r/{made['token']}")
        await expect(page.locator("main")).to_contain_text(made["code"][:4])


async def browse_at_the_fairs_devices(hall: Hall, profile: Path) -> None:
    """A visitor fills in a card at a tablet and leaves; the officer reads names on the page."""
    card = await hall.visitor.post("/own-cards", **card_form(hall))
    found = await hall.reception.post("/arrivals/find", text=card["code"])
    place = f"card:{found['found'][0]['card']}"
    async with browser(profile) as context:
        cookies = [{"name": n, "value": v, "url": hall.server.url} for n, v in hall.officer.cookies.items()]
        page = await context.new_page()
        await page.goto(f"{hall.server.url}/card?tablet=1")
        await type_in(page, hall.canary(), "お名前", "ふりがな")
        await context.add_cookies(cookies)  # type: ignore[arg-type]
        await page.goto(f"{hall.server.url}/privacy#incident")
        await page.get_by_role("button", name="来場者の記録").click()
        await page.locator("input[name=id]").fill(place)
        await page.get_by_role("button", name="調べる", exact=True).click()
        await page.get_by_label("氏名と連絡先を確認する理由").fill("確認")
        await page.get_by_role("button", name="氏名と連絡先を表示").click()
        await expect(page.get_by_text(hall.canaries[-2].name)).to_be_visible()


@asynccontextmanager
async def searched_redis(hall: Hall) -> AsyncIterator[tuple[Any, Storehouse]]:
    """The server's own Redis, and the search through it."""
    masters = connect(f"unix://{DataFolder(hall.data).socket}")
    storehouse = Storehouse(masters, hall.server.prefix)
    try:
        yield masters.all()[0], storehouse
    finally:
        await storehouse.close()


async def test_no_word_of_anybody_stands_where_it_must_not(hall: Hall, tmp_path: Path) -> None:
    phone, tablet = tmp_path / "phone", tmp_path / "tablet"
    await reserve_and_change(hall)
    await come_and_be_received(hall)
    await take_out(hall)
    await go_wrong(hall)
    await browse_on_the_own_phone(hall, phone)
    await browse_at_the_fairs_devices(hall, tablet)
    await lose_redis(hall)
    words = hall.words
    assert len(words) > 100
    async with searched_redis(hall) as (_, storehouse):
        found = await storehouse.search(words, everything=True)
    assert (found.found, found.size > 10_000) == (0, True)
    for folder in (hall.data, hall.server.keys, tablet):
        searched = await asyncio.to_thread(search_folder, folder, words)
        assert await asyncio.to_thread(files_with, folder, words) == []
        assert (searched.found, searched.unread, searched.size > 0) == (0, 0, True)
    # What was typed and not sent a browser keeps by itself, to bring a closed tab back: on the visitor's own phone that is theirs.
    left = await asyncio.to_thread(files_with, phone, words)
    assert [path for path in left if path.parent.name != "Sessions"] == []
    said = hall.server.serving.said.encode() + bytes(hall.server.serving.said_since)
    assert said
    assert not [word for word in words if word in said]
    logged = [json.loads(line) for line in bytes(hall.server.serving.said_since).splitlines() if line]
    assert "WARNING" in {line["level"] for line in logged}  # Redis was lost, and this is how that is told
    figures = await figures_of(hall)
    assert b"yobidashi_commands_total" in figures
    assert not [word for word in words if word in figures]
    assert len(hall.frames) > 3
    assert not [word for word in words for frame in hall.frames if word in frame]
    await check_that_the_search_finds(hall, words)


async def figures_of(hall: Hall) -> bytes:
    """What Prometheus is told."""
    async with hall.visitor.http.get(f"http://{os.environ['YOBIDASHI_METRICS']}/metrics") as response:
        return await response.read()


async def check_that_the_search_finds(hall: Hall, words: list[bytes]) -> None:
    """The test above would notice: one word is planted, and found in Redis and in its files."""
    async with searched_redis(hall) as (redis, storehouse):
        await redis.hset("somewhere", "field", hall.canaries[0].name)
        assert (await storehouse.search(words, everything=True)).found == 1
        assert (await asyncio.to_thread(search_folder, hall.data, words)).found >= 1
