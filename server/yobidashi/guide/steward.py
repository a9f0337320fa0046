"""The steward of one process: every few seconds it reckons each fair's guide, tells it to the pages, and does what the house has to do.

Every process has one. They come to the same decisions and send the same command ids, so each acts once; the script decides.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from yobidashi.fair import MINUTE_MS, Fair
from yobidashi.guide.bookings import Booked
from yobidashi.guide.calls import Calls
from yobidashi.guide.duties import absent_too_long, lines_that_no_longer_fit, offers_to_make
from yobidashi.guide.estimate import guide_of
from yobidashi.guide.forecasts import Accuracy, Forecasts
from yobidashi.guide.history import History
from yobidashi.guide.model import Model, model_of
from yobidashi.guide.offers import Lead, leads_in, offers_due, quieter_for
from yobidashi.guide.outlook import Outlook, curve_of, outlook_of
from yobidashi.guide.spares import Suggestion, TakeBack, suggestion_of, take_back_of
from yobidashi.live.board import Board
from yobidashi.live.guide import Guide
from yobidashi.live.hub import Hub
from yobidashi.live.journal import Journal, JournalLost
from yobidashi.queue.commands.command import Command
from yobidashi.queue.errors import Refusal
from yobidashi.queue.store import Store

ADVICE_S: Final = 1.0
"""How old an answer to a floor manager may be, in seconds: it is reckoned out once for all who ask within it."""

BOOKED_S: Final = 30.0
"""How old the steward's knowledge of reservations may be, in seconds: they change by hands at the reception."""

LEARNT_AT_ONCE: Final = 100
"""Events of one read that the forecasts learn from."""

LEARNS_S: Final = 1.0
"""Seconds of one look that learning may take. The rest of a long day is learnt at the next looks: advice comes first."""

SLICE_S: Final = 0.01
"""Seconds of learning after which everything else has its turn for as long: a new ticket costs a whole guide."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the floor manager is told: the guide of now, which spare to open, which to take back, how the day will end, how right it was."""

    epoch: int
    offset: int
    guide: Guide
    suggestion: Suggestion | None
    take_back: TakeBack | None
    outlook: Outlook | None
    accuracy: Accuracy


@dataclass(slots=True)
class _Learnt:
    """The forecasts up to a position."""

    epoch: int
    offset: int
    forecasts: Forecasts


