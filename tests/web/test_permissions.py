"""Who may do what, asked of the real server: every role at every route, every command and the websocket.

The server's answers are compared with the one table (`staff/permissions.py`), and the table's lines that protect people with
what is written down here, so that whoever changes one of them changes two places, and is seen to.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from every_route import OPEN_TO_ALL, Address, addresses, mounts, without_act
from real import Client, RealServer
from running import RunningServer
from yobidashi.live.closing import NOT_ALLOWED, NOT_SIGNED_IN
from yobidashi.live.wire import encode_hello
from yobidashi.queue.commands import COMMANDS
from yobidashi.staff.permissions import DEMONSTRATION_MAY, PUBLIC_MAY, SCREEN_MAY, STAFF_MAY, Act
from yobidashi.staff.roles import OF_A_BOOTH, Role

BOOTH: Final = 7
AT_ONCE: Final = 16
"""Requests in flight, so that all addresses of a role take about a second."""

REFUSALS: Final = {"not_signed_in", "not_allowed", "demonstration_keeps_nobody"}


API: Final = "/api/fairs/{fair}"

EVERYBODYS: Final = {
    # what is public anyway
    *("GET /api/openapi.json", "GET /api/fairs", f"GET {API}", f"GET {API}/slots"),
    # coming in, by a secret that is shown
    *("GET /set-up", "GET /enrol", "GET /sign-in", f"GET {API}/me", f"POST {API}/set-up", f"POST {API}/enrol"),
    *(f"POST {API}/sign-in", f"POST {API}/sign-in/badge", f"POST {API}/sign-in/first"),
    # the empty forms, and what is sent with them
    *("GET /card", "GET /card.svg", "GET /card/poster", "GET /reserve"),
    *(f"POST {API}/own-cards", f"POST {API}/own-reservations"),
    # a visitor's own, by the token in the private link
    *("GET /c/{token}", "GET /c/{token}/qr.svg", "GET /r/{token}", "GET /r/{token}/qr.svg"),
    *(f"GET {API}/own-cards/{{token}}", f"POST {API}/own-cards/{{token}}/withdraw"),
    *(f"GET {API}/own-reservations/{{token}}", f"POST {API}/own-reservations/{{token}}/change"),
    *(f"POST {API}/own-reservations/{{token}}/cancel", f"POST {API}/own-reservations/{{token}}/withdraw"),
    *("GET /t/{token}", "GET /t/{token}/qr.svg", f"GET {API}/visits/{{token}}/board"),
    *(f"POST {API}/visits/{{token}}/accept-offer", f"POST {API}/visits/{{token}}/decline-offer"),
    *(f"POST {API}/visits/{{token}}/give-up", f"POST {API}/visits/{{token}}/come-back"),
    # answered while the party of that token is called to an online booth or talks there, and to nobody else
    f"GET {API}/visits/{{token}}/meeting",
}
"""Every route that is answered to somebody who is not signed in."""


async def asked(client: Client | RunningServer, address: Address) -> str:
    """Ask for an address with an empty command, which nothing acts on; give how the gate turned it away, or ``""``."""
    headers = client.headers if isinstance(client, Client) else {}
    request = client.http.request(
        address.method,
        client.url + address.path,
        headers=headers,
        json={} if address.method == "POST" else None,
        allow_redirects=False,
    )
    async with request as response:
        if response.status == 303:
            return "sign-in" if response.headers["Location"].endswith("/sign-in") else ""
        if response.status not in (401, 403):
            return ""
        said = await response.text()
        return next((code for code in REFUSALS if code in said), "")


async def asked_all(client: Client | RunningServer) -> dict[Address, str]:
    """Ask for every address; give how each was answered."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(address: Address) -> str:
        async with turns:
            return await asked(client, address)

    every = addresses(client.fair, BOOTH)
    return dict(zip(every, await asyncio.gather(*map(one, every)), strict=True))


def differing(answers: dict[Address, str], may: Callable[[Act], bool], refusal: str, page: str) -> list[str]:
    """Give every address whose answer is not the table's."""

    def wanted(address: Address) -> str:
        if may(address.act):
            return ""
        return page if address.is_page and address.method == "GET" else refusal

    return [f"{a}: {got or 'let in'}, not {wanted(a) or 'let in'}" for a, got in answers.items() if got != wanted(a)]


