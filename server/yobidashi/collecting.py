"""How Python's garbage collector works in a server process: rarely, and not over what is there for good.

What ends is freed at once by its reference count; only what holds itself in a circle waits for the collector. By default that
walks over every object again and again while thousands of pages come in: a third of what their coming cost.
"""

import gc
from typing import Final

YOUNG_MAX: Final = 300_000
"""New objects before the collector looks at them: two thousand pages may come at once without it. Some 40 MB at most wait for it."""

YOUNG_LOOKS: Final = 20
"""Looks at the new ones before a look at those that outlived one."""

MIDDLE_LOOKS: Final = 50
"""Looks at those before a look at all."""


def settle() -> None:
    """Put aside for good what the process has loaded, and look at the rest rarely from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MAX, YOUNG_LOOKS, MIDDLE_LOOKS)
