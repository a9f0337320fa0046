"""Incidents over HTTP: what was seen and by whom, whose it was, and the draft of the report."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi import papers
from yobidashi.fair import Fair
from yobidashi.people.auditing.trail import Trail
from yobidashi.people.protection import commands
from yobidashi.people.protection.answers import FindingsAnswer, NamedRecord, NamedRecords, SeenAnswer
from yobidashi.people.protection.exports import Exports
from yobidashi.people.protection.incident import RECORDS_SHOWN, Findings, Question, Seen, investigate
from yobidashi.people.reservations.reservation import names_of
from yobidashi.people.store import PeopleStore
from yobidashi.printing.typesetting import pdf
from yobidashi.staff.permissions import Act
from yobidashi.web.body import FORM_MAX_BYTES, read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation, posted
from yobidashi.web.protection.audit import PDF, acts_in_words, attached, entry_answer
from yobidashi.web.staff.names import StaffNames


class IncidentRoom:
    """The incidents of every fair."""

    def __init__(self, people: PeopleStore, trail: Trail, names: StaffNames, fairs: Mapping[str, Fair]) -> None:
        """Ask ``trail``; read names from ``people``."""
        self._people = people
        self._exports = Exports(people)
        self._trail = trail
        self._names = names
        self._fairs = fairs

    def operations(self) -> list[Operation]:
        """Give the operations."""
        return [
            posted("/incident", commands.AskIncident, Act.INVESTIGATE, self.ask, FindingsAnswer),
            posted("/incident/names", commands.NameRecords, Act.INVESTIGATE, self.name, NamedRecords),
            posted("/incident/report", commands.DraftReport, Act.INVESTIGATE, self.report, None, PDF),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: it is part of the privacy officer's (privacy.py)."""
        return []

    async def ask(self, request: Request) -> Response:
        """Tell what was seen, and by whom; ids only, but for the staff's own names."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.AskIncident)
        findings = await self._found(asked, command)
        staff = await self._names.of(asked, {who for who, _ in findings.viewers}, "incident")
        answer = FindingsAnswer(
            looked=findings.looked,
            entries=findings.entries,
            records=len(findings.records),
            people=findings.of_kind("card", "reservation", "staff"),
            fields=sorted(findings.fields),
            seen=_most_seen({(place, None): seen for place, seen in findings.records.items()}),
            viewers=_most_seen({(who, device or None): seen for (who, device), seen in findings.viewers.items()}),
            timeline=list(map(entry_answer, findings.timeline)),
            staff=staff,
        )
        return JSONResponse(answer.model_dump(mode="json"))

    async def name(self, request: Request) -> Response:
        """Tell whose records these are, and how to reach them."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.NameRecords, FORM_MAX_BYTES)
        fair = self._fairs[asked.slug]
        contacts = [field.key for field in (fair.form.fields if fair.form else ()) if field.contact]
        await asked.note("incident", why=command.why, records=command.places, fields=contacts)
        found = await self._people.get_many(asked.slug, command.places)
        named = [_named(fair, place, record) for place, record in zip(command.places, found, strict=True)]
        return JSONResponse(NamedRecords(records=named).model_dump(mode="json"))

    async def report(self, request: Request) -> Response:
        """Draft the report."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.DraftReport, FORM_MAX_BYTES)
        findings = await self._found(asked, command)
        fair = self._fairs[asked.slug]
        reporter = await self._names.name(asked, asked.principal.staff, "incident-report")
        _, freeze = await self._exports.all(asked.slug)
        number = int(await self._people.run(asked.slug, "incident-number"))
        paper = papers.report(
            fair,
            number,
            _question(command),
            findings,
            what_happened=command.what_happened,
            reporter=reporter,
            freeze=freeze,
            made_at=dt.datetime.now(fair.timezone),
        )
        return attached(await asyncio.to_thread(pdf, paper), f"incident-{number}.pdf", PDF)

    async def _found(self, asked: Asked, command: commands.AskIncident) -> Findings:
        question = _question(command)
        about = " ".join(part for part in (command.who, command.device, command.record) if part)
        await asked.note(f"incident {about}".strip())
        return await investigate(self._trail, asked.slug, question)


def _question(command: commands.AskIncident) -> Question:
    return Question(
        begins=command.begins, ends=command.ends, who=command.who, device=command.device, record=command.record
    )


def _most_seen(seen: Mapping[tuple[str, str | None], Seen]) -> list[SeenAnswer]:
    ordered = sorted(seen.items(), key=lambda pair: (-pair[1].times, pair[0][0]))
    return [
        SeenAnswer(
            id=id_,
            device=device,
            first=each.first,
            last=each.last,
            times=each.times,
            fields=sorted(each.fields),
            acts=acts_in_words(each.acts),
        )
        for (id_, device), each in ordered[:RECORDS_SHOWN]
    ]


def _named(fair: Fair, place: str, record: Any) -> NamedRecord:
    if record is None:
        return NamedRecord(place=place, name="", kana="", contacts={}, gone=True)
    if place.startswith("staff:"):
        return NamedRecord(place=place, name=record["name"], kana=record.get("kana", ""), contacts={})
    answers = record["answers"]
    name, kana = names_of(fair, answers)
    contacts = {
        field.ja: str(answers[field.key])
        for field in (fair.form.fields if fair.form else ())
        if field.contact and not field.names and field.kind != "kana" and field.key in answers
    }
    return NamedRecord(place=place, name=name, kana=kana, contacts=contacts)