async def heard(opening: Any) -> int:
    """Say hello on a websocket; give the code it was closed with, 0 where it spoke."""
    async with opening as socket:
        assert isinstance(socket, ClientConnection)
        try:
            await socket.send(encode_hello(None, 0))
            await socket.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else -1
        return 0


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_does_what_the_table_says_and_nothing_else(real: RealServer, role: Role) -> None:
    client = await real.as_role(role, BOOTH if role in OF_A_BOOTH else None)
    answers = await asked_all(client)
    assert differing(answers, STAFF_MAY[role].__contains__, "not_allowed", "not_allowed") == []
    assert await heard(client.socket()) == (0 if Act.READ_BOARD in STAFF_MAY[role] else NOT_ALLOWED.code)


async def test_a_screen_shows_and_does_nothing(real: RealServer) -> None:
    client = await real.device("screen", "画面")
    assert differing(await asked_all(client), SCREEN_MAY.__contains__, "not_allowed", "not_allowed") == []
    assert await heard(client.socket()) == 0


async def test_an_enrolled_device_where_nobody_is_signed_in_is_the_public(real: RealServer) -> None:
    client = await real.device()
    assert differing(await asked_all(client), PUBLIC_MAY.__contains__, "not_signed_in", "sign-in") == []
    assert await heard(client.socket()) == NOT_SIGNED_IN.code


async def test_the_public_reaches_its_own_pages_alone(real: RealServer) -> None:
    client = await real.client()
    assert differing(await asked_all(client), PUBLIC_MAY.__contains__, "not_signed_in", "sign-in") == []
    assert await heard(client.socket()) == NOT_SIGNED_IN.code


async def test_a_demonstration_keeps_nobodys_data(server: RunningServer) -> None:
    no = "demonstration_keeps_nobody"
    assert differing(await asked_all(server), DEMONSTRATION_MAY.__contains__, no, no) == []
    assert await heard(server.socket()) == 0


async def test_several_roles_may_what_each_may(real: RealServer) -> None:
    client = await real.sign_in("guide", "auditor")
    both = STAFF_MAY[Role.GUIDE] | STAFF_MAY[Role.AUDITOR]
    assert differing(await asked_all(client), both.__contains__, "not_allowed", "not_allowed") == []


def test_every_route_has_its_line_in_the_table() -> None:
    assert set(without_act()) == OPEN_TO_ALL


def test_the_routes_that_everybody_may_ask_for_are_these() -> None:
    """A new one is written down here, after a thought about what it tells."""
    open_routes = {str(a) for a in addresses("sapporo-2026", BOOTH) if a.act in PUBLIC_MAY}
    below_slug = {name for name in open_routes if " /fairs/{fair}" in name}
    assert {name.replace("/fairs/{fair}", "") for name in below_slug} <= open_routes, "each also stands at the root"
    assert open_routes - below_slug == EVERYBODYS


def test_what_is_served_without_a_look_is_the_same_for_everybody() -> None:
    assert {mount.path for mount in mounts()} == {
        f"/static/{{edition}}/{folder}" for folder in ("client", "displays", "handhelds", "vendor")
    }


CHIEF, FLOOR, RECEPTION, GUIDE, CONSULTANT, ONLINE, PRIVACY, AUDITOR = Role
AT_BOOTHS: Final = {CHIEF, FLOOR, CONSULTANT, ONLINE}

