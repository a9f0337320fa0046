"""Meeting links of online booths over HTTP: who sets them, who sees them and when, and that they are found nowhere else."""

import json
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from redis import Redis

from online_fair import (
    ANOTHER,
    ANOTHERS_QUEUE,
    ON_SITE,
    ON_SITES_QUEUE,
    ONLINE,
    QUEUE,
    Arrivals,
    checked,
    online_fair,
    open_online,
)
from real import Client, RealServer, real_server
from running import Refused, RunningServer, running_server
from yobidashi.live.wire import encode_hello


@dataclass
class Hall:
    """A real fair with two online booths, and those who work there."""

    server: RealServer
    arrivals: Arrivals
    consultant: Client
    neighbour: Client
    guide: Client
    floor: Client
    visitor: Client

    async def ended(self) -> None:
        """Whoever is at the online booths goes, and both are closed for the next test."""
        for booth in (ONLINE, ANOTHER):
            for command in ("start", "finish", "pause-booth"):
                await refused(self.floor.command(command, booth=booth))
        board = await self.floor.get("/board")
        for ticket in board["tickets"]:
            if ticket["state"] == "waiting":
                await self.floor.command("cancel", ticket=ticket["id"], reason="other")


@pytest_asyncio.fixture(scope="module")
async def opened(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    fair = online_fair(tmp_path_factory.mktemp("online"))
    async with real_server(redis_url=redis_url, fair=fair) as server:
        arrivals = Arrivals(server, redis_url)
        consultant, neighbour = await server.as_role("online", ONLINE), await server.as_role("online", ANOTHER)
        guide, floor = await server.as_role("guide"), await server.as_role("floor")
        yield Hall(server, arrivals, consultant, neighbour, guide, floor, await server.client())
        await arrivals.close()


@pytest_asyncio.fixture
async def hall(opened: Hall) -> AsyncIterator[Hall]:
    yield opened
    await opened.ended()


def new_link() -> str:
    return f"https://meet.example.com/{secrets.token_hex(8)}?pwd={secrets.token_hex(4)}"


async def refused(awaited: Any) -> str:
    """Give the code something is refused with; ``""`` where it was done."""
    try:
        await awaited
    except Refused as refusal:
        return refusal.code
    return ""


async def until_shown(client: Client, event: dict[str, Any]) -> None:
    """Wait until the server's own board has come to an event."""
    while (await client.get("/board"))["offset"] < event["offset"]:
        pass


async def test_an_online_booth_from_its_link_to_its_visitor(hall: Hall) -> None:
    link, booth = new_link(), ONLINE
    assert await refused(hall.consultant.command("open-booth", booth=booth)) == "meeting_unchecked"
    assert await refused(hall.consultant.get(f"/booths/{booth}/meeting")) == "meeting_missing"
    party = await hall.arrivals.party(QUEUE)
    own = f"/visits/{party['token']}/meeting"
    assert await refused(hall.visitor.get(own)) == "no_meeting"
    event = await hall.consultant.post(f"/booths/{booth}/meeting", link=f"  {link}\n")
    assert link not in json.dumps(event)
    row = event["booths"][0]
    await until_shown(hall.consultant, event)
    told = await hall.consultant.get(f"/booths/{booth}/meeting")
    assert told == {"link": link, "booth": booth, "meeting": row["meeting"], "checked_at": None}
    await hall.consultant.command("check-meeting", booth=booth, meeting=told["meeting"])
    opened = await hall.consultant.command("open-booth", booth=booth)
    await until_shown(hall.consultant, opened)
    assert await refused(hall.visitor.get(own)) == "no_meeting"  # it waits
    called = await hall.consultant.command("call-next", booth=booth)
    await until_shown(hall.consultant, called)
    assert (await hall.visitor.get(own))["link"] == link
    started = await hall.consultant.command("start", booth=booth)
    await until_shown(hall.consultant, started)
    assert (await hall.visitor.get(own))["link"] == link
    finished = await hall.consultant.command("finish", booth=booth)
    await until_shown(hall.consultant, finished)
    assert await refused(hall.visitor.get(own)) == "no_meeting"  # it is over


async def test_a_party_gets_the_link_of_its_own_booth_and_of_no_other(hall: Hall) -> None:
    mine, others = new_link(), new_link()
    await open_online(hall.consultant, ONLINE, mine)
    await open_online(hall.neighbour, ANOTHER, others)
    first, second = await hall.arrivals.party(QUEUE), await hall.arrivals.party(ANOTHERS_QUEUE)
    third, waiting = await hall.arrivals.party(ON_SITES_QUEUE), await hall.arrivals.party(QUEUE)
    await hall.consultant.command("call-next", booth=ONLINE)
    await hall.neighbour.command("call-next", booth=ANOTHER)
    await until_shown(hall.floor, await hall.floor.command("call-next", booth=ON_SITE))
    assert (await hall.visitor.get(f"/visits/{first['token']}/meeting"))["link"] == mine
    assert (await hall.visitor.get(f"/visits/{second['token']}/meeting"))["link"] == others
    for party in (third, waiting):
        assert await refused(hall.visitor.get(f"/visits/{party['token']}/meeting")) == "no_meeting"
    assert await refused(hall.visitor.get(f"/visits/{'x' * 22}/meeting")) == "unknown_link"
    for command in ("start", "finish"):
        await hall.floor.command(command, booth=ON_SITE)


async def test_who_sets_and_who_sees_it(hall: Hall) -> None:
    path, link = f"/booths/{ONLINE}/meeting", new_link()
    event = await hall.floor.post(path, link=link)
    await until_shown(hall.floor, event)
    for client in (hall.consultant, hall.floor, hall.guide, hall.server.chief):
        assert (await client.get(path))["link"] == link
    assert await refused(hall.neighbour.get(path)) == "other_booth"
    assert await refused(hall.neighbour.post(path, link=link)) == "other_booth"
    assert await refused(hall.guide.post(path, link=link)) == "not_allowed"
    assert await refused(hall.guide.command("check-meeting", booth=ONLINE, meeting=event["offset"])) == "not_allowed"
    for role in ("reception", "privacy", "auditor"):
        client = await hall.server.as_role(role)
        assert await refused(client.get(path)) == await refused(client.post(path, link=link)) == "not_allowed"
    on_site = await hall.server.as_role("consultant", ONLINE)
    assert await refused(on_site.get(path)) == "not_allowed"
    assert await refused(hall.visitor.get(path)) == await refused(hall.visitor.post(path, link=link)) == "not_signed_in"
    assert await refused(hall.floor.get(f"/booths/{ON_SITE}/meeting")) == "not_online"
    assert await refused(hall.floor.post(f"/booths/{ON_SITE}/meeting", link=link)) == "not_online"
    assert await refused(hall.floor.get("/booths/999/meeting")) == "unknown_booth"


@pytest.mark.parametrize(
    "link",
    [
        *(
            "",
            "   ",
            "http://meet.example.com/a",
            "javascript:alert(1)",
            "meet.example.com/a",
            "ftp://meet.example.com/a",
        ),
        *("https://", "https://localhost/a", "https://meet/a", "https://someone@meet.example.com/a", "https://[x/a"),
        *("https://u:p@meet.example.com/a", "https://meet.example.com:port/a", "//meet.example.com/a"),
        *("https://meet.example.com/a b", "https://会議.example.com/a", "https://meet.example.com/a\nb"),
        f"https://meet.example.com/{'a' * 500}",
    ],
)
async def test_what_is_no_meeting_link_is_not_taken_and_not_repeated(hall: Hall, link: str) -> None:
    before = (await hall.floor.get("/board"))["offset"]
    with pytest.raises(Refused) as refusal:
        await hall.consultant.post(f"/booths/{ONLINE}/meeting", link=link)
    assert (refusal.value.code, refusal.value.status) == ("invalid_link", 422)
    assert "—" not in refusal.value.answer["ja"] + refusal.value.answer["en"]
    assert not link.strip() or link.strip() not in json.dumps(refusal.value.answer, ensure_ascii=False)
    assert (await hall.floor.get("/board"))["offset"] == before


async def test_a_body_that_is_no_command_is_not_repeated_either(hall: Hall) -> None:
    secret = secrets.token_hex(8)
    for body in ({"link": [secret]}, {"link": secret, "more": secret}, {"link": secret * 200}):
        with pytest.raises(Refused) as refusal:
            await hall.consultant.post(f"/booths/{ONLINE}/meeting", **body)
        assert secret not in json.dumps(refusal.value.answer)


async def test_the_tablet_at_the_booth_and_the_helpers_page(hall: Hall) -> None:
    link = new_link()
    await until_shown(hall.floor, await hall.consultant.post(f"/booths/{ONLINE}/meeting", link=link))
    for path in (f"/booths/{ONLINE}/meeting", "/assist"):
        status, text = await hall.guide.page(path)
        assert (status, link in text) == (200, False)
        assert (await (await hall.server.as_role("reception")).page(path))[0] == 403
    assert (await hall.guide.page(f"/booths/{ON_SITE}/meeting"))[0] == 409
    asked = await hall.consultant.command("ask-helper", booth=ONLINE)
    assert asked["booths"][0]["helper_at"] is not None
    assert await refused(hall.neighbour.command("helper-came", booth=ONLINE)) == "other_booth"
    came = await hall.guide.command("helper-came", booth=ONLINE)
    assert came["booths"][0]["helper_at"] is None


async def test_each_look_is_on_record(hall: Hall) -> None:
    await checked(hall.consultant, ONLINE, new_link())
    await hall.consultant.get(f"/booths/{ONLINE}/meeting")
    await hall.guide.get(f"/booths/{ONLINE}/meeting")
    privacy = await hall.server.as_role("privacy")
    entries = (await privacy.get("/audit?act=read-meeting"))["entries"]
    assert {entry["who"] for entry in entries} >= {hall.consultant.id, hall.guide.id}
    looks = [entry for entry in entries if not entry["why"].startswith("refused")]
    assert {tuple(entry["records"]) for entry in looks} == {(f"meeting:{ONLINE}",)}
    assert (await privacy.get("/audit?act=set-meeting"))["entries"]


async def test_a_link_is_found_nowhere_but_sealed(hall: Hall, redis_url: str) -> None:
    """Set, changed, refused, opened, called to, read by everybody: then every byte is searched for it."""
    links = [new_link(), new_link()]
    for link in links:
        await checked(hall.consultant, ONLINE, link)
    await refused(hall.consultant.post(f"/booths/{ONLINE}/meeting", link=links[0].replace("https", "http")))
    await hall.consultant.command("open-booth", booth=ONLINE)
    party = await hall.arrivals.party(QUEUE)
    await until_shown(hall.floor, await hall.consultant.command("call-next", booth=ONLINE))
    assert (await hall.visitor.get(f"/visits/{party['token']}/meeting"))["link"] == links[1]
    frames = await heard(hall.floor)
    told = [await hall.floor.get(path) for path in ("/board", "/journal?limit=1000", "/counts", "/guide")]
    seen = [
        *(json.dumps(answer).encode() for answer in told),
        json.dumps(await (await hall.server.as_role("privacy")).get("/audit")).encode(),
        (await hall.visitor.page(f"/t/{party['token']}"))[1].encode(),
        hall.server.serving.said.encode(),
        bytes(hall.server.serving.said_since),
        frames,
        *(path.read_bytes() for path in hall.server.keys.rglob("*") if path.is_file()),
    ]
    with Redis.from_url(redis_url) as redis:
        keys: list[bytes] = list(redis.scan_iter(match=f"{hall.server.prefix}*", count=1_000))
        assert keys
        seen += [bytes(redis.dump(key) or b"") for key in keys] + keys
        plain: list[Any] = [redis.hgetall(key) for key in keys if redis.type(key) == b"hash"]
        seen += [part for values in plain for pair in values.items() for part in pair]
        streams: list[Any] = [redis.xrange(key) for key in keys if redis.type(key) == b"stream"]
        seen += [repr(entries).encode() for entries in streams]
        seen += [bytes(redis.get(key) or b"") for key in keys if redis.type(key) == b"string"]
    for link in links:
        for word in (
            link.encode(),
            link.rpartition("/")[2].partition("?")[0].encode(),
            link.rpartition("=")[2].encode(),
        ):
            assert not [found for found in seen if word in found]


async def heard(client: Client) -> bytes:
    """Give what a page hears first: the whole board."""
    async with client.socket() as socket:
        await socket.send(encode_hello(None, 0))
        frames = [await socket.recv() for _ in range(2)]
    return b"".join(frame if isinstance(frame, bytes) else frame.encode() for frame in frames)


async def test_a_retry_sets_it_once(hall: Hall) -> None:
    same, link = secrets.token_hex(16), new_link()
    first, again = [
        await hall.consultant.post(f"/booths/{ONLINE}/meeting", link=link, command_id=same) for _ in range(2)
    ]
    assert first == again
    await until_shown(hall.floor, first)
    assert (await hall.consultant.get(f"/booths/{ONLINE}/meeting"))["meeting"] == first["offset"]


@pytest_asyncio.fixture(scope="module")
async def practice(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningServer]:
    """A demonstration with online booths."""
    fair = online_fair(tmp_path_factory.mktemp("practice"))
    async with running_server(str(fair), redis_url=redis_url, prefix=f"t{secrets.token_hex(6)}") as server:
        yield server


async def test_a_demonstration_keeps_no_link_and_makes_one_up(practice: RunningServer, redis_url: str) -> None:
    typed = new_link()
    body = {"command_id": secrets.token_hex(16), "link": typed}
    async with practice.http.post(f"{practice.api}/booths/{ONLINE}/meeting", json=body) as response:
        event = await response.json()
    assert event["kind"] == "meeting_set"
    while (await practice.get("/board"))["offset"] < event["offset"]:
        pass
    told = await practice.get(f"/booths/{ONLINE}/meeting")
    assert told["link"] == f"https://example.com/{practice.fair}/booth-{ONLINE}"
    await practice.command("check-meeting", booth=ONLINE, meeting=told["meeting"])
    await practice.command("open-booth", booth=ONLINE)
    with Redis.from_url(redis_url) as redis:
        for key in redis.scan_iter(match=f"{practice.prefix}*"):
            assert typed.encode() not in bytes(redis.dump(key) or b"")
