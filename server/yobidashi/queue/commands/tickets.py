"""A party takes its place in a queue, is called, and goes on: the commands on tickets."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from yobidashi.queue.commands.command import (
    ID_MAX,
    PERSONS_MAX,
    QUEUES_AT_ONCE_MAX,
    AtBooth,
    BoothNumber,
    CardId,
    Command,
    OnTicket,
    Persons,
    QueueId,
)


class Issue(Command):
    """A party takes its place in one or several queues."""

    name = "issue"
    summary = "発券 · A party takes its place in one or several queues."

    size: Persons | None = None
    children: (
        Annotated[int, Field(ge=0, le=PERSONS_MAX, description="How many of the persons are children; needs size.")]
        | None
    ) = None
    queues: Annotated[tuple[QueueId, ...], Field(min_length=1, max_length=QUEUES_AT_ONCE_MAX, strict=False)]
    card: CardId | None = None
    party: Annotated[int, Field(ge=1, le=ID_MAX, description="Adds queues to this party's number.")] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if len(set(self.queues)) != len(self.queues):
            raise ValueError("each queue once")
        if self.party is not None and self.card is not None:
            raise ValueError("card is for a new party; a party has its card already")
        if self.party is None and self.card is None and self.size is None:
            raise ValueError("size is needed for a new party without a card")
        if self.children is not None and (self.size is None or self.children > self.size):
            raise ValueError("children are some of the persons of size")
        return self


class CallNext(Command):
    """A booth calls the first party of its queue that is not at another booth."""

    name = "call-next"
    summary = "次の方を呼ぶ · A booth calls the first party of its queue that is free."

    booth: BoothNumber
    finish: Annotated[bool, Field(description="Finish the present talk in the same act.")] = False


class Call(Command):
    """A booth calls a chosen number of its own queue."""

    name = "call"
    summary = "番号を指定して呼ぶ · A booth calls a chosen number of its queue."

    booth: BoothNumber
    number: Annotated[str, StringConstraints(pattern=r"^[A-Z]{0,2}[0-9]{1,6}$"), Field(description="As on the ticket.")]
    finish: bool = False


class Recall(AtBooth):
    """The booth's called party is called once more."""

    name = "recall"
    summary = "再呼出 · The called party is called once more."


class Start(AtBooth):
    """The called party has come; the talk begins."""

    name = "start"
    summary = "相談開始 · The called party has come; the talk begins."


class Finish(AtBooth):
    """The talk at the booth ends."""

    name = "finish"
    summary = "相談終了 · The talk ends; booth and party are free."


class Absent(AtBooth):
    """The called party did not come."""

    name = "absent"
    summary = "不在 · The called party did not come; its place is kept."


class Hold(OnTicket):
    """A waiting or called party asks to wait a while."""

    name = "hold"
    summary = "保留 · The party keeps its place and is not called."


class Restore(OnTicket):
    """A held, absent or cancelled party is in line again."""

    name = "restore"
    summary = "列に戻す · A held, absent or cancelled party is in line again."


class Transfer(OnTicket):
    """A ticket moves to another queue."""

    name = "transfer"
    summary = "他ブースへ案内 · The ticket moves to another queue; number and arrival stay."

    queue: QueueId


class Cancel(OnTicket):
    """A ticket is given up."""

    name = "cancel"
    summary = "取消 · The ticket is given up, with a reason."

    reason: Literal["left", "no_answer", "mistake", "other"]
