"""Reservations as visitors make them, plainly made up."""

import secrets
import time
from typing import Any

from redis import Redis

from yobidashi.fair import Fair
from yobidashi.people.form.answers import Filled, Wish, read_form
from yobidashi.people.form.consents import Author
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.reservations.reservation import Reservation
from yobidashi.people.reservations.reservations import Reservations


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


def new_id() -> str:
    """A command's id."""
    return secrets.token_hex(16)


async def made(book: Reservations, fair: Fair, *wishes: Wish, command_id: str = "", **changes: Any) -> Reservation:
    """A visitor's reservation."""
    form = reserved(fair, *wishes, **changes)
    return await book.book(fair.slug, form, command_id=command_id or new_id(), author=visitor())


def hash_of(redis_url: str, prefix: str, fair: Fair, name: str) -> dict[str, str]:
    """What stands in a fair's hash of people's data."""
    with Redis.from_url(redis_url) as redis:
        found = redis.hgetall(PeopleKeys(prefix, fair.slug).named(name))
    return {key.decode(): value.decode("utf-8", "replace") for key, value in found.items()}
