"""The machine itself: its disk, its keys, what the pages load, and what it prints with."""

import importlib.util
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from yobidashi import places
from yobidashi.settings import Settings
from yobidashi.upkeep.doctor.finding import Finding, ill, note, well

FREE_MIN: Final = 1 << 30
"""Bytes. A day writes about 20 million, and Redis needs the same again to write its file anew."""

WRITES: Final = 15
"""Writes to disk that are timed; the middle one counts, and the longest is told."""

WRITE_NOTE_MS: Final = 20.0
WRITE_MAX_MS: Final = 200.0
"""How long a write may take until it is on disk: every tap waits for one."""

PRINTERS_S: Final = 5.0
"""Seconds that the list of printers may take."""


def of_machine(settings: Settings) -> Iterator[Finding]:
    """Look at everything of this machine."""
    folder = _standing(settings.data)
    yield _space(folder)
    yield _writing(folder)
    yield from _keys(settings)
    yield from _vendored()
    yield from _printing()


def _standing(folder: Path) -> Path:
    """Give the folder, or the nearest above it that is there."""
    folder = folder.resolve()
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    told = f"{free / 1e9:.1f} GB"
    if free < FREE_MIN:
        return ill(f"ディスクの空きが{told}しかありません（{folder}）。", f"Only {told} of disk are free in {folder}.")
    return well(f"ディスクの空き {told}（{folder}）", f"Free disk: {told} in {folder}")


def _writing(folder: Path) -> Finding:
    if not os.access(folder, os.W_OK):
        return ill(f"{folder} に書き込めません。", f"{folder} cannot be written.")
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(WRITES):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    middle, longest = statistics.median(times), max(times)
    ja, en = f"ディスクへの書き込み {middle:.1f} ms（最長 {longest:.0f} ms）", f"Write to disk: {middle:.1f} ms"
    en += f" (longest {longest:.0f} ms)"
    if middle > WRITE_MAX_MS:
        return ill(f"{ja}。操作のたびに待たされます。", f"{en}: every tap waits for it.")
    if middle > WRITE_NOTE_MS:
        return note(f"{ja}。遅めです。", f"{en}: rather slow.")
    return well(ja, en)


def _keys(settings: Settings) -> Iterator[Finding]:
    if settings.demonstration:
        return
    if settings.key is not None:
        yield note("鍵は環境変数 YOBIDASHI_KEY にあります。", "The keys are made of YOBIDASHI_KEY.")
        return
    folder = settings.keys.resolve()
    keys = sorted(folder.glob("*.key*")) if folder.is_dir() else []
    if not keys:
        yield note(
            f"鍵はまだありません（{folder}）。はじめての起動で作られます。",
            f"There are no keys yet in {folder}; the first start makes them.",
        )
        return
    open_ = [path.name for path in keys if path.stat().st_mode & 0o077]
    if open_:
        yield ill(
            f"ほかの利用者が読める鍵があります：{'、'.join(open_)}（chmod 600）。",
            f"Others can read these keys: {', '.join(open_)} (chmod 600).",
        )
    else:
        yield well(f"鍵 {len(keys)}個（本人だけが読めます）", f"{len(keys)} keys, which their owner alone can read")
    if settings.data.is_dir() and folder.stat().st_dev == settings.data.resolve().stat().st_dev:
        yield note(
            "鍵とデータが同じディスクにあります。別のディスクに置くと、どちらか一つでは開けません。",
            "Keys and data are on one disk; on two, neither opens anything alone.",
        )


def _vendored() -> Iterator[Finding]:
    needed = [places.VENDOR / "lit-html", places.VENDOR / "@msgpack" / "msgpack", places.PRINT_FONTS]
    missing = [str(path.relative_to(places.VENDOR)) for path in needed if not path.is_dir()]
    if missing:
        yield ill(
            f"画面が読み込む部品がありません：{'、'.join(missing)}（make vendor）。",
            f"What the pages load is missing: {', '.join(missing)} (make vendor).",
        )
    else:
        yield well("画面の部品とフォント", "Browser libraries and fonts")


def _printing() -> Iterator[Finding]:
    if importlib.util.find_spec("typst") is None:
        yield ill("PDFを作る部品がありません（typst）。", "What sets PDFs is missing (typst).")
    else:
        yield well("名札などのPDF作成", "PDFs of badges, lists and records")
    program = shutil.which("lpstat")
    if program is None:
        yield note(
            "このマシンにプリンターの仕組み（CUPS）はありません。PDFはブラウザーから印刷してください。",
            "This machine has no CUPS: print the PDFs from a browser. No slip printer is driven by this version.",
        )
        return
    try:
        told = subprocess.run([program, "-e"], capture_output=True, text=True, timeout=PRINTERS_S, check=False)
        printers = told.stdout.split()
    except (OSError, subprocess.TimeoutExpired):
        printers = []
    if printers:
        yield well(f"プリンター：{'、'.join(printers)}", f"Printers: {', '.join(printers)}")
    else:
        yield note("CUPSにプリンターが登録されていません。", "CUPS knows no printer.")
