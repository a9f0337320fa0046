"""What a load balancer is told: alive is not ready, and each reason has its words."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from running import RunningServer, running_server
from yobidashi.data_folder import DataFolder
from yobidashi.live.hub import Hub
from yobidashi.web.health import Health


async def told(server: RunningServer, path: str) -> tuple[int, dict[str, Any]]:
    async with server.http.get(server.url + path) as response:
        return response.status, await response.json()


@pytest_asyncio.fixture
async def alone(tmp_path: Path) -> AsyncIterator[RunningServer]:
    """A server with a Redis of its own, which a test may stop."""
    async with running_server(data=tmp_path / "data") as server:
        yield server


async def test_without_redis_the_process_is_alive_and_not_ready(alone: RunningServer, tmp_path: Path) -> None:
    assert await told(alone, "/healthz") == (200, {"alive": True})
    assert await told(alone, "/readyz") == (200, {"ready": True})
    redis = int(DataFolder(tmp_path / "data").pid_file.read_text())
    os.kill(redis, signal.SIGSTOP)
    try:
        async with asyncio.timeout(30):
            while (answer := await told(alone, "/readyz"))[0] == 200:
                pass
    finally:
        os.kill(redis, signal.SIGCONT)
    assert answer[0] == 503
    assert answer[1]["code"] == "redis_away"
    assert answer[1]["ja"]
    assert answer[1]["en"]
    assert (await told(alone, "/healthz"))[0] == 200
    async with asyncio.timeout(30):
        while (await told(alone, "/readyz"))[0] != 200:
            pass


async def test_a_process_without_boards_or_about_to_end_says_which() -> None:
    async def answers() -> bool:
        return True

    hub = Hub(lambda: 0, lambda flush: None)
    health = Health({"fair": hub}, answers)
    assert await why(health) == (503, "not_founded", "1")
    hub.board.epoch = 1
    assert await why(health) == (503, "redis_away", "1")
    hub.live = True
    assert await why(health) == (200, None, None)
    health.draining = True
    assert await why(health) == (503, "draining", "1")


async def why(health: Health) -> tuple[int, str | None, str | None]:
    import json

    response = await health.ready(None)  # type: ignore[arg-type]  # it looks at no request
    return response.status_code, json.loads(bytes(response.body)).get("code"), response.headers.get("Retry-After")
