"""A consultant reaches the own booth, its queue and who is there, and nothing beyond (FAIR, personal data)."""

import re
import secrets
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio

from every_route import routes
from real import Client, RealServer, real_server
from running import Refused
from yobidashi.queue import masters
from yobidashi.queue.commands import COMMANDS
from yobidashi.queue.commands.command import AtBooth, OnTicket
from yobidashi.queue.commands.tickets import Call, CallNext
from yobidashi.queue.pipeline import Pipeline
from yobidashi.queue.store import Store
from yobidashi.staff.permissions import STAFF_MAY, Act
from yobidashi.staff.roles import Role

OWN, OTHER = 7, 8
QUEUE: Final = {OWN: "kitahiroshima", OTHER: "ishikari"}

AT_A_BOOTH: Final = sorted(
    name
    for name, kind in COMMANDS.items()
    if issubclass(kind, AtBooth | Call | CallNext) and Act(name) in STAFF_MAY[Role.CONSULTANT]
)
ON_A_TICKET: Final = sorted(
    name for name, kind in COMMANDS.items() if issubclass(kind, OnTicket) and Act(name) in STAFF_MAY[Role.CONSULTANT]
)
MORE: Final[dict[str, dict[str, Any]]] = {
    "call": {"number": "1"},
    "transfer": {"queue": "otaru"},
    "drop-in": {"size": 1},
}
"""What these commands need beside the booth or the ticket."""


class Hall:
    """A fair with somebody at both booths."""

    def __init__(self, server: RealServer, store: Store) -> None:
        self.server = server
        self._store = store
        self.consultant: Client
        self.neighbour: Client
        self.reception: Client

    async def issued(self, queue: str) -> dict[str, Any]:
        """Issue a ticket to a party that has its card; gives the ticket."""
        card = secrets.token_urlsafe(16)
        await self._store.enter_card(self.server.fair, card, 1, 0, None)
        event = await self.reception.command("issue", card=card, queues=[queue])
        ticket: dict[str, Any] = event["tickets"][0]
        return ticket


@pytest_asyncio.fixture(scope="module")
async def hall(redis_url: str) -> AsyncIterator[Hall]:
    """A real server with consultants at both booths, and a reception."""
    async with real_server(redis_url=redis_url) as server:
        store = Store(Pipeline(masters.connect(redis_url)), server.prefix)
        hall = Hall(server, store)
        hall.consultant = await server.as_role("consultant", OWN)
        hall.neighbour = await server.as_role("consultant", OTHER)
        hall.reception = await server.as_role("reception")
        yield hall
        await store.close()


async def refused(client: Client, command: str, **arguments: Any) -> str:
    """Give the code a command is refused with; ``""`` where it was done."""
    try:
        await client.command(command, **arguments)
    except Refused as refusal:
        return refusal.code
    return ""


async def clear(client: Client, booth: int) -> None:
    """Whoever is at the booth goes."""
    await refused(client, "start", booth=booth)
    await refused(client, "finish", booth=booth)


async def talk(client: Client, booth: int) -> dict[str, Any]:
    """Call the next party; gives the event."""
    await clear(client, booth)
    return await client.command("call-next", booth=booth)


def test_the_commands_tried_here_are_all_that_a_consultant_has() -> None:
    tried = {*AT_A_BOOTH, *ON_A_TICKET, "issue", "undo"}
    assert tried == {act for act in STAFF_MAY[Role.CONSULTANT] if act in COMMANDS}
    assert tried | {"check-meeting"} == {act for act in STAFF_MAY[Role.ONLINE] if act in COMMANDS}


@pytest.mark.parametrize("command", AT_A_BOOTH)
async def test_no_command_reaches_another_booth(hall: Hall, command: str) -> None:
    before = await hall.neighbour.get("/board")
    assert await refused(hall.consultant, command, booth=OTHER, **MORE.get(command, {})) == "other_booth"
    assert (await hall.neighbour.get("/board"))["offset"] == before["offset"]
    assert await refused(hall.consultant, command, booth=OWN, **MORE.get(command, {})) != "other_booth"
    await refused(hall.consultant, "open-booth", booth=OWN)


@pytest.mark.parametrize("command", ON_A_TICKET)
async def test_no_command_reaches_a_ticket_of_another_queue(hall: Hall, command: str) -> None:
    theirs, own = await hall.issued(QUEUE[OTHER]), await hall.issued(QUEUE[OWN])
    more = MORE.get(command, {})
    assert await refused(hall.consultant, command, ticket=theirs["id"], **more) == "other_booth"
    assert await refused(hall.consultant, command, ticket=own["id"], **more) != "other_booth"


async def test_tickets_are_issued_to_whoever_is_at_the_own_booth_alone(hall: Hall) -> None:
    await hall.issued(QUEUE[OTHER])
    await hall.issued(QUEUE[OWN])
    theirs = (await talk(hall.neighbour, OTHER))["tickets"][0]["party"]
    own = (await talk(hall.consultant, OWN))["tickets"][0]["party"]
    assert await refused(hall.consultant, "issue", party=theirs, queues=["chitose"]) == "other_booth"
    assert await refused(hall.consultant, "issue", size=1, queues=["chitose"]) == "other_booth"
    assert await refused(hall.consultant, "issue", party=own, queues=["chitose"]) == ""


async def test_what_another_booth_did_is_not_taken_back(hall: Hall) -> None:
    await hall.issued(QUEUE[OTHER])
    await hall.issued(QUEUE[OWN])
    theirs = await talk(hall.neighbour, OTHER)
    assert await refused(hall.consultant, "undo", offset=theirs["offset"]) == "other_booth"
    assert await refused(hall.neighbour, "undo", offset=theirs["offset"]) == ""
    own = await talk(hall.consultant, OWN)
    assert await refused(hall.consultant, "undo", offset=own["offset"]) == ""


async def test_every_address_of_another_booth_is_closed(hall: Hall) -> None:
    """Its page and its briefs, whatever else such an address may bring."""
    paths = [str(getattr(route, "path", "")) for route in routes()]
    # A meeting is an online consultant's alone: tests/web/test_meetings_api.py asks for a neighbour's.
    named = [path for path in paths if "{booth" in path and not path.endswith("/meeting")]
    assert named
    for path in named:
        for booth, closed in ((OTHER, True), (OWN, False)):
            filled = re.sub(r"{booth[^}]*}", str(booth), path.replace("{fair}", hall.server.fair))
            filled = re.sub(r"{\w+:int}", "999", filled)
            status, said = await hall.consultant.page(re.sub(r"{\w+}", "A" * 22, filled))
            assert (status == 403 and "other_booth" in said) == closed, path


async def test_a_floor_manager_who_helps_out_at_a_booth_reaches_all(hall: Hall) -> None:
    both = await hall.server.sign_in("floor", "consultant", booth=OWN)
    await clear(hall.neighbour, OTHER)
    assert await refused(both, "pause-booth", booth=OTHER) == ""
    assert await refused(both, "open-booth", booth=OTHER) == ""


async def test_a_consultant_who_is_moved_reaches_the_new_booth_alone(hall: Hall) -> None:
    client = await hall.server.sign_in("consultant", booth=OWN)
    moved: dict[str, Any] = {"roles": ["consultant"], "booth": OTHER, "first": "2020-01-01", "last": "2099-12-31"}
    await hall.server.chief.post(f"/staff/{client.id}/change", person="見本 太郎", **moved)
    assert (await client.page(f"/booths/{OTHER}"))[0] == 200
    assert (await client.page(f"/booths/{OWN}"))[0] == 403
    assert await refused(client, "pause-booth", booth=OWN) == "other_booth"
