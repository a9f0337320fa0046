"""The tables about visitors: what a reservation is, what its form and the reception card ask, who may receive the answers.

What these keys say about each other and about the rest of the file is in `form_rules`, `consent_rules` and
`reservation_rules`. No table here makes a person: the answers are read by `yobidashi.people.answers` and kept encrypted.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from yobidashi.fairfile.forms import FIELD_KEY, Day, English, Line, Listed, Name, Notice
from yobidashi.fairfile.table import Table

FIELDS_MAX = 40
OPTIONS_MAX = 60
CONSENTS_MAX = 10
WISHES_MAX = 5
SLOT_PARTIES_MAX = 100
"""Parties (組) that one queue can reserve for one slot."""
ANSWER_MAX = 2_000
"""Characters of one written answer."""

Stage = Literal["reservation", "card"]
"""Where a field is asked: on the reservation page, on the reception card, or on both."""

FieldKind = Literal["text", "kana", "mail", "phone", "choice", "choices", "queues", "long", "yes_no"]

USUAL_MAX: Final[dict[str, int]] = {"text": 60, "kana": 60, "mail": 254, "phone": 20, "long": 500}
"""Characters of an answer of each typed kind, where the field has no `max`."""

WRITTEN: Final = frozenset(USUAL_MAX)
"""Kinds whose answer is typed; the others are tapped."""

Autocomplete = Literal[
    "name",
    "email",
    "tel",
    "postal-code",
    "address-level1",
    "address-level2",
    "street-address",
    "bday-year",
    "organization",
    "off",
]
"""What a browser may fill in by itself: tokens of the HTML standard."""

PERSONAL: Final = frozenset({"name", "email", "tel", "postal-code", "street-address", "organization"})
"""Tokens that say who someone is or how to reach them: never in what a booth reads beforehand."""


class Reservation(Table):
    """`[reservation]`: when one can reserve, and what."""

    opens: Day
    """First day on which reservations are taken, from its first minute."""
    closes: Day
    """Last day, to its end; on the fair's own day until the fair closes."""
    slot_min: Annotated[int, Field(ge=5, le=240)] = 30
    per_slot: Annotated[int, Field(ge=1, le=SLOT_PARTIES_MAX)] | None = None
    """Parties (組) per queue and slot; none: as many as the queue has main booths."""
    wishes: Annotated[int, Field(ge=1, le=WISHES_MAX)] = 3
    """Queues one party can reserve, in the order of its wishes ①, ②, …."""


class Novelty(Table):
    """`[novelty]`: the gift for those who reserved, handed once to a party."""

    name: Name
    english: English
    stock: Annotated[int, Field(ge=0, le=100_000)]


class Option(Table):
    """One answer to tap."""

    key: Annotated[str, FIELD_KEY]
    ja: Name
    en: Line


class FormField(Table):
    """`[[form.fields]]`: one question."""

    key: Annotated[str, FIELD_KEY]
    ja: Name
    en: English
    kind: FieldKind
    on: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=2), Listed]
    required: Annotated[tuple[Stage, ...], Field(max_length=2), Listed] = ()
    """Stages, of those in `on`, where the form is not taken without an answer."""
    options: Annotated[tuple[Option, ...], Field(max_length=OPTIONS_MAX), Listed] = ()
    max: Annotated[int, Field(ge=1, le=ANSWER_MAX)] | None = None
    """Characters of a typed answer; none: the usual for its kind."""
    brief: bool = False
    """Whether the consultant reads it before the party comes."""
    contact: bool = False
    """Whether it stands in the list of names and contacts."""
    hint_ja: Line | None = None
    hint_en: Line | None = None
    autocomplete: Autocomplete | None = None

    @property
    def limit(self) -> int | None:
        """How many characters a typed answer may have; None for an answer that is tapped."""
        return self.max or USUAL_MAX.get(self.kind)

    @property
    def names(self) -> bool:
        """Whether this is the field for a person's name."""
        return self.kind == "text" and self.autocomplete == "name"


class FormTable(Table):
    """`[form]`: the questions of the reservation page and of the reception card, in the order in which they are asked."""

    version: Name
    """Kept with every set of answers: which questions were answered."""
    fields: Annotated[tuple[FormField, ...], Field(min_length=1, max_length=FIELDS_MAX), Listed]

    def asked(self, stage: Stage) -> tuple[FormField, ...]:
        """Give the fields of one stage."""
        return tuple(field for field in self.fields if stage in field.on)


class Consent(Table):
    """`[[consents]]`: what is asked for one recipient. A decision is required, a yes is not."""

    key: Annotated[str, FIELD_KEY]
    recipient: Name
    """A host of the fair, named in full."""
    version: Name
    """Kept with every decision: which text was answered."""
    purpose: Line
    ja: Notice
    en: Notice


class Privacy(Table):
    """`[privacy]`: the notice above every form; until when data is kept is `deletion_deadline` of `[fair]`."""

    version: Name
    ja: Notice
    en: Notice
    contact: Line
    """Whom to ask, and where."""
