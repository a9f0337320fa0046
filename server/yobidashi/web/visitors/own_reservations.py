"""The visitors' side of reservations: the public form, and the private page it leaves: look, change, cancel, withdraw."""

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.people.address_limit import AddressLimit
from yobidashi.people.form.answers import read_form
from yobidashi.people.form.consents import VISITOR, Author
from yobidashi.people.reservations import commands
from yobidashi.people.reservations.answers import OwnReservation, SlotsAnswer, own_reservation, slots_answer
from yobidashi.people.reservations.reservation import Reservation, place_of
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.queue.commands.command import Command
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.body import FORM_MAX_BYTES, read_command
from yobidashi.web.gate import Asked, Endpoint, Gate
from yobidashi.web.links import page_address, qr_picture
from yobidashi.web.operation import Operation, posted
from yobidashi.web.pages import Pages, both

Kind = TypeVar("Kind", bound=Command)

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")
"""What stands in the address of a private page."""


class OwnReservations:
    """What anybody may do: reserve, and see to the own reservation."""

    def __init__(
        self, reservations: Reservations, limit: AddressLimit, fairs: Mapping[str, Fair], pages: Pages
    ) -> None:
        """Keep reservations by ``reservations``; hold floods back by ``limit``."""
        self._reservations = reservations
        self._limit = limit
        self._fairs = fairs
        self._pages = pages

    def operations(self) -> list[Operation]:
        """Give the operations."""
        own = "/own-reservations/{token}"
        return [
            _get("/slots", "read-slots", "予約枠の残り · Places left.", Act.RESERVE, self.slots, SlotsAnswer),
            posted("/own-reservations", commands.Reserve, Act.RESERVE, self.reserve, OwnReservation),
            _get(
                own, "read-own-reservation", "自分の予約 · One's own.", Act.OWN_RESERVATION, self.read, OwnReservation
            ),
            posted(f"{own}/change", commands.ChangeOwnReservation, Act.OWN_RESERVATION, self.change, OwnReservation),
            posted(f"{own}/cancel", commands.CancelOwnReservation, Act.OWN_RESERVATION, self.cancel, OwnReservation),
            posted(
                f"{own}/withdraw",
                commands.WithdrawOwnReservationConsent,
                Act.OWN_RESERVATION,
                self.withdraw,
                OwnReservation,
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give the form, the private page and its QR code."""
        rooms = (
            ("/reserve", self.form_page, Act.RESERVE),
            ("/r/{token}", self.own_page, Act.OWN_RESERVATION),
            ("/r/{token}/qr.svg", self.own_qr, Act.OWN_RESERVATION),
        )
        return [route for path, page, act in rooms for route in both(gate, path, page, act)]

    async def slots(self, request: Request) -> Response:
        """Give the places that are left. Nothing personal."""
        return JSONResponse(slots_answer(await self._reservations.slots(_asked(request).slug)).model_dump(mode="json"))

    async def reserve(self, request: Request) -> Response:
        """Take a reservation."""
        asked = _asked(request)
        command = await self._read(request, commands.Reserve)
        filled = read_form(self._fairs[asked.slug], "reservation", command.form())
        booking_id = await self._reservations.id_for(asked.slug, command.command_id)
        await _note(asked, booking_id, sorted(filled.answers))
        made = await self._reservations.book(asked.slug, filled, command_id=command.command_id, author=_visitor(asked))
        return await self._told(asked, made)

    async def read(self, request: Request) -> Response:
        """Give the visitor the own reservation."""
        asked = _asked(request)
        booking_id = await self._linked(request)
        await _note(asked, booking_id, ["all"])
        return await self._told(asked, await self._reservations.read(asked.slug, booking_id))

    async def change(self, request: Request) -> Response:
        """Write the own reservation anew."""
        asked = _asked(request)
        command = await self._read(request, commands.ChangeOwnReservation)
        filled = read_form(self._fairs[asked.slug], "reservation", command.form())
        booking_id = await self._linked(request)
        await _note(asked, booking_id, sorted(filled.answers))
        changed = await self._reservations.change(
            asked.slug, booking_id, filled, command_id=command.command_id, author=_visitor(asked)
        )
        return await self._told(asked, changed)

    async def cancel(self, request: Request) -> Response:
        """Cancel the own reservation."""
        asked = _asked(request)
        command = await self._read(request, commands.CancelOwnReservation)
        booking_id = await self._linked(request)
        await _note(asked, booking_id, ["all"])
        gone = await self._reservations.cancel(
            asked.slug, booking_id, command_id=command.command_id, author=_visitor(asked)
        )
        return await self._told(asked, gone)

    async def withdraw(self, request: Request) -> Response:
        """Take a consent back."""
        asked = _asked(request)
        command = await self._read(request, commands.WithdrawOwnReservationConsent)
        booking_id = await self._linked(request)
        await _note(asked, booking_id, [f"consents.{command.consent}"])
        after = await self._reservations.withdraw(
            asked.slug, booking_id, command.consent, command_id=command.command_id, author=_visitor(asked)
        )
        return await self._told(asked, after)

    async def form_page(self, request: Request) -> Response:
        """The form."""
        return self._pages.page(request, "reserve.html")

    async def own_page(self, request: Request) -> Response:
        """The private page; what it shows it asks for itself."""
        return self._pages.page(request, "own-reservation.html", token=_token(request))

    async def own_qr(self, request: Request) -> Response:
        """The address of the private page, for the camera at the reception."""
        return qr_picture(page_address(request, f"/r/{_token(request)}"))

    async def _read(self, request: Request, kind: type[Kind]) -> Kind:
        await self._limit.count(_asked(request).slug, request.client.host if request.client else "unknown")
        return await read_command(request, kind, FORM_MAX_BYTES)

    async def _linked(self, request: Request) -> str:
        booking_id = await self._reservations.by_token(_asked(request).slug, _token(request))
        if booking_id is None:
            raise Refusal("unknown_link")
        return booking_id

    async def _told(self, asked: Asked, reservation: Reservation) -> Response:
        token = await self._reservations.token(asked.slug, reservation.id)
        return JSONResponse(own_reservation(reservation, token).model_dump(mode="json"))


def _get(path: str, name: str, summary: str, act: Act, endpoint: Endpoint, answers: type[BaseModel]) -> Operation:
    return Operation(method="GET", path=path, name=name, summary=summary, act=act, endpoint=endpoint, answers=answers)


def _asked(request: Request) -> Asked:
    asked: Asked = request.state.asked
    return asked


async def _note(asked: Asked, booking_id: str, fields: list[str]) -> None:
    await asked.note(f"reservation:{booking_id}", records=[place_of(booking_id)], fields=fields)


def _visitor(asked: Asked) -> Author:
    assert asked.audit is not None, "the gate lets nobody pass here in a demonstration"
    return Author(by=VISITOR, at=asked.audit.now(), device=asked.principal.device)


def _token(request: Request) -> str:
    token: str = request.path_params["token"]
    if not TOKEN.fullmatch(token):
        raise Refusal("unknown_link")
    return token
