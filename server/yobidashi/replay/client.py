"""Commands and reads by HTTP, as a handheld sends them: every command has its id, and a retry is the same id again.

Every answer is kept, so that the proof can look for each acknowledged command in the journal. Now and then a command is sent
twice at the same moment on purpose (a double tap, a reply lost in the hall's Wi-Fi): both must get the first answer.
"""

import asyncio
import json
import secrets
from collections import Counter
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

import aiohttp

from yobidashi.queue.events import Event

TRY_S: Final = 10.0
"""Seconds one try may take."""

GIVE_UP_S: Final = 60.0
"""Seconds after which a command that never got an answer ends the replay."""

BACKOFF_S: Final = (0.1, 0.2, 0.5, 1.0)
"""Seconds between tries; the last is kept."""

SENT_TWICE: Final = 40
"""Every so many commands one is sent twice at once, with the same id."""

JOURNAL_PAGE: Final = 1_000
"""Events read from the journal at a time: the most the server gives."""

Json = dict[str, Any]


class Refused(Exception):
    """The server refused a command or a read; ``code`` is its word for why."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


class Unreachable(Exception):
    """The server did not answer; the text says which and for how long."""


class Client:
    """The HTTP side of one server. Use it as ``async with Client(url) as client``."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.fair = ""  # the fair's slug, once it is chosen
        self.answers: list[Event] = []
        self.refusals: Counter[str] = Counter()
        self.retries = 0
        self.doubled = 0
        self.disagreed = 0  # commands sent twice whose answers differ: must stay 0
        self.seconds: list[float] = []  # of each answered command
        self.top = (0, 0)  # the highest position (epoch, offset) that an answer has named
        self._sent = 0

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=64)
        self._http = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=TRY_S))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.close()

    async def command(self, name: str, **arguments: Any) -> Event:
        """Send a command until it is answered; gives its event. Raises `Refused`, or `Unreachable` after `GIVE_UP_S`."""
        body = arguments | {"command_id": secrets.token_urlsafe(12)}
        self._sent += 1
        began = monotonic()
        if self._sent % SENT_TWICE == 0:
            (status, text), second = await asyncio.gather(self._post(name, body), self._post(name, body))
            self.doubled += 1
            self.disagreed += (status, json.loads(text)) != (second[0], json.loads(second[1]))
        else:
            status, text = await self._post(name, body)
        self.seconds.append(monotonic() - began)
        if status != 200:
            refusal = _refusal(status, text)
            self.refusals[refusal.code] += 1
            raise refusal
        event = Event.from_json(text)
        self.answers.append(event)
        self.top = max(self.top, (event.epoch, event.offset))
        return event

    async def attempt(self, name: str, **arguments: Any) -> Event | None:
        """Send a command that others may overtake: a refusal is counted and gives None."""
        try:
            return await self.command(name, **arguments)
        except Refused:
            return None

    async def read(self, path: str) -> Json:
        """Read ``/api/fairs`` + path. Raises `Refused` or, at once, `Unreachable`."""
        try:
            async with self._http.get(f"{self.url}/api/fairs{path}") as response:
                text = await response.text()
        except (aiohttp.ClientError, TimeoutError, OSError):
            hint = "Start one with `yobidashi serve --demonstration`, or say where it is with --url."
            raise Unreachable(f"No server answers at {self.url}. {hint}") from None
        if response.status != 200:
            raise _refusal(response.status, text)
        try:
            value: Json = json.loads(text)
        except ValueError:
            raise Unreachable(f"What answers at {self.url} is not a Yobidashi server.") from None
        return value

    async def journal(self) -> list[Event]:
        """Read the fair's whole journal."""
        events: list[Event] = []
        while True:
            after = events[-1].offset if events else 0
            page = await self.read(f"/{self.fair}/journal?after={after}&limit={JOURNAL_PAGE}")
            events += [Event.from_json(json.dumps(raw)) for raw in page["events"]]
            if len(page["events"]) < JOURNAL_PAGE:
                return events

    async def snapshot(self, within_s: float) -> Json:
        """Read the fair's board, once it shows every answer: another process than the one that answered may be asked."""
        ends = monotonic() + within_s
        while True:
            board = await self.read(f"/{self.fair}/board")
            if (board["epoch"], board["offset"]) >= self.top or monotonic() > ends:
                return board
            await asyncio.sleep(BACKOFF_S[0])

    async def _post(self, name: str, body: Json) -> tuple[int, str]:
        """Post until there is an answer that is one, always the same body. Gives the status and the text."""
        began = monotonic()
        for tries in range(1_000_000):
            try:
                async with self._http.post(f"{self.url}/api/fairs/{self.fair}/{name}", json=body) as response:
                    text = await response.text()
                if response.status not in {502, 503, 504}:
                    return response.status, text
            except (aiohttp.ClientError, TimeoutError, OSError):
                pass
            if monotonic() - began > GIVE_UP_S:
                break
            self.retries += 1
            await asyncio.sleep(BACKOFF_S[min(tries, len(BACKOFF_S) - 1)])
        raise Unreachable(f"The server at {self.url} has not answered “{name}” for {GIVE_UP_S:.0f} seconds.")


def _refusal(status: int, text: str) -> Refused:
    try:
        raw = json.loads(text)
        return Refused(str(raw["code"]), str(raw["en"]))
    except (ValueError, KeyError, TypeError):
        return Refused(f"http_{status}", f"The server answered {status}, and not as Yobidashi does.")
