"""What pages send about reservations: each command with its arguments and their bounds."""

from typing import Annotated, Final, Literal

from pydantic import Field, JsonValue

from yobidashi.fairfile.visitor_tables import WISHES_MAX
from yobidashi.people.cards.commands import ConsentKey, Part, Reason, Sought
from yobidashi.queue.commands.command import Command

WISHES_SENT_MAX: Final = 2 * WISHES_MAX
"""Wishes that are looked at: one too many is a fault that is told, a thousand are not."""

WishesPart = Annotated[
    list[JsonValue], Field(max_length=WISHES_SENT_MAX, description="Queue and slot (ms) of each, in the order ①, ②, ….")
]


class FilledReservation(Command):
    """A reservation as its form was filled in."""

    party: Part
    wishes: WishesPart
    answers: Part
    consents: Part

    def form(self) -> dict[str, JsonValue]:
        """Give the parts as `read_form` takes them."""
        return {"party": self.party, "wishes": self.wishes, "answers": self.answers, "consents": self.consents}


class Reserve(FilledReservation):
    """A visitor reserves."""

    name = "reserve"
    summary = "予約 · A visitor reserves."


class ChangeOwnReservation(FilledReservation):
    """A visitor changes the own reservation."""

    name = "change-own-reservation"
    summary = "予約の変更（本人） · A visitor changes the own reservation; old places are given back in the same step."


class CancelOwnReservation(Command):
    """A visitor cancels the own reservation."""

    name = "cancel-own-reservation"
    summary = "予約の取消（本人） · A visitor cancels; the answers are gone at once."


class WithdrawOwnReservationConsent(Command):
    """A visitor takes a consent back."""

    name = "withdraw-own-reservation-consent"
    summary = "予約の同意の取消（本人） · A visitor takes a consent of the reservation back."

    consent: ConsentKey


class EnterReservation(FilledReservation):
    """Staff reserve for a visitor."""

    name = "enter-reservation"
    summary = "予約の代理入力 · Staff reserve for a visitor, who called or wrote."


class ChangeReservation(FilledReservation):
    """Staff change a reservation."""

    name = "change-reservation"
    summary = "予約の変更（受付） · Staff change a reservation for its visitor."


class CancelReservation(Command):
    """Staff cancel a reservation."""

    name = "cancel-reservation"
    summary = "予約の取消（受付） · Staff cancel a reservation for its visitor."


class WithdrawReservationConsent(Command):
    """Staff take a consent back for a visitor."""

    name = "withdraw-reservation-consent"
    summary = "予約の同意の取消（受付） · Staff take a consent of a reservation back, with the reason."

    consent: ConsentKey
    why: Reason


class FindReservations(Command):
    """Staff look for reservations."""

    name = "find-reservations"
    summary = "予約を探す · Find reservations by link, code or the beginning of a name."

    text: Sought


class ExportReservations(Command):
    """The privacy officer takes the reservations out as a file, without names, contacts or anything typed."""

    name = "export-reservations"
    summary = "予約の書き出し · Every reservation as a file, without names and contacts, with the reason."

    why: Reason
    form: Literal["csv", "xlsx"]


class HandNovelty(Command):
    """The gift is handed."""

    name = "hand-novelty"
    summary = "記念品を渡す · Hand the gift to the party of a reservation, once."


class TakeNoveltyBack(Command):
    """The gift was not handed after all."""

    name = "take-novelty-back"
    summary = "記念品を渡していない · Take the handing of a gift back, within the time of undoing."
