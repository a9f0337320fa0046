"""HTTP as an attacker writes it, byte by byte: a client library would mend half of it before it is sent."""

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

ANSWER_S: Final = 10.0
"""Within which a server must have answered, whatever it was sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    """By lower-case name; of several with one name the last."""
    names: list[str]
    """Every header's name as it came, in order."""
    body: bytes


async def say(url: str, *lines: str | bytes, body: bytes = b"", source: str | None = None) -> Answer:
    """Send a request of these lines, ``Connection: close`` added where they say nothing of it, and ``body``; give the answer.

    ``source`` is the address it comes from, where this machine has several. A server that hangs up without a word, or never answers, fails the test.
    """
    where = urlsplit(url)
    head = [line.encode() if isinstance(line, str) else line for line in lines]
    if not any(line.startswith(b"Connection:") for line in head):
        head.append(b"Connection: close")
    reader, writer = await asyncio.open_connection(
        where.hostname, where.port, local_addr=(source, 0) if source else None
    )
    try:
        writer.write(b"\r\n".join([*head, b"", body]))
        async with asyncio.timeout(ANSWER_S):
            return _read(await _all(reader))
    finally:
        writer.close()


async def get(url: str, path: str | bytes, *lines: str | bytes) -> Answer:
    """Ask for a path exactly as it stands."""
    asked = path if isinstance(path, bytes) else path.encode()
    return await say(url, b"GET " + asked + b" HTTP/1.1", f"Host: {urlsplit(url).netloc}", *lines)


async def _all(reader: asyncio.StreamReader) -> bytes:
    said = bytearray()
    try:
        while chunk := await reader.read(65_536):
            said += chunk
    except ConnectionResetError:
        pass  # it answered and hung up before it had read all of what was sent
    return bytes(said)


def _read(said: bytes) -> Answer:
    head, _, body = said.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [line.split(": ", 1) for line in lines]
    assert first.startswith("HTTP/1.1 "), said[:200]
    assert all(len(pair) == 2 for pair in pairs), head
    headers = {name.lower(): value for name, value in pairs}
    return Answer(int(first.split()[1]), headers, [name.lower() for name, _ in pairs], body)
