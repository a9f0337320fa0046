"""What one simulated day came to, small enough to be kept for hundreds of days; counted from its journal."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from yobidashi.fair import MINUTE_MS, Fair
from yobidashi.guide.forecasts import Accuracy, Forecasts
from yobidashi.guide.model import Model
from yobidashi.live.board import Board
from yobidashi.queue.events import Event
from yobidashi.queue.rows import Party, Ticket
from yobidashi.queue.tickets import AT_BOOTH, State
from yobidashi.rehearsal.fairness import fairness_of
from yobidashi.replay.figures import figures_of

STEP_MIN: Final = 5
"""How long one step of the day's course is, in minutes."""


@dataclass(slots=True)
class QueueOutcome:
    """One queue: waits of those called and talks held, the longest wait of all who stood there (minutes), who gave up (組)."""

    waits_min: list[float] = field(default_factory=list)
    longest_min: float = 0.0
    consultations: int = 0
    gave_up: int = 0


@dataclass(slots=True)
class Course:
    """The day in steps of `STEP_MIN` minutes from the opening: the most in each step (名, 組)."""

    waiting: list[int]  # persons who wait and are at no booth
    issued: list[int]  # parties (組) that took a ticket at reception in the step
    talking: list[int]  # booths with a talk


@dataclass(slots=True, kw_only=True)
class Outcome:
    """One day. Persons are 名; consultations and offers are counted by party (組)."""

    seed: int
    persons: int  # who came to the fair
    parties: int  # that took a number
    served: int  # persons of parties with at least one talk
    turned_away: int  # persons who came so late that they got no ticket
    consultations: int
    waits_min: list[float]
    queues: dict[str, QueueOutcome]
    booths_longest_min: dict[int, float]
    course: Course
    calls_peak: int  # calls in the busiest minute
    offered: dict[str, int]
    accepted: dict[str, int]
    spare_moves: int
    last_end_min: float  # minutes after the closing at which the last talk ended; negative before it
    overtakings: dict[str, int]
    unfair: list[str]
    forecasts: Accuracy | None  # on days on which every forecast was remembered


def outcome_of(
    fair: Fair, events: list[Event], seed: int, turned_away: int, forecasts_by: Model | None = None
) -> Outcome:
    """Count a day from its journal, and the persons who got no ticket; with a model, its forecasts as well."""
    figures = figures_of(events)
    fairness = fairness_of(events, fair.calling.reserved_in_a_row)
    board = figures.board
    queues = {queue.id: QueueOutcome() for queue in fair.queues}
    booths: dict[int, float] = defaultdict(float)
    waits = figures.waits_by_ticket
    for ticket in board.tickets.values():
        of_queue = queues[ticket.queue]
        if ticket.id in waits:
            of_queue.waits_min.append(waits[ticket.id])
            of_queue.longest_min = max(of_queue.longest_min, waits[ticket.id])
            if ticket.booth is not None:
                booths[ticket.booth] = max(booths[ticket.booth], waits[ticket.id])
        of_queue.consultations += ticket.state is State.FINISHED
        of_queue.gave_up += ticket.state is State.CANCELLED and ticket.id not in waits
    minutes = Counter((event.at - fair.at(fair.opens)) // MINUTE_MS for event in events if event.kind == "called")
    return Outcome(
        seed=seed,
        persons=figures.persons + turned_away,
        parties=figures.parties,
        served=figures.consulted_persons,
        turned_away=turned_away,
        consultations=figures.consultations,
        waits_min=figures.waits_min,
        queues=queues,
        booths_longest_min=dict(booths),
        course=course_of(fair, events),
        calls_peak=max(minutes.values(), default=0),
        offered=_offers(board, accepted=False),
        accepted=_offers(board, accepted=True),
        spare_moves=figures.kinds["booth_assigned"],
        last_end_min=(figures.last_end - fair.at(fair.closes)) / MINUTE_MS,
        overtakings=dict(fairness.overtakings),
        unfair=fairness.wrong,
        forecasts=_forecasts(events, forecasts_by) if forecasts_by else None,
    )


def course_of(fair: Fair, events: Iterable[Event]) -> Course:
    """Follow a journal through the day."""
    opens, step_ms = fair.at(fair.opens), STEP_MIN * MINUTE_MS
    steps = (fair.at(fair.closes) - opens) // step_ms + 1
    course = Course([0] * steps, [0] * steps, [0] * steps)
    board, waiting, talking, last = Board(), dict[int, int](), set[int](), 0
    for event in events:
        board.apply(event)
        step = min((event.at - opens) // step_ms, steps - 1)
        for between in range(last, step):  # nothing happened meanwhile: it went on as it was
            course.waiting[between + 1] = sum(waiting.values())
            course.talking[between + 1] = len(talking)
        last = max(last, step)
        course.issued[step] += event.kind == "issued"
        for row in event.changes.get("tickets", ()):
            if isinstance(row, Ticket):
                (talking.add if row.state in AT_BOOTH else talking.discard)(row.id)
        for row in event.changes.get("parties", ()):
            if isinstance(row, Party):
                waiting[row.id] = row.size if _waits(board, row) else 0
        course.waiting[step] = max(course.waiting[step], sum(waiting.values()))
        course.talking[step] = max(course.talking[step], len(talking))
    return course


def _waits(board: Board, party: Party) -> bool:
    return party.active is None and any(board.tickets[id_].state is State.WAITING for id_ in party.tickets)


def _forecasts(events: Iterable[Event], model: Model) -> Accuracy:
    forecasts = Forecasts(model)
    for event in events:
        forecasts.take(event)
    return forecasts.figures()


def _offers(board: Board, *, accepted: bool) -> dict[str, int]:
    rows = board.offers.values()
    return dict(Counter(offer.queue for offer in rows if not accepted or offer.state == "accepted"))
