"""Who came, who visited, who is in the hall: parties (組) and persons (名), counted from the board and nothing else (5⑵エ).

A person stands in one party's row at a time: those who leave a party by a split leave its size. So sums over rows count each
person once. What a split-off party did before it was one, its origin did: where the origin had visited before the split, the
persons who left it have visited too, and they are no second party that visited. So no split changes what was counted before it.
A party whose tickets were all taken back or issued by mistake never came. A party that dropped in at a booth without a ticket came
and visited; nobody counts it at the door, so it is never in the hall.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from yobidashi.live.board import Board
from yobidashi.queue.rows import Party, Ticket
from yobidashi.queue.tickets import State

HALF_HOUR_MS: Final = 1_800_000
"""How long one step of the arrivals is, in ms."""

_VISITING: Final = frozenset({State.SERVING, State.FINISHED})
_NEVER_CAME: Final = frozenset({"undone", "mistake", "wrong_button", "counted_wrong"})
"""Reasons of a cancelled ticket that never should have been."""


@dataclass(frozen=True, slots=True)
class Count:
    """Parties (組) and their persons (名), who are adults and children."""

    parties: int
    persons: int
    adults: int
    children: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Who came in the half hour that began at ``at`` (ms in the fair's clock); a split-off party came with its origin."""

    at: int
    parties: int
    persons: int


@dataclass(frozen=True, slots=True)
class QueueCount:
    """What one queue did: who visited it, and its consultations that are finished."""

    id: str
    visited: Count
    consultations: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The whole fair at one position. ``visited``: at least one talk begun. ``inside``: persons in the hall now.

    ``arrivals`` has the half hours in which somebody came, in order; ``queues`` every queue, by id.
    """

    came: Count
    visited: Count
    inside: int
    consultations: int
    arrivals: tuple[Arrivals, ...]
    queues: tuple[QueueCount, ...]


def counts_of(board: Board) -> Counts:
    """Count a board."""
    came = _who_came(board)
    talks = [ticket for ticket in board.tickets.values() if ticket.state in _VISITING]
    of_queue: dict[str, list[Ticket]] = defaultdict(list)
    for talk in talks:
        of_queue[talk.queue].append(talk)
    return Counts(
        came=_count(came, sum(party.origin is None for party in came)),
        visited=_visitors(board, talks),
        inside=sum(party.inside for party in came),
        consultations=_finished(talks),
        arrivals=_arrivals(board, came),
        queues=tuple(
            QueueCount(id_, _visitors(board, of_queue[id_]), _finished(of_queue[id_])) for id_ in sorted(board.queues)
        ),
    )


def _who_came(board: Board) -> list[Party]:
    """Give the parties that came; those whom a party that came was split from came with it."""
    came = {party.id for party in board.parties.values() if _came(party, board)}
    for id_ in tuple(came):
        origin = board.parties[id_].origin
        while origin is not None:
            came.add(origin)
            origin = board.parties[origin].origin
    return [party for party in board.parties.values() if party.id in came]


def _came(party: Party, board: Board) -> bool:
    tickets = [board.tickets[id_] for id_ in party.tickets]
    return not tickets or any(t.state is not State.CANCELLED or t.reason not in _NEVER_CAME for t in tickets)


def _visitors(board: Board, talks: Iterable[Ticket]) -> Count:
    """Count who visited, where ``talks`` are those of the fair or of one queue."""
    first: dict[int, int] = {}  # party id → when its first talk began, ms
    for talk in talks:
        began = talk.started_at or 0
        first[talk.party] = min(began, first.get(talk.party, began))

    def had_visited(party_id: int, by: int) -> bool:
        if first.get(party_id, by + 1) <= by:
            return True
        party = board.parties[party_id]
        return party.origin is not None and had_visited(party.origin, party.issued_at)

    visited: list[Party] = []
    parties = 0
    for party in board.parties.values():
        with_origin = party.origin is not None and had_visited(party.origin, party.issued_at)
        if with_origin or party.id in first:
            visited.append(party)
            parties += not with_origin
    return _count(visited, parties)


def _count(parties: Iterable[Party], number: int) -> Count:
    rows = list(parties)
    persons, children = sum(party.size for party in rows), sum(party.children for party in rows)
    return Count(number, persons, persons - children, children)


def _finished(talks: Iterable[Ticket]) -> int:
    return sum(talk.state is State.FINISHED for talk in talks)


def _arrivals(board: Board, came: Iterable[Party]) -> tuple[Arrivals, ...]:
    parties: dict[int, int] = defaultdict(int)
    persons: dict[int, int] = defaultdict(int)
    for party in came:
        first = party
        while first.origin is not None:
            first = board.parties[first.origin]
        at = first.issued_at - first.issued_at % HALF_HOUR_MS
        parties[at] += party.origin is None
        persons[at] += party.size
    return tuple(Arrivals(at, parties[at], persons[at]) for at in sorted(parties))
