"""How the server is reached: its port, its address from outside, and each enrolled screen.

Who listens to what is known to the running server alone. How far away each screen is it tells where its figures are read
(`exposition.py`): the newest ping of the websocket that the screen has open anyway, so that nothing is sent for this.
"""

import email.utils
import re
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Final

import aiohttp

from yobidashi.settings import Settings
from yobidashi.staff.devices import Device, DeviceKind
from yobidashi.upkeep.doctor.finding import Finding, ill, note, well

ANSWER_S: Final = 5.0
"""Seconds to wait for an answer."""

DATE_MAX_S: Final = 2.0
"""How far the clock behind an address may be off; the header has whole seconds."""

SCREEN_MAX_MS: Final = 250.0
"""A call should be on a screen in half a second; the way there and back may take half of that."""

_TRIP: Final = re.compile(r"^yobidashi_screen_round_trip_seconds\{([^}]*)\} (\S+)$", re.M)
_LABEL: Final = re.compile(r'(\w+)="([^"]*)"')

_TIMEOUT: Final = aiohttp.ClientTimeout(total=ANSWER_S)


async def of_port(settings: Settings) -> Finding:
    """Tell whether the server's port is free, or is the server's already."""
    host, port = settings.host, settings.port
    if port == 0:
        return note("PORT 0：空いているポートを使います。", "PORT 0: any free port.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
        return well(f"ポート {port} は空いています", f"Port {port} is free")
    except OSError as fault:
        base = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 - compared, not bound
        if await _is_ours(base):
            return well(f"ポート {port} でサーバーが動いています", f"The server is running on port {port}")
        return ill(
            f"ポート {port} は使えません（{fault.strerror or fault}）。",
            f"Port {port} cannot be listened on: {fault.strerror or fault}.",
        )


async def _is_ours(base: str) -> bool:
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http, http.get(f"{base}/healthz") as response:
            return bool((await response.json()).get("alive"))
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return False


async def of_url(url: str) -> AsyncIterator[Finding]:
    """Look at the server as browsers reach it."""
    base = url.rstrip("/")
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
            began = time.time()
            async with http.get(f"{base}/readyz") as response:
                answered = time.time()
                told = await response.json()
                date = response.headers.get("Date")
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as fault:
        yield ill(
            f"{url} が応答しません（{str(fault) or type(fault).__name__}）。",
            f"{url} does not answer: {str(fault) or type(fault).__name__}.",
        )
        return
    if told.get("ready"):
        yield well(f"{url} は準備ができています", f"{url} is ready")
    else:
        yield ill(f"{url}：{told.get('ja', '—')}", f"{url}: {told.get('en', 'not ready')}")
    if date is not None:
        yield _clock(date, (began + answered) / 2)
    if not base.startswith("https:"):
        yield note(
            "TLSなし：カメラと画面の常時点灯が使えない端末があります。",
            "No TLS: some devices give a page neither camera nor wake lock.",
        )


def _clock(date: str, now: float) -> Finding:
    # The header names the second that is running, so its middle is meant.
    off = email.utils.parsedate_to_datetime(date).timestamp() + 0.5 - now
    if abs(off) > DATE_MAX_S:
        return ill(
            f"サーバーの時計がこの端末と{off:+.0f}秒ずれています。",
            f"The server's clock is {off:+.0f} s off this machine's.",
        )
    return well("サーバーの時計は合っています（1秒以内）", "The server's clock agrees, to the second")


async def of_screens(settings: Settings, slug: str, devices: Sequence[Device]) -> AsyncIterator[Finding]:
    """Tell how far away each enrolled screen of a fair is."""
    screens = [d for d in devices if d.kind is DeviceKind.SCREEN and not d.revoked]
    if not screens:
        yield note("登録された画面はまだありません。", "No screen is enrolled yet.")
        return
    if settings.metrics is None:
        yield note(
            f"画面{len(screens)}台：YOBIDASHI_METRICS を設定すると往復時間が分かります。",
            f"{len(screens)} screens: how far away they are is told where YOBIDASHI_METRICS says.",
        )
        return
    trips = await _trips(settings.metrics, settings.processes, slug)
    if trips is None:
        yield ill(
            "サーバーの測定値を読めません（動いていますか）。",
            "The server's figures cannot be read: is it running with the same YOBIDASHI_METRICS?",
        )
        return
    for screen in screens:
        yield _screen(screen, trips.get(screen.id))


def _screen(screen: Device, seconds: float | None) -> Finding:
    if seconds is None:
        return ill(
            f"画面「{screen.label}」はつながっていないか、つないで20秒以内です。",
            f"Screen “{screen.label}” is not connected, or has been for less than 20 s.",
        )
    ms = seconds * 1000
    if ms > SCREEN_MAX_MS:
        return ill(
            f"画面「{screen.label}」まで往復{ms:.0f} ms。Wi-Fiを確かめてください。",
            f"Screen “{screen.label}” is {ms:.0f} ms away, there and back: look at its Wi-Fi.",
        )
    return well(f"画面「{screen.label}」 往復 {ms:.0f} ms", f"Screen “{screen.label}”: {ms:.0f} ms there and back")


async def _trips(at: tuple[str, int], processes: int, slug: str) -> Mapping[str, float] | None:
    """Ask every process; give seconds by device, None where none of them answers."""
    found: dict[str, float] = {}
    answered = False
    host, first = at
    named = f"[{host}]" if ":" in host else host
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
        for port in range(first, first + processes):
            try:
                async with http.get(f"http://{named}:{port}/metrics") as response:
                    text = await response.text()
            except (aiohttp.ClientError, OSError, TimeoutError):
                continue
            answered = True
            for labels, value in _TRIP.findall(text):
                names = dict(_LABEL.findall(labels))
                if names.get("fair") == slug:
                    found[names["device"]] = float(value)
    return found if answered else None
