"""What travels of a script is what it says: comments gone, nothing else."""

import json
import subprocess

import pytest

from yobidashi.web.statics import FOLDERS, OURS
from yobidashi.web.uncommented import without_comments

SAME = """
import ts from "typescript";
const options = { compilerOptions: { target: "esnext", module: "esnext", removeComments: true } };
const bare = (text) => ts.transpileModule(text, options).outputText;
const pairs = JSON.parse(await new Promise((resolve) => {
  let text = "";
  process.stdin.on("data", (chunk) => (text += chunk)).on("end", () => resolve(text));
}));
const squeezed = (text) => bare(text).replace(/\\s+/g, " ");
console.log(JSON.stringify(pairs.filter(([, as_is, sent]) => squeezed(as_is) !== squeezed(sent)).map(([name]) => name)));
"""
"""Tells, by TypeScript's own parser, which scripts say something else."""


def test_every_module_says_the_same_without_its_comments() -> None:
    pairs = []
    for name in sorted(OURS):
        for path in sorted(FOLDERS[name].rglob("*.js")):
            text = path.read_text("utf-8")
            pairs.append((str(path), text, without_comments(text)))
    assert len(pairs) > 100
    differing = subprocess.run(
        ["node", "--input-type=module", "-e", SAME], input=json.dumps(pairs), capture_output=True, text=True, check=True
    )
    assert json.loads(differing.stdout) == []
    sent, written = (sum(len(pair[at].encode()) for pair in pairs) for at in (2, 1))
    assert sent < 0.75 * written


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
