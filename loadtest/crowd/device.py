"""One device in the hall: its HTTP, its live connection, and what it does with both. Every kind of people has one."""

import threading
import time
from collections.abc import Callable
from typing import Any

from crowd.asking import Answer, Asking, Unanswered
from crowd.follower import Call, Follower, Refused
from crowd.ledger import Ledger


class Device:
    """A device of ``kind`` (screen, phone, handheld) that follows the fair and sends commands."""

    def __init__(self, asking: Asking, fair: str, kind: str, ledger: Ledger, live: str | None = None) -> None:
        self.asking = asking
        self.api = f"/api/fairs/{fair}"
        self.kind = kind
        self.ledger = ledger
        self.changed = threading.Event()
        """Something that this device looks at has changed."""
        self.looks_at: Callable[[Any], bool] = lambda event: True
        self.follower = Follower(asking.server, live or f"{self.api}/live", asking.headers, self._hear, self._change)
        self.sending = False
        self.closed = False
        """The time is over: nothing is tapped on it any more."""
        self.following = False
        self._gone = False

    def follow(self) -> None:
        """Begin to listen."""
        self.following = True
        threading.Thread(target=self._run, name=self.kind, daemon=True).start()

    def leave(self) -> None:
        """Listen no more."""
        if self._gone:
            return
        self._gone = True
        self.follower.leave()
        self.ledger.opened += self.follower.opened
        self.ledger.returns_s += self.follower.returns_s
        self.asking.close()

    def open_page(self, path: str, name: str) -> bytes | None:
        """Load a page; None where it does not come."""
        answer = self._read(path, name)
        return answer.body if answer is not None and answer.status == 200 else None

    def read(self, path: str, name: str) -> dict[str, Any] | None:
        """Read what the API tells; None where it does not."""
        answer = self._read(path, name)
        return answer.json if answer is not None and answer.status == 200 else None

    def _read(self, path: str, name: str) -> Answer | None:
        try:
            answer = self.asking.get(path, name)
        except Exception as error:  # the network has a family of errors, and each is one here
            self.ledger.errors[f"{name}: {type(error).__name__}"] += 1
            return None
        if answer.status not in {200, 404}:
            self.ledger.errors[f"{name}: {answer.code}"] += 1
        return answer

    def tap(self, who: str, command: str, *, path: str | None = None, **arguments: Any) -> dict[str, Any] | None:
        """Do an act: its event or answer; None where it was refused, or never answered, or the time is over."""
        if self.closed:
            return None
        self.sending = True
        began = time.perf_counter()
        try:
            answer = self.asking.post(path or f"{self.api}/{command}", arguments, command)
        except Unanswered:
            self.ledger.errors[f"{command}: no answer"] += 1
            return None
        finally:
            self.sending = False
        self.ledger.retried += answer.tries > 1
        if answer.status == 200:
            told = answer.json
            if "offset" in told and "kind" in told:
                self.ledger.acknowledge(who, command, told, began, answer.seconds)
            else:
                self.ledger.answer_s[command].append(answer.seconds)
            return told
        if answer.status >= 500:
            self.ledger.errors[f"{command}: {answer.code}"] += 1
        else:
            self.ledger.refusals[f"{command}: {answer.code}"] += 1
        return None

    def _run(self) -> None:
        try:
            self.follower.run()
        except Refused as refused:
            self.ledger.errors[f"{self.kind}: {refused}"] += 1

    def _change(self, event: Any) -> None:
        if event is None or self.looks_at(event):
            self.changed.set()

    def _hear(self, call: Call, live: bool) -> None:
        self.ledger.hear(self.kind, call, live)
