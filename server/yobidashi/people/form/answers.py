"""What a visitor answers, measured against the fair's form: party, wishes, answers and consents. Pure.

`read_form` reads the whole of what the reservation page or the reception card sends::

    {"party": {"adults": 2, "children": 1},
     "wishes": [{"queue": "sapporo", "slot": 1771032600000}],      # reservation only
     "answers": {"name": "見本 太郎", "themes": ["housing"], "first_time": true},
     "consents": {"city": true, "furusato": false}}

and the other functions one part each. All faults are told at once; nothing but `Refusal` is raised, whatever came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

from yobidashi.fair import Fair
from yobidashi.fairfile.visitor_tables import FormField, Stage
from yobidashi.people.form.field_faults import FieldFault, Unfit, refuse
from yobidashi.people.form.typed import read_typed

Answer = str | list[str] | bool
Answers = dict[str, Answer]
"""By the key of the field; what was not answered is absent. A choice is the key of its option, a yes_no a bool."""

T = TypeVar("T")

PARTS: Final = ("party", "wishes", "answers", "consents")


class Persons(NamedTuple):
    """A party, in persons (名)."""

    adults: int
    children: int

    @property
    def size(self) -> int:
        """All of them."""
        return self.adults + self.children


class Wish(NamedTuple):
    """A queue and the start of the slot wished for, ms since the UNIX epoch."""

    queue: str
    slot: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A form filled in without fault."""

    persons: Persons
    wishes: tuple[Wish, ...]
    """In the order ①, ②, …; () on a card."""
    answers: Answers
    consents: dict[str, bool]


def read_form(fair: Fair, stage: Stage, raw: object) -> Filled:
    """Read a whole form.

    Raises:
        Refusal: ``invalid_answers`` with every fault of every part.
    """
    faults: list[FieldFault] = []
    body = _mapping(raw, "", faults)
    known = [part for part in PARTS if stage == "reservation" or part != "wishes"]
    faults += [FieldFault("", "unknown_field")] * any(key not in known for key in body)
    persons = _party(fair, body.get("party"), faults)
    wishes = _wishes(fair, body.get("wishes"), faults) if stage == "reservation" else ()
    answers = _answers(fair, stage, body.get("answers"), faults)
    consents = _consents(fair, body.get("consents"), faults)
    refuse(faults)
    return Filled(persons, wishes, answers, consents)


def read_answers(fair: Fair, stage: Stage, raw: object) -> Answers:
    """Read the answers to the fields of one stage. Raises `Refusal` (``invalid_answers``)."""
    return _alone(lambda faults: _answers(fair, stage, raw, faults))


def read_consents(fair: Fair, raw: object) -> dict[str, bool]:
    """Read a decision for each of the fair's consents. Raises `Refusal` (``invalid_answers``)."""
    return _alone(lambda faults: _consents(fair, raw, faults))


def read_party(fair: Fair, raw: object) -> Persons:
    """Read how many adults and children a party has: 1 to the fair's largest party. Raises `Refusal` (``invalid_answers``)."""
    return _alone(lambda faults: _party(fair, raw, faults))


def read_wishes(fair: Fair, raw: object) -> tuple[Wish, ...]:
    """Read which queues are wished for and when: different queues, at different times. Raises `Refusal` (``invalid_answers``)."""
    return _alone(lambda faults: _wishes(fair, raw, faults))


def _alone(read: Callable[[list[FieldFault]], T]) -> T:
    faults: list[FieldFault] = []
    value = read(faults)
    refuse(faults)
    return value


def _mapping(raw: object, field: str, faults: list[FieldFault]) -> Mapping[str, Any]:
    """Give what came as a table; nothing is an empty one."""
    if isinstance(raw, Mapping):
        return raw
    if raw is not None:
        faults.append(FieldFault(field, "wrong_type"))
    return {}


def _answers(fair: Fair, stage: Stage, raw: object, faults: list[FieldFault]) -> Answers:
    came = _mapping(raw, "answers", faults)
    fields = fair.form.asked(stage) if fair.form else ()
    known = {field.key for field in fields}
    faults += [FieldFault("answers", "unknown_field")] * any(key not in known for key in came)
    answers: Answers = {}
    for field in fields:
        try:
            answer = _answer(fair, field, came.get(field.key))
        except Unfit as unfit:
            faults.append(FieldFault(f"answers.{field.key}", unfit.code, unfit.limit))
            continue
        if answer is not None:
            answers[field.key] = answer
        elif stage in field.required:
            faults.append(FieldFault(f"answers.{field.key}", "missing"))
    return answers


