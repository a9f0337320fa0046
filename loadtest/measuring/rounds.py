"""Rounds that interleave: every contender once a round, so that what disturbs the machine disturbs them all; then medians and ratios."""

import json
import math
import os
import statistics
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from measuring.contenders import Contender, Running
from measuring.machine import CLIENT_CPU, busy_s, cpu_s, pinned
from measuring.tools import Tools

Figures = dict[str, Any]

FOREIGN_MAX: Final = 0.12
"""Of a CPU that other processes of the machine may take during a run; a run that was disturbed more is marked."""


def listen(
    tools: Tools, running: Running, *options: str, publish: bool = False, cpu: int | None = CLIENT_CPU
) -> Figures:
    """Let the listeners measure a running server; gives what they print, and how much of a CPU was taken by others meanwhile."""
    pids = (*running.pids, *running.others)
    command = [
        *(str(tools.listeners), "-p", str(running.port), *running.arguments, *options),
        *(running.publishing if publish else ()),
        *("-k", ",".join(map(str, running.pids)), "-K", ",".join(map(str, running.others))),
    ]
    before, own_before, children_before = busy_s(), cpu_s(*pids), _waited_for_s()
    told = subprocess.run(pinned(command, cpu), capture_output=True, text=True, check=False)
    figures: Figures = json.loads(told.stdout) if told.stdout.startswith("{") else {"error": told.stderr[-300:]}
    if "error" in figures:
        raise SystemExit(f"the listeners gave up: {figures} {told.stderr[-300:]}")
    ours_s = cpu_s(*pids) - own_before + _waited_for_s() - children_before
    wall_s = figures.get("wall_s") or 1.0
    return figures | {"foreign_cpus": max(0.0, busy_s() - before - ours_s) / wall_s}


def _waited_for_s() -> float:
    times = os.times()
    return times.children_user + times.children_system


@dataclass(slots=True)
class Rounds:
    """What was measured, by contender, a figure a round."""

    name: str
    figures: dict[str, list[Figures]] = field(default_factory=dict)

    def run(self, contenders: Sequence[Contender], rounds: int, measure: Callable[[Contender], Figures]) -> None:
        """Measure every contender once a round, every second round in reverse, and print each figure as it comes."""
        for number in range(rounds):
            for contender in contenders if number % 2 == 0 else contenders[::-1]:
                self.add(contender.name, measure(contender))

    def add(self, contender: str, figures: Figures) -> None:
        """Take one contender's figures of the next round."""
        self.figures.setdefault(contender, []).append(figures)
        disturbed = figures.get("foreign_cpus", 0) > FOREIGN_MAX
        shown = {key: round(value, 3) for key, value in figures.items() if isinstance(value, (int, float))}
        print(json.dumps({"benchmark": self.name, "contender": contender, "disturbed": disturbed, **shown}), flush=True)

    def median(self, contender: str, key: str) -> float:
        """Give the median over the rounds."""
        return float(statistics.median(figures[key] for figures in self.figures[contender]))

    def ratios(self, contender: str, to: str, key: str) -> list[float]:
        """Give a contender's figure as a multiple of another's, round by round; of nothing measurable it is no number."""
        pairs = zip(self.figures[contender], self.figures[to], strict=True)
        return [mine[key] / theirs[key] if theirs[key] else math.nan for mine, theirs in pairs]


def spread(values: Iterable[float], digits: int = 2) -> str:
    """Write a median with the least and the most: ``1.20 (1.05–1.24)``."""
    numbers = sorted(values)
    return f"{statistics.median(numbers):.{digits}f} ({numbers[0]:.{digits}f}–{numbers[-1]:.{digits}f})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table as the README has them."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
