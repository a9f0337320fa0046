"""Several server processes on one listener: started together, replaced when one dies, and ended within a time.

SIGUSR2 puts a new process in the place of each, one after the other, the new one ready before the old one leaves.
"""

import logging
import socket
import time
from collections.abc import Callable
from typing import Final

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from yobidashi.departure import DepartingServer

READY_WAIT_S: Final = 30.0
"""How long a server process has to start."""

log = logging.getLogger(__name__)


class ServerProcess(Process):
    """One of them, with a `DepartingServer` in it."""

    notice_s: float = 0

    @property
    def server(self) -> DepartingServer:
        """Give the server, made in the process that it serves in."""
        if not isinstance(self._server, DepartingServer):
            self._server = DepartingServer(self.config, self.notice_s)
        return self._server


class Processes(Multiprocess):
    """uvicorn's supervisor with processes of our kind, telling when all listen, and not waiting for ever when they end."""

    def __init__(
        self,
        config: uvicorn.Config,
        listener: socket.socket,
        announce: Callable[[], None],
        notice_s: float,
        end_s: float,
    ) -> None:
        """Serve on ``listener``; a process gives ``notice_s`` seconds of notice, and is killed ``end_s`` after it was told to end."""
        super().__init__(config, sockets=[listener])
        self.served = False
        self._announce = announce
        self._notice_s = notice_s
        self._end_s = end_s

    def init_processes(self) -> None:
        """Start all, and tell when the last is ready."""
        self.processes = [self._start() for _ in range(self.processes_num)]
        self.served = all(process.wait_until_ready(READY_WAIT_S, self.should_exit) for process in self.processes)
        if self.served:
            self._announce()

    def keep_subprocess_alive(self) -> None:
        """Put a new process in the place of each that died or hangs; one that cannot start at all ends the server."""
        for index, process in enumerate(self.processes):
            if self.should_exit.is_set() or process.is_alive(timeout=self.config.timeout_worker_healthcheck):
                continue
            process.kill()
            process.join()
            if process.exitcode == STARTUP_FAILURE:
                log.error("A server process could not start; the server ends.")
                self.should_exit.set()
            else:
                log.error("A server process ended by itself (exit status %s); it is started again.", process.exitcode)
                self.processes[index] = self._start()

    def restart_all(self) -> None:
        """Replace all, one after the other; where a new one does not become ready, the old ones go on."""
        for index, old in enumerate(self.processes):
            new = self._start()
            if not new.wait_until_ready(READY_WAIT_S, self.should_exit):
                log.error("A new server process was not ready in time; the old ones go on.")
                _end([new], 0)
                return
            self.processes[index] = new
            old.terminate()
            _end([old], self._end_s)

    def handle_usr2(self) -> None:
        """Replace all processes, as after an upgrade."""
        self.restart_all()

    def handle_hup(self) -> None:
        """A closed terminal ends the server, as it does with one process."""
        self.should_exit.set()

    def join_all(self) -> None:
        """Wait until all have ended, and kill what has not in time."""
        _end(self.processes, self._end_s)

    def _start(self) -> ServerProcess:
        process = ServerProcess(self.config, self.sockets)
        process.notice_s = self._notice_s
        process.start()
        return process


def _end(processes: "list[Process] | list[ServerProcess]", within_s: float) -> None:
    deadline = time.monotonic() + within_s
    for process in processes:
        process.process.join(max(0.0, deadline - time.monotonic()))
        if process.process.is_alive():
            process.kill()
        process.join()
