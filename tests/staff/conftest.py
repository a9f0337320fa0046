"""The desk that the tests of this room share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from staff_desk import Desk, make_pins_quick, open_desk


@pytest_asyncio.fixture
async def desk(redis_url: str, prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """One fair's staff on the run's Redis, under a prefix of its own. What a PIN costs is for `test_pins.py`."""
    make_pins_quick(monkeypatch)
    async with open_desk(redis_url, prefix, tmp_path / "keys") as desk:
        yield desk
