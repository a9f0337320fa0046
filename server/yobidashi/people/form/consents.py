"""Consent as data: each decision of a visitor, with its text version, time, device and who wrote it down (FAIR 9⑴, 9⑹).

A record keeps every decision ever made, oldest first; the newest for a recipient is the one that holds. A withdrawal is one
more decision, so what was agreed to before, and until when, stays provable. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.queue.errors import Refusal

VISITOR: Final = "visitor"
"""Who wrote a decision down where it was the visitors themselves."""

DECISIONS_MAX: Final = 200
"""Decisions kept of one party: a change of mind every few minutes of the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes, when and at what: a visitor or a member of staff (id), real time in ms, an enrolled device (id)."""

    by: str
    at: int
    device: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision about one recipient."""

    consent: str
    """Key in `[[consents]]`."""
    given: bool
    version: str
    """Of the text that was answered."""
    by: str
    at: int
    device: str | None = None
    why: str = ""
    """The reason a member of staff gave for withdrawing it."""

    def to_object(self) -> dict[str, Any]:
        """Give what is stored and shown; empty parts are left out."""
        return {key: value for key, value in asdict(self).items() if value not in (None, "")}


def from_objects(stored: Iterable[Mapping[str, Any]]) -> tuple[Decision, ...]:
    """Read decisions as they are stored. Raises `TypeError` for anything else."""
    return tuple(Decision(**each) for each in stored)


def standing(*histories: Sequence[Decision]) -> dict[str, Decision]:
    """Give the decision that holds for each recipient: the newest, of a card and of its reservation alike."""
    newest: dict[str, Decision] = {}
    for decision in sorted((each for history in histories for each in history), key=lambda each: each.at):
        newest[decision.consent] = decision
    return newest


def decide(
    fair: Fair, history: Sequence[Decision], decisions: Mapping[str, bool], author: Author
) -> tuple[Decision, ...]:
    """Give the history with the decisions a form brings; one that stands already, for the same text, is not written twice.

    Raises `Refusal` (``too_many_decisions``).
    """
    held = standing(history)
    versions = {consent.key: consent.version for consent in fair.consents}
    new = tuple(
        Decision(consent=key, given=given, version=versions[key], by=author.by, at=author.at, device=author.device)
        for key, given in decisions.items()
        if key not in held or (held[key].given, held[key].version) != (given, versions[key])
    )
    return _bounded((*history, *new))


def withdraw(history: Sequence[Decision], consent: str, author: Author, why: str = "") -> tuple[Decision, ...]:
    """Give the history with one consent withdrawn; one that is not given changes nothing.

    The version stays that of the text which had been agreed to. Raises `Refusal` (``unknown_consent``, ``too_many_decisions``).
    """
    held = standing(history).get(consent)
    if held is None:
        raise Refusal("unknown_consent")
    if not held.given:
        return tuple(history)
    gone = Decision(
        consent=consent,
        given=False,
        version=held.version,
        by=author.by,
        at=max(author.at, held.at),
        device=author.device,
        why=why,
    )
    return _bounded((*history, gone))


def current(fair: Fair, history: Sequence[Decision]) -> dict[str, bool]:
    """Give the decisions that answer the fair's present texts: what a form may be filled with beforehand."""
    versions = {consent.key: consent.version for consent in fair.consents}
    return {key: decision.given for key, decision in standing(history).items() if versions.get(key) == decision.version}


def _bounded(history: tuple[Decision, ...]) -> tuple[Decision, ...]:
    if len(history) > DECISIONS_MAX:
        raise Refusal("too_many_decisions", {"limit": DECISIONS_MAX})
    return history
