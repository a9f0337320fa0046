"""What the house itself has to do now: offers to be made, absent parties to be given up, lines that no longer fit the day.

Pure, like all of this room: it gives commands and does nothing. Their ids say what was decided and on which rows it rests, so that
every process that comes to the same decision sends the same command, and it acts once (invariant 3).
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from yobidashi.guide.model import Model
from yobidashi.guide.offers import Proposal
from yobidashi.live.board import Board
from yobidashi.live.guide import Guide, QueueGuide
from yobidashi.queue.commands.day import StopIssuing
from yobidashi.queue.commands.offers import MakeOffer
from yobidashi.queue.commands.tickets import Cancel
from yobidashi.queue.tickets import State

CLOSING_MS: Final = 6 * 3_600_000
"""How long after its end a fair still counts as closing; on another day its server may be tried out as it was before."""


def offers_to_make(proposals: Iterable[Proposal], board: Board) -> list[MakeOffer]:
    """Give the commands that make offers. One that was refused is tried again once a row has changed that it rests on."""
    made = Counter(offer.party for offer in board.offers.values())
    commands: list[MakeOffer] = []
    for proposal in proposals:
        ticket, queue = board.tickets[proposal.ticket], board.queues[proposal.queue]
        party = board.parties[ticket.party]
        rests_on = (ticket.id, ticket.rev, party.rev, made[party.id], queue.id, queue.rev)
        commands.append(MakeOffer(command_id=_id(board, "offer", *rests_on), ticket=ticket.id, queue=queue.id))
    return commands


def absent_too_long(board: Board, after_ms: int, now: int) -> list[Cancel]:
    """Give up who has been absent for ``after_ms`` (FAIR, rules of the floor); once for each time they were."""
    return [
        Cancel(command_id=_id(board, "absent", t.id, t.away_at), ticket=t.id, reason="no_answer")
        for t in board.tickets.values()
        if t.state is State.ABSENT and t.away_at is not None and now - t.away_at >= after_ms
    ]


def lines_that_no_longer_fit(
    board: Board, guide: Guide, model: Model, talks: Mapping[str, float], now: int
) -> list[StopIssuing]:
    """Stop issuing where a party that comes now would not be served before the end; once a queue, so that it may be reopened.

    ``talks``: each queue's mean talk, ms. From `[closing] fit_only` on, for as long as the fair is closing.
    """
    if not model.fit_only_at <= now < model.stop_at + CLOSING_MS:
        return []
    return [
        StopIssuing(command_id=_id(board, "fits", queue.id), queue=queue.id)
        for queue in guide.queues.values()
        if queue.id in board.queues and board.queues[queue.id].issuing and not _fits(queue, model, talks[queue.id], now)
    ]


def _fits(queue: QueueGuide, model: Model, talk_ms: float, now: int) -> bool:
    if queue.mean_ms is None:  # nobody serves it at the moment: how long the wait is, nobody knows
        return now < model.stop_at
    return now + queue.mean_ms + model.turnover_ms + talk_ms <= model.stop_at


def _id(board: Board, *decided: object) -> str:
    text = ":".join(map(str, (board.epoch, *decided)))
    return f"house-{hashlib.blake2s(text.encode(), digest_size=16).hexdigest()}"
