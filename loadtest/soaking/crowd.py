"""The people of a soak: receptionists, consultants and a floor manager who act at once and get in each other's way."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, Final

from made_up_card import made_up_card
from soaking.colleague import Colleague, Refused
from soaking.ledger import Ledger
from yobidashi.live.board import Board
from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import OPEN_STATES, BoothState, State

WAITING_WANTED: Final = 150
"""Waiting tickets that receptionists keep up: about eight a queue, as at the fair's peak."""
PARTIES_WANTED: Final = 9_000
"""New parties; past them, those who are there take further tickets. The fair takes 9,999."""
REST_S: Final = 0.05


class Pace:
    """Lets the crowd do so many commands in so many seconds, evenly, and no more."""

    def __init__(self, ledger: Ledger, commands: int, seconds: float) -> None:
        self._ledger = ledger
        self._per_second = commands / seconds
        self._most = commands
        self._began = monotonic()
        self._ended = False

    def end(self) -> None:
        """Let nobody begin anything more, however much has been done."""
        self._ended = True

    @property
    def over(self) -> bool:
        """Whether everything has been done, or the time is over."""
        return self._ended or len(self._ledger.done) >= self._most

    async def turn(self) -> None:
        """Wait for the next command's turn."""
        while not self.over and len(self._ledger.done) > (monotonic() - self._began) * self._per_second:  # noqa: ASYNC110
            await asyncio.sleep(REST_S)


class Crowd:
    """Everybody who taps. ``board`` gives what one of the screens shows: they choose by what they see, which may be old."""

    def __init__(self, pace: Pace, board: Callable[[], Board], queues: Sequence[str], booths: Sequence[int]) -> None:
        self._pace = pace
        self._board = board
        self._queues = queues
        self._booths = booths

    async def receive(self, colleague: Colleague, seed: int) -> None:
        """Make cards and issue tickets; now and then change what is in line."""
        chance = random.Random(seed)
        while not self._pace.over:
            await self._pace.turn()
            with suppress(Refused):
                waiting = _tickets(self._board(), State.WAITING)
                if len(waiting) > WAITING_WANTED or chance.random() < 0.15:
                    await self._change_line(colleague, chance)
                elif len(self._board().parties) < PARTIES_WANTED and chance.random() < 0.7:
                    await self._new_party(colleague, chance)
                else:
                    await self._further_ticket(colleague, chance)

    async def consult(self, colleague: Colleague, booth: int, seed: int) -> None:
        """Call, wait, talk, finish: two of these at one booth race each other for every step."""
        chance = random.Random(seed)
        while not self._pace.over:
            await self._pace.turn()
            row = self._board().booths.get(booth)
            if row is None or row.state is not BoothState.OPEN:
                await asyncio.sleep(REST_S)
                continue
            if not row.ticket and (row.queue is None or not self._board().waiting(row.queue)):
                await asyncio.sleep(REST_S * 4)  # nobody to call, as far as the page shows
                continue
            at_booth = self._board().tickets.get(row.ticket) if row.ticket else None
            try:
                if at_booth is None:
                    await colleague.command("call-next", booth=booth)
                elif at_booth.state is State.CALLED:
                    act = chance.choices(("start", "recall", "absent", "call-next"), (80, 8, 10, 2))[0]
                    await colleague.command(act, booth=booth)
                elif chance.random() < 0.5:
                    await colleague.command("finish", booth=booth)
                else:
                    await colleague.command("call-next", booth=booth, finish=True)
            except Refused:
                await asyncio.sleep(REST_S * (1 + chance.random()))

    async def manage(self, colleague: Colleague, seed: int) -> None:
        """Undo what has just been done, pause booths for a moment, let all booths call at once."""
        chance = random.Random(seed)
        while not self._pace.over:
            await self._pace.turn()
            with suppress(Refused):
                booth = chance.choice(self._booths)
                what = chance.random()
                if what < 0.4:
                    event = await colleague.command("call-next", booth=booth)
                    await colleague.command("undo", offset=event["offset"])
                elif what < 0.6:
                    await colleague.command("pause-booth", booth=booth)
                    await colleague.command("open-booth", booth=booth)
                elif what < 0.7:
                    await asyncio.gather(*(_unless_refused(colleague, booth=each) for each in self._booths))
                else:
                    await self._change_line(colleague, chance)

    async def _new_party(self, colleague: Colleague, chance: random.Random) -> None:
        adults, children = chance.choice((1, 1, 2, 2, 3)), chance.choice((0, 0, 1))
        card = await colleague.post("/cards", **made_up_card(adults, children))
        queues = chance.sample(self._queues, chance.choice((1, 2, 2, 3)))
        await colleague.command("issue", card=card["id"], queues=queues)

    async def _further_ticket(self, colleague: Colleague, chance: random.Random) -> None:
        parties = list(self._board().parties)
        if parties:
            queues = chance.sample(self._queues, chance.choice((1, 2)))
            await colleague.command("issue", party=chance.choice(parties[-2_000:]), queues=queues)

    async def _change_line(self, colleague: Colleague, chance: random.Random) -> None:
        states = (State.WAITING, State.WAITING, State.HELD, State.ABSENT)
        tickets = _tickets(self._board(), chance.choice(states))
        if not tickets:
            await asyncio.sleep(REST_S)
            return
        ticket = chance.choice(tickets)
        acts: dict[str, dict[str, Any]] = {
            "cancel": {"reason": "left"},
            "transfer": {"queue": chance.choice(self._queues)},
        }
        act = chance.choice(
            ("hold", "transfer", "cancel") if ticket.state is State.WAITING else ("restore", "restore", "cancel")
        )
        await colleague.command(act, ticket=ticket.id, **acts.get(act, {}))


async def _unless_refused(colleague: Colleague, booth: int) -> None:
    with suppress(Refused):
        await colleague.command("call-next", booth=booth)


def _tickets(board: Board, state: State) -> list[Ticket]:
    """Give the open tickets in a state; of a long day only the newest are looked at."""
    assert state in OPEN_STATES
    newest = list(board.tickets.values())[-1_500:]
    return [ticket for ticket in newest if ticket.state is state]
