"""The gift for those who reserved: how many are left, and to whom one is handed."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from yobidashi.people.reservations import commands
from yobidashi.people.reservations.answers import NoveltyAnswer, StockAnswer, novelty_answer
from yobidashi.people.reservations.novelty import Novelty
from yobidashi.staff.permissions import Act
from yobidashi.web.body import read_command
from yobidashi.web.gate import Asked, Gate
from yobidashi.web.operation import Operation
from yobidashi.web.visitors.reservations import booking_id_in


class NoveltyRoom:
    """The gifts of every fair."""

    def __init__(self, novelty: Novelty) -> None:
        """Count by ``novelty``."""
        self._novelty = novelty

    def operations(self) -> list[Operation]:
        """Give the operations."""
        one = "/reservations/{booking}/novelty"
        return [
            Operation(
                method="GET",
                path="/novelty",
                name="read-novelty",
                summary="記念品の残り · Gifts left.",
                act=Act.HAND_NOVELTY,
                endpoint=self.stock,
                answers=StockAnswer,
            ),
            Operation(
                method="POST",
                path=one,
                name=commands.HandNovelty.name,
                summary=commands.HandNovelty.summary,
                act=Act.HAND_NOVELTY,
                endpoint=self.hand,
                takes=commands.HandNovelty,
                answers=NoveltyAnswer,
            ),
            Operation(
                method="POST",
                path=f"{one}/undo",
                name=commands.TakeNoveltyBack.name,
                summary=commands.TakeNoveltyBack.summary,
                act=Act.HAND_NOVELTY,
                endpoint=self.take_back,
                takes=commands.TakeNoveltyBack,
                answers=NoveltyAnswer,
            ),
        ]

    def pages(self, gate: Gate) -> list[BaseRoute]:
        """Give no page: the reception's has it."""
        return []

    async def stock(self, request: Request) -> Response:
        """Give how many gifts are left."""
        asked: Asked = request.state.asked
        return JSONResponse(StockAnswer(left=await self._novelty.left(asked.slug)).model_dump())

    async def hand(self, request: Request) -> Response:
        """Hand the gift."""
        asked: Asked = request.state.asked
        booking_id, command = booking_id_in(request), await read_command(request, commands.HandNovelty)
        await asked.note(f"reservation:{booking_id}")
        handed = await self._novelty.hand(asked.slug, booking_id, command.command_id)
        return JSONResponse(novelty_answer(handed).model_dump())

    async def take_back(self, request: Request) -> Response:
        """Take the handing of a gift back."""
        asked: Asked = request.state.asked
        booking_id, command = booking_id_in(request), await read_command(request, commands.TakeNoveltyBack)
        await asked.note(f"reservation:{booking_id}", why="undo")
        handed = await self._novelty.take_back(asked.slug, booking_id, command.command_id)
        return JSONResponse(novelty_answer(handed).model_dump())
