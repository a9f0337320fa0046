"""Every command of a fair: its name, what it does in a sentence, and its arguments with their bounds.

One class a command, named like its Lua file and its HTTP address. The API parses bodies with these classes, the OpenAPI
document is made from them, and `queue/store.py` hands their values to the script of the same name.
"""

from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

COMMAND_ID_PATTERN: Final = r"^[A-Za-z0-9_-]{16,64}$"
PERSONS_MAX: Final = 20
QUEUES_AT_ONCE_MAX: Final = 18
_ID_MAX: Final = 2**31 - 1
_LINE: Final = r"^[^\x00-\x1f\x7f\u2028\u2029]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f\u2028\u2029]*$"
"""One line of text that is not blank."""

CommandId = Annotated[
    str,
    StringConstraints(pattern=COMMAND_ID_PATTERN),
    Field(description="Made by the page, new for each act. The same id never acts twice and gets the first answer."),
]
QueueId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$"), Field(description="A queue's id in fair.toml.")
]
BoothNumber = Annotated[int, Field(ge=1, le=9999, description="A booth's number.")]
TicketId = Annotated[int, Field(ge=1, le=_ID_MAX, description="A ticket's id (not the number on it).")]
PartyId = Annotated[int, Field(ge=1, le=_ID_MAX, description="A party's id (not its number).")]
CardId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$"), Field(description="A reception card's random id.")
]
OfferId = Annotated[int, Field(ge=1, le=_ID_MAX, description="An offer's id.")]
Persons = Annotated[int, Field(ge=1, le=PERSONS_MAX, description="Persons (名).")]

Correction = Annotated[
    Literal["wrong_button", "forgotten", "counted_wrong", "other"], Field(description="Why it has to be put right.")
]


class Command(BaseModel):
    """What every command has: the id that makes a retry harmless."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    name: ClassVar[str]
    summary: ClassVar[str]

    command_id: CommandId


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
    party: Annotated[int, Field(ge=1, le=_ID_MAX, description="Adds queues to this party's number.")] | None = None

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


class AtBooth(Command):
    """A command on the ticket that is at a booth now, or on the booth itself."""

    booth: BoothNumber


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


class OnTicket(Command):
    """A command on one ticket."""

    ticket: TicketId


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


class OnParty(Command):
    """A command on some persons of a party."""

    party: PartyId
    persons: Persons


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


class Announce(Command):
    """Every screen shows a notice."""

    name = "announce"
    summary = "お知らせ · Every screen shows a notice, for so many minutes or until it is ended."

    ja: Annotated[str, StringConstraints(pattern=_LINE, min_length=1, max_length=60)]
    en: Annotated[str, StringConstraints(pattern=_LINE, min_length=1, max_length=120)] | None = None
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None


class EndNotice(Command):
    """Screens show a notice no more."""

    name = "end-notice"
    summary = "お知らせの終了 · Screens show the notice no more."

    notice: Annotated[int, Field(ge=1, le=_ID_MAX, description="A notice's id.")]


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


class OpenBooth(AtBooth):
    """A paused or closed booth takes visitors again."""

    name = "open-booth"
    summary = "再開 · The booth takes visitors again."


class PauseBooth(AtBooth):
    """The booth calls nobody for a while."""

    name = "pause-booth"
    summary = "休止 · The booth calls nobody until it is opened."


class CloseBooth(AtBooth):
    """The booth is done for the day."""

    name = "close-booth"
    summary = "終了 · The booth is done for the day."


class AssignBooth(AtBooth):
    """A spare serves a queue from now on, or none."""

    name = "assign-booth"
    summary = "予備ブースの割当 · A spare serves a queue, or (null) none."

    queue: QueueId | None = None


class NoteMeeting(AtBooth):
    """An online booth has a new meeting link. No page sends it: what seals the link does (`people/meetings.py`)."""

    name = "note-meeting"
    summary = "会議リンクの登録 · An online booth has a new meeting link, which is not in this command."


class CheckMeeting(AtBooth):
    """The booth's consultant has opened the meeting link and it leads there."""

    name = "check-meeting"
    summary = "つながりました · The consultant has opened the booth's meeting link: today it leads there."

    meeting: Annotated[
        int, Field(ge=1, le=2**53 - 1, description="Which link was opened: `meeting` of the booth's row.")
    ]


class AskHelper(AtBooth):
    """The booth asks for the helper at the venue."""

    name = "ask-helper"
    summary = "会場の係を呼ぶ · The booth asks for the helper at the venue."


class HelperCame(AtBooth):
    """The helper has come, or is needed no more."""

    name = "helper-came"
    summary = "係が来た · The helper has come to the booth, or is needed no more."


class OnQueue(Command):
    """A command on a queue."""

    queue: QueueId


class StopIssuing(OnQueue):
    """No new tickets for a queue."""

    name = "stop-issuing"
    summary = "発券停止 · No new tickets for the queue."


class ReopenIssuing(OnQueue):
    """Tickets for a queue are issued again."""

    name = "reopen-issuing"
    summary = "発券再開 · Tickets for the queue are issued again."


class CloseDay(Command):
    """The day is over: whoever still waits is called no more."""

    name = "close-day"
    summary = "一日の締め · No more tickets are issued, and those that nobody could serve end; their parties can be followed up."


class SetClock(Command):
    """A demonstration fair lives its day at another time and speed."""

    name = "set-clock"
    summary = "デモ時計 · A demonstration fair's time and its rate."

    at: Annotated[int, Field(ge=0, le=4_102_444_800_000, description="The fair's time from now on, ms since 1970.")]
    rate: Annotated[float, Field(ge=0, le=100_000, strict=False, allow_inf_nan=False)]


class Reset(Command):
    """A demonstration fair begins anew."""

    name = "reset"
    summary = "デモを最初から · A demonstration fair begins anew, in a new epoch."


COMMANDS: Final[dict[str, type[Command]]] = {
    command.name: command
    for command in (
        Issue,
        CallNext,
        Call,
        Recall,
        Start,
        Finish,
        Absent,
        Hold,
        Restore,
        Transfer,
        Cancel,
        Split,
        Exit,
        Reenter,
        MakeOffer,
        AcceptOffer,
        DeclineOffer,
        Announce,
        EndNotice,
        CorrectTicket,
        CorrectParty,
        DropIn,
        Undo,
        OpenBooth,
        PauseBooth,
        CloseBooth,
        AssignBooth,
        CheckMeeting,
        AskHelper,
        HelperCame,
        StopIssuing,
        ReopenIssuing,
        CloseDay,
        SetClock,
        Reset,
    )
}
"""Command name → its class."""
