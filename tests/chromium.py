"""The Chromium that the browser tests drive: found on this machine, or brought where that is possible.

`python tests/chromium.py` brings one and says where it is; a machine where none can be had gets a sentence.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


def bring() -> None:
    """Install one: Debian's package where we are root on a Debian, else Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=quiet, check=False)
        subprocess.run(
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"], env=quiet, check=False
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not (find_chromium() or find_playwrights_own()):
        bring()
    if not (path := find_chromium() or find_playwrights_own()):
        sys.exit("The browser tests need Chromium: install chromium or Google Chrome, or set CHROMIUM to its path.")
    print(f"Chromium: {path}")
