"""The floor manager: opens spares where the line is long, offers quieter booths, and clears up who never came.

Parties that like to go elsewhere accept an offer and move; the others keep their place. When the fair is about to close, the
floor manager leads whoever waits long.
"""

from typing import Final

from yobidashi.queue.rows import Booth, Ticket
from yobidashi.queue.tickets import OPEN_STATES, BoothState, State
from yobidashi.replay.day import Answer
from yobidashi.replay.floor import TURN_MIN, Floor

ROUND_S: Final = 120
"""Seconds between two rounds through the hall."""

LONG_MIN: Final = 12.0
"""Estimated minutes of wait from which a spare is opened for a queue, and a quieter booth offered."""

QUIET_MIN: Final = 8.0
"""A booth with at most this estimate, in minutes, is quiet."""

MARGIN_MIN: Final = 5.0
"""Minutes that a party must gain at least when it goes to another booth."""

FRONT: Final = 2
"""Nobody within so many of the front is asked to go elsewhere."""

MOVES: Final = 3
"""Parties that are offered another booth in one round; more are led there when the fair is about to close."""

OFFER_MIN: Final = 10
"""Minutes for which an offer stands."""

GIVEN_UP_MIN: Final = 30
"""Minutes after which an absent party's ticket is cancelled."""

LEAD_MIN: Final = 75.0
"""Minutes before the closing from which everybody who waits long is led to a quieter booth, not only who likes to."""

LAST_TICKETS_MIN: Final = 30.0
"""Minutes before the closing from which a queue issues only what still fits."""


class FloorManager:
    """Who walks through the hall every two minutes."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._spares = {b.number: b.queue for b in floor.fair.booths if b.spare}

    async def work(self) -> None:
        """Go round until the day is over."""
        floor = self._floor
        while not floor.over():
            await self._cancel_absent()
            await self._place_spares()
            await self._answer_offers()
            await self._lead_elsewhere()
            if floor.left_min() < LAST_TICKETS_MIN:
                await self._stop_issuing()
            await floor.pace.when(floor.over, by=floor.pace.now() + ROUND_S * 1_000)

    async def _cancel_absent(self) -> None:
        """Cancel who has been absent for half an hour, and at the closing everybody who will not come any more."""
        floor = self._floor
        for ticket in list(floor.screen.board.tickets.values()):
            if ticket.state is State.ABSENT and ticket.away_at is not None:
                gone_min = (floor.pace.now() - ticket.away_at) / 60_000
                closing = floor.left_min() < GIVEN_UP_MIN and floor.wish(ticket).answer is Answer.NEVER
                if gone_min >= GIVEN_UP_MIN or closing:
                    await floor.client.attempt("cancel", ticket=ticket.id, reason="no_answer")

    async def _place_spares(self) -> None:
        """Give each spare that nobody needs where it is to the longest line, its own municipality's first."""
        floor = self._floor
        idle = [b for number in self._spares if self._is_idle(b := floor.booth(number))]
        waits = {q.id: (len(floor.line(q.id)), floor.open_booths(q.id)) for q in floor.fair.queues}
        while idle:
            queue = max(waits, key=lambda q: waits[q][0] / max(waits[q][1], 0.5))
            people, booths = waits[queue]
            if people * TURN_MIN < LONG_MIN * max(booths, 0.5):
                return
            spare = min(idle, key=lambda b: (self._spares[b.id] != queue, b.queue is not None, b.id))
            idle.remove(spare)
            if spare.queue != queue:
                await floor.client.attempt("assign-booth", booth=spare.id, queue=queue)
            waits[queue] = (people, booths + 1)

    def _is_idle(self, booth: Booth) -> bool:
        if booth.ticket is not None or booth.state is not BoothState.OPEN:
            return False
        return booth.queue is None or not self._floor.can_call(booth.queue)

    async def _answer_offers(self) -> None:
        """Let every party answer the offer it has, whoever made it: the server makes its own."""
        floor = self._floor
        for offer in floor.screen.board.open_offers(floor.pace.now()):
            if floor.wish(floor.ticket(offer.ticket)).flexible:
                await floor.client.attempt("accept-offer", offer=offer.id, how="move")
            else:
                await floor.client.attempt("decline-offer", offer=offer.id, answer="keep")

    async def _lead_elsewhere(self) -> None:
        """Offer parties in long lines a quiet booth where they are not in line yet: spread, never the front."""
        floor = self._floor
        closing = floor.left_min() < LEAD_MIN
        waits = {q.id: floor.wait_min(q.id) for q in floor.fair.queues}
        left = MOVES * 4 if closing else MOVES
        for queue in sorted(waits, key=lambda q: (-waits[q], q)):
            for ticket in floor.line(queue)[max(FRONT, floor.open_booths(queue)) :]:
                if left == 0 or waits[queue] < LONG_MIN:
                    break
                asked = closing or ticket.id not in floor.asked
                quiet = self._quiet_for(ticket, waits) if asked else None
                if quiet is None:
                    continue
                floor.asked.add(ticket.id)
                left -= 1
                if not closing:
                    await floor.client.attempt("offer", ticket=ticket.id, queue=quiet, minutes=OFFER_MIN)
                    waits[quiet] += LONG_MIN / 2
                elif await floor.client.attempt("transfer", ticket=ticket.id, queue=quiet):
                    waits[quiet] += LONG_MIN  # the next party is led to another booth
                    waits[queue] = floor.wait_min(queue)

    def _quiet_for(self, ticket: Ticket, waits: dict[str, float]) -> str | None:
        """Give the quietest queue that would gain this party time, if there is one."""
        board = self._floor.screen.board
        mine = {self._floor.ticket(t).queue for t in board.parties[ticket.party].tickets if _open(self._floor, t)}
        best = min(
            (q for q in waits if q not in mine and board.queues[q].issuing), key=lambda q: waits[q], default=None
        )
        if best is None or waits[best] > min(QUIET_MIN, waits[ticket.queue] - MARGIN_MIN):
            return None
        return best

    async def _stop_issuing(self) -> None:
        """Stop issuing for lines that would not be served before the closing, as long as half the queues go on."""
        floor = self._floor
        queues = floor.screen.board.queues
        issuing = [q for q in queues.values() if q.issuing]
        for queue in issuing:
            if floor.wait_min(queue.id) > floor.left_min() / 2 and len(issuing) * 2 > len(queues):
                await floor.client.attempt("stop-issuing", queue=queue.id)
                return


def _open(floor: Floor, ticket: int) -> bool:
    return floor.ticket(ticket).state in OPEN_STATES
