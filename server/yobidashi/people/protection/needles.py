"""Looking for byte strings in files and values: whether anything of people's data is left where it must not be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHUNK: Final = 1024 * 1024
"""Bytes of a file in memory at once."""

FILES_MAX: Final = 50_000
"""Files of one folder that are looked through."""


@dataclass(slots=True)
class Haystack:
    """One place that was searched."""

    place: str
    size: int = 0
    """Bytes that were looked through."""
    found: int = 0
    """Values, or pieces of files, in which something was found."""
    unread: int = 0
    """Files that could not be read."""

    def look(self, content: bytes, needles: Sequence[bytes]) -> None:
        """Look through one value."""
        self.size += len(content)
        self.found += any(needle in content for needle in needles)


def search_folder(folder: Path, needles: Sequence[bytes], leave_out: Sequence[Path] = ()) -> Haystack:
    """Look through every file below a folder, links not followed.

    What is written while it is read is looked at as far as it had come. Raises `ValueError` for more than `FILES_MAX` files.
    """
    haystack = Haystack(str(folder))
    for path in _files(folder):
        if path in leave_out:
            continue
        try:
            _search_file(path, needles, haystack)
        except FileNotFoundError:
            continue  # a file that Redis has just replaced
        except OSError:
            haystack.unread += 1
    return haystack


def files_with(folder: Path, needles: Sequence[bytes]) -> list[Path]:
    """Give the files below a folder in which something is found."""
    found = []
    for path in _files(folder):
        haystack = Haystack(str(path))
        try:
            _search_file(path, needles, haystack)
        except OSError:
            continue
        if haystack.found:
            found.append(path)
    return found


def _files(folder: Path) -> Iterator[Path]:
    number = 0
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            number += 1
            if number > FILES_MAX:
                raise ValueError(f"more than {FILES_MAX} files in {folder}")
            yield path


def _search_file(path: Path, needles: Sequence[bytes], haystack: Haystack) -> None:
    overlap = max(map(len, needles), default=1) - 1  # what one piece ends with may be the beginning of a needle
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            haystack.size += len(piece)
            window = tail + piece
            haystack.found += any(needle in window for needle in needles)
            tail = window[-overlap:] if overlap else b""
