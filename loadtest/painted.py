"""From a booth's tap to the number painted on a screen, in a real Chromium: `python loadtest/painted.py`.

The crowd of the fair's peak and then ten times its traffic come to a real server (loadtest/crowd), and on the same machine Chromium
shows the calls screen. A call is painted once a frame has been drawn after its number stood in the page: a task that the first
animation frame posts, which runs when that frame is done. Tap and frame are told by the machine's one clock; how far the browser's
reading of it lies from ours is measured before and after, and said.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from crowd.report import Spread

TOP: Final = Path(__file__).parents[1]
BROWSERS: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
READY_S: Final = 180.0
"""Seconds within which the server and its crew must be there."""

LOOK_MS: Final = 250
ASKED: Final = 20
"""Times that the browser's clock is asked; the quickest answer counts."""

WATCH: Final = """
const shown = new Set()
const now = () => performance.timeOrigin + performance.now()
function look() {
  const lit = new Set([...document.querySelectorAll("[data-ticket]")].map((each) => Number(each.dataset.ticket)))
  for (const ticket of shown) if (!lit.has(ticket)) shown.delete(ticket)
  const news = [...lit].filter((ticket) => !shown.has(ticket))
  if (news.length === 0) return
  for (const ticket of news) shown.add(ticket)
  performance.mark(`call ${news.join(" ")} stands in the page`)
  const stands = now()
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port2.onmessage = () => painted(news, stands, now())
    port1.postMessage(null)
  })
}
new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ["data-ticket"] })
"""
"""Tells of each number that comes into sight: when it stood in the page, and when the next frame was drawn."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A ticket came into sight: when its number stood in the page, and when it was painted, ms."""

    ticket: int
    stands_ms: float
    painted_ms: float


def watch(page: Page, url: str, crowd: "subprocess.Popen[bytes]") -> tuple[list[Sight], float]:
    """Show the calls until the crowd has gone; gives what came into sight, and how unsure the clocks are, ms."""
    sights: list[Sight] = []

    def painted(_: Any, tickets: list[int], stands: float, done: float) -> None:
        sights.extend(Sight(ticket, stands, done) for ticket in tickets)

    page.expose_binding("painted", painted)
    page.add_init_script(WATCH)
    page.goto(f"{url}/calls")
    page.evaluate("document.fonts.ready")
    before = clock_difference(page)
    while crowd.poll() is None:
        page.wait_for_timeout(LOOK_MS)
    after = clock_difference(page)
    shift = before[0]
    unsure = max(before[1], abs(after[0] - before[0]))
    return [Sight(s.ticket, s.stands_ms - shift, s.painted_ms - shift) for s in sights], unsure


def clock_difference(page: Page) -> tuple[float, float]:
    """Give by how much the browser's clock is ahead of ours, and how unsure that is, ms."""
    best = (0.0, float("inf"))
    for _ in range(ASKED):
        asked = time.time() * 1e3
        theirs: float = page.evaluate("performance.timeOrigin + performance.now()")
        half = (time.time() * 1e3 - asked) / 2
        if half < best[1]:
            best = (theirs - asked - half, half)
    return best


def matched(taps: list[list[float]], sights: list[Sight]) -> tuple[list[float], list[float], int]:
    """Give ms from tap to number in the page, and from tap to paint, by call; and how many calls came into sight never."""
    stands: list[float] = []
    painted: list[float] = []
    unseen = 0
    for ticket, tap_ms, _ in taps:
        after = [s for s in sights if s.ticket == ticket and s.painted_ms >= tap_ms]
        if not after:
            unseen += 1
            continue
        first = min(after, key=lambda s: s.painted_ms)
        stands.append(first.stands_ms - tap_ms)
        painted.append(first.painted_ms - tap_ms)
    return stands, painted, unseen


def measure(shape: str, seconds: float | None, *, signed_in: bool) -> None:
    """Play one shape before a browser, and print what it came to."""
    with tempfile.TemporaryDirectory(prefix="yobi-") as folder:
        screen, figures = Path(folder) / "screen.json", Path(folder) / "figures.json"
        options = ["--headless", "--only-summary", "--crowd", shape, "--screen", str(screen), "--write", str(figures)]
        options += ["--seconds", str(seconds)] if seconds else []
        options += ["--signed-in"] if signed_in else []
        log = (Path(folder) / "log").open("wb")
        crowd = subprocess.Popen([sys.executable, "-m", "locust", *options], cwd=TOP, stdout=log, stderr=log)
        try:
            found = _wait_for(screen, crowd)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
                context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="ja-JP")
                url = found["url"]
                context.add_cookies([{"name": k, "value": v, "url": url} for k, v in found["cookies"].items()])
                sights, unsure = watch(context.new_page(), url, crowd)
                browser.close()
        finally:
            crowd.terminate()
            crowd.wait()
        if not figures.exists():
            raise SystemExit((Path(folder) / "log").read_text("utf-8", "replace")[-2_000:])
        told = json.loads(figures.read_text("utf-8"))
    stands, painted, unseen = matched(told["taps"], sights)
    print(f"{told['played']}; ms, clocks within {unsure:.1f} ms; {len(painted)} calls painted, {unseen} not seen")
    print(f"{'':34}{'count':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'most':>9}")
    rows = {"tap → number in the page": stands, "tap → painted": painted}
    for name, spread in [(name, Spread.of(values)) for name, values in rows.items()]:
        if spread:
            print(f"{name:34}{spread.count:8}{spread.p50:9.1f}{spread.p95:9.1f}{spread.p99:9.1f}{spread.most:9.1f}")
    for name, s in told["spreads"].items():
        if name.startswith("call"):
            print(f"{name:34}{s['count']:8}{s['p50']:9.1f}{s['p95']:9.1f}{s['p99']:9.1f}{s['most']:9.1f}")
    print(
        f"lost {told['counts']['lost']}, duplicates {told['counts']['duplicates']}, errors {told['counts']['errors']}"
    )


def _wait_for(path: Path, crowd: "subprocess.Popen[bytes]") -> dict[str, Any]:
    ends = time.monotonic() + READY_S
    while time.monotonic() < ends and crowd.poll() is None:
        if path.exists() and (text := path.read_text("utf-8")):
            found: dict[str, Any] = json.loads(text)
            return found
        time.sleep(LOOK_MS / 1e3)
    raise SystemExit("The crowd did not come.")


def _chromium() -> str | None:
    """Give an installed Chromium; None lets Playwright use its own."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def main() -> None:
    """Measure the peak, then ten times its traffic."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crowd", action="append", help="a shape; default: peak, then tenfold")
    parser.add_argument("--seconds", type=float, help="play each only so long")
    parser.add_argument("--signed-in", action="store_true", help="not a demonstration: a fair of today, with sign-in")
    options = parser.parse_args()
    for shape in options.crowd or ("peak", "tenfold"):
        measure(shape, options.seconds, signed_in=options.signed_in)


if __name__ == "__main__":
    main()
