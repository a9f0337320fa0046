"""Somebody who wants another's sign-in: planted, replayed, stolen, and forged from another page. None works."""

import secrets
from typing import Any, Final

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from yarl import URL

from real import Client, RealServer
from running import Refused
from yobidashi.live.closing import FOREIGN_ORIGIN
from yobidashi.live.wire import encode_hello

ELSEWHERE: Final = "https://elsewhere.example"


async def who(client: Client) -> str:
    """Give as what the server knows this browser."""
    kind: str = (await client.get("/me"))["kind"]
    return kind


def keep(client: Client, kind: str, value: str) -> None:
    """Put a cookie of the fair into a browser, as an attacker who once reached it would."""
    client.http.cookie_jar.update_cookies({f"yobi-{kind}-{client.fair}": value}, URL(client.url))


def kept(client: Client, kind: str) -> str:
    """Give a cookie of the fair."""
    return client.cookies[f"yobi-{kind}-{client.fair}"]


async def refused(client: Client, path: str, headers: dict[str, str], body: dict[str, Any] | None = None) -> str:
    """Send a command with these headers alone; give the code it is refused with, ``""`` where it was done."""
    sent = {"command_id": secrets.token_hex(16), **(body or {})}
    async with client.http.post(client.api + path, json=sent, headers=headers) as response:
        return "" if response.status == 200 else str((await response.json())["code"])


async def test_session_fixation_a_planted_cookie_is_nothing_before_and_after_signing_in(real: RealServer) -> None:
    planted = secrets.token_urlsafe(32)
    client = await real.device()
    keep(client, "session", planted)
    assert await who(client) == "device"
    await client.sign_in_first(await real.member("guide"))
    assert await who(client) == "staff"
    assert kept(client, "session") != planted
    keep(client, "session", planted)
    assert await who(client) == "device"


async def test_session_fixation_an_attackers_own_sign_in_ends_where_the_victim_signs_in(real: RealServer) -> None:
    """Planted in a browser, it does not become the victim's, and the victim's acts are not written under it."""
    client = await real.sign_in("guide")
    planted = kept(client, "session")
    await client.sign_in_first(await real.member("reception"))
    assert kept(client, "session") != planted
    keep(client, "session", planted)
    assert await who(client) == "device"


async def test_every_sign_in_has_a_token_of_its_own(real: RealServer) -> None:
    client = await real.device()
    badge = await real.member("guide")
    await client.sign_in_first(badge)
    tokens = {kept(client, "session")}
    for _ in range(2):
        await client.sign_in(badge)
        tokens.add(kept(client, "session"))
    assert len(tokens) == 3
    assert all(len(token) >= 43 for token in tokens)


async def test_an_old_badge_that_is_shown_again_opens_nothing(real: RealServer) -> None:
    client = await real.device()
    old = await real.member("guide")
    await client.sign_in_first(old)
    await real.new_badge(old["id"])
    assert await who(client) == "device"
    client = await real.device()
    for path, more in (("/sign-in", {}), ("/sign-in/first", {"again": "264813"})):
        with pytest.raises(Refused) as caught:
            await client.post(path, badge=old, pin="264813", **more)
        assert caught.value.code == "sign_in_failed"


async def test_a_used_invitation_enrols_no_second_device(real: RealServer) -> None:
    invitation = await real.chief.post("/devices/invite", kind="handheld", label="端末")
    for token in (invitation["url"].partition("#")[2], invitation["code"]):
        client = await real.client()
        if token != invitation["code"]:
            await client.enrol(token)
            continue
        with pytest.raises(Refused) as caught:
            await client.enrol(token)
        assert caught.value.code == "invitation_gone"


async def test_the_used_first_link_makes_no_second_chief(real: RealServer) -> None:
    client = await real.client()
    token = real.serving.said.partition("/set-up#")[2].split()[0]
    with pytest.raises(Refused) as caught:
        await client.post("/set-up", token=token, person="見本 次郎", pin="264813", again="264813")
    assert caught.value.code == "set_up_gone"


async def test_a_stolen_session_cookie_is_nothing_on_another_device(real: RealServer) -> None:
    victim, thief, stranger = await real.sign_in("reception"), await real.device(), await real.client()
    for client, known in ((thief, "device"), (stranger, "public")):
        keep(client, "session", kept(victim, "session"))
        assert await who(client) == known
        assert await refused(client, "/exit", client.headers | {"x-csrf": victim.csrf}) in ("not_signed_in",)
    assert await who(victim) == "staff"


