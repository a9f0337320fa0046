"""The people who come: they take tickets at reception, wait, go away for a while, give up, and come again for more."""

from dataclasses import replace
from typing import Final

from yobidashi.queue.rows import Ticket
from yobidashi.queue.tickets import State
from yobidashi.replay.client import Refused
from yobidashi.replay.day import Answer, Ending, Visit, Wish
from yobidashi.replay.floor import Floor

ROUND_S: Final = 90
"""Seconds from the end of a party's last talk until it stands at reception again."""

CORRECTED_S: Final = 8
"""Seconds until reception sees that it has tapped the wrong queue."""

LAST_BACK_MIN: Final = 25
"""Minutes before the closing by which everybody who is away has come back."""


async def attend(floor: Floor, visit: Visit) -> None:
    """Live one party's day, from the door to its last ticket's end."""
    await floor.pace.until(floor.fair.opens + visit.arrives_s * 1_000)
    party: int | None = None
    to_come = len(visit.wishes)
    for wishes in visit.rounds:
        await floor.pace.until(floor.desk())
        tickets = await _issue(floor, visit.size, party, wishes)
        if not tickets:
            break
        party, to_come = tickets[0].party, to_come - len(wishes)
        floor.to_come[party] = to_come
        ids = [ticket.id for ticket in tickets]
        await _until_ended(floor, ids, ROUND_S if to_come else 0)
        if floor.over():
            break
    floor.visits_over += 1


async def _until_ended(floor: Floor, tickets: list[int], walk_s: int) -> None:
    """Wait until the tickets have ended, and for the way to reception: an end that is taken back is none."""

    def ended() -> bool:
        return all(map(floor.ended, tickets)) or floor.over()

    await floor.pace.when(ended)
    await floor.pace.wait(walk_s)
    while not ended():
        await floor.pace.when(ended)
        await floor.pace.wait(walk_s)


async def come_back(floor: Floor, ticket: Ticket) -> None:
    """Report at reception after having been absent: back to the head of the line."""
    latest = floor.fair.closes - LAST_BACK_MIN * 60_000
    back_ms = floor.wish(ticket).back_s * 1_000
    await floor.pace.until(max(min(floor.pace.now() + back_ms, latest), floor.pace.now() + 60_000))
    floor.came_back.add(ticket.id)
    await floor.client.attempt("restore", ticket=ticket.id)


async def _issue(floor: Floor, size: int, party: int | None, wishes: tuple[Wish, ...]) -> list[Ticket]:
    """Get the tickets of a round; where a queue takes no more, the party takes a quieter one instead, or goes home.

    Returns:
        The tickets; none where no queue is left that takes anybody.
    """
    while wishes:
        arguments = {"size": size} if party is None else {"party": party}
        try:
            event = await floor.client.command("issue", queues=[wish.queue for wish in wishes], **arguments)
        except Refused as refused:
            if refused.code != "issuing_stopped":
                raise
            wishes = _elsewhere(floor, wishes)
            continue
        tickets = [row for row in event.changes["tickets"] if isinstance(row, Ticket)]
        by_queue = {ticket.queue: ticket for ticket in tickets}
        for wish in wishes:
            floor.wishes[by_queue[wish.queue].id] = wish
            _start(floor, by_queue[wish.queue], wish)
        return tickets
    return []


def _elsewhere(floor: Floor, wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """Put quieter queues in the place of those that issue no tickets any more, as far as there are any."""
    issuing = {queue.id for queue in floor.screen.board.queues.values() if queue.issuing}
    taken = {wish.queue for wish in wishes}
    quiet = sorted(issuing - taken, key=lambda queue: (floor.wait_min(queue), queue))
    closed = [wish for wish in wishes if wish.queue not in issuing]
    moved = [replace(wish, queue=queue) for wish, queue in zip(closed, quiet, strict=False)]
    return tuple(wish for wish in wishes if wish.queue in issuing) + tuple(moved)


def _start(floor: Floor, ticket: Ticket, wish: Wish) -> None:
    """Let happen what will happen to a ticket besides being called."""
    if wish.ending is Ending.MISTAKE:
        floor.pace.start(_correct(floor, ticket))
    elif wish.patience_s is not None:
        floor.pace.start(_leave(floor, ticket, wish.patience_s))
    elif wish.hold_after_s is not None and wish.answer is Answer.AT_ONCE:
        floor.pace.start(_step_out(floor, ticket, wish.hold_after_s, wish.hold_s))


async def _correct(floor: Floor, ticket: Ticket) -> None:
    await floor.pace.wait(CORRECTED_S)
    await floor.client.attempt("cancel", ticket=ticket.id, reason="mistake")


async def _leave(floor: Floor, ticket: Ticket, patience_s: int) -> None:
    """Tell reception that they leave; who is at a booth's call just then simply does not come."""
    at = min(floor.pace.now() + patience_s * 1_000, floor.fair.closes - 10 * 60_000)
    await floor.pace.when(lambda: floor.ended(ticket.id), by=at)
    if floor.ticket(ticket.id).state in {State.WAITING, State.ABSENT}:
        await floor.client.attempt("cancel", ticket=ticket.id, reason="left")


async def _step_out(floor: Floor, ticket: Ticket, after_s: int, away_s: int) -> None:
    """Ask to be held (a child, a meal) if not called by then, and come back."""
    await floor.pace.when(lambda: floor.ended(ticket.id), by=floor.pace.now() + after_s * 1_000)
    latest = floor.fair.closes - LAST_BACK_MIN * 60_000
    if floor.ticket(ticket.id).state is not State.WAITING or floor.pace.now() > latest:
        return
    if await floor.client.attempt("hold", ticket=ticket.id):
        await floor.pace.until(min(floor.pace.now() + away_s * 1_000, latest))
        await floor.client.attempt("restore", ticket=ticket.id)
