"""A visit at a real server: the link, what it shows, and that it reaches one party's own places and offers and nothing else."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from opening import OpenPage
from peopled_fair import peopled_fair
from real import RealServer
from running import Refused, RunningServer
from yobidashi.live.board import Board
from yobidashi.live.closing import FULL, UNKNOWN_LINK
from yobidashi.live.wire import Beat, Told, decode_frame, decode_frames, encode_hello
from yobidashi.queue.events import Event
from yobidashi.queue.rows import row_object
from yobidashi.queue.tickets import OfferState, State
from yobidashi.web.visitors.visits import SOCKETS_MAX

NOBODYS: Final = "A" * 22


async def post(server: RunningServer, path: str, **arguments: Any) -> dict[str, Any]:
    """Post to ``path`` below the fair's API address; the answer, or raise `Refused`."""
    body = {"command_id": secrets.token_hex(16), **arguments}
    async with server.http.post(server.api + path, json=body) as response:
        answer: dict[str, Any] = await response.json()
        if response.status != 200:
            raise Refused(response.status, answer)
        return answer


class Visit:
    """A party with its link."""

    def __init__(self, server: RunningServer, event: dict[str, Any], link: dict[str, Any]) -> None:
        self.server = server
        self.party: int = event["parties"][0]["id"]
        self.tickets: list[int] = [ticket["id"] for ticket in event["tickets"]]
        self.token: str = link["token"]
        self.url: str = link["url"]

    async def does(self, act: str, **arguments: Any) -> dict[str, Any]:
        """Do something by the link."""
        return await post(self.server, f"/visits/{self.token}/{act}", **arguments)

    async def asks(self, epoch: int | None = None, offset: int = 0) -> list[Board | Event | Told | Beat]:
        """Ask for the frames since a position."""
        where = f"?epoch={epoch}&offset={offset}" if epoch else ""
        async with self.server.http.get(f"{self.server.api}/visits/{self.token}/board{where}") as response:
            assert response.status == 200, await response.text()
            return decode_frames(await response.read())


async def arrive(server: RunningServer, *queues: str) -> Visit:
    event = await server.command("issue", size=2, queues=list(queues))
    link = await post(server, f"/parties/{event['parties'][0]['id']}/link")
    visit = Visit(server, event, link)
    await shown(server, event["offset"])
    return visit


async def shown(server: RunningServer, offset: int) -> Board:
    """Wait until the server's own board has come so far."""
    while (board := folded(await asked(server)))[0].offset < offset:
        pass
    return board[0]


async def asked(server: RunningServer) -> list[Board | Event | Told | Beat]:
    async with server.socket() as socket:
        await socket.send(encode_hello(None, 0))
        frames: list[Board | Event | Told | Beat] = []
        while not (frames and isinstance(frames[-1], Beat) and frames[-1].epoch):
            message = await socket.recv()
            assert isinstance(message, bytes)
            frames.append(decode_frame(message))
        return frames


def folded(frames: Sequence[Board | Event | Told | Beat], board: Board | None = None) -> tuple[Board, Told | None]:
    """Fold frames as a page does."""
    told = None
    board = board or Board()
    for frame in frames:
        if isinstance(frame, Board):
            board = frame
        elif isinstance(frame, Event) and frame.offset == board.offset + 1:
            board.apply(frame)
        elif isinstance(frame, Told):
            told = frame
    return board, told


async def test_a_party_has_one_link_and_its_page_names_no_number(server: RunningServer, open_page: OpenPage) -> None:
    visit = await arrive(server, "sapporo", "ebetsu")
    again = await post(server, f"/parties/{visit.party}/link")
    assert (again["token"], again["url"]) == (visit.token, f"{server.url}/t/{visit.token}")
    page = await open_page(f"/t/{visit.token}", 390, 844)
    number = (await shown(server, 0)).parties[visit.party].number
    await page.get_by_text(number, exact=True).first.wait_for()
    async with server.http.get(f"{server.url}/t/{visit.token}/qr.svg") as response:
        assert (response.status, response.content_type) == (200, "image/svg+xml")


