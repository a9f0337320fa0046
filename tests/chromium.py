"""The Chromium that the browser tests drive: found on this machine, or brought where that is possible.

Chromium's headless shell is wanted: the same engine without the windows around it, for half the work. A whole Chromium or Chrome serves too.

`python tests/chromium.py` brings one and says where it is; a machine where none can be had gets a sentence.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SHELL = "chromium-headless-shell"
"""Debian's package, and the program in it."""
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find_chromium() -> str | None:
    """Give the path of an installed Chromium or Chrome; None lets Playwright use its own, if it brought one."""
    given = os.environ.get("CHROMIUM", "")
    if Path(given).is_file():
        return given
    installed = [shutil.which(name) for name in NAMES] + [str(ON_MACOS) if ON_MACOS.exists() else None]
    return next(filter(None, installed), None)


def find_playwrights_own() -> str | None:
    """Give the path of the Chromium that `playwright install` brought, if it did."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def is_debian_and_ours() -> bool:
    """Whether packages can be installed here without asking anybody."""
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


def install(package: str) -> None:
    """Install one of Debian's packages; whether it worked is seen by looking for the program."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, check=False)
    subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", package], env=quiet, check=False)


def bring() -> None:
    """Bring the shell where Debian has it, else a whole Chromium, unless one is here."""
    if is_debian_and_ours() and not os.environ.get("CHROMIUM") and not shutil.which(SHELL):
        install(SHELL)
    if find_chromium() or find_playwrights_own():
        return
    if is_debian_and_ours():
        install("chromium")
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    bring()
    if not (path := find_chromium() or find_playwrights_own()):
        sys.exit("The browser tests need Chromium: install chromium or Google Chrome, or set CHROMIUM to its path.")
    print(f"Chromium: {path}")
