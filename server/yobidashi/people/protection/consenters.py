"""Who consents to a recipient at this moment, and what that recipient then gets to read: two sheets of one workbook. Pure.

A party that reserved and then filled in a card is one row: the newest decision of the two records holds, and the card's
answers stand over the reservation's. Who withdrew is in no sheet; a reservation that was cancelled has no answers left.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.fairfile.visitor_tables import FormField
from yobidashi.people.form.answers import Answer, Answers
from yobidashi.people.form.consents import Decision, from_objects, standing
from yobidashi.people.protection.exports import RecordKind
from yobidashi.people.sheets.table import Column, Sheet

Records = Mapping[str, Mapping[str, Any]]
"""Opened records of one kind, by id."""


@dataclass(frozen=True, slots=True)
class Consenter:
    """One party that consents."""

    places: tuple[str, ...]
    """Of its records."""
    answers: Answers
    adults: int
    children: int
    decision: Decision
    """The one that holds."""
    wanted: tuple[str, ...] = ()
    """Queues in which it waited and nobody could serve it any more; only where it was looked for."""


def consenters(
    consent: str,
    kinds: Sequence[RecordKind],
    reservations: Records,
    cards: Records,
    unserved: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Consenter]:
    """Give the parties whose newest decision about ``consent`` is a yes, in the order in which they decided.

    Both kinds of records are always looked at for the decision; ``kinds`` says of which the answers may leave. With ``unserved``
    (card id → the queues in which its party still waited) only these: whoever waits at the fair has a card.
    """
    parties: list[Consenter] = []
    reserved = dict(reservations)
    for card_id, card in cards.items():
        reservation_id = card.get("reservation") or ""
        mine = {f"card:{card_id}": card}
        if reservation_id in reserved:
            mine = {f"reservation:{reservation_id}": reserved.pop(reservation_id), **mine}
        if unserved is None:
            parties += _consenter(consent, kinds, mine)
        elif card_id in unserved:
            parties += [replace(party, wanted=unserved[card_id]) for party in _consenter(consent, kinds, mine)]
    if unserved is None:
        for reservation_id, reservation in reserved.items():
            parties += _consenter(consent, kinds, {f"reservation:{reservation_id}": reservation})
    return sorted(parties, key=lambda party: (party.decision.at, party.places))


def file_sheets(fair: Fair, parties: Sequence[Consenter], *, unserved: bool = False) -> tuple[Sheet, Sheet]:
    """Give the two sheets of an export: the list of names with what was answered, and the list of contacts.

    With ``unserved`` both say which exhibitors each party still wanted to see.
    """
    fields = fair.form.fields if fair.form else ()
    listed = [field for field in fields if not field.contact or field.names or field.kind == "kana"]
    contacts = [field for field in fields if field.contact]
    before = [*_NUMBER, *(_WANTED if unserved else [])]
    return (
        Sheet("名簿", [*before, *_columns(listed), *_PARTY], [_row(fair, i, p, listed) for i, p in _numbered(parties)]),
        Sheet("連絡先", [*before, *_columns(contacts)], [_row(fair, i, p, contacts) for i, p in _numbered(parties)]),
    )


def field_words(fair: Fair, *, unserved: bool = False) -> tuple[str, ...]:
    """Give what an export tells of each party, in the words of the form."""
    wanted = (_WANTED[0].ja,) if unserved else ()
    return (
        *(field.ja for field in (fair.form.fields if fair.form else ())),
        *("大人", "お子さま", "同意した日時"),
        *wanted,
    )


_NUMBER: Final = [Column("number", "番号", "No.")]
_WANTED: Final = [Column("wanted", "ご案内できなかった相談先", "Not served at")]
_PARTY: Final = [
    Column("adults", "大人", "Adults"),
    Column("children", "お子さま", "Children"),
    Column("consented", "同意した日時", "Consented at"),
    Column("version", "同意文の版", "Version of the text"),
]


def _consenter(consent: str, kinds: Sequence[RecordKind], mine: Records) -> list[Consenter]:
    """Give the party of some records, none where it does not consent or has nothing that may leave."""
    decision = standing(*(from_objects(record["consents"]) for record in mine.values())).get(consent)
    leaving = {
        place: record for place, record in mine.items() if place.partition(":")[0] in kinds and record["answers"]
    }
    if decision is None or not decision.given or not leaving:
        return []
    answers: Answers = {}
    for record in leaving.values():  # the card comes last
        answers |= record["answers"]
    newest = [*leaving.values()][-1]
    return [Consenter(tuple(leaving), answers, newest["adults"], newest["children"], decision)]


def _columns(fields: Iterable[FormField]) -> list[Column]:
    return [Column(f"answer_{field.key}", field.ja, field.en) for field in fields]


def _numbered(parties: Sequence[Consenter]) -> Iterable[tuple[int, Consenter]]:
    return enumerate(parties, 1)


def _row(fair: Fair, number: int, party: Consenter, fields: Sequence[FormField]) -> dict[str, str]:
    answers = {f"answer_{field.key}": _words(fair, field, party.answers.get(field.key)) for field in fields}
    return {
        "number": str(number),
        "wanted": "、".join(fair.queue(queue_id).name for queue_id in party.wanted),
        **answers,
        "adults": str(party.adults),
        "children": str(party.children),
        "consented": _moment(fair, party.decision.at),
        "version": party.decision.version,
    }


def _moment(fair: Fair, at: int) -> str:
    return dt.datetime.fromtimestamp(at / 1000, fair.timezone).strftime("%Y-%m-%d %H:%M")


def _words(fair: Fair, field: FormField, answer: Answer | None) -> str:
    """Give an answer as people read it: the words of options, the names of queues."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "はい" if answer else "いいえ"
    options = {option.key: option.ja for option in field.options} | (
        {queue.id: queue.name for queue in fair.queues} if field.kind == "queues" else {}
    )
    return "、".join(options.get(each, each) for each in ([answer] if isinstance(answer, str) else answer))
