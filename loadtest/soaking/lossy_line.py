"""The line between the servers and Redis, on which replies get lost: Redis has done it, and nobody is ever told."""

import asyncio
from contextlib import suppress
from typing import Final

CHUNK: Final = 65_536
COMMAND: Final = b"EVALSHA"
"""What a pipeline of commands contains, and the reading of a journal does not."""


class LossyLine:
    """Passes bytes on between its listeners and one Redis, and swallows a reply where it is told to."""

    def __init__(self, redis_port: int) -> None:
        """Lead to the Redis on this machine's ``redis_port``."""
        self._redis_port = redis_port
        self._servers: list[asyncio.Server] = []
        self._to_lose = 0
        self.lost = 0

    async def listen(self, host: str) -> int:
        """Take connections at ``host`` too; gives the port."""
        server = await asyncio.start_server(self._serve, host, 0)
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    def lose(self, count: int) -> None:
        """Swallow the next ``count`` replies to commands, and cut each line after it."""
        self._to_lose += count

    async def close(self) -> None:
        """Listen no more."""
        for server in self._servers:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            from_redis, to_redis = await asyncio.open_connection("127.0.0.1", self._redis_port)
        except OSError:
            writer.transport.abort()
            return
        doomed = asyncio.Event()
        both = {
            asyncio.create_task(self._forward(reader, to_redis, doomed)),
            asyncio.create_task(self._back(from_redis, writer, doomed)),
        }
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            for end in (writer, to_redis):
                end.transport.abort()

    async def _forward(self, reader: asyncio.StreamReader, redis: asyncio.StreamWriter, doomed: asyncio.Event) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                if self._to_lose and COMMAND in data:
                    self._to_lose -= 1
                    doomed.set()
                redis.write(data)
                await redis.drain()

    async def _back(self, redis: asyncio.StreamReader, writer: asyncio.StreamWriter, doomed: asyncio.Event) -> None:
        with suppress(OSError):
            while data := await redis.read(CHUNK):
                if doomed.is_set():
                    self.lost += 1
                    return
                writer.write(data)
                await writer.drain()
