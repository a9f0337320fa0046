"""What a run came to: figures, and whether each stated objective was met. The exit status follows from this alone."""

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crowd.ledger import Audit, Ledger

FINDINGS_SHOWN: Final = 10
"""Losses and duplicates told one by one; the rest is a count."""


@dataclass(frozen=True, slots=True)
class Objective:
    """A figure and the most that it may be."""

    figure: str
    most: float
    says: str


OBJECTIVES: Final = (
    Objective("call_p95_ms", 500, "call → screen, p95, ms"),
    Objective("issue_p95_ms", 300, "issue: tap → answer, p95, ms"),
    Objective("duplicates", 0, "duplicates"),
    Objective("lost", 0, "lost"),
)
"""What a fair is promised. A run that misses one, or cannot say, has failed."""


def objectives(changes: Sequence[str] = ()) -> tuple[Objective, ...]:
    """Give the objectives, with changes like ``call_p95_ms=200``. Raises `ValueError` for one that there is not."""
    most = {objective.figure: objective.most for objective in OBJECTIVES}
    for change in changes:
        figure, _, value = change.partition("=")
        if figure not in most:
            raise ValueError(f"there is no objective “{figure}”; there is: {', '.join(most)}")
        most[figure] = float(value)
    return tuple(Objective(each.figure, most[each.figure], each.says) for each in OBJECTIVES)


def missed(figures: Mapping[str, float | None], asked: Sequence[Objective]) -> list[str]:
    """Say which objectives were missed, one sentence each; a figure that was not measured is a miss."""
    sentences = []
    for objective in asked:
        value = figures.get(objective.figure)
        if value is None:
            sentences.append(f"{objective.says}: not measured, at most {objective.most:g} is asked")
        elif value > objective.most:
            sentences.append(f"{objective.says}: {value:g}, at most {objective.most:g} is asked")
    return sentences


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, ms."""

    count: int
    p50: float
    p95: float
    p99: float
    most: float

    @classmethod
    def of(cls, values_ms: Sequence[float]) -> "Spread | None":
        """Give the spread of what was measured; None of nothing."""
        if not values_ms:
            return None
        if len(values_ms) == 1:
            return cls(1, *values_ms, *values_ms, *values_ms, *values_ms)
        cuts = statistics.quantiles(values_ms, n=100, method="inclusive")
        return cls(len(values_ms), cuts[49], cuts[94], cuts[98], max(values_ms))


@dataclass(frozen=True, slots=True)
class Report:
    """One run: what was played, its figures, and its objectives."""

    played: str
    spreads: dict[str, Spread]
    figures: dict[str, float | None]
    counts: dict[str, int]
    findings: list[str]
    objectives: tuple[Objective, ...]

    @property
    def missed(self) -> list[str]:
        """The objectives that were missed, in sentences."""
        return missed(self.figures, self.objectives)

    def lines(self) -> Iterator[str]:
        """Give the report as text."""
        yield f"{self.played}; ms"
        yield f"{'':34}{'count':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'most':>9}"
        for name, s in self.spreads.items():
            yield f"{name:34}{s.count:8}{s.p50:9.1f}{s.p95:9.1f}{s.p99:9.1f}{s.most:9.1f}"
        yield ", ".join(f"{name} {count}" for name, count in self.counts.items())
        for finding in self.findings[:FINDINGS_SHOWN]:
            yield f"✗ {finding}"
        for objective in self.objectives:
            value = self.figures.get(objective.figure)
            told = "—" if value is None else f"{value:.1f}" if value % 1 else f"{value:g}"
            mark = "✗" if missed(self.figures, (objective,)) else "✓"
            yield f"{mark} {objective.says}: {told} (at most {objective.most:g})"

    def write(self, path: Path, more: dict[str, Any]) -> None:
        """Write the figures as JSON, with more beside them."""
        spreads = {name: {k: getattr(s, k) for k in Spread.__slots__} for name, s in self.spreads.items()}
        whole = {
            "played": self.played,
            "spreads": spreads,
            "figures": self.figures,
            "counts": self.counts,
            "findings": self.findings,
            "missed": self.missed,
            **more,
        }
        path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")


def report(
    played: str,
    ledger: Ledger,
    found: Audit,
    asked: tuple[Objective, ...],
    floods: Sequence[tuple[float, float]] = (),
) -> Report:
    """Make the report of a run; ``floods`` are the stretches in which one address flooded the server."""
    measured = {f"call → {kind}": ledger.call_ms(kind) for kind in ("screen", "phone", "handheld")}
    measured |= {f"{name}: tap → answer": _ms(seconds) for name, seconds in sorted(ledger.answer_s.items())}
    measured["lost connection → knows all"] = _ms(ledger.returns_s)
    for flooded in (False, True) if floods else ():
        taps = [s for at, s in ledger.during["booth"] if flooded == any(a <= at < b for a, b in floods)]
        measured[f"booth: tap → answer, {'flooded' if flooded else 'quiet'}"] = _ms(taps)
    spreads = {name: spread for name, values in measured.items() if (spread := Spread.of(values))}
    call, issue = spreads.get("call → screen"), spreads.get("issue: tap → answer")
    figures: dict[str, float | None] = {
        "call_p95_ms": call.p95 if call else None,
        "issue_p95_ms": issue.p95 if issue else None,
        "duplicates": len(found.duplicates),
        "lost": len(found.lost),
    }
    counts = {
        "persons": found.persons,
        "consultations": found.consultations,
        "offers": found.offers,
        "events": found.events,
        "calls": found.calls,
        "commands": len(ledger.answers),
        "refused": ledger.refusals.total(),
        "sent again": ledger.retried,
        "sockets opened": ledger.opened,
        "errors": ledger.errors.total(),
        "duplicates": len(found.duplicates),
        "lost": len(found.lost),
    }
    errors = [f"{count} × {word}" for word, count in ledger.errors.most_common()]
    return Report(played, spreads, figures, counts, found.lost + found.duplicates + errors, asked)


def _ms(seconds: Sequence[float]) -> list[float]:
    return [each * 1e3 for each in seconds]
