"""The rules of the floor in plain Python, without Redis: what each command must answer, and who waits where.

It knows nothing of Lua and shares no code with it; tests/queue/test_model.py holds both together.
"""

from dataclasses import dataclass, field

from yobidashi.live.board import Board

OPEN = {"waiting", "called", "serving", "absent", "held"}
GRACE_MS = 5_000
IN_A_ROW = 2

Wishes = list[tuple[str, int]]
"""What a booking reserves: (queue, slot in ms)."""


@dataclass(eq=False)
class ModelTicket:
    """One ticket as the model sees it; `order` sorts the line."""

    party: int
    queue: str
    order: int
    arrival: int
    state: str = "waiting"
    booth: int | None = None
    reserved: int | None = None
    corrected: str | None = None


@dataclass
class ModelParty:
    """One party; `wishes` are those of the booking by which it came. One that `dropped` in has no number."""

    size: int
    children: int
    inside: int
    origin: int | None = None
    wishes: Wishes = field(default_factory=list)
    dropped: bool = False
    corrected: str | None = None


@dataclass
class Model:
    """The floor. Parties and tickets have the ids of their places in the lists, from 1 on."""

    now: int = 0
    tickets: list[ModelTicket] = field(default_factory=list)
    parties: list[ModelParty] = field(default_factory=list)
    booth_queue: dict[int, str | None] = field(
        default_factory=lambda: {1: "a", 2: "a", 3: "b", 4: "c", 5: None, 6: None},
    )
    booth_state: dict[int, str] = field(default_factory=lambda: dict.fromkeys(range(1, 7), "open"))
    issuing: dict[str, bool] = field(default_factory=lambda: dict.fromkeys("abc", True))
    runs: dict[str, int] = field(default_factory=lambda: dict.fromkeys("abc", 0))

    def has_number(self, party: int) -> bool:
        return party <= len(self.parties) and not self.parties[party - 1].dropped

    def of(self, party: int) -> list[ModelTicket]:
        return [t for t in self.tickets if t.party == party]

    def active(self, party: int) -> ModelTicket | None:
        return next((t for t in self.of(party) if t.state in {"called", "serving"}), None)

    def at(self, booth: int) -> ModelTicket | None:
        return next((t for t in self.tickets if t.booth == booth and t.state in {"called", "serving"}), None)

    def waiting(self, queue: str) -> list[ModelTicket]:
        waiting = [t for t in self.tickets if t.queue == queue and t.state == "waiting"]
        return sorted(waiting, key=lambda t: (t.order, self.tickets.index(t)))

    def is_due(self, ticket: ModelTicket) -> bool:
        return ticket.reserved is not None and ticket.reserved <= self.now

    def turn(self, free: list[ModelTicket], run: int) -> tuple[ModelTicket | None, int]:
        """Give whose turn it is among those who can be called, in the order of their places, and the run after that."""
        due = sorted((t for t in free if self.is_due(t)), key=lambda t: (t.reserved, free.index(t)))
        walk_ins = [t for t in free if not self.is_due(t)]
        if due and not (walk_ins and run >= IN_A_ROW):
            return due[0], run + 1 if walk_ins else 0
        return (walk_ins[0], 0) if walk_ins else (None, run)

    def calls(self, queue: str) -> list[ModelTicket]:
        """Give who would be called, one after the other, if all were called now."""
        free = [t for t in self.waiting(queue) if self.active(t.party) is None]
        run, order = self.runs[queue], []
        while free:
            ticket, run = self.turn(free, run)
            assert ticket is not None
            free.remove(ticket)
            order.append(ticket)
        return order

    def has_open(self, party: int, queue: str, but: ModelTicket | None = None) -> bool:
        return any(t.queue == queue and t.state in OPEN for t in self.of(party) if t is not but)

    def to_head(self, ticket: ModelTicket) -> None:
        walk_ins = [t for t in self.waiting(ticket.queue) if not self.is_due(t)]
        if walk_ins:
            ticket.order = min(ticket.order, walk_ins[0].order - 1)

    def issue(self, queues: list[str], new: ModelParty | None, party: int = 0) -> str:
        """A new party, or queues for one that has its number."""
        if not all(self.issuing[q] for q in queues):
            return "issuing_stopped"
        if new is None:
            if not self.has_number(party):
                return "unknown_party"
            if len(queues) + sum(t.state in OPEN for t in self.of(party)) > 3:
                return "too_many_queues"
            if any(self.has_open(party, q) for q in queues):
                return "already_in_queue"
        else:
            self.parties.append(new)
            party = len(self.parties)
        self.tickets += [self.new_ticket(party, queue, self.now) for queue in queues]
        return "issued"

    def new_ticket(self, party: int, queue: str, order: int) -> ModelTicket:
        ticket = ModelTicket(party, queue, order, self.now)
        slots = [slot for wished, slot in self.parties[party - 1].wishes if wished == queue]
        if any(t.queue == queue and t.state != "cancelled" for t in self.of(party)):
            return ticket
        in_time = [slot for slot in slots if self.now <= slot + GRACE_MS]
        if in_time:
            ticket.reserved = min(in_time)
        elif slots:
            self.to_head(ticket)
        return ticket

    def split(self, party: int, persons: int, children: int, ids: list[int]) -> str:
        if not self.has_number(party):
            return "unknown_party"
        old = self.parties[party - 1]
        if persons >= old.size or not 0 <= old.children - children <= old.size - persons:
            return "split_too_many"
        for id_ in ids:
            if id_ > len(self.tickets) or self.tickets[id_ - 1].party != party:
                return "unknown_ticket"
            if self.tickets[id_ - 1].state not in {"waiting", "held", "absent"}:
                return "wrong_state"
        inside = min(persons, old.inside)
        self.parties.append(ModelParty(persons, children, inside, party, old.wishes))
        for id_ in ids:
            self.tickets[id_ - 1].party = len(self.parties)
        old.size, old.children, old.inside = old.size - persons, old.children - children, old.inside - inside
        return "split"

    def door(self, name: str, party: int, persons: int) -> str:
        if not self.has_number(party):
            return "unknown_party"
        who = self.parties[party - 1]
        inside = who.inside + (persons if name == "reenter" else -persons)
        if not 0 <= inside <= who.size:
            return "all_inside" if name == "reenter" else "not_inside"
        who.inside = inside
        return "reentered" if name == "reenter" else "exited"

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
        free = [t for t in self.waiting(queue) if self.active(t.party) is None or t.party == freed]
        ticket, run = self.turn(free, self.runs[queue])
        if ticket is None:
            return "no_one_waiting"
        if present:
            present.state = "finished"
        ticket.state, ticket.booth, self.runs[queue] = "called", booth, run
        return "called"

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
        if ticket.state not in allowed or (name == "restore" and not self.has_number(ticket.party)):
            return "wrong_state"
        if name == "transfer" and not self.issuing[queue]:
            return "issuing_stopped"
        if name == "transfer" and self.has_open(ticket.party, queue):
            return "already_in_queue"
        if name == "restore" and self.has_open(ticket.party, ticket.queue, ticket):
            return "already_in_queue"
        if name == "restore" and ticket.state == "absent":
            if ticket.reserved is not None and self.now > ticket.reserved + GRACE_MS:
                ticket.reserved = None
            if not self.is_due(ticket):
                self.to_head(ticket)
        if name == "transfer":
            ticket.queue, ticket.order, ticket.reserved = queue, ticket.arrival, None
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

    def after_undo(self, board: Board) -> None:
        """Take the board's state, which the invariants have proven, and go on predicting from there."""
        tickets = sorted(board.tickets.values(), key=lambda t: t.id)
        parties = sorted(board.parties.values(), key=lambda p: p.id)
        self.tickets = [
            ModelTicket(t.party, t.queue, t.place, t.issued_at, t.state.value, t.booth, t.reserved, t.corrected)
            for t in tickets
        ]
        self.parties = [
            ModelParty(row.size, row.children, row.inside, row.origin, known.wishes, known.dropped, row.corrected)
            for row, known in zip(parties, self.parties, strict=True)
        ]
        self.booth_queue = {booth.id: booth.queue for booth in board.booths.values()}
        self.booth_state = {booth.id: booth.state.value for booth in board.booths.values()}
        self.issuing = {queue.id: queue.issuing for queue in board.queues.values()}
        self.runs = {queue.id: queue.reserved_run for queue in board.queues.values()}
