"""Devices over HTTP: invited, listed, taken out."""

import re
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.queue.errors import Refusal
from yobidashi.staff import answers, commands
from yobidashi.staff.devices import Device, Devices
from yobidashi.staff.permissions import Act
from yobidashi.staff.store import StaffStore
from yobidashi.staff.tokens import DEVICE_ID
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.links import link
from yobidashi.web.operation import Operation
from yobidashi.web.pages import Pages, both
from yobidashi.web.sockets import OpenSockets


class DevicesRoom:
    """The devices of every fair."""

    def __init__(self, store: StaffStore, fairs: Mapping[str, Fair], pages: Pages, sockets: OpenSockets) -> None:
        """Keep devices by ``store``; ``sockets`` tell which of them listen, and how far away they are."""
        self._sockets = sockets
        self._fairs = fairs
        self._pages = pages
        self._devices = Devices(store)

    def operations(self) -> list[Operation]:
        """Give the operations."""
        return [
            Operation(
                method="GET",
                path="/devices",
                name="read-devices",
                summary="登録端末 · Every enrolled device.",
                act=Act.READ_DEVICES,
                endpoint=self.read,
                answers=answers.DevicesAnswer,
            ),
            Operation(
                method="POST",
                path="/devices/invite",
                name=commands.InviteDevice.name,
                summary=commands.InviteDevice.summary,
                act=Act.INVITE_DEVICE,
                endpoint=self.invite,
                takes=commands.InviteDevice,
                answers=answers.Invited,
            ),
            Operation(
                method="POST",
                path="/devices/{device}/revoke",
                name=commands.RevokeDevice.name,
                summary=commands.RevokeDevice.summary,
                act=Act.REVOKE_DEVICE,
                endpoint=self.revoke,
                takes=commands.RevokeDevice,
                answers=answers.Done,
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give the page of the devices."""
        return [*both(gate, "/devices", self.page, Act.READ_DEVICES)]

    async def page(self, request: Request) -> Response:
        """The page of the devices."""
        return self._pages.page(request, "devices.html")

    async def read(self, request: Request) -> Response:
        """Give every device."""
        asked: Asked = request.state.asked
        trips = self._sockets.round_trips(asked.slug)
        devices = [_answer(device, asked, trips.get(device.id, [])) for device in await self._devices.all(asked.slug)]
        return JSONResponse(answers.DevicesAnswer(devices=devices).model_dump(mode="json"))

    async def invite(self, request: Request) -> Response:
        """Invite a device."""
        asked: Asked = request.state.asked
        command = await read_command(request, commands.InviteDevice)
        await asked.note(f"device:{command.kind}")
        by = asked.principal.staff or ""
        invitation = await self._devices.invite(asked.slug, command.kind, command.label, by)
        url = link(request, self._fairs, "/enrol", invitation.token)
        told = answers.Invited(url=url, code=invitation.code, until=invitation.until)
        return JSONResponse(told.model_dump(mode="json"))

    async def revoke(self, request: Request) -> Response:
        """Take a device out."""
        asked: Asked = request.state.asked
        device_id: str = request.path_params["device"]
        if not re.fullmatch(DEVICE_ID, device_id):
            raise Refusal("unknown_device")
        await read_command(request, commands.RevokeDevice)
        await asked.note(f"device:{device_id}")
        await self._devices.revoke(asked.slug, device_id)
        return JSONResponse(answers.Done().model_dump())


def _answer(device: Device, asked: Asked, trips: Sequence[float | None]) -> answers.DeviceAnswer:
    here = device.id == asked.principal.device
    values = {name: getattr(device, name) for name in Device.__slots__}
    far = max((seconds for seconds in trips if seconds is not None), default=None)
    ms = None if far is None else round(far * 1000)
    return answers.DeviceAnswer(**values, here=here, sockets=len(trips), round_trip_ms=ms)
