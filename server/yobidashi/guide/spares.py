"""Which spare (予備) should serve which queue now, and which one is needed no longer: advice to the floor manager."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.calls import Calls
from yobidashi.guide.model import Model
from yobidashi.guide.moments import Moments
from yobidashi.live.guide import Guide
from yobidashi.queue.rows import Booth
from yobidashi.queue.tickets import BoothState

SAVES_LEAST_MIN: Final = 8.0
"""A spare is worth opening when it saves those who wait at least so many minutes, taken together. †"""

TRIED: Final = 3
"""Queues for which a further booth is reckoned out in full."""

STAYS_MS: Final = 3 * MINUTE_MS
"""For so long at least a spare serves the queue it was opened for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Let spare ``booth`` serve ``queue``. The saving is of all who wait in the hall, in party-minutes (組分).

    ``now_serving``: the queue that it leaves, where nobody waits; None where the spare is free. ``waiting``: parties in line.
    ``mean_ms_before``, ``mean_ms_after``: the wait of a party that would take a ticket now (before: None where no booth serves).
    """

    booth: int
    queue: str
    now_serving: str | None
    saves_party_minutes: int
    waiting: int
    mean_ms_before: int | None
    mean_ms_after: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Spare ``booth`` is not needed for ``queue``: without it a party would still wait only ``mean_ms_after``."""

    booth: int
    queue: str
    mean_ms_after: int


def suggestion_of(calls: Calls, guide: Guide) -> Suggestion | None:
    """Give the one spare to open now that saves most; None where none saves enough, or no spare can be had."""
    model, waiting = calls.model, calls.waiting
    if calls.now >= model.stop_at:
        return None
    spares = _to_be_had(calls)
    if not spares:
        return None
    best: Suggestion | None = None
    hopes = {id_: _hope(len(line), guide.queues[id_].booths, calls.talks[id_]) for id_, line in waiting.items() if line}
    for id_ in sorted(hopes, key=lambda id_: -hopes[id_])[:TRIED]:
        booth = min(spares, key=lambda spare: _lent(spare, id_, guide, model))
        if booth.queue == id_:
            continue
        tickets, joins = calls.moved(booth.id, id_)
        saves = round(_saved_ms(calls, tickets) / MINUTE_MS)
        if saves >= SAVES_LEAST_MIN and (best is None or saves > best.saves_party_minutes):
            before, then = guide.queues[id_].mean_ms, round(joins[id_].mean)
            best = Suggestion(booth.id, id_, booth.queue, saves, len(waiting[id_]), before, then)
    return best


def take_back_of(calls: Calls, guide: Guide) -> TakeBack | None:
    """Give an open spare that could be free again: nobody waits for it, and its queue stays quiet without it."""
    board, model = calls.board, calls.model
    serving = Counter(booth.queue for booth in board.booths.values() if booth.state is BoothState.OPEN)
    for id_ in model.spares:
        booth = board.booths.get(id_)
        if booth is None or booth.queue is None or booth.ticket is not None or calls.now - booth.since < STAYS_MS:
            continue
        if serving[booth.queue] < 2 or guide.queues[booth.queue].ahead:
            continue
        mean = calls.moved(id_, None)[1][booth.queue].mean
        if mean <= model.quiet_ms:
            return TakeBack(id_, booth.queue, round(mean))
    return None


def _to_be_had(calls: Calls) -> list[Booth]:
    """Give the spares that could serve somebody else: the free ones, and those where nobody waits or talks."""
    booths, now = calls.board.booths, calls.now
    spares = [booths[id_] for id_ in calls.model.spares if id_ in booths]
    free = [booth for booth in spares if booth.ticket is None and booth.state is BoothState.OPEN]
    idle = [booth for booth in free if booth.queue is None]
    return idle or [
        booth
        for booth in free
        if booth.queue is not None and not calls.waiting.get(booth.queue) and now - booth.since >= STAYS_MS
    ]


def _hope(waiting: int, booths: int, talk_ms: float) -> float:
    """Give roughly what a further booth saves: everybody's wait, once with and once without it."""
    whole = waiting * (waiting + 1) / 2 * talk_ms
    return whole / booths - whole / (booths + 1) if booths else inf


def _lent(spare: Booth, queue: str, guide: Guide, model: Model) -> tuple[bool, float, int]:
    """Order spares: the queue's own first, then whichever its own queue is least likely to need."""
    home = model.spares[spare.id]
    at_home = guide.queues[home].mean_ms if home in guide.queues else 0
    return home != queue, inf if at_home is None else at_home, spare.id


def _saved_ms(calls: Calls, after: Mapping[int, Moments]) -> float:
    """Give how much less all who wait now would wait, in ms; who would not be called at all has waited until the closing."""
    saved, board = 0.0, calls.board
    for id_, call in after.items():
        was = calls.of(board.tickets[id_])
        saved += (was.mean if was is not None else call.mean + calls.model.crowded_ms) - call.mean
    return saved
