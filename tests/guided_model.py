"""The rest of the floor's rules in plain Python: offers, announcements, corrections, and visits without a ticket."""

from dataclasses import dataclass, field

from floor_model import OPEN, Model, ModelParty, ModelTicket
from yobidashi.live.board import Board

MINUTE = 60_000
CLOSES = 1_200_000
"""The fair's last moment, ms: a long day comes to it."""
ONLINE = (4, 6)
"""Booths whose consultants are online: the main one of queue c, and a spare."""
NOTICES_AT_ONCE = 3


@dataclass(eq=False)
class ModelOffer:
    """One offer; `ticket` and `party` are numbers from 1 on, as everywhere in the model."""

    party: int
    ticket: int
    queue: str
    until: int
    state: str = "open"
    answer: str | None = None


@dataclass
class GuidedModel(Model):
    """The floor whose parties are led. Notices are known by when they end."""

    offers: list[ModelOffer] = field(default_factory=list)
    notices: list[int | None] = field(default_factory=list)
    meetings: dict[int, int] = field(default_factory=dict)
    """Online booths that have a link: which one, by the offset of its event."""
    checked: set[int] = field(default_factory=set)
    """Online booths whose link was checked; no day of the model goes beyond midnight."""
    helped: set[int] = field(default_factory=set)
    """Booths that ask for the helper."""

    def __post_init__(self) -> None:
        self.booth_state |= dict.fromkeys(ONLINE, "paused")

    def ready(self, booth: int, *, finish: bool) -> str | None:
        if self.booth_state[booth] == "open" and self.booth_queue[booth] is not None and not self.can_be_met(booth):
            return "meeting_unchecked"
        return super().ready(booth, finish=finish)

    def booth(self, name: str, booth: int, queue: str | None) -> str:
        if name == "open-booth" and not self.can_be_met(booth):
            return "meeting_unchecked"
        kind = super().booth(name, booth, queue)
        if kind == "booth_assigned" and not self.can_be_met(booth):
            self.booth_state[booth] = "paused"
        return kind

    def can_be_met(self, booth: int) -> bool:
        return booth not in ONLINE or booth in self.checked

    def note_meeting(self, booth: int, offset: int) -> str:
        if booth not in ONLINE:
            return "not_online"
        self.meetings[booth] = offset
        self.checked.discard(booth)
        return "meeting_set"

    def check_meeting(self, booth: int, meeting: int) -> str:
        if booth not in ONLINE:
            return "not_online"
        if booth not in self.meetings:
            return "meeting_missing"
        if self.meetings[booth] != meeting:
            return "meeting_changed"
        self.checked.add(booth)
        return "meeting_checked"

    def helper(self, name: str, booth: int) -> str:
        if (name == "ask-helper") == (booth in self.helped):
            return "helper_unchanged"
        self.helped ^= {booth}
        return "helper_asked" if name == "ask-helper" else "helper_came"

    def close_day(self) -> str:
        unserved = [t for t in self.tickets if t.state in {"waiting", "called", "held", "absent"}]
        if any(self.issuing.values()) and self.now < CLOSES:
            return "day_not_over"
        if not unserved and not any(self.issuing.values()):
            return "day_closed"
        for ticket in unserved:
            ticket.state = "cancelled"
        self.issuing = dict.fromkeys(self.issuing, False)
        return "day_closed"

    def is_open(self, offer: ModelOffer) -> bool:
        ticket = self.tickets[offer.ticket - 1]
        still = ticket.state == "waiting" and ticket.party == offer.party and ticket.queue != offer.queue
        return offer.state == "open" and self.now < offer.until and still

    def offer(self, number: int, queue: str, minutes: int) -> str:
        if number > len(self.tickets):
            return "unknown_ticket"
        ticket = self.tickets[number - 1]
        if ticket.state != "waiting":
            return "wrong_state"
        if not self.issuing[queue]:
            return "issuing_stopped"
        if self.has_open(ticket.party, queue):
            return "already_in_queue"
        newest = [offer for offer in self.offers if offer.party == ticket.party][-1:]
        if newest and self.is_open(newest[0]):
            return "offer_open"
        self.offers.append(ModelOffer(ticket.party, number, queue, self.now + minutes * MINUTE))
        return "offered"

    def answer(self, number: int, answer: str) -> str:
        """Answer an offer with move, add, keep or not_now."""
        if number > len(self.offers):
            return "unknown_offer"
        offer = self.offers[number - 1]
        if not self.is_open(offer):
            return "offer_gone"
        accepted = answer in {"move", "add"}
        if accepted:
            refused = self._accept(self.tickets[offer.ticket - 1], offer.queue, answer)
            if refused:
                return refused
        offer.state, offer.answer = "accepted" if accepted else "declined", answer
        return f"offer_{offer.state}"

    def _accept(self, ticket: ModelTicket, queue: str, how: str) -> str | None:
        if not self.issuing[queue]:
            return "issuing_stopped"
        if self.has_open(ticket.party, queue):
            return "already_in_queue"
        if how == "move":
            ticket.queue, ticket.order, ticket.reserved = queue, ticket.arrival, None
        elif sum(t.state in OPEN for t in self.of(ticket.party)) >= 3:
            return "too_many_queues"
        else:
            self.tickets.append(self.new_ticket(ticket.party, queue, ticket.arrival))
        return None

    def in_force(self, until: int | None) -> bool:
        return until is None or self.now < until

    def announce(self, minutes: int | None) -> str:
        if sum(map(self.in_force, self.notices)) >= NOTICES_AT_ONCE:
            return "too_many_notices"
        self.notices.append(None if minutes is None else self.now + minutes * MINUTE)
        return "announced"

    def end_notice(self, number: int) -> str:
        if number > len(self.notices):
            return "unknown_notice"
        if not self.in_force(self.notices[number - 1]):
            return "notice_over"
        self.notices[number - 1] = self.now
        return "notice_ended"

    def correct_ticket(self, number: int, state: str, reason: str) -> str:
        if number > len(self.tickets):
            return "unknown_ticket"
        ticket = self.tickets[number - 1]
        if ticket.state == state:
            return "ticket_unchanged"
        if state == "waiting" and not self.has_number(ticket.party):
            return "wrong_state"
        if state == "waiting" and self.has_open(ticket.party, ticket.queue, ticket):
            return "already_in_queue"
        ticket.state, ticket.corrected = state, reason
        return "corrected"

    def correct_party(self, party: int, size: int, children: int, reason: str) -> str:
        if party > len(self.parties):
            return "unknown_party"
        who = self.parties[party - 1]
        if not who.dropped:
            who.inside = max(0, min(size, who.inside + size - who.size))
        who.size, who.children, who.corrected = size, children, reason
        return "corrected"

    def drop_in(self, booth: int, size: int, children: int) -> str:
        queue = self.booth_queue[booth]
        if queue is None:
            return "booth_not_open"
        self.parties.append(ModelParty(size, children, 0, dropped=True))
        self.tickets.append(ModelTicket(len(self.parties), queue, self.now, self.now, "finished", booth))
        return "dropped_in"

    def after_undo(self, board: Board) -> None:
        super().after_undo(board)
        offers = sorted(board.offers.values(), key=lambda offer: offer.id)
        self.offers = [ModelOffer(o.party, o.ticket, o.queue, o.until, o.state.value, o.answer) for o in offers]
        self.notices = [notice.until for _, notice in sorted(board.notices.items())]
        booths = board.booths.values()
        self.meetings = {row.id: row.meeting for row in booths if row.meeting is not None}
        self.checked = {row.id for row in booths if row.checked_at is not None}
        self.helped = {row.id for row in booths if row.helper_at is not None}
