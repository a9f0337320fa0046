"""What was tapped or counted wrongly is put right."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from yobidashi.queue.commands.command import PERSONS_MAX, AtBooth, Command, OnTicket, PartyId, Persons

Correction = Annotated[
    Literal["wrong_button", "forgotten", "counted_wrong", "other"], Field(description="Why it has to be put right.")
]


class CorrectTicket(OnTicket):
    """The floor manager puts right how a ticket stands."""

    name = "correct-ticket"
    summary = "受付の訂正 · Puts right how a ticket stands, later than undo could, with a reason."

    state: Literal["waiting", "finished", "cancelled"]
    reason: Correction


class CorrectParty(Command):
    """The floor manager puts right how many persons a party has."""

    name = "correct-party"
    summary = "人数の訂正 · Puts right how many persons a party has, with a reason."

    party: PartyId
    size: Persons
    children: Annotated[int, Field(ge=0, le=PERSONS_MAX, description="How many of the persons are children.")]
    reason: Correction

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.children > self.size:
            raise ValueError("children are some of the persons of size")
        return self


class DropIn(AtBooth):
    """A party without a ticket talked at the booth."""

    name = "drop-in"
    summary = "飛び入りの相談 · A party without a ticket talked at the booth: it counts as a visit."

    size: Persons
    children: Annotated[int, Field(ge=0, le=PERSONS_MAX, description="How many of the persons are children.")] = 0

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.children > self.size:
            raise ValueError("children are some of the persons of size")
        return self


class Undo(Command):
    """An event is taken back."""

    name = "undo"
    summary = "元に戻す · Takes back an event within ten seconds."

    offset: Annotated[int, Field(ge=1, le=2**53 - 1, description="The event's offset in the journal.")]
