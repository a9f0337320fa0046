"""A real Redis against a model in plain Python: any commands in any order, and after each one fold == snapshot.

The model knows the rules of the floor and nothing of Lua. Both must agree on what is refused and on every row that
matters: who waits in which order, who is where.
"""

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from queue_rules import SLUG, command, rules
from yobidashi.live import journal as journals
from yobidashi.live.board import Board
from yobidashi.live.journal import Journal
from yobidashi.queue import pipeline as pipelines
from yobidashi.queue.errors import Refusal
from yobidashi.queue.events import Event
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.rows import TABLES
from yobidashi.queue.store import Store

OPEN = {"waiting", "called", "serving", "absent", "held"}
QUEUES = st.sampled_from(["a", "b", "c"])
BOOTHS = st.integers(1, 6)
TICKETS = st.integers(1, 12)


@dataclass
class ModelTicket:
    """One ticket as the model sees it; `order` sorts the line."""

    party: int
    queue: str
    order: int
    arrival: int
    state: str = "waiting"
    booth: int | None = None


@dataclass
class Model:
    """The rules of the floor, without Redis."""

    tickets: list[ModelTicket] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    booth_queue: dict[int, str | None] = field(
        default_factory=lambda: {1: "a", 2: "a", 3: "b", 4: "c", 5: None, 6: None},
    )
    booth_state: dict[int, str] = field(default_factory=lambda: dict.fromkeys(range(1, 7), "open"))
    issuing: dict[str, bool] = field(default_factory=lambda: dict.fromkeys("abc", True))

    def of(self, party: int) -> list[ModelTicket]:
        return [t for t in self.tickets if t.party == party]

    def active(self, party: int) -> ModelTicket | None:
        return next((t for t in self.of(party) if t.state in {"called", "serving"}), None)

    def at(self, booth: int) -> ModelTicket | None:
        return next((t for t in self.tickets if t.booth == booth and t.state in {"called", "serving"}), None)

    def line(self, queue: str) -> list[ModelTicket]:
        waiting = [t for t in self.tickets if t.queue == queue and t.state == "waiting"]
        return sorted(waiting, key=lambda t: (t.order, self.tickets.index(t)))

    def has_open(self, party: int, queue: str, but: ModelTicket | None = None) -> bool:
        return any(t.queue == queue and t.state in OPEN for t in self.of(party) if t is not but)

    def issue(self, queues: list[str], size: int, party: int | None, now: int) -> str:
        if not all(self.issuing[q] for q in queues):
            return "issuing_stopped"
        if party is not None:
            if party > len(self.sizes):
                return "unknown_party"
            if len(queues) + sum(t.state in OPEN for t in self.of(party)) > 3:
                return "too_many_queues"
            if any(self.has_open(party, q) for q in queues):
                return "already_in_queue"
        else:
            self.sizes.append(size)
            party = len(self.sizes)
        self.tickets += [ModelTicket(party, queue, now, now) for queue in queues]
        return "issued"

    def ready(self, booth: int, *, finish: bool) -> str | None:
        if self.booth_state[booth] != "open" or self.booth_queue[booth] is None:
            return "booth_not_open"
        present = self.at(booth)
        if present is None:
            return "booth_free" if finish else None
        if not finish:
            return "booth_busy"
        return None if present.state == "serving" else "wrong_state"

    def call_next(self, booth: int, *, finish: bool) -> str:
        refused = self.ready(booth, finish=finish)
        if refused:
            return refused
        present = self.at(booth)
        freed = present.party if present else None
        queue = self.booth_queue[booth]
        assert queue is not None
        for ticket in self.line(queue):
            active = self.active(ticket.party)
            if active is None or ticket.party == freed:
                if present:
                    present.state = "finished"
                ticket.state, ticket.booth = "called", booth
                return "called"
        return "no_one_waiting"

    def at_booth(self, name: str, booth: int) -> str:
        ticket = self.at(booth)
        if ticket is None:
            return "booth_free"
        needs, leaves, kind = {
            "recall": ("called", "called", "recalled"),
            "start": ("called", "serving", "started"),
            "finish": ("serving", "finished", "finished"),
            "absent": ("called", "absent", "marked_absent"),
        }[name]
        if ticket.state != needs:
            return "wrong_state"
        ticket.state = leaves
        return kind

    def on_ticket(self, name: str, number: int, queue: str) -> str:
        if number > len(self.tickets):
            return "unknown_ticket"
        ticket = self.tickets[number - 1]
        allowed = {
            "hold": {"waiting", "called"},
            "restore": {"held", "absent", "cancelled"},
            "cancel": {"waiting", "called", "held", "absent"},
            "transfer": {"waiting", "called", "held", "absent"},
        }[name]
        if ticket.state not in allowed:
            return "wrong_state"
        if name == "transfer" and not self.issuing[queue]:
            return "issuing_stopped"
        if name == "transfer" and self.has_open(ticket.party, queue):
            return "already_in_queue"
        if name == "restore" and self.has_open(ticket.party, ticket.queue, ticket):
            return "already_in_queue"
        if name == "restore" and ticket.state == "absent" and (head := self.line(ticket.queue)[:1]):
            ticket.order = min(ticket.order, head[0].order - 1)
        if name == "transfer":
            ticket.queue, ticket.order = queue, ticket.arrival
        ticket.state = {"hold": "held", "cancel": "cancelled"}.get(name, "waiting")
        return {"hold": "held", "restore": "restored", "cancel": "cancelled", "transfer": "transferred"}[name]

    def booth(self, name: str, booth: int, queue: str | None) -> str:
        if name == "assign-booth":
            if booth < 5:
                return "not_a_spare"
            if self.at(booth):
                return "booth_busy"
            if self.booth_queue[booth] == queue:
                return "booth_unchanged"
            self.booth_queue[booth], self.booth_state[booth] = queue, "open"
            return "booth_assigned"
        state = {"open-booth": "open", "pause-booth": "paused", "close-booth": "closed"}[name]
        if self.at(booth):
            return "booth_busy"
        if self.booth_state[booth] == state:
            return "booth_unchanged"
        self.booth_state[booth] = state
        return {"open": "booth_opened", "paused": "booth_paused", "closed": "booth_closed"}[state]


