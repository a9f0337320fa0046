"""A TOML file from the disk: its values and lines, or one fault that says why it cannot be read."""

from __future__ import annotations

import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yobidashi.fairfile.faults import NOTHING, FairInvalid, Fault, Text, cut, printable
from yobidashi.fairfile.toml_lines import DEPTH_MAX, KeyLines, TooDeep, Unclosed, key_lines

FILE_BYTES_MAX = 131_072
"""The largest file that is read, in bytes: four times the sample fair."""


@dataclass(frozen=True)
class TomlFile:
    """What a file holds: the values as tomllib gives them, and the line of each key."""

    path: Path
    values: dict[str, Any]
    lines: KeyLines


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file of at most `FILE_BYTES_MAX` bytes; a byte order mark at its head is passed over.

    Raises:
        FairInvalid: with one fault, where the file cannot be read or is no TOML.
    """
    text = _decoded(path, _bytes(path))
    try:
        lines = _lines(text)
        return TomlFile(path, tomllib.loads(text), lines)
    except tomllib.TOMLDecodeError as error:
        raise _broken(path, text, str(error)) from None
    except TooDeep as deep:
        raise _refusal(
            "toml_too_deep",
            path,
            Text(f"{DEPTH_MAX} 段までの入れ子", f"at most {DEPTH_MAX} levels of nesting"),
            Text("深すぎる入れ子", "more levels"),
            "入れ子が深すぎます。余分な [ や { や . を消してください。",
            "This is nested too deep. Take out the [ or { or dots that are too many.",
            line=deep.line,
        ) from None
    except ValueError:  # tomllib lets Python's own limit of 4,300 digits through
        long = re.search(r"[0-9_]{1000}", text)
        raise _refusal(
            "toml_broken",
            path,
            Text("ふつうの長さの数", "a number of ordinary length"),
            Text("数千桁の数", "thousands of digits"),
            "数が長すぎて読めません。桁を減らしてください。",
            "This number is too long to read. Write fewer digits.",
            line=text.count("\n", 0, long.start()) + 1 if long else 1,
        ) from None


def _lines(text: str) -> KeyLines:
    """Give the lines before tomllib reads the text: what is nested too deep for it ends here, with its line."""
    try:
        return key_lines(text)
    except Unclosed:
        return {}  # tomllib refuses it too, and says more


def _bytes(path: Path) -> bytes:
    name = printable(cut(path.name or str(path)))
    readable = Text("読める設定ファイル", "a fair's file that can be read")
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            came = (
                Text("フォルダ", "a folder") if stat.S_ISDIR(mode) else Text("ファイルではないもの", "no regular file")
            )
            raise _refusal(
                "file_unreadable",
                path,
                readable,
                came,
                f"{name} は{came.ja}です。fair.toml のようなファイルを指してください。",
                f"{name} is {came.en}. Name a file such as fair.toml.",
            )
        with path.open("rb") as file:
            content = file.read(FILE_BYTES_MAX + 1)
    except FileNotFoundError:
        raise _refusal(
            "file_missing",
            path,
            readable,
            NOTHING,
            f"{name} がありません。場所と名前を確かめてください。",
            f"There is no {name}. Check its place and name.",
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a path no file can have
        why = printable(getattr(error, "strerror", None) or str(error))
        raise _refusal(
            "file_unreadable",
            path,
            readable,
            Text(why, why),
            f"{name} を読めません（{why}）。権限と場所を確かめてください。",
            f"{name} cannot be read ({why}). Check its permissions and place.",
        ) from None
    if len(content) > FILE_BYTES_MAX:
        most = f"{FILE_BYTES_MAX // 1024} KiB"
        raise _refusal(
            "file_too_large",
            path,
            Text(f"{most} まで", f"at most {most}"),
            Text(f"{most} 超", f"more than {most}"),
            f"ファイルが {most} を超えています。フェアの設定ファイルかどうか確かめてください。",
            f"The file is larger than {most}. Check that it is a fair's file.",
        )
    return content


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"0x{content[error.start]:02X}"
        raise _refusal(
            "file_not_utf8",
            path,
            Text("UTF-8 の文字", "UTF-8 text"),
            Text(byte, byte),
            "この行に UTF-8 でない文字があります。文字コードを UTF-8 にして保存し直してください（Shift_JIS などは読めません）。",
            "This line is not UTF-8. Save the file again with the encoding UTF-8.",
            line=content.count(b"\n", 0, error.start) + 1,
        ) from None


def _refusal(code: str, path: Path, expected: Text, came: Text, ja: str, en: str, line: int = 0) -> FairInvalid:
    return FairInvalid([Fault(code, path, line, (), expected, came, Text(ja, en))])


SENTENCES = (
    (
        "Expected newline or end of document",
        Text(
            '値のあとに余分なものがあるか、値が読めません。文字列・時刻・コードは "10:30" のように引用符で囲み、1行に1つだけ書いてください。',
            'The value cannot be read to the end of the line. Put texts, times and codes in quotes, such as "10:30"; one key a line.',
        ),
    ),
    (
        "Invalid value",
        Text(
            '= の右の値が読めません。文字列は半角の " で囲み、数字は半角で書いてください。',
            'The value after = cannot be read. Put texts in plain quotes ("…") and write numbers in plain digits.',
        ),
    ),
    (
        "Cannot|Duplicate",
        Text(
            "同じ名前のキーか表が前にもあります。どちらか一つにしてください。",
            "This key or table stands in the file already. Keep one of them.",
        ),
    ),
    (
        r"Illegal character '\\[nr]'|Unterminated string|Expected [\"']'",
        Text(
            '文字列が閉じていません。終わりに " を書いてください。',
            "This text has no end. Close it with a quote.",
        ),
    ),
    (
        "Illegal character|Escaped character|Found invalid",
        Text(
            "使えない文字（制御文字など）があります。書き直してください。",
            "There is a character that TOML does not allow here, such as a control character. Write it again.",
        ),
    ),
    (
        "Unescaped|Invalid hex",
        Text(
            r"文字列の中の \ は \\ と書いてください。",
            r"Inside quotes write \ as \\.",
        ),
    ),
    (
        "Unclosed array",
        Text(
            "並び [ … ] が閉じていないか、区切りの , がありません。",
            "This list [ … ] is not closed, or a comma is missing.",
        ),
    ),
    (
        "Unclosed inline table",
        Text(
            "{ … } が閉じていないか、区切りの , がありません。",
            "This { … } is not closed, or a comma is missing.",
        ),
    ),
    (
        "Invalid initial character",
        Text(
            "ここには半角のキーが要ります。{ … } は一行で書き、最後に , を置きません。",
            "A key in plain letters is needed here. Write { … } on one line, without a comma at its end.",
        ),
    ),
    (
        r"Expected '\]",
        Text(
            "表の見出しが閉じていません。[fair] や [[queues]] のように書いてください。",
            "The heading is not closed. Write it as [fair] or [[queues]].",
        ),
    ),
    (
        "",
        Text(
            'この行は「キー = 値」の形になっていません。キーは半角の英数字で、= も半角で書いてください（例 name = "札幌市"）。',
            'This line is not of the form key = value. Write keys and = in plain letters (such as name = "Sapporo").',
        ),
    ),
)
"""What tomllib's words mean to a person; the first that matches its beginning."""


