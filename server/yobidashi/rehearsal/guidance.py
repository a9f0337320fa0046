"""What visitors are told and where spares stand, under one policy: the project's own guide, looked at every minute."""

from collections import deque
from dataclasses import replace
from functools import partial
from math import inf
from typing import Final

from yobidashi.fair import MINUTE_MS
from yobidashi.guide.calls import Calls
from yobidashi.guide.estimate import guide_of
from yobidashi.guide.history import History
from yobidashi.guide.model import Model
from yobidashi.guide.offers import offers_due, quieter_for
from yobidashi.guide.spares import suggestion_of, take_back_of
from yobidashi.live.guide import Guide
from yobidashi.rehearsal.hall import Hall, Stay
from yobidashi.rehearsal.herd import herd_due, herd_for
from yobidashi.rehearsal.policies import Advice, Policy, Spares

LOOK_MS: Final = 60_000
"""How often the guide looks at the floor, in ms. On the day it is every few seconds; between two looks little changes."""

OFFER_MIN: Final = 10
"""How long an offer stands, in minutes."""

ANSWER_MS: Final = (20_000, 150_000)
"""From the offer until the party has answered it."""

FULL_SAVING_MIN: Final = 10
"""Minutes saved that are as good as any more; who would save less accepts in proportion. An assumption."""

KEEPS: Final = 0.5
"""Part of the refusals that are meant for good; the others are “not now”. An assumption."""

STAYS: Final = 0.5
"""Part of those who accept a booth they had not wished for that keep their place in the crowded line too. An assumption."""

MOVES_MAX: Final = 3
"""Spares that the floor manager opens, moves or takes back in one look."""


