"""What pages load: modules, style sheets, fonts, under addresses that name their edition.

`/static/<edition>/client/board.js` never changes, so a browser keeps it for good and asks for nothing when it opens a page again: on a
crowded Wi-Fi that is the difference between one request and a hundred. Another edition gives other addresses.
"""

import hashlib
import json
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from yobidashi import places

FOLDERS: Final = {
    "client": places.CLIENT,
    "displays": places.DISPLAYS,
    "handhelds": places.HANDHELDS,
    "vendor": places.VENDOR,
}
"""Name in the address → folder. They lie beside each other, so that a style sheet can name a font by a relative address."""

NEVER_LOADED: Final = frozenset({".html", ".ttf"})
"""Templates and fonts for print: no browser asks for them."""

KEPT_S: Final = 31_536_000
"""How long a browser keeps a file of this edition: a year, the longest there is."""

EDITION_CHARACTERS: Final = 12


def edition() -> str:
    """Give the name of what stands in the folders now: the same in every process that has the same files."""
    digest = hashlib.sha256()
    for name, folder in FOLDERS.items():
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in NEVER_LOADED):
            digest.update(f"{name}/{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:EDITION_CHARACTERS]


class Statics:
    """The static files of one edition, as the pages name them."""

    def __init__(self) -> None:
        self.edition: Final = edition()
        self.base: Final = f"/static/{self.edition}"
        """Where the folders stand in addresses."""

    def import_map(self) -> str:
        """Give the JSON that tells a browser where the bare names of modules are (invariant 10)."""
        vendor = f"{self.base}/vendor"
        imports = {
            "client/": f"{self.base}/client/",
            "lit-html": f"{vendor}/lit-html/lit-html.js",
            "lit-html/": f"{vendor}/lit-html/",
            "@msgpack/msgpack": f"{vendor}/@msgpack/msgpack/dist.esm/index.mjs",
            "qr": f"{vendor}/qr/index.js",
            "qr/": f"{vendor}/qr/",
        }
        return json.dumps({"imports": imports})

    def routes(self) -> list[BaseRoute]:
        """Give a mount for each folder."""
        return [
            Mount(f"/static/{{edition}}/{name}", _Files(folder, self.edition), middleware=_GZIP)
            for name, folder in FOLDERS.items()
        ]


class _Files:
    """The files of one folder. Under another edition's address the same are given, but not to be kept.

    A page that was opened before the server was renewed still finds its fonts.
    """

    def __init__(self, folder: Path, edition: str) -> None:
        self._files = StaticFiles(directory=folder, check_dir=False)
        self._edition = edition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours: Any = scope["path_params"]["edition"] == self._edition

        async def with_kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                good = message["status"] < HTTPStatus.BAD_REQUEST
                kept = f"public, max-age={KEPT_S}, immutable" if ours and good else "no-cache"
                MutableHeaders(scope=message)["Cache-Control"] = kept
            await send(message)

        await self._files(scope, receive, with_kept)


_GZIP: Final = [Middleware(GZipMiddleware, minimum_size=1_024)]
