"""A refused sender waits for its answer and holds up nobody: the limits alone, before an application that answers everybody."""

import asyncio
from dataclasses import replace

import pytest
from starlette.types import Message, Receive, Scope, Send

from yobidashi.settings import Settings
from yobidashi.web import limits
from yobidashi.web.limits import Limits

FLOODER = "203.0.113.1"
NEXT_DOOR = "203.0.113.2"


async def served(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body"})


async def asked(limited: Limits, address: str) -> int:
    """Ask for something as somebody at ``address``; gives the status."""
    scope = {"type": "http", "method": "GET", "path": "/api/fairs", "headers": [], "client": (address, 1)}
    scope |= {"query_string": b"", "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80)}
    statuses: list[int] = []

    async def receive() -> Message:
        raise AssertionError("nothing is read of a request that is refused")

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await limited(scope, receive, send)
    return statuses[0]


class Flood:
    """Somebody asks again and again, of limits by which an address may ask twenty times and then is refused."""

    def __init__(self) -> None:
        self.refused = asyncio.Event()
        self.limited = Limits(served, replace(Settings(), address_rate=1), lambda name: self.refused.set())

    async def until_refused(self) -> asyncio.Task[int]:
        """Ask until a request is refused; gives that one."""
        self.refused.clear()
        while True:
            request = asyncio.create_task(asked(self.limited, FLOODER))
            refused = asyncio.create_task(self.refused.wait())
            await asyncio.wait((request, refused), return_when=asyncio.FIRST_COMPLETED)
            refused.cancel()
            if self.refused.is_set():
                return request
            assert await request == 200


@pytest.fixture
def flood(monkeypatch: pytest.MonkeyPatch) -> Flood:
    """Who is refused hears nothing for an hour, and two are held at once."""
    monkeypatch.setattr(limits, "HELD_S", 3_600.0)
    monkeypatch.setattr(limits, "HELD_MAX", 2)
    return Flood()


async def test_who_is_refused_is_held_and_others_are_served(flood: Flood) -> None:
    request = await flood.until_refused()
    assert await asked(flood.limited, NEXT_DOOR) == 200
    assert not request.done()
    request.cancel()


async def test_of_many_who_are_held_the_next_is_answered_at_once(flood: Flood) -> None:
    held = [await flood.until_refused(), await flood.until_refused()]
    assert await asked(flood.limited, FLOODER) == 429
    assert not any(request.done() for request in held)
    held[0].cancel()
    await asyncio.wait(held, return_when=asyncio.FIRST_COMPLETED)
    held[0] = await flood.until_refused()  # there is room again
    assert await asked(flood.limited, FLOODER) == 429
    for request in held:
        request.cancel()
