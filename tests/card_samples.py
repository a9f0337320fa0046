"""A reception card as a visitor fills it in. Whoever it names is made up."""

from typing import Any

from yobidashi.fair import Fair
from yobidashi.people.form.answers import Filled, read_form

ANSWERS: dict[str, Any] = {
    "name": "見本 太郎",
    "kana": "みほん たろう",
    "residence": "saitama",
    "age": "30s",
    "themes": ["housing", "children"],
    "needs": ["stroller"],
    "language": "easy",
}


def written(
    *, adults: int = 2, children: int = 1, consents: dict[str, bool] | None = None, **answers: Any
) -> dict[str, Any]:
    """Give a card's form as the page sends it; an answer of None is left out."""
    given = {key: value for key, value in (ANSWERS | answers).items() if value is not None}
    decisions = {"city": True, "furusato": False} if consents is None else consents
    return {"party": {"adults": adults, "children": children}, "answers": given, "consents": decisions}


def filled(fair: Fair, **changes: Any) -> Filled:
    """Give the same form, read."""
    return read_form(fair, "card", written(**changes))
