"""The headers of every answer: pages, JSON, pictures, static files, redirects, refusals and addresses that are none."""

import asyncio
import re
import sys
from typing import Final

import pytest

from every_route import Address, addresses
from raw_http import Answer, say
from real import Client, RealServer
from running import RunningServer

ALWAYS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}

ANYTHING_ELSE: Final = [
    ("GET", "/nothing"),
    ("GET", "/static/now/client/look.css"),
    ("GET", "/static/now/client/nothing.css"),
    ("GET", "/static/now/client/../../app.py"),
    ("GET", "/static/now/vendor/lit-html/lit-html.js"),
    ("GET", "/healthz"),
    ("GET", "/favicon.ico"),
    ("GET", "/robots.txt"),
    ("POST", "/sign-in"),
    ("DELETE", "/api/fairs"),
    ("GET", "/api/nothing"),
    ("GET", "/api/fairs/nowhere"),
    ("GET", "/fairs/nowhere/calls"),
    ("GET", "/booths/9999"),
]
"""Answers that no route of the application gives, or that its refusals give."""


async def answered(client: Client | RunningServer, method: str, path: str, *more: str) -> Answer:
    """Ask as this client; the head comes back as the server wrote it."""
    lines = [f"{name}: {value}" for name, value in client.headers.items()] if isinstance(client, Client) else []
    if isinstance(client, Client) and client.cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in client.cookies.items()))
    body = b"{}" if method == "POST" else b""
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
    return await say(
        client.url, f"{method} {path} HTTP/1.1", f"Host: {client.url.partition('//')[2]}", *lines, *more, body=body
    )


def faults(answer: Answer) -> list[str]:
    """Give what is wrong with an answer's headers."""
    head = answer.headers
    found = [f"{name}: {head.get(name)}" for name, value in ALWAYS.items() if head.get(name) != value]
    found += [f"{name} twice" for name in set(answer.names) - {"set-cookie"} if answer.names.count(name) > 1]
    policy = head.get("content-security-policy", "")
    if "frame-ancestors 'none'" not in policy or "unsafe" in policy or "*" in policy:
        found.append(f"content-security-policy: {policy}")
    is_page = head.get("content-type", "").startswith("text/html")
    if is_page and not re.match("default-src '(self|none)'", policy):
        found.append(f"content-security-policy of a page: {policy}")
    if is_page and answer.status == 200 and "object-src 'none'; base-uri 'none'; form-action 'self'" not in policy:
        found.append(f"content-security-policy of a page: {policy}")
    if "access-control-allow-origin" in head:
        found.append("it is open to other origins")
    return found


