"""A real Redis beside the model of the floor: every command is done on both, and after each one fold == snapshot.

The model knows the rules of the floor and nothing of Lua. Both must agree on what is refused and on every row that
matters: who waits in which order, who is where.
"""

import asyncio
import secrets
from collections import Counter
from typing import Any

import uvloop
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from redis import Redis

from floor_model import GRACE_MS, IN_A_ROW, Model, ModelParty
from queue_rules import SLUG, command, rules
from small_fair import Cards
from yobidashi.live.board import Board
from yobidashi.live.counts import counts_of
from yobidashi.live.journal import Journal
from yobidashi.queue import masters
from yobidashi.queue.commands.command import Command
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.rows import TABLES
from yobidashi.queue.store import Store

QUEUES = st.sampled_from(["a", "a", "b", "c"])
BOOTHS = st.sampled_from([1, 1, 2, 2, 3, 4, 5, 6])
ANY = st.integers(0, 99)
"""Which of those there are, counted round; now and then one that there is not."""
SOME_QUEUES = st.lists(QUEUES, min_size=1, max_size=3, unique=True)
START = 1_000_000
"""When the fair's clock begins, ms."""


def somebody_came(machine: "FairMachine") -> bool:
    return bool(machine.model.parties)


def something_done(machine: "FairMachine") -> bool:
    return machine.last is not None and machine.last.kind != "undone"


