"""What travels of a script is what it says: comments gone, nothing else."""

import subprocess
from pathlib import Path

import pytest

from yobidashi.places import PACKAGE
from yobidashi.web.statics import FOLDERS, OURS
from yobidashi.web.uncommented import without_comments

COMPILER = PACKAGE.parents[1] / "node_modules" / ".bin" / "tsc"
OPTIONS = (
    *("--allowJs", "--noCheck", "--noResolve", "--ignoreConfig", "--removeComments"),
    *("--module", "esnext", "--target", "esnext"),
)


def said(folder: Path) -> dict[str, str]:
    """Give what each script says, by the compiler's own parser: no comment, and one space wherever there is any."""
    out = folder / "out"
    scripts = sorted(map(str, folder.rglob("*.js")))
    subprocess.run([COMPILER, *OPTIONS, "--rootDir", folder, "--outDir", out, *scripts], check=True)
    return {path.relative_to(out).as_posix(): " ".join(path.read_text("utf-8").split()) for path in out.rglob("*.js")}


def test_every_module_says_the_same_without_its_comments(tmp_path: Path) -> None:
    sizes = {"written": 0, "sent": 0}
    for name in OURS:
        for path in FOLDERS[name].rglob("*.js"):
            text = path.read_text("utf-8")
            for kind, script in (("written", text), ("sent", without_comments(text))):
                target = tmp_path / kind / name / path.relative_to(FOLDERS[name])
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(script, "utf-8")
                sizes[kind] += len(script.encode())
    written, sent = said(tmp_path / "written"), said(tmp_path / "sent")
    assert len(written) > 100
    assert written.keys() == sent.keys()
    assert [name for name, script in written.items() if sent[name] != script] == []
    assert sizes["sent"] < 0.75 * sizes["written"]


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("/** Says it. */\nlet a = 1;\n", "let a = 1;\n"),
        ("/* one\n * two */\n.b { color: red }\n", ".b { color: red }\n"),
        ("  /** @type {A} */ (b).c();\n", "(b).c();\n"),
        ('const u = "https://x"; // why\n', 'const u = "https://x"; // why\n'),
        ("a {\n  /* why */\n\n  b: c;\n}\n", "a {\nb: c;\n}\n"),
    ],
)
def test_only_comments_on_lines_of_their_own_go(text: str, sent: str) -> None:
    assert without_comments(text) == sent
