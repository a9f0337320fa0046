"""What the crowd did and heard, and what of it must be true of the journal afterwards: nothing lost, nothing twice.

The three records are independent of each other: the answers as the handhelds got them, the calls as the screens heard them, the
journal as the server gives it at the end.
"""

import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from crowd.follower import Call, Follower

AT_BOOTH: Final = frozenset({"called", "serving"})
"""Ticket states in which a ticket is at a booth (`AT_BOOTH` of queue/tickets.py)."""


@dataclass(slots=True)
class Tap:
    """A tap that called a ticket: when, by this process's clock and by the machine's, and how long the answer took."""

    ticket: int
    at: float
    wall_ms: float
    answered_s: float


@dataclass(slots=True)
class Ledger:
    """The records of one run."""

    answers: dict[int, str] = field(default_factory=dict)
    """Offset → the kind that was acknowledged."""
    twice: list[str] = field(default_factory=list)
    """Acts that happened twice, in words."""
    taps: dict[int, Tap] = field(default_factory=dict)
    """Offset of a call → its tap."""
    answer_s: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Command → seconds from tap to answer."""
    during: defaultdict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    """Who taps → (when, seconds from tap to answer)."""
    heard: defaultdict[str, list[tuple[int, float, bool]]] = field(default_factory=lambda: defaultdict(list))
    """Kind of page → (offset of the call, when, whether it was heard live)."""
    refusals: Counter[str] = field(default_factory=Counter)
    """Refusals of commands by their word: a booth that is a moment too late is refused, and that is right."""
    errors: Counter[str] = field(default_factory=Counter)
    """What should not have happened: no answer, an answer of 500, a page turned away."""
    retried: int = 0
    """Commands that were sent more than once."""
    opened: int = 0
    """Sockets opened."""
    returns_s: list[float] = field(default_factory=list)
    """Seconds that pages took to know everything again."""
    told: Callable[[str, float], None] = lambda kind, ms: None
    """Hears how many ms a call took to a page of a kind, as soon as that is known."""
    _early: defaultdict[int, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    """Offset of a call → pages that heard it before its tap was answered."""

    def acknowledge(self, who: str, command: str, event: dict[str, Any], began: float, seconds: float) -> None:
        """Write down a command that was answered with its event."""
        self.answer_s[command].append(seconds)
        self.during[who].append((began, seconds))
        offset = event["offset"]
        if offset in self.answers:
            self.twice.append(f"two commands were answered with the event at offset {offset}")
        self.answers[offset] = event["kind"]
        if event["kind"] == "called":
            wall_ms = (time.time() - (time.perf_counter() - began)) * 1e3
            ticket = next(t["id"] for t in event["tickets"] if t["called_offset"] == offset)
            self.taps[offset] = Tap(ticket, began, wall_ms, seconds)
            for kind, at in self._early.pop(offset, ()):
                self.told(kind, (at - began) * 1e3)

    def hear(self, kind: str, call: Call, live: bool) -> None:
        """Write down that a page heard a call now."""
        at = time.perf_counter()
        self.heard[kind].append((call.offset, at, live))
        if live and (tap := self.taps.get(call.offset)):
            self.told(kind, (at - tap.at) * 1e3)
        elif live:
            self._early[call.offset].append((kind, at))

    def call_ms(self, kind: str) -> list[float]:
        """Give, for each call that each page of a kind heard live, the ms from the booth's tap."""
        return [
            (at - self.taps[offset].at) * 1e3 for offset, at, live in self.heard[kind] if live and offset in self.taps
        ]


@dataclass(frozen=True, slots=True)
class Audit:
    """What the journal says about the records: each a list of findings in words."""

    lost: list[str]
    duplicates: list[str]
    events: int
    calls: int
    persons: int
    consultations: int
    offers: int
    """Parties that the house asked to go where it is quieter."""


def audit(ledger: Ledger, journal: Sequence[dict[str, Any]], screens: Sequence[Follower]) -> Audit:
    """Hold the records against the journal, which begins with the run."""
    lost = [
        f"the answer at offset {offset} ({kind}) is not in the journal"
        for offset, kind in ledger.answers.items()
        if (event := _at(journal, offset)) is None or event["kind"] != kind
    ]
    for before, event in itertools.pairwise(journal):
        if event["offset"] != before["offset"] + 1:
            lost.append(f"the journal goes from offset {before['offset']} to {event['offset']}")
    calls, duplicates = _calls(journal)
    for i, screen in enumerate(screens, start=1):
        heard = [call.offset for call in screen.calls]
        owed = [call.offset for call in calls if call.offset > screen.since]
        lost += [f"screen {i} did not hear the call at offset {offset}" for offset in sorted(set(owed) - set(heard))]
        lost += [f"screen {i} was sent {screen.gaps} events that did not follow"] * bool(screen.gaps)
        duplicates += [f"screen {i} heard a call {len(heard) - len(set(heard))} times too often"] * (
            len(heard) != len(set(heard))
        )
    lost += _behind(ledger, screens)
    sizes = {row["id"]: row["size"] for event in journal for row in event["parties"]}
    states = {row["id"]: row["state"] for event in journal for row in event["tickets"]}
    finished = sum(state == "finished" for state in states.values())
    offers = sum(event["kind"] == "offered" for event in journal)
    twice = ledger.twice + duplicates + _numbers(journal)
    return Audit(lost, twice, len(journal), len(calls), sum(sizes.values()), finished, offers)


def _behind(ledger: Ledger, screens: Sequence[Follower]) -> list[str]:
    """Give the screens that do not show the last tap, and those that show other rows than the first at the same offset."""
    top = max(ledger.answers, default=0)
    behind = [
        f"screen {i} shows offset {screen.board.offset}, {top} was acknowledged"
        for i, screen in enumerate(screens, start=1)
        if screen.board.offset < top
    ]
    other = [
        f"screen {i} shows other rows than screen 1"
        for i, screen in enumerate(screens, start=1)
        if screen.board.offset == screens[0].board.offset and screen.board != screens[0].board
    ]
    return behind + other


def _at(journal: Sequence[dict[str, Any]], offset: int) -> dict[str, Any] | None:
    i = offset - journal[0]["offset"] if journal else -1
    return journal[i] if 0 <= i < len(journal) else None


def _calls(journal: Sequence[dict[str, Any]]) -> tuple[list[Call], list[str]]:
    """Give every call, and whatever was called while it, or its party, was at a booth already."""
    calls: list[Call] = []
    wrong: list[str] = []
    at: dict[int, dict[int, int]] = defaultdict(dict)  # party → its tickets at booths, with the booth
    for event in journal:
        for ticket in event["tickets"]:
            before = at[ticket["party"]]
            called = event["kind"] == "called" and ticket["called_offset"] == event["offset"]
            if called:
                calls.append(Call(event["offset"], ticket["id"], ticket["booth"]))
                wrong += [f"offset {event['offset']}: party {ticket['party']} is at a booth already"] * bool(before)
            if ticket["state"] in AT_BOOTH:
                before[ticket["id"]] = ticket["booth"]
            else:
                before.pop(ticket["id"], None)
    return calls, wrong


def _numbers(journal: Sequence[dict[str, Any]]) -> list[str]:
    owner: dict[str, int] = {}
    return [
        f"offset {event['offset']}: number {row['number']} was given twice"
        for event in journal
        for row in event["parties"]
        if row["number"] and owner.setdefault(row["number"], row["id"]) != row["id"]
    ]