class FairMachine(RuleBasedStateMachine):
    """Every command, at any time, on both."""

    url = ""
    fair_rules: dict[str, Any] = rules(grace_ms=GRACE_MS, reserved_in_a_row=IN_A_ROW)

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(
            loop_factory=uvloop.new_event_loop
        )  # the server's own kind of loop, and the quicker
        self.model = Model(now=START)
        self.folded = Board()
        self.before = Board()
        self.last: Event | None = None
        self.clock = START
        self.kinds: Counter[str] = Counter()
        self.runs: set[int] = set()

    @initialize()
    def begin(self) -> None:
        prefix = f"m{secrets.token_hex(6)}"
        self.runner.run(self._begin(prefix))
        self.redis = Redis.from_url(self.url)
        self.cards = Cards(self.store, self.redis, prefix)

    async def _begin(self, prefix: str) -> None:
        self.store = Store(Pipeline(masters.connect(self.url)), prefix)
        self.journal = Journal(masters.connect(self.url), prefix)
        await self.store.found(SLUG, self.fair_rules)
        await self._set_clock()

    async def _fold(self) -> None:
        """Fold what is new; the board before it is kept for the check of undo."""
        tables = (dict(self.folded.table(name)) for name in TABLES)
        self.before = Board(self.folded.epoch, self.folded.offset, *tables)
        for event in await self.journal.after(SLUG, self.folded.offset, 1_000):
            assert event.offset == self.folded.offset + 1
            self.folded.apply(event)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.runner.run(self.store.close())
            self.runner.run(self.journal.close())
            self.redis.close()
        self.runner.close()

    def ticket(self, any_: int) -> int:
        """Give the id of a ticket, seldom of one that does not exist."""
        return 1 + any_ % (len(self.model.tickets) + 1)

    def party(self, any_: int) -> int:
        """Give the id of a party, seldom of one that does not exist."""
        return 1 + any_ % (len(self.model.parties) + 1)

    def do(self, expected: str, name: str, **arguments: Any) -> None:
        """Do the command on Redis; twice, for a retry must change nothing and answer the same."""
        self.send(expected, command(name, **arguments))

    def send(self, expected: str, same: Command) -> None:
        """Send a command twice."""
        outcome, again = self.runner.run(self._twice(same))
        assert outcome == again
        self.last = outcome if isinstance(outcome, Event) else None
        self.kinds[outcome.kind if isinstance(outcome, Event) else outcome] += 1
        assert (outcome.kind if isinstance(outcome, Event) else outcome) == expected

    async def _twice(self, same: Any) -> tuple[Event | str, Event | str]:
        """Redis does both in order, for they leave in one turn of the loop."""
        answers = await asyncio.gather(self._outcome(same), self._outcome(same))
        await self._fold()
        return answers

    async def _outcome(self, same: Any) -> Event | str:
        try:
            return await self.store.run(SLUG, same)
        except Refusal as refusal:
            return refusal.code

    @rule(queues=SOME_QUEUES, size=st.integers(1, 20), children=st.integers(0, 20))
    def issue(self, queues: list[str], size: int, children: int) -> None:
        self.tick()
        children = min(children, size)
        expected = self.model.issue(queues, ModelParty(size, children, size))
        self.do(expected, "issue", queues=queues, size=size, children=children)

    @rule(
        queues=SOME_QUEUES,
        persons=st.tuples(st.integers(1, 3), st.integers(0, 3)),
        wished=st.lists(st.tuples(QUEUES, st.integers(-9, 9)), max_size=3),
        state=st.sampled_from(["booked", "booked", "booked", "cancelled"]),
    )
    def issue_by_card(
        self, queues: list[str], persons: tuple[int, int], wished: list[tuple[str, int]], state: str
    ) -> None:
        """A card comes to the desk, with a booking for slots that are over, due now, or still to come."""
        self.tick()
        wishes = [(queue, self.clock + seconds * 1_000) for queue, seconds in wished]
        booking = self.cards.book(*wishes, state=state) if wishes else None
        card = self.runner.run(self.cards.enter(*persons, booking=booking))
        came = ModelParty(sum(persons), persons[1], sum(persons), wishes=wishes if state == "booked" else [])
        expected = self.model.issue(queues, came)
        self.do(expected, "issue", queues=queues, card=card)
        if expected == "issued":
            assert self.cards.card(card)["party"] == len(self.model.parties)
            assert booking is None or self.cards.booking(booking)["state"] == state.replace("booked", "arrived")
            self.do("card_used", "issue", queues=queues, card=card)

    @precondition(somebody_came)
    @rule(queues=SOME_QUEUES, any_=ANY)
    def add(self, queues: list[str], any_: int) -> None:
        self.tick()
        party = self.party(any_)
        self.do(self.model.issue(queues, None, party), "issue", queues=queues, party=party)

    @precondition(somebody_came)
    @rule(any_=ANY, persons=st.integers(1, 4), children=st.integers(0, 2), count=st.integers(1, 2), foreign=ANY)
    def split(self, any_: int, persons: int, children: int, count: int, foreign: int) -> None:
        """Mostly the party's own tickets, that something may come of it; and no split changes what was counted."""
        party = self.party(any_)
        own = [self.model.tickets.index(t) + 1 for t in self.model.of(party)]
        tickets = own[-count:] if own and foreign % 8 else [self.ticket(foreign)]
        children = min(children, persons)
        counted = counts_of(self.folded)
        expected = self.model.split(party, persons, children, tickets)
        self.do(expected, "split", party=party, persons=persons, children=children, tickets=tickets)
        assert counts_of(self.folded) == counted

    @precondition(somebody_came)
    @rule(name=st.sampled_from(["exit", "reenter"]), any_=ANY, persons=st.integers(1, 3))
    def door(self, name: str, any_: int, persons: int) -> None:
        party = self.party(any_)
        self.do(self.model.door(name, party, persons), name, party=party, persons=persons)

    @rule(seconds=st.integers(1, 8))
    def wait(self, seconds: int) -> None:
        """Slots begin, and graces end."""
        self.last = None  # it may be too late to take it back
        self.tick(seconds)

    @rule(reserved=st.lists(st.none() | st.integers(-4, 3), min_size=2, max_size=6))
    def crowd(self, reserved: list[int | None]) -> None:
        """Several come to queue a, some with a place reserved so many seconds from now."""
        for seconds in reserved:
            wished = [] if seconds is None else [("a", seconds)]
            self.issue_by_card(["a"], (1, 0), wished, "booked")

    @precondition(somebody_came)
    @rule(booth=BOOTHS, how=st.sampled_from(["finish", "absent"]))
    def meet(self, booth: int, how: str) -> None:
        """A whole meeting: called, come and talked with, or not come."""
        self.call_next(booth, finish=False)
        steps = ["start", "finish"] if how == "finish" else ["recall", "absent"]
        for name in steps:
            self.at_booth(name, booth)

    @precondition(somebody_came)
    @rule(any_=ANY)
    def report(self, any_: int) -> None:
        """Somebody who is away reports at the desk."""
        away = [n for n, t in enumerate(self.model.tickets, 1) if t.state in {"absent", "held"}]
        if away:
            ticket = away[any_ % len(away)]
            self.do(self.model.on_ticket("restore", ticket, ""), "restore", ticket=ticket)

    @precondition(somebody_came)
    @rule(booth=BOOTHS, finish=st.booleans())
    def call_next(self, booth: int, finish: bool) -> None:
        self.do(self.model.call_next(booth, finish=finish), "call-next", booth=booth, finish=finish)

    @precondition(somebody_came)
    @rule(name=st.sampled_from(["recall", "start", "finish", "absent"]), booth=BOOTHS)
    def at_booth(self, name: str, booth: int) -> None:
        self.do(self.model.at_booth(name, booth), name, booth=booth)

    @precondition(somebody_came)
    @rule(name=st.sampled_from(["hold", "restore", "cancel", "transfer"]), any_=ANY, queue=QUEUES)
    def on_ticket(self, name: str, any_: int, queue: str) -> None:
        ticket = self.ticket(any_)
        extra = {"cancel": {"reason": "other"}, "transfer": {"queue": queue}}.get(name, {})
        self.do(self.model.on_ticket(name, ticket, queue), name, ticket=ticket, **extra)

    @rule(name=st.sampled_from(["open-booth", "pause-booth", "close-booth"]), booth=BOOTHS)
    def turn_booth(self, name: str, booth: int) -> None:
        """Mostly opened again soon: closed booths call nobody."""
        self.do(self.model.booth(name, booth, None), name, booth=booth)
        if booth < 3 and self.model.booth_state[booth] != "open":
            self.do(self.model.booth("open-booth", booth, None), "open-booth", booth=booth)

    @rule(booth=BOOTHS, queue=st.none() | QUEUES)
    def assign(self, booth: int, queue: str | None) -> None:
        self.do(self.model.booth("assign-booth", booth, queue), "assign-booth", booth=booth, queue=queue)

    @rule(queue=QUEUES, again=st.integers(0, 3))
    def turn_issuing(self, queue: str, again: int) -> None:
        self._turn_issuing(queue)
        if again and not self.model.issuing[queue]:
            self._turn_issuing(queue)

    def _turn_issuing(self, queue: str) -> None:
        stopping = self.model.issuing[queue]
        self.model.issuing[queue] = not stopping
        expected, name = ("issuing_stopped", "stop-issuing") if stopping else ("issuing_reopened", "reopen-issuing")
        self.do(expected, name, queue=queue)

    @precondition(something_done)
    @rule()
    def undo(self) -> None:
        """Undo makes the next command of the model start from Redis's board, which the invariants have proven."""
        assert self.last is not None
        if self.last.kind in {"split", "meeting_set"}:
            self.do("undo_too_late", "undo", offset=self.last.offset)
            return
        before = self.before
        self.do("undone", "undo", offset=self.last.offset)
        for name in ("tickets", "booths", "queues", "offers", "notices"):
            for id_, row in before.table(name).items():
                assert _but_rev(self.folded.table(name)[id_]) == _but_rev(row)
        made = [self.folded.tickets[id_] for id_ in self.folded.tickets.keys() - before.tickets]
        assert {(ticket.state, ticket.reason) for ticket in made} <= {("cancelled", "undone")}
        assert {self.folded.offers[id_].state for id_ in self.folded.offers.keys() - before.offers} <= {"declined"}
        for party in before.parties.values():
            kept = {"tickets": self.folded.parties[party.id].tickets}
            assert _but_rev(self.folded.parties[party.id]) == _but_rev(party) | kept
        self.model.after_undo(self.folded)

    def tick(self, seconds: int = 1) -> None:
        """Arrivals a second apart, so that order in line is never a matter of ties."""
        self.clock += seconds * 1_000
        self.model.now = self.clock
        self.runner.run(self._set_clock())

    async def _set_clock(self) -> None:
        await self.store.run(SLUG, command("set-clock", at=self.clock, rate=0))
        await self._fold()

    def look(self) -> None:
        """Look at everything that must hold after every step."""
        self.fold_is_snapshot()
        self.board_is_model()
        self.the_calling_order_is_the_model()
        self.who_waits_with_a_reserved_place_is_among_the_reserved()
        self.a_party_is_at_one_booth()

    @invariant()
    def fold_is_snapshot(self) -> None:
        assert self.folded == self.runner.run(self.journal.snapshot(SLUG))

    @invariant()
    def board_is_model(self) -> None:
        board = self.folded
        for number, expected in enumerate(self.model.tickets, 1):
            ticket = board.tickets[number]
            assert (ticket.state, ticket.queue, ticket.party) == (expected.state, expected.queue, expected.party)
            assert (ticket.reserved, ticket.place) == (expected.reserved, expected.order)
            assert ticket.corrected == expected.corrected
        for number, who in enumerate(self.model.parties, 1):
            party = board.parties[number]
            assert (party.size, party.children, party.inside) == (who.size, who.children, who.inside)
            assert (party.origin, party.corrected) == (who.origin, who.corrected)
            assert sorted(party.tickets) == [n for n, t in enumerate(self.model.tickets, 1) if t.party == number]

    @invariant()
    def the_calling_order_is_the_model(self) -> None:
        for queue in "abc":
            line = self.folded.line(queue, self.clock, IN_A_ROW)
            free = [t.id for t in line if not self.folded.passed_over(t)]
            assert free == [self.model.tickets.index(t) + 1 for t in self.model.calls(queue)]
            assert {t.id for t in line} == {self.model.tickets.index(t) + 1 for t in self.model.waiting(queue)}
            assert self.folded.queues[queue].reserved_run == self.model.runs[queue]
            self.runs.add(self.model.runs[queue])

    @invariant()
    def who_waits_with_a_reserved_place_is_among_the_reserved(self) -> None:
        tickets = self.folded.tickets.values()
        waiting = [t for t in tickets if t.state == "waiting" and t.reserved is not None]
        reserved = [(t.queue, t.reserved, t.place, t.id) for t in waiting]
        assert self.cards.reserved() == [(queue, slot, id_) for queue, slot, _, id_ in sorted(reserved)]

    @invariant()
    def a_party_is_at_one_booth(self) -> None:
        active = [t for t in self.folded.tickets.values() if t.state in {"called", "serving"}]
        assert len({t.party for t in active}) == len(active) == len({t.booth for t in active})
        assert {t.party: t.id for t in active} == {p.id: p.active for p in self.folded.parties.values() if p.active}
        assert {t.booth: t.id for t in active} == {b.id: b.ticket for b in self.folded.booths.values() if b.ticket}


def _but_rev(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "rev"}