def _broken(path: Path, text: str, error: str) -> FairInvalid:
    """Say tomllib's error in our words, with the line as it is written, and what still stands open there."""
    place = re.search(r" \(at line (\d+), column (\d+)\)$", error)
    lines = text.split("\n")
    line = int(place[1]) if place else text.rstrip().count("\n") + 1
    sentence = next(words for start, words in SENTENCES if re.match(start, error))
    hint = Text("", "")
    if place:
        opened = _left_open("\n".join([*lines[: line - 1], lines[line - 1][: int(place[2]) - 1]]))
        if opened and opened.opening in "[{" and opened.line < line:
            hint = Text(
                f"{opened.line} 行目の {opened.opening} が閉じていないのかもしれません。",
                f" Perhaps the {opened.opening} on line {opened.line} is not closed.",
            )
    elif opened := _left_open(text):
        line = opened.line
    written = printable(cut(lines[line - 1].strip()))
    return _refusal(
        "toml_broken",
        path,
        Text("TOML の書き方", "TOML"),
        Text(written, written) if written else NOTHING,
        f"{sentence.ja}{hint.ja}この行：{written}",
        f"{sentence.en}{hint.en} The line: {written}",
        line,
    )


def _left_open(text: str) -> Unclosed | None:
    """Find what is opened in a text and never closed."""
    try:
        key_lines(text)
    except Unclosed as unclosed:
        return unclosed
    return None
