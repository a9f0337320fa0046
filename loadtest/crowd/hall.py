"""The hall: one run's fair, its people still to come, the devices in it, and how time passes there."""

import queue
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from crowd.asking import Asking, Told
from crowd.crew import Crew
from crowd.device import Device
from crowd.flooding import Flooding
from crowd.ledger import Ledger
from crowd.shapes import FLAP_AWAY_S, FLAP_S, FLOOD_S, LOST_REPLIES, OVERTIME, RETURN_S, Shape
from crowd.visitors import Visitor, rush
from made_up_card import made_up_card

ENDED: Final = frozenset({"finished", "cancelled"})
"""Ticket states in which nothing is to come."""

SETTLE_S: Final = 15.0
"""Seconds after the last tap within which every screen must show it."""

AT_ONCE: Final = 8
"""Desks that give tickets to those who wait already, before the run."""

JOURNAL_PAGE: Final = 1_000
"""Events read from the journal at a time: the most the server gives."""

LOOK_S: Final = 0.25
"""Seconds between two looks at who loses the network."""


@dataclass(frozen=True, slots=True)
class Link:
    """A party's page: whose it is, its token, and whether it is opened for the first time."""

    party: int
    token: str
    fresh: bool


@dataclass(slots=True)
class Hall:
    """One run."""

    server: tuple[str, int]
    shape: Shape
    crew: Crew
    told: Told
    ledger: Ledger = field(default_factory=Ledger)
    dice: random.Random = field(default_factory=lambda: random.Random("the crowd"))
    fair: dict[str, Any] = field(init=False)
    devices: list[Device] = field(default_factory=list)
    links: "queue.Queue[Link]" = field(default_factory=queue.Queue)
    coming: list[Visitor] = field(default_factory=list)
    began: float = 0.0
    is_open: bool = False
    over: bool = False
    first: int = 0
    """Offset after which the run's own journal begins."""
    flooding: Flooding | None = None
    floods: list[tuple[float, float]] = field(default_factory=list)
    """When one address flooded the server: from, to (`time.perf_counter`)."""
    _addresses: int = 0

    def prepare(self) -> None:
        """Learn the fair, empty it where it is a demonstration, and let in those who wait already."""
        asker = self.crew.chief or Asking(self.server, self.address(), self.told)
        self.fair = asker.insist("/api/fairs")["fairs"][0]
        api = f"/api/fairs/{self.fair['slug']}"
        if self.fair["demonstration"]:
            asker.post(f"{api}/reset", {}, "reset")
            clock = {"at": self._opens_ms(), "rate": self.shape.rate}
            self.first = asker.post(f"{api}/set-clock", clock, "set-clock").json["offset"]
        else:
            self.first = asker.insist(f"{api}/journal?limit=1")["top"]
        self._let_in(rush(self.shape.parties, 0, self.fair, self.dice))
        self.coming = self.shape.arrivals(self.fair, self.dice, self.shape.seconds * self.shape.rate)
        self.ledger = Ledger(told=self.ledger.told, answers=self.ledger.answers, twice=self.ledger.twice)

    def ready(self, present: int) -> bool:
        """Say whether so many devices are there, and all that listen know the fair."""
        listening = [device.follower.live for device in self.devices if device.following]
        return len(self.devices) >= present and all(listening)

    def open(self) -> None:
        """Open the doors: from now on people come, and time counts."""
        self.began, self.is_open = time.perf_counter(), True
        threading.Thread(target=self._trouble, name="trouble", daemon=True).start()

    def device(self, role: str, kind: str, booth: int | None = None, live: str | None = None) -> Device:
        """Give somebody their device; in a demonstration everybody is nobody."""
        asking = self.crew.take(role, booth) or Asking(self.server, self.address())
        asking.told = self.told
        if self.shape.flapping and kind == "handheld":
            asking.lose_replies = LOST_REPLIES
        device = Device(asking, self.fair["slug"], kind, self.ledger, live)
        device.closed = self.over
        self.devices.append(device)
        return device

    def address(self) -> str:
        """Give the next network address: of the range that is kept for benchmarks (RFC 2544)."""
        self._addresses += 1
        return f"198.18.{self._addresses // 250}.{self._addresses % 250 + 1}"

    def elapsed(self) -> float:
        """Give the hall's seconds since it began."""
        return (time.perf_counter() - self.began) * self.shape.rate

    def is_done(self) -> bool:
        """Say whether the time is over and, where the shape asks for it, nobody waits any more."""
        passed = (time.perf_counter() - self.began) / self.shape.seconds
        if passed < 1 or not self.shape.until_served:
            return passed >= 1
        board = next(device.follower.board for device in self.devices if device.kind == "screen")
        return passed >= OVERTIME or all(ticket.state in ENDED for ticket in board.tickets.values())

    def close(self) -> None:
        """The time is over: nobody taps any more."""
        self.over = True
        for device in self.devices:
            device.closed = True
            device.changed.set()

    def wait_for_doors(self) -> None:
        """Wait until the doors open."""
        while not self.is_open and not self.over:
            time.sleep(LOOK_S)

    def wait(self, seconds: float) -> None:
        """Let so many of the hall's seconds pass."""
        time.sleep(seconds / self.shape.rate)

    def wait_until(self, happens: Callable[[], bool], device: Device, at_most_s: float = 1e9) -> None:
        """Wait until something is seen on a device, or the run is over."""
        ends = time.perf_counter() + min(at_most_s / self.shape.rate, threading.TIMEOUT_MAX)
        while not self.over and not happens() and (left := ends - time.perf_counter()) > 0:
            device.changed.clear()
            if not happens():
                device.changed.wait(left)

    def next_visitor(self) -> Visitor | None:
        """Give the party that stands at the reception now, if there is one."""
        if self.is_open and self.coming and self.coming[0].at_s <= self.elapsed():
            return self.coming.pop(0)
        return None

    def receive(self, device: Device, visitor: Visitor, *, fresh: bool = True) -> int | None:
        """Give a party its card, its number and the link of its page; None where a line takes nobody any more."""
        who: dict[str, Any] = {"size": visitor.size}
        if not self.fair["demonstration"]:
            entered = device.tap("reception", "enter-card", path=f"{device.api}/cards", **made_up_card(visitor.size))
            if entered is None:
                return None
            who = {"card": entered["id"]}
        event = device.tap("reception", "issue", queues=list(visitor.queues), **who)
        if event is None:
            return None
        party: int = event["parties"][0]["id"]
        link = device.tap("reception", "link-party", path=f"{device.api}/parties/{party}/link")
        if link is not None:
            self.links.put(Link(party, link["token"], fresh))
        return party

    def settled(self) -> bool:
        """Say whether nobody taps any more and every screen shows the last tap."""
        top = max(self.ledger.answers, default=0)
        screens = (device.follower.board.offset for device in self.devices if device.kind == "screen")
        return not any(device.sending for device in self.devices) and all(offset >= top for offset in screens)

    def journal(self) -> list[dict[str, Any]]:
        """Read what the run has written."""
        asker = self.crew.chief or Asking(self.server, self.address())
        events: list[dict[str, Any]] = []
        while True:
            after = events[-1]["offset"] if events else self.first
            path = f"/api/fairs/{self.fair['slug']}/journal?after={after}&limit={JOURNAL_PAGE}"
            page = asker.insist(path)["events"]
            events += page
            if len(page) < JOURNAL_PAGE:
                return events

    def _opens_ms(self) -> int:
        day = date.fromisoformat(self.fair["date"])
        hour, minute = map(int, self.fair["opens"].split(":"))
        opens = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(self.fair["timezone"]))
        return int((opens + timedelta(minutes=0 if self.shape.rate > 1 else 30)).timestamp() * 1e3)

    def _let_in(self, visitors: list[Visitor]) -> None:
        """Give those who wait already their numbers, and each of the phones that stand in the hall a page to open."""
        held: list[Link] = []

        def desk() -> None:
            device = self.device("reception", "handheld")
            while visitors:
                self.receive(device, visitors.pop(), fresh=False)

        with ThreadPoolExecutor(AT_ONCE) as desks:
            for done in [desks.submit(desk) for _ in range(AT_ONCE if visitors else 0)]:
                done.result()
        self.devices.clear()
        while not self.links.empty():
            held.append(self.links.get())
        for i in range(self.shape.phones if held else 0):
            self.links.put(held[i % len(held)])

    def _trouble(self) -> None:
        """Take the network away where the shape says so."""
        storms = 1
        while not self.over:
            time.sleep(LOOK_S)
            passed_s = time.perf_counter() - self.began
            if self.shape.storm_s and passed_s > storms * self.shape.storm_s:
                storms += 1
                for device in list(self.devices):
                    device.follower.cut(self.dice.uniform(0, RETURN_S))
            if self.shape.flapping:
                for device in list(self.devices):
                    if self.dice.random() < LOOK_S / FLAP_S:
                        device.follower.cut(self.dice.uniform(*FLAP_AWAY_S))
            if self.flooding is not None and passed_s > FLOOD_S * (2 * len(self.floods) + 1):
                now = time.perf_counter()
                self.floods.append((now, now + FLOOD_S))
                self.flooding.end()
                self.flooding.begin(FLOOD_S)
