"""One file examined: read, fitted into the tables, judged by every rule that applies; all faults together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yobidashi.fairfile import (
    booth_rules,
    consent_rules,
    day_rules,
    form_rules,
    name_rules,
    plan_rules,
    queue_rules,
    reservation_rules,
    specification,
)
from yobidashi.fairfile.faults import FairInvalid, Fault, Text, literally, printable, wanted
from yobidashi.fairfile.rule import Finding, Rule, Unjudged, Verdict, judge
from yobidashi.fairfile.shape import fitted
from yobidashi.fairfile.tables import Document
from yobidashi.fairfile.toml_file import TomlFile, read_toml
from yobidashi.fairfile.toml_lines import line_of
from yobidashi.fairfile.video_rules import video_beside

GENERAL_RULES: tuple[Rule, ...] = (
    *day_rules.RULES,
    *queue_rules.RULES,
    *booth_rules.RULES,
    *name_rules.RULES,
    *plan_rules.RULES,
    *reservation_rules.RULES,
    *form_rules.RULES,
    *consent_rules.RULES,
)
"""What every fair keeps, in the order of the report."""

SLUG = ("fair", "slug")


@dataclass(frozen=True)
class Examination:
    """What became of one file."""

    path: Path
    document: Document | None
    """The fair, where nothing is at fault."""
    faults: tuple[Fault, ...]
    """By line."""
    verdicts: tuple[Verdict, ...]
    """Rule by rule; none where the file is no TOML."""
    fits: bool
    """Whether tables, keys and types are as they should be."""
    slug_line: int = 1


def examine(path: Path) -> Examination:
    """Read and judge one file; whatever is in it or keeps it from being read becomes a fault, never an exception."""
    try:
        file = read_toml(path)
    except FairInvalid as invalid:
        return Examination(path, None, invalid.faults, (), fits=False)
    document, misfits = fitted(file.values)
    rules = (*rules_for(document), video_beside(path.parent))
    verdicts = tuple(judge(rule, document) for rule in rules)
    faults = [_fault(file, misfit.code, misfit.finding) for misfit in misfits]
    for verdict in verdicts:
        rule = verdict.rule
        faults += [_fault(file, rule.code, finding, rule) for finding in verdict.findings]
    faults.sort(key=lambda fault: fault.line)
    return Examination(
        path,
        None if faults else document,
        tuple(faults),
        verdicts,
        fits=not misfits,
        slug_line=line_of(file.lines, SLUG),
    )


def examine_all(paths: Sequence[Path]) -> list[Examination]:
    """Examine files that are to be served together: two fairs cannot have one slug."""
    first: dict[str, Path] = {}
    examinations = []
    for path in paths:
        examination = examine(path)
        document = examination.document
        if document is not None:
            slug = document.fair.slug
            if slug in first:
                fault = _same_slug(examination, slug, first[slug])
                examination = replace(examination, document=None, faults=(fault,))
            first.setdefault(slug, path)
        examinations.append(examination)
    return examinations


def _same_slug(examination: Examination, slug: str, other: Path) -> Fault:
    name = printable(str(other))
    expected = Text("ほかのフェアと違う slug", "a slug no other fair has")
    came = literally(slug)
    sentence = Text(
        f"{expected.ja}にしてください。{came.ja} は {name} にもあります。",
        f"Make it {expected.en}; {came.en} is also that of {name}.",
    )
    return Fault("duplicate_slug", examination.path, examination.slug_line, SLUG, expected, came, sentence)


def rules_for(document: Document) -> tuple[Rule, ...]:
    """Give the general rules and those of the specification the fair names, without the general ones these replace."""
    try:
        named = document.fair.specification
    except Unjudged:
        named = None
    special = specification.SPECIFICATIONS[named] if named else ()
    replaced = {rule.instead_of for rule in special}
    return (*(rule for rule in GENERAL_RULES if rule.code not in replaced), *special)


def _fault(file: TomlFile, code: str, finding: Finding, rule: Rule | None = None) -> Fault:
    sentence = finding.sentence or wanted(finding.expected, finding.came)
    if finding.see is not None:
        see = line_of(file.lines, finding.see)
        sentence = Text(f"{sentence.ja}（{see} 行目にもあります）", f"{sentence.en} (It stands on line {see} too.)")
    line = line_of(file.lines, finding.path)
    asks, clause = (rule.asks, rule.clause) if rule else (None, "")
    return Fault(code, file.path, line, finding.path, finding.expected, finding.came, sentence, asks, clause)
