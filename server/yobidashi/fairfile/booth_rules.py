"""What booths must keep: unique numbers, a role that fits, queues that exist, and a main booth for every queue."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile.faults import NOTHING, Text, literally, shown
from yobidashi.fairfile.rule import Finding, one_of, repeated, rule, surplus
from yobidashi.fairfile.tables import Document


@rule("duplicate_booth_number", "ブース番号は重ならない", "booth numbers are unique")
def _booth_numbers(document: Document) -> Iterator[Finding]:
    values = ((("booths", i, "number"), booth.number) for i, booth in enumerate(document.booths))
    yield from repeated(values, Text("ほかのブースと違う番号", "a number no other booth has"))


@rule("booth_role", "メインには相談先があり、予備は相談先を持たない", "a main booth has its queue, a spare has none")
def _booth_roles(document: Document) -> Iterator[Finding]:
    for i, booth in enumerate(document.booths):
        if booth.role == "main":
            if booth.queue is None:
                yield Finding(
                    ("booths", i, "queue"),
                    Text("相談先の id", "the id of its queue"),
                    NOTHING,
                    sentence=Text(
                        f"メインの{booth.number}番ブースに queue（相談先の id）を書いてください。",
                        f"Write the queue that main booth {booth.number} serves.",
                    ),
                )
            if booth.home is not None:
                yield surplus(("booths", i, "home"), booth.home, "home は予備だけに書きます", "only spares have a home")
        elif booth.queue is not None:
            yield surplus(
                ("booths", i, "queue"),
                booth.queue,
                "予備の所属は home に書きます",
                "where a spare belongs is its home",
            )


@rule("unknown_queue", "ブースが指す相談先は、この設定にある", "booths name queues that exist")
def _booth_queues(document: Document) -> Iterator[Finding]:
    known = [queue.id for queue in document.queues]
    for i, booth in enumerate(document.booths):
        for key, value in (("queue", booth.queue), ("home", booth.home)):
            if value is not None and value not in known:
                yield Finding(("booths", i, key), one_of(value, known, "相談先の id", "queue id"), literally(value))


def queues_without_main(document: Document) -> Iterator[Finding]:
    """Yield every queue no main booth serves."""
    served = {booth.queue for booth in document.booths if booth.role == "main"}
    for i, queue in enumerate(document.queues):
        if queue.id not in served:
            yield Finding(
                ("queues", i),
                Text("メインのブース 1 つ以上", "at least one main booth"),
                Text("0", "0"),
                sentence=Text(
                    f'{queue.short}にメインのブースがありません。[[booths]] に role = "main"、queue = {shown(queue.id)} を加えてください。',
                    f'{queue.english} has no main booth: add one to [[booths]] with role = "main", queue = {shown(queue.id)}.',
                ),
            )


@rule("queue_without_booth", "どの相談先にもメインのブースがある", "every queue has a main booth")
def _main_booths(document: Document) -> Iterator[Finding]:
    yield from queues_without_main(document)


RULES = (
    _booth_numbers,
    _booth_roles,
    _booth_queues,
    _main_booths,
)
"""In the order of the report."""
