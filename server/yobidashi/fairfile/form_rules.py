"""What the questions of a form must keep: keys of their own, answers to tap where one taps, and no names where none belong."""

from __future__ import annotations

from collections.abc import Iterator

from yobidashi.fairfile.faults import NOTHING, Text, literally
from yobidashi.fairfile.rule import Finding, repeated, rule, surplus
from yobidashi.fairfile.tables import Document
from yobidashi.fairfile.visitor_tables import PERSONAL, WRITTEN, FormField

OPTIONS_MIN = 2
PERSONAL_KINDS = frozenset({"kana", "mail", "phone"})
"""Kinds that always say who someone is or how to reach them."""


def _fields(document: Document) -> Iterator[tuple[int, FormField]]:
    if document.form is not None:
        yield from enumerate(document.form.fields)


@rule("duplicate_field_key", "質問の key は重ならない", "keys of fields are unique")
def _field_keys(document: Document) -> Iterator[Finding]:
    values = ((("form", "fields", i, "key"), field.key) for i, field in _fields(document))
    yield from repeated(values, Text("ほかの質問と違う key", "a key no other field has"))


@rule("duplicate_option_key", "選択肢の key は質問の中で重ならない", "keys of options are unique within a field")
def _option_keys(document: Document) -> Iterator[Finding]:
    for i, field in _fields(document):
        values = ((("form", "fields", i, "options", j, "key"), option.key) for j, option in enumerate(field.options))
        yield from repeated(values, Text("この質問のほかの選択肢と違う key", "a key no other option of the field has"))


@rule(
    "field_options",
    "choice と choices には選択肢が2つ以上あり、ほかにはない",
    "choice and choices have two options or more, other kinds none",
)
def _options(document: Document) -> Iterator[Finding]:
    for i, field in _fields(document):
        path = ("form", "fields", i, "options")
        if field.kind in ("choice", "choices"):
            if len(field.options) < OPTIONS_MIN:
                came = Text(f"{len(field.options)} 個", str(len(field.options)))
                yield Finding(path, Text("2 個以上の選択肢", "two options or more"), came)
        elif field.options:
            yield surplus(
                path,
                ["…"],
                "選択肢は choice と choices だけに書きます",
                "only fields of kind choice and choices have options",
            )


@rule("field_max", "文字数の上限は入力する質問だけにある", "only typed answers have a limit of characters")
def _maximum(document: Document) -> Iterator[Finding]:
    for i, field in _fields(document):
        if field.max is not None and field.kind not in WRITTEN:
            yield surplus(
                ("form", "fields", i, "max"),
                field.max,
                "max は入力する質問だけに書きます",
                "answers to tap have no length",
            )


@rule("required_where_asked", "必須にするのは、たずねる所だけ", "what is required is also asked")
def _required(document: Document) -> Iterator[Finding]:
    for i, field in _fields(document):
        for key in ("on", "required"):
            stages: tuple[str, ...] = getattr(field, key)
            if len(set(stages)) < len(stages):
                once = ", ".join(f'"{stage}"' for stage in dict.fromkeys(stages))
                yield Finding(
                    ("form", "fields", i, key),
                    Text(f"[{once}]", f"[{once}]"),
                    Text("同じものが二度", "one of them twice"),
                )
        for stage in field.required:
            if stage not in field.on:
                yield Finding(
                    ("form", "fields", i, "required"),
                    Text("on に書いた所", "one of those in `on`"),
                    literally(stage),
                )


@rule(
    "name_with_kana",
    "氏名をたずねる所ではふりがなもたずねる。どちらも一つずつ",
    "a name is asked together with its kana, once each",
)
def _name_and_kana(document: Document) -> Iterator[Finding]:
    names = [(i, field) for i, field in _fields(document) if field.names]
    kanas = [(i, field) for i, field in _fields(document) if field.kind == "kana"]
    for found in (names, kanas):
        for i, _ in found[1:]:
            yield Finding(
                ("form", "fields", i),
                Text("一つだけ", "only one"),
                Text("二つ目", "a second one"),
                see=("form", "fields", found[0][0]),
                sentence=Text(
                    "氏名とふりがなの質問は一つずつにしてください。",
                    "Keep one field for the name and one for its kana.",
                ),
            )
    for these, others, ja, en in (
        (names, kanas, 'ふりがな（kind = "kana"）', 'its kana (kind = "kana")'),
        (kanas, names, '氏名（kind = "text"、autocomplete = "name"）', 'a name (kind = "text", autocomplete = "name")'),
    ):
        asked = {stage for _, field in others for stage in field.on}
        for i, field in these[:1]:
            for stage in field.on:
                if stage not in asked:
                    yield Finding(
                        ("form", "fields", i, "on"),
                        Text(f"{stage} でたずねる{ja}", f"{en} asked on {stage}"),
                        NOTHING,
                        sentence=Text(
                            f"{stage} では{ja}もたずねてください。検索と呼び間違いの防止に両方を使います。",
                            f"Ask also for {en} on {stage}: both are needed to find a visitor.",
                        ),
                    )


@rule(
    "brief_without_contact",
    "相談員が事前に読む質問に、氏名と連絡先はない",
    "what a booth reads beforehand holds no name or contact",
)
def _brief(document: Document) -> Iterator[Finding]:
    for i, field in _fields(document):
        personal = field.contact or field.kind in PERSONAL_KINDS or field.autocomplete in PERSONAL
        if field.brief and personal:
            yield surplus(
                ("form", "fields", i, "brief"),
                field.brief,
                "氏名や連絡先は相談員に事前に見せません",
                "names and contacts are not shown to a booth beforehand",
            )


@rule("autocomplete_typed", "端末が自動で入れるのは入力する質問だけ", "only typed answers are filled in by a browser")
def _autocomplete(document: Document) -> Iterator[Finding]:
    for i, field in _fields(document):
        if field.autocomplete is not None and field.kind not in WRITTEN:
            yield surplus(
                ("form", "fields", i, "autocomplete"),
                field.autocomplete,
                "autocomplete は入力する質問だけに書きます",
                "a browser fills in typed answers only",
            )


RULES = (
    _field_keys,
    _option_keys,
    _options,
    _maximum,
    _required,
    _name_and_kana,
    _brief,
    _autocomplete,
)
"""In the order of the report."""
