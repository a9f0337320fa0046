"""Those who mean no good, or know no better: garbage on the socket, bodies without end, readers who do not read."""

import asyncio
import random
import socket
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from soaking.colleague import Colleague
from yobidashi.live.wire import encode_hello

OVERSIZED_BYTES: Final = 8 * 1024 * 1024
GARBAGE_BYTES: Final = 4_000
STRANGERS: Final = 20
"""At once. Each does its deed a few times and leaves."""
DEEDS: Final = 3
ENDS_S: Final = 6.0


async def send_garbage(device: Colleague, url: str, fair: str, seed: int) -> None:
    """Send frames on the socket that no page sends: random bytes, texts, giants, a second hello."""
    chance = random.Random(seed)
    address = f"{url.replace('http', 'ws', 1)}/api/fairs/{fair}/live"
    for _ in range(DEEDS):
        with suppress(ConnectionClosed, InvalidHandshake, OSError, TimeoutError, EOFError):
            async with (
                asyncio.timeout(ENDS_S),
                connect(address, additional_headers=device.headers(url), proxy=None, compression=None) as connection,
            ):
                if chance.random() < 0.5:
                    await connection.send(encode_hello(None, 0))
                size = chance.choice((1, 40, GARBAGE_BYTES, 1_000_000))
                garbage: bytes | str = chance.randbytes(size) if chance.random() < 0.7 else "呼" * (size // 3)
                await connection.send(garbage)
                async for _frame in connection:
                    pass


async def send_noise(url: str, seed: int) -> None:
    """Write to the port what is no HTTP, and half requests that never end."""
    chance = random.Random(seed)
    parts = urlsplit(url)
    for _ in range(DEEDS):
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(ENDS_S):
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
                noise = chance.choice(
                    (chance.randbytes(GARBAGE_BYTES), b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"\x16\x03\x01" * 100)
                )
                writer.write(noise)
                await reader.read()
                writer.close()


async def send_oversized(device: Colleague, url: str, fair: str, seed: int) -> None:
    """Post bodies that are far too large to every kind of command."""
    chance = random.Random(seed)
    body = b'{"command_id": "' + b"a" * OVERSIZED_BYTES + b'"}'
    for _ in range(DEEDS):
        name = chance.choice(("issue", "call-next", "cards", "sign-in", "own-cards"))
        with suppress(aiohttp.ClientError, OSError, TimeoutError):
            timeout = aiohttp.ClientTimeout(ENDS_S)
            headers = device.headers(url) | {"Content-Type": "application/json"}
            async with (
                aiohttp.ClientSession(timeout=timeout) as http,
                http.post(f"{url}/api/fairs/{fair}/{name}", data=body, headers=headers) as response,
            ):
                await response.read()


async def read_nothing(device: Colleague, url: str, fair: str, seconds: float) -> None:
    """Join as a screen, with the smallest buffer there is, and read nothing of what comes."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    with socket.socket() as sleeper:
        sleeper.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        sleeper.setblocking(False)
        head = "".join(f"{name}: {value}\r\n" for name, value in device.headers(url).items())
        request = (
            f"GET /api/fairs/{fair}/live HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{head}\r\n"
        )
        hello = encode_hello(None, 0)
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(ENDS_S):
                await loop.sock_connect(sleeper, (parts.hostname, parts.port))
                await loop.sock_sendall(sleeper, request.encode())
                await loop.sock_sendall(sleeper, bytes((0x82, 0x80 | len(hello), 0, 0, 0, 0)) + hello)
            await asyncio.sleep(seconds)
