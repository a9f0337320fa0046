"""The house rules of what runs in a browser, as a test: rooms, what a screen may not, and what no page does."""

import re
from pathlib import Path

TOP = Path(__file__).parent.parent
PACKAGE = TOP / "server" / "yobidashi"

IMPORT_JS = re.compile(r"""(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+["']([^"']+)["']""")


def test_browser_modules_stay_in_their_rooms() -> None:
    client = PACKAGE / "live" / "client"
    for room, allowed in (
        (client, ("./",)),
        (TOP / "displays", ("./", "../", "client/")),
        (TOP / "handhelds", ("./", "../", "client/")),
    ):
        for path in room.rglob("*.js"):
            for target in IMPORT_JS.findall(path.read_text(encoding="utf-8")):
                library = target.startswith(("lit-html", "@msgpack/msgpack")) or target in {
                    "qr",
                    "qr/dom.js",
                    "qr/decode.js",
                }
                assert library or target.startswith(allowed), f"{path}: {target}"
                if target.startswith("."):
                    assert room in (path.parent / target).resolve().parents, f"{path} leaves its room: {target}"


def test_screens_cannot_send() -> None:
    for path in (TOP / "displays").rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert "client/command.js" not in text, path
        assert "fetch(" not in text, path


def test_nothing_is_loaded_from_another_host() -> None:
    for room in (TOP / "displays", TOP / "handhelds", PACKAGE / "live" / "client", PACKAGE / "web"):
        for path in room.rglob("*"):
            if path.suffix in {".html", ".js", ".css"}:
                text = path.read_text(encoding="utf-8")
                found = [u for u in re.findall(r"https?://[^\s\"'`)]+", text) if "w3.org" not in u]
                assert not found, f"{path}: {found}"


def test_pages_make_no_markup_out_of_text() -> None:
    """lit-html and Jinja escape what they are given; nothing goes round them but the import map, whose hash is in the policy."""
    sinks = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|unsafe(HTML|SVG|Static)|srcdoc|createContextualFragment"
        r"|\beval\(|new Function|setTimeout\(\s*[\"'`]|DOMParser|javascript:"
    )
    for room in (TOP / "displays", TOP / "handhelds", PACKAGE / "live" / "client"):
        for path in room.rglob("*.js"):
            assert not sinks.search(path.read_text(encoding="utf-8")), path
    for room in (TOP / "displays", TOP / "handhelds", PACKAGE / "web"):
        for path in room.rglob("*.html"):
            raw = re.findall(r"\|\s*safe\b|autoescape|Markup", path.read_text(encoding="utf-8"))
            assert len(raw) == (1 if path.name == "base.html" else 0), path


def test_pages_keep_nothing_in_the_browser() -> None:
    kept = re.compile(
        r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker|history\.pushState"
    )
    for room in (TOP / "displays", TOP / "handhelds", PACKAGE / "live" / "client"):
        for path in room.rglob("*.js"):
            assert not kept.search(path.read_text(encoding="utf-8")), path
