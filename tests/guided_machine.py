"""The machine of the floor with everything by which its parties are led: offers, announcements, corrections, drop-ins."""

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from floor_machine import ANY, BOOTHS, QUEUES, START, FairMachine, somebody_came
from guided_model import CLOSES, ONLINE, GuidedModel
from queue_rules import command, rules
from yobidashi.live.counts import counts_of
from yobidashi.queue.commands.booths import NoteMeeting

REASONS = st.sampled_from(["wrong_button", "forgotten", "counted_wrong", "other"])
ANSWERS = st.sampled_from(["move", "add", "keep", "not_now"])


class GuidedMachine(FairMachine):
    """Every command, at any time, on both."""

    model: GuidedModel
    fair_rules = FairMachine.fair_rules | {
        "closes_ms": CLOSES,
        "booths": {n: booth | {"online": int(n) in ONLINE} for n, booth in rules()["booths"].items()},
    }

    def __init__(self) -> None:
        super().__init__()
        self.model = GuidedModel(now=START)

    @precondition(somebody_came)
    @rule(any_=ANY, queue=QUEUES, minutes=st.integers(1, 3), waits=st.booleans())
    def offer(self, any_: int, queue: str, minutes: int, waits: bool) -> None:
        """Mostly to somebody who waits, that something may come of it."""
        waiting = [n for n, t in enumerate(self.model.tickets, 1) if t.state == "waiting"]
        ticket = waiting[any_ % len(waiting)] if waits and waiting else self.ticket(any_)
        self.do(self.model.offer(ticket, queue, minutes), "offer", ticket=ticket, queue=queue, minutes=minutes)

    @rule(any_=ANY, answer=ANSWERS, stands=st.booleans())
    def answer(self, any_: int, answer: str, stands: bool) -> None:
        """Mostly an offer that can be answered."""
        open_ = [n for n, o in enumerate(self.model.offers, 1) if self.model.is_open(o)]
        offer = open_[any_ % len(open_)] if stands and open_ else 1 + any_ % (len(self.model.offers) + 1)
        expected = self.model.answer(offer, answer)
        if answer in {"move", "add"}:
            self.do(expected, "accept-offer", offer=offer, how=answer)
        else:
            self.do(expected, "decline-offer", offer=offer, answer=answer)

    @precondition(somebody_came)
    @rule(any_=ANY, queue=QUEUES, answer=ANSWERS)
    def lead(self, any_: int, queue: str, answer: str) -> None:
        """An offer and its answer."""
        self.offer(any_, queue, 1, waits=True)
        self.answer(-1, answer, stands=True)

    @rule(minutes=st.integers(1, 3))
    def wait_out(self, minutes: int) -> None:
        """Offers lapse, and notices end."""
        self.wait(minutes * 60)

    @rule(minutes=st.none() | st.integers(1, 3))
    def announce(self, minutes: int | None) -> None:
        self.do(self.model.announce(minutes), "announce", ja="お知らせ", minutes=minutes)

    @rule(any_=ANY)
    def end_notice(self, any_: int) -> None:
        notice = 1 + any_ % (len(self.model.notices) + 1)
        self.do(self.model.end_notice(notice), "end-notice", notice=notice)

    @precondition(somebody_came)
    @rule(any_=ANY, state=st.sampled_from(["waiting", "finished", "cancelled"]), reason=REASONS)
    def correct_ticket(self, any_: int, state: str, reason: str) -> None:
        ticket = self.ticket(any_)
        expected = self.model.correct_ticket(ticket, state, reason)
        self.do(expected, "correct-ticket", ticket=ticket, state=state, reason=reason)

    @precondition(somebody_came)
    @rule(any_=ANY, size=st.integers(1, 5), children=st.integers(0, 2), reason=REASONS)
    def correct_party(self, any_: int, size: int, children: int, reason: str) -> None:
        party, children = self.party(any_), min(children, size)
        expected = self.model.correct_party(party, size, children, reason)
        self.do(expected, "correct-party", party=party, size=size, children=children, reason=reason)

    @rule(booth=BOOTHS, size=st.integers(1, 4), children=st.integers(0, 1))
    def drop_in(self, booth: int, size: int, children: int) -> None:
        """One consultation more, a party and its persons more, and nobody more in the hall."""
        before = counts_of(self.folded)
        expected = self.model.drop_in(booth, size, children)
        self.do(expected, "drop-in", booth=booth, size=size, children=children)
        after = counts_of(self.folded)
        more = expected == "dropped_in"
        assert after.consultations == before.consultations + more
        assert after.visited.persons == before.visited.persons + size * more
        assert after.came.parties == before.came.parties + more
        assert after.inside == before.inside

    @rule(booth=BOOTHS)
    def note_meeting(self, booth: int) -> None:
        """A booth gets a new link, as the server does it; then its check stands no more."""
        expected = self.model.note_meeting(booth, self.folded.offset + 1)
        self.send(expected, NoteMeeting(command_id=command("reset").command_id, booth=booth))

    @rule(booth=BOOTHS, older=st.integers(0, 8))
    def check_meeting(self, booth: int, older: int) -> None:
        """Now and then a link that another has taken the place of."""
        meeting = self.model.meetings.get(booth, 1) + (older == 1)
        self.do(self.model.check_meeting(booth, meeting), "check-meeting", booth=booth, meeting=meeting)

    @rule(booth=st.sampled_from(ONLINE))
    def go_online(self, booth: int) -> None:
        """A new link, its check, and the opening."""
        self.note_meeting(booth)
        self.check_meeting(booth, 0)
        self.turn_booth("open-booth", booth)

    @rule(name=st.sampled_from(["ask-helper", "helper-came"]), booth=BOOTHS)
    def helper(self, name: str, booth: int) -> None:
        self.do(self.model.helper(name, booth), name, booth=booth)

    @rule(reopened=st.sampled_from([0, 1, 1, 1]))
    def close_day(self, reopened: int) -> None:
        """Mostly the fair goes on after all: else nothing more would come of the day."""
        before = counts_of(self.folded)
        self.do(self.model.close_day(), "close-day")
        after = counts_of(self.folded)
        assert (after.came, after.visited, after.consultations) == (before.came, before.visited, before.consultations)
        if reopened:
            for queue in [id_ for id_, issuing in self.model.issuing.items() if not issuing]:
                self._turn_issuing(queue)

    def look(self) -> None:
        super().look()
        self.booths_are_the_model()
        self.offers_and_notices_are_the_model()
        self.every_finished_talk_is_counted()

    @invariant()
    def offers_and_notices_are_the_model(self) -> None:
        rows = [row for _, row in sorted(self.folded.offers.items())]
        seen = [(o.party, o.ticket, o.queue, o.until, o.state.value, o.answer) for o in rows]
        model = self.model
        assert seen == [(o.party, o.ticket, o.queue, o.until, o.state, o.answer) for o in model.offers]
        open_ = [n for n, offer in enumerate(model.offers, 1) if model.is_open(offer)]
        assert [offer.id for offer in self.folded.open_offers(self.clock)] == open_
        assert [notice.until for _, notice in sorted(self.folded.notices.items())] == model.notices
        in_force = [n for n, until in enumerate(model.notices, 1) if model.in_force(until)]
        assert [notice.id for notice in self.folded.notices_now(self.clock)] == in_force

    @invariant()
    def booths_are_the_model(self) -> None:
        booths, model = self.folded.booths, self.model
        assert {id_: (row.queue, row.state.value) for id_, row in booths.items()} == {
            id_: (queue, model.booth_state[id_]) for id_, queue in model.booth_queue.items()
        }
        assert {id_: row.meeting for id_, row in booths.items() if row.meeting is not None} == model.meetings
        assert {id_ for id_, row in booths.items() if row.checked_at is not None} == model.checked
        assert {id_ for id_, row in booths.items() if row.helper_at is not None} == model.helped
        assert {id_: row.issuing for id_, row in self.folded.queues.items()} == model.issuing

    @invariant()
    def every_finished_talk_is_counted(self) -> None:
        finished = sum(ticket.state == "finished" for ticket in self.model.tickets)
        assert counts_of(self.folded).consultations == finished
