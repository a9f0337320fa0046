"""Scripts and style sheets as they travel: without the comments that stand on lines of their own.

Comments are half of our modules, and a phone on a crowded Wi-Fi reads none of them. Nothing else is changed: lines keep their order
and their text, no name is shortened. Only what begins a line is a comment here, so nothing inside a string is taken for one.
"""

from collections.abc import Iterator


def without_comments(text: str) -> str:
    """Give a script or a style sheet without its whole-line comments, blank lines and indentation at the ends."""
    return "\n".join(_kept(text.splitlines())) + "\n"


def _kept(lines: list[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        bare = line.strip()
        if inside or bare.startswith("/*"):
            _, end, after = bare.partition("*/")
            inside = not end
            if not after.strip() or not end:
                continue
            bare = after.strip()  # a type stands before an expression: /** @type {…} */ (…)
        if bare and not bare.startswith("//"):
            yield bare
