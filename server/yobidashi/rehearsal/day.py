"""One simulated day: the same people under one policy, to the last talk's end."""

from yobidashi.fair import Fair
from yobidashi.fairfile.tables import DayModel
from yobidashi.guide.model import Model
from yobidashi.queue.rows import Ticket
from yobidashi.rehearsal.booths import Booths
from yobidashi.rehearsal.guidance import Guidance
from yobidashi.rehearsal.hall import Hall
from yobidashi.rehearsal.parties import Parties
from yobidashi.rehearsal.policies import Policy
from yobidashi.rehearsal.visitors import visitors_of


def play_day(fair: Fair, day: DayModel, model: Model, policy: Policy, persons: int, seed: int) -> Hall:
    """Play a day. ``floor.events`` of the hall it gives is the day's journal."""
    hall = Hall(fair, day, seed)
    guidance = Guidance(hall, model, policy)
    parties = Parties(hall, guidance, visitors_of(fair, day, persons, seed))

    def back(ticket: Ticket) -> None:
        parties.waits_again(hall.stay(ticket.party))
        hall.noticed(ticket.queue)

    no_answer = day.no_answer_pct / 100 if policy.shown else 0.0  # who stands in a line is called by nobody
    Booths(hall, no_answer, parties.talked, back)
    hall.clock.run()
    return hall
