"""The audit record over HTTP: looked through, proved, and summed up by days."""

import asyncio
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi import papers
from yobidashi.fair import Fair
from yobidashi.people.auditing.days import audit_days
from yobidashi.people.auditing.trail import Chained, Sought, Trail, Verdict
from yobidashi.people.protection.answers import (
    ActInWords,
    AuditDays,
    AuditPage,
    DayAnswer,
    EntryAnswer,
    VerdictAnswer,
)
from yobidashi.printing.typesetting import pdf
from yobidashi.queue.errors import Refusal
from yobidashi.staff.acts_in_words import act_words
from yobidashi.staff.permissions import Act
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import QUERY_MAX, Operation
from yobidashi.web.staff.names import StaffNames

SHOWN: Final = 20
"""Places of records that one entry shows; how many more there are is told."""

PDF: Final = "application/pdf"


class AuditRoom:
    """The audit records of every fair."""

    def __init__(self, trail: Trail, names: StaffNames, fairs: Mapping[str, Fair]) -> None:
        """Read by ``trail``."""
        self._trail = trail
        self._names = names
        self._fairs = fairs

    def operations(self) -> list[Operation]:
        """Give the operations."""
        page = Operation(
            method="GET",
            path="/audit",
            name="read-audit",
            summary="監査記録 · The audit record, newest first.",
            act=Act.READ_AUDIT,
            endpoint=self.read,
            answers=AuditPage,
            query=("before", "day", "who", "device", "act", "on"),
        )
        days = Operation(
            method="GET",
            path="/audit/days",
            name="read-audit-days",
            summary="監査記録の日ごとの件数と検証 · The record by days, and whether it is whole.",
            act=Act.READ_AUDIT,
            endpoint=self.days,
            answers=AuditDays,
        )
        summary = Operation(
            method="GET",
            path="/audit/summary.pdf",
            name="print-audit-summary",
            summary="監査記録のまとめ · The record by days and roles, as a PDF.",
            act=Act.READ_AUDIT,
            endpoint=self.summary,
            answers_media=PDF,
        )
        return [page, days, summary]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: it is part of the privacy officer's (privacy.py)."""
        return []

    async def read(self, request: Request) -> Response:
        """Give the newest entries that fit."""
        asked: Asked = request.state.asked
        fair = self._fairs[asked.slug]
        before = _number(request, "before")
        await asked.note("audit")
        found, further = await self._trail.find(asked.slug, _sought(request).test(fair.timezone), before)
        staff = await self._names.of(asked, {each.entry.who for each in found}, "audit")
        page = AuditPage(entries=list(map(entry_answer, found)), further=further, staff=staff)
        return JSONResponse(page.model_dump(mode="json"))

    async def days(self, request: Request) -> Response:
        """Give the record by days, and prove it."""
        asked: Asked = request.state.asked
        await asked.note("audit")
        verdict = await self._trail.verify(asked.slug)
        days = await audit_days(self._trail, asked.slug, self._fairs[asked.slug].timezone, lambda who: "")
        shown = [
            DayAnswer(
                date=day.date.isoformat(),
                entries=day.entries,
                first=day.first.n,
                last=day.last.n,
                chain=day.last.mac,
            )
            for day in days
        ]
        return JSONResponse(AuditDays(days=shown, verdict=_verdict(verdict)).model_dump(mode="json"))

    async def summary(self, request: Request) -> Response:
        """Print the record by days and roles. Without an anchor in a file, the paper's chain values are the anchor."""
        asked: Asked = request.state.asked
        await asked.note("audit-summary")
        fair = self._fairs[asked.slug]
        verdict = await self._trail.verify(asked.slug)
        roles = await self._names.roles(asked.slug)
        days = await audit_days(self._trail, asked.slug, fair.timezone, lambda who: roles.get(who, who))
        paper = papers.summary(fair, days, verdict.whole, dt.datetime.now(fair.timezone))
        return attached(await asyncio.to_thread(pdf, paper), "audit-summary.pdf", PDF)


def entry_answer(chained: Chained) -> EntryAnswer:
    """Give an entry as it is answered."""
    entry = chained.entry
    return EntryAnswer(
        n=chained.n,
        at=entry.at,
        who=entry.who,
        act=entry.act,
        words=in_words(entry.act),
        device=entry.device,
        on=entry.on,
        records=list(entry.records[:SHOWN]),
        more=max(0, len(entry.records) - SHOWN),
        fields=list(entry.fields),
        why=entry.why,
    )


def in_words(act: str) -> ActInWords:
    """Give an act for people."""
    words = act_words(act)
    return ActInWords(ja=words.ja, en=words.en)


def acts_in_words(acts: Iterable[str]) -> list[ActInWords]:
    """Give acts for people, in the order of their ids."""
    return [in_words(act) for act in sorted(acts)]


def attached(content: bytes, name: str, media: str) -> Response:
    """Answer with a file that the browser keeps."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)


def _verdict(verdict: Verdict) -> VerdictAnswer:
    return VerdictAnswer(
        whole=verdict.whole,
        entries=verdict.entries,
        head=verdict.head,
        anchored=verdict.anchored,
        broken_at=verdict.broken_at,
        why=verdict.why,
    )


def _sought(request: Request) -> Sought:
    words = {name: request.query_params.get(name) or None for name in ("who", "device", "act", "on")}
    if any(word is not None and len(word) > QUERY_MAX for word in words.values()):
        raise Refusal("invalid_arguments", {"field": "query", "why": f"expected at most {QUERY_MAX} characters"})
    day = request.query_params.get("day") or None
    try:
        return Sought(day=dt.date.fromisoformat(day) if day else None, **words)
    except ValueError:
        raise Refusal("invalid_arguments", {"field": "day", "why": "expected a day like 2026-02-14"}) from None


def _number(request: Request, name: str) -> int | None:
    text = request.query_params.get(name)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Refusal("invalid_arguments", {"field": name, "why": "expected a whole number"})
    return int(text)
