"""Reservations as a sheet: one row each, its columns made of the fair's own form, the same in and out. Pure.

A column is named like the part of the form it holds (``answers.mail``, ``wishes.0.slot``, ``consents.city``), so that a fault of
the form is a fault of its column.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from yobidashi.fair import Fair
from yobidashi.fairfile.visitor_tables import WRITTEN, FormField
from yobidashi.people.form.answers import Answer, Filled, read_form
from yobidashi.people.form.consents import standing
from yobidashi.people.reservations.booking import BookingState
from yobidashi.people.reservations.reservation import Reservation
from yobidashi.people.reservations.slots import time_of
from yobidashi.people.sheets.table import Column, Row, RowFault
from yobidashi.queue.errors import Refusal

ORDER: Final = "①②③④⑤"
"""How wishes are counted; as many as `fairfile.visitor_tables.WISHES_MAX`."""

_TIME: Final = re.compile(r"(\d{1,2})(?:[:時](\d{2})?)")
_BETWEEN: Final = re.compile(r"[\n;、]")
_YES: Final = frozenset({"はい", "yes", "true", "○", "〇", "1", "同意する", "同意", "agree", "i agree"})
_NO: Final = frozenset({"いいえ", "no", "false", "×", "✕", "0", "同意しない", "不同意", "i do not agree"})

TOLD: Final = (
    Column("code", "予約番号", "Code", required=False),
    Column("made_at", "受付日時", "Made at", required=False),
)
"""Columns that go out and are passed over when they come in."""


def columns(fair: Fair) -> tuple[Column, ...]:
    """Give the columns of a fair's reservations; a sheet must have those without which no row is whole."""
    wishes = range(fair.reservation.wishes if fair.reservation else 0)
    fields = fair.form.asked("reservation") if fair.form else ()
    return (
        *TOLD,
        Column("party.adults", "大人", "Adults"),
        Column("party.children", "子ども", "Children", required=False),
        *(
            column
            for i in wishes
            for column in (
                Column(f"wishes.{i}.queue", f"希望{ORDER[i]}", f"Wish {i + 1}", required=i == 0),
                Column(f"wishes.{i}.slot", f"希望{ORDER[i]}の時間", f"Time {i + 1}", required=i == 0),
            )
        ),
        *(
            Column(f"answers.{field.key}", field.ja, field.en, required="reservation" in field.required)
            for field in fields
        ),
        *(Column(f"consents.{each.key}", f"{each.recipient}への提供", f"Consent {each.key}") for each in fair.consents),
    )


def nameless(fair: Fair) -> tuple[Column, ...]:
    """Give the columns that leave the house without a second person's approval: nothing typed, no name, no contact.

    Who is behind a row leaves by a numbered export alone, for those who consent (`protection/exports.py`).
    """
    typed = (
        {f"answers.{field.key}" for field in fair.form.fields if field.contact or field.kind in WRITTEN}
        if fair.form
        else set()
    )
    return tuple(column for column in columns(fair) if column.key not in typed)


def read_row(fair: Fair, row: Row) -> Filled | list[RowFault]:
    """Read a row as a whole form, or give everything that is wrong with it."""
    cells = {key: text.strip() for key, text in row.cells.items()}
    form: dict[str, Any] = {
        "party": {key: _count(cells.get(f"party.{key}", "")) for key in ("adults", "children")},
        "wishes": _wishes(fair, cells),
        "answers": {
            field.key: _answer(fair, field, cells.get(f"answers.{field.key}", ""))
            for field in (fair.form.asked("reservation") if fair.form else ())
        },
        "consents": {each.key: _yes_no(cells.get(f"consents.{each.key}", "")) for each in fair.consents},
    }
    try:
        return read_form(fair, "reservation", form)
    except Refusal as refusal:
        known = {column.key for column in columns(fair)}
        return [
            RowFault(row.line, _column(fault["field"], known), fault["code"], fault["ja"], fault["en"])
            for fault in refusal.detail["faults"]
        ]


def written_row(fair: Fair, reservation: Reservation) -> dict[str, str]:
    """Give a reservation as a row: labels in Japanese, as `read_row` reads them again."""
    made = dt.datetime.fromtimestamp(reservation.made_at / 1000, fair.timezone)
    cells = {
        "code": reservation.code,
        "made_at": made.strftime("%Y-%m-%d %H:%M"),
        "party.adults": str(reservation.persons.adults),
        "party.children": str(reservation.persons.children),
    }
    for i, wish in enumerate(reservation.wishes):
        cells[f"wishes.{i}.queue"] = fair.queue(wish.queue).name
        cells[f"wishes.{i}.slot"] = time_of(fair, wish.slot)
    for field in fair.form.asked("reservation") if fair.form else ():
        if field.key in reservation.answers:
            cells[f"answers.{field.key}"] = _written(fair, field, reservation.answers[field.key])
    for key, decision in standing(reservation.consents).items():
        cells[f"consents.{key}"] = "同意する" if decision.given else "同意しない"
    return cells


