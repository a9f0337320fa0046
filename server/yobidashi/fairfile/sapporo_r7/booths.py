"""The booths: how many, a main one for each queue, spares for each municipality, seats."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile.booth_rules import queues_without_main
from yobidashi.fairfile.faults import Text, literally, shown
from yobidashi.fairfile.rule import Finding, rule
from yobidashi.fairfile.sapporo_r7 import facts
from yobidashi.fairfile.sapporo_r7.asking import at_least, of_kind
from yobidashi.fairfile.tables import Document


@rule("r7_booths", "ブースは 30 以上", "at least 30 booths", clause=facts.BASICS)
def _booths(document: Document) -> Iterator[Finding]:
    yield from at_least(("booths",), len(document.booths), facts.BOOTHS_MIN, "ブース", "booths")


@rule(
    "r7_main_per_queue",
    "どの相談先にもメインのブースが 1 つ",
    "one main booth for each queue",
    clause=facts.BASICS,
    instead_of="queue_without_booth",
)
def _main_per_queue(document: Document) -> Iterator[Finding]:
    served: dict[str, int] = {}
    for i, booth in enumerate(document.booths):
        if booth.role != "main" or booth.queue is None:
            continue
        if booth.queue in served:
            expected = Text("まだメインのブースがない相談先", "a queue that has no main booth yet")
            yield Finding(("booths", i, "queue"), expected, literally(booth.queue), see=("booths", served[booth.queue]))
        served.setdefault(booth.queue, i)
    yield from queues_without_main(document)


@rule("r7_spares", "予備ブースは 12 以上", "at least 12 spare booths", clause=facts.BASICS)
def _spares(document: Document) -> Iterator[Finding]:
    spares = sum(booth.role == "spare" for booth in document.booths)
    yield from at_least(("booths",), spares, facts.SPARES_MIN, '予備（role = "spare"）', "spares")


@rule(
    "r7_spare_per_municipality",
    "予備ブースは各市町村に 1 以上",
    "at least 1 spare for each municipality",
    clause=facts.BASICS,
)
def _spare_per_municipality(document: Document) -> Iterator[Finding]:
    homes = {booth.home for booth in document.booths if booth.role == "spare"}
    for i in of_kind(document, "municipality"):
        queue = document.queues[i]
        if queue.id not in homes:
            yield Finding(
                ("queues", i),
                Text(f"home = {shown(queue.id)} の予備 1 以上", f"at least 1 spare with home = {shown(queue.id)}"),
                Text("0", "0"),
                sentence=Text(
                    f"{queue.short}の予備ブースがありません。予備のどれかの home を {shown(queue.id)} にしてください。",
                    f"{queue.english} has no spare booth: give one spare the home {shown(queue.id)}.",
                ),
            )


@rule(
    "r7_seats",
    "メインのブースは相談者 2 席・相談員 2 席",
    "main booths seat 2 visitors and 2 consultants",
    clause=facts.SEATS,
)
def _seats(document: Document) -> Iterator[Finding]:
    for i, booth in enumerate(document.booths):
        if booth.role == "main":
            yield from at_least(("booths", i, "seats"), booth.seats, facts.SEATS_MIN, "相談者の席", "seats")
            yield from at_least(("booths", i, "consultants"), booth.consultants, facts.SEATS_MIN, "相談員の席", "seats")


RULES = (
    _booths,
    _main_per_queue,
    _spares,
    _spare_per_municipality,
    _seats,
)
"""In the order of the report."""
