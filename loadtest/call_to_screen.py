"""How long a call takes from the booth's tap to the screens: `python loadtest/call_to_screen.py [--sockets 400]`.

Opens raw websockets to the real server, presses *call next* and *finish* again and again by HTTP, and notes for each call
when the tap was sent, when its answer came, and when each socket had the frame. All on one machine, so one clock; the
client's own work is in the figures. In the same run it times ``GET /healthz`` alone: the price of an HTTP exchange here.
"""

import argparse
import asyncio
import secrets
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from server_process import serving
from yobidashi.live.wire import Beat, decode_frame, encode_hello
from yobidashi.queue.events import Event

OPEN_S: Final = 30.0
BOOTH: Final = 1
BINARY: Final = 0x82  # first byte of a whole binary message (RFC 6455)


class Subscriber(asyncio.Protocol):
    """A websocket client with nothing to spare: it notes when each event reached it."""

    def __init__(self, path: str, host: str) -> None:
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        self.arrived: dict[int, float] = {}
        self.heard: list[tuple[float, bytes]] = []
        self.joined = False
        self.buffer = b""
        self.shaken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        transport.write(self.request.encode())

    def data_received(self, data: bytes) -> None:
        self.heard.append((perf_counter(), data))  # read later: this process must not be what is measured

    def read(self) -> None:
        """Take what was heard since the last time."""
        for now, data in self.heard:
            self.buffer += data
            if not self.shaken:
                self._shake()
            while self.shaken and (payload := self._next()) is not None:
                if payload[0] != BINARY:
                    continue  # a ping or the close at the end
                match decode_frame(payload[1:]):
                    case Event() as event:
                        self.arrived[event.offset] = now
                    case Beat(epoch=int()):
                        self.joined = True
        self.heard.clear()

    def _shake(self) -> None:
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if found:
            assert b"101" in head
            self.buffer, self.shaken = rest, True
            hello = encode_hello(None, 0)
            self.transport.write(bytes((0x82, 0x80 | len(hello), 0, 0, 0, 0)) + hello)  # masked with zeros

    def _next(self) -> bytes | None:
        """Take one whole frame off the buffer: its first byte and its payload."""
        if len(self.buffer) < 2:
            return None
        size, start = self.buffer[1], 2
        if size == 126:
            size, start = int.from_bytes(self.buffer[2:4]), 4
        elif size == 127:
            size, start = int.from_bytes(self.buffer[2:10]), 10
        if len(self.buffer) < start + size:
            return None
        frame, self.buffer = self.buffer[: start + size], self.buffer[start + size :]
        return frame[:1] + frame[start:]


async def measure(url: str, sockets: int, calls: int) -> dict[str, list[float]]:
    """Give the times in ms: tap→answer, tap→first screen, tap→each screen, healthz."""
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}/api/fairs") as response:
            fair = (await response.json())["fairs"][0]["slug"]
        api = f"{url}/api/fairs/{fair}"

        async def command(name: str, **arguments: Any) -> dict[str, Any]:
            async with http.post(f"{api}/{name}", json={"command_id": secrets.token_hex(16), **arguments}) as answer:
                event: dict[str, Any] = await answer.json()
                assert answer.status == 200, event
                return event

        parts = urlsplit(api)
        assert parts.hostname is not None
        assert parts.port is not None
        loop = asyncio.get_running_loop()
        subscribers = []
        for _ in range(sockets):
            _, subscriber = await loop.create_connection(
                lambda: Subscriber(f"{parts.path}/live", parts.netloc), parts.hostname, parts.port
            )
            subscribers.append(subscriber)
        async with asyncio.timeout(OPEN_S):
            await _until(subscribers, lambda subscriber: subscriber.joined)
        for _ in range(calls):
            await command("issue", size=1, queues=["sapporo"])
        times: dict[str, list[float]] = {"healthz": [], "tap→answer": [], "tap→first screen": [], "tap→each screen": []}
        for _ in range(calls):
            began = perf_counter()
            async with http.get(f"{url}/healthz") as response:
                await response.read()
            times["healthz"].append((perf_counter() - began) * 1e3)
            began = perf_counter()
            offset = (await command("call-next", booth=BOOTH))["offset"]
            times["tap→answer"].append((perf_counter() - began) * 1e3)
            await _until(subscribers, lambda subscriber: offset in subscriber.arrived)  # noqa: B023 (awaited here)
            arrived = [(subscriber.arrived[offset] - began) * 1e3 for subscriber in subscribers]
            times["tap→first screen"].append(min(arrived))
            times["tap→each screen"] += arrived
            await command("start", booth=BOOTH)
            await command("finish", booth=BOOTH)
        return times


async def _until(subscribers: list[Subscriber], done: Callable[[Subscriber], bool]) -> None:
    while True:
        for subscriber in subscribers:
            subscriber.read()
        if all(map(done, subscribers)):
            return
        await asyncio.sleep(0.005)


def main() -> None:
    """Measure and print p50, p95, p99 and the most, in ms, and each as a multiple of healthz's median."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=400)
    parser.add_argument("--calls", type=int, default=200)
    options = parser.parse_args()
    with serving() as url:
        times = asyncio.run(measure(url, options.sockets, options.calls))
    floor = statistics.median(times["healthz"])
    print(f"{options.sockets} sockets, {options.calls} calls; ms, and as a multiple of healthz's median")
    for name, values in times.items():
        cuts = statistics.quantiles(values, n=100)
        figures = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(values)}
        print(f"{name:18}" + "".join(f"  {key} {value:7.2f} ({value / floor:5.1f}x)" for key, value in figures.items()))


if __name__ == "__main__":
    main()
