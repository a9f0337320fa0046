"""The gate at a real server: who is let in, from where, with which token, and who is turned out."""

import asyncio
import secrets
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from real import Client, RealServer, badge_in
from running import Refused, RunningServer
from yobidashi.live.closing import FOREIGN_ORIGIN, NOT_SIGNED_IN
from yobidashi.live.wire import encode_hello
from yobidashi.web.turned_away import EACH_MAX

CALL = {"booth": 7}


async def post(client: Client, path: str, headers: dict[str, str], **arguments: Any) -> tuple[int, str]:
    """Post with exactly these headers; gives status and code."""
    body = {"command_id": secrets.token_hex(16), **arguments}
    async with client.http.post(client.api + path, json=body, headers=headers) as response:
        answer = await response.json()
        return response.status, answer.get("code", "")


async def closing(client: Client, headers: dict[str, str] | None = None, opened: asyncio.Event | None = None) -> int:
    """Open the websocket, listen, and give the code it is closed with; ``opened`` is set once something was heard."""
    async with client.socket(headers) as socket:
        try:
            await socket.send(encode_hello(None, 0))
            async for _ in socket:
                if opened is not None:
                    opened.set()
        except ConnectionClosed:
            pass
        assert socket.close_code is not None
        return socket.close_code


async def listening(client: Client) -> "asyncio.Task[int]":
    """Listen on a websocket; gives, once it has heard something, the task that ends with its close code."""
    opened = asyncio.Event()
    task = asyncio.create_task(closing(client, opened=opened))
    await asyncio.wait_for(opened.wait(), 10)
    return task


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": "http://evil.example"}, (403, "foreign_origin")),
        ({"Origin": "null"}, (403, "foreign_origin")),
        ({"Origin": "{url}.evil.example"}, (403, "foreign_origin")),
        ({}, (403, "foreign_origin")),
        ({"Origin": "{url}", "Sec-Fetch-Site": "cross-site"}, (403, "foreign_origin")),
        ({"Origin": "{url}", "x-csrf": ""}, (403, "stale_page")),
        ({"Origin": "{url}", "x-csrf": "A" * 43}, (403, "stale_page")),
    ],
)
async def test_a_post_comes_from_a_page_of_this_server_and_this_sign_in(
    real: RealServer, headers: dict[str, str], expected: tuple[int, str]
) -> None:
    client = await real.as_role("floor")
    sent = {"x-csrf": client.csrf} | {name: value.format(url=real.url) for name, value in headers.items()}
    assert await post(client, "/pause-booth", sent, **CALL) == expected


async def test_the_token_of_another_sign_in_is_stale(real: RealServer) -> None:
    client, other = await real.as_role("floor"), await real.as_role("reception")
    assert await post(client, "/pause-booth", {"Origin": real.url, "x-csrf": other.csrf}, **CALL) == (403, "stale_page")


async def test_a_websocket_opens_only_to_pages_of_this_server(real: RealServer) -> None:
    client = await real.as_role("floor")
    assert await closing(client, {"Origin": "http://evil.example"}) == FOREIGN_ORIGIN.code
    stranger = await real.client()
    assert await closing(stranger) == NOT_SIGNED_IN.code


async def test_nobody_is_sent_to_sign_in_and_the_api_says_so(real: RealServer) -> None:
    stranger = await real.client()
    for path in ("/", "/reception", "/booths/7", "/calls", "/staff", "/devices"):
        assert await stranger.page(path) == (303, "/sign-in")
    assert await stranger.page(f"/fairs/{real.fair}/staff") == (303, f"/fairs/{real.fair}/sign-in")
    for path in ("/board", "/journal", "/staff", "/devices"):
        with pytest.raises(Refused) as refused:
            await stranger.get(path)
        assert (refused.value.status, refused.value.code) == (401, "not_signed_in")
    for path in ("/sign-in", "/enrol", "/set-up"):
        assert (await stranger.page(path))[0] == 200


async def test_a_screen_shows_and_does_nothing_else(real: RealServer) -> None:
    screen = await real.device("screen", "入口")
    assert (await screen.page("/calls"))[0] == 200
    assert (await screen.get("/board"))["live"]
    for path, arguments in (
        ("/call-next", CALL),
        ("/staff", {}),
        ("/devices/invite", {"kind": "screen", "label": "x"}),
    ):
        with pytest.raises(Refused) as refused:
            await screen.post(path, **arguments)
        assert refused.value.code == "not_allowed"
    badge = await real.member("guide")
    with pytest.raises(Refused) as refused:
        await screen.post("/sign-in/badge", badge=badge)
    assert refused.value.code == "device_needed"


async def test_a_consultant_reaches_the_own_booth_alone(real: RealServer) -> None:
    client = await real.as_role("consultant", 7)
    assert (await client.page("/booths/7"))[0] == 200
    assert (await client.page("/booths/8"))[0] == 403
    for name in ("open-booth", "call-next", "finish"):
        with pytest.raises(Refused) as refused:
            await client.command(name, booth=8)
        assert refused.value.code == "other_booth"
    assert (await client.page("/reception"))[0] == 403
    assert (await client.page("/staff"))[0] == 403


