"""Advice without spreading: everybody who waits long hears of the one quietest queue. It is what goes wrong, for comparison."""

from yobidashi.guide.model import Model
from yobidashi.guide.offers import Proposal
from yobidashi.live.board import Board
from yobidashi.live.guide import Guide
from yobidashi.queue.tickets import OPEN_STATES, State


def herd_due(board: Board, guide: Guide, model: Model, now: int) -> list[Proposal]:
    """Give an offer to the quietest queue for every party that waits long there; once for each ticket."""
    waits = {id_: queue.mean_ms for id_, queue in guide.queues.items() if queue.mean_ms is not None}
    quietest = min(waits, key=lambda id_: (waits[id_], id_), default=None)
    if quietest is None or waits[quietest] > model.offers.to_ms:
        return []
    asked = {offer.ticket for offer in board.offers.values()}
    rules, proposals = model.offers, []
    for id_, estimate in guide.tickets.items():
        ticket, wait = board.tickets[id_], estimate.mean_ms or 0
        if ticket.state is not State.WAITING or id_ in asked or estimate.ahead < rules.not_within:
            continue
        party = board.parties[ticket.party]
        held = {board.tickets[other].queue for other in party.tickets if board.tickets[other].state in OPEN_STATES}
        saves = wait - waits[quietest]
        gains = wait > rules.from_ms and saves >= rules.margin_ms
        if gains and quietest not in held and board.open_offer(party.id, now) is None:
            proposals.append(Proposal(id_, quietest, saves))
    return proposals