async def all_faults(client: Client | RunningServer, asked: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Give every fault of every answer."""
    answers = await asyncio.gather(*(answered(client, *each) for each in asked))
    return {" ".join(each): found for each, answer in zip(asked, answers, strict=True) if (found := faults(answer))}


def everything(slug: str) -> list[tuple[str, str]]:
    return [*((a.method, a.path) for a in addresses(slug, 7)), *ANYTHING_ELSE]


@pytest.mark.parametrize("role", ["chief", "privacy", "reception", "consultant"])
async def test_every_answer_to_staff_carries_the_headers(real: RealServer, role: str) -> None:
    client = await real.as_role(role, 7 if role == "consultant" else None)
    assert await all_faults(client, everything(real.fair)) == {}


async def test_every_answer_to_the_public_carries_the_headers(real: RealServer) -> None:
    assert await all_faults(await real.client(), everything(real.fair)) == {}


async def test_every_answer_of_a_demonstration_carries_the_headers(server: RunningServer) -> None:
    assert await all_faults(server, everything(server.fair)) == {}


def holds_people(address: Address) -> bool:
    """Whether an answer may say something of somebody: everything but the looks of a page and what hangs on the wall."""
    return not address.route.endswith(".svg")


async def test_nothing_about_anybody_is_kept_by_a_browser_or_a_proxy(real: RealServer) -> None:
    for client in (await real.as_role("chief"), await real.as_role("privacy"), await real.client()):
        asked = [address for address in addresses(real.fair, 7) if holds_people(address)]
        answers = await asyncio.gather(*(answered(client, a.method, a.path) for a in asked))
        kept = {
            f"{address} {answer.status}": answer.headers.get("cache-control")
            for address, answer in zip(asked, answers, strict=True)
            if answer.headers.get("cache-control") != "no-store" and not is_plain_refusal(answer)
        }
        assert kept == {}


def is_plain_refusal(answer: Answer) -> bool:
    """Whether it is a page that says why not, which names nobody."""
    return answer.status >= 400 and answer.headers.get("content-type", "").startswith("text/html")


async def cookies_set(real: RealServer, *more: str) -> dict[str, set[str]]:
    """Enrol, sign in and sign out; give the flags of each cookie that came, by its name."""
    invitation = await real.chief.post("/devices/invite", kind="handheld", label="端末")
    client = await real.client()
    client.http.headers.update(dict(line.split(": ") for line in more))
    badge = await real.member("guide")
    found: dict[str, set[str]] = {}

    async def post(path: str, **arguments: object) -> None:
        headers = client.headers
        body = {"command_id": f"cookies-{path.strip('/').replace('/', '-')}-0001", **arguments}
        async with client.http.post(client.api + path, json=body, headers=headers) as response:
            assert response.status == 200, await response.text()
            client.csrf = (await response.json()).get("csrf", client.csrf)
            for line in response.headers.getall("Set-Cookie"):
                name, *flags = (part.strip() for part in line.split(";"))
                found[f"{path} {name.partition('=')[0]}"] = {flag.partition("=")[0].lower() for flag in flags} | {
                    flag.lower() for flag in flags if flag.lower().startswith("samesite")
                }
        if more:  # a cookie for TLS alone is not sent back without it: as the browser behind the proxy does
            kept = {cookie.key: cookie.value for cookie in client.http.cookie_jar}
            client.http.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in kept.items())

    await post("/enrol", token=invitation["url"].partition("#")[2])
    await post("/sign-in/first", badge=badge, pin="264813", again="264813")
    await post("/sign-out")
    return found


async def test_cookies_are_for_this_server_alone(real: RealServer) -> None:
    found = await cookies_set(real)
    device, session = f"yobi-device-{real.fair}", f"yobi-session-{real.fair}"
    assert set(found) == {f"/enrol {device}", f"/sign-in/first {session}", f"/sign-out {session}"}
    for name, flags in found.items():
        assert {"httponly", "path"} <= flags, name
        assert "domain" not in flags, name
        assert "secure" not in flags, name  # without TLS a browser would throw it away
    assert "samesite=lax" in found[f"/enrol {device}"]
    assert "samesite=strict" in found[f"/sign-in/first {session}"]


async def test_behind_tls_cookies_are_secure_and_browsers_come_back_by_tls(real: RealServer) -> None:
    """The proxy on this machine is trusted to say that it was reached by TLS."""
    for name, flags in (await cookies_set(real, "X-Forwarded-Proto: https")).items():
        assert {"secure", "httponly"} <= flags, name
    client = await real.client()
    secure = await answered(client, "GET", "/sign-in", "X-Forwarded-Proto: https")
    assert secure.headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in (await answered(client, "GET", "/sign-in")).headers


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has every address of 127.0.0.0/8")
async def test_a_proxy_that_nobody_trusts_is_not_believed(real: RealServer) -> None:
    lines = ("GET /card/poster HTTP/1.1", f"Host: {real.url.partition('//')[2]}", "X-Forwarded-Proto: https")
    trusted, other = await say(real.url, *lines), await say(real.url, *lines, source="127.0.0.2")
    assert b"https://127.0.0.1" in trusted.body
    assert b"https://" not in other.body
    assert "strict-transport-security" not in other.headers
