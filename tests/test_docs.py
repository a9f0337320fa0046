"""What the documents name must exist, and what people need must be named."""

import re
from pathlib import Path

import pytest

from yobidashi import settings
from yobidashi.cli import app

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (TOP / "ARCHITECTURE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("variable", [row[0] for row in settings.table()])
def test_every_setting_is_in_the_readme(variable: str) -> None:
    assert f"| `{variable}` |" in README


def test_every_command_is_in_the_readme() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"yobidashi {command.callback.__name__.replace('_', '-')}" in README


def test_every_make_target_that_the_documents_name_exists() -> None:
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z]+)", README + ARCHITECTURE):
        assert re.search(rf"^{target}:", makefile, re.M), target


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|js|lua|css))`", ARCHITECTURE))))
def test_every_file_that_the_architecture_names_exists(name: str) -> None:
    places = (
        "",
        "server/yobidashi",
        "server/yobidashi/queue",
        "server/yobidashi/queue/lua/lib",
        "server/yobidashi/live",
    )
    rooms = (
        "server/yobidashi/live/client",
        "server/yobidashi/web",
        "server/yobidashi/replay",
        "server/yobidashi/queue/lua",
    )
    found = [TOP / place / name for place in (*places, *rooms) if (TOP / place / name).is_file()]
    assert found or list(TOP.glob(f"server/yobidashi/**/{name}")), name


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_every_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (TOP / link).exists()
