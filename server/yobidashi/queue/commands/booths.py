"""Whether a booth takes visitors, whom it serves, and what an online booth needs."""

from typing import Annotated

from pydantic import Field

from yobidashi.queue.commands.command import AtBooth, QueueId


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
