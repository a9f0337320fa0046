"""Reservations as files: a sheet that comes in is tried, then booked; the privacy officer takes the whole list out."""

import asyncio
from collections.abc import Mapping
from typing import Final, cast, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.people.reservations import commands
from yobidashi.people.reservations.answers import ImportAnswer, RowFaultAnswer
from yobidashi.people.reservations.reservation import place_of
from yobidashi.people.reservations.reservations import Mode, Reservations
from yobidashi.people.reservations.sheet import columns, nameless, sample_row, written_rows
from yobidashi.people.reservations.sheet_import import FAULTS_TOLD, Imported, book_sheet, ids_of, read_sheet
from yobidashi.people.sheets.table import write_csv, write_xlsx
from yobidashi.queue.errors import Refusal
from yobidashi.staff.permissions import Act
from yobidashi.web.body import read_command, read_file
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation
from yobidashi.web.visitors.reservations import author

SHEET: Final = "application/octet-stream"
"""What a file comes as: CSV and Excel are told apart by their content."""

MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

TITLE: Final = "予約"


class ReservationSheets:
    """Sheets of reservations, in and out."""

    def __init__(self, reservations: Reservations, fairs: Mapping[str, Fair]) -> None:
        """Book by ``reservations``."""
        self._reservations = reservations
        self._fairs = fairs

    def operations(self) -> list[Operation]:
        """Give the operations."""
        return [
            Operation(
                method="GET",
                path="/reservations/sheet",
                name="read-reservation-sheet",
                summary="予約の表の見本 · A sheet with headings and one made-up row.",
                act=Act.IMPORT_RESERVATIONS,
                endpoint=self.sample,
                answers_media=MEDIA["xlsx"],
            ),
            Operation(
                method="POST",
                path="/reservations/import",
                name="import-reservations",
                summary="予約の取り込み · mode=check tries a sheet, all books every row or none, good those that fit.",
                act=Act.IMPORT_RESERVATIONS,
                endpoint=self.take_in,
                media=SHEET,
                takes_file=True,
                answers=ImportAnswer,
                query=("mode",),
            ),
            Operation(
                method="POST",
                path="/reservations/export",
                name=commands.ExportReservations.name,
                summary=commands.ExportReservations.summary,
                act=Act.EXPORT_RESERVATIONS,
                endpoint=self.give_out,
                takes=commands.ExportReservations,
                answers_media=MEDIA["xlsx"],
                other_media=(MEDIA["csv"],),
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: the list has them."""
        return []

    async def sample(self, request: Request) -> Response:
        """Give a sheet to begin with."""
        fair = self._fairs[_asked(request).slug]
        content = await asyncio.to_thread(write_xlsx, columns(fair), [sample_row(fair)], TITLE)
        return _file(content, "xlsx", "reservations-sample")

    async def take_in(self, request: Request) -> Response:
        """Try or book a sheet."""
        asked, mode = _asked(request), _mode(request)
        fair = self._fairs[asked.slug]
        sheet = await asyncio.to_thread(read_sheet, fair, await read_file(request, {SHEET}))
        ids = [await self._reservations.id_for(asked.slug, command_id) for command_id in ids_of(sheet)]
        await asked.note(f"import:{mode}", records=list(map(place_of, ids)), fields=["all"])
        imported = await book_sheet(self._reservations, fair, sheet, mode, author(asked))
        return JSONResponse(_answer(imported, mode).model_dump(mode="json"))

    async def give_out(self, request: Request) -> Response:
        """Give every reservation as a file without names: those leave by an approved export alone."""
        asked = _asked(request)
        fair = self._fairs[asked.slug]
        command = await read_command(request, commands.ExportReservations)
        ids = list(await self._reservations.bookings(asked.slug))
        await asked.note("export", why=command.why, records=list(map(place_of, ids)), fields=["nameless"])
        known = set(ids)  # who reserved since is not on record as taken out, so is not
        rows = written_rows(fair, [each for each in await self._reservations.all(asked.slug) if each.id in known])
        write = write_csv if command.form == "csv" else write_xlsx
        return _file(await asyncio.to_thread(write, nameless(fair), rows), command.form, "reservations")


def _asked(request: Request) -> Asked:
    asked: Asked = request.state.asked
    return asked


def _mode(request: Request) -> Mode:
    mode = request.query_params.get("mode", "")
    if mode not in get_args(Mode):
        raise Refusal("invalid_arguments", {"field": "mode", "why": "expected check, all or good"})
    return cast("Mode", mode)


def _answer(imported: Imported, mode: Mode) -> ImportAnswer:
    return ImportAnswer(
        rows=imported.rows,
        good=imported.rows - imported.wrong,
        made=len(imported.made) if mode != "check" else 0,
        there=imported.there,
        wrong=imported.wrong,
        faults=[RowFaultAnswer(**fault.to_object()) for fault in imported.faults[:FAULTS_TOLD]],
    )


def _file(content: bytes, form: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA[form], headers=headers)