WRITTEN: Final[dict[Act, set[Role]]] = {
    Act.READ_STAFF: {CHIEF, FLOOR},
    Act.WRITE_STAFF: {CHIEF},
    Act.PRINT_BADGES: {CHIEF},
    Act.REVOKE_STAFF: {CHIEF, FLOOR},
    Act.READ_DEVICES: {CHIEF, FLOOR},
    Act.INVITE_DEVICE: {CHIEF, FLOOR},
    Act.REVOKE_DEVICE: {CHIEF, FLOOR},
    Act.OPEN_FLOOR: {CHIEF, FLOOR},
    Act.LINK_PARTY: {*AT_BOOTHS, RECEPTION},
    Act.SET_MEETING: {CHIEF, FLOOR, ONLINE},
    Act.READ_MEETING: {CHIEF, FLOOR, GUIDE, ONLINE},
    Act.CHECK_MEETING: {CHIEF, FLOOR, ONLINE},
    Act.ASK_HELPER: {*AT_BOOTHS, GUIDE},
    Act.HELPER_CAME: {*AT_BOOTHS, GUIDE},
    Act.SEARCH_PEOPLE: {CHIEF, RECEPTION, PRIVACY},
    Act.READ_RESERVATION: {CHIEF, RECEPTION, PRIVACY},
    Act.WRITE_RESERVATION: {CHIEF, RECEPTION},
    Act.IMPORT_RESERVATIONS: {CHIEF},
    Act.EXPORT_RESERVATIONS: {PRIVACY},
    Act.READ_CARD: {CHIEF, RECEPTION, PRIVACY},
    Act.WRITE_CARD: {CHIEF, RECEPTION},
    Act.WITHDRAW_CONSENT: {CHIEF, RECEPTION, PRIVACY},
    Act.HAND_NOVELTY: {CHIEF, RECEPTION},
    Act.READ_BRIEF: {CONSULTANT, ONLINE},
    Act.READ_AUDIT: {CHIEF, PRIVACY, AUDITOR},
    Act.REQUEST_EXPORT: {PRIVACY},
    Act.APPROVE_EXPORT: {CHIEF, PRIVACY},
    Act.INVESTIGATE: {CHIEF, PRIVACY},
    Act.FREEZE_EXPORTS: {CHIEF, FLOOR, PRIVACY},
    Act.REQUEST_DISPOSAL: {PRIVACY},
    Act.APPROVE_DISPOSAL: {CHIEF, PRIVACY},
    Act.ROTATE_KEY: {PRIVACY},
    Act.ISSUE: {CHIEF, FLOOR, RECEPTION, CONSULTANT, ONLINE},
    Act.CALL_NEXT: AT_BOOTHS,
    Act.CALL: AT_BOOTHS,
    Act.CANCEL: {CHIEF, FLOOR, RECEPTION},
    Act.ASSIGN_BOOTH: {CHIEF, FLOOR},
    Act.STOP_ISSUING: {CHIEF, FLOOR},
    Act.CLOSE_DAY: {CHIEF, FLOOR},
    **{act: {CHIEF, FLOOR, RECEPTION, GUIDE} for act in (Act.OFFER, Act.ACCEPT_OFFER, Act.DECLINE_OFFER)},
    **{act: {CHIEF, FLOOR} for act in (Act.ANNOUNCE, Act.END_NOTICE, Act.CORRECT_TICKET, Act.CORRECT_PARTY)},
    Act.DROP_IN: AT_BOOTHS,
    Act.SET_CLOCK: set(),
    Act.RESET: set(),
}
"""The lines that protect people and the day, as FAIR asks: each role, written out."""

VISITORS_MAY: Final = {
    *(Act.READ_FAIR, Act.SIGN_IN, Act.ENROL, Act.SET_UP, Act.RESERVE, Act.OWN_RESERVATION, Act.OWN_CARD),
    Act.OWN_VISIT,
}


@pytest.mark.parametrize("act", WRITTEN, ids=str)
def test_a_line_of_the_table_is_as_it_was_agreed(act: Act) -> None:
    assert {role for role in Role if act in STAFF_MAY[role]} == WRITTEN[act]


def test_whoever_is_nobody_in_particular_may_what_was_agreed() -> None:
    assert PUBLIC_MAY == VISITORS_MAY
    assert VISITORS_MAY | {Act.READ_BOARD, Act.OPEN_SCREEN} == SCREEN_MAY
    wall = {Act.READ_FAIR, Act.READ_BOARD, Act.READ_COUNTS}
    rooms = {Act.OPEN_START, Act.OPEN_SCREEN, Act.OPEN_RECEPTION, Act.OPEN_BOOTH_PAGE, Act.OPEN_FLOOR, Act.READ_BRIEF}
    visits = {Act.LINK_PARTY, Act.OWN_VISIT, Act.SET_MEETING, Act.READ_MEETING}
    assert set(map(Act, COMMANDS)) | wall | rooms | visits == DEMONSTRATION_MAY


def test_an_auditor_changes_nothing() -> None:
    assert {Act.READ_AUDIT, Act.SIGN_OUT} == STAFF_MAY[AUDITOR] - VISITORS_MAY - {
        *(Act.OPEN_START, Act.READ_BOARD, Act.READ_COUNTS, Act.OPEN_SCREEN),
    }


def test_the_table_has_no_act_that_nobody_may() -> None:
    somebody = frozenset().union(*STAFF_MAY.values(), DEMONSTRATION_MAY, PUBLIC_MAY, SCREEN_MAY)
    assert set(Act) == somebody
