"""Records of people who decided about consents, as an export reads them; whoever they name is made up. And how a sheet is read."""

from typing import Any

from yobidashi.people.cards.card import Card, Source
from yobidashi.people.form.answers import Persons
from yobidashi.people.form.consents import Decision
from yobidashi.people.protection.consenters import Consenter
from yobidashi.people.protection.exports import RecordKind
from yobidashi.people.reservations.reservation import Reservation


def decision(given: bool, at: int, consent: str = "city") -> Decision:
    return Decision(consent=consent, given=given, version="1", by="visitor", at=at)


def reservation(*decisions: Decision, name: str = "見本 予約", **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": "r" * 22,
        "answers": {"name": name, "mail": "yoyaku@example.invalid", "themes": ["housing"]},
        "persons": Persons(2, 1),
        "wishes": (),
        "consents": decisions,
        "form": "1",
        "privacy": "1",
        "made_by": "visitor",
        "device": None,
        "made_at": 1,
        "changed_by": "visitor",
        "changed_at": 1,
        "code": "ABCDEFGH",
        "command": "c" * 22,
    }
    return Reservation(**(values | changes)).to_record()


def card(*decisions: Decision, name: str = "見本 カード", **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": "c" * 22,
        "answers": {"name": name},
        "persons": Persons(1, 0),
        "consents": decisions,
        "source": Source.PHONE,
        "made_by": "visitor",
        "made_at": 1,
        "changed_at": 1,
        "code": "ABCDEF",
        "command": "c" * 22,
    }
    return Card(**(values | changes)).to_record()


BOTH: tuple[RecordKind, ...] = ("reservation", "card")


def names(parties: list[Consenter]) -> list[Any]:
    return [party.answers.get("name") for party in parties]


def table(sheet: Any) -> list[dict[str, str]]:
    heading, *rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    return [dict(zip(heading, row, strict=True)) for row in rows]