class Steward:
    """Looks after every fair of this process."""

    def __init__(
        self, store: Store, journal: Journal, hubs: Mapping[str, Hub], fairs: Mapping[str, Fair], guide_s: float
    ) -> None:
        """Look at the boards of ``hubs`` every ``guide_s`` seconds, learn from ``journal``, act by ``store``, by the rules of ``fairs``."""
        self._guide_s = guide_s
        self._store = store
        self._journal = journal
        self._hubs = hubs
        self._models = {slug: model_of(fair) for slug, fair in fairs.items()}
        self._curves = {slug: curve_of(fair) for slug, fair in fairs.items()}
        self._histories = {slug: History(model) for slug, model in self._models.items()}
        self._learnt = {slug: _Learnt(0, 0, Forecasts(model)) for slug, model in self._models.items()}
        self._booked: dict[str, Booked] = {slug: {} for slug in fairs}
        self._booked_at = dict.fromkeys(fairs, -BOOKED_S)
        self._advised: dict[str, tuple[float, Advice]] = {}
        self._absent_ms = {slug: fair.calling.absent_cancelled_after_min * MINUTE_MS for slug, fair in fairs.items()}

    async def run(self) -> None:
        """Look again and again until cancelled. Nothing that goes wrong at one look ends the next."""
        while True:
            await asyncio.sleep(self._guide_s)
            for slug in self._hubs:
                try:
                    await self._look(slug)
                except JournalLost:
                    pass  # the follower says so, to the log and to the pages
                except Exception:
                    log.exception("the guide of %s failed; the next try is in %g s", slug, self._guide_s)

    def advice(self, slug: str) -> Advice | None:
        """Give what the floor manager is told now; None before the first board."""
        board = self._hubs[slug].board
        if not board.epoch:
            return None
        asked_at = asyncio.get_running_loop().time()
        if slug in self._advised and asked_at - self._advised[slug][0] < ADVICE_S:
            return self._advised[slug][1]
        calls = self._calls(slug)
        guide = guide_of(calls)
        suggestion, take_back = suggestion_of(calls, guide), take_back_of(calls, guide)
        accuracy = self._learnt[slug].forecasts.figures()
        outlook = outlook_of(board, self._curves[slug], calls.now)
        advice = Advice(board.epoch, board.offset, guide, suggestion, take_back, outlook, accuracy)
        self._advised[slug] = asked_at, advice
        return advice

    def accuracy(self, slug: str) -> Accuracy:
        """Give how right the estimates of a fair were so far."""
        return self._learnt[slug].forecasts.figures()

    def quieter(self, slug: str, queue: str, party: int | None) -> tuple[str, int] | None:
        """Give where reception may lead who would take a ticket in ``queue`` now, as `quieter_for` does; None before the first board.

        ``party``: who has its number already; it is not led to where it has been. Raises `Refusal` (``unknown_queue``, ``unknown_party``).
        """
        board, model, advice = self._hubs[slug].board, self._models[slug], self.advice(slug)
        if advice is None:
            return None
        if queue not in advice.guide.queues:
            raise Refusal("unknown_queue", {"id": queue[:40]})
        if party is not None and party not in board.parties:
            raise Refusal("unknown_party", {"id": party})
        tickets = () if party is None else board.parties[party].tickets
        been = {board.tickets[id_].queue for id_ in tickets}
        return quieter_for(board, advice.guide, model, self._now(board), queue, been, ())

    def leads(self, slug: str, queue: str) -> list[Lead]:
        """Give where each party that waits in ``queue`` may be led by hand, as `leads_in` does; nothing before the first board.

        Raises `Refusal` (``unknown_queue``).
        """
        board, model, advice = self._hubs[slug].board, self._models[slug], self.advice(slug)
        if advice is None:
            return []
        if queue not in advice.guide.queues:
            raise Refusal("unknown_queue", {"id": queue[:40]})
        return leads_in(board, advice.guide, model, self._now(board), queue)

    async def _look(self, slug: str) -> None:
        hub = self._hubs[slug]
        if not hub.live or not hub.board.epoch:
            return
        await self._read_bookings(slug)
        calls = self._calls(slug)
        guide = guide_of(calls)
        hub.advise(guide)
        if _keeps_pace(calls.board, calls.model, self._guide_s):
            await self._act(slug, calls.board.epoch, self._duties(calls, guide, self._absent_ms[slug]))
        await self._learn(slug)

    def _calls(self, slug: str) -> Calls:
        board = self._hubs[slug].board
        return Calls(board, self._models[slug], self._now(board), self._histories[slug], self._booked[slug])

    async def _read_bookings(self, slug: str) -> None:
        """Learn anew who is still expected, now and then; while Redis is away what was known holds."""
        asked_at = asyncio.get_running_loop().time()
        if asked_at - self._booked_at[slug] < BOOKED_S:
            return
        self._booked_at[slug] = asked_at
        try:
            self._booked[slug] = await self._store.booked(slug)
        except Refusal as refusal:
            log.debug("%s: reservations are not known anew: %s", slug, refusal)

    @staticmethod
    def _duties(calls: Calls, guide: Guide, absent_ms: int) -> list[Command]:
        board, model, now = calls.board, calls.model, calls.now
        return [
            *absent_too_long(board, absent_ms, now),
            *lines_that_no_longer_fit(board, guide, model, calls.talks, now),
            *offers_to_make(offers_due(board, guide, model, now), board),
        ]

    async def _act(self, slug: str, epoch: int, commands: Iterable[Command]) -> None:
        """Do what was decided over a board of ``epoch``; a fair that has begun anew meanwhile is left alone."""
        for command in commands:
            try:
                await self._store.run(slug, command, epoch)
            except Refusal as refusal:
                log.debug("%s: %s is not done: %s", slug, command.name, refusal)
                if refusal.status >= 500:
                    return  # Redis is away or full: all the others would hear the same

    async def _learn(self, slug: str) -> None:
        """Bring the forecasts up to the board, event by event. Where the journal begins later than the fair, there are none."""
        board, learnt = self._hubs[slug].board, self._learnt[slug]
        if learnt.epoch != board.epoch:
            learnt = self._learnt[slug] = _Learnt(board.epoch, 0, Forecasts(self._models[slug]))
        clock = asyncio.get_running_loop().time
        ends, rests = clock() + LEARNS_S, clock() + SLICE_S
        while learnt.offset < board.offset and clock() < ends:
            events = await self._journal.after(slug, learnt.offset, LEARNT_AT_ONCE)
            for event in events:
                if event.epoch != learnt.epoch or event.offset != learnt.offset + 1:
                    return
                learnt.forecasts.take(event, self._booked[slug])
                learnt.offset = event.offset
                if clock() > rests:
                    await asyncio.sleep(SLICE_S)
                    rests = clock() + SLICE_S
            if not events:
                return

    def _now(self, board: Board) -> int:
        real, clock = self._journal.real_now(), board.clocks.get(0)
        return max(board.at, clock.at(real) if clock else real)  # this process's clock may be behind what has happened


def _keeps_pace(board: Board, model: Model, guide_s: float) -> bool:
    """Tell whether looks come often enough: a day that a replay plays fast has passed by before advice is fresh."""
    clock = board.clocks.get(0)
    return clock is None or 0 < clock.rate * guide_s * 1000 <= model.offers.fresh_ms
