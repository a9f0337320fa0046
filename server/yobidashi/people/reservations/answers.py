"""What the API answers about reservations."""

from pydantic import BaseModel

from yobidashi.people.cards.answers import Stands, stands
from yobidashi.people.form.answers import Answers, Wish
from yobidashi.people.form.consents import standing
from yobidashi.people.reservations.booking import Booking, BookingState
from yobidashi.people.reservations.novelty import Handed
from yobidashi.people.reservations.reservation import Reservation, Summary
from yobidashi.people.reservations.slots import Period, Slots


class SlotsAnswer(BaseModel):
    """Places that are left."""

    at: int
    """Real time, ms."""
    period: Period
    places: dict[str, dict[int, int]]
    """Queue → start of a slot in ms → places left (組)."""


class WishAnswer(BaseModel):
    """A place: queue and start of the slot in ms."""

    queue: str
    slot: int


class OwnReservation(BaseModel):
    """A visitor's own reservation, as its page shows it and its form begins with."""

    token: str
    """Of its private page, ``/r/{token}``."""
    code: str
    """To tell at the desk."""
    state: BookingState
    party: dict[str, int]
    """Persons (名): adults, children."""
    wishes: list[WishAnswer]
    answers: Answers
    """{} once it is cancelled."""
    consents: list[Stands]
    changed_at: int


class ReservationRow(BaseModel):
    """A line in a list: who and when, no contact."""

    id: str
    name: str
    kana: str
    code: str
    party: dict[str, int]
    wishes: list[WishAnswer]
    state: BookingState
    novelty: int | None


class ReservationRows(BaseModel):
    """A list."""

    reservations: list[ReservationRow]


class BookingAnswer(BaseModel):
    """What is known of a reservation without saying whose it is."""

    id: str
    party: dict[str, int]
    wishes: list[WishAnswer]
    state: BookingState


class BookingsAnswer(BaseModel):
    """Every reservation of a fair, without saying whose."""

    bookings: list[BookingAnswer]


class ReservationAnswer(BaseModel):
    """A reservation that staff have opened."""

    id: str
    code: str
    state: BookingState
    party: dict[str, int]
    wishes: list[WishAnswer]
    answers: Answers
    consents: list[Stands]
    history: list[Stands]
    """Every decision, oldest first."""
    made_by: str
    made_at: int
    changed_by: str
    changed_at: int
    novelty: int | None
    """When the gift was handed, ms."""


class NoveltyAnswer(BaseModel):
    """A gift, and the stock."""

    handed: int | None
    left: int


class StockAnswer(BaseModel):
    """Gifts that are left."""

    left: int


class RowFaultAnswer(BaseModel):
    """What is wrong with a row of a sheet."""

    line: int
    column: str
    code: str
    ja: str
    en: str


class ImportAnswer(BaseModel):
    """What became of a sheet of reservations."""

    rows: int
    good: int
    """Rows that can be booked, or are."""
    made: int
    """Reservations that were made now."""
    there: int
    """Rows that were booked by an earlier import."""
    wrong: int
    """Rows with faults."""
    faults: list[RowFaultAnswer]
    """The first of them."""


def slots_answer(slots: Slots) -> SlotsAnswer:
    """Give the places as they are answered."""
    return SlotsAnswer(at=slots.at, period=slots.period, places={q: dict(each) for q, each in slots.places.items()})


def own_reservation(reservation: Reservation, token: str) -> OwnReservation:
    """Give a reservation as its visitor sees it."""
    return OwnReservation(
        token=token,
        code=reservation.code,
        state=reservation.state,
        party=reservation.persons._asdict(),
        wishes=_wishes(reservation.wishes),
        answers=reservation.answers,
        consents=[stands(decision) for decision in standing(reservation.consents).values()],
        changed_at=reservation.changed_at,
    )


def row(summary: Summary) -> ReservationRow:
    """Give a line of a list."""
    return ReservationRow(
        id=summary.id,
        name=summary.name,
        kana=summary.kana,
        code=summary.code,
        party=summary.persons._asdict(),
        wishes=_wishes(summary.wishes),
        state=summary.state,
        novelty=summary.novelty,
    )


def booking_answer(booking: Booking) -> BookingAnswer:
    """Give a booking as it is answered."""
    return BookingAnswer(
        id=booking.id, party=booking.persons._asdict(), wishes=_wishes(booking.wishes), state=booking.state
    )


def reservation_answer(reservation: Reservation) -> ReservationAnswer:
    """Give a reservation as staff see it who have opened it."""
    return ReservationAnswer(
        id=reservation.id,
        code=reservation.code,
        state=reservation.state,
        party=reservation.persons._asdict(),
        wishes=_wishes(reservation.wishes),
        answers=reservation.answers,
        consents=[stands(decision) for decision in standing(reservation.consents).values()],
        history=[stands(decision) for decision in reservation.consents],
        made_by=reservation.made_by,
        made_at=reservation.made_at,
        changed_by=reservation.changed_by,
        changed_at=reservation.changed_at,
        novelty=reservation.booking.novelty if reservation.booking else None,
    )


def novelty_answer(handed: Handed) -> NoveltyAnswer:
    """Give a gift as it is answered."""
    return NoveltyAnswer(handed=handed.handed, left=handed.left)


def _wishes(wishes: tuple[Wish, ...]) -> list[WishAnswer]:
    return [WishAnswer(queue=wish.queue, slot=wish.slot) for wish in wishes]
