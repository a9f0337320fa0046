"""The staff register over HTTP: read, written, imported; badges made, taken away and printed."""

import asyncio
import datetime as dt
import re
import time
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.printing.badges import Badge, Badges
from yobidashi.printing.typesetting import pdf
from yobidashi.queue.commands.command import COMMAND_ID_PATTERN, Command
from yobidashi.queue.errors import Refusal
from yobidashi.staff import answers, commands
from yobidashi.staff.member import Member, Profile, profile
from yobidashi.staff.permissions import Act
from yobidashi.staff.register import Register, place
from yobidashi.staff.roles import WORDS
from yobidashi.staff.roll import read_roll
from yobidashi.staff.sessions import Sessions
from yobidashi.staff.store import StaffStore
from yobidashi.staff.tokens import MEMBER_ID
from yobidashi.web.body import BODY_MAX_BYTES, read_command, read_file
from yobidashi.web.gate import Asked, Endpoint, Gate
from yobidashi.web.links import badge_link
from yobidashi.web.operation import JSON, Operation
from yobidashi.web.pages import Pages, both

SHEET: Final = "application/octet-stream"
"""How a sheet is sent: what it is, its content says."""

PDF: Final = "application/pdf"


class Staff:
    """The staff of every fair."""

    def __init__(self, store: StaffStore, fairs: Mapping[str, Fair], pages: Pages) -> None:
        """Keep registers by ``store``."""
        self._fairs = fairs
        self._pages = pages
        self._register = Register(store)
        self._sessions = Sessions(store)

    def operations(self) -> list[Operation]:
        """Give the operations."""
        read = Operation(
            method="GET",
            path="/staff",
            name="read-staff",
            summary="スタッフ名簿 · The staff register.",
            act=Act.READ_STAFF,
            endpoint=self.read,
            answers=answers.Members,
        )
        sheet = Operation(
            method="POST",
            path="/staff/import",
            name="import-staff",
            summary="名簿の取り込み · Add the members of a sheet (CSV or Excel), all or none.",
            act=Act.WRITE_STAFF,
            endpoint=self.read_in,
            media=SHEET,
            takes_file=True,
            answers=answers.Added,
            query=("command_id",),
        )
        one = "/staff/{member}"
        return [
            read,
            sheet,
            _post("/staff", commands.AddMember, Act.WRITE_STAFF, self.add, answers.Added),
            _post("/staff/badges", commands.PrintBadges, Act.PRINT_BADGES, self.print_badges, None, PDF),
            _post(f"{one}/change", commands.ChangeMember, Act.WRITE_STAFF, self.change, answers.Done),
            _post(f"{one}/badge", commands.RenewBadge, Act.PRINT_BADGES, self.renew_badge, answers.NewBadge),
            _post(f"{one}/revoke", commands.RevokeMember, Act.REVOKE_STAFF, self.revoke, answers.Done),
            _post(f"{one}/unlock", commands.UnlockMember, Act.WRITE_STAFF, self.unlock, answers.Done),
            _post(f"{one}/sign-out", commands.SignOutMember, Act.REVOKE_STAFF, self.sign_out, answers.Done),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give the page of the register."""
        return [*both(gate, "/staff", self.page, Act.READ_STAFF)]

    async def page(self, request: Request) -> Response:
        """The register's page."""
        roles = [{"key": str(role), "ja": words.ja, "en": words.en} for role, words in WORDS.items()]
        return self._pages.page(request, "staff.html", roles=roles)

    async def read(self, request: Request) -> Response:
        """Give every member with their name."""
        asked: Asked = request.state.asked
        ids = await self._register.ids(asked.slug)
        await asked.note("staff", records=[place(member_id) for member_id in ids], fields=("name", "kana"))
        members = await self._register.all(asked.slug, _now_ms())
        shown = [answers.MemberAnswer.model_validate(member, from_attributes=True) for member in members]
        return JSONResponse(answers.Members(members=shown).model_dump(mode="json"))

    async def add(self, request: Request) -> Response:
        """Add a member."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.AddMember)
        ids = await self._register.add(self._fairs[asked.slug], [self._profile(asked, command)], command.command_id)
        return await self._added(asked, ids)

    async def read_in(self, request: Request) -> Response:
        """Add every member of a sheet."""
        asked: Asked = request.state.asked
        command_id = request.query_params.get("command_id", "")
        if not re.fullmatch(COMMAND_ID_PATTERN, command_id):
            raise Refusal("missing_command_id")
        data = await read_file(request, {SHEET})
        fair = self._fairs[asked.slug]
        profiles: list[Profile] = await asyncio.to_thread(read_roll, fair, data)
        return await self._added(asked, await self._register.add(fair, profiles, command_id))

    async def change(self, request: Request) -> Response:
        """Write a member anew."""
        asked: Asked = request.state.asked
        member_id = _member(request)
        command = await read_command(request, commands.ChangeMember)
        written = self._profile(asked, command)
        await asked.note(f"staff:{member_id}", records=[place(member_id)])
        await self._register.change(self._fairs[asked.slug], member_id, written)
        return _done()

    async def renew_badge(self, request: Request) -> Response:
        """Give a member a new badge, to be shown on the page."""
        asked: Asked = request.state.asked
        member_id = _member(request)
        await read_command(request, commands.RenewBadge)
        await asked.note(f"staff:{member_id}")
        (secret,) = await self._register.renew_badges(asked.slug, [member_id])
        told = answers.NewBadge(id=member_id, badge=badge_link(request, self._fairs, member_id, secret))
        return JSONResponse(told.model_dump(mode="json"))

    async def print_badges(self, request: Request) -> Response:
        """Give members new badges, as a PDF."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.PrintBadges, BODY_MAX_BYTES)
        wanted = list(dict.fromkeys(command.members))
        places = [place(member_id) for member_id in wanted]
        await asked.note("badges", records=places, fields=("name",))
        secrets = await self._register.renew_badges(asked.slug, wanted)
        members = {member.id: member for member in await self._register.all(asked.slug, _now_ms())}
        badges = tuple(
            _badge(members[member_id], badge_link(request, self._fairs, member_id, secret))
            for member_id, secret in zip(wanted, secrets, strict=True)
        )
        fair = self._fairs[asked.slug]
        sheet = Badges(fair=fair.name, english=fair.english, badges=badges, made_at=dt.datetime.now(fair.timezone))
        content = await asyncio.to_thread(pdf, sheet)
        return Response(content, media_type=PDF, headers={"Content-Disposition": 'attachment; filename="badges.pdf"'})

    async def revoke(self, request: Request) -> Response:
        """Take a member's badge away."""
        asked, member_id = await self._act(request, commands.RevokeMember)
        await self._register.revoke(asked.slug, member_id)
        return _done()

    async def unlock(self, request: Request) -> Response:
        """Let a member try again."""
        asked, member_id = await self._act(request, commands.UnlockMember)
        await self._register.unlock(asked.slug, member_id)
        return _done()

    async def sign_out(self, request: Request) -> Response:
        """End every sign-in of a member."""
        asked, member_id = await self._act(request, commands.SignOutMember)
        await self._sessions.end_all_of(asked.slug, member_id)
        return _done()

    async def _act(self, request: Request, kind: type[Command]) -> tuple[Asked, str]:
        """Read a command about one member that says nothing more, and put it on record."""
        asked: Asked = request.state.asked
        member_id = _member(request)
        await read_command(request, kind)
        await asked.note(f"staff:{member_id}")
        return asked, member_id

    async def _added(self, asked: Asked, ids: list[str]) -> Response:
        await asked.note("staff", records=[place(member_id) for member_id in ids])
        return JSONResponse(answers.Added(ids=ids).model_dump())

    def _profile(self, asked: Asked, command: commands.AddMember) -> Profile:
        return profile(
            self._fairs[asked.slug],
            name=command.person,
            kana=command.kana,
            roles=command.roles,
            booth=command.booth,
            first=command.first,
            last=command.last,
        )


def _post(
    path: str,
    takes: type[Command],
    act: Act,
    endpoint: Endpoint,
    gives: type[BaseModel] | None,
    media: str = JSON,
) -> Operation:
    words: dict[str, Any] = {"name": takes.name, "summary": takes.summary, "takes": takes}
    return Operation(method="POST", path=path, act=act, endpoint=endpoint, answers=gives, answers_media=media, **words)


def _member(request: Request) -> str:
    member_id: str = request.path_params["member"]
    if not re.fullmatch(MEMBER_ID, member_id):
        raise Refusal("unknown_member", {"id": member_id[:10]})
    return member_id


def _badge(member: Member, url: str) -> Badge:
    return Badge(
        badge_id=member.id,
        name=member.name,
        roles=tuple(WORDS[role].ja for role in member.roles),
        booth=member.booth,
        valid_from=dt.date.fromisoformat(member.first),
        valid_until=dt.date.fromisoformat(member.last),
        url=url,
    )


def _done() -> Response:
    return JSONResponse(answers.Done().model_dump())


def _now_ms() -> int:
    return round(time.time() * 1000)
