"""What a plan must keep: everything in the hall, nothing on top of another, every booth placed, all of it large enough to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from yobidashi.fairfile import widths
from yobidashi.fairfile.faults import NOTHING, KeyPath, Text, literally
from yobidashi.fairfile.hall_tables import Area, Plan
from yobidashi.fairfile.rule import Finding, repeated, rule, surplus
from yobidashi.fairfile.tables import Document

DRAWN_PX = (551, 350)
"""Where the guide screen draws the plan: the width and height that are left for it, of 1920 × 1080."""

DIGIT_PX, LINE_PX, MARGIN_PX = 12, 26, 6
"""A digit, a line and the least air of text at 24 px, the smallest that a screen shows."""

NAMED = {"entrance": Text("出入口", "the entrance"), "reception": Text("受付", "the reception"), "seats": Text("待合席", "the seats")}  # fmt: skip
"""The places that every plan may have; nobody else has their names."""


def places(plan: Plan) -> Iterator[tuple[KeyPath, Text, Area]]:
    """Yield what stands on the plan beside the booths: where the file says it, what it is called, where it is."""
    for key, name in NAMED.items():
        place: Area | None = getattr(plan, key)
        if place is not None:
            yield ("plan", key), name, place
    for i, landmark in enumerate(plan.landmarks):
        yield ("plan", "landmarks", i), Text(landmark.ja, landmark.en), landmark


def _everything(document: Document) -> Iterator[tuple[KeyPath, Text, Area]]:
    if document.plan is None:
        return
    yield from places(document.plan)
    for i, booth in enumerate(document.booths):
        if booth.plan is not None:
            yield ("booths", i, "plan"), Text(f"{booth.number}番ブース", f"booth {booth.number}"), booth.plan


@rule(
    "plan_place", "会場図には、すべてのブースの場所がある（または一つもない）", "the plan places every booth, or none"
)
def _all_placed(document: Document) -> Iterator[Finding]:
    placed = [booth.plan is not None for booth in document.booths]
    for i, booth in enumerate(document.booths):
        path = ("booths", i, "plan")
        if booth.plan is not None and document.plan is None:
            yield surplus(path, booth.plan.model_dump(), "会場図 [plan] がありません", "there is no [plan]")
        elif booth.plan is None and document.plan is not None and any(placed):
            yield Finding(
                path,
                Text("会場図の上の場所", "its place on the plan"),
                NOTHING,
                sentence=Text(
                    f"{booth.number}番ブースに plan = {{ x = …, y = …, w = …, h = … }}（m）を書いてください。",
                    f"Write plan = {{ x = …, y = …, w = …, h = … }} (metres) for booth {booth.number}.",
                ),
            )


@rule("plan_inside", "会場図のものはすべて会場の中にある", "everything on the plan is inside the hall")
def _inside(document: Document) -> Iterator[Finding]:
    plan = document.plan
    if plan is None:
        return
    for path, _, area in _everything(document):
        if area.x + area.w > plan.width or area.y + area.h > plan.height:
            yield Finding(
                path,
                Text(f"{plan.width:g} × {plan.height:g} m の会場の中", f"inside the hall of {plan.width:g} × {plan.height:g} m"),
                Text(_ends(area).ja, _ends(area).en),
            )  # fmt: skip


def _ends(area: Area) -> Text:
    right, lower = f"{area.x + area.w:g}", f"{area.y + area.h:g}"
    return Text(f"右端 {right} m、下端 {lower} m", f"{right} m to the right and {lower} m down")


@rule("plan_overlap", "会場図のものは重ならない", "nothing on the plan lies on something else")
def _apart(document: Document) -> Iterator[Finding]:
    everything = list(_everything(document))
    for (first, name, area), (path, _, other) in combinations(everything, 2):
        if (
            min(area.x + area.w, other.x + other.w) - max(area.x, other.x) > 1e-9
            and min(area.y + area.h, other.y + other.h) - max(area.y, other.y) > 1e-9
        ):
            expected = Text(f"{name.ja}と重ならない場所", f"a place clear of {name.en}")
            yield Finding(path, expected, literally(other.model_dump()), see=first)


@rule("duplicate_place", "会場図の目印の id は重ならない", "the ids of landmarks are unique")
def _place_ids(document: Document) -> Iterator[Finding]:
    if document.plan is None:
        return
    for i, landmark in enumerate(document.plan.landmarks):
        if landmark.id in NAMED:
            expected = Text("entrance・reception・seats 以外の id", "an id beside entrance, reception and seats")
            yield Finding(("plan", "landmarks", i, "id"), expected, literally(landmark.id))
    ids = ((("plan", "landmarks", i, "id"), mark.id) for i, mark in enumerate(document.plan.landmarks))
    yield from repeated(ids, Text("ほかの目印と違う id", "an id no other landmark has"))


@rule(
    "plan_legible",
    "会場図の文字が案内画面で読める大きさになる",
    "what is written on the plan can be read on the guide screen",
)
def _legible(document: Document) -> Iterator[Finding]:
    plan = document.plan
    if plan is None:
        return
    scale = min(DRAWN_PX[0] / plan.width, DRAWN_PX[1] / plan.height)
    for path, name, area in _everything(document):
        if path == ("plan", "entrance"):
            continue  # its word stands in the gap of the wall, whatever its size
        number = re.match(r"\d+", name.ja) if path[0] == "booths" else None
        wide = len(number[0]) * DIGIT_PX if number else widths.em(name.ja) * 2 * DIGIT_PX
        least = (wide + MARGIN_PX) / scale, LINE_PX / scale
        if area.w < least[0] or area.h < least[1]:
            size = f"{_up(least[0]):g} × {_up(least[1]):g} m"
            yield Finding(
                path,
                Text(f"{size} 以上", f"at least {size}"),
                Text(f"{area.w:g} × {area.h:g} m", f"{area.w:g} × {area.h:g} m"),
            )


def _up(metres: float) -> float:
    """Round up to a tenth, as one measures a hall."""
    return -(-metres * 10 // 1) / 10


RULES = (
    _all_placed,
    _inside,
    _apart,
    _place_ids,
    _legible,
)
"""In the order of the report."""
