"""The video that a fair names must be there: a file beside the fair's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from yobidashi.fairfile.faults import Text
from yobidashi.fairfile.rule import Finding, Rule, rule
from yobidashi.fairfile.tables import Document


def video_beside(folder: Path) -> Rule:
    """Make the rule for a fair whose file stands in ``folder``."""

    @rule("video_missing", "名前を書いた映像のファイルがある", "a video that is named is there")
    def is_there(document: Document) -> Iterator[Finding]:
        if document.video is not None and not (folder / document.video.file).is_file():
            yield Finding(
                ("video", "file"),
                Text("この設定ファイルと同じ場所にあるファイルの名前", "the name of a file beside this one"),
                Text("そこにない名前", "a name that is not there"),
            )

    return is_there