class Guidance:
    """The guide of one day, and what it does."""

    def __init__(self, hall: Hall, model: Model, policy: Policy) -> None:
        fresh = replace(model.offers, fresh_ms=model.offers.fresh_ms + policy.advice_age_min * MINUTE_MS + LOOK_MS)
        self._hall, self._model, self._policy = hall, replace(model, offers=fresh), policy
        self._history = History(model)
        self._guides: deque[Guide] = deque()
        self._dice = hall.dice("guidance")
        self._spares_from = hall.opens + policy.spares_from_min * MINUTE_MS
        hall.clock.at(self._spares_from, self._place_fixed)
        if policy.shown:
            self._look()

    def choice(self, stay: Stay) -> str | None:
        """Give the queue in which a party takes its next ticket; None where it goes home instead.

        Without shown waits that is its dearest wish. Who sees the waits takes the dearest wish for which it will have to wait
        no longer than it can bear; where there is none, the one with the shortest wait.
        """
        if not self._policy.shown:
            return stay.wishes[0] if stay.wishes else None
        waits = {wish: self.wait_ms(wish) for wish in stay.wishes}
        waits = {wish: wait for wish, wait in waits.items() if self._fits(wish, wait)}
        bearable = [wish for wish, wait in waits.items() if wait <= stay.visitor.patience_ms]
        return bearable[0] if bearable else min(waits, key=waits.__getitem__, default=None)

    def at_the_desk(self, stay: Stay, queue: str) -> list[str]:
        """Give the queues of a party's new tickets: the chosen one, and what reception advises where that is crowded."""
        hall, model = self._hall, self._model
        if self._policy.advice is Advice.NONE:
            return [queue]
        guide = self._guides[0]
        if self._policy.advice is Advice.HERD:
            quieter = herd_for(guide, model, queue, stay.visited)
        else:
            quieter = quieter_for(hall.floor.board, guide, model, hall.now, queue, stay.visited, stay.wishes)
        if quieter is None:
            return [queue]
        answer = self._answer(stay, queue, *quieter)
        return {"add": [queue, quieter[0]], "move": [quieter[0]]}.get(answer, [queue])

    def wait_ms(self, queue: str) -> float:
        """Give the wait that is shown for a queue now; infinite where no booth serves it."""
        guide = self._guides[0].queues[queue]
        return inf if guide.mean_ms is None else guide.mean_ms

    def _fits(self, queue: str, wait_ms: float) -> bool:
        """Say whether a talk still fits before the closing: from the last half hour on, tickets are issued for no other."""
        if self._hall.now < self._model.fit_only_at:
            return True
        return self._hall.now + wait_ms + self._model.queues[queue].talk_ms <= self._model.stop_at

    def _look(self) -> None:
        """Look at the floor; what visitors are told is as old as the policy has it."""
        hall, age_ms = self._hall, self._policy.advice_age_min * MINUTE_MS
        calls = self._calls()
        self._guides.append(guide_of(calls, bands=False))
        while len(self._guides) > 1 and self._guides[1].at <= hall.now - age_ms:
            self._guides.popleft()
        if self._policy.spares is Spares.POOL and hall.now >= self._spares_from:
            self._lend(calls)
        if self._policy.advice is not Advice.NONE:
            self._lead()
        if hall.now + LOOK_MS < hall.closes:
            hall.clock.after(LOOK_MS, self._look)

    def _lead(self) -> None:
        """Tell parties of quieter booths; each answers after a while."""
        hall = self._hall
        due = offers_due if self._policy.advice is Advice.SPREAD else herd_due
        for proposal in due(hall.floor.board, self._guides[0], self._model, hall.now):
            offered = hall.floor.offer(proposal.ticket, proposal.queue, OFFER_MIN).changes["offers"][0]
            answer = partial(self._answered, int(offered.id), proposal.saves_ms)
            hall.clock.after(self._dice.uniform(*ANSWER_MS), answer)

    def _answered(self, offer_id: int, saves_ms: int) -> None:
        """A party answers its offer, if it still stands."""
        floor = self._hall.floor
        offer = floor.board.offers[offer_id]
        if offer not in floor.board.open_offers(self._hall.now):
            return
        answer = self._answer(
            self._hall.stay(offer.party), floor.board.tickets[offer.ticket].queue, offer.queue, saves_ms
        )
        if answer in {"keep", "not_now"}:
            floor.decline_offer(offer.id, answer)
        else:
            floor.accept_offer(offer.id, answer)
            self._hall.noticed(offer.queue)

    def _answer(self, stay: Stay, waits_in: str, offered: str, saves_ms: int) -> str:
        """Give a party's answer: a booth among its own wishes is always welcome, another one as `offer_accept_pct` says.

        Each asking is decided anew: who has waited for a while may think otherwise.
        """
        if offered in stay.wishes:
            return "add"
        saving = min(1.0, saves_ms / (FULL_SAVING_MIN * MINUTE_MS))
        if stay.dice.random() >= saving * self._hall.day.offer_accept_pct / 100:
            return "keep" if stay.dice.random() < KEEPS else "not_now"
        if stay.dice.random() < STAYS:
            return "add"
        stay.wishes = [offered if wish == waits_in else wish for wish in stay.wishes]
        return "move"

    def _lend(self, calls: Calls) -> None:
        """Do what the guide suggests for the spares, one after the other: take back what is idle, lend where it helps most."""
        floor, guide = self._hall.floor, self._guides[-1]
        for _ in range(MOVES_MAX):
            idle = take_back_of(calls, guide)
            if idle is not None:
                floor.assign(idle.booth, None)
            else:
                suggestion = suggestion_of(calls, guide)
                if suggestion is None:
                    return
                floor.assign(suggestion.booth, suggestion.queue)
                self._hall.noticed(suggestion.queue)
            calls = self._calls()
            guide = guide_of(calls, bands=False)

    def _calls(self) -> Calls:
        return Calls(self._hall.floor.board, self._model, self._hall.now, self._history)

    def _place_fixed(self) -> None:
        """Let each spare serve the queue it belongs to, from now on."""
        if self._policy.spares is Spares.HOME:
            for booth, home in self._model.spares.items():
                if home is not None:
                    self._hall.floor.assign(booth, home)
                    self._hall.noticed(home)