async def test_what_a_member_may_not_do_is_on_record_and_a_flood_of_it_is_not(real: RealServer) -> None:
    client, auditor = await real.sign_in("consultant", booth=9), await real.as_role("auditor")
    await client.page("/staff")
    with pytest.raises(Refused):
        await client.command("open-booth", booth=8)
    record = (await auditor.get(f"/audit?who={client.id}"))["entries"]
    refused = [(entry["act"], entry["why"]) for entry in record if entry["why"].startswith("refused")]
    assert refused == [("open-booth", "refused: other_booth"), ("read-staff", "refused: not_allowed")]
    for _ in range(EACH_MAX + 5):
        await client.page("/staff")
    record = (await auditor.get(f"/audit?who={client.id}"))["entries"]
    assert sum(entry["why"].startswith("refused") for entry in record) == EACH_MAX


async def test_a_correction_is_on_record_with_its_reason(real: RealServer) -> None:
    client, auditor = await real.sign_in("floor"), await real.as_role("auditor")
    with pytest.raises(Refused):
        await client.command("correct-ticket", ticket=999, state="finished", reason="forgotten")
    (entry,) = (await auditor.get(f"/audit?who={client.id}&act=correct-ticket"))["entries"]
    assert (entry["on"], entry["why"]) == ("ticket:999", "forgotten")


async def test_a_revoked_badge_and_a_revoked_device_close_their_sockets_within_a_sweep(real: RealServer) -> None:
    member, screen = await real.sign_in("guide"), await real.device("screen", "出口")
    sockets = [await listening(member), await listening(screen)]
    devices = (await real.chief.get("/devices"))["devices"]
    (own,) = (device["id"] for device in devices if device["label"] == "出口")
    await real.chief.post(f"/staff/{member.id}/revoke")
    await real.chief.post(f"/devices/{own}/revoke")
    for client in (member, screen):
        with pytest.raises(Refused) as refused:
            await client.get("/board")
        assert refused.value.code == "not_signed_in", "the next request is turned away at once"
    codes = await asyncio.wait_for(asyncio.gather(*sockets), 20)
    assert codes == [NOT_SIGNED_IN.code] * 2


async def test_an_old_badge_is_worth_nothing_after_a_new_one(real: RealServer) -> None:
    client = await real.sign_in("guide")
    old, member_id = client.badge, client.id
    await real.new_badge(member_id)
    with pytest.raises(Refused) as refused:
        await client.get("/board")
    assert refused.value.code == "not_signed_in"
    again = await real.device()
    with pytest.raises(Refused) as refused:
        await again.sign_in(old)
    assert (refused.value.status, refused.value.code) == (403, "sign_in_failed")


async def test_too_many_tries_say_how_long_to_wait(real: RealServer) -> None:
    client = await real.device()
    badge = badge_in("#s99." + "A" * 22)
    codes = []
    for _ in range(16):
        body = {"command_id": secrets.token_hex(16), "badge": badge, "pin": "264813"}
        elsewhere = {**client.headers, "X-Forwarded-For": "198.51.100.9"}  # so that nobody else's tries are used up
        async with client.http.post(client.api + "/sign-in", json=body, headers=elsewhere) as response:
            codes.append((await response.json())["code"])
            retry_after = response.headers.get("Retry-After")
    assert codes == ["sign_in_failed"] * 15 + ["too_often"]
    assert retry_after is not None
    assert 0 < int(retry_after) <= 300


async def test_cookies_are_out_of_reach_for_scripts_and_other_sites(real: RealServer) -> None:
    client = await real.device()
    badge = await real.member("guide")
    body = {"command_id": secrets.token_hex(16), "badge": badge, "pin": "264813", "again": "264813"}
    async with client.http.post(client.api + "/sign-in/first", json=body, headers=client.headers) as response:
        cookie = response.headers["Set-Cookie"]
    assert cookie.startswith(f"yobi-session-{real.fair}=")
    for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=50400"):
        assert part in cookie
    assert "Secure" not in cookie, "this server speaks without TLS"


async def test_behind_tls_cookies_are_secure(real: RealServer) -> None:
    client = await real.client()
    invitation = await real.chief.post("/devices/invite", kind="handheld", label="TLS")
    body = {"command_id": secrets.token_hex(16), "token": invitation["url"].partition("#")[2]}
    proxied = {"Origin": real.url, "X-Forwarded-Proto": "https"}
    async with client.http.post(client.api + "/enrol", json=body, headers=proxied) as response:
        assert response.status == 200
        assert "; Secure" in response.headers["Set-Cookie"]
        assert "SameSite=lax" in response.headers["Set-Cookie"]
        assert "Strict-Transport-Security" in response.headers


async def test_signing_out_ends_it_here_or_everywhere(real: RealServer) -> None:
    client = await real.sign_in("guide")
    other = await real.device()
    await other.sign_in(client.badge)
    await client.post("/sign-out")
    assert f"yobi-session-{real.fair}" not in client.cookies
    with pytest.raises(Refused):
        await client.get("/board")
    assert (await other.get("/me"))["id"] == client.id
    third = await real.device()
    await third.sign_in(client.badge)
    await third.post("/sign-out", everywhere=True)
    with pytest.raises(Refused):
        await other.get("/board")


async def test_a_demonstration_signs_nobody_in_and_keeps_nobody(server: RunningServer) -> None:
    for path in ("/sign-in", "/enrol", "/set-up", "/staff", "/devices"):
        async with server.http.get(server.url + path) as response:
            assert response.status == 403, path
    for path in ("/staff", "/devices/invite", "/sign-in", "/set-up", "/enrol"):
        async with server.http.post(server.api + path, json={"command_id": "0123456789abcdef"}) as response:
            assert (response.status, (await response.json())["code"]) == (403, "demonstration_keeps_nobody")
