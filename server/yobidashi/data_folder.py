"""The folder that the server's own Redis keeps its data in: one server at a time, one place for the socket."""

import contextlib
import fcntl
import hashlib
import os
import stat
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

LONGEST_SOCKET_PATH = 100
"""Bytes. Linux takes 107, macOS 103; a longer path moves to the system's temporary folder."""
LARGEST_LOG = 1_000_000
"""Bytes of redis.log at which a start puts it aside as redis.log.1."""


class DataFolderUnusable(RuntimeError):
    """The folder cannot be written, or not safely; `str()` is a sentence for the one who started the server."""


class DataFolderBusy(DataFolderUnusable):
    """Another server is running on the same data."""


class DataFolder:
    """One folder, held by one server from `take()` to `release()`, whatever happens to that server's process."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.socket = _socket_path(self.path)
        self.log = self.path / "redis.log"
        self.pid_file = self.path / "redis.pid"
        self._lock: IO[str] | None = None

    def take(self) -> None:
        """Makes the folder where it is missing, and locks it.

        Raises:
            DataFolderBusy: another server holds it.
            DataFolderUnusable: it cannot be made or written.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.socket.parent != self.path:
                _make_private(self.socket.parent)
            self._lock = _lock(self.path)
            if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
                self.log.replace(self.log.with_suffix(".log.1"))
        except OSError as fault:
            self.release()
            raise DataFolderUnusable(
                f"データのフォルダーを使えません。 The data folder {self.path} cannot be used: {fault.strerror or fault}."
            ) from None

    def release(self) -> None:
        """Gives the folder free; its data stays. The lock file stays too: removing it would let two servers in."""
        if not self._lock:
            return
        self.socket.unlink(missing_ok=True)
        if self.socket.parent != self.path:
            with contextlib.suppress(OSError):
                self.socket.parent.rmdir()
        self._lock.close()
        self._lock = None

    def last_words(self) -> str:
        """The last line of Redis's log: why it did not start."""
        try:
            lines = self.log.read_text("utf-8", errors="replace").strip().splitlines()
        except OSError:
            lines = []
        return lines[-1] if lines else "it ended at once and said nothing."


def _socket_path(data: Path) -> Path:
    path = data / "redis.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    # The same data folder finds the same socket again, so that an orphan is noticed here, too.
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()).resolve() / f"yobidashi-{os.getuid()}-{name}" / "redis.sock"


def _make_private(folder: Path) -> None:
    """Makes a folder that only this user can enter; one that somebody else put there is refused."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise PermissionError(
            f"{folder} belongs to somebody else; remove it, or name a data folder with a shorter path"
        )


def _lock(data: Path) -> IO[str]:
    """The open lock file, locked until it is closed or this process ends.

    Raises:
        DataFolderBusy: somebody else has it locked.
    """
    lock = (data / "lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        owner = lock.read().strip()
        lock.close()
        raise DataFolderBusy(
            "このデータでは別のサーバーが動いています。 "
            f"Another server{f' ({owner})' if owner else ''} is running on the data in {data}: "
            "use that one, end it first, or name another folder with --data."
        ) from None
    lock.truncate(0)
    lock.write(f"pid {os.getpid()}, since {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}\n")
    lock.flush()
    return lock
