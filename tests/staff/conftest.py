"""The desk that the tests of this room share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from staff_desk import Desk, open_desk


@pytest_asyncio.fixture
async def desk(redis_url: str, prefix: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """One fair's staff on the run's Redis, under a prefix of its own."""
    async with open_desk(redis_url, prefix, tmp_path / "keys") as desk:
        yield desk
