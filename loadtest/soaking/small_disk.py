"""A disk of memory under Redis's data that is small enough to run full."""

import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SIZE_MIB: Final = 1_024
"""Holds a soak's append-only file with its rewrites."""
NEARLY_BYTES: Final = 8 * 1024 * 1024
PAGE_BYTES: Final = 4_096
"""The disk is filled at one blow but for some MiB, and the rest page by page, to the last."""


class NoSmallDisk(Exception):
    """This machine lets no disk be mounted; the text says why."""


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A mounted tmpfs."""

    path: Path

    @property
    def ballast(self) -> Path:
        """The file that makes it full."""
        return self.path / "ballast"

    def fill(self) -> None:
        """Leave no room for anything, while others go on writing."""
        with self.ballast.open("wb", buffering=0) as ballast, suppress(OSError):
            most = max(0, shutil.disk_usage(self.path).free - NEARLY_BYTES)
            os.posix_fallocate(ballast.fileno(), 0, most + PAGE_BYTES)
            ballast.seek(0, os.SEEK_END)
            while True:
                ballast.write(bytes(PAGE_BYTES))

    def empty(self) -> None:
        """Give the room back."""
        self.ballast.unlink(missing_ok=True)

    def remove(self) -> None:
        """Take the disk away."""
        subprocess.run(["umount", "--lazy", self.path], check=False)


def mount(path: Path) -> SmallDisk:
    """Mount a small disk at ``path``. Raises `NoSmallDisk`."""
    if os.geteuid() != 0:
        raise NoSmallDisk("mounting a small disk needs root")
    path.mkdir()
    options = ["-o", f"size={SIZE_MIB}m,mode=700"]
    done = subprocess.run(["mount", "-t", "tmpfs", *options, "yobidashi-soak", path], capture_output=True, check=False)
    if done.returncode:
        raise NoSmallDisk(done.stderr.decode().strip())
    return SmallDisk(path)
