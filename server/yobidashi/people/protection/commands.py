"""What the privacy officer's page sends: each command with its arguments and their bounds."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from yobidashi.people.auditing.audit import WHY_MAX
from yobidashi.people.protection.exports import RecordKind
from yobidashi.queue.commands.command import Command

PURPOSE_MAX: Final = 200
STORY_MAX: Final = 2_000
"""Characters of what happened, as the report tells it."""

NAMED_MAX: Final = 100
"""Records whose names are looked up at once."""

NAME_MAX: Final = 80

_LINE: Final = r"^[^\x00-\x1f\x7f\u2028\u2029]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f\u2028\u2029]*$"
_TEXT: Final = r"^[^\x00-\x09\x0b-\x1f\x7f]*$"

Reason = Annotated[
    str,
    StringConstraints(min_length=1, max_length=WHY_MAX, pattern=_LINE),
    Field(description="Why. It is kept openly: nobody's name belongs in it."),
]
Purpose = Annotated[str, StringConstraints(min_length=1, max_length=PURPOSE_MAX, pattern=_LINE)]
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=NAME_MAX, pattern=_LINE)]
ConsentKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$"), Field(description="A consent's key.")]
Moment = Annotated[int, Field(ge=0, le=2**53 - 1, description="Real time, ms since 1970.")]
StaffId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,30}$")]
DeviceId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Place = Annotated[str, StringConstraints(pattern=r"^(card|reservation|staff):[A-Za-z0-9_-]{1,64}$")]


class RequestExport(Command):
    """Personal data of those who consent are to be given to a recipient."""

    name = "request-export"
    summary = "提供の申請 · Ask for an export."

    recipient: ConsentKey
    purpose: Purpose
    reason: Reason
    kinds: Annotated[tuple[RecordKind, ...], Field(min_length=1, max_length=2, strict=False)]
    unserved: Annotated[
        bool, Field(description="Only parties that still waited when no more tickets were issued, for follow-up.")
    ] = False


class ApproveExport(Command):
    """Somebody else approves; the answer carries the file's password, once."""

    name = "approve-export"
    summary = "提供の承認 · Approve an export that somebody else asked for."


class RefuseExport(Command):
    """Somebody else refuses."""

    name = "refuse-export"
    summary = "提供の却下 · Refuse an export that somebody else asked for."


class MakeExport(Command):
    """The file is made and leaves, once."""

    name = "make-export"
    summary = "提供ファイルの作成 · Make an approved export's file; it is given out once."


class FreezeExports(Command):
    """No export is asked for, approved or made until that is lifted."""

    name = "freeze-exports"
    summary = "提供の停止 · Freeze all exports."

    reason: Reason


class LiftFreeze(Command):
    """Exports go on."""

    name = "lift-freeze"
    summary = "提供の再開 · Lift the freeze."

    reason: Reason


class AskIncident(Command):
    """What was seen, by whom, between two times."""

    name = "ask-incident"
    summary = "事故の調査 · What a device or a member saw, or who saw a record."

    begins: Moment
    ends: Moment
    who: StaffId | None = None
    device: DeviceId | None = None
    record: Place | None = None


class DraftReport(AskIncident):
    """The same, as the draft of a report."""

    name = "draft-report"
    summary = "事故報告書の下書き · Draft the report of an incident, as a PDF."

    what_happened: Annotated[str, StringConstraints(max_length=STORY_MAX, pattern=_TEXT)] = ""


class NameRecords(Command):
    """Whose records these are, and how to reach them."""

    name = "name-records"
    summary = "氏名と連絡先の確認 · Names and contacts of records, for those who must be told."

    places: Annotated[tuple[Place, ...], Field(min_length=1, max_length=NAMED_MAX, strict=False)]
    why: Reason


class ApplyDisposal(Command):
    """The destruction of all personal data is applied for."""

    name = "apply-disposal"
    summary = "消去の申請 · Apply for the destruction of all personal data."

    reason: Reason


class WithdrawDisposal(Command):
    """The application is taken back."""

    name = "withdraw-disposal"
    summary = "消去申請の取下げ · Take the application back, before it is approved."


class ApproveDisposal(Command):
    """Somebody else approves it."""

    name = "approve-disposal"
    summary = "消去の承認 · Approve the destruction that somebody else applied for."


class StepDisposal(Command):
    """The next step is carried out."""

    name = "step-disposal"
    summary = "消去の実行（一段階） · Carry out the next step of the destruction."


class PrintDisposalRecord(Command):
    """The written record; the names in it are kept nowhere else."""

    name = "print-disposal-record"
    summary = "消去記録 · The written record of the destruction, as a PDF."

    carried_out_by: PersonName
    approved_by: PersonName


class RotateKeys(Command):
    """The keys are replaced, or the replacing goes on."""

    name = "rotate-keys"
    summary = "鍵の更新 · Replace the keys, or go on with it."
