"""`yobidashi` started warm: in a process of its own, forked from one that has the package imported already.

It is `python -m yobidashi` with its own arguments, environment and output; what it is spared is the second that Python takes to import
everything. Starts as a terminal makes them, cold, are in `serving`.
"""

import asyncio
import contextlib
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import IO, Final, TypeAlias

from forked import FORKS

Sink: TypeAlias = "Connection[bytes, bytes]"
"""Where a command's words go."""

HANGS_S: Final = 60
"""After which a command is given up."""


class WarmProcess:
    """One command in its process."""

    def __init__(self, process: ForkServerProcess, said: asyncio.StreamReader) -> None:
        self.said = said
        """Its standard output and error, until it ends."""
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """Its exit status, or the number of the signal that ended it below 0; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        """Signal it, if it still runs."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def wait(self) -> int:
        """Wait for its end; gives its exit status."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        assert self.returncode is not None
        return self.returncode


async def start_warm(*arguments: str, environment: Mapping[str, str]) -> WarmProcess:
    """Start `yobidashi` with arguments, in an environment that is this and nothing else."""
    ours, its = FORKS.Pipe(duplex=False)
    process = _started(arguments, environment, its, its)
    its.close()
    said = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(said)
    pipe = os.fdopen(os.dup(ours.fileno()), "rb", buffering=0)  # closed by its transport, when all is read
    ours.close()
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, pipe)
    return WarmProcess(process, said)


def run_warm(*arguments: str, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run `yobidashi` with arguments to its end, in an environment that is this and nothing else."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        output, errors = (Connection(os.dup(file.fileno()), readable=False) for file in (said, complained))
        process = _started(arguments, environment, output, errors)
        process.join(HANGS_S)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(arguments, HANGS_S)
        return subprocess.CompletedProcess(arguments, process.exitcode, _text(said), _text(complained))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _started(
    arguments: tuple[str, ...], environment: Mapping[str, str], output: "Sink", errors: "Sink"
) -> ForkServerProcess:
    process = FORKS.Process(target=_run, args=(arguments, dict(environment), output, errors))
    process.start()
    return process


def _run(arguments: tuple[str, ...], environment: dict[str, str], output: "Sink", errors: "Sink") -> None:
    os.environ.clear()
    os.environ.update(environment)
    _stream_from(os.open(os.devnull, os.O_RDONLY), output.fileno(), errors.fileno())
    sys.argv[1:] = arguments
    runpy.run_module("yobidashi", run_name="__main__", alter_sys=True)


def _stream_from(source: int, output: int, errors: int) -> None:
    """Give this process, and those it starts, standard streams."""
    for number, file in enumerate((source, output, errors)):
        os.dup2(file, number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", 1, encoding="utf-8", closefd=False) for number in (1, 2))
