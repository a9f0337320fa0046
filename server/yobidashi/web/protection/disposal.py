"""The destruction of personal data over HTTP: inventory, application, approval, one step at a time, the record."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi import papers
from yobidashi.fair import Fair
from yobidashi.people.protection import commands
from yobidashi.people.protection.answers import ActInWords, DisposalAnswer, KeptAnswer, StepAnswer
from yobidashi.people.protection.disposal import PHASES_JA, STEPS, Application, Disposal, DisposalState
from yobidashi.people.protection.disposal_steps import DisposalSteps, left_undone
from yobidashi.people.protection.inventory import Kept, Places, inventory
from yobidashi.people.protection.storehouse import RedisFiles, Storehouse, StorehouseAway
from yobidashi.people.store import PeopleStore
from yobidashi.printing.typesetting import pdf
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation, posted
from yobidashi.web.protection.audit import PDF, attached
from yobidashi.web.staff.names import StaffNames


class DisposalRoom:
    """The end of every fair's personal data."""

    def __init__(
        self, people: PeopleStore, storehouse: Storehouse, places: Places, names: StaffNames, fairs: Mapping[str, Fair]
    ) -> None:
        """Destroy what is in ``people``, in the Redis of ``storehouse`` and in ``places``."""
        self._people = people
        self._storehouse = storehouse
        self._places = places
        self._names = names
        self._fairs = fairs
        self._disposal = Disposal(people, DisposalSteps(people, storehouse, places), _now_ms)

    def operations(self) -> list[Operation]:
        """Give the operations."""
        state = Operation(
            method="GET",
            path="/disposal",
            name="read-disposal",
            summary="消去の手続きと棚卸し · The inventory, and how far the destruction has come.",
            act=Act.READ_AUDIT,
            endpoint=self.read,
            answers=DisposalAnswer,
        )
        application = Operation(
            method="GET",
            path="/disposal/application.pdf",
            name="print-disposal-application",
            summary="消去申請書 · The application with the inventory, as a PDF.",
            act=Act.REQUEST_DISPOSAL,
            endpoint=self.print_application,
            answers_media=PDF,
        )
        ask, approve = Act.REQUEST_DISPOSAL, Act.APPROVE_DISPOSAL
        return [
            state,
            application,
            posted("/disposal/apply", commands.ApplyDisposal, ask, self.apply, DisposalAnswer),
            posted("/disposal/withdraw", commands.WithdrawDisposal, ask, self.withdraw, DisposalAnswer),
            posted("/disposal/approve", commands.ApproveDisposal, approve, self.approve, DisposalAnswer),
            posted("/disposal/step", commands.StepDisposal, ask, self.step, DisposalAnswer),
            posted("/disposal/record", commands.PrintDisposalRecord, ask, self.print_record, None, PDF),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: it is part of the privacy officer's (privacy.py)."""
        return []

    async def read(self, request: Request) -> Response:
        """Give how far it has come."""
        slug = request.state.asked.slug
        return await self._told(slug, await self._disposal.state(slug))

    async def apply(self, request: Request) -> Response:
        """Apply."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.ApplyDisposal)
        await asked.note("disposal", why=command.reason)
        application = Application(by=_who(asked), at=_now_ms(), reason=command.reason, command=command.command_id)
        return await self._told(asked.slug, await self._disposal.apply(asked.slug, application))

    async def withdraw(self, request: Request) -> Response:
        """Take the application back."""
        asked: Asked = request.state.asked
        await read_command(request, commands.WithdrawDisposal)
        await asked.note("disposal withdrawn")
        return await self._told(asked.slug, await self._disposal.withdraw(asked.slug))

    async def approve(self, request: Request) -> Response:
        """Approve what somebody else applied for."""
        asked: Asked = request.state.asked
        await read_command(request, commands.ApproveDisposal)
        await asked.note("disposal approved")
        return await self._told(asked.slug, await self._disposal.approve(asked.slug, _who(asked)))

    async def step(self, request: Request) -> Response:
        """Carry out the next step."""
        asked: Asked = request.state.asked
        await read_command(request, commands.StepDisposal)
        state = await self._disposal.state(asked.slug)
        await asked.note(f"disposal step:{state.next or 'none'}")
        return await self._told(asked.slug, await self._disposal.step(asked.slug, _who(asked)))

    async def print_application(self, request: Request) -> Response:
        """Print the application."""
        asked: Asked = request.state.asked
        state = await self._disposal.state(asked.slug)
        if state.application is None:
            raise _wrong(state)
        fair = self._fairs[asked.slug]
        applicant = await self._names.name(asked, state.application.by, "disposal-application")
        made_at = dt.datetime.now(fair.timezone)
        paper = papers.application(fair, state, await self._inventory(asked.slug), applicant, made_at)
        return attached(await asyncio.to_thread(pdf, paper), "disposal-application.pdf", PDF)

    async def print_record(self, request: Request) -> Response:
        """Print the record; the names of who did it come from the page, for the register's are gone."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.PrintDisposalRecord)
        state = await self._disposal.state(asked.slug)
        if state.phase != "done":
            raise _wrong(state)
        await asked.note("disposal-record")
        fair = self._fairs[asked.slug]
        made_at = dt.datetime.now(fair.timezone)
        paper = papers.record(fair, state, (command.carried_out_by,), command.approved_by, made_at)
        return attached(await asyncio.to_thread(pdf, paper), "disposal-record.pdf", PDF)

    async def _told(self, slug: str, state: DisposalState) -> Response:
        done = {each.step: each for each in state.done}
        deadline = self._fairs[slug].deletion_deadline
        limits = left_undone([each.result for each in state.done]) if state.phase == "done" else []
        answer = DisposalAnswer(
            phase=state.phase,
            applied_by=state.application.by if state.application else None,
            applied_at=state.application.at if state.application else None,
            reason=state.application.reason if state.application else "",
            approved_by=state.approval.by if state.approval else None,
            approved_at=state.approval.at if state.approval else None,
            deadline=deadline.isoformat() if deadline else None,
            steps=[
                StepAnswer(
                    step=step,
                    ja=ja,
                    en=en,
                    at=done[step].at if step in done else None,
                    result=done[step].result if step in done else {},
                )
                for step, (ja, en) in STEPS.items()
            ],
            inventory=[KeptAnswer(**asdict(line)) for line in await self._inventory(slug)],
            limits=[ActInWords(ja=ja, en=en) for ja, en in limits],
        )
        return JSONResponse(answer.model_dump(mode="json"))

    async def _inventory(self, slug: str) -> list[Kept]:
        try:
            files = await self._storehouse.files()
        except StorehouseAway as fault:
            files = RedisFiles(why_not=str(fault))
        return await inventory(self._people, slug, self._places, files)


def _wrong(state: DisposalState) -> Refusal:
    return Refusal("disposal_state", {"disposal": state.phase, "disposal_ja": PHASES_JA[state.phase]})


def _who(asked: Asked) -> str:
    assert asked.principal.staff is not None  # the permission table lets only staff this far
    return asked.principal.staff


def _now_ms() -> int:
    return round(dt.datetime.now(dt.UTC).timestamp() * 1000)
