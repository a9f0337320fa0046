"""`yobidashi` started warm: in a process of its own, forked from one that has the package imported already.

It is `python -m yobidashi` with its own arguments, environment and output; what it is spared is the second that Python takes to import
everything. Starts as a terminal makes them, cold, are in `serving`.
"""

import asyncio
import contextlib
import os
import runpy
import signal
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from forked import FORKS


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
    process = FORKS.Process(target=_run, args=(arguments, dict(environment), its))
    process.start()
    its.close()
    said = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(said)
    pipe = os.fdopen(os.dup(ours.fileno()), "rb", buffering=0)  # closed by its transport, when all is read
    ours.close()
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, pipe)
    return WarmProcess(process, said)


def _run(arguments: tuple[str, ...], environment: dict[str, str], output: "Connection[bytes, bytes]") -> None:
    os.environ.clear()
    os.environ.update(environment)
    _stream_from(os.open(os.devnull, os.O_RDONLY), output.fileno())
    sys.argv[1:] = arguments
    runpy.run_module("yobidashi", run_name="__main__", alter_sys=True)


def _stream_from(source: int, sink: int) -> None:
    """Give this process, and those it starts, standard streams."""
    for number, file in enumerate((source, sink, sink)):
        os.dup2(file, number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", 1, encoding="utf-8", closefd=False) for number in (1, 2))
