"""The forms of values: a text that can be shown, a slug, hiragana, a time of day, a date, a time zone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from yobidashi.fairfile.faults import Text, has_unseen

YEARS = range(2000, 2101)
"""Years a fair can be held in."""


@dataclass(frozen=True)
class Form:
    """A text of a certain form: the test it must pass, and how to say the form to a person."""

    test: Callable[[str], object]
    text: Text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def _checked(self, value: str) -> str:
        if not self.test(value):
            raise PydanticCustomError("bad_form", "not of the form asked for")
        return value


def _clock(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
        return dt.time.fromisoformat(value)
    if isinstance(value, dt.time) and not (value.second or value.microsecond):
        return value
    raise PydanticCustomError("bad_time", "not a time of day")


def _day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("bad_date", "no such day") from None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value.year in YEARS:
        return value
    raise PydanticCustomError("bad_date", "not a date")


def _zone(value: object) -> object:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(value)  # type: ignore[arg-type]  # anything else ends below
    except (TypeError, ValueError, KeyError, OSError):
        raise PydanticCustomError("unknown_timezone", "no such time zone") from None


WORDS = Form(
    lambda words: words and words == words.strip() and not has_unseen(words),
    Text("前後に空白がなく制御文字を含まない文字列", "text without blanks around it or control characters"),
)
SLUG = Form(
    re.compile(r"[a-z0-9-]{1,40}").fullmatch,
    Text("半角の英小文字・数字・ハイフン 1〜40字", "1 to 40 small letters, digits and hyphens"),
)
FIELD_KEY = Form(
    re.compile(r"[a-z0-9][a-z0-9_]{0,39}").fullmatch,
    Text("半角の英小文字・数字・_ 1〜40字（_ で始めない）", "1 to 40 small letters, digits and _, not _ first"),
)
KANA = Form(
    re.compile(r"[ぁ-ゖー・ 　]+").fullmatch,
    Text("ひらがなと長音「ー」", "hiragana"),
)
LATIN = Form(
    re.compile(r"[ -~À-ſ]*[A-Za-z][ -~À-ſ]*").fullmatch,
    Text("英字の名前", "a name in Latin letters"),
)
CODE = Form(
    re.compile(r"[0-9]{6}").fullmatch,
    Text("引用符で囲んだ6桁の市町村コード", "a six-digit municipality code in quotes"),
)
LETTER = Form(
    re.compile(r"[A-HJ-NP-Z]{1,2}").fullmatch,
    Text(
        "英大文字1〜2字（1・0と紛らわしい I・O を除く）",
        "one or two capitals, without I and O, which look like 1 and 0",
    ),
)
VIDEO_FILE = Form(
    re.compile(r"[^/\\.][^/\\]*\.(mp4|webm)", re.IGNORECASE).fullmatch,
    Text("この設定ファイルと同じ場所にある .mp4 か .webm の名前", "the name of an .mp4 or .webm file beside this one"),
)

Slug = Annotated[str, SLUG]
Name = Annotated[str, Field(max_length=60), WORDS]
Line = Annotated[str, Field(max_length=120), WORDS]
Notice = Annotated[str, Field(max_length=1_000), WORDS]
Kana = Annotated[str, Field(max_length=120), WORDS, KANA]
English = Annotated[str, Field(max_length=120), WORDS, LATIN]
Clock = Annotated[dt.time, BeforeValidator(_clock)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Listed = Field(strict=False)
"""A tuple alone is not strict, for TOML has lists; what stands in it stays strict."""
