"""The staff's side of reservations: who comes when, proxy entry, change and cancel for a visitor, a consent withdrawn."""

import re
from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.people.form.answers import read_form
from yobidashi.people.form.consents import Author
from yobidashi.people.reservations import answers, commands
from yobidashi.people.reservations.booking import Booking, BookingState
from yobidashi.people.reservations.reservation import Reservation, place_of, summary_of
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.reservations.sheet import columns
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.body import FORM_MAX_BYTES, read_command
from yobidashi.web.gate import Asked, Endpoint, Gate
from yobidashi.web.operation import Operation, posted
from yobidashi.web.pages import Pages, both

BOOKING_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")

LISTED_MAX: Final = 300
"""Names in one list: all that one queue, or one slot, can have on a day."""


_LISTED: Final = "予約の一覧 · Who has reserved a queue, a slot, or a slot of a queue."


class ReservationDesk:
    """The reservations of every fair, as the staff see them."""

    def __init__(self, reservations: Reservations, fairs: Mapping[str, Fair], pages: Pages) -> None:
        """Keep reservations by ``reservations``."""
        self._reservations = reservations
        self._fairs = fairs
        self._pages = pages

    def operations(self) -> list[Operation]:
        """Give the operations."""
        one, opened = "/reservations/{booking}", answers.ReservationAnswer
        return [
            _get(
                "/bookings",
                "read-bookings",
                "予約の件数 · Every booking, nameless.",
                self.bookings,
                answers.BookingsAnswer,
            ),
            _get(
                "/reservations", "list-reservations", _LISTED, self.listed, answers.ReservationRows, ("queue", "slot")
            ),
            posted("/reservations", commands.EnterReservation, Act.WRITE_RESERVATION, self.enter, opened),
            posted(
                "/reservations/search", commands.FindReservations, Act.SEARCH_PEOPLE, self.find, answers.ReservationRows
            ),
            _get(one, "read-reservation", "予約を開く · One reservation with all answers.", self.read, opened),
            posted(f"{one}/change", commands.ChangeReservation, Act.WRITE_RESERVATION, self.change, opened),
            posted(f"{one}/cancel", commands.CancelReservation, Act.WRITE_RESERVATION, self.cancel, opened),
            posted(f"{one}/withdraw", commands.WithdrawReservationConsent, Act.WITHDRAW_CONSENT, self.withdraw, opened),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give the one page."""
        return [*both(gate, "/reservations", self.page, Act.READ_RESERVATION)]

    async def page(self, request: Request) -> Response:
        """The list; what else it offers depends on who opened it."""
        may = _asked(request).principal.may
        offers = {
            "write": may(Act.WRITE_RESERVATION),
            "withdraw": may(Act.WITHDRAW_CONSENT),
            "import": may(Act.IMPORT_RESERVATIONS),
            "export": may(Act.EXPORT_RESERVATIONS),
        }
        headings = {column.key: column.ja for column in columns(self._fairs[_asked(request).slug])}
        return self._pages.page(request, "reservations.html", offers=offers, columns=headings)

    async def bookings(self, request: Request) -> Response:
        """Give every booking: places and persons, nobody's name."""
        found = await self._reservations.bookings(_asked(request).slug)
        told = answers.BookingsAnswer(bookings=[answers.booking_answer(booking) for booking in found.values()])
        return JSONResponse(told.model_dump(mode="json"))

    async def listed(self, request: Request) -> Response:
        """Give who has reserved a queue, a slot, or a slot of a queue: names, no contact."""
        asked = _asked(request)
        queue, slot = self._wanted(request)
        found = await self._reservations.bookings(asked.slug)
        ids = [id_ for id_, booking in found.items() if _is_in(booking, queue, slot)][:LISTED_MAX]
        await asked.note(_place(queue, slot), records=list(map(place_of, ids)), fields=("name", "kana"))
        fair = self._fairs[asked.slug]
        read = await self._reservations.read_many(asked.slug, ids)
        rows = sorted((answers.row(summary_of(fair, each)) for each in read), key=lambda each: (each.kana, each.id))
        return JSONResponse(answers.ReservationRows(reservations=rows).model_dump(mode="json"))

    async def find(self, request: Request) -> Response:
        """Give whom a link, a code or the beginning of a name finds."""
        asked = _asked(request)
        command = await read_command(request, commands.FindReservations)
        found = await self._reservations.find(asked.slug, command.text)
        # Who was found is known only now; nobody hears of it before it is on record.
        await asked.note("search", records=[place_of(each.id) for each in found], fields=("name", "kana"))
        rows = [answers.row(each) for each in found]
        return JSONResponse(answers.ReservationRows(reservations=rows).model_dump(mode="json"))

    async def read(self, request: Request) -> Response:
        """Open a reservation."""
        asked, booking_id = _asked(request), booking_id_in(request)
        await _note(asked, booking_id, ["all"])
        return _opened(await self._reservations.read(asked.slug, booking_id))

    async def enter(self, request: Request) -> Response:
        """Reserve for a visitor."""
        asked = _asked(request)
        command = await read_command(request, commands.EnterReservation, FORM_MAX_BYTES)
        filled = read_form(self._fairs[asked.slug], "reservation", command.form())
        booking_id = await self._reservations.id_for(asked.slug, command.command_id)
        await _note(asked, booking_id, sorted(filled.answers))
        made = await self._reservations.book(
            asked.slug, filled, command_id=command.command_id, author=author(asked), by_staff=True
        )
        return _opened(made)

    async def change(self, request: Request) -> Response:
        """Write a reservation anew."""
        asked, booking_id = _asked(request), booking_id_in(request)
        command = await read_command(request, commands.ChangeReservation, FORM_MAX_BYTES)
        filled = read_form(self._fairs[asked.slug], "reservation", command.form())
        await _note(asked, booking_id, sorted(filled.answers))
        return _opened(
            await self._reservations.change(
                asked.slug, booking_id, filled, command_id=command.command_id, author=author(asked)
            )
        )

    async def cancel(self, request: Request) -> Response:
        """Cancel a reservation."""
        asked, booking_id = _asked(request), booking_id_in(request)
        command = await read_command(request, commands.CancelReservation)
        await _note(asked, booking_id, ["all"])
        return _opened(
            await self._reservations.cancel(asked.slug, booking_id, command_id=command.command_id, author=author(asked))
        )

    async def withdraw(self, request: Request) -> Response:
        """Take a consent back for a visitor who has asked for it."""
        asked, booking_id = _asked(request), booking_id_in(request)
        command = await read_command(request, commands.WithdrawReservationConsent)
        await _note(asked, booking_id, [f"consents.{command.consent}"], command.why)
        return _opened(
            await self._reservations.withdraw(
                asked.slug,
                booking_id,
                command.consent,
                command_id=command.command_id,
                author=author(asked),
                why=command.why,
            )
        )

    def _wanted(self, request: Request) -> tuple[str | None, int | None]:
        """Give queue and slot that a list is asked for. Raises `Refusal`."""
        fair = self._fairs[_asked(request).slug]
        queue, slot = request.query_params.get("queue"), request.query_params.get("slot")
        if queue is None and slot is None:
            raise Refusal("invalid_arguments", {"field": "queue", "why": "expected a queue, a slot, or both"})
        if queue is not None and all(queue != each.id for each in fair.queues):
            raise Refusal("unknown_queue", {"id": queue[:40]})
        if slot is None:
            return queue, None
        if not re.fullmatch(r"[0-9]{1,15}", slot):
            raise Refusal("invalid_arguments", {"field": "slot", "why": "expected the start of a slot in ms"})
        return queue, int(slot)


def author(asked: Asked) -> Author:
    """Give who writes: the member of staff, at the device."""
    assert asked.audit is not None, "the gate lets nobody pass here in a demonstration"
    assert asked.principal.staff is not None, "the table lets only staff pass here"
    return Author(by=asked.principal.staff, at=asked.audit.now(), device=asked.principal.device)


def _get(
    path: str, name: str, summary: str, endpoint: Endpoint, gives: type[BaseModel], query: tuple[str, ...] = ()
) -> Operation:
    return Operation(
        method="GET",
        path=path,
        name=name,
        summary=summary,
        act=Act.READ_RESERVATION,
        endpoint=endpoint,
        answers=gives,
        query=query,
    )


def _asked(request: Request) -> Asked:
    asked: Asked = request.state.asked
    return asked


def booking_id_in(request: Request) -> str:
    """Give the id in an address. Raises `Refusal` (``unknown_reservation``)."""
    booking_id: str = request.path_params["booking"]
    if not BOOKING_ID.fullmatch(booking_id):
        raise Refusal("unknown_reservation")
    return booking_id


async def _note(asked: Asked, booking_id: str, fields: list[str], why: str = "") -> None:
    await asked.note(f"reservation:{booking_id}", why=why, records=[place_of(booking_id)], fields=fields)


def _opened(reservation: Reservation) -> Response:
    return JSONResponse(answers.reservation_answer(reservation).model_dump(mode="json"))


def _is_in(booking: Booking, queue: str | None, slot: int | None) -> bool:
    return booking.state is not BookingState.CANCELLED and any(
        queue in (None, wish.queue) and slot in (None, wish.slot) for wish in booking.wishes
    )


def _place(queue: str | None, slot: int | None) -> str:
    return " ".join([*([f"queue:{queue}"] if queue else []), *([f"slot:{slot}"] if slot is not None else [])])
