"""What the API answers about the protection of personal data."""

from typing import Any

from pydantic import BaseModel

from yobidashi.people.protection.disposal import Phase
from yobidashi.people.protection.exports import Export, Freeze


class ActInWords(BaseModel):
    """An act, for people."""

    ja: str
    en: str


class EntryAnswer(BaseModel):
    """One entry of the audit record: ids only."""

    n: int
    at: int
    who: str
    act: str
    words: ActInWords
    device: str | None
    on: str
    records: list[str]
    """The first `SHOWN` places."""
    more: int
    """How many places are not among them."""
    fields: list[str]
    why: str


class StaffInWords(BaseModel):
    """Who a member of staff is, as far as the reader may know."""

    roles: list[str]
    name: str | None
    """None for who may not know it, and where it was destroyed."""


class AuditPage(BaseModel):
    """Entries, newest first."""

    entries: list[EntryAnswer]
    further: int | None
    """Before which number to look on; None: nothing is left."""
    staff: dict[str, StaffInWords]
    """By id, who stands in these entries."""


class DayAnswer(BaseModel):
    """One day of the record."""

    date: str
    entries: int
    first: int
    last: int
    chain: str
    """Chain value of the last entry."""


class VerdictAnswer(BaseModel):
    """Whether the record is whole."""

    whole: bool
    entries: int
    head: str
    anchored: int | None
    broken_at: int | None
    why: str


class AuditDays(BaseModel):
    """The record by days."""

    days: list[DayAnswer]
    verdict: VerdictAnswer


class ExportsAnswer(BaseModel):
    """Every export, newest first, and the freeze."""

    exports: list[Export]
    freeze: Freeze | None


class Approved(BaseModel):
    """An export that was approved; the password is shown now and kept nowhere."""

    export: Export
    password: str


class ExportAnswer(BaseModel):
    """An export as it stands."""

    export: Export


class FreezeAnswer(BaseModel):
    """The freeze as it stands."""

    freeze: Freeze | None


class SeenAnswer(BaseModel):
    """One record, or one member at one device."""

    id: str
    """The record's place, or the member's id."""
    device: str | None = None
    first: int
    last: int
    times: int
    fields: list[str]
    acts: list[ActInWords]


class FindingsAnswer(BaseModel):
    """What the audit record answers."""

    looked: int
    """Entries that were looked through."""
    entries: int
    """Of these, entries that fit."""
    records: int
    people: int
    """Records that are somebody's: cards, reservations, staff."""
    fields: list[str]
    seen: list[SeenAnswer]
    """Records, those seen most often first."""
    viewers: list[SeenAnswer]
    timeline: list[EntryAnswer]
    staff: dict[str, StaffInWords]


class NamedRecord(BaseModel):
    """Whose a record is."""

    place: str
    name: str
    kana: str
    contacts: dict[str, str]
    """By the field's words."""
    gone: bool = False
    """Whether the record is no longer there."""


class NamedRecords(BaseModel):
    """In the order in which they were asked for."""

    records: list[NamedRecord]


class KeptAnswer(BaseModel):
    """One line of the inventory."""

    kind: str
    english: str
    count: int
    where: str
    medium: str


class StepAnswer(BaseModel):
    """One step of the destruction."""

    step: str
    ja: str
    en: str
    at: int | None
    """When it was done; None: not yet."""
    result: dict[str, Any]


class DisposalAnswer(BaseModel):
    """How far the destruction has come."""

    phase: Phase
    applied_by: str | None
    applied_at: int | None
    reason: str
    approved_by: str | None
    approved_at: int | None
    deadline: str | None
    steps: list[StepAnswer]
    inventory: list[KeptAnswer]
    limits: list[ActInWords]
    """What no program can destroy."""


class KeysAnswer(BaseModel):
    """The keys, by what names them."""

    version: int | None
    """Of the data key; None where the data were destroyed."""
    fingerprint: str | None
    """Of the wrapping key."""
    in_files: bool
    unfinished: bool
    resealed: int = 0
    damaged: list[str] = []
