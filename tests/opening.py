"""What the `open_page` fixture gives, by name: tests import types from here, never from a conftest."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from playwright.async_api import Page

OpenPage: TypeAlias = Callable[[str, int, int], Awaitable[Page]]
"""Opens a page of the server: path, width and height in px."""
