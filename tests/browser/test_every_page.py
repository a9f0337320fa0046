"""Every page, in each of its main states, on a phone, a tablet and a screen: axe-core finds nothing.

Nor does any of them ask anybody else for anything, break its own Content-Security-Policy, or leave anything behind in the browser.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from playwright.async_api import Error as PlaywrightError

from axe import violations, violations_at
from every_route import pages
from opening import LEFT_BEHIND, NOTHING
from peopled_fair import BOOTH, PeopledFair, peopled_fair
from real import Client
from watched import Watch, watched
from yobidashi.staff.roles import OF_A_BOOTH

TABLET: Final = (1024, 768)
REFUSED: Final = "responded with a status of 422"
"""What the browser itself says of a form that was sent empty; no other fault may come of a press."""

SIZES: Final = [TABLET, (390, 844), (1920, 1080)]
"""Pages open on a tablet."""


@dataclass(frozen=True)
class Visit:
    """A page, who opens it, and what they press: every state on the way is looked at."""

    route: str
    role: str | None = None
    """None: the public; ``device``: an enrolled device where nobody is signed in."""
    after: str = ""
    """What stands in the address after the route."""
    presses: tuple[tuple[str, str], ...] = ()
    """Each with what stands on the page then, and did not before."""

    def __str__(self) -> str:
        return f"{self.role or 'public'}-{self.route}{self.after.partition('.')[0]}"


VISITS: Final = [
    Visit("/", "chief"),
    Visit("/sign-in"),
    Visit("/sign-in", "device"),
    Visit("/sign-in", "device", "#s99." + "A" * 22),
    Visit("/set-up", None, "#" + "A" * 22),
    Visit("/enrol", None, "#" + "A" * 22),
    Visit(
        "/staff",
        "chief",
        "",
        (("button.member", ".member-card"), ("text=内容を変更する", "#member-form"), ("text=取り込み", ".sheet")),
    ),
    Visit("/staff", "floor"),
    Visit("/devices", "chief", "", (("text=QRコードを出す", ".failed"),)),
    Visit("/card", None, "", (("button[type=submit]", ".failure .failed"),)),
    Visit("/card", None, "?tablet"),
    Visit("/card/poster"),
    Visit("/c/{token}"),
    Visit("/reserve", None, "", (("button[type=submit]", ".failure .failed"),)),
    Visit("/r/{token}"),
    Visit("/t/{token}"),
    Visit(
        "/reservations",
        "reception",
        "",
        ((".queue-places button", ".reserved-row"), ("button.reserved-row", ".opened .decision")),
    ),
    Visit("/reservations", "chief", "", (("text=取り込み", ".sheet"),)),
    Visit("/reservations", "privacy", "", (("text=書き出し", ".sheet"),)),
    Visit("/privacy", "privacy"),
    Visit("/privacy", "chief", "#exports"),
    Visit("/privacy", "privacy", "#exports"),
    Visit("/privacy", "privacy", "#incident"),
    Visit("/privacy", "privacy", "#disposal"),
    Visit("/privacy", "privacy", "#keys"),
    Visit("/privacy", "auditor"),
    Visit("/reception", "reception", "", ((".find", ".keypad"),)),
    Visit(
        "/floor",
        "floor",
        "",
        (
            ('[data-tab="announce"]', ".sentences"),
            ('[data-tab="correct"]', "[name=number]"),
            ('[data-tab="closing"]', ".steps"),
            (".queue-cell", ".panel-head"),
            (".spare-cell", ".buttons.lend"),
        ),
    ),
    Visit(
        "/booths/{booth:int}",
        "consultant",
        "",
        (
            ("text=相談内容", ".brief .glance"),
            ('[data-act="start"]', '.acts-serving [data-act="finish"]'),
            ('[data-act="finish"]', ".state-idle"),
        ),
    ),
    Visit("/booths/{booth:int}/meeting", "guide", "", (("text=係が来ました", "text=会場の係を呼ぶ"),)),
    Visit("/assist", "guide"),
    Visit("/calls", "floor"),
    Visit("/guide", "floor"),
    Visit("/booths/{booth:int}/screen", "floor"),
]


def test_every_page_is_visited() -> None:
    routes = {address.route for address in pages("sapporo-2026", BOOTH) if not address.route.endswith((".svg", ".pdf"))}
    assert routes == {visit.route for visit in VISITS}


@pytest_asyncio.fixture(scope="module")
async def fair(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PeopledFair]:
    """A fair with somebody everywhere."""
    async with peopled_fair(redis_url, tmp_path_factory.mktemp("fair"), "見本 太郎") as fair:
        yield fair


@pytest_asyncio.fixture(scope="module")
async def shared(fair: PeopledFair, browser: Browser) -> AsyncIterator[Watch]:
    """One browser for everybody, so that fonts and modules are loaded once."""
    async with watched(browser, fair.server) as watch:
        yield watch


@pytest_asyncio.fixture
async def watch(shared: Watch) -> AsyncIterator[Watch]:
    """The browser, which nobody is using; what this test stores in it fails the test."""
    yield shared
    await shared.leave()


async def client_of(fair: PeopledFair, role: str | None) -> Client | None:
    if role is None:
        return None
    if role == "device":
        return await fair.server.device()
    return await fair.server.as_role(role, BOOTH if role in OF_A_BOOTH else None)


@pytest.mark.parametrize("visit", VISITS, ids=str)
async def test_a_page_is_for_everybody_and_speaks_to_its_own_server_alone(
    fair: PeopledFair, watch: Watch, visit: Visit
) -> None:
    await watch.come_as(await client_of(fair, visit.role))
    page = await watch.open(fair.page(visit.route) + visit.after, *TABLET)
    assert await page.evaluate("document.title"), "it is no page"
    assert await page.locator("h1").count() == 1
    assert await page.evaluate(LEFT_BEHIND) == NOTHING
    assert watch.faults == []
    assert len(watch.asked) > 3
    assert await violations_at(page, SIZES) == []
    for press, shown in visit.presses:
        await page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
        assert await page.locator(shown).count() == 0, f"{shown} stood there before {press}"
        await page.locator(press).first.click()
        await page.locator(shown).first.wait_for()
        assert await violations_at(page, SIZES) == [], press
    assert [fault for fault in watch.faults if REFUSED not in fault] == []


async def test_a_page_that_says_why_not_is_for_everybody(fair: PeopledFair, watch: Watch) -> None:
    await watch.come_as(await client_of(fair, "auditor"))
    for path in ("/staff", "/nothing"):
        page = await watch.open(path, *TABLET)
        assert await violations_at(page, SIZES) == [], path


async def test_axe_sees_what_it_is_for(watch: Watch) -> None:
    """The tests above can fail."""
    await watch.come_as(None)
    page = await watch.open("/card", *TABLET)
    await page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<input><img src=\"/card.svg\"><button></button>')"
    )
    assert {fault.partition(" ")[0] for fault in await violations(page)} >= {"label", "image-alt", "button-name"}


async def test_axe_sees_what_one_size_alone_has(watch: Watch) -> None:
    """Whether it is hidden there, or only stands and looks otherwise."""
    await watch.come_as(None)
    page = await watch.open("/card", *TABLET)
    await page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`@media (width < 400px) { .button.main { color: #888; background: #999; } }
            @media (width > 1900px) { .button.main * { display: none; } .button.main { font-size: 0; } }`);
        document.adoptedStyleSheets = [sheet];
        document.querySelector(".button.main").innerHTML = "<span>終わる</span>";
    }""")
    found = {fault.partition(" (")[0] for fault in await violations_at(page, SIZES)}
    assert found == {"at 390: color-contrast", "at 1920: button-name"}


