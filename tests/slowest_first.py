"""The order of test files for several workers: the slowest first, so that nobody waits in the end for one that began last."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeVar

import pytest

Node = TypeVar("Node", pytest.Item, pytest.Module)

TESTS: Final = Path(__file__).parent
SECONDS: Final[dict[str, int]] = tomllib.loads((TESTS / "slow_files.toml").read_text("utf-8"))
"""How long a file takes, by its path below this folder. All others are quick."""


def slowest_first(nodes: Iterable[Node]) -> list[Node]:
    """Order tests by the time that their files take; those of one file stay as they are, and so do quick files."""
    return sorted(nodes, key=lambda node: -SECONDS.get(node.path.relative_to(TESTS).as_posix(), 0))
