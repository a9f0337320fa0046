"""One device's HTTP: a kept connection, its cookies, and commands that are sent until they are answered, always with the same id.

It is `client/command.js` in Python, with one thing more: a reply can be lost on purpose.
"""

import contextlib
import gzip
import json
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any, Final

ANSWER_S: Final = 10.0
"""Seconds that one try may take."""

GIVE_UP_S: Final = 30.0
"""Seconds after which a command without an answer is given up, and counted as an error."""

IDLE_S: Final = 60.0
"""Seconds after which a connection is given up, before the server gives it up under a command."""

BACKOFF_S: Final = (0.1, 0.2, 0.5, 1.0)
"""Seconds between tries; the last is kept."""

NOT_NOW: Final = frozenset({502, 503, 504})
"""Answers that say: send it again."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the body, and how long it took from the tap."""

    status: int
    body: bytes
    seconds: float
    tries: int = 1

    @property
    def json(self) -> Json:
        """The body as a JSON object; empty where it is none."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def code(self) -> str:
        """The server's word for a refusal."""
        return str(self.json.get("code", self.status))


class Unanswered(Exception):
    """No answer came within `GIVE_UP_S`."""


Told = Callable[[str, str, Answer | None, float], None]
"""Hears of each request: method, name, answer (None: none came), seconds."""


def _nobody(method: str, name: str, answer: Answer | None, seconds: float) -> None:
    pass


class Asking:
    """One device. ``address`` is the network address it has behind the reverse proxy."""

    def __init__(self, server: tuple[str, int], address: str, told: Told = _nobody) -> None:
        self.server = server
        self.csrf = ""
        self.lose_replies = 0.0
        """Part of the commands whose first reply is lost on its way."""
        self.cookies: dict[str, str] = {}
        self.address = address
        self.told = told
        self._connection: HTTPConnection | None = None
        self._used = 0.0

    @property
    def headers(self) -> dict[str, str]:
        """What a browser sends with a socket's handshake."""
        origin = f"http://{self.server[0]}:{self.server[1]}"
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Origin": origin, "X-Forwarded-For": self.address, **({"Cookie": cookie} if cookie else {})}

    def get(self, path: str, name: str = "") -> Answer:
        """Read an address once. Raises `OSError` or `HTTPException` where no answer comes."""
        return self._once("GET", path, None, name or path)

    def insist(self, path: str) -> Json:
        """Read JSON until it comes. Raises `Unanswered`."""
        ends = time.perf_counter() + GIVE_UP_S
        while time.perf_counter() < ends:
            with contextlib.suppress(OSError, HTTPException):
                if (answer := self.get(path, "set-up")).status == 200:
                    return answer.json
            time.sleep(BACKOFF_S[-1])
        raise Unanswered(path)

    def post(self, path: str, body: Json, name: str = "") -> Answer:
        """Send a command until it is answered. Raises `Unanswered`."""
        began = time.perf_counter()
        text = json.dumps({"command_id": secrets.token_urlsafe(12), **body}).encode()
        lose = random.random() < self.lose_replies
        tries = 0
        while time.perf_counter() - began < GIVE_UP_S:
            tries += 1
            answer: Answer | None = None
            with contextlib.suppress(OSError, HTTPException):  # sent again below, with the same id
                answer = self._once("POST", path, text, name or path, lose=lose)
            lose = False
            if answer is not None and answer.status not in NOT_NOW:
                return Answer(answer.status, answer.body, time.perf_counter() - began, tries)
            time.sleep(BACKOFF_S[min(tries, len(BACKOFF_S)) - 1])
        raise Unanswered(name or path)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _once(self, method: str, path: str, text: bytes | None, name: str, *, lose: bool = False) -> Answer:
        began = time.perf_counter()
        headers = {**self.headers, "Accept-Encoding": "gzip"}
        if text is not None:
            headers |= {"Content-Type": "application/json", "x-csrf": self.csrf}
        try:
            status, body = self._exchange(method, path, text, headers, lose=lose)
        except (OSError, HTTPException):
            self.close()
            if not lose:
                self.told(method, name, None, time.perf_counter() - began)
            raise
        answer = Answer(status, body, time.perf_counter() - began)
        self.told(method, name, answer, answer.seconds)
        return answer

    def _exchange(
        self, method: str, path: str, text: bytes | None, headers: dict[str, str], *, lose: bool
    ) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = HTTPConnection(*self.server, timeout=ANSWER_S)
        elif time.perf_counter() - self._used > IDLE_S:
            self._connection.close()  # it connects anew by itself
        self._used = time.perf_counter()
        self._connection.request(method, path, text, headers)
        if lose:
            raise ConnectionAbortedError("lost on purpose")
        response = self._connection.getresponse()
        body = response.read()
        if response.will_close:
            self.close()
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return response.status, gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
