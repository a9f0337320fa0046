"""What the benchmarks need beside Python, built or installed into a folder that git does not carry.

The clients and the floor are C and compiled here; Node's peers come from npm by their lock file; nginx with nchan and
redis-benchmark are the distribution's, unpacked without being installed where the machine lacks them.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from yobidashi.embedded import find_binary

HERE: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = HERE.parent / ".cache" / "loadtest"
NCHAN: Final = "usr/lib/nginx/modules/ngx_nchan_module.so"
COMPILE: Final = ("gcc", "-O2", "-Wall", "-Wextra", "-Werror")


@dataclass(frozen=True, slots=True)
class Tools:
    """Where each of them is."""

    folder: Path
    listeners: Path
    floor: Path

    @property
    def peers(self) -> Path:
        """The folder of Node's peers, with what they need."""
        folder = self.folder / "peers"
        folder.mkdir(exist_ok=True)
        lock, kept = HERE / "peers" / "package-lock.json", folder / "package-lock.json"
        if not (folder / "node_modules").is_dir() or kept.read_bytes() != lock.read_bytes():
            for file in (HERE / "peers").iterdir():
                shutil.copy(file, folder / file.name)
            subprocess.run(["npm", "ci", "--ignore-scripts", "--loglevel=error"], cwd=folder, check=True)
        for file in (HERE / "peers").glob("*.mjs"):
            shutil.copy(file, folder / file.name)
        return folder

    @property
    def redis(self) -> Path:
        """The Redis or Valkey that the project itself takes."""
        return find_binary()

    @property
    def nginx(self) -> Path:
        """The distribution's nginx."""
        return _of_distribution(self.folder, "nginx", "usr/sbin/nginx")

    @property
    def nchan(self) -> Path:
        """Its module nchan."""
        return _of_distribution(self.folder, "libnginx-mod-nchan", NCHAN)

    @property
    def redis_benchmark(self) -> Path:
        """The program redis-benchmark."""
        return _of_distribution(self.folder, "redis-tools", "usr/bin/redis-benchmark")


def ready_tools() -> Tools:
    """Compile what is C, unless it is newer than its source."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    newest = max(file.stat().st_mtime for file in (HERE / "listeners").iterdir())
    for name in ("listeners", "floor"):
        program = FOLDER / name
        if not program.exists() or program.stat().st_mtime < newest:
            subprocess.run([*COMPILE, "-o", program, HERE / "listeners" / f"{name}.c"], check=True)
    return Tools(FOLDER, FOLDER / "listeners", FOLDER / "floor")


def _of_distribution(folder: Path, package: str, path: str) -> Path:
    """Give a file of a Debian package: the installed one, else one that is downloaded and unpacked here."""
    if (installed := Path("/", path)).exists():
        return installed
    root = folder / "debian"
    if not (root / path).exists():
        root.mkdir(exist_ok=True)
        for part in (package, *LIBRARIES.get(package, ())):
            subprocess.run(["apt-get", "download", part], cwd=root, check=True, stdout=subprocess.DEVNULL)
            for archive in root.glob(f"{part}_*.deb"):
                subprocess.run(["dpkg", "-x", archive, root], check=True)
    return root / path


LIBRARIES: Final = {"redis-tools": ("libjemalloc2", "liblzf1")}
"""What a program needs that is not on every machine."""


def library_path(folder: Path) -> dict[str, str]:
    """Give the environment in which programs find the libraries unpacked here."""
    found = sorted({str(file.parent) for file in (folder / "debian").rglob("*.so*")})
    return {"LD_LIBRARY_PATH": ":".join(found)}