async def test_there_is_no_link_for_nobody(server: RunningServer) -> None:
    with pytest.raises(Refused) as refused:
        await post(server, "/parties/999/link")
    assert refused.value.code == "unknown_party"


@pytest.mark.parametrize("token", [NOBODYS, "A", "%00", "A" * 500, "../board"])
async def test_a_wrong_token_learns_nothing(server: RunningServer, token: str) -> None:
    visit = await arrive(server, "sapporo")
    for path in (f"/t/{token}", f"/t/{token}/qr.svg", f"/api/fairs/{server.fair}/visits/{token}/board"):
        async with server.http.get(server.url + path) as response:
            assert response.status == 404, path
            assert visit.token not in await response.text()
    acts: dict[str, dict[str, Any]] = {
        "accept-offer": {"offer": 1, "how": "move"},
        "decline-offer": {"offer": 1, "answer": "keep"},
        "give-up": {"ticket": visit.tickets[0]},
        "come-back": {"ticket": visit.tickets[0]},
    }
    for act, arguments in acts.items():
        async with server.http.post(
            f"{server.api}/visits/{token}/{act}", json={"command_id": secrets.token_hex(16), **arguments}
        ) as response:
            assert response.status == 404, act
    assert (await shown(server, 0)).tickets[visit.tickets[0]].state is State.WAITING


async def closed_with(server: RunningServer, token: str) -> int:
    """Open a visit's socket and give the code it is closed with; 0 where it speaks."""
    async with connect(f"{server.api}/visits/{token}/live".replace("http", "ws", 1)) as socket:
        try:
            await socket.send(encode_hello(None, 0))
            await socket.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else -1
        return 0


async def test_the_socket_says_that_a_link_is_unknown(server: RunningServer) -> None:
    visit = await arrive(server, "sapporo")
    assert await closed_with(server, visit.token) == 0
    assert await closed_with(server, NOBODYS) == UNKNOWN_LINK.code


async def test_a_visit_has_so_many_sockets_and_no_more(server: RunningServer) -> None:
    visit = await arrive(server, "sapporo")
    address = f"{server.api}/visits/{visit.token}/live".replace("http", "ws", 1)
    sockets = [await connect(address) for _ in range(SOCKETS_MAX)]
    for socket in sockets:
        await socket.send(encode_hello(None, 0))
        await socket.recv()
    assert await closed_with(server, visit.token) == FULL.code
    await asyncio.gather(*(socket.close() for socket in sockets))
    while await closed_with(server, visit.token):
        pass


async def test_asking_gives_the_board_that_a_socket_gives(server: RunningServer) -> None:
    visit = await arrive(server, "sapporo", "ebetsu")
    board, _ = folded(await visit.asks())
    for queues in (["otaru"], ["chitose"]):
        event = await server.command("issue", size=1, queues=queues)
    await shown(server, event["offset"])
    frames = await visit.asks(board.epoch, board.offset)
    assert not any(isinstance(frame, Board) for frame in frames), "only what it lacks"
    missed, _ = folded(frames, board)
    whole, _ = folded(await visit.asks())
    assert missed == whole == folded(await asked(server))[0]
    ahead = await visit.asks(board.epoch, board.offset + 900)
    assert [type(frame) for frame in ahead if not isinstance(frame, Told)] == [Beat, Beat]


async def test_a_place_is_given_up_once(server: RunningServer) -> None:
    visit = await arrive(server, "sapporo", "ebetsu")
    event = await visit.does("give-up", ticket=visit.tickets[0])
    (ticket,) = event["tickets"]
    assert (event["kind"], ticket["state"], ticket["reason"]) == ("cancelled", "cancelled", "left")
    await shown(server, event["offset"])
    for act in ("give-up", "come-back"):
        with pytest.raises(Refused) as refused:
            await visit.does(act, ticket=visit.tickets[0])
        assert refused.value.code == "wrong_state"