async def test_axe_takes_no_colour_on_its_way_for_a_fault(watch: Watch) -> None:
    await watch.come_as(None)
    page = await watch.open("/card", *TABLET)
    button = page.locator("button.main")
    await button.evaluate("""(button) => {
        const slow = new CSSStyleSheet();
        slow.replaceSync(".button { transition: background-color 1000s -150s; } .main.light { background: var(--white); color: var(--night); }");
        document.adoptedStyleSheets = [slow];
        button.classList.add("light");
    }""")
    assert await violations(page) == []


async def test_the_watch_sees_what_it_is_for(watch: Watch) -> None:
    """The tests above can fail: an inline script, a request elsewhere, a dialog and what is kept are all seen."""
    await watch.come_as(None)
    page = await watch.open("/sign-in", *TABLET)
    await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    await page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
    for keeping in (
        "window.name = '見本 太郎'",
        "document.cookie = 'name=taro; Max-Age=60'",
        "localStorage.setItem('name', '見本 太郎')",
        "sessionStorage.setItem('name', '見本 太郎')",
    ):
        assert await page.evaluate(LEFT_BEHIND) == NOTHING
        await page.evaluate(keeping)
        assert await page.evaluate(LEFT_BEHIND) != NOTHING, keeping
        await page.evaluate(
            "window.name = ''; document.cookie = 'name=; Max-Age=0'; localStorage.clear(); sessionStorage.clear()"
        )
    await page.evaluate("alert('hello'); sessionStorage.setItem('name', '見本 太郎')")
    with pytest.raises(AssertionError, match="left something behind"):
        await watch.leave()
    page = await watch.open("/sign-in", *TABLET)
    with pytest.raises(PlaywrightError):
        await page.goto("http://127.0.0.1:9/")
    await page.close()
    for seen in ("CSP script-src-attr", "CSP connect-src", "a dialog says hello", "a request to another host"):
        assert any(seen in fault for fault in watch.faults), seen


async def test_a_page_that_lost_its_server_is_for_everybody(fair: PeopledFair, watch: Watch) -> None:
    """The last test of this browser: from here on its time passes as a test likes."""
    await watch.context.clock.install()
    for role, path in (("floor", "/calls"), ("reception", "/reception"), ("consultant", f"/booths/{BOOTH}")):
        await watch.come_as(await client_of(fair, role))
        page = await watch.open(path, *TABLET)
        await watch.context.set_offline(offline=True)
        await page.clock.fast_forward(60_000)  # ten seconds without a beat would do
        await page.get_by_text("更新停止中").first.wait_for()
        assert await violations_at(page, SIZES) == [], path
