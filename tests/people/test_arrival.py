"""Check-in on a real Redis: found by every name a party has, filled in from the reservation, withdrawn from on both records."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from card_samples import filled
from future_fair import future_fair
from reservation_samples import reserved, visitor
from yobidashi.fair import Fair, load_fair
from yobidashi.people.auditing.audit import Audit
from yobidashi.people.cards.arrival import Arrival, Found
from yobidashi.people.cards.card import Card, Source
from yobidashi.people.cards.cards import Cards
from yobidashi.people.form.answers import Wish
from yobidashi.people.form.consents import Author, standing
from yobidashi.people.reservations.reservation import Reservation
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.store import PeopleStore
from yobidashi.queue.commands.tickets import Issue
from yobidashi.queue.errors import Refusal
from yobidashi.queue.rows import Party, Ticket
from yobidashi.queue.store import Store


def new_id() -> str:
    return secrets.token_hex(16)


@dataclass
class Desk:
    """One fair's desk."""

    fair: Fair
    cards: Cards
    reservations: Reservations
    arrival: Arrival
    store: Store

    async def book(self, *wishes: Wish, **answers: object) -> Reservation:
        """Book as a visitor does."""
        form = reserved(self.fair, *wishes, **answers)
        return await self.reservations.book(self.fair.slug, form, command_id=new_id(), author=visitor())

    async def walk_in(self, **answers: object) -> Card:
        """Fill in a card on a phone."""
        form = filled(self.fair, **answers)
        author = Author(by="visitor", at=now())
        return await self.cards.enter(self.fair.slug, form, command_id=new_id(), source=Source.PHONE, author=author)

    async def check_in(self, reservation: Reservation) -> Card:
        """Confirm what the reservation tells, as the reception does."""
        known = await self.arrival.known(self.fair.slug, reservation.id)
        return await self.cards.enter(
            self.fair.slug,
            filled(self.fair, **known.answers, consents=dict(known.consents)),
            command_id=new_id(),
            source=Source.RESERVATION,
            author=Author(by="s07", at=now(), device="d1"),
            reservation=reservation.id,
            earlier=await self.arrival.decided(self.fair.slug, reservation.id),
        )

    async def issue(self, card: Card, *queues: str) -> tuple[Party, list[Ticket]]:
        """Issue the number of a card."""
        await self.store.found(self.fair.slug, self.fair.rules(demonstration=False))
        event = await self.store.run(self.fair.slug, Issue(command_id=new_id(), card=card.id, queues=queues))
        party, tickets = event.changes["parties"][0], event.changes["tickets"]
        assert isinstance(party, Party)
        return party, [ticket for ticket in tickets if isinstance(ticket, Ticket)]

    async def find(self, text: str) -> list[Found]:
        return await self.arrival.find(self.fair.slug, text)


def now() -> int:
    return int(time.time() * 1000)


@pytest_asyncio.fixture
async def desk(people: PeopleStore, audit: Audit, store: Store, tmp_path: Path) -> Desk:
    fair = load_fair(future_fair(tmp_path))
    await people.make_vault(fair.slug)
    fairs = {fair.slug: fair}
    cards, reservations = Cards(people, audit, fairs), Reservations(people, fairs)
    return Desk(fair, cards, reservations, Arrival(cards, reservations, fairs), store)


async def test_a_reservation_is_found_by_link_code_and_name(desk: Desk) -> None:
    booked = await desk.book(name="見本 花子", kana="みほん はなこ")
    token = await desk.reservations.token(desk.fair.slug, booked.id)
    for text in (f"https://fair.example/r/{token}", booked.code.lower(), "みほん", "ハナコ", "ﾐﾎﾝ ﾊﾅ", "見本"):
        (found,) = await desk.find(text)
        assert found.reservation, text
        assert (found.reservation.id, found.name, found.card, found.party) == (booked.id, "見本 花子", None, None)
    assert await desk.find("さとう") == []


