"""What is expected of the day before it shows itself, and the rules of guidance: read from the fair, frozen, times in ms."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from yobidashi.fair import MINUTE_MS, Fair, Queue

TURNOVER_MS: Final = 60_000
"""From the call to the start of the talk: the party hears it, walks, sits down. †"""

TALK_CV: Final = 0.45
PATIENCE_MS: Final = 35 * MINUTE_MS
NO_ANSWER: Final = 0.04
"""What is expected where the fair says nothing of its day. †"""


@dataclass(frozen=True, slots=True)
class QueueModel:
    """What is expected of one queue. ``near``: queues of similar interest, all alike, never the queue itself."""

    id: str
    kind: str
    talk_ms: int
    near: frozenset[str]

    @property
    def municipality(self) -> bool:
        """Whether it is one of those between which guidance is neutral."""
        return self.kind == "municipality"


@dataclass(frozen=True, slots=True)
class OfferRules:
    """Who may be asked, and to where: from a wait above ``from_ms`` to one up to ``to_ms`` that saves ``margin_ms``."""

    from_ms: int
    to_ms: int
    margin_ms: int
    not_within: int
    """Never to a party with fewer than this many parties ahead."""
    fresh_ms: int


@dataclass(frozen=True, slots=True)
class Model:
    """A fair as the guide sees it. ``closes_at``, ``warn_at``, ``fit_only_at``, ``stop_at``: ms in the fair's clock."""

    queues: Mapping[str, QueueModel]
    talk_cv: float
    """Spread of a talk's length over its mean (log-normal)."""
    patience_ms: int
    no_answer: float
    """Share of calls that nobody answers, 0–1."""
    no_answer_ms: int
    """How long a call without an answer keeps a booth: until the recall, and until it is given up."""
    turnover_ms: int
    quiet_ms: int
    crowded_ms: int
    offers: OfferRules
    reserved_in_a_row: int
    reserved_grace_ms: int
    """For how long after its slot begins a reserved place goes first."""
    spares: Mapping[int, str | None]
    """Booth → the queue it belongs to, in the order of the file."""
    online: frozenset[int]
    closes_at: int
    warn_at: int
    fit_only_at: int
    stop_at: int


def model_of(fair: Fair) -> Model:
    """Give what a fair's file says to the guide. Without `[closing]` all its steps are the closing itself."""
    day, calling, closing = fair.day, fair.calling, fair.closing
    closes = fair.at(fair.closes)
    return Model(
        queues=MappingProxyType({queue.id: _queue(queue, fair) for queue in fair.queues}),
        talk_cv=day.talk_cv if day else TALK_CV,
        patience_ms=round(day.patience_min * MINUTE_MS) if day else PATIENCE_MS,
        no_answer=day.no_answer_pct / 100 if day else NO_ANSWER,
        no_answer_ms=1000 * (calling.recall_after_s + calling.absent_after_s),
        turnover_ms=TURNOVER_MS,
        quiet_ms=fair.crowding.quiet_min * MINUTE_MS,
        crowded_ms=fair.crowding.crowded_min * MINUTE_MS,
        offers=OfferRules(
            fair.offers.from_min * MINUTE_MS,
            fair.offers.to_min * MINUTE_MS,
            fair.offers.margin_min * MINUTE_MS,
            fair.offers.not_within,
            fair.offers.fresh_s * 1000,
        ),
        reserved_in_a_row=calling.reserved_in_a_row,
        reserved_grace_ms=calling.reserved_grace_min * MINUTE_MS,
        spares=MappingProxyType({booth.number: booth.home for booth in fair.booths if booth.role == "spare"}),
        online=frozenset(booth.number for booth in fair.booths if booth.online),
        closes_at=closes,
        warn_at=fair.at(closing.warn) if closing else closes,
        fit_only_at=fair.at(closing.fit_only) if closing else closes,
        stop_at=fair.at(closing.stop) if closing else closes,
    )


def _queue(queue: Queue, fair: Fair) -> QueueModel:
    near = queue.near
    if near is None:
        near = tuple(other.id for other in fair.queues if other.kind == queue.kind and other.id != queue.id)
    return QueueModel(queue.id, queue.kind, queue.talk_min * MINUTE_MS, frozenset(near))
