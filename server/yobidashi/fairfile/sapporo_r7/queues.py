"""The exhibitors: the twelve municipalities as they are listed, settlers, living, jobs, buses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from yobidashi.fairfile.faults import NOTHING, KeyPath, Text, literally, shown
from yobidashi.fairfile.rule import Finding, repeated, rule
from yobidashi.fairfile.sapporo_r7 import facts
from yobidashi.fairfile.sapporo_r7.asking import at_least, exactly, folded, of_kind
from yobidashi.fairfile.tables import Document


@rule("r7_queues", "相談先は 18 以上", "at least 18 queues", clause=facts.BASICS)
def _queues(document: Document) -> Iterator[Finding]:
    yield from at_least(("queues",), len(document.queues), facts.QUEUES_MIN, "相談先", "queues")


@rule(
    "r7_municipalities", "12 市町村が定められた順", "the 12 municipalities in the order laid down", clause=facts.BASICS
)
def _municipalities(document: Document) -> Iterator[Finding]:
    places = of_kind(document, "municipality")
    came = [document.queues[i].name for i in places]
    asked = [municipality.name for municipality in facts.MUNICIPALITIES]
    if Counter(came) == Counter(asked):
        for i, name, right in zip(places, came, asked, strict=True):
            if name != right:  # the first tells all: those after it are only displaced
                order = Text(
                    f"{shown(right)}（並び順：{'・'.join(asked)}）",
                    f"{shown(right)} (order: {', '.join(m.english for m in facts.MUNICIPALITIES)})",
                )
                yield Finding(("queues", i, "name"), order, literally(name))
                return
        return
    for what, from_came, to_came, from_asked, to_asked in SequenceMatcher(
        None, came, asked, autojunk=False
    ).get_opcodes():
        if what == "equal":
            continue
        wrong, missing = places[from_came:to_came], asked[from_asked:to_asked]
        for i, right in zip(wrong, missing, strict=False):
            yield Finding(("queues", i, "name"), literally(right), literally(document.queues[i].name))
        for i in wrong[len(missing) :]:
            expected = Text("12 市町村のほかの市町村はなし", "no municipality beside the 12")
            yield Finding(("queues", i, "name"), expected, literally(document.queues[i].name))
        for right in missing[len(wrong) :]:
            before: KeyPath = ("queues", places[from_came - 1]) if from_came else ("queues",)
            yield Finding(
                before,
                literally(right),
                NOTHING,
                sentence=Text(
                    f"{right}がありません。{f'{came[from_came - 1]}の次' if from_came else '先頭'}に加えてください。",
                    f"{facts.BY_NAME[right].english} is missing. Add it {f'after {came[from_came - 1]}' if from_came else 'first'}.",
                ),
            )


@rule("r7_municipality_kana", "市町村のかな", "kana of the municipalities", clause=facts.BASICS)
def _municipality_kana(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        if queue.kind == "municipality" and queue.name in facts.BY_NAME:
            yield from exactly(("queues", i, "kana"), queue.kana, facts.BY_NAME[queue.name].kana)


@rule(
    "r7_municipality_code",
    "市町村コード",
    "codes of the municipalities",
    clause=facts.BASICS,
    instead_of="code_check_digit",
)
def _municipality_code(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        if queue.kind == "municipality" and queue.name in facts.BY_NAME:
            yield from exactly(("queues", i, "code"), queue.code, facts.BY_NAME[queue.name].code)


@rule("r7_municipality_english", "市町村の英語名", "English names of the municipalities", clause=facts.BASICS)
def _municipality_english(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        if queue.kind == "municipality" and queue.name in facts.BY_NAME:
            yield from exactly(("queues", i, "english"), queue.english, facts.BY_NAME[queue.name].english)


@rule("r7_settlers", "先輩移住者は 3 以上", "at least 3 settlers", clause=facts.SETTLERS_AND_LIVING)
def _settlers(document: Document) -> Iterator[Finding]:
    yield from at_least(("queues",), len(of_kind(document, "settler")), facts.SETTLERS_MIN, "先輩移住者", "settlers")


@rule(
    "r7_settler_years",
    "先輩移住者は移住して 1 年以上",
    "each settler has lived there for a year or more",
    clause=facts.SETTLERS_AND_LIVING,
)
def _settler_years(document: Document) -> Iterator[Finding]:
    for i, queue in enumerate(document.queues):
        if queue.settler is not None and queue.settler.years < facts.YEARS_MIN:
            path = ("queues", i, "settler", "years")
            yield Finding(
                path, Text(f"{facts.YEARS_MIN} 以上", f"{facts.YEARS_MIN} or more"), literally(queue.settler.years)
            )


@rule(
    "r7_settler_from",
    "先輩移住者は恵庭市・新篠津村以外",
    "no settler from Eniwa or Shinshinotsu",
    clause=facts.SETTLERS_AND_LIVING,
)
def _settler_from(document: Document) -> Iterator[Finding]:
    barred = {
        queue.id for queue in document.queues if queue.kind == "municipality" and queue.name in facts.WITHOUT_SETTLER
    }
    for i, queue in enumerate(document.queues):
        if queue.settler is not None and queue.settler.municipality in barred:
            expected = Text("恵庭市・新篠津村以外の市町村", "a municipality other than Eniwa and Shinshinotsu")
            yield Finding(("queues", i, "settler", "municipality"), expected, literally(queue.settler.municipality))


def _all_different(document: Document, key: str, expected: Text) -> Iterator[Finding]:
    values: list[tuple[KeyPath, object]] = [
        (("queues", i, "settler", key), folded(getattr(queue.settler, key)))
        for i, queue in enumerate(document.queues)
        if queue.settler is not None
    ]
    yield from repeated(iter(values), expected)


@rule(
    "r7_settler_municipality",
    "先輩移住者の市町村はすべて違う",
    "settlers' municipalities all different",
    clause=facts.SETTLERS_AND_LIVING,
)
def _settler_municipality(document: Document) -> Iterator[Finding]:
    yield from _all_different(
        document, "municipality", Text("ほかの先輩移住者と違う市町村", "another municipality than the other settlers'")
    )


@rule(
    "r7_settler_family",
    "先輩移住者の家族構成はすべて違う",
    "settlers' families all different",
    clause=facts.SETTLERS_AND_LIVING,
)
def _settler_family(document: Document) -> Iterator[Finding]:
    yield from _all_different(
        document, "family", Text("ほかの先輩移住者と違う家族構成", "another family than the other settlers'")
    )


@rule(
    "r7_settler_job", "先輩移住者の仕事はすべて違う", "settlers' jobs all different", clause=facts.SETTLERS_AND_LIVING
)
def _settler_job(document: Document) -> Iterator[Finding]:
    yield from _all_different(
        document, "job", Text("ほかの先輩移住者と違う仕事", "another job than the other settlers'")
    )


@rule("r7_living", "暮らしは 1 以上", "at least 1 queue on living", clause=facts.SETTLERS_AND_LIVING)
def _living(document: Document) -> Iterator[Finding]:
    yield from at_least(
        ("queues",), len(of_kind(document, "living")), 1, '暮らし（kind = "living"）', 'queue of kind "living"'
    )


@rule("r7_jobs", "仕事は 1 以上", "at least 1 queue on jobs", clause=facts.BASICS)
def _jobs(document: Document) -> Iterator[Finding]:
    yield from at_least(("queues",), len(of_kind(document, "jobs")), 1, '仕事（kind = "jobs"）', 'queue of kind "jobs"')


@rule("r7_bus", "バスのお仕事は 1", "exactly 1 queue on bus jobs", clause=facts.BASICS)
def _bus(document: Document) -> Iterator[Finding]:
    places = of_kind(document, "bus")
    if len(places) != 1:
        path: KeyPath = ("queues", places[1], "kind") if places else ("queues",)
        came = str(len(places))
        yield Finding(path, Text('バスのお仕事（kind = "bus"）1', 'exactly 1 queue of kind "bus"'), Text(came, came))


RULES = (
    _queues,
    _municipalities,
    _municipality_kana,
    _municipality_code,
    _municipality_english,
    _settlers,
    _settler_years,
    _settler_from,
    _settler_municipality,
    _settler_family,
    _settler_job,
    _living,
    _jobs,
    _bus,
)
"""In the order of the report."""
