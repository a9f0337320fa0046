"""Somebody at a handheld: signed in, on both servers, and as stubborn as a page. The same command id until there is an answer."""

import asyncio
import random
import secrets
from collections.abc import Sequence
from time import monotonic
from typing import Any, Final

import aiohttp

from soaking.ledger import Ledger

ANSWER_S: Final = 5.0
"""How long one try waits; a page waits as long (`client/command.js`)."""
CALM_S: Final = 60.0
"""How long the one try waits where nothing is broken yet."""
GIVE_UP_S: Final = 180.0
"""How long a command is asked again before it counts as never answered."""
PAUSE_S: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Between two tries; the last is kept."""
TWICE: Final = 0.05
"""Share of commands that are tapped twice: the same id at both servers at once."""
PIN: Final = "264813"
OK: Final = 200
TOO_MANY: Final = 429


class Refused(Exception):
    """A command was refused for good; the code says why."""

    def __init__(self, code: str, answer: dict[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.answer = answer


class Colleague:
    """One device with its cookies; ``urls`` are the servers, all the same to it."""

    def __init__(self, http: aiohttp.ClientSession, urls: Sequence[str], fair: str, ledger: Ledger, seed: int) -> None:
        self.cookies: dict[str, str] = {}
        self.csrf = ""
        self._http = http
        self._urls = urls
        self._path = f"/api/fairs/{fair}"
        self._ledger = ledger
        self._random = random.Random(seed)

    def headers(self, url: str) -> dict[str, str]:
        """Give what a page of ``url`` sends with a request."""
        headers = {"Origin": url, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        return headers | ({"x-csrf": self.csrf} if self.csrf else {})

    async def command(self, name: str, **arguments: Any) -> dict[str, Any]:
        """Do a command of the queue, once, whatever breaks; gives its event and writes it down. Raises `Refused`."""
        body = {"command_id": secrets.token_hex(16), **arguments}
        asks = [self._answered(f"/{name}", body)]
        if self._random.random() < TWICE:
            asks.append(self._answered(f"/{name}", body))
        answers = await asyncio.gather(*asks)
        first = answers[0]
        if any(answer != first for answer in answers):
            self._ledger.contradicted.append(f"{name} {body['command_id']}: {answers}")
        status, answer = first
        if status != OK:
            self._ledger.refused[answer["code"]] += 1
            raise Refused(answer["code"], answer)
        self._ledger.done[body["command_id"]] = answer
        return answer

    async def post(self, path: str, **arguments: Any) -> dict[str, Any]:
        """Do a command of people or staff, once. Raises `Refused`."""
        status, answer = await self._answered(path, {"command_id": secrets.token_hex(16), **arguments})
        if status != OK:
            raise Refused(answer["code"], answer)
        return answer

    async def post_once(self, path: str, **arguments: Any) -> dict[str, Any]:
        """Do what comes before anything breaks, and is not asked for twice: coming in. Raises `Refused`."""
        body = {"command_id": secrets.token_hex(16), **arguments}
        status, answer = await self._try(self._urls[0], path, body, CALM_S)
        if status != OK:
            raise Refused(answer["code"], answer)
        return answer

    async def get(self, path: str) -> dict[str, Any]:
        """Read what may hang on the wall, from whichever server answers. Raises `Refused`."""
        status, answer = await self._answered(path, None)
        if status != OK:
            raise Refused(answer["code"], answer)
        return answer

    async def get_from(self, url: str, path: str) -> dict[str, Any]:
        """Read from one server, once."""
        async with self._http.get(url + self._path + path, headers=self.headers(url)) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer

    async def _answered(self, path: str, body: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        ends = monotonic() + GIVE_UP_S
        tries = 0
        order = self._random.sample(self._urls, len(self._urls))
        while monotonic() < ends:
            url = order[tries % len(order)]
            try:
                status, answer = await self._try(url, path, body)
                if status < 500 and status != TOO_MANY:
                    return status, answer
                why = str(answer.get("code", status))
            except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
                why = type(error).__name__
            self._ledger.asked_again[why] += 1
            await asyncio.sleep(PAUSE_S[min(tries, len(PAUSE_S) - 1)] * (0.5 + self._random.random()))
            tries += 1
        self._ledger.unanswered.append(f"{path} {(body or {}).get('command_id', '')}: last {why}")
        raise Refused("unanswered", {})

    async def _try(
        self, url: str, path: str, body: dict[str, Any] | None, seconds: float = ANSWER_S
    ) -> tuple[int, dict[str, Any]]:
        method = "GET" if body is None else "POST"
        timeout = aiohttp.ClientTimeout(seconds)
        address = url + self._path + path
        async with self._http.request(
            method, address, json=body, headers=self.headers(url), timeout=timeout
        ) as response:
            for name, cookie in response.cookies.items():
                self.cookies[name] = cookie.value
            return response.status, await response.json()


async def sign_in(colleague: Colleague, badge: dict[str, str], *, first: bool) -> None:
    """Sign a colleague in; the ``first`` time the PIN is chosen."""
    path, pins = ("/sign-in/first", {"pin": PIN, "again": PIN}) if first else ("/sign-in", {"pin": PIN})
    colleague.csrf = (await colleague.post_once(path, badge=badge, **pins))["csrf"]


async def enrol(chief: Colleague, device: Colleague, kind: str) -> None:
    """Make a browser a device of the fair."""
    invitation = await chief.post_once("/devices/invite", kind=kind, label=kind)
    device.csrf = (await device.post_once("/enrol", token=invitation["url"].partition("#")[2]))["csrf"]


async def set_up(chief: Colleague, token: str) -> None:
    """Make the first chief by the printed link, and sign in."""
    answer = await chief.post_once("/set-up", token=token, person="見本 花子", pin=PIN, again=PIN)
    chief.csrf = answer["csrf"]
    await sign_in(chief, badge_in(answer["badge"]), first=False)


async def hire(chief: Colleague, colleague: Colleague, *roles: str) -> None:
    """Add a member of these roles, and sign the colleague in as that at a device of its own."""
    await enrol(chief, colleague, "handheld")
    days = {"first": "2020-01-01", "last": "2099-12-31"}
    (member,) = (await chief.post_once("/staff", person="見本 太郎", roles=list(roles), **days))["ids"]
    badge = badge_in((await chief.post_once(f"/staff/{member}/badge"))["badge"])
    await sign_in(colleague, badge, first=True)


def badge_in(address: str) -> dict[str, str]:
    """Give what a badge's QR code says, as it is sent."""
    member, _, secret = address.partition("#")[2].partition(".")
    return {"id": member, "secret": secret}
