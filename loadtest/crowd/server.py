"""The server that the crowd comes to: the real one with its own Redis, as a demonstration or as a fair of today with sign-in."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SAMPLE: Final = Path(__file__).parents[2] / "fair.toml"
OURS: Final = ("HOST", "PORT", "REDIS_URL", "YOBIDASHI_")
END_S: Final = 20.0
TOLD_MAX: Final = 2_000
"""Characters of the log of a server that did not start, told at its end."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that is ready: its address, and the token of the printed link where it has nobody yet."""

    host: str
    port: int
    token: str


@contextmanager
def serving(*, signed_in: bool, processes: int = 1) -> Iterator[Served]:
    """Run `yobidashi serve` in a folder of its own; everything is gone afterwards."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith(OURS)}
    with tempfile.TemporaryDirectory(prefix="yobi-") as folder:
        data = Path(folder)
        what = [str(fair_of_today(data))] if signed_in else ["--demonstration"]
        options = [*what, "--port", "0", "--data", str(data / "data"), "--processes", str(processes)]
        with subprocess.Popen(
            [sys.executable, "-m", "yobidashi", "serve", *options],
            env={**environment, "YOBIDASHI_KEYS": str(data / "keys"), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=(data / "log").open("w"),
            text=True,
        ) as process:
            try:
                yield _ready(process, data / "log")
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(END_S)


def _ready(process: "subprocess.Popen[str]", log: Path) -> Served:
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    address = re.search(r"http://([0-9.]+):(\d+)", said)
    if address is None:
        process.wait(END_S)
        raise SystemExit(f"The server ended without an address.\n{said}{log.read_text('utf-8')[-TOLD_MAX:]}")
    token = re.search(r"/set-up#(\S+)", said)
    return Served(address[1], int(address[2]), token[1] if token else "")


def fair_of_today(folder: Path) -> Path:
    """Write the sample fair as one of today, in a time zone in which it is noon: it is open, and its end is far."""
    ahead = 12 - dt.datetime.now(dt.UTC).hour
    zone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
    today = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=ahead)).date()
    later = today + dt.timedelta(days=60)
    text = SAMPLE.read_text("utf-8")
    for key, value in {
        "date": today,
        "timezone": f'"{zone}"',
        "manual_due": today,
        "contract_ends": later,
        "deletion_deadline": later,
        "opens": None,
        "closes": None,
        "specification": None,
    }.items():
        text = _set(text, key, value)
    text = re.sub(r"(?m)^(\[reservation\]\n)", rf"\1opens = {today}\ncloses = {today}\n", text)
    text = re.sub(r"(?m)^(\[fair\]\n)", '\\1opens = "10:30"\ncloses = "17:00"\n', text)
    path = folder / "fair.toml"
    path.write_text(text, "utf-8")
    return path


def _set(text: str, key: str, value: object) -> str:
    """Write a key's value wherever the key stands in a line of its own; None takes it out."""
    return re.sub(rf"(?m)^{key} = .*\n", "" if value is None else f"{key} = {value}\n", text)
