"""The rest of the floor's rules in plain Python: offers, announcements, corrections, and visits without a ticket."""

from dataclasses import dataclass, field

from floor_model import OPEN, Model, ModelParty, ModelTicket
from yobidashi.live.board import Board

MINUTE = 60_000
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
