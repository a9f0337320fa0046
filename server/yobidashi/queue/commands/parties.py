"""Who belongs to a party and who is in the hall: the commands on parties."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from yobidashi.queue.commands.command import PERSONS_MAX, QUEUES_AT_ONCE_MAX, OnParty, TicketId


class Split(OnParty):
    """Some persons of a party go on as a party of their own, with some of its tickets."""

    name = "split"
    summary = "2組に分ける · Some persons go on as a party of their own, with some of its tickets."

    children: Annotated[int, Field(ge=0, le=PERSONS_MAX, description="How many of those who leave are children.")] = 0
    tickets: Annotated[
        tuple[TicketId, ...],
        Field(min_length=1, max_length=QUEUES_AT_ONCE_MAX, strict=False, description="Those that go with them."),
    ]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len(set(self.tickets)) != len(self.tickets):
            raise ValueError("each ticket once")
        if self.children > self.persons:
            raise ValueError("children are some of the persons")
        return self


class Exit(OnParty):
    """Some persons of a party leave the hall."""

    name = "exit"
    summary = "退場 · Some persons of a party leave the hall."


class Reenter(OnParty):
    """Some persons of a party come back into the hall."""

    name = "reenter"
    summary = "再入場 · Some persons of a party come back into the hall."