def written_rows(fair: Fair, reservations: Iterable[Reservation]) -> list[dict[str, str]]:
    """Give the rows of all that were not cancelled, in the order in which they were made."""
    kept = (each for each in reservations if each.state is not BookingState.CANCELLED)
    return [written_row(fair, each) for each in sorted(kept, key=lambda each: (each.made_at, each.id))]


def sample_row(fair: Fair) -> dict[str, str]:
    """Give a row that is plainly made up: what each column may hold."""
    typed = {
        "text": "見本 太郎",
        "kana": "みほん たろう",
        "mail": "mihon@example.jp",
        "phone": "090-0000-0000",
        "long": "",
    }
    queue = next((queue for queue in fair.queues if fair.slots(queue.id)), None)
    cells = {"party.adults": "2", "party.children": "1"}
    if queue is not None:
        cells |= {"wishes.0.queue": queue.name, "wishes.0.slot": time_of(fair, fair.slots(queue.id)[0])}
    for field in fair.form.asked("reservation") if fair.form else ():
        first = "、".join(option.ja for option in field.options[:2]) if field.kind == "choices" else ""
        one = field.options[0].ja if field.kind == "choice" else ""
        cells[f"answers.{field.key}"] = typed.get(field.kind) or first or one
    return cells | {f"consents.{each.key}": "同意する" for each in fair.consents}


def _column(field: str, known: set[str]) -> str:
    """Give the column of a field at fault: ``party`` is told beside the adults, ``wishes`` beside the first."""
    if field in known:
        return field
    return next((key for key in sorted(known) if key.startswith(f"{field}.")), "")


def _count(text: str) -> object:
    even = unicodedata.normalize("NFKC", text).removesuffix("名").removesuffix("人").strip()
    if even == "":
        return 0
    return int(even) if re.fullmatch(r"[0-9]{1,4}", even) else text


def _wishes(fair: Fair, cells: Mapping[str, str]) -> list[dict[str, object]]:
    """Give the wishes that are written, moved up where one is left out."""
    most = fair.reservation.wishes if fair.reservation else 0
    pairs = [(cells.get(f"wishes.{i}.queue", ""), cells.get(f"wishes.{i}.slot", "")) for i in range(most)]
    return [{"queue": _queue(fair, queue), "slot": _slot(fair, slot)} for queue, slot in pairs if queue or slot]


def _queue(fair: Fair, text: str) -> str:
    wanted = _even(text)
    for queue in fair.queues:
        if wanted in map(_even, (queue.id, queue.name, queue.short, queue.kana, queue.english)):
            return queue.id
    return text


def _slot(fair: Fair, text: str) -> object:
    found = _TIME.match(unicodedata.normalize("NFKC", text))
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return fair.at(dt.time(int(found[1]), int(found[2] or 0)))


def _answer(fair: Fair, field: FormField, text: str) -> object:
    if text == "":
        return None
    match field.kind:
        case "choice":
            return _options(field, [text])[0]
        case "choices":
            whole = _options(field, [text])
            known = {option.key for option in field.options}
            return whole if whole[0] in known else _options(field, _parts(text))
        case "queues":
            return [_queue(fair, part) for part in _parts(text)]
        case "yes_no":
            return _yes_no(text)
        case _:
            return text


def _options(field: FormField, words: Sequence[str]) -> list[str]:
    by_word = {_even(word): option.key for option in field.options for word in (option.key, option.en, option.ja)}
    return [by_word.get(_even(word), word) for word in words]


def _yes_no(text: str) -> object:
    even = _even(text)
    if even in _YES:
        return True
    return False if even in _NO else text or None


def _written(fair: Fair, field: FormField, answer: Answer) -> str:
    if isinstance(answer, bool):
        return "はい" if answer else "いいえ"
    words = {option.key: option.ja for option in field.options} | (
        {queue.id: queue.name for queue in fair.queues} if field.kind == "queues" else {}
    )
    each = answer if isinstance(answer, list) else [answer]
    return "、".join(words.get(key, key) for key in each)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if part.strip()]


def _even(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
