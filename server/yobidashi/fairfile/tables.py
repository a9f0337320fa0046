"""The tables of a fair's file, key by key: what may stand there, within which bounds.

Each table is frozen and takes nothing it does not know. What one key says about another (unique numbers, known queues,
names that fit) is in the rules; what the city asks of its own fair is in `specification`. The tables about visitors are
in `visitor_tables`, those about the hall in `hall_tables`. Keys with a default may be left out; a key whose default is
None is then unknown, never zero.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from yobidashi.fairfile.forms import CODE, LETTER, Clock, Day, English, Kana, Line, Listed, Name, Percent, Slug, Zone
from yobidashi.fairfile.hall_tables import Area, Plan, Video
from yobidashi.fairfile.table import Table
from yobidashi.fairfile.visitor_tables import (
    CONSENTS_MAX,
    SLOT_PARTIES_MAX,
    Consent,
    FormTable,
    Novelty,
    Privacy,
    Reservation,
)

QUEUES_MAX = 60
BOOTHS_MAX = 200
BOOTH_NUMBER_MAX = 999
HISTORY_MAX = 50
HOSTS_MAX = 10
SKIPPED_MAX = 200
PARTY_MAX = 20
"""Persons (名) in one party: what reception can tap and a command may carry."""


Kind = Literal["municipality", "settler", "living", "jobs", "bus"]
Role = Literal["main", "spare"]


class Host(Table):
    """Who holds the fair, named in full: each is a separate recipient in every consent text."""

    name: Name
    english: English | None = None
    role: Literal["host", "co-host"]


class FairTable(Table):
    """`[fair]`: what, when, where, by whom."""

    slug: Slug
    """Names the fair in addresses and keys."""
    name: Name
    kana: Kana
    english: English
    edition: Name
    date: Day
    opens: Clock
    closes: Clock
    timezone: Zone
    venue: Line
    languages: Annotated[tuple[Literal["ja", "en"], ...], Field(min_length=1, max_length=2), Listed] = ("ja", "en")
    hosts: Annotated[tuple[Host, ...], Field(min_length=1, max_length=HOSTS_MAX), Listed]
    manual_due: Day | None = None
    contract_ends: Day | None = None
    deletion_deadline: Day | None = None
    specification: Literal["sapporo-r7"] | None = None
    """Whose minimums the fair is checked against; none: the general rules only."""


class Goal(Table):
    """`[goal]`: persons (名) who visit at least one booth."""

    persons: Annotated[int, Field(ge=1, le=1_000_000)]


class Past(Table):
    """`[[history]]`: an earlier fair; a figure nobody has is left out and shown as —."""

    edition: Name
    starts: Day
    ends: Day | None = None
    online: bool = False
    persons: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    consultations: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


class Tickets(Table):
    """`[tickets]`: what a number is and what a party may hold."""

    series: Literal["party", "queue"] = "party"
    """party: one number a party for the day (105); queue: each queue its own lettered series (A12)."""
    first: Annotated[int, Field(ge=1, le=1000)] = 1
    skip: Annotated[tuple[Annotated[int, Field(ge=1, le=99_999)], ...], Field(max_length=SKIPPED_MAX), Listed] = ()
    largest_party: Annotated[int, Field(ge=1, le=PARTY_MAX)] = PARTY_MAX
    queues_per_party: Annotated[int, Field(ge=1, le=QUEUES_MAX)] = 6
    undo_s: Annotated[int, Field(ge=1, le=60)] = 10


class Calling(Table):
    """`[calling]`: when a call is repeated, when it is given up, who goes before whom."""

    recall_after_s: Annotated[int, Field(ge=10, le=900)] = 60
    recall_by_s: Annotated[int, Field(ge=10, le=900)] = 90
    absent_after_s: Annotated[int, Field(ge=10, le=900)] = 60
    absent_cancelled_after_min: Annotated[int, Field(ge=1, le=600)] = 30
    reserved_grace_min: Annotated[int, Field(ge=0, le=120)] = 10
    reserved_in_a_row: Annotated[int, Field(ge=1, le=20)] = 2


class Crowding(Table):
    """`[crowding]`: ○ up to `quiet_min` minutes of waiting, ● from `crowded_min`, ◐ between."""

    quiet_min: Annotated[int, Field(ge=1, le=240)] = 8
    crowded_min: Annotated[int, Field(ge=2, le=480)] = 25


class Offers(Table):
    """`[offers]`: when a waiting party is told of a quieter booth, in minutes of its estimate."""

    from_min: Annotated[int, Field(ge=1, le=240)] = 12
    to_min: Annotated[int, Field(ge=0, le=240)] = 8
    margin_min: Annotated[int, Field(ge=0, le=240)] = 5
    not_within: Annotated[int, Field(ge=0, le=20)] = 2
    fresh_s: Annotated[int, Field(ge=1, le=300)] = 15


class Closing(Table):
    """`[closing]`: the end of the day in three steps, so that no line is stranded."""

    warn: Clock
    fit_only: Clock
    stop: Clock


class Capacity(Table):
    """`[capacity]`: what hall and system are prepared for."""

    on_site: Annotated[int, Field(ge=1, le=100_000)] | None = None
    waiting_seats: Annotated[int, Field(ge=0, le=100_000)] | None = None
    sockets: Annotated[int, Field(ge=1, le=100_000)] | None = None
    tickets_in_5_min: Annotated[int, Field(ge=1, le=10_000)] | None = None
    calls_in_1_min: Annotated[int, Field(ge=1, le=10_000)] | None = None
    parties_in_2_min: Annotated[int, Field(ge=1, le=10_000)] | None = None


class DayModel(Table):
    """`[day]`: the day one expects, for rehearsal and first estimates."""

    arrivals_pct: Annotated[tuple[Percent, ...], Field(min_length=1, max_length=96), Listed]
    """Share of the day's parties that arrive in each half hour from opening."""
    party_size_pct: Annotated[tuple[Percent, ...], Field(min_length=1, max_length=PARTY_MAX), Listed]
    """Share of parties of 1, 2, 3, … persons."""
    talk_cv: Annotated[float, Field(ge=0, le=3, allow_inf_nan=False)]
    """Spread of a talk's length (log-normal) over its mean, the queue's `talk_min`."""
    wishes: Annotated[float, Field(ge=1, le=QUEUES_MAX, allow_inf_nan=False)]
    patience_min: Annotated[float, Field(ge=1, le=600, allow_inf_nan=False)]
    no_answer_pct: Percent
    offer_accept_pct: Percent = 50.0
    """Of those who are told of a quieter booth they had not wished for, how many go there when it saves them ten minutes."""


