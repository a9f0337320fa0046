"""The house rules as a test: who may import whom, who may know Redis, and one place for each truth. `test_pages_rules.py` has those of the pages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
PACKAGE = TOP / "server" / "yobidashi"

VOCABULARY = {
    *("queue.tickets", "queue.rows", "queue.events", "queue.keys", "queue.errors", "queue.commands", "queue.sentences"),
    *(f"queue.commands.{name}" for name in ("command", "tickets", "parties", "offers", "corrections", "booths", "day")),
    *(
        f"queue.sentences.{name}"
        for name in ("sentence", "floor", "staff", "people", "protection", "requests", "server")
    ),
}
"""Pure words: they import each other and nothing else of the package."""

MAY_IMPORT: dict[str, set[str]] = {
    **dict.fromkeys(VOCABULARY, VOCABULARY),
    "queue.scripts": {"queue.keys", "queue.tickets"},
    "queue.address": set(),
    "queue.masters": {"queue.address"},
    "queue.pipeline": {"queue.errors", "queue.masters", "queue.scripts"},
    "queue.store": VOCABULARY | {"queue.pipeline", "queue.scripts"},
    "queue.links": VOCABULARY | {"queue.pipeline", "queue.scripts"},
    "live.closing": set(),
    "live.frames": set(),
    "live.guide": set(),
    "live.board": VOCABULARY,
    "live.counts": VOCABULARY | {"live.board"},
    "live.wire": VOCABULARY | {"live.board", "live.guide"},
    "live.bells": set(),
    "live.journal": VOCABULARY | {"live.bells", "live.board", "queue.masters", "queue.scripts"},
    "live.audience": set(),
    "live.hub": VOCABULARY | {"live.audience", "live.board", "live.wire", "live.frames", "live.closing", "live.guide"},
    "live.handshake": set(),
    "live.incoming": {"live.closing"},
    "live.pings": set(),
    "live.inbox": set(),
    "live.protocol": {"live.handshake", "live.inbox", "live.incoming", "live.frames", "live.closing", "live.pings"},
    "live.upgrade": {"live.protocol"},
    "live.socket": {"live.hub", "live.frames", "live.protocol"},
    "doors": set(),
    "departure": {"doors", "live.protocol", "notifying"},
    "notifying": set(),
    "processes": {"departure"},
    "live.session": {"live.hub", "live.socket", "live.wire", "live.closing"},
    "follower": {"live.hub", "live.journal", "live.wire", "queue.errors", "queue.store"},
    "settings": {"places", "setting_values"},
    "setting_values": {"queue.address"},
    "places": set(),
}
"""Module → modules of the package that it may import. A module that is not named here follows the rules of its room."""

KNOWN_BY = {
    "redis": {
        "queue.masters",
        "queue.pipeline",
        "live.bells",
        "live.journal",
        "people.protection.storehouse",
        "upkeep.doctor.durability",
    },
    "starlette": {"app", "doors", "serve", "live.session", "live.socket", "web."},
    "uvicorn": {"serve", "departure", "processes", "live.protocol", "live.upgrade"},
    # what people's data hang on: few look after keys, and one place each turns the key
    "cryptography": {"people.vault", "people.keyring", "upkeep.sealing"},
    "hmac": {
        "people.vault",
        "people.auditing.audit",
        "people.auditing.trail",
        "people.protection.canaries",
        "web.gate",
    },
    "argon2": {"staff.pins"},
    "secrets": {
        "people.vault",
        "people.keyring",
        "staff.tokens",
        "staff.devices",
        "queue.links",
        "upkeep.sealing",
        "upkeep.copies",
        "replay.client",
    },
    # programs in themselves, each behind one door
    "typst": {"printing.typesetting"},
    "openpyxl": {"people.sheets.workbook", "people.sheets.table"},
    "msoffcrypto": {"people.sheets.workbook"},
    "jinja2": {"web.pages"},
    "prometheus_client": {"upkeep.figures"},
}
"""Library → the modules that know it; a name that ends in a full stop is a whole room."""

NEVER = {"pickle", "marshal", "shelve", "random", "telnetlib", "ftplib", "smtplib", "requests", "urllib.request"}
"""Modules of Python that nothing served imports: they run what they read, guess instead of draw, or speak to others."""

ROOT = {"app", "cli", "serve", "__main__"}


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name below `yobidashi`."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a file's syntax, read once."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module a file imports, at any depth, as dotted names; `from a import b` gives `a.b` where that is a module."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    known = {f"yobidashi.{name}" for name in MODULES}
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where things are"
            base = node.module or ""
            inner = {f"{base}.{alias.name}" for alias in node.names}
            yield from (inner & known) or {base}


def ours(name: str) -> set[str]:
    return {i.removeprefix("yobidashi.") for i in imports(MODULES[name]) if i.startswith("yobidashi.")}


def outside(name: str) -> set[str]:
    return {i.split(".")[0] for i in imports(MODULES[name]) if not i.startswith("yobidashi")}


def called(path: Path) -> set[str]:
    """Every function a file calls by its bare name."""
    return {node.func.id for node in nodes_of(path) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_imports_go_one_way(name: str) -> None:
    assert ours(name) <= MAY_IMPORT[name]


def test_queue_and_live_know_nothing_of_the_rooms_above() -> None:
    for name in MODULES:
        if name.startswith(("queue.", "live.")):
            assert not {i for i in ours(name) if not i.startswith(("queue.", "live."))}, name


def test_the_guide_is_pure() -> None:
    """The same board, model and time give the same advice in every process, and in a rehearsal: only the steward acts."""
    allowed = VOCABULARY | {"live.board", "live.counts", "live.guide", "fair"}
    for name in MODULES:
        if name.startswith("guide.") and name != "guide.steward":
            assert {i for i in ours(name) if not i.startswith("guide.")} <= allowed, name
            assert "guide.steward" not in ours(name), name
            assert not outside(name) & {"time", "datetime", "asyncio", "random"}, name


def test_people_know_neither_staff_nor_the_web() -> None:
    for name in MODULES:
        if name.startswith(("people.", "printing.")):
            assert not {i for i in ours(name) if i.startswith(("staff", "web", "live.hub"))}, name
        if name.startswith("staff."):
            assert not {i for i in ours(name) if i.startswith("web")}, name
        if name.startswith("printing."):
            assert not {i for i in ours(name) if not i.startswith("printing") and i != "places"}, name


def test_nobody_served_needs_the_upkeep() -> None:
    """Figures and copies are made of what the rooms tell anyway: a room that needed them would stand the wrong way round."""
    for name in MODULES:
        if not name.startswith("upkeep.") and name not in ROOT | {"console"}:
            assert not {i for i in ours(name) if i.startswith("upkeep")}, name


def test_every_module_of_queue_and_live_has_its_line() -> None:
    assert {n for n in MODULES if n.startswith(("queue.", "live."))} <= set(MAY_IMPORT)


def test_nobody_imports_the_composition_root() -> None:
    for name in MODULES:
        if name not in ROOT:
            assert not ours(name) & ROOT, name


@pytest.mark.parametrize("library", sorted(KNOWN_BY))
def test_few_know_a_library(library: str) -> None:
    knows = {name for name in MODULES if library in outside(name)}
    allowed = KNOWN_BY[library]
    strangers = {name for name in knows if name not in allowed and f"{name.split('.')[0]}." not in allowed}
    assert not strangers
    assert not {name for name in allowed if not name.endswith(".")} - knows, "these no longer know it: strike them out"


def test_nothing_served_runs_what_it_reads_or_speaks_to_others() -> None:
    for name in MODULES:
        if not name.startswith(("replay.", "rehearsal.")):
            assert not set(imports(MODULES[name])) & NEVER, name
            assert not {node for node in called(MODULES[name]) if node in {"eval", "exec", "compile", "__import__"}}, (
                name
            )


def test_replay_is_a_client_and_touches_no_store() -> None:
    allowed = {"live.board", "live.wire", "live.closing"} | VOCABULARY
    for name in MODULES:
        if name.startswith("replay."):
            assert {i for i in ours(name) if not i.startswith("replay")} <= allowed, name


def test_the_crowd_knows_the_wire_and_the_board_and_nothing_else_of_the_package() -> None:
    crowd = [*(TOP / "loadtest" / "crowd").rglob("*.py"), TOP / "loadtest" / "locustfile.py"]
    assert len(crowd) > 1
    for path in crowd:
        known = {name for name in imports(path) if name.startswith("yobidashi")}
        assert known <= {"yobidashi.live.wire", "yobidashi.live.board"}, path


def test_no_import_circle() -> None:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name in done:
            return
        for other in ours(name) & set(MODULES):
            visit(other, (*path, name))
        done.add(name)

    for name in MODULES:
        visit(name, ())


def test_every_command_is_one_script_and_every_script_has_its_header() -> None:
    from yobidashi.queue.commands import COMMANDS
    from yobidashi.queue.errors import CODES

    folder = PACKAGE / "queue" / "lua"
    scripts = {path.stem: path.read_text() for path in folder.glob("*.lua")}
    shared = "".join(path.read_text() for path in (folder / "lib").glob("*.lua"))
    assert set(scripts) == set(COMMANDS) | {
        "found",
        "renew",
        "snapshot",
        "enter-card",
        "booked",
        "link",
        "linked",
        "note-meeting",
    }
    for name, text in scripts.items():
        header = text.split("]]")[0]
        assert header.startswith(f"--[[ {name}: "), name
        for code in re.findall(r"refuse\('(\w+)'|code = '(\w+)'", text + shared):
            assert "".join(code) in CODES, code
        if name in COMMANDS:
            assert re.search(r"^ARGV ", header, re.M), name
            assert re.search(r"^event ", header, re.M), name
            assert re.search(r"^refuses ", header, re.M), name


def test_a_refusal_has_one_sentence() -> None:
    from yobidashi.queue.errors import CODES, TABLES

    assert len(CODES) == sum(map(len, TABLES))


def test_no_room_has_a_name_that_says_nothing() -> None:
    for path in (
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.js"),
        *(TOP / "displays").rglob("*.js"),
        *(TOP / "handhelds").rglob("*.js"),
    ):
        assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}, path
