"""The way from a fresh machine to a running server: what `make` says where it cannot go on, and what the locks hold."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON_LOCKS = sorted(ROOT.glob("requirements*.lock"))


def make(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    shutil.copy(ROOT / "Makefile", folder)
    inherited = {name: text for name, text in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, timeout=20, env=inherited)


def python_that(folder: Path, script: str) -> str:
    """A program that stands for a Python of another machine."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return f"PYTHON={program}"


def test_help_lists_what_there_is(tmp_path: Path) -> None:
    told = make(tmp_path, "help")
    for target in ("run", "test", "lint", "format", "wheel", "lock", "clean"):
        assert f"  make {target} " in told.stdout


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("exit 1", "Python 3.11 or newer is needed"),
        ("exit 127", "Python 3.11 or newer is needed"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "apt install python3-venv"),
    ],
)
def test_an_unfit_python_is_a_sentence(tmp_path: Path, script: str, sentence: str) -> None:
    told = make(tmp_path, "run", python_that(tmp_path, script))
    assert told.returncode != 0
    assert sentence in told.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.name)
def test_a_python_lock_pins_everything_by_hash_and_names_no_registry(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)", text, re.MULTILINE)
    for requirement in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]:
        assert re.match(r"[a-z0-9-]+==\S+ .*\\\n    --hash=sha256:[0-9a-f]{64}", requirement), requirement


def test_the_locks_agree_with_each_other_and_with_what_is_asked_for() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (exact,) = [asked for asked in project["project"]["dependencies"] if asked.startswith("uvicorn")]
    assert exact in pins("requirements.lock")


def test_the_npm_lock_is_exact_and_names_no_registry() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    text = (ROOT / "package-lock.json").read_text()
    lock = json.loads(text)
    assert '"resolved"' not in text
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert all(entry.get("integrity", "").startswith("sha512-") for path, entry in lock["packages"].items() if path)
