"""Files that are no fair at all: broken TOML, folders, pipes. A sentence with its line for each, never a traceback."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fair_text import FairText, assert_sound
from yobidashi.fairfile.examination import examine
from yobidashi.fairfile.toml_file import FILE_BYTES_MAX

SAMPLE = "\n".join(FairText.sample().lines)


@pytest.mark.parametrize(
    ("old", "new", "line_of", "said"),
    [
        ('opens = "10:30"', "opens = 10:30", "opens = ", '"10:30"'),
        ('code = "012033"', "code = 012033", "code = 012033", "引用符"),
        ('name = "小樽市"', "name = 小樽市", "name = 小樽市", "半角"),
        ('name = "小樽市"', "name = “小樽市”", "name = “小樽市”", "半角"),
        ('name = "小樽市"', 'name = "小樽市', 'name = "小樽市', "閉じていません"),
        ("[goal]\npersons = 200\n", "[goal]\npersons ＝ 200\n", "persons ＝ 200", "キー = 値"),
        ("[goal]\npersons = 200\n", "[goal]\npersons = ２００\n", "persons = ２００", "半角"),
        ("[goal]\npersons = 200\n", "[goal]\npersons 200\n", "persons 200", "キー = 値"),
        ("[goal]\n", "[goal\n", "[goal", "見出し"),
        ("[goal]\n", "[tickets]\n[goal]\n", "[tickets]", "前にもあります"),
        ("[goal]\npersons = 200\n", "[goal]\npersons = 200\npersons = 201\n", "persons = 201", "前にもあります"),
        ("skip = [4, 9,", "skip = [4 9,", "skip = ", "区切り"),
        ("number = 30\n", "number = 30\nx = [1,\n", 'role = "spare"', "行目の [ が閉じていない"),
        ("number = 30\n", 'number = 30\nx = """a\n', "x = ", "閉じていません"),
        ("number = 30\n", "number = 30\nx = { a = 1,\n\n", "x = { a", "{ … }"),
        ('name = "小樽市"', 'name = "小樽\\市"', 'name = "小樽', r"\\"),
        ('name = "小樽市"', 'name = "小樽\x07市"', 'name = "小樽', "制御文字"),
        ("[goal]\npersons = 200\n", f"[goal]\npersons = {'1' * 5000}\n", "persons = 11", "長すぎ"),
    ],
)
def test_broken_toml_names_the_line(old: str, new: str, line_of: str, said: str, tmp_path: Path) -> None:
    """Each mistake people make in TOML, in our words, on the line where they made it."""
    assert SAMPLE.count(old) == 1
    text = SAMPLE.replace(old, new)
    path = tmp_path / "fair.toml"
    path.write_text(text, "utf-8")
    (fault,) = examine(path).faults
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.startswith(line_of)]
    assert fault.code == "toml_broken"
    assert fault.line in (lines[-1], *lines[:1])
    assert said in fault.ja
    assert "\n" not in fault.ja
    assert "\x07" not in str(fault)


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("code", "line", "make"),
    [
        ("file_missing", 0, lambda path: None),
        ("file_unreadable", 0, _folder),
        ("file_unreadable", 0, _pipe),
        ("file_unreadable", 0, _loop),
        ("file_too_large", 0, lambda path: path.write_bytes(b"#" * (FILE_BYTES_MAX + 1))),
        ("file_not_utf8", 3, lambda path: path.write_bytes("# a\n# b\n# 札幌市\n".encode("cp932"))),
        ("toml_too_deep", 2, lambda path: path.write_text("\na = " + "[" * 50_000, "utf-8")),
        ("toml_too_deep", 2, lambda path: path.write_text("\na = " + "{a=" * 30_000, "utf-8")),
        ("toml_too_deep", 2, lambda path: path.write_text("\n" + "a." * 50_000 + "a = 1", "utf-8")),
        ("toml_too_deep", 2, lambda path: path.write_text("\n[" + "a." * 50_000 + "a]", "utf-8")),
    ],
)
def test_file_that_cannot_be_read(code: str, line: int, make: Callable[[Path], object], tmp_path: Path) -> None:
    path = tmp_path / "fair.toml"
    make(path)
    (fault,) = examine(path).faults
    assert (fault.code, fault.line, fault.path) == (code, line, ())
    assert_sound([fault])


def test_path_no_file_can_have(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000):
        (fault,) = examine(tmp_path / name).faults
        assert fault.code == "file_unreadable"
        assert "\0" not in str(fault)


def test_windows_editors_are_welcome(tmp_path: Path) -> None:
    """A byte order mark and CRLF change neither the fair nor the lines."""
    path = tmp_path / "fair.toml"
    text = SAMPLE.replace('code = "012033"', 'code = "012034"')
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (fault,) = examine(path).faults
    assert fault.line == text.split("\n").index('code = "012034"') + 1
