"""When reservations can be made: from the first day to the last, by staff until the fair, and never for a slot that has begun."""

from pathlib import Path

import pytest

from future_fair import future_fair, noon_zone
from reservation_samples import made, new_id, reserved, visitor
from yobidashi.fair import load_fair
from yobidashi.people.form.answers import Wish
from yobidashi.people.form.consents import Author
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.reservations.slots import Period
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal


@pytest.mark.parametrize(
    ("days", "code", "period"),
    [
        ((1, 29), "reservations_not_open", Period.BEFORE),
        ((-3, -1), "reservations_closed", Period.CLOSED),
    ],
)
async def test_visitors_reserve_from_the_first_day_to_the_last_and_staff_until_the_fair(
    people: PeopleStore, tmp_path: Path, days: tuple[int, int], code: str, period: Period
) -> None:
    fair = load_fair(future_fair(tmp_path, opens=days[0], closes=days[1]))
    await people.make_vault(fair.slug)
    book = Reservations(people, {fair.slug: fair})
    assert (await book.slots(fair.slug)).period is period
    with pytest.raises(Refusal) as refused:
        await made(book, fair)
    assert refused.value.code == code
    assert fair.reservation is not None
    if code == "reservations_not_open":
        assert str(fair.reservation.opens) in refused.value.sentence("ja")
    by_staff = await book.book(
        fair.slug, reserved(fair), command_id=new_id(), author=Author(by="s02", at=visitor().at), by_staff=True
    )
    assert by_staff.made_by == "s02"


async def test_when_the_fair_is_over_nothing_can_be_booked_changed_or_cancelled(
    people: PeopleStore, tmp_path: Path, redis_url: str, prefix: str
) -> None:
    fair = load_fair(future_fair(tmp_path, days=-1, opens=-9, closes=-1))
    await people.make_vault(fair.slug)
    book = Reservations(people, {fair.slug: fair})
    for by_staff in (False, True):
        with pytest.raises(Refusal, match="reservations_closed"):
            await book.book(fair.slug, reserved(fair), command_id=new_id(), author=visitor(), by_staff=by_staff)
    tomorrow = load_fair(future_fair(tmp_path))
    mine = await made(Reservations(people, {fair.slug: tomorrow}), tomorrow)
    for act in (
        book.cancel(fair.slug, mine.id, command_id=new_id(), author=visitor()),
        book.change(fair.slug, mine.id, reserved(fair), command_id=new_id(), author=visitor()),
    ):
        with pytest.raises(Refusal, match="reservations_closed"):
            await act


async def test_a_slot_that_has_begun_is_not_booked(people: PeopleStore, tmp_path: Path) -> None:
    fair = load_fair(future_fair(tmp_path, days=0, opens=-1, closes=0, timezone=noon_zone()))
    fair = fair.model_copy(update={"opens": fair.opens.replace(0, 0), "closes": fair.closes.replace(23, 59)})
    await people.make_vault(fair.slug)
    book = Reservations(people, {fair.slug: fair})
    slots = await book.slots(fair.slug)
    begun = [slot for slot in fair.slots("sapporo") if slot <= slots.at]
    assert begun, "midnight is a slot"
    assert all(slots.places["sapporo"][slot] == 0 for slot in begun)
    with pytest.raises(Refusal, match="slot_over"):
        await made(book, fair, Wish("sapporo", begun[0]))
