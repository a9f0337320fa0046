"""Who is asked to visit a quieter booth, and where: `FAIR.md`'s rules, spread so that no herd forms (5⑵イ).

Pure and without chance: the same board gives the same proposals in every process. What was offered before is in the board, so
nobody is asked twice for the same, and between queues that are alike the one that was offered least comes first.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.model import Model
from yobidashi.live.board import Board
from yobidashi.live.guide import BAND_STEP_MIN, Guide
from yobidashi.queue.rows import Offer, Ticket
from yobidashi.queue.tickets import OfferState, State

REST_MS: Final = 10 * MINUTE_MS
"""For how long a party that said 今はよい, or nothing, is not asked again."""

ACCEPTED: Final = 0.5
"""How likely an open offer is accepted: so much of a party it counts as, in the queue that it leads to. †"""

LEADS_MAX: Final = 3
"""How many quieter queues stand to choose from where the floor manager leads a party by hand."""

WhyNot = Literal["old", "elsewhere", "reserved", "near_front", "short_wait", "asked_before", "nowhere"]
"""Why a party is not to be asked now: the guide is too old; it is at another booth; it has a reserved place; its turn comes soon; it
waits no longer than `OfferRules.from_ms`; it has an offer or has answered one; no queue is quieter by enough."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a waiting ticket's party may be led by hand: quieter queues with the ms that each saves, the best first; or why not."""

    ticket: int
    why: WhyNot | None
    to: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer to make: whose ``ticket`` waits long, the quieter ``queue``, and how much earlier its talk would begin."""

    ticket: int
    queue: str
    saves_ms: int


def offers_due(board: Board, guide: Guide, model: Model, now: int) -> list[Proposal]:
    """Give every offer to make at ``now`` (ms in the fair's clock), the longest wait first. An old guide offers nothing."""
    if now - guide.at > model.offers.fresh_ms:
        return []
    quiet = _Quiet(board, guide, model, now)
    if not quiet.waits:
        return []
    made = _offers_by_party(board)
    proposals = []
    for wait, ticket in _who_waits(board, guide, model):
        before = made[ticket.party]
        if _may_be_asked(board, before, ticket, now):
            queue = quiet.best(ticket.queue, _been(board, ticket.party, before), wait)
            if queue is not None:
                proposals.append(Proposal(ticket.id, queue, round(wait - quiet.waits[queue])))
                quiet.take(queue, ACCEPTED)
    return proposals


def quieter_for(
    board: Board, guide: Guide, model: Model, now: int, queue: str, been: set[str], wished: Collection[str]
) -> tuple[str, int] | None:
    """Give where reception may lead a party before it takes a ticket in ``queue``: a quieter one and the ms it saves.

    The same rules as for those who wait, but that nobody is near the front yet, and that reception hears where else the party
    wishes to go: ``wished`` comes first. ``been``: queues it has been in. None where it waits no longer than
    `OfferRules.from_ms`, nothing fits, or the guide is too old.
    """
    wait = guide.queues[queue].mean_ms
    if wait is None or wait <= model.offers.from_ms or now - guide.at > model.offers.fresh_ms:
        return None
    quiet = _Quiet(board, guide, model, now)
    best = quiet.best(queue, been, wait, wished)
    return None if best is None else (best, round(wait - quiet.waits[best]))


def leads_in(board: Board, guide: Guide, model: Model, now: int, queue: str) -> list[Lead]:
    """Say for each ticket that waits in ``queue``, in the order of the guide, where its party may be led, by the rules of `offers_due`."""
    waiting = _waiting_parties(board, guide)
    quiet = _Quiet(board, guide, model, now)
    made = _offers_by_party(board)
    leads = []
    for party, tickets in waiting.items():
        wait = _first_call(board, guide, model, party, tickets)
        for ticket in tickets:
            if ticket.queue != queue:
                continue
            if now - guide.at > model.offers.fresh_ms:
                leads.append(Lead(ticket.id, "old"))
            elif isinstance(wait, str):
                leads.append(Lead(ticket.id, wait))
            elif not _may_be_asked(board, stood := _not_undone(made[party]), ticket, now):
                leads.append(Lead(ticket.id, "asked_before"))
            else:
                fits = quiet.ranked(queue, _been(board, party, stood), wait)[:LEADS_MAX]
                to = tuple((there, round(wait - quiet.waits[there])) for there in fits)
                leads.append(Lead(ticket.id, None if to else "nowhere", to))
    return leads


def _waiting_parties(board: Board, guide: Guide) -> dict[int, list[Ticket]]:
    """Give every party that waits with its waiting tickets, in the order of the guide."""
    own: dict[int, list[Ticket]] = defaultdict(list)
    for id_ in guide.tickets:
        ticket = board.tickets.get(id_)
        if ticket is not None and ticket.state is State.WAITING:
            own[ticket.party].append(ticket)
    return own


def _first_call(board: Board, guide: Guide, model: Model, party: int, tickets: list[Ticket]) -> float | WhyNot:
    """Give how long a party waits for its first call, ms; or why it is left alone: somebody will see to it soon, or it has a slot."""
    if board.parties[party].active is not None:
        return "elsewhere"
    if any(ticket.reserved is not None for ticket in tickets):
        return "reserved"
    guides = [guide.tickets[ticket.id] for ticket in tickets]
    if any(each.ahead < model.offers.not_within for each in guides):
        return "near_front"
    wait = min((each.mean_ms for each in guides if each.mean_ms is not None), default=0.0)
    return wait if wait > model.offers.from_ms else "short_wait"


def _who_waits(board: Board, guide: Guide, model: Model) -> list[tuple[float, Ticket]]:
    """Give the parties that wait long, as the wait for their first call and the ticket that waits longest."""
    found = []
    for party, tickets in _waiting_parties(board, guide).items():
        wait = _first_call(board, guide, model, party, tickets)
        if not isinstance(wait, str):
            longest = max(tickets, key=lambda ticket: (guide.tickets[ticket.id].mean_ms or 0, -ticket.id))
            found.append((wait, longest))
    return sorted(found, key=lambda each: (-each[0], each[1].id))


def _offers_by_party(board: Board) -> dict[int, list[Offer]]:
    made: dict[int, list[Offer]] = defaultdict(list)
    for offer in board.offers.values():
        made[offer.party].append(offer)
    return made


def _not_undone(made: list[Offer]) -> list[Offer]:
    """Leave out what was taken back: whoever pressed wrongly may choose anew."""
    return [offer for offer in made if not (offer.state is OfferState.DECLINED and offer.answer is None)]


def _been(board: Board, party: int, made: list[Offer]) -> set[str]:
    """Give where a party is not to be led: queues it has or had a ticket for, or was offered already."""
    return {board.tickets[id_].queue for id_ in board.parties[party].tickets} | {offer.queue for offer in made}


def _may_be_asked(board: Board, before: list[Offer], ticket: Ticket, now: int) -> bool:
    """Say whether a party may be asked again, after what it was offered before."""
    for offer in before:
        if offer.answer == "keep" and offer.ticket == ticket.id:
            return False
        if offer.state is OfferState.OPEN:
            over = offer.until  # an offer still open, or one that lapsed without a word
        elif offer.state is OfferState.DECLINED and offer.answered_at is not None:
            over = offer.answered_at
        else:
            continue
        if now < over + REST_MS:
            return False
    return True


class _Quiet:
    """The queues that can take somebody: how long a party would wait there, with what was offered already."""

    def __init__(self, board: Board, guide: Guide, model: Model, now: int) -> None:
        self._model = model
        self._offered = Counter(offer.queue for offer in board.offers.values())
        self._order = {id_: i for i, id_ in enumerate(model.queues)}
        self._booths = {id_: max(1, queue.booths) for id_, queue in guide.queues.items()}
        self.waits: dict[str, float] = {}
        for id_, queue in guide.queues.items():
            ends = now + (queue.mean_ms or 0) + model.turnover_ms + model.queues[id_].talk_ms
            if queue.mean_ms is not None and board.queues[id_].issuing and ends <= model.stop_at:
                self.waits[id_] = queue.mean_ms
        for offer in board.offers.values():
            if offer.state is OfferState.ACCEPTED and (offer.answered_at or 0) > guide.at:
                self._load(offer.queue, 1.0)
        for offer in board.open_offers(now):
            self._load(offer.queue, ACCEPTED)

    def best(self, own: str, been: set[str], wait: float, wished: Collection[str] = ()) -> str | None:
        """Give where to lead who waits ``wait`` ms in ``own`` and has been in ``been``; None where nothing fits."""
        return next(iter(self.ranked(own, been, wait, wished)), None)

    def ranked(self, own: str, been: set[str], wait: float, wished: Collection[str] = ()) -> list[str]:
        """Give every queue that fits, the best first.

        What is ``wished`` first; then similar interest; then the shorter wait, in steps that people feel; among those alike whoever was offered least.
        """
        rules, near = self._model.offers, self._model.queues[own].near
        fits = [
            id_
            for id_, there in self.waits.items()
            if id_ != own and id_ not in been and there <= rules.to_ms and wait - there >= rules.margin_ms
        ]
        step = BAND_STEP_MIN * MINUTE_MS

        def order(id_: str) -> tuple[bool, bool, float, int, int]:
            wait = self.waits[id_] // step
            return id_ not in wished, id_ not in near, wait, self._offered[id_], self._order[id_]

        return sorted(fits, key=order)

    def take(self, queue: str, parties: float) -> None:
        """Count an offer that is being made."""
        self._offered[queue] += 1
        self._load(queue, parties)

    def _load(self, queue: str, parties: float) -> None:
        """Let a queue's wait be longer by what is on its way there."""
        if queue in self.waits:
            talk = self._model.turnover_ms + self._model.queues[queue].talk_ms
            self.waits[queue] += parties * talk / self._booths[queue]
