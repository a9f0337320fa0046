"""The form as a visitor fills it in: by finger and by keyboard, read back by the server's own reader, and for everybody."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Error, Page, expect

from opening import PagePool
from running import RunningServer
from yobidashi.fair import load_fair
from yobidashi.people.form.answers import Persons, Wish, read_form
from yobidashi.places import SAMPLE_FAIR
from yobidashi.queue.errors import Refusal
from yobidashi.web.pages import page_headers
from yobidashi.web.statics import Statics

FAIR = load_fair(SAMPLE_FAIR)
STATICS = Statics()
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SIZES = [(390, 844), (1024, 768), (1920, 1080)]

PAGE = """<!doctype html><html lang="ja" class="light"><head><meta charset="utf-8"><title>様式</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="STATIC/client/mark.svg"><link rel="stylesheet" href="STATIC/client/fonts.css">
<link rel="stylesheet" href="STATIC/client/look.css"><link rel="stylesheet" href="STATIC/handhelds/form.css">
<script type="importmap">%s</script><script type="application/json" id="fair">%s</script>
<script type="application/json" id="page">{}</script></head>
<body><main><h1>様式</h1><div id="root"></div><button class="button main" form="visitor-form">送信</button></main>
<script type="module" src="/form-page.js"></script></body></html>""".replace("STATIC", STATICS.base)

SCRIPT = """
import { fair } from "client/page.js";
import { render } from "client/view.js";
import { Form } from "STATIC/handhelds/form/form.js";
import { focusFirstFault, formView } from "STATIC/handhelds/form/view.js";

const root = document.getElementById("root");
let form;
window.show = (stage) => {
  form = new Form({ fair, stage, autofill: true, changed: draw });
  if (form.wishes) form.wishes.places = { otaru: { [fair.reservation.slots[0]]: 0, [fair.reservation.slots[1]]: 1 } };
  root.replaceChildren(document.createElement("div"));
  delete window.sent;
  draw();
};
window.refuse = (refusal) => { form.refused(refusal); focusFirstFault(root, form); };
if (location.hash) window.show(location.hash.slice(1));

function draw() {
  render(formView(form, () => { window.sent = form.body; }), root.firstChild);
}
""".replace("STATIC", STATICS.base)

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 90))"""

SMALL = """() => [...document.querySelectorAll('button, input, textarea')].filter(e => {
  const { width, height } = e.getBoundingClientRect();
  return getComputedStyle(e).visibility === 'visible' && (width < 56 || height < 56);
}).map(e => e.outerHTML.slice(0, 90))"""


@pytest_asyncio.fixture(scope="module")
async def loaded(pool: PagePool, session_server: RunningServer) -> AsyncIterator[tuple[Page, list[str]]]:
    """A page of the server for forms, under the server's own Content-Security-Policy; and the scripts' errors on it."""
    page, faults = await pool.take(), list[str]()

    def failed(error: Error) -> None:
        faults.append(str(error))

    page.on("pageerror", failed)
    fair = json.dumps(FAIR.public(demonstration=False))
    import_map = STATICS.import_map()
    policy = page_headers(import_map)["Content-Security-Policy"]
    address = f"{session_server.url}/form-page"
    await page.route(
        address,
        lambda route: route.fulfill(
            body=PAGE % (import_map, fair), content_type="text/html", headers={"Content-Security-Policy": policy}
        ),
    )
    await page.route(f"{address}.js", lambda route: route.fulfill(body=SCRIPT, content_type="text/javascript"))
    await page.goto(f"{address}#card")
    yield page, faults
    page.remove_listener("pageerror", failed)
    await pool.give_back(page, session_server.url)


@pytest_asyncio.fixture
async def form_page(loaded: tuple[Page, list[str]]) -> AsyncIterator[Page]:
    """A phone's page for a form. A script error fails the test."""
    page, faults = loaded
    await page.set_viewport_size({"width": 390, "height": 844})
    yield page
    seen = faults.copy()
    faults.clear()
    assert not seen


async def show(page: Page, stage: str) -> None:
    """Show a form where nothing is filled in yet."""
    await page.evaluate("stage => show(stage)", stage)
    await expect(page.locator(".visitor-form")).to_be_visible()


async def press(page: Page, question: str, *answers: str) -> None:
    """Press answers of the question that begins with these words."""
    field = page.locator("fieldset").filter(has=page.locator("legend", has_text=question))
    for answer in answers:
        await field.locator(".press", has_text=answer).first.click()


async def sent(page: Page) -> Any:
    await page.get_by_role("button", name="送信").click()
    return await page.evaluate("window.sent")


