"""Exports of personal data over HTTP: asked for, decided on by somebody else, made once, frozen."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi import papers
from yobidashi.fair import Fair
from yobidashi.live.hub import Hub
from yobidashi.people.protection import commands
from yobidashi.people.protection.answers import Approved, ExportAnswer, ExportsAnswer, FreezeAnswer
from yobidashi.people.protection.consenters import Consenter, consenters, field_words, file_sheets
from yobidashi.people.protection.exports import Export, Exports, Freeze
from yobidashi.people.protection.follow_up import unserved_cards
from yobidashi.people.sheets.table import encrypt_xlsx, write_workbook
from yobidashi.people.store import PeopleStore
from yobidashi.printing.typesetting import pdf
from yobidashi.queue.commands.command import Command
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation, posted
from yobidashi.web.protection.audit import PDF, attached
from yobidashi.web.staff.names import StaffNames

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportsRoom:
    """The exports of every fair."""

    def __init__(
        self, people: PeopleStore, names: StaffNames, fairs: Mapping[str, Fair], hubs: Mapping[str, Hub]
    ) -> None:
        """Read from ``people``; the boards of ``hubs`` tell who still waited."""
        self._people = people
        self._exports = Exports(people)
        self._names = names
        self._fairs = fairs
        self._hubs = hubs

    def operations(self) -> list[Operation]:
        """Give the operations."""
        one = "/exports/{number:int}"
        listed = Operation(
            method="GET",
            path="/exports",
            name="read-exports",
            summary="提供の一覧 · Every export, and whether they are frozen.",
            act=Act.READ_AUDIT,
            endpoint=self.read,
            answers=ExportsAnswer,
        )
        receipt = Operation(
            method="GET",
            path=f"{one}/receipt.pdf",
            name="print-receipt",
            summary="預り証 · What the recipient signs, as a PDF.",
            act=Act.REQUEST_EXPORT,
            endpoint=self.receipt,
            answers_media=PDF,
        )
        return [
            listed,
            receipt,
            posted("/exports", commands.RequestExport, Act.REQUEST_EXPORT, self.request, ExportAnswer),
            posted("/exports/freeze", commands.FreezeExports, Act.FREEZE_EXPORTS, self.freeze, FreezeAnswer),
            posted("/exports/lift", commands.LiftFreeze, Act.APPROVE_EXPORT, self.lift, FreezeAnswer),
            posted(f"{one}/approve", commands.ApproveExport, Act.APPROVE_EXPORT, self.approve, Approved),
            posted(f"{one}/refuse", commands.RefuseExport, Act.APPROVE_EXPORT, self.refuse, ExportAnswer),
            posted(f"{one}/file", commands.MakeExport, Act.REQUEST_EXPORT, self.make, None, XLSX),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: it is part of the privacy officer's (privacy.py)."""
        return []

    async def read(self, request: Request) -> Response:
        """Give every export."""
        exports, freeze = await self._exports.all(request.state.asked.slug)
        return JSONResponse(ExportsAnswer(exports=exports, freeze=freeze).model_dump(mode="json"))

    async def request(self, request: Request) -> Response:
        """Ask for an export."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.RequestExport)
        if all(consent.key != command.recipient for consent in self._fairs[asked.slug].consents):
            raise Refusal("unknown_consent")
        await asked.note(f"recipient:{command.recipient}", why=command.reason)
        export = await self._exports.request(
            asked.slug,
            command.command_id,
            recipient=command.recipient,
            purpose=command.purpose,
            reason=command.reason,
            kinds=sorted(set(command.kinds)),
            unserved=command.unserved,
            by=_who(asked),
            at=_now_ms(),
        )
        return JSONResponse(ExportAnswer(export=export).model_dump(mode="json"))

    async def approve(self, request: Request) -> Response:
        """Approve, and tell the file's password: to who approves, not to who receives the file."""
        asked, number = await _decision(request, commands.ApproveExport, "approved")
        export = await self._exports.decide(asked.slug, number, "approved", _who(asked), _now_ms())
        password = await self._exports.password(asked.slug, export)
        return JSONResponse(Approved(export=export, password=password).model_dump(mode="json"))

    async def refuse(self, request: Request) -> Response:
        """Refuse."""
        asked, number = await _decision(request, commands.RefuseExport, "refused")
        export = await self._exports.decide(asked.slug, number, "refused", _who(asked), _now_ms())
        return JSONResponse(ExportAnswer(export=export).model_dump(mode="json"))

    async def make(self, request: Request) -> Response:
        """Make the file of those who consent at this moment, and give it out, once."""
        asked, number = await _decision(request, commands.MakeExport, "file")
        fair = self._fairs[asked.slug]
        export = await self._exports.ready(asked.slug, number, _who(asked))
        parties = await self._consenters(asked.slug, export)
        places = [place for party in parties for place in party.places]
        await asked.note(
            f"export:{number}", why=export.reason, records=places, fields=field_words(fair, unserved=export.unserved)
        )
        password = await self._exports.password(asked.slug, export)
        content = await asyncio.to_thread(_file, fair, parties, password, export.unserved)
        name = f"export-{fair.slug}-{number}.xlsx"
        await self._exports.made(
            asked.slug,
            number,
            _who(asked),
            made_at=_now_ms(),
            persons=sum(party.adults + party.children for party in parties),
            records=len(parties),
            bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            file=name,
        )
        return attached(content, name, XLSX)

    async def receipt(self, request: Request) -> Response:
        """Print the receipt of an export that was made."""
        asked: Asked = request.state.asked
        number: int = request.path_params["number"]
        export = await self._exports.one(asked.slug, number)
        if export.state != "made":
            raise self._exports.wrong_state(export)
        requested, approved = [
            await self._names.name(asked, member_id, f"export:{number}") for member_id in (export.by, export.decided_by)
        ]
        fair = self._fairs[asked.slug]
        paper = papers.receipt(fair, export, requested, approved, dt.datetime.now(fair.timezone))
        return attached(await asyncio.to_thread(pdf, paper), f"receipt-{number}.pdf", PDF)

    async def freeze(self, request: Request) -> Response:
        """Freeze all exports."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.FreezeExports)
        await asked.note("exports", why=command.reason)
        await self._exports.freeze(asked.slug, Freeze(by=_who(asked), at=_now_ms(), reason=command.reason))
        return await self._frozen(asked.slug)

    async def lift(self, request: Request) -> Response:
        """Lift the freeze."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.LiftFreeze)
        await asked.note("exports", why=command.reason)
        await self._exports.freeze(asked.slug, None)
        return await self._frozen(asked.slug)

    async def _frozen(self, slug: str) -> Response:
        _, freeze = await self._exports.all(slug)
        return JSONResponse(FreezeAnswer(freeze=freeze).model_dump(mode="json"))

    async def _consenters(self, slug: str, export: Export) -> list[Consenter]:
        unserved = await unserved_cards(self._people, slug, self._hubs[slug].board) if export.unserved else None
        reservations, cards = [await self._people.all(slug, kind) for kind in ("reservation", "card")]
        parties = await asyncio.to_thread(consenters, export.recipient, export.kinds, reservations, cards, unserved)
        if not parties:
            raise Refusal("nobody_consented" if unserved is None else "nobody_unserved")
        return parties


async def _decision(request: Request, kind: type[Command], what: str) -> tuple[Asked, int]:
    """Read a command about one export that says nothing more, and put it on record."""
    asked: Asked = request.state.asked
    number: int = request.path_params["number"]
    await read_command(request, kind)
    await asked.note(f"export:{number} {what}")
    return asked, number


def _file(fair: Fair, parties: list[Consenter], password: str, unserved: bool) -> bytes:
    return encrypt_xlsx(write_workbook(file_sheets(fair, parties, unserved=unserved)), password)


def _who(asked: Asked) -> str:
    assert asked.principal.staff is not None  # the permission table lets only staff this far
    return asked.principal.staff


def _now_ms() -> int:
    return round(dt.datetime.now(dt.UTC).timestamp() * 1000)
