"""Build hook: what the wheel carries besides the code.

In a checkout the pages and the sample fair stand at the top; inside a wheel they stand in the package, where
`yobidashi.places` finds them. An editable installation needs none of it.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = ("displays", "handhelds", "fair.toml")


class Pages(BuildHookInterface[Any]):
    """Puts `displays/`, `handhelds/` and `fair.toml` into the package, and sees that the browser libraries are there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the pages to `build_data`; stops the build with a sentence where the browser libraries are missing."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "server/yobidashi/vendor").is_dir():
            raise SystemExit("The browser libraries are missing: run `make vendor` first.")
        build_data["force_include"].update({str(root / name): f"yobidashi/{name}" for name in CARRIED})
