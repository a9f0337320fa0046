"""Dates, times and counts as a document writes them, Japanese; times in the zone that they carry."""

import datetime as dt
from typing import Final

_WEEKDAYS: Final = "月火水木金土日"


def day(date: dt.date) -> str:
    """Give a day: ``2026年2月14日（土）``."""
    return f"{date.year}年{date.month}月{date.day}日（{_WEEKDAYS[date.weekday()]}）"


def moment(time: dt.datetime) -> str:
    """Give a moment to the minute: ``2026年2月14日（土）13:20``."""
    return f"{day(time)}{time:%H:%M}"


def exact_moment(time: dt.datetime) -> str:
    """Give a moment to the second, short, for tables: ``2026-02-14 13:20:05``, which no line end parts."""
    return f"{time:%Y-%m-%d}\N{NO-BREAK SPACE}{time:%H:%M:%S}"


def count(number: int, unit: str) -> str:
    """Give a count with its unit: ``1,234件``."""
    return f"{number:,}{unit}"
