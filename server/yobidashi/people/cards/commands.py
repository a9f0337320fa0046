"""What pages send about reception cards: each command with its arguments and their bounds."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, JsonValue, StringConstraints, model_validator

from yobidashi.people.auditing.audit import WHY_MAX
from yobidashi.queue.commands.command import CardId, Command, PartyId

TEXT_MAX: Final = 200
"""Characters of what is looked for: a private link is the longest."""

_LINE: Final = r"^[^\x00-\x1f\x7f\u2028\u2029]*$"

Part = Annotated[
    dict[str, JsonValue], Field(description="By key; people/form/answers.py reads it against the fair's form.")
]
ReservationId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$"), Field(description="A reservation's random id.")
]
ConsentKey = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$"), Field(description="A consent's key in fair.toml.")
]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=WHY_MAX, pattern=_LINE)]
Sought = Annotated[
    str,
    StringConstraints(min_length=1, max_length=TEXT_MAX, pattern=_LINE),
    Field(description="A private link, a code, or the beginning of a name in kana."),
]


class FilledCard(Command):
    """A card as its form was filled in."""

    party: Part
    answers: Part
    consents: Part

    def form(self) -> dict[str, JsonValue]:
        """Give the parts as `read_form` takes them."""
        return {"party": self.party, "answers": self.answers, "consents": self.consents}


class EnterOwnCard(FilledCard):
    """A visitor fills in the own card."""

    name = "enter-own-card"
    summary = "受付カードの記入（本人） · A visitor fills in a card, on a phone or at a tablet."

    source: Literal["phone", "tablet"] = "phone"


class WithdrawOwnConsent(Command):
    """A visitor takes a consent back."""

    name = "withdraw-own-consent"
    summary = "同意の取消（本人） · A visitor takes a consent back."

    consent: ConsentKey


class EnterCard(FilledCard):
    """The reception enters a card: as told across the desk, or from a reservation."""

    name = "enter-card"
    summary = "受付カードの記入（受付） · The reception enters a card, of a walk-in or of a reservation."

    reservation: ReservationId | None = None


class CorrectCard(FilledCard):
    """The reception writes a card anew."""

    name = "correct-card"
    summary = "受付カードの訂正 · The reception writes a card anew; every decision stays on record."


class WithdrawConsent(Command):
    """A member of staff takes a visitor's consent back, who has asked for it."""

    name = "withdraw-consent"
    summary = "同意の取消 · Staff take a visitor's consent back, with the reason."

    consent: ConsentKey
    why: Reason


class FindArrivals(Command):
    """The reception looks for whoever stands before the desk."""

    name = "find-arrivals"
    summary = "予約・受付カードを探す · Find a reservation or card by link, code, kana or party."

    text: Sought | None = None
    party: PartyId | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.text is None) == (self.party is None):
            raise ValueError("either text or party")
        return self


__all__ = [
    "CardId",
    "CorrectCard",
    "EnterCard",
    "EnterOwnCard",
    "FilledCard",
    "FindArrivals",
    "WithdrawConsent",
    "WithdrawOwnConsent",
]
