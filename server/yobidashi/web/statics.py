"""What pages load: modules, style sheets, fonts, under addresses that name their edition.

`/static/<edition>/client/board.js` never changes, so a browser keeps it for good and asks for nothing when it opens a page again: on a
crowded Wi-Fi that is the difference between one request and a hundred. Another edition gives other addresses.
"""

import gzip
import hashlib
import json
import mimetypes
import posixpath
import re
from dataclasses import dataclass
from functools import cache, cached_property, partial
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from yobidashi import places
from yobidashi.web.uncommented import without_comments

FOLDERS: Final = {
    "client": places.CLIENT,
    "displays": places.DISPLAYS,
    "handhelds": places.HANDHELDS,
    "vendor": places.VENDOR,
}
"""Name in the address → folder. They lie beside each other, so that a style sheet can name a font by a relative address."""

OURS: Final = frozenset({"client", "displays", "handhelds"})
"""Folders whose comments stay at home; in a library's they may be its licence."""

TEXTS: Final = frozenset({".js", ".mjs", ".css", ".svg"})
"""Kept in memory, packed: about 1 MB. Everything else, which is fonts, is read from disk when asked for."""

BARE_NAMES: Final = {
    "client/": "client/",
    "lit-html": "vendor/lit-html/lit-html.js",
    "lit-html/": "vendor/lit-html/",
    "@msgpack/msgpack": "vendor/@msgpack/msgpack/msgpack.min.mjs",
    "qr": "vendor/qr/index.js",
    "qr/": "vendor/qr/",
}
"""What modules import by name → where it is; a name that ends with a slash begins a path."""

IMPORT: Final = re.compile(
    r"""^(?:import|export)\b[^;"']*?\bfrom\s*["']([^"']+)["']|^import\s*["']([^"']+)["']""", re.MULTILINE
)
"""A module that is named at the beginning of a line; what is imported later, when it is needed, is not."""

NEVER_LOADED: Final = frozenset({".html", ".ttf"})
"""Templates and fonts for print: no browser asks for them."""

KEPT_S: Final = 31_536_000
"""How long a browser keeps a file of this edition: a year, the longest there is."""

EDITION_CHARACTERS: Final = 12

PACKED_FROM_BYTES: Final = 512
"""Smaller texts travel as they are."""


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
        return json.dumps({"imports": {name: f"{self.base}/{path}" for name, path in BARE_NAMES.items()}})

    @cache  # noqa: B019 (one for each application, and for as long as it)
    def modules(self, entry: str) -> tuple[str, ...]:
        """Give the addresses of all modules that ``entry`` (handhelds/visitor.js) needs, itself first.

        A page that names them loads them all at once; else each is found only in the one that imports it, round trip after round trip.
        """
        found = [entry]
        for path in found:  # grows while it is walked
            folder, _, rest = path.partition("/")
            text = (FOLDERS[folder] / rest).read_text("utf-8")
            found += [each for each in map(partial(_target, path), IMPORT.findall(text)) if each not in found]
        return tuple(f"{self.base}/{path}" for path in dict.fromkeys(found))

    def routes(self) -> list[BaseRoute]:
        """Give a mount for each folder."""
        return [
            Mount(f"/static/{{edition}}/{name}", _Files(name, folder, self.edition)) for name, folder in FOLDERS.items()
        ]


def _target(importer: str, names: tuple[str, str]) -> str:
    """Give the path of a module by the name under which another imports it."""
    name = names[0] or names[1]
    if name.startswith("."):
        return posixpath.normpath(posixpath.join(posixpath.dirname(importer), name))
    if name in BARE_NAMES:
        return BARE_NAMES[name]
    start = next(each for each in BARE_NAMES if each.endswith("/") and name.startswith(each))
    return BARE_NAMES[start] + name.removeprefix(start)


@dataclass(frozen=True)
class _Text:
    """A script or a style sheet as it travels."""

    plain: bytes
    media_type: str

    @cached_property
    def packed(self) -> bytes | None:
        """Packed once, for everybody; None where that is not worth it."""
        return gzip.compress(self.plain, 9, mtime=0) if len(self.plain) >= PACKED_FROM_BYTES else None


class _Files:
    """The files of one folder. Under another edition's address the same are given, but not to be kept.

    A page that was opened before the server was renewed still finds its fonts.
    """

    def __init__(self, name: str, folder: Path, edition: str) -> None:
        self._fonts = StaticFiles(directory=folder, check_dir=False)
        self._edition = edition
        self._texts = {
            path.relative_to(folder).as_posix(): _text(path, ours=name in OURS)
            for path in folder.rglob("*")
            if path.suffix in TEXTS
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = scope["path_params"]["edition"] == self._edition

        async def with_kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                good = message["status"] < HTTPStatus.BAD_REQUEST
                control = f"public, max-age={KEPT_S}, immutable" if kept and good else "no-cache"
                MutableHeaders(scope=message)["Cache-Control"] = control
            await send(message)

        text = self._texts.get(scope["path"].removeprefix(scope.get("root_path", "")).removeprefix("/"))
        if text is None or scope["method"] not in ("GET", "HEAD"):
            await self._fonts(scope, receive, with_kept)
        else:
            await _response(text, scope)(scope, receive, with_kept)


def _text(path: Path, *, ours: bool) -> _Text:
    text = path.read_text("utf-8")
    media_type = mimetypes.types_map.get(path.suffix, "text/javascript")
    return _Text((without_comments(text) if ours else text).encode(), media_type)


def _response(text: _Text, scope: Scope) -> Response:
    headers = {"Vary": "Accept-Encoding"}
    if text.packed is None or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
        return Response(text.plain, media_type=text.media_type, headers=headers)
    return Response(text.packed, media_type=text.media_type, headers=headers | {"Content-Encoding": "gzip"})