async def test_a_card_is_filled_in_by_taps(form_page: Page) -> None:
    page = form_page
    await show(page, "card")
    await page.get_by_role("button", name="大人を1名増やす").click(click_count=2)
    await page.get_by_role("button", name="子どもを1名増やす").click()
    await page.get_by_label("お名前").fill("見本 太郎")
    await page.get_by_label("ふりがな").fill("ミホン タロウ")
    await press(page, "お住まい", "千葉県")
    await press(page, "年代", "20代", "30代")
    await press(page, "関心のある", "江別市", "札幌市", "小樽市", "小樽市")
    await press(page, "相談したいこと", "仕事", "住まい")
    await press(page, "初めてですか", "いいえ")
    await press(page, "移住の時期", "1年以内", "1年以内")
    await press(page, "札幌市への提供", "同意する")
    await press(page, "公益社団法人", "同意しない")
    filled = read_form(FAIR, "card", await sent(page))
    assert filled.persons == Persons(2, 1)
    assert filled.answers == {
        "name": "見本 太郎",
        "kana": "みほん たろう",
        "residence": "chiba",
        "age": "30s",
        "interests": ["sapporo", "ebetsu"],
        "themes": ["housing", "work"],
        "first_time": False,
    }
    assert filled.consents == {"city": True, "furusato": False}


async def test_wishes_show_what_is_left_and_never_meet(form_page: Page) -> None:
    page = form_page
    await show(page, "reservation")
    await page.get_by_role("button", name="小樽市").click()
    wishes = page.locator("[data-field=wishes]")
    await expect(wishes.locator(".closed")).to_contain_text("10:30")
    await expect(wishes.get_by_role("button", name="11:00")).to_contain_text("残り1組")
    await wishes.get_by_role("button", name="11:00").click()
    await page.get_by_role("button", name="次の希望を追加").click()
    await expect(wishes.locator(".closed")).to_contain_text("小樽市")
    await wishes.get_by_role("button", name="バスのお仕事").click()
    await expect(wishes.locator(".closed")).to_contain_text("11:00")
    await wishes.get_by_role("button", name="16:30").click()
    assert await wishes.locator(".wish-what").all_inner_texts() == [
        "小樽市\n11:00–11:30",
        "バスのお仕事相談\n16:30–17:00",
    ]
    slots = FAIR.slots("bus")
    body = await sent(page)
    assert [Wish(**wish) for wish in body["wishes"]] == [Wish("otaru", slots[1]), Wish("bus", slots[12])]


async def test_the_servers_faults_stand_beside_their_fields(form_page: Page) -> None:
    """Sent empty: each field that must be answered says so, the first has the focus, and an answer takes the fault away."""
    page = form_page
    await show(page, "card")
    with pytest.raises(Refusal) as caught:
        read_form(FAIR, "card", await sent(page))
    await page.evaluate("refusal => window.refuse(refusal)", caught.value.to_object())
    shown = page.locator(".fault:visible")
    await expect(shown).to_have_count(len(caught.value.detail["faults"]))
    await expect(page.get_by_role("alert")).to_contain_text("か所あります")
    await expect(page.get_by_role("button", name="大人を1名増やす")).to_be_focused()
    name = page.get_by_label("お名前")
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(name).to_have_accessible_description("お答えください。 Please answer this.")
    await name.fill("見本")
    await expect(name).to_have_attribute("aria-invalid", "false")
    await expect(shown).to_have_count(len(caught.value.detail["faults"]) - 1)


async def test_the_keyboard_reaches_and_chooses(form_page: Page) -> None:
    page = form_page
    await show(page, "card")
    await page.get_by_label("ふりがな").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="東京都（23区以外）")).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.get_by_role("radio", name="20歳未満")).to_be_checked()


async def test_text_of_visitors_stays_text(form_page: Page) -> None:
    page = form_page
    await show(page, "reservation")
    attack = "<img src=x onerror=alert(1)>${alert(2)}"
    await page.get_by_label("くわしい内容").fill(attack)
    await expect(page.locator(".characters")).to_have_text(f"{len(attack)} / 400字")
    await expect(page.locator("img")).to_have_count(0)
    assert (await sent(page))["answers"]["content"] == attack


async def test_nothing_is_kept_in_the_browser(form_page: Page) -> None:
    page = form_page
    await show(page, "card")
    await page.get_by_label("お名前").fill("見本 太郎")
    assert await page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    await page.reload()
    await expect(page.get_by_label("お名前")).to_have_value("")


@pytest.mark.parametrize("stage", ["reservation", "card"])
async def test_everybody_can_use_it_at_every_size(stage: str, form_page: Page) -> None:
    page = form_page
    await show(page, stage)
    with pytest.raises(Refusal) as caught:
        read_form(FAIR, "reservation" if stage == "reservation" else "card", await sent(page))
    await page.evaluate(AXE.read_text("utf-8"))
    for refusal in (None, caught.value.to_object()):
        if refusal:
            await page.evaluate("refusal => window.refuse(refusal)", refusal)
        for width, height in SIZES:
            await page.set_viewport_size({"width": width, "height": height})
            assert await page.evaluate(WIDE) == []
            assert await page.evaluate(SMALL) == []
        found = await page.evaluate("axe.run().then(({ violations }) => violations.map(v => [v.id, v.nodes[0].html]))")
        assert found == []
