"""`yobidashi` as a terminal starts it: a process group of its own, its words, and its end."""

import contextlib
import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from stopwatch import Stopwatch

END_S = 5.0
"""Within which a server must have ended everything, on a machine that has time for it."""

HANGS_S = 60
"""After which a command is given up."""

OURS = ("HOST", "PORT", "REDIS_URL", "YOBIDASHI_")
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""Where this is set, every start compiles the package anew; an installed one is compiled once."""


def environment(**more: str) -> dict[str, str]:
    """This process's environment without anybody's settings, and with `more`."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(OURS) and name != UNCOMPILED}
    return {**kept, "PYTHONUNBUFFERED": "1", **more}


def run(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """`yobidashi` with arguments, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "yobidashi", *arguments],
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        env=environment(**more),
    )


class Served:
    """One `yobidashi serve`, from its first word to its last."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.said = ""
        """What it printed until it was ready; everything it printed if it never was."""
        assert process.stdout is not None
        for line in process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break
        addresses = re.findall(r"http://[\w.:\[\]]+:\d+", self.said)
        self.url = addresses[0] if addresses else ""

    def get(self, path: str) -> Any:
        """Reads a page's JSON."""
        with urllib.request.urlopen(self.url + path, timeout=HANGS_S) as answer:
            return json.load(answer)

    def wait_until_live(self) -> None:
        """Returns when the server has its fairs' boards from Redis."""
        deadline = monotonic() + HANGS_S
        while monotonic() < deadline:
            with contextlib.suppress(urllib.error.HTTPError):
                self.get("/readyz")
                return
        raise AssertionError("the server never went live")

    def family(self) -> list[int]:
        """The process ids of the server, all its processes and its Redis."""
        ids = [self.process.pid]
        for parent in ids:
            ids += map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
        return ids

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, float, str]:
        """Signals the whole group, as Ctrl-C in a terminal does; gives the exit status, the seconds it took, stderr."""
        watch = Stopwatch()
        os.killpg(self.process.pid, how)
        _, complaints = self.process.communicate(timeout=HANGS_S)
        return self.process.returncode, watch.seconds, complaints


@contextmanager
def serving(*arguments: str, **more: str) -> Iterator[Served]:
    """`yobidashi serve` on a free port until it is ready; killed afterwards if it still runs."""
    with subprocess.Popen(
        [sys.executable, "-m", "yobidashi", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=environment(**_keys_beside(arguments), **more),
    ) as process:
        served = Served(process)
        try:
            yield served
        finally:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=HANGS_S)


def _keys_beside(arguments: tuple[str, ...]) -> dict[str, str]:
    """Keys of a real server stand beside its data, never in the folder the tests run in."""
    if "--data" not in arguments:
        return {}
    return {"YOBIDASHI_KEYS": f"{arguments[arguments.index('--data') + 1]}-keys"}


def free_port() -> int:
    """Give a port of this machine that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def wait_for_end(pid: int, timeout_s: float) -> bool:
    """Whether the process ended within the time."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], timeout_s)[0])
    finally:
        os.close(handle)
