"""The reservations of every fair: booked, changed, cancelled, found; never more in a slot than it has places.

What a party answered is sealed (`reservation.py`); the queue sees wishes and persons (`booking.py`). Both are written by one
script, together with the count of the slot and the private link.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from yobidashi.fair import Fair
from yobidashi.people.desk_code import code_from, typed_code
from yobidashi.people.form import consents
from yobidashi.people.form.answers import Filled
from yobidashi.people.form.consents import Author
from yobidashi.people.reservations.booking import Booking, to_json
from yobidashi.people.reservations.reservation import CODE_LENGTH, KIND, Reservation, Summary, place_of, summary_of
from yobidashi.people.reservations.search import begins_like, token_in
from yobidashi.people.reservations.slots import Slots, capacities, slots_from, taken_between, with_words
from yobidashi.people.store import PeopleStore
from yobidashi.people.vault import Vault
from yobidashi.queue.errors import Refusal

BOOKED_AT_ONCE_MAX: Final = 1_000
"""Bookings that one script makes: a sheet; a fair's day has about 300."""

TRIES: Final = 8
"""How often a write is made anew where another was first, a code was taken, or the key was being replaced."""

Mode = Literal["all", "good", "check"]
"""Every booking or none; those that can be made; none, to see which could be."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A booking somebody asks for."""

    command_id: str
    filled: Filled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: made now, made before, or refused."""

    booking_id: str
    made: bool
    refusal: Refusal | None = None


class Reservations:
    """The reservations in one Redis."""

    def __init__(self, people: PeopleStore, fairs: Mapping[str, Fair]) -> None:
        """Keep reservations in ``people``."""
        self._people = people
        self._fairs = fairs

    async def id_for(self, slug: str, command_id: str) -> str:
        """Give the id of the reservation that a command makes. Raises as `PeopleStore.vault`."""
        return (await self._people.vault(slug)).id_for("booking", command_id)

    async def book(
        self, slug: str, filled: Filled, *, command_id: str, author: Author, by_staff: bool = False
    ) -> Reservation:
        """Book; the same command gives the same reservation, as it stands now.

        Raises `Refusal`: ``reservations_not_open``, ``reservations_closed``, ``slot_full``, ``slot_over``, ``people_full``,
        ``command_id_reused`` (it booked something else), and as `PeopleStore.vault`.
        """
        (outcome,) = await self.book_many(slug, [Wanted(command_id, filled)], "all", author=author, by_staff=by_staff)
        if outcome.refusal is not None:
            raise outcome.refusal
        booked = await self.read(slug, outcome.booking_id)
        if booked.command == command_id and not booked.says(filled):
            raise Refusal("command_id_reused")
        return booked

    async def book_many(
        self, slug: str, wanted: Sequence[Wanted], mode: Mode, *, author: Author, by_staff: bool
    ) -> list[Outcome]:
        """Book several at one instant, in their order, and tell what became of each.

        Raises `Refusal`: ``reservations_not_open``, ``reservations_closed``, and as `PeopleStore.vault`. `ValueError` for more
        than `BOOKED_AT_ONCE_MAX`.
        """
        if len(wanted) > BOOKED_AT_ONCE_MAX:
            raise ValueError(f"at most {BOOKED_AT_ONCE_MAX} at once")
        fair = self._fairs[slug]
        period = map(str, taken_between(fair, by_staff=by_staff))
        limits = (mode, *period)
        for attempt in range(TRIES):
            vault = await self._people.vault(slug)
            new = [self._new(fair, vault, each, author, attempt) for each in wanted]
            args = [part for each in new for part in _booked(fair, vault, each)]
            try:
                answers = json.loads(await self._people.ask(slug, "book", str(vault.current), *limits, *args))
            except Refusal as refusal:
                if refusal.code == "vault_changed":
                    continue
                raise with_words(fair, refusal) from None
            if "link" not in answers:
                return [_outcome(fair, each.id, answer) for each, answer in zip(new, answers, strict=True)]
        raise Refusal("overloaded")

    async def change(
        self, slug: str, booking_id: str, filled: Filled, *, command_id: str, author: Author
    ) -> Reservation:
        """Write a reservation anew; where a new slot is full the old places stay.

        Raises `Refusal`: ``unknown_reservation``, ``reservation_cancelled``, ``reservation_arrived``,
        ``reservations_closed`` (the fair is over), ``slot_full``, ``slot_over``, and as `PeopleStore.vault`.
        """
        fair = self._fairs[slug]

        def changed(stands: Reservation) -> Reservation:
            return stands.filled_in(fair, filled, command_id, author)

        def rest(new: Reservation, vault: Vault) -> tuple[str, ...]:
            places = json.dumps(capacities(fair, new.wishes))
            return to_json(new.wishes, new.persons), places, str(fair.at(fair.closes))

        return await self._rewritten(slug, booking_id, command_id, "rebook", changed, rest)

    async def cancel(self, slug: str, booking_id: str, *, command_id: str, author: Author) -> Reservation:
        """Cancel: the places are free at once, and the answers are gone; consent decisions stay on record.

        Raises `Refusal`: ``unknown_reservation``, ``reservation_cancelled``, ``reservation_arrived``,
        ``reservations_closed`` (the fair is over), and as `PeopleStore.vault`.
        """
        fair = self._fairs[slug]

        def cancelled(stands: Reservation) -> Reservation:
            bare = stands.without_answers()
            return replace(bare, command=command_id, changed_at=author.at, changed_by=author.by)

        def rest(new: Reservation, vault: Vault) -> tuple[str, ...]:
            return str(fair.at(fair.closes)), vault.id_for("code", new.code)

        return await self._rewritten(slug, booking_id, command_id, "unbook", cancelled, rest)

    async def withdraw(
        self, slug: str, booking_id: str, consent: str, *, command_id: str, author: Author, why: str = ""
    ) -> Reservation:
        """Withdraw a consent, at any time; that it was given stays on record.

        Raises `Refusal`: ``unknown_reservation``, ``unknown_consent``, ``too_many_decisions``, and as `PeopleStore.vault`.
        """

        def withdrawn(stands: Reservation) -> Reservation:
            decided = consents.withdraw(stands.consents, consent, author, why)
            return replace(stands, consents=decided, command=command_id, changed_at=author.at, changed_by=author.by)

        return await self._rewritten(
            slug, booking_id, command_id, "reservation-write", withdrawn, lambda new, vault: ()
        )

    async def read(self, slug: str, booking_id: str) -> Reservation:
        """Read a reservation. Raises `Refusal`: ``unknown_reservation``, and as `PeopleStore.vault`."""
        found = await self.read_many(slug, [booking_id])
        if not found:
            raise Refusal("unknown_reservation")
        return found[0]

    async def read_many(self, slug: str, booking_ids: Sequence[str]) -> list[Reservation]:
        """Read reservations in the order of their ids, without those that are not there. Raises as `PeopleStore.vault`."""
        standing = await self.bookings(slug, booking_ids) if booking_ids else {}  # first: a write between is noticed
        records = await self._people.get_many(slug, list(map(place_of, booking_ids)))
        return [
            Reservation.from_record(record, standing[booking_id])
            for booking_id, record in zip(booking_ids, records, strict=True)
            if record is not None and booking_id in standing
        ]

    async def all(self, slug: str) -> list[Reservation]:
        """Read every reservation. Raises as `PeopleStore.vault`."""
        standing = await self.bookings(slug)
        records = await self._people.all(slug, KIND)
        return [Reservation.from_record(records[id_], standing[id_]) for id_ in standing if id_ in records]

    async def bookings(self, slug: str, booking_ids: Sequence[str] = ()) -> dict[str, Booking]:
        """Give what the queue knows of these reservations, or of every one, by id. Nothing personal."""
        flat = await self._people.run(slug, "bookings-read", *booking_ids)
        pairs = zip(flat[::2], flat[1::2], strict=True)
        return {id_.decode(): Booking.from_json(id_.decode(), text) for id_, text in pairs if text}

    async def slots(self, slug: str) -> Slots:
        """Give the places that are left. Nothing personal."""
        at, flat = await self._people.run(slug, "slots-read")
        return slots_from(self._fairs[slug], int(at), flat)

    async def token(self, slug: str, booking_id: str) -> str:
        """Give the token of a reservation's private link. Raises as `PeopleStore.vault`."""
        return _token(await self._people.vault(slug), booking_id)

    async def find(self, slug: str, text: str) -> list[Summary]:
        """Give the reservation that ``text`` names (private link, token, code), or at most `FOUND_MAX` whose name begins so.

        A name is found in any spelling of its kana, or as it is written. What was cancelled is found by its link alone.
        Raises as `PeopleStore.vault`.
        """
        fair = self._fairs[slug]
        named = await self._named(slug, text)
        if named is not None:
            return [summary_of(fair, found) for found in await self.read_many(slug, [named])]
        return begins_like(fair, await self.all(slug), text)

    async def _named(self, slug: str, text: str) -> str | None:
        token, code = token_in(text), typed_code(text, CODE_LENGTH)
        if token and (booking_id := await self.by_token(slug, token)):
            return booking_id
        return await self.by_code(slug, code) if code else None

    async def by_token(self, slug: str, token: str) -> str | None:
        """Give the id of the reservation that a private link opens."""
        return await self._linked(slug, _address(token))

    async def by_code(self, slug: str, code: str) -> str | None:
        """Give the id of the reservation with a code, as `desk_code.typed_code` gives it. Raises as `PeopleStore.vault`."""
        return await self._linked(slug, (await self._people.vault(slug)).id_for("code", code))

    async def _linked(self, slug: str, link: str) -> str | None:
        place: bytes | None = await self._people.run(slug, "link-read", link)
        kind, _, booking_id = place.decode().partition(":") if place else ("", "", "")
        return booking_id if kind == KIND else None

    async def _rewritten(
        self,
        slug: str,
        booking_id: str,
        command_id: str,
        script: str,
        change: Callable[[Reservation], Reservation],
        rest: Callable[[Reservation, Vault], Sequence[str]],
    ) -> Reservation:
        """Change a reservation by a script; where another write was first, change what that one wrote."""
        for _ in range(TRIES):
            stands = await self.read(slug, booking_id)
            if stands.command == command_id:
                return stands
            new, vault = change(stands), await self._people.vault(slug)
            sealed = vault.seal(new.place, new.to_record())
            args: tuple[str | bytes, ...] = (booking_id, sealed, str(stands.rev), *rest(new, vault))
            try:
                written = await self._people.ask(slug, script, str(vault.current), *args)
            except Refusal as refusal:
                if refusal.code == "vault_changed":
                    continue
                raise with_words(self._fairs[slug], refusal) from None
            if written == b"written":
                return await self.read(slug, booking_id)
        raise Refusal("overloaded")

    def _new(self, fair: Fair, vault: Vault, wanted: Wanted, author: Author, attempt: int) -> Reservation:
        blank = Reservation(
            id=vault.id_for("booking", wanted.command_id),
            answers={},
            persons=wanted.filled.persons,
            wishes=(),
            consents=(),
            form=None,
            privacy=None,
            made_by=author.by,
            device=author.device,
            made_at=author.at,
            changed_by=author.by,
            changed_at=author.at,
            code=code_from(vault.id_for("booking-code", f"{wanted.command_id} {attempt}"), CODE_LENGTH),
            command=wanted.command_id,
        )
        return blank.filled_in(fair, wanted.filled, wanted.command_id, author)


def _booked(fair: Fair, vault: Vault, new: Reservation) -> tuple[str | bytes, ...]:
    """Give what `book.lua` takes of one booking."""
    sealed = vault.seal(new.place, new.to_record())
    booking, places = to_json(new.wishes, new.persons), json.dumps(capacities(fair, new.wishes))
    return new.id, sealed, booking, places, _address(_token(vault, new.id)), vault.id_for("code", new.code)


def _outcome(fair: Fair, booking_id: str, answer: Any) -> Outcome:
    if isinstance(answer, str):
        return Outcome(booking_id, made=answer == "made")
    return Outcome(booking_id, made=False, refusal=with_words(fair, Refusal(answer["code"], answer["detail"])))


def _token(vault: Vault, booking_id: str) -> str:
    return vault.id_for("booking-link", booking_id)


def _address(token: str) -> str:
    """Give what is kept of a private link: nobody opens it with that."""
    return hashlib.sha256(token.encode()).hexdigest()
