"""Advice without spreading: everybody who waits long hears of the one quietest queue. It is what goes wrong, for comparison."""

from yobidashi.guide.model import Model
from yobidashi.guide.offers import Proposal
from yobidashi.live.board import Board
from yobidashi.live.guide import Guide
from yobidashi.queue.tickets import OPEN_STATES, State


def herd_due(board: Board, guide: Guide, model: Model, now: int) -> list[Proposal]:
    """Give an offer to the quietest queue for every party that waits long there; once for each ticket."""
    quietest, there = _quietest(guide)
    if there > model.offers.to_ms:
        return []
    asked = {offer.ticket for offer in board.offers.values()}
    told = {offer.party for offer in board.open_offers(now)}
    rules, proposals = model.offers, []
    for id_, estimate in guide.tickets.items():
        ticket, wait = board.tickets[id_], estimate.mean_ms or 0
        if ticket.state is not State.WAITING or id_ in asked or estimate.ahead < rules.not_within:
            continue
        party = board.parties[ticket.party]
        held = {board.tickets[other].queue for other in party.tickets if board.tickets[other].state in OPEN_STATES}
        saves = wait - there
        gains = wait > rules.from_ms and saves >= rules.margin_ms
        if gains and quietest not in held and party.id not in told:
            told.add(party.id)
            proposals.append(Proposal(id_, quietest, saves))
    return proposals


def herd_for(guide: Guide, model: Model, queue: str, been: set[str]) -> tuple[str, int] | None:
    """Give what reception says before it issues a ticket in ``queue``: the quietest one and the ms it saves, or None."""
    quietest, there = _quietest(guide)
    rules, wait = model.offers, guide.queues[queue].mean_ms or 0
    gains = wait > rules.from_ms and there <= rules.to_ms and wait - there >= rules.margin_ms
    return (quietest, wait - there) if gains and quietest not in {*been, queue} else None


def _quietest(guide: Guide) -> tuple[str, int]:
    """Give the queue with the shortest wait, and that wait in ms."""
    waits = {id_: queue.mean_ms for id_, queue in guide.queues.items() if queue.mean_ms is not None}
    quietest = min(waits, key=lambda id_: (waits[id_], id_))
    return quietest, waits[quietest]
