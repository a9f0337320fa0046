"""Reservations as visitors make them, plainly made up."""

import time
from typing import Any

from yobidashi.fair import Fair
from yobidashi.people.form.answers import Filled, Wish, read_form
from yobidashi.people.form.consents import Author


def reservation_form(fair: Fair, *wishes: Wish, adults: int = 2, children: int = 1, **answers: Any) -> dict[str, Any]:
    """Give what the reservation page sends; without ``wishes`` the first slot of the first queue."""
    wished = wishes or (Wish(fair.queues[0].id, fair.slots(fair.queues[0].id)[0]),)
    return {
        "party": {"adults": adults, "children": children},
        "wishes": [wish._asdict() for wish in wished],
        "answers": {
            "name": "見本 太郎",
            "kana": "みほん たろう",
            "mail": "taro@example.jp",
            "phone": "090-0000-0000",
            "residence": "chiba",
            "age": "30s",
            "themes": ["work", "housing"],
        }
        | answers,
        "consents": {"city": True, "furusato": False},
    }


def reserved(fair: Fair, *wishes: Wish, **changes: Any) -> Filled:
    """Give the same, read."""
    return read_form(fair, "reservation", reservation_form(fair, *wishes, **changes))


def visitor(at: int | None = None) -> Author:
    """A visitor, now or at a time."""
    return Author(by="visitor", at=round(time.time() * 1000) if at is None else at)