async def test_a_card_is_found_by_link_code_and_name(desk: Desk) -> None:
    card = await desk.walk_in(name="見本 三郎", kana="みほん さぶろう")
    token = await desk.cards.token(desk.fair.slug, card.id)
    for text in (f"https://fair.example/c/{token}", f"{card.code[:3]} {card.code[3:].lower()}", "サブロウ"):
        (found,) = await desk.find(text)
        assert (found.reservation, found.card, found.persons) == (None, card.id, (2, 1)), text
    assert await desk.find(f"https://fair.example/c/{'x' * 22}") == []


async def test_a_party_that_reserved_only_confirms(desk: Desk) -> None:
    queue = desk.fair.queues[0].id
    slot = desk.fair.slots(queue)[3]
    booked = await desk.book(Wish(queue, slot), adults=2, children=1, themes=["work"])
    known = await desk.arrival.known(desk.fair.slug, booked.id)
    assert known.answers["kana"] == booked.answers["kana"]
    assert "mail" not in known.answers, "the card does not ask for it"
    assert known.consents == {"city": True, "furusato": False}
    card = await desk.check_in(booked)
    assert card.consents == booked.consents, "what was decided is not decided again"
    assert (card.source, card.reservation, card.made_by) == (Source.RESERVATION, booked.id, "s07")
    party, (ticket,) = await desk.issue(card, queue)
    assert (party.size, party.children, ticket.reserved) == (3, 1, slot)
    (found,) = await desk.find(booked.code)
    assert (found.card, found.party) == (card.id, party.id)
    assert await desk.arrival.of_party(desk.fair.slug, party.id) == [found]
    assert await desk.arrival.of_party(desk.fair.slug, 999) == []


async def test_two_desks_make_one_card_of_a_reservation(desk: Desk) -> None:
    booked = await desk.book()
    first, second = await desk.check_in(booked), await desk.check_in(booked)
    assert (first.id, first.code) == (second.id, second.code)
    assert len(await desk.cards.all(desk.fair.slug)) == 1
    await desk.issue(second, desk.fair.queues[0].id)
    with pytest.raises(Refusal, match="card_used"):
        await desk.check_in(booked)


async def test_a_cancelled_reservation_makes_no_card(desk: Desk) -> None:
    booked, author = await desk.book(), Author(by="visitor", at=now())
    await desk.reservations.cancel(desk.fair.slug, booked.id, command_id=new_id(), author=author)
    with pytest.raises(Refusal, match="reservation_cancelled"):
        await desk.arrival.known(desk.fair.slug, booked.id)
    with pytest.raises(Refusal, match="reservation_cancelled"):
        await desk.cards.enter(
            desk.fair.slug,
            filled(desk.fair),
            command_id=new_id(),
            source=Source.RESERVATION,
            author=author,
            reservation=booked.id,
        )
    assert await desk.cards.all(desk.fair.slug) == []


async def test_a_text_that_has_changed_since_is_asked_anew(desk: Desk) -> None:
    booked = await desk.book()
    city, other = desk.fair.consents
    changed = desk.fair.model_copy(update={"consents": (city.model_copy(update={"version": "later"}), other)})
    arrival = Arrival(desk.cards, desk.reservations, {desk.fair.slug: changed})
    known = await arrival.known(desk.fair.slug, booked.id)
    assert known.consents == {"furusato": False}


async def test_a_consent_goes_on_both_records(desk: Desk) -> None:
    booked = await desk.book()
    card, author, command_id = await desk.check_in(booked), Author(by="s09", at=now()), new_id()
    for _ in range(2):  # also where the first answer was lost
        await desk.arrival.withdraw(
            desk.fair.slug, card.id, "city", command_id=command_id, author=author, why="ご本人の申し出"
        )
    records = await desk.cards.read(desk.fair.slug, card.id), await desk.reservations.read(desk.fair.slug, booked.id)
    for record in records:
        assert not standing(record.consents)["city"].given
        assert record.consents[-1].why == "ご本人の申し出"
        assert len(record.consents) == 3
