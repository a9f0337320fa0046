"""How people and devices come in: set-up by the first link, enrolment by an invitation, sign-in by badge and PIN.

Cookies: the device's is ``SameSite=Lax``, because a phone's camera opens the badge's address from outside and the page must
know the device; the sign-in's is ``Strict``. Both are HttpOnly, and Secure behind TLS.
"""

import time
from collections.abc import Mapping
from typing import Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.queue.errors import Refusal
from yobidashi.staff import answers, commands
from yobidashi.staff.devices import Devices
from yobidashi.staff.member import chiefs_days, profile
from yobidashi.staff.permissions import Act
from yobidashi.staff.pins import Pins, check_new_pin
from yobidashi.staff.principal import Kind
from yobidashi.staff.register import Register, place
from yobidashi.staff.roles import Role
from yobidashi.staff.sessions import LASTS_MS, Sessions
from yobidashi.staff.sign_in import Entered, Shown, SignIn
from yobidashi.staff.store import StaffStore
from yobidashi.staff.tokens import csrf_of, device_cookie, session_cookie, session_from_cookie
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.links import badge_link
from yobidashi.web.operation import Operation, posted
from yobidashi.web.pages import Pages, both


class ComingIn:
    """The door of every fair."""

    def __init__(self, store: StaffStore, fairs: Mapping[str, Fair], pages: Pages) -> None:
        """Open the door with ``store``."""
        self._fairs = fairs
        self._pages = pages
        self._pins = Pins()
        self._store = store
        self._register = Register(store)
        self._devices = Devices(store)
        self._sessions = Sessions(store)
        self._sign_in = SignIn(store, self._pins)

    def operations(self) -> list[Operation]:
        """Give the operations."""
        return [
            posted("/set-up", commands.SetUp, Act.SET_UP, self.set_up, answers.WasSetUp),
            posted("/enrol", commands.Enrol, Act.ENROL, self.enrol, answers.Enrolled),
            posted("/sign-in/badge", commands.ShowBadge, Act.SIGN_IN, self.show_badge, answers.FirstUse),
            posted("/sign-in", commands.EnterPin, Act.SIGN_IN, self.enter_pin, answers.SignedIn),
            posted("/sign-in/first", commands.ChoosePin, Act.SIGN_IN, self.choose_pin, answers.SignedIn),
            posted("/sign-out", commands.SignOut, Act.SIGN_OUT, self.sign_out, answers.Done),
            Operation(
                method="GET",
                path="/me",
                name="read-me",
                summary="だれが開いているか · Who has this page open.",
                act=Act.SIGN_IN,
                endpoint=self.me,
                answers=answers.Me,
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give the pages."""
        rooms = (
            ("/set-up", self.set_up_page, Act.SET_UP),
            ("/enrol", self.enrol_page, Act.ENROL),
            ("/sign-in", self.sign_in_page, Act.SIGN_IN),
        )
        return [route for path, page, act in rooms for route in both(gate, path, page, act)]

    async def set_up(self, request: Request) -> Response:
        """Make the first chief and enrol this device."""
        asked = _asked(request)
        command = await read_command(request, commands.SetUp)
        check_new_pin(command.pin, command.again)
        fair = self._fairs[asked.slug]
        first, last = chiefs_days(fair)
        who = profile(
            fair,
            name=command.person,
            kana=command.kana,
            roles=[Role.CHIEF],
            booth=None,
            first=first,
            last=last,
        )
        vault = await self._store.vault(asked.slug)
        badge = vault.id_for("badge", f"{command.command_id}\0{command.token}")
        kept = await self._pins.hash(command.pin, badge)
        member_id, device, until = await self._register.set_up(
            fair, command.token, command.command_id, who, kept, badge
        )
        await asked.note(f"staff:{member_id} device:{device.id}", records=[place(member_id)])
        told = answers.WasSetUp(
            id=member_id, badge=badge_link(request, self._fairs, member_id, badge), csrf=csrf_of(device.secret)
        )
        response = JSONResponse(told.model_dump(mode="json"))
        _keep(request, response, device_cookie(asked.slug), device.cookie(), _ms_until(until), "lax")
        return response

    async def enrol(self, request: Request) -> Response:
        """Enrol this device."""
        asked = _asked(request)
        command = await read_command(request, commands.Enrol)
        fair = self._fairs[asked.slug]
        device, kind, until = await self._devices.enrol(fair, command.token, command.command_id, _address(request))
        await asked.note(f"device:{device.id}")
        told = answers.Enrolled(kind=kind, until=until, csrf=csrf_of(device.secret))
        response = JSONResponse(told.model_dump(mode="json"))
        _keep(request, response, device_cookie(asked.slug), device.cookie(), _ms_until(until), "lax")
        return response

    async def show_badge(self, request: Request) -> Response:
        """Tell whether a badge's PIN is still to be chosen."""
        command = await read_command(request, commands.ShowBadge)
        shown = _shown(request, command.badge)
        first = await self._sign_in.is_first(_asked(request).slug, shown)
        return JSONResponse(answers.FirstUse(first=first).model_dump())

    async def enter_pin(self, request: Request) -> Response:
        """Sign in."""
        command = await read_command(request, commands.EnterPin)
        shown, before = _shown(request, command.badge), self._token(request)
        try:
            entered = await self._sign_in.sign_in(_asked(request).slug, shown, command.pin, before)
        except Refusal as refusal:
            await _note_refused(request, shown, refusal)
            raise
        return await self._signed_in(request, shown.member_id, entered)

    async def choose_pin(self, request: Request) -> Response:
        """Choose a PIN and sign in."""
        command = await read_command(request, commands.ChoosePin)
        shown, before = _shown(request, command.badge), self._token(request)
        try:
            entered = await self._sign_in.sign_in_first(_asked(request).slug, shown, command.pin, command.again, before)
        except Refusal as refusal:
            await _note_refused(request, shown, refusal)
            raise
        return await self._signed_in(request, shown.member_id, entered)

    async def sign_out(self, request: Request) -> Response:
        """Sign out at this device, or everywhere."""
        asked = _asked(request)
        command = await read_command(request, commands.SignOut)
        token, member_id = self._token(request), asked.principal.staff
        await asked.note(f"staff:{member_id}", why="everywhere" if command.everywhere else "")
        if command.everywhere and member_id is not None:
            await self._sessions.end_all_of(asked.slug, member_id)
        elif token is not None:
            await self._sessions.end(asked.slug, token)
        response = JSONResponse(answers.Done().model_dump())
        response.delete_cookie(session_cookie(asked.slug), httponly=True, samesite="strict", secure=_by_tls(request))
        return response

    async def me(self, request: Request) -> Response:
        """Tell who has this page open; a member reads the own name."""
        asked = _asked(request)
        name = ""
        if asked.principal.staff is not None:
            await asked.note(f"staff:{asked.principal.staff}", records=[place(asked.principal.staff)], fields=["name"])
            name = await self._register.name(asked.slug, asked.principal.staff)
        return JSONResponse(answers.Me(**asked.principal.public(), name=name).model_dump(mode="json"))

    async def set_up_page(self, request: Request) -> Response:
        """Where the first chief is made."""
        return self._page(request, "set-up.html")

    async def enrol_page(self, request: Request) -> Response:
        """Where a device is enrolled."""
        return self._page(request, "enrol.html")

    async def sign_in_page(self, request: Request) -> Response:
        """Where people sign in."""
        return self._page(request, "sign-in.html")

    def _page(self, request: Request, template: str) -> Response:
        return self._pages.page(request, template)

    async def _signed_in(self, request: Request, member_id: str, entered: Entered) -> Response:
        asked = _asked(request)
        await asked.note(f"staff:{member_id}")
        told = answers.SignedIn(
            id=member_id, roles=list(entered.roles), booth=entered.booth, csrf=csrf_of(entered.token)
        )
        response = JSONResponse(told.model_dump(mode="json"))
        _keep(request, response, session_cookie(asked.slug), entered.token, LASTS_MS, "strict")
        return response

    def _token(self, request: Request) -> str | None:
        return session_from_cookie(request.cookies.get(session_cookie(_asked(request).slug)))


def _asked(request: Request) -> Asked:
    asked: Asked = request.state.asked
    return asked


def _shown(request: Request, badge: commands.ShownBadge) -> Shown:
    """Give what is shown, and where. Raises `Refusal` (``device_needed``) where nobody may sign in."""
    principal = _asked(request).principal
    if principal.device is None or principal.kind is Kind.SCREEN:
        raise Refusal("device_needed")
    return Shown(badge.id, badge.secret, principal.device, _address(request))


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


async def _note_refused(request: Request, shown: Shown, refusal: Refusal) -> None:
    """Put a refused sign-in on record; the flood that ``too_often`` holds back is not written down."""
    if refusal.code in ("sign_in_failed", "badge_locked"):
        await _asked(request).note(f"staff:{shown.member_id}", why=refusal.code)


def _keep(
    request: Request, response: Response, cookie: str, value: str, lasts_ms: int, same_site: Literal["lax", "strict"]
) -> None:
    response.set_cookie(
        cookie, value, max_age=lasts_ms // 1000, httponly=True, samesite=same_site, secure=_by_tls(request)
    )


def _by_tls(request: Request) -> bool:
    return request.url.scheme == "https"


def _ms_until(moment: int) -> int:
    return max(moment - round(time.time() * 1000), 0)
