"""The screens beside the calls: the guide, the booths' own, and the video that both show. They show, and nobody taps them."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute

from yobidashi.fair import Fair
from yobidashi.staff.permissions import Act
from yobidashi.web.gate import Gate
from yobidashi.web.operation import Operation
from yobidashi.web.pages import Pages, both

VIDEO_KEPT: Final = "private, no-cache"
"""A browser keeps the video, and asks each time whether it is still the same."""


class Screens:
    """The screens of every fair."""

    def __init__(self, pages: Pages, videos: Mapping[str, Path]) -> None:
        """Show ``pages``; ``videos`` are the files of the fairs that name one, by slug."""
        self._pages = pages
        self._videos = videos

    def operations(self) -> Sequence[Operation]:
        """Give none: screens send nothing."""
        return ()

    def pages(self, gate: Gate) -> Sequence[BaseRoute]:
        """Give the routes of the screens and of the videos."""
        return (
            *both(gate, "/guide", self.guide, Act.OPEN_SCREEN),
            *both(gate, "/booths/{booth:int}/screen", self.booth, Act.OPEN_SCREEN),
            gate.route("/video/{fair}", self.video, Act.OPEN_SCREEN),
        )

    async def guide(self, request: Request) -> Response:
        """Where it is quiet now and where it is crowded, and how one walks there from where the screen stands (``?at=``)."""
        return self._pages.page(request, "guide.html", visitors=False)

    async def booth(self, request: Request) -> Response:
        """The small screen of one booth."""
        number = self._pages.booth_in(request)
        return self._pages.page(request, "booth-screen.html", visitors=False, booth=number)

    async def video(self, request: Request) -> Response:
        """The video of a fair, or the range of it that is asked for."""
        path = self._videos.get(request.state.asked.slug)
        if path is None or not path.is_file():
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return FileResponse(path, headers={"Cache-Control": VIDEO_KEPT})


def videos_of(paths: Iterable[Path], fairs: Iterable[Fair]) -> dict[str, Path]:
    """Give the video of each fair that names one, by slug: it lies beside the fair's own file, and those are ``paths``."""
    pairs = zip(paths, fairs, strict=True)
    return {fair.slug: path.parent / fair.video.file for path, fair in pairs if fair.video is not None}
