"""What concerns all of the hall: notices, queues that take no more tickets, the end of the day, a demonstration's clock."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from yobidashi.queue.commands.command import ID_MAX, Command, OnQueue

_LINE: Final = r"^[^\x00-\x1f\x7f\u2028\u2029]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f\u2028\u2029]*$"
"""One line of text that is not blank."""


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

    notice: Annotated[int, Field(ge=1, le=ID_MAX, description="A notice's id.")]


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