async def test_who_was_absent_comes_back_by_reporting(server: RunningServer) -> None:
    visit = await arrive(server, "sapporo")
    await server.command("call-next", booth=1)
    event = await server.command("absent", booth=1)
    await shown(server, event["offset"])
    back = await visit.does("come-back", ticket=visit.tickets[0])
    assert (back["kind"], back["tickets"][0]["state"]) == ("restored", "waiting")


async def offered(visit: Visit, queue: str) -> int:
    event = await visit.server.command("offer", ticket=visit.tickets[0], queue=queue)
    await shown(visit.server, event["offset"])
    offer: int = event["offers"][0]["id"]
    return offer


async def test_an_offer_is_answered_by_the_party_itself(server: RunningServer) -> None:
    moving, staying = await arrive(server, "sapporo"), await arrive(server, "sapporo")
    moved = await moving.does("accept-offer", offer=await offered(moving, "ebetsu"), how="move")
    kept = await staying.does("decline-offer", offer=await offered(staying, "ebetsu"), answer="keep")
    board = await shown(server, kept["offset"])
    assert moved["offset"] < kept["offset"]
    assert [board.tickets[visit.tickets[0]].queue for visit in (moving, staying)] == ["ebetsu", "sapporo"]
    assert [offer.state for offer in board.offers.values()] == [OfferState.ACCEPTED, OfferState.DECLINED]


async def test_nobody_elses_ticket_or_offer_is_touched(server: RunningServer) -> None:
    victim, stranger = await arrive(server, "sapporo"), await arrive(server, "sapporo")
    offer = await offered(victim, "ebetsu")
    before = await shown(server, 0)
    for act, arguments, code in (
        ("accept-offer", {"offer": offer, "how": "move"}, "unknown_offer"),
        ("accept-offer", {"offer": offer, "how": "add"}, "unknown_offer"),
        ("decline-offer", {"offer": offer, "answer": "keep"}, "unknown_offer"),
        ("give-up", {"ticket": victim.tickets[0]}, "unknown_ticket"),
        ("come-back", {"ticket": victim.tickets[0]}, "unknown_ticket"),
        ("give-up", {"ticket": 999_999}, "unknown_ticket"),
        ("give-up", {"ticket": stranger.tickets[0], "party": victim.party}, "invalid_arguments"),
    ):
        with pytest.raises(Refused) as refused:
            await stranger.does(act, **arguments)
        assert refused.value.code == code, act
    after = await shown(server, 0)
    assert after.rows() == before.rows()
    assert row_object("offers", after.offers[offer])["state"] == "open"


async def test_at_a_real_fair_a_visitor_needs_nothing_but_the_link(redis_url: str, tmp_path: Path) -> None:
    async with peopled_fair(redis_url, tmp_path, "見本 太郎") as fair:
        visitor, token = await fair.server.client(), fair.visit["token"]
        status, text = await visitor.page(f"/t/{token}")
        assert (status, "見本" in text) == (200, False)
        async with visitor.http.get(f"{visitor.api}/visits/{token}/board") as response:
            board, _ = folded(decode_frames(await response.read()))
        party = max(board.parties)
        assert f'"party": {party}' in text
        (ticket,) = board.parties[party].tickets
        event = await visitor.post(f"/visits/{token}/give-up", ticket=ticket)
        assert event["tickets"][0]["reason"] == "left"
        record = json.dumps(await fair.privacy.get("/audit"))
        assert f"party:{party} cancel" in record
        assert token not in record, "whoever reads the record cannot act for the party"


async def test_a_consultant_gives_the_link_to_who_sits_at_the_own_booth(real: RealServer) -> None:
    reception, consultant = await real.as_role("reception"), await real.as_role("consultant", 7)
    with pytest.raises(Refused) as refused:
        await consultant.post("/parties/1/link")
    assert refused.value.code == "other_booth"
    with pytest.raises(Refused) as refused:
        await reception.post("/parties/999999/link")
    assert refused.value.code == "unknown_party"
