"""The rehearsal's charts as SVG, drawn here: ink on white, nothing from outside, the same for the page and for print."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

INK, QUIET, LINE, ROOM, FULL, PALE = "#0D1117", "#3B4652", "#C3CBD4", "#005AFF", "#FF4B00", "#D6E4FF"
"""The colours of every page: ink, second text, hairlines, room, full; and a pale room for what is less certain."""

WIDTH: Final = 760
_FONT: Final = "BIZ UDPGothic, Noto Sans JP, sans-serif"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: its label, its value, a second value drawn as a thin bar under it, and what is written after it."""

    label: str
    value: float
    second: float | None = None
    words: str = ""


def bars(rows: Sequence[Bar], *, mark: float | None = None, mark_words: str = "") -> str:
    """Give horizontal bars; ``mark`` draws a line across all of them at a value."""
    step, left, right = 30, 230, 130
    height = step * len(rows) + 34
    most = max([*(max(row.value, row.second or 0) for row in rows), mark or 0, 1e-9])
    scale = (WIDTH - left - right) / most
    parts = []
    for i, row in enumerate(rows):
        y = 6 + i * step
        parts.append(_text(left - 10, y + 16, row.label, anchor="end"))
        parts.append(_rect(left, y + 2, row.value * scale, 13 if row.second is not None else 18, INK))
        if row.second is not None:
            parts.append(_rect(left, y + 16, row.second * scale, 5, QUIET))
        parts.append(_text(left + max(row.value, row.second or 0) * scale + 8, y + 16, row.words))
    if mark is not None:
        x, foot = left + mark * scale, step * len(rows) + 8
        parts.append(f'<path d="M{x:.1f} 0V{foot}" stroke="{FULL}" stroke-width="2" stroke-dasharray="6 4"/>')
        parts.append(_text(x, foot + 18, mark_words, anchor="middle", size=13))
    return _svg(height, parts)


def course(
    times: Sequence[str],
    middle: Sequence[float],
    high: Sequence[float],
    *,
    unit: str,
    mark: float | None = None,
    mark_words: str = "",
) -> str:
    """Give the course of a day: the mean as a line, what 95 days of 100 stay below as a field, a limit as a dashed line."""
    left, top, bottom, height = 48, 16, 34, 280
    most = max([*high, mark or 0, 1e-9]) * 1.08
    right = WIDTH - 12

    def x(i: int) -> float:
        return left + (right - left) * i / max(1, len(middle) - 1)

    def y(value: float) -> float:
        return top + (height - top - bottom) * (1 - value / most)

    field = " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in enumerate(high))
    line = " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in enumerate(middle))
    parts = [f'<polygon points="{left},{y(0):.1f} {field} {right},{y(0):.1f}" fill="{PALE}"/>']
    for tick in _ticks(most):
        parts.append(f'<path d="M{left} {y(tick):.1f}H{right}" stroke="{LINE}"/>')
        parts.append(_text(left - 8, y(tick) + 5, f"{tick:g}", anchor="end", size=13))
    parts.append(f'<polyline points="{line}" fill="none" stroke="{INK}" stroke-width="3"/>')
    for i, words in enumerate(times):
        if words:
            parts.append(_text(x(i), height - 12, words, anchor="middle", size=13))
    parts.append(_text(left - 8, 12, unit, anchor="end", size=13))
    if mark is not None:
        parts.append(
            f'<path d="M{left} {y(mark):.1f}H{right}" stroke="{FULL}" stroke-width="2" stroke-dasharray="6 4"/>'
        )
        parts.append(_text(right, y(mark) - 6, mark_words, anchor="end", size=13))
    return _svg(height, parts)


def _ticks(most: float) -> list[float]:
    """Give round numbers from 0 to ``most``, at most seven."""
    step = next(s * 10**e for e in range(6) for s in (1, 2, 5) if most / (s * 10**e) <= 6)
    return [step * i for i in range(int(most // step) + 1)]


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{fill}"/>'


def _text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 15) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{INK}">{escape(words)}</text>'
    )


def _svg(height: float, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" font-family="{_FONT}">'
    return head + "".join(parts) + "</svg>"
