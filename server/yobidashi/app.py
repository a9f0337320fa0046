"""The composition root: settings and fairs in, one ASGI application out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.websockets import WebSocket

from yobidashi.collecting import settle
from yobidashi.deployment import places_of
from yobidashi.doors import STATE, LastAnswers
from yobidashi.fair import Fair, load_fair
from yobidashi.follower import Follower
from yobidashi.guide.steward import Steward
from yobidashi.live import pings, session
from yobidashi.live.hub import Hub
from yobidashi.live.journal import Journal
from yobidashi.live.pings import Pings
from yobidashi.people.address_limit import AddressLimit
from yobidashi.people.auditing.audit import Audit
from yobidashi.people.cards.arrival import Arrival
from yobidashi.people.cards.briefs import Briefs
from yobidashi.people.cards.cards import Cards
from yobidashi.people.cards.made_up import MadeUpBriefs
from yobidashi.people.keyring import Keyring
from yobidashi.people.meetings import MadeUpMeetings, SealedMeetings
from yobidashi.people.protection.storehouse import Storehouse
from yobidashi.people.reservations.novelty import Novelty
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.errors import Refusal
from yobidashi.queue.links import Links
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store
from yobidashi.settings import Settings
from yobidashi.staff.identity import Identity
from yobidashi.staff.permissions import Act
from yobidashi.staff.store import StaffStore
from yobidashi.upkeep.exposition import exposed
from yobidashi.upkeep.figures import Figures
from yobidashi.upkeep.pulse import Pulse
from yobidashi.web import refusals
from yobidashi.web.api import Api
from yobidashi.web.floor import FloorRoom
from yobidashi.web.gate import Gate
from yobidashi.web.guide import GuideRoom
from yobidashi.web.headers import SecurityHeaders
from yobidashi.web.health import Health
from yobidashi.web.hosts import KnownHosts
from yobidashi.web.limits import Limits
from yobidashi.web.pages import Pages
from yobidashi.web.protection.privacy import protection_rooms
from yobidashi.web.room import Room
from yobidashi.web.screens import Screens, videos_of
from yobidashi.web.sockets import OpenSockets
from yobidashi.web.staff.coming_in import ComingIn
from yobidashi.web.staff.devices import DevicesRoom
from yobidashi.web.staff.register import Staff
from yobidashi.web.visitors.briefs import BriefsRoom
from yobidashi.web.visitors.cards import CardsRoom
from yobidashi.web.visitors.meetings import MeetingsRoom
from yobidashi.web.visitors.novelty import NoveltyRoom
from yobidashi.web.visitors.own_cards import OwnCards
from yobidashi.web.visitors.own_reservations import OwnReservations
from yobidashi.web.visitors.reservation_sheets import ReservationSheets
from yobidashi.web.visitors.reservations import ReservationDesk
from yobidashi.web.visitors.visits import Visits

READY_S: Final = 3.0
"""Seconds a starting server waits for its fairs before it takes visitors without them."""

CANCEL_AGAIN_S: Final = 0.1
"""Seconds after which a task that is still running is cancelled once more."""

log = logging.getLogger(__name__)


def create_app(settings: Settings | None = None, read: Sequence[Fair] = ()) -> Starlette:
    """Make the application of one server process. ``redis_url`` must be set; `yobidashi serve` sees to it.

    ``read``: the fairs of ``settings`` where they have just been read, for a thousand of them take a while.

    Raises `FairInvalid` for a fair that fails its check, `ValueError` without a Redis.
    """
    settings = settings or Settings.from_environment()
    if settings.redis_url is None:
        raise ValueError("REDIS_URL is not set: start the server with `yobidashi serve`, which brings a Redis")
    fairs = {fair.slug: fair for fair in read or map(load_fair, settings.fairs)}
    pipeline = Pipeline(masters.connect(settings.redis_url), settings.replicas)
    store = Store(pipeline, settings.key_prefix)
    journal = Journal(masters.connect(settings.redis_url), settings.key_prefix)
    hubs = {slug: Hub(partial(journal.real_now, slug), _at_turns_end) for slug in fairs}
    rules = {slug: fair.rules(settings.demonstration) for slug, fair in fairs.items()}
    public = {slug: fair.public(settings.demonstration) for slug, fair in fairs.items()}
    follower = Follower(store, journal, hubs, rules)
    sockets = OpenSockets(settings.sweep_s)
    people = PeopleStore(pipeline, settings.key_prefix, Keyring(settings.keys, settings.key))
    audit = Audit(people, people.keyring, journal.real_now)
    gate = _gate(settings, fairs, pipeline, people, audit, sockets)
    pages = Pages(public)
    staff = StaffStore(pipeline, settings.key_prefix, people)
    storehouse = Storehouse(masters.connect(settings.redis_url), settings.key_prefix)
    cards, reservations = Cards(people, audit, fairs), Reservations(people, fairs)
    limit, links = AddressLimit(people), Links(pipeline, settings.key_prefix)
    steward = Steward(store, journal, hubs, fairs, settings.guide_s)
    pulse = Pulse(pipeline, settings.key_prefix, hubs)
    figures = Figures(hubs, sockets, pulse, steward.accuracy, journal.real_now)
    store.ended = figures.command
    for slug, hub in hubs.items():
        hub.told = partial(figures.told, slug)
    health = Health(hubs, pulse.beats)
    rooms: list[Room] = [
        Screens(pages, videos_of(settings.fairs, fairs.values())),
        ComingIn(staff, fairs, pages),
        Staff(staff, fairs, pages),
        DevicesRoom(staff, fairs, pages, sockets),
        OwnCards(cards, limit, fairs, pages),
        CardsRoom(cards, Arrival(cards, reservations, fairs), fairs, hubs),
        BriefsRoom(MadeUpBriefs(fairs) if settings.demonstration else Briefs(cards, reservations, fairs), fairs, hubs),
        OwnReservations(reservations, limit, fairs, pages),
        ReservationSheets(reservations, fairs),  # its addresses are words where the next room's are ids
        ReservationDesk(reservations, fairs, pages),
        NoveltyRoom(Novelty(people, fairs)),
        Visits(links, store, hubs, limit, pages),
        MeetingsRoom(
            MadeUpMeetings() if settings.demonstration else SealedMeetings(people),
            links,
            store,
            hubs,
            fairs,
            limit,
            pages,
        ),
        GuideRoom(steward),
        FloorRoom(fairs, pages),
        *protection_rooms(staff, storehouse, places_of(settings), fairs, hubs, pages),
    ]
    operations = [operation for room in rooms for operation in room.operations()]
    api = Api(store, journal, hubs, public, operations)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Mapping[str, object]]:
        pinging = Pings()
        tasks = [
            asyncio.create_task(follower.run(), name="follower"),
            asyncio.create_task(follower.beat(), name="beat"),
            asyncio.create_task(sockets.run(), name="sockets"),
            asyncio.create_task(steward.run(), name="steward"),
            asyncio.create_task(pulse.run(), name="pulse"),
            asyncio.create_task(pinging.run(), name="pings"),
            *((asyncio.create_task(cards.run(), name="cards"),) if not settings.demonstration else ()),
        ]
        for task in tasks:
            task.add_done_callback(_told_if_dead)
        with suppress(TimeoutError):  # without Redis the pages are served all the same, and say 更新停止中
            await asyncio.wait_for(follower.ready.wait(), READY_S)
        settle()
        try:
            async with exposed(figures, settings.metrics, settings.processes):
                yield {STATE: health, pings.STATE: pinging}
        finally:
            await _end(tasks)
            await audit.close()
            await storehouse.close()
            await store.close()
            await journal.close()

    async def live(websocket: WebSocket) -> None:
        await session.serve(websocket, hubs)

    return Starlette(
        routes=[
            *health.routes(),
            gate.socket("/api/fairs/{fair}/live", live, Act.READ_BOARD),
            *api.reads(gate),
            *(operation.route(gate) for operation in operations),
            *api.commands(gate),
            *(route for room in rooms for route in room.pages(gate)),
            *pages.routes(gate),
        ],
        middleware=[
            Middleware(LastAnswers, health),
            Middleware(SecurityHeaders),
            Middleware(KnownHosts, (*settings.names, settings.host)),
            Middleware(Limits, settings, figures.limited),
        ],
        exception_handlers={
            Refusal: refusals.refused,
            HTTPException: refusals.http_error,
            Exception: refusals.internal_error,
        },
        lifespan=lifespan,
    )


def _gate(
    settings: Settings,
    fairs: Mapping[str, Fair],
    pipeline: Pipeline,
    people: PeopleStore,
    audit: Audit,
    sockets: OpenSockets,
) -> Gate:
    if settings.demonstration:
        return Gate(tuple(fairs), None, None, sockets)
    return Gate(tuple(fairs), Identity(pipeline, settings.key_prefix, people, fairs), audit, sockets)


async def _end(tasks: "list[asyncio.Task[None]]") -> None:
    # Once is not enough: `asyncio.wait_for` of Python 3.11, inside redis-py, may swallow a cancellation.
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=CANCEL_AGAIN_S)


def _at_turns_end(flush: object) -> object:
    assert callable(flush)
    return asyncio.get_running_loop().call_soon(flush)


def _told_if_dead(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("the task %s ended; this process shows nothing new", task.get_name(), exc_info=task.exception())
