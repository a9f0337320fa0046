"""The `yobidashi` command: help that helps, and wrong words answered with a sentence."""

from pathlib import Path

import pytest

from serving import run
from yobidashi import __version__
from yobidashi.settings import table


def test_help_names_every_command_with_examples() -> None:
    told = run("--help", COLUMNS="120")
    assert told.returncode == 0
    for word in (
        "serve",
        "check",
        "rehearse",
        "replay",
        "yobidashi serve fair.toml --host 0.0.0.0",
        "yobidashi check fair.toml",
    ):
        assert word in told.stdout


def test_help_of_serve_explains_every_setting() -> None:
    told = " ".join(run("serve", "--help", COLUMNS="200").stdout.split())
    for variable, default, says in table():
        assert f"{variable} ({default}): {says}" in told


@pytest.mark.parametrize("command", ["check", "rehearse", "replay"])
def test_every_command_has_help(command: str) -> None:
    told = run(command, "--help")
    assert told.returncode == 0
    assert "Usage:" in told.stdout
    assert command in told.stdout


def test_version() -> None:
    assert run("--version").stdout == f"yobidashi {__version__}\n"


def test_the_sample_fair_passes_its_check() -> None:
    told = run("check")
    assert told.returncode == 0, told.stdout
    assert told.stderr == ""


def test_a_faulty_fair_fails_its_check(tmp_path: Path) -> None:
    (tmp_path / "fair.toml").write_text("[[[", "utf-8")
    told = run("check", str(tmp_path / "fair.toml"))
    assert told.returncode == 1
    assert "Traceback" not in told.stdout + told.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (["serve", "--port", "eighty"], {}, "PORT is 'eighty', but should be a port number"),
        (["serve"], {"PORT": "99999"}, "PORT is '99999', but should be a port number"),
        (["serve", "--processes", "many"], {}, "YOBIDASHI_PROCESSES is 'many', but should be a number"),
        (["serve"], {"REDIS_URL": "localhost"}, "REDIS_URL is 'localhost', but should be an address"),
        (["serve", "--colour"], {}, "No such option: --colour"),
        (["call"], {}, "No such command 'call'"),
    ],
)
def test_a_wrong_word_is_a_sentence_and_status_2(arguments: list[str], settings: dict[str, str], sentence: str) -> None:
    told = run(*arguments, COLUMNS="160", **settings)
    assert told.returncode == 2
    assert sentence in told.stderr
    assert "Traceback" not in told.stderr


def test_a_replay_without_a_server_is_a_sentence() -> None:
    told = run("replay", "--url", "http://127.0.0.1:9")
    assert told.returncode not in (0, None)
    assert "http://127.0.0.1:9" in told.stdout + told.stderr
    assert "Traceback" not in told.stdout + told.stderr
