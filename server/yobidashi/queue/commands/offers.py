"""Advice to go where it is quieter, and the answer to it."""

from typing import Annotated, Literal

from pydantic import Field

from yobidashi.queue.commands.command import Command, OfferId, OnTicket, QueueId


class MakeOffer(OnTicket):
    """A waiting party is told of a quieter queue."""

    name = "offer"
    summary = "空いているブースのご案内 · A waiting party is told of a quieter queue; it keeps its place."

    queue: QueueId
    minutes: Annotated[int, Field(ge=1, le=60, description="How long the offer stands.")] = 10


class AcceptOffer(Command):
    """The party goes to the queue that it was offered."""

    name = "accept-offer"
    summary = (
        "ご案内を受ける · The ticket moves to the offered queue, or a further one stands there; the arrival counts."
    )

    offer: OfferId
    how: Annotated[Literal["move", "add"], Field(description="move: instead of the old place. add: beside it.")]


class DeclineOffer(Command):
    """The party stays where it is."""

    name = "decline-offer"
    summary = "ご案内を断る · The party stays where it is."

    offer: OfferId
    answer: Annotated[
        Literal["keep", "not_now"], Field(description="keep: do not ask for this ticket again. not_now: perhaps later.")
    ]
