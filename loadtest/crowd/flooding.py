"""A flood from one address: a process of its own that asks for pages, sends forms and opens sockets as quickly as it is let.

`python -m crowd.flooding HOST PORT SECONDS` is that process. It says what it was answered, by status, as one line of JSON.
"""

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from crowd.asking import ANSWER_S, Asking
from crowd.listening import Closed, Listening

ADDRESS: Final = "203.0.113.66"
"""Where it comes from: of the range for documentation (RFC 5737)."""

AT_ONCE: Final = 24
"""Connections of the flood."""

SENT_MAX_PER_S: Final = 2_000
"""Requests a second: more is a flood that a machine of two cores cannot also send."""

SEND: Final = (
    ("GET", "/api/fairs", None),
    ("GET", "/t/AAAAAAAAAAAAAAAAAAAAAA", None),
    ("POST", "/api/fairs/{fair}/own-cards", b'{"command_id":"flood-flood-flood"}'),
    ("POST", "/api/fairs/{fair}/sign-in", b'{"command_id":"flood-flood-flood"}'),
    ("GET", "/api/fairs/{fair}/visits/AAAAAAAAAAAAAAAAAAAAAA/board", None),
)
"""What anybody can send without being known."""


class Flooding:
    """Starts and ends the flood's process."""

    def __init__(self, server: tuple[str, int], ends: ExitStack) -> None:
        self._server = server
        self._process: subprocess.Popen[str] | None = None
        self.answers: Counter[str] = Counter()
        ends.callback(self.end)

    def begin(self, seconds: float) -> None:
        """Flood for so many seconds."""
        host, port = self._server
        command = [sys.executable, "-m", "crowd.flooding", host, str(port), str(seconds)]
        folder = Path(__file__).parents[1]
        self._process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)

    def end(self) -> None:
        """Wait for the end of the flood, and take what it was answered."""
        if self._process is not None:
            said, _ = self._process.communicate()
            self.answers.update(json.loads(said or "{}"))
            self._process = None


def flood(server: tuple[str, int], seconds: float) -> Counter[str]:
    """Send what can be sent; gives the statuses, ``-`` where the connection was cut, ``socket`` for each opened one."""
    answers: Counter[str] = Counter()
    fair: str = Asking(server, ADDRESS).insist("/api/fairs")["fairs"][0]["slug"]
    ends = time.monotonic() + seconds
    threads = [threading.Thread(target=_send, args=(server, fair, ends, answers)) for _ in range(AT_ONCE)]
    threads.append(threading.Thread(target=_open, args=(server, fair, ends, answers)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _send(server: tuple[str, int], fair: str, ends: float, answers: Counter[str]) -> None:
    connection = HTTPConnection(*server, timeout=ANSWER_S)
    while time.monotonic() < ends:
        for method, path, body in SEND:
            began = time.monotonic()
            headers = {"X-Forwarded-For": ADDRESS, "Content-Type": "application/json"}
            try:
                connection.request(method, path.format(fair=fair), body, headers)
                response = connection.getresponse()
                response.read()
                answers[str(response.status)] += 1
            except (OSError, HTTPException):
                answers["-"] += 1
                connection.close()
            time.sleep(max(0.0, AT_ONCE / SENT_MAX_PER_S - (time.monotonic() - began)))


def _open(server: tuple[str, int], fair: str, ends: float, answers: Counter[str]) -> None:
    """Open sockets and keep them: each costs the server its memory."""
    kept: list[Listening] = []
    while time.monotonic() < ends:
        try:
            kept.append(Listening(server, f"/api/fairs/{fair}/live", Asking(server, ADDRESS).headers))
            answers["socket"] += 1
        except (OSError, Closed):
            answers["socket refused"] += 1
        time.sleep(0.01)
    for socket in kept:
        socket.close()


if __name__ == "__main__":
    host, port, seconds = sys.argv[1:]
    print(json.dumps(flood((host, int(port)), float(seconds))))