class FairMachine(RuleBasedStateMachine):
    """Every command, at any time, on both."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.model = Model()
        self.folded = Board()
        self.before = Board()
        self.last: Event | None = None
        self.clock = 1_000_000

    @initialize()
    def begin(self) -> None:
        self.runner.run(self._begin(f"m{secrets.token_hex(6)}"))

    async def _begin(self, prefix: str) -> None:
        self.store = Store(Pipeline(pipelines.connect(self.url)), prefix)
        self.journal = Journal(journals.connect(self.url), prefix)
        await self.store.found(SLUG, rules())
        await self.store.run(SLUG, command("set-clock", at=self.clock, rate=0))
        await self._fold()

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
        self.runner.close()

    def do(self, expected: str, name: str, **arguments: Any) -> None:
        """Do the command on Redis; twice, for a retry must change nothing and answer the same."""
        same = command(name, **arguments)
        answers = [self._outcome(same), self._outcome(same)]
        assert answers[0] == answers[1]
        self.runner.run(self._fold())
        outcome = answers[0]
        self.last = outcome if isinstance(outcome, Event) else None
        assert (outcome.kind if isinstance(outcome, Event) else outcome) == expected

    def _outcome(self, same: Any) -> Event | str:
        try:
            return self.runner.run(self.store.run(SLUG, same))
        except Refusal as refusal:
            return refusal.code

    @rule(queues=st.lists(QUEUES, min_size=1, max_size=3, unique=True), size=st.integers(1, 20))
    def issue(self, queues: list[str], size: int) -> None:
        self.tick()
        self.do(self.model.issue(queues, size, None, self.clock), "issue", queues=queues, size=size)

    @rule(queues=st.lists(QUEUES, min_size=1, max_size=3, unique=True), party=st.integers(1, 6))
    def add(self, queues: list[str], party: int) -> None:
        self.tick()
        self.do(self.model.issue(queues, 1, party, self.clock), "issue", queues=queues, party=party)

    @rule(booth=BOOTHS, finish=st.booleans())
    def call_next(self, booth: int, finish: bool) -> None:
        self.do(self.model.call_next(booth, finish=finish), "call-next", booth=booth, finish=finish)

    @rule(name=st.sampled_from(["recall", "start", "finish", "absent"]), booth=BOOTHS)
    def at_booth(self, name: str, booth: int) -> None:
        self.do(self.model.at_booth(name, booth), name, booth=booth)

    @rule(name=st.sampled_from(["hold", "restore", "cancel", "transfer"]), ticket=TICKETS, queue=QUEUES)
    def on_ticket(self, name: str, ticket: int, queue: str) -> None:
        extra = {"cancel": {"reason": "other"}, "transfer": {"queue": queue}}.get(name, {})
        self.do(self.model.on_ticket(name, ticket, queue), name, ticket=ticket, **extra)

    @rule(name=st.sampled_from(["open-booth", "pause-booth", "close-booth"]), booth=BOOTHS)
    def turn_booth(self, name: str, booth: int) -> None:
        self.do(self.model.booth(name, booth, None), name, booth=booth)

    @rule(booth=BOOTHS, queue=st.none() | QUEUES)
    def assign(self, booth: int, queue: str | None) -> None:
        self.do(self.model.booth("assign-booth", booth, queue), "assign-booth", booth=booth, queue=queue)

    @rule(queue=QUEUES)
    def turn_issuing(self, queue: str) -> None:
        stopping = self.model.issuing[queue]
        self.model.issuing[queue] = not stopping
        expected, name = ("issuing_stopped", "stop-issuing") if stopping else ("issuing_reopened", "reopen-issuing")
        self.do(expected, name, queue=queue)

    @rule()
    def undo(self) -> None:
        """Undo makes the next command of the model start from Redis's board, which the invariants have proven."""
        if self.last is None or self.last.kind == "undone":
            return
        before = self.before
        self.do("undone", "undo", offset=self.last.offset)
        for ticket in before.tickets.values():
            assert _but_rev(self.folded.tickets[ticket.id]) == _but_rev(ticket)
        for booth in before.booths.values():
            assert _but_rev(self.folded.booths[booth.id]) == _but_rev(booth)
        self.model = _model_of(self.folded)

    def tick(self) -> None:
        """Arrivals a second apart, so that order in line is never a matter of ties."""
        self.clock += 1_000
        self.runner.run(self.store.run(SLUG, command("set-clock", at=self.clock, rate=0)))
        self.runner.run(self._fold())

    @invariant()
    def fold_is_snapshot(self) -> None:
        assert self.folded == self.runner.run(self.journal.snapshot(SLUG))

    @invariant()
    def board_is_model(self) -> None:
        board = self.folded
        for number, expected in enumerate(self.model.tickets, 1):
            ticket = board.tickets[number]
            assert (ticket.state, ticket.queue, ticket.party) == (expected.state, expected.queue, expected.party)
        for queue in "abc":
            line = [self.model.tickets.index(t) + 1 for t in self.model.line(queue)]
            assert [t.id for t in board.waiting(queue)] == line

    @invariant()
    def a_party_is_at_one_booth(self) -> None:
        active = [t for t in self.folded.tickets.values() if t.state in {"called", "serving"}]
        assert len({t.party for t in active}) == len(active) == len({t.booth for t in active})
        assert {t.party: t.id for t in active} == {p.id: p.active for p in self.folded.parties.values() if p.active}
        assert {t.booth: t.id for t in active} == {b.id: b.ticket for b in self.folded.booths.values() if b.ticket}


def _but_rev(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "rev"}


def _model_of(board: Board) -> Model:
    """After an undo the model takes the board's state, and goes on predicting from there."""
    tickets = sorted(board.tickets.values(), key=lambda t: t.id)
    return Model(
        tickets=[ModelTicket(t.party, t.queue, t.place, t.issued_at, t.state.value, t.booth) for t in tickets],
        sizes=[party.size for party in board.parties.values()],
        booth_queue={booth.id: booth.queue for booth in board.booths.values()},
        booth_state={booth.id: booth.state.value for booth in board.booths.values()},
        issuing={queue.id: queue.issuing for queue in board.queues.values()},
    )


@pytest.mark.timeout(180)
def test_redis_agrees_with_the_model(redis_url: str) -> None:
    FairMachine.url = redis_url
    run_state_machine_as_test(
        FairMachine,
        settings=settings(
            max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
