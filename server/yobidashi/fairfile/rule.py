"""A rule: what one key of a fair's file says about another, or what a specification asks of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from yobidashi.fairfile.faults import NOTHING, KeyPath, Text, literally, shown
from yobidashi.fairfile.tables import Document


class Unjudged(Exception):
    """A rule needs a value that is itself at fault: first that one, then the rule can be judged."""


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule."""

    path: KeyPath
    expected: Text
    came: Text
    see: KeyPath | None = None
    """Another place that has a part in it, such as the first use of a number."""
    sentence: Text | None = None
    """What to do, where "make it … instead of …" would not say it."""


@dataclass(frozen=True)
class Rule:
    """One thing that must hold, with the words for the report."""

    code: str
    asks: Text
    breaks: Callable[[Document], Iterable[Finding]]
    clause: str = ""
    """The specification's clause; empty for a general rule."""
    instead_of: str = ""
    """The code of the general rule this one says more strictly; that one is then left out."""


Breaks = Callable[[Document], Iterator[Finding]]


def rule(code: str, ja: str, en: str, *, clause: str = "", instead_of: str = "") -> Callable[[Breaks], Rule]:
    """Make a rule of a function that yields each place where a document breaks it."""

    def made(breaks: Breaks) -> Rule:
        return Rule(code, Text(ja, en), breaks, clause, instead_of)

    return made


@dataclass(frozen=True)
class Verdict:
    """How a rule came out: its findings; not judged where a value it needs is itself at fault."""

    rule: Rule
    findings: tuple[Finding, ...]
    judged: bool

    @property
    def holds(self) -> bool:
        """Whether the rule was judged and nothing breaks it."""
        return self.judged and not self.findings


def judge(rule: Rule, document: Document) -> Verdict:
    """Apply one rule; what it found before it met a faulty value counts."""
    findings = []
    try:
        for finding in rule.breaks(document):
            findings.append(finding)  # noqa: PERF402  # kept when the next one cannot be judged
    except Unjudged:
        return Verdict(rule, tuple(findings), judged=False)
    return Verdict(rule, tuple(findings), judged=True)


def repeated(values: Iterator[tuple[KeyPath, object]], expected: Text) -> Iterator[Finding]:
    """Yield every value that was there before; None is no value."""
    first: dict[object, KeyPath] = {}
    for path, value in values:
        if value is None:
            continue
        if value in first:
            yield Finding(path, expected, literally(value), see=first[value])
        else:
            first[value] = path


def surplus(path: KeyPath, came: object, ja: str, en: str) -> Finding:
    """Make the finding of a key that does not belong here, with the reason as a sentence."""
    sentence = Text(f"この行を消してください。{ja}。", f"Take this line out: {en}.")
    return Finding(path, NOTHING, literally(came), sentence=sentence)


def one_of(value: str, known: list[str], ja: str, en: str) -> Text:
    """Say what was expected where a value should have named a known thing, with the nearest of them."""
    near = get_close_matches(value, known, n=1)
    if near:
        return Text(
            f"この設定にある{ja}（もしかして {shown(near[0])}）",
            f"a {en} of this file (did you mean {shown(near[0])}?)",
        )
    return Text(f"この設定にある{ja}", f"a {en} of this file")