async def test_a_whole_browser_that_was_copied_ends_with_sign_out_everywhere(real: RealServer) -> None:
    """Whoever has both cookies is that browser: what ends it is signing out everywhere, or taking out the device."""
    victim, copy = await real.sign_in("reception"), await real.client()
    for kind in ("device", "session"):
        keep(copy, kind, kept(victim, kind))
    assert await who(copy) == "staff"
    await victim.post("/sign-out", everywhere=True)
    assert await who(copy) == "device"


async def test_a_device_that_was_taken_out_takes_its_sign_in_with_it(real: RealServer) -> None:
    client = await real.sign_in("reception")
    await real.chief.post(f"/devices/{kept(client, 'device').partition('.')[0]}/revoke")
    assert await who(client) == "public"


@pytest.mark.parametrize(
    "origin",
    [ELSEWHERE, "null", "http://127.0.0.1", "http://127.0.0.1:1", "http://127.0.0.1.elsewhere.example", "file://", ""],
)
async def test_a_forged_origin_sends_nothing(real: RealServer, origin: str) -> None:
    client = await real.as_role("reception")
    headers = {**client.headers, "Origin": origin}
    assert await refused(client, "/exit", headers, {"party": 1, "persons": 1}) == "foreign_origin"
    for path in ("/sign-in", "/sign-out", "/enrol"):
        assert await refused(client, path, headers) == "foreign_origin"


async def test_a_post_without_an_origin_sends_nothing_where_a_cookie_speaks(real: RealServer) -> None:
    for client in (await real.as_role("reception"), await real.device()):
        assert await refused(client, "/sign-in", {"x-csrf": client.csrf}) == "foreign_origin"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_what_the_browser_calls_another_site_sends_nothing(real: RealServer, site: str) -> None:
    client = await real.as_role("reception")
    assert await refused(client, "/exit", {**client.headers, "Sec-Fetch-Site": site}) == "foreign_origin"
    stranger = await real.client()
    assert await refused(stranger, "/own-cards", {**stranger.headers, "Sec-Fetch-Site": site}) == "foreign_origin"


async def test_a_post_without_the_pages_own_token_sends_nothing(real: RealServer) -> None:
    client, other = await real.as_role("reception"), await real.as_role("chief")
    device = await real.device()
    for token in ("", "x", other.csrf, device.csrf, client.csrf + "x", client.csrf.lower(), "²"):
        headers = {"Origin": client.url} | ({"x-csrf": token} if token else {})
        assert await refused(client, "/exit", headers) == "stale_page"
    assert await refused(client, "/exit", client.headers) == "invalid_arguments"


async def test_the_token_of_an_earlier_sign_in_sends_nothing(real: RealServer) -> None:
    client = await real.sign_in("reception")
    earlier = client.headers
    await client.sign_in(client.badge)
    assert await refused(client, "/exit", earlier) == "stale_page"


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", None])
async def test_a_websocket_of_another_page_hears_nothing(real: RealServer, origin: str | None) -> None:
    client = await real.as_role("reception")
    assert await closed_with(client, {"Origin": origin} if origin else {}) == FOREIGN_ORIGIN.code


async def closed_with(client: Client, headers: dict[str, str]) -> int:
    """Open the websocket with the cookies and these headers; give the code it is closed with before it says anything."""
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    address = f"{client.api}/live".replace("http", "ws", 1)
    async with connect(address, additional_headers={**headers, "Cookie": cookie}) as socket:
        with pytest.raises(ConnectionClosed) as caught:
            await socket.send(encode_hello(None, 0))
            await socket.recv()
        return caught.value.rcvd.code if caught.value.rcvd else 0


async def test_cookies_that_are_no_cookies_are_nobody(real: RealServer) -> None:
    for device in ("", ".", "x" * 5_000, "A" * 22 + "." + "A" * 22, "%00.%00", "A" * 22 + ".' OR 1", "*.*"):
        client = await real.client()
        keep(client, "device", device)
        keep(client, "session", "*")
        assert await who(client) == "public"