class Settler(Table):
    """A settler's profile, without a name: where from, since when, family, job."""

    municipality: Slug
    """The queue of the municipality they live in."""
    years: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
    family: Name
    job: Name


class Queue(Table):
    """`[[queues]]`: the line of one exhibitor."""

    id: Slug
    kind: Kind
    name: Name
    """In full, for cards, signs and the voice."""
    short: Name
    """For cells and lists."""
    kana: Kana
    english: English
    code: Annotated[str, CODE] | None = None
    detail: Name | None = None
    letter: Annotated[str, LETTER] | None = None
    talk_min: Annotated[int, Field(ge=1, le=240)]
    """How long a talk takes, in minutes, until the day itself says better."""
    demand: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = 1.0
    """Share of all wishes, as a weight beside the other queues'."""
    near: Annotated[tuple[Slug, ...], Field(max_length=QUEUES_MAX), Listed] | None = None
    """Queues of similar interest, all alike: offered first to those who wait here. None: those of the same kind."""
    settler: Settler | None = None
    reserved_per_slot: Annotated[int, Field(ge=0, le=SLOT_PARTIES_MAX)] | None = None
    """Parties (組) that can reserve one slot here; 0: no reservations; none: as `[reservation]` says."""


class Booth(Table):
    """`[[booths]]`: a numbered place with seats; a main booth has its queue, a spare the queue it belongs to (home)."""

    number: Annotated[int, Field(ge=1, le=BOOTH_NUMBER_MAX)]
    role: Role
    queue: Slug | None = None
    home: Slug | None = None
    online: bool = False
    seats: Annotated[int, Field(ge=1, le=20)] = 2
    consultants: Annotated[int, Field(ge=1, le=20)] = 2
    plan: Area | None = None
    """Where it stands on the plan."""


class Sections(Table):
    """Every table of the file beside `[fair]`."""

    goal: Goal | None = None
    history: Annotated[tuple[Past, ...], Field(max_length=HISTORY_MAX), Listed] = ()
    tickets: Tickets = Tickets()
    calling: Calling = Calling()
    crowding: Crowding = Crowding()
    offers: Offers = Offers()
    closing: Closing | None = None
    capacity: Capacity | None = None
    plan: Plan | None = None
    video: Video | None = None
    day: DayModel | None = None
    reservation: Reservation | None = None
    novelty: Novelty | None = None
    form: FormTable | None = None
    consents: Annotated[tuple[Consent, ...], Field(max_length=CONSENTS_MAX), Listed] = ()
    privacy: Privacy | None = None
    queues: Annotated[tuple[Queue, ...], Field(min_length=1, max_length=QUEUES_MAX), Listed]
    booths: Annotated[tuple[Booth, ...], Field(min_length=1, max_length=BOOTHS_MAX), Listed]


class Document(Sections):
    """The file as a whole."""

    fair: FairTable
