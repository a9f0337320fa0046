"""Who works at a fair that is no demonstration: everybody comes in by the real API, as on the morning of the fair.

The first chief by the printed link; everybody else by a badge that the chief gives out, at a device that the chief has enrolled.
"""

import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from crowd.asking import Answer, Asking

PIN: Final = "264813"
AT_ONCE: Final = 4
"""People who come in at the same time; each PIN costs the server a tenth of a second."""

ROLES: Final = {"reception": "受付", "floor": "進行", "consultant": "相談員", "online": "相談員", "screen": "画面"}


class NotLetIn(Exception):
    """The server did not let the crew in; the text says what it answered."""


class Crew:
    """The devices of those who work here, by role and booth. Without `come_in` it is empty: a demonstration has no crew."""

    def __init__(self) -> None:
        self.chief: Asking | None = None
        self._devices: defaultdict[tuple[str, int | None], list[Asking]] = defaultdict(list)

    def take(self, role: str, booth: int | None = None) -> Asking | None:
        """Give a device of a role: a new connection with its cookies. The same devices serve again when all are taken."""
        devices = self._devices[role, booth]
        if not devices:
            return None
        devices.append(devices.pop(0))
        known = devices[-1]
        asking = Asking(known.server, known.address)
        asking.cookies, asking.csrf = dict(known.cookies), known.csrf
        return asking

    def come_in(self, new: Callable[[], Asking], token: str, counts: dict[str, int]) -> None:
        """Set the fair up with the printed link's ``token``, and let so many of each role, and a consultant for each booth, in."""
        first = new()
        api = f"/api/fairs/{first.get('/api/fairs').json['fairs'][0]['slug']}"
        fair = first.get(api).json
        made = _done(first.post(f"{api}/set-up", {"token": token, "person": "見本 花子", "pin": PIN, "again": PIN}))
        first.csrf = made["csrf"]
        badge = _badge(made["badge"])
        first.csrf = _done(first.post(f"{api}/sign-in", {"badge": badge, "pin": PIN}))["csrf"]
        self.chief = first
        posts: list[tuple[str, int | None]] = [(role, None) for role, n in counts.items() for _ in range(n)]
        posts += [("online" if b["online"] else "consultant", b["number"]) for b in fair["booths"]]
        lock = threading.Lock()
        with ThreadPoolExecutor(AT_ONCE) as doors:
            for let_in in [doors.submit(self._let_in, new(), api, role, booth, lock) for role, booth in posts]:
                let_in.result()

    def _let_in(self, asking: Asking, api: str, role: str, booth: int | None, lock: threading.Lock) -> None:
        self._enrol(asking, api, role, lock)
        if role != "screen":
            self._sign_in(asking, api, role, booth, lock)
        self._devices["consultant" if role == "online" else role, booth].append(asking)

    def _enrol(self, asking: Asking, api: str, role: str, lock: threading.Lock) -> None:
        assert self.chief is not None
        invitation = {"kind": "screen" if role == "screen" else "handheld", "label": ROLES[role]}
        with lock:
            invited = _done(self.chief.post(f"{api}/devices/invite", invitation))
        token = invited["url"].partition("#")[2]
        asking.csrf = _done(asking.post(f"{api}/enrol", {"token": token}))["csrf"]

    def _sign_in(self, asking: Asking, api: str, role: str, booth: int | None, lock: threading.Lock) -> None:
        assert self.chief is not None
        member = {"person": "見本 太郎", "roles": [role], "first": "2020-01-01", "last": "2099-12-31"}
        where = {} if booth is None else {"booth": booth}
        with lock:
            added = _done(self.chief.post(f"{api}/staff", {**member, **where}))
            badge = _badge(_done(self.chief.post(f"{api}/staff/{added['ids'][0]}/badge", {}))["badge"])
        body = {"badge": badge, "pin": PIN, "again": PIN}
        asking.csrf = _done(asking.post(f"{api}/sign-in/first", body))["csrf"]


def _badge(address: str) -> dict[str, str]:
    member, _, secret = address.partition("#")[2].partition(".")
    return {"id": member, "secret": secret}


def _done(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise NotLetIn(f"{answer.status} {answer.body.decode(errors='replace')[:200]}")
    return answer.json
