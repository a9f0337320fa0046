"""How the text of a setting becomes its value, and the other way round.

A text that is none raises `ValueError`, which says what should stand there.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from yobidashi.queue import address

LOG_FORMS: Final = ("lines", "json")
"""How the server writes what goes wrong: a line for people, or a JSON object a line for programs."""

PORT_MAX: Final = 65_535


def whole(least: int, most: int, wanted: str) -> Callable[[str], int]:
    """Read a whole number within bounds; ``wanted`` says which."""

    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(wanted)
        return int(text)

    return parse


def seconds(least: float, most: float) -> Callable[[str], float]:
    """Read seconds within bounds, with three decimals at most."""

    def parse(text: str) -> float:
        if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", text) or not least <= float(text) <= most:
            raise ValueError(f"seconds from {least:g} to {most:g}")
        return float(text)

    return parse


read_port: Final = whole(0, PORT_MAX, f"a port number from 0 to {PORT_MAX} (0: any free port)")


def read_endpoint(text: str) -> tuple[str, int]:
    """Read an address and a port."""
    host, _, port = text.rpartition(":")
    if not re.fullmatch(r"\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+", host):
        raise ValueError("an address and a port like 127.0.0.1:9464 or [::1]:9464")
    return host.strip("[]"), read_port(port)


def write_endpoint(endpoint: tuple[str, int]) -> str:
    """Write an address and a port."""
    host, port = endpoint
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def read_log_form(text: str) -> str:
    """Read one of `LOG_FORMS`."""
    if text not in LOG_FORMS:
        raise ValueError(f"one of {', '.join(LOG_FORMS)}")
    return text


def read_redis_url(text: str) -> str:
    """Read where Redis is; the text stays as it is."""
    address.read(text)
    return text


def read_prefix(text: str) -> str:
    """Read the first part of every key."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", text):
        raise ValueError("1 to 40 letters, digits, - or _")
    return text


def read_switch(text: str) -> bool:
    """Read yes or no."""
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.lower() not in words:
        raise ValueError("1 or 0 (also: true, false, yes, no, on, off)")
    return words[text.lower()]


def write_switch(on: bool) -> str:
    """Write yes or no."""
    return "1" if on else "0"


def read_names(text: str) -> tuple[str, ...]:
    """Read names of the server, separated by commas."""
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(re.fullmatch(r"[A-Za-z0-9._-]{1,253}", name) for name in names):
        raise ValueError("names of this server without port, separated by commas, like fair.example.jp")
    return names


def write_path(path: Path) -> str:
    """Write a path that means the same from any folder."""
    return str(path.resolve())


def read_paths(text: str) -> tuple[Path, ...]:
    """Read paths, separated as in PATH."""
    return tuple(Path(part) for part in text.split(os.pathsep) if part)


def write_paths(paths: tuple[Path, ...]) -> str:
    """Write paths that mean the same from any folder."""
    return os.pathsep.join(map(write_path, paths))