def _answer(fair: Fair, field: FormField, raw: object) -> Answer | None:
    """Give one answer as it is kept, None where there is none."""
    if raw is None or raw == "" or raw == []:
        return None
    if field.kind == "yes_no":
        return _of_type(raw, bool)
    if field.limit is not None:
        return read_typed(field.kind, _of_type(raw, str), field.limit) or None
    if field.kind == "choice":
        return _picked([raw], [option.key for option in field.options], "unknown_option")[0]
    if field.kind == "choices":
        return _picked(_of_type(raw, list), [option.key for option in field.options], "unknown_option")
    return _picked(_of_type(raw, list), [queue.id for queue in fair.queues], "unknown_queue")


def _of_type(raw: object, kind: type[T]) -> T:
    if not isinstance(raw, kind):
        raise Unfit("wrong_type")
    return raw


def _picked(raw: list[Any], known: list[str], code: str) -> list[str]:
    """Give what was chosen, each once and in the form's own order."""
    if any(not isinstance(each, str) or each not in known for each in raw):
        raise Unfit(code)
    return [each for each in known if each in raw]


def _consents(fair: Fair, raw: object, faults: list[FieldFault]) -> dict[str, bool]:
    came = _mapping(raw, "consents", faults)
    known = [consent.key for consent in fair.consents]
    faults += [FieldFault("consents", "unknown_field")] * any(key not in known for key in came)
    faults += [FieldFault(f"consents.{key}", "no_decision") for key in known if not isinstance(came.get(key), bool)]
    return {key: came[key] for key in known if isinstance(came.get(key), bool)}


def _party(fair: Fair, raw: object, faults: list[FieldFault]) -> Persons:
    came = _mapping(raw, "party", faults)
    faults += [FieldFault("party", "unknown_field")] * any(key not in Persons._fields for key in came)
    largest = fair.tickets.largest_party
    counts = [came.get(key, 0) for key in Persons._fields]
    for key, count in zip(Persons._fields, counts, strict=True):
        if type(count) is not int or count < 0:
            faults.append(FieldFault(f"party.{key}", "wrong_type"))
            return Persons(0, 0)
    persons = Persons(*counts)
    if persons.size == 0:
        faults.append(FieldFault("party", "no_person"))
    elif persons.size > largest:
        faults.append(FieldFault("party", "too_many_persons", largest))
    return persons


def _wishes(fair: Fair, raw: object, faults: list[FieldFault]) -> tuple[Wish, ...]:
    most = fair.reservation.wishes if fair.reservation else 0
    if raw is None or raw == []:
        faults.append(FieldFault("wishes", "missing"))
        return ()
    if not isinstance(raw, list):
        faults.append(FieldFault("wishes", "wrong_type"))
        return ()
    if len(raw) > most:
        faults.append(FieldFault("wishes", "too_many_wishes", most))
        return ()
    wishes: list[Wish] = []
    for i, each in enumerate(raw):
        try:
            wishes.append(_wish(fair, each, wishes))
        except _Misplaced as wrong:
            faults.append(FieldFault(f"wishes.{i}.{wrong.key}", wrong.code))
    return tuple(wishes)


class _Misplaced(Unfit):
    def __init__(self, key: str, code: str) -> None:
        super().__init__(code)
        self.key = key


def _wish(fair: Fair, raw: object, before: list[Wish]) -> Wish:
    came = raw if isinstance(raw, Mapping) and set(raw) <= set(Wish._fields) else {}
    queue, slot = came.get("queue"), came.get("slot")
    if not isinstance(queue, str) or all(queue != known.id for known in fair.queues):
        raise _Misplaced("queue", "unknown_queue")
    if not fair.slots(queue):
        raise _Misplaced("queue", "no_reservations")
    if any(queue == wish.queue for wish in before):
        raise _Misplaced("queue", "queue_twice")
    if type(slot) is not int or slot not in fair.slots(queue):
        raise _Misplaced("slot", "unknown_slot")
    if any(slot == wish.slot for wish in before):
        raise _Misplaced("slot", "slot_twice")
    return Wish(queue, slot)
