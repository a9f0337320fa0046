"""The consultants: one actor a booth, who calls, waits, recalls, talks, makes slips and takes them back, and has lunch."""

from random import Random
from typing import Final

from yobidashi.queue.events import Event
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import BoothState
from yobidashi.replay.day import Answer, Slip, Wish
from yobidashi.replay.floor import Floor
from yobidashi.replay.parties import come_back

REACTION_S: Final = (0.0, 10.0)
"""Seconds until a consultant who sees somebody in line presses the button."""

TIDY_S: Final = (0.0, 40.0)
"""Seconds for notes between two talks."""

RECALL_S: Final = 75
"""Seconds after a call without an answer until it is repeated."""

ABSENT_S: Final = 60
"""Seconds after the recall until the party is marked absent."""

HEARD_S: Final = 25
"""Seconds from the recall until somebody who has heard only that sits down."""

EARLY_S: Final = 60
"""Seconds by which a talk is ended too early by a slip."""

SEEN_S: Final = 4
"""Seconds until a slip is seen and taken back."""

WITHOUT_PAUSE: Final = 0.3
"""Part of the talks after which the next party is called in the same act."""

LUNCHES: Final = 0.4
"""Part of the main booths that pause for lunch."""

LUNCH_S: Final = 1_200
"""Seconds of a lunch."""


MEETING: Final = "https://example.com/replay"
"""A link that leads nowhere: nobody in a replay talks."""


class Consultant:
    """Who sits at one booth, all day."""

    def __init__(self, floor: Floor, number: int, *, spare: bool, online: bool = False) -> None:
        self._floor = floor
        self._number = number
        self._online = online
        self._random: Random = floor.random(f"booth {number}")
        length = floor.fair.closes - floor.fair.opens
        noon = floor.fair.opens + round(length * self._random.uniform(0.23, 0.46))
        self._lunch: int | None = noon if not spare and self._random.random() < LUNCHES else None

    async def work(self) -> None:
        """Serve whoever can be called until the day is over, and close the booth at the closing."""
        floor = self._floor
        if self._online:
            await self._connect()
        while not floor.over():
            await floor.pace.when(lambda: floor.over() or self._sees_somebody(), by=self._lunch)
            if self._lunch is not None and floor.pace.now() >= self._lunch:
                await self._eat()
            elif not floor.over():
                await floor.pace.wait(self._random.uniform(*REACTION_S))
                called = await floor.client.attempt("call-next", booth=self._number)
                while called is not None:
                    called = await self._meet(called)
        await floor.pace.until(floor.fair.closes)
        if floor.booth(self._number).state is not BoothState.CLOSED:
            await floor.client.attempt("close-booth", booth=self._number)

    async def _connect(self) -> None:
        """Set the meeting link (a demonstration makes its own), see that it leads there, and open."""
        client, booth = self._floor.client, self._number
        event = await client.attempt(f"booths/{booth}/meeting", link=MEETING)
        if event is not None:
            await client.attempt("check-meeting", booth=booth, meeting=event.offset)
            await client.attempt("open-booth", booth=booth)

    def _sees_somebody(self) -> bool:
        booth = self._floor.booth(self._number)
        free = booth.state is BoothState.OPEN and booth.ticket is None
        return free and booth.queue is not None and self._floor.can_call(booth.queue)

    async def _eat(self) -> None:
        """Pause for lunch, unless that would strand a line: then a little later, or not at all."""
        floor, queue = self._floor, self._floor.booth(self._number).queue or ""
        late = floor.pace.now() > floor.fair.opens + (floor.fair.closes - floor.fair.opens) * 6 // 10
        if floor.can_call(queue) and floor.open_booths(queue) < 2:
            self._lunch = None if late else floor.pace.now() + LUNCH_S * 500
            return
        self._lunch = None
        if await floor.client.attempt("pause-booth", booth=self._number):
            await floor.pace.wait(LUNCH_S)
            await floor.client.attempt("open-booth", booth=self._number)

    async def _meet(self, called: Event) -> Event | None:
        """Receive the party that was called; gives the next call if it was made in the same act as the end."""
        ticket = _called(called)
        wish = self._floor.wish(ticket)
        alone = (
            len(called.changes["tickets"]) == 1
        )  # else undo would also bring back the talk that ended in the same act
        if alone and self._slips(ticket, wish, Slip.CALL) and not await self._take_back_call(called, ticket):
            return None
        if not await self._comes(ticket, wish):
            return None
        if await self._floor.client.attempt("start", booth=self._number) is None:
            return None
        await self._talk(ticket, wish)
        return await self._end(ticket)

    async def _comes(self, ticket: Ticket, wish: Wish) -> bool:
        """Wait for the party; recall it, and mark it absent when it does not come."""
        floor = self._floor
        if wish.answer is Answer.AT_ONCE or ticket.id in floor.came_back:
            await floor.pace.wait(wish.walk_s)
            return True
        await floor.pace.wait(RECALL_S)
        await floor.client.attempt("recall", booth=self._number)
        if wish.answer is Answer.ON_RECALL:
            await floor.pace.wait(HEARD_S)
            return True
        await floor.pace.wait(ABSENT_S)
        if await floor.client.attempt("absent", booth=self._number) and wish.answer is Answer.COMES_BACK:
            floor.pace.start(come_back(floor, ticket))
        return False

    async def _talk(self, ticket: Ticket, wish: Wish) -> None:
        """Talk as long as planned, or as the closing allows; a slip ends it early and is taken back."""
        floor = self._floor
        length_s = floor.talk_s(ticket, wish)
        if self._slips(ticket, wish, Slip.FINISH):
            await floor.pace.wait(length_s - EARLY_S)
            finished = await floor.client.attempt("finish", booth=self._number)
            if finished is None or not await self._undo(finished):
                return
            length_s = EARLY_S
        await floor.pace.wait(length_s)

    async def _end(self, ticket: Ticket) -> Event | None:
        """End the talk, sometimes with the next call in the same act; else note down what was said."""
        floor = self._floor
        booth = floor.booth(self._number)
        if booth.ticket != ticket.id or booth.queue is None:
            return None
        if floor.can_call(booth.queue) and self._random.random() < WITHOUT_PAUSE:
            called = await floor.client.attempt("call-next", booth=self._number, finish=True)
            if called is not None:
                return called
        await floor.client.attempt("finish", booth=self._number)
        await floor.pace.wait(self._random.uniform(*TIDY_S))
        return None

    def _slips(self, ticket: Ticket, wish: Wish, slip: Slip) -> bool:
        """Say whether the button is pressed too early now: once a ticket at most."""
        if wish.slip is not slip or ticket.id in self._floor.slipped:
            return False
        self._floor.slipped.add(ticket.id)
        return True

    async def _take_back_call(self, called: Event, ticket: Ticket) -> bool:
        """Undo a call made too early and call the same number again; False where another booth was quicker."""
        if not await self._undo(called):
            return True
        await self._floor.pace.wait(EARLY_S / 2)
        return await self._floor.client.attempt("call", booth=self._number, number=ticket.number) is not None

    async def _undo(self, event: Event) -> bool:
        """See the slip and take it back; False where something has happened since."""
        await self._floor.pace.wait_exactly(SEEN_S)
        return await self._floor.client.attempt("undo", offset=event.offset) is not None


def _called(event: Event) -> Ticket:
    """Give the ticket that an event has called."""
    for row in event.changes["tickets"]:
        if isinstance(row, Ticket) and row.called_offset == event.offset:
            return row
    raise ValueError(f"event {event.offset} ({event.kind}) calls nobody")
