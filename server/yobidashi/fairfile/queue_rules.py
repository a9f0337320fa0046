"""What queues must keep to one another: unique names, letters and codes, and settlers with a profile."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile.faults import NOTHING, Text, literally
from yobidashi.fairfile.rule import Finding, one_of, repeated, rule, surplus
from yobidashi.fairfile.tables import Document


@rule("duplicate_queue_id", "相談先の id は重ならない", "queue ids are unique")
def _queue_ids(document: Document) -> Iterator[Finding]:
    values = ((("queues", i, "id"), queue.id) for i, queue in enumerate(document.queues))
    yield from repeated(values, Text("ほかの相談先と違う id", "an id no other queue has"))


@rule("duplicate_queue_name", "相談先の名前は重ならない", "queue names are unique")
def _queue_names(document: Document) -> Iterator[Finding]:
    values = ((("queues", i, "name"), queue.name) for i, queue in enumerate(document.queues))
    yield from repeated(values, Text("ほかの相談先と違う名前", "a name no other queue has"))


@rule("duplicate_queue_short", "相談先の短い名前は重ならない", "short names are unique")
def _queue_shorts(document: Document) -> Iterator[Finding]:
    values = ((("queues", i, "short"), queue.short) for i, queue in enumerate(document.queues))
    yield from repeated(values, Text("ほかの相談先と違う短い名前", "a short name no other queue has"))


@rule("duplicate_queue_letter", "相談先の英字は重ならない", "queue letters are unique")
def _queue_letters(document: Document) -> Iterator[Finding]:
    values = ((("queues", i, "letter"), queue.letter) for i, queue in enumerate(document.queues))
    yield from repeated(values, Text("ほかの相談先と違う英字", "a letter no other queue has"))


@rule(
    "letter_missing",
    "相談先ごとの番号なら、どの相談先にも英字がある",
    "a series per queue needs a letter for each queue",
)
def _letters_for_series(document: Document) -> Iterator[Finding]:
    if document.tickets.series != "queue":
        return
    for i, queue in enumerate(document.queues):
        if queue.letter is None:
            yield Finding(
                ("queues", i, "letter"),
                Text('英字（例 letter = "A"）', 'a letter, such as letter = "A"'),
                NOTHING,
                sentence=Text(
                    'tickets.series が "queue" なので、letter を書くか、series を "party" にしてください。',
                    'tickets.series is "queue": add a letter here, or make the series "party".',
                ),
            )


@rule("duplicate_code", "市町村コードは重ならない", "municipality codes are unique")
def _codes(document: Document) -> Iterator[Finding]:
    values = ((("queues", i, "code"), queue.code) for i, queue in enumerate(document.queues))
    yield from repeated(values, Text("ほかの市町村と違うコード", "a code no other municipality has"))


@rule("code_check_digit", "市町村コードの検査数字が合う", "the check digit of each municipality code is right")
def _code_digits(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        if queue.code is not None and queue.code != (right := _with_check_digit(queue.code)):
            yield Finding(
                ("queues", i, "code"),
                Text(
                    f"検査数字の合うコード（{queue.code[:5]} なら {right}）",
                    f"a code whose check digit is right ({right})",
                ),
                literally(queue.code),
            )


def _with_check_digit(code: str) -> str:
    """Give a code with the sixth digit the first five ask for (JIS X 0402: weights 6 to 2, modulo 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], range(6, 1, -1), strict=True))
    return code[:5] + str((11 - total % 11) % 10)


@rule("settler_profile", "先輩移住者にだけプロフィール（settler）がある", "settlers, and only they, have a profile")
def _settler_profiles(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        if queue.kind == "settler" and queue.settler is None:
            yield Finding(
                ("queues", i, "settler"),
                Text("市町村・年数・家族・仕事", "municipality, years, family and job"),
                NOTHING,
                sentence=Text(
                    "settler = { municipality = …, years = …, family = …, job = … } を書いてください。",
                    "Write settler = { municipality = …, years = …, family = …, job = … }.",
                ),
            )
        if queue.kind != "settler" and queue.settler is not None:
            yield surplus(
                ("queues", i, "settler"),
                {"municipality": queue.settler.municipality},
                "settler は先輩移住者だけに書きます",
                "only settlers have a profile",
            )


@rule("unknown_municipality", "先輩移住者の市町村は、この設定にある", "settlers live in a municipality of this file")
def _settler_municipalities(document: Document) -> Iterator[Finding]:
    known = [queue.id for queue in document.queues if queue.kind == "municipality"]
    for i, queue in enumerate(document.queues):
        if queue.settler is not None and queue.settler.municipality not in known:
            came = queue.settler.municipality
            path = ("queues", i, "settler", "municipality")
            yield Finding(path, one_of(came, known, "市町村の id", "municipality's id"), literally(came))


@rule("near_queue", "near は、この設定にあるほかの相談先を指す", "near names other queues of this file")
def _near_queues(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        others = [other.id for other in document.queues if other.id != queue.id]
        for near in queue.near or ():
            if near not in others:
                yield Finding(
                    ("queues", i, "near"),
                    one_of(near, others, "ほかの相談先の id", "id of another queue"),
                    literally(near),
                )


RULES = (
    _queue_ids,
    _queue_names,
    _queue_shorts,
    _queue_letters,
    _letters_for_series,
    _codes,
    _code_digits,
    _settler_profiles,
    _settler_municipalities,
    _near_queues,
)
"""In the order of the report."""
