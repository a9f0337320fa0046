"""予行の報告: what many simulated days of a fair came to, as answers, tables and charts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from yobidashi.printing.written import moment


@dataclass(frozen=True, slots=True)
class Words:
    """Japanese, and the English that stands beside it."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what it is about, the figure, and how it is meant."""

    about: Words
    figure: str
    meant: Words


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table. The first column is words, the others are figures; ``strong`` is the row that the report is about."""

    title: Words
    heads: tuple[Words, ...]
    rows: tuple[tuple[str, ...], ...]
    note: Words | None = None
    strong: int | None = None


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart as SVG, and what it shows in a sentence."""

    title: Words
    svg: str
    note: Words


Part = TablePart | ChartPart


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """The whole report: answers first, then what they rest on."""

    template: ClassVar[str] = "rehearsal_report"

    fair: str
    english: str
    basis: Words
    """What was played, in a sentence."""
    answers: tuple[Answer, ...]
    parts: tuple[Part, ...]
    assumptions: tuple[Words, ...]
    made_at: dt.datetime

    def data(self) -> Mapping[str, Any]:
        """Give what the template shows."""
        return {
            "fair": self.fair,
            "number": "予行",
            "made": moment(self.made_at),
            "basis": _pair(self.basis),
            "answers": [[*_pair(a.about), a.figure, *_pair(a.meant)] for a in self.answers],
            "parts": [_table(part) if isinstance(part, TablePart) else _chart(part) for part in self.parts],
            "assumptions": [_pair(words) for words in self.assumptions],
        }


def _pair(words: Words) -> list[str]:
    return [words.ja, words.en]


def _table(part: TablePart) -> dict[str, Any]:
    return {
        "title": _pair(part.title),
        "heads": [_pair(head) for head in part.heads],
        "rows": [list(row) for row in part.rows],
        "strong": part.strong,
        "note": part.note and _pair(part.note),
        "svg": None,
    }


def _chart(part: ChartPart) -> dict[str, Any]:
    return {"title": _pair(part.title), "svg": part.svg, "note": _pair(part.note)}
