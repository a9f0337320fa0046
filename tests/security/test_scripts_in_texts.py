"""Cross-site scripting: every text that people can write, written by an attacker and shown in a real browser, stays a text."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from peopled_fair import BOOTH, DAYS, PeopledFair, form, peopled_fair
from real import Client
from running import Refused
from watched import Watch, watched

NAME: Final = '"><img src=x onerror=alert(1)>{{7*7}}'
"""Leaves an attribute, makes an element that runs a script, and is evaluated by a template that knows no better."""

TEXT: Final = (
    f"{NAME}…<script>alert(2)</script><svg onload=alert(3)>${{7*7}}<a href='javascript:alert(4)'>x</a>"
    "<style>*{display:none}</style><iframe srcdoc='<script>alert(5)</script>'></iframe>--></script><base href=//x>"
)
"""Begins like `NAME`, whose field is shorter, and goes on with every other way to run something."""

LABEL: Final = '"><svg onload=x()>'
WHY: Final = f"{NAME}<script>alert(6)</script>"

MADE: Final = """() => [...document.querySelectorAll(
  "img[src='x'], svg[onload], a[href^='javascript'], [onerror], [srcdoc], base, body style, "
  + "body script:not([src]), iframe, object, embed")].map((element) => element.outerHTML)"""
"""Elements that can only have come out of a text."""


@pytest_asyncio.fixture(scope="module")
async def fair(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PeopledFair]:
    """A fair where an attacker has written every text."""
    async with peopled_fair(redis_url, tmp_path_factory.mktemp("fair"), TEXT, LABEL) as fair:
        chief, privacy = fair.server.chief, fair.privacy
        await privacy.post("/exports", recipient="city", purpose=WHY, reason=WHY, kinds=["card"])
        await chief.post("/exports/freeze", reason=WHY)
        cards = (await fair.reception.post("/arrivals/find", text=fair.card["code"]))["found"]
        await fair.reception.post(f"/cards/{cards[0]['card']}/withdraw", consent="city", why=WHY)
        await privacy.post("/disposal/apply", reason=WHY)
        yield fair


@pytest_asyncio.fixture(scope="module")
async def shared(browser: Browser, fair: PeopledFair) -> AsyncIterator[Watch]:
    """One browser for everybody who looks."""
    async with watched(browser, fair.server) as watch:
        yield watch


@pytest_asyncio.fixture
async def watch(shared: Watch) -> AsyncIterator[Watch]:
    """The browser, which nobody is using; what this test stores in it fails the test."""
    yield shared
    await shared.leave()


@dataclass(frozen=True)
class Look:
    """A page where a text is shown to somebody."""

    path: str
    who: str
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    """Each what is pressed (nothing, where the page only opens), and the texts that must stand there then, letter by letter."""

    def __str__(self) -> str:
        return f"{self.who} {self.path}"


LOOKS: Final = [
    Look("/", "named", (("", (NAME,)),)),
    Look(
        "/staff",
        "chief",
        (("", (NAME,)), ('button.member:has-text("onerror")', (NAME,)), ("text=内容を変更する", (NAME,))),
    ),
    Look("/devices", "chief", (("", (LABEL,)),)),
    Look("/reservations", "reception", ((".queue-places button", (NAME,)), ("button.reserved-row", (NAME, TEXT)))),
    Look("/r/{new}", "public", (("text=予約を変更する", (NAME, TEXT)),)),
    Look("/booths/{booth}", "consultant", (("text=相談内容", (TEXT,)),)),
    Look("/privacy", "privacy", (("", (WHY,)),)),
    Look("/privacy#exports", "privacy", (("", (WHY,)),)),
    Look("/privacy#exports", "chief", (("", (WHY,)),)),
    Look("/privacy#disposal", "privacy", (("", (WHY,)),)),
]


async def client_of(fair: PeopledFair, who: str) -> Client | None:
    """Give who looks: by role, ``public``, or a member of staff whose own name is the text."""
    if who == "public":
        return None
    if who != "named":
        return await fair.server.as_role(who, BOOTH if who == "consultant" else None)
    added = await fair.server.chief.post("/staff", person=NAME, roles=["guide"], **DAYS)
    client = await fair.server.device()
    await client.sign_in_first(await fair.server.new_badge(added["ids"][0]))
    return client


async def opened(fair: PeopledFair, watch: Watch, look: Look) -> Page:
    """Open the page of a look as who looks."""
    await watch.come_as(await client_of(fair, look.who))
    path = look.path.replace("{booth}", str(BOOTH))
    if "{new}" in path:
        visitor = await fair.server.client()
        path = path.replace(
            "{new}", (await visitor.post("/own-reservations", **form(fair.fair, "reservation", TEXT)))["token"]
        )
    return await watch.open(path, 1024, 768)


SHOWN: Final = """(text) => document.body.innerText.includes(text)
  || [...document.querySelectorAll("input, textarea")].some((field) => field.value.includes(text))"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_a_text_that_would_be_a_script_is_shown_letter_by_letter(
    watch: Watch, fair: PeopledFair, look: Look
) -> None:
    page = await opened(fair, watch, look)
    for press, texts in look.steps:
        if press:
            await page.locator(press).first.click()
            await page.wait_for_load_state("networkidle")
        for text in texts:
            await page.wait_for_function(SHOWN, arg=text)
        assert await page.evaluate(MADE) == [], press
        assert watch.faults == [], press


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/card?tablet=%3Cscript%3Ealert(1)%3C/script%3E", "public"),
        ("/sign-in#%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "public"),
        ("/enrol#%3Cimg%20src=x%20onerror=alert(1)%3E", "public"),
        ("/set-up#javascript:alert(1)", "public"),
        ("/privacy#%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "privacy"),
        ("/reserve?next=javascript:alert(1)", "public"),
        ("/reception?find=%3Cimg%20src=x%20onerror=alert(1)%3E#javascript:alert(1)", "reception"),
    ],
)
async def test_nothing_in_an_address_runs(watch: Watch, fair: PeopledFair, path: str, who: str) -> None:
    await watch.come_as(await client_of(fair, who))
    page = await watch.open(path, 1024, 768)
    assert await page.evaluate(MADE) == []
    assert watch.faults == []


@pytest.mark.parametrize("key", ["kana", "mail", "phone", "residence", "age", "themes", "when", "licence", "needs"])
async def test_a_field_that_is_no_free_text_takes_none(fair: PeopledFair, key: str) -> None:
    visitor = await fair.server.client()
    filled = form(fair.fair, "reservation", "見本 太郎")
    for text in (NAME, "javascript:alert(1)", "<b>", [NAME], {"$ne": ""}):
        body: dict[str, Any] = {**filled, "answers": {**filled["answers"], key: text}}
        with pytest.raises(Refused) as caught:
            await visitor.post("/own-reservations", command_id=secrets.token_hex(16), **body)
        assert caught.value.status == 422
