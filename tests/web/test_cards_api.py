"""The desk over HTTP on a real server: own entry, check-in, brief; each by who may, each on record, nothing by anybody else."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from redis import Redis

from card_samples import written
from future_fair import future_fair
from real import Client, RealServer, real_server
from reservation_samples import reserved, visitor
from running import Refused
from yobidashi.fair import Fair, load_fair
from yobidashi.people.auditing.audit import Entry
from yobidashi.people.form.answers import Wish
from yobidashi.people.keyring import Keyring
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.reservations.reservation import Reservation
from yobidashi.people.reservations.reservations import Reservations
from yobidashi.people.store import PeopleStore
from yobidashi.queue import masters
from yobidashi.queue.pipeline import Pipeline

BOOTH, QUEUE = 1, "sapporo"


class Desk:
    """A real server of a fair that is to come, and who works there."""

    def __init__(self, server: RealServer, fair: Fair, pipeline: Pipeline, redis: Redis) -> None:
        self.server = server
        self.fair = fair
        self.redis = redis
        people = PeopleStore(pipeline, server.prefix, Keyring(server.keys))
        self._reservations = Reservations(people, {fair.slug: fair})
        self.visitor: Client
        self.reception: Client
        self.consultant: Client

    async def book(self, **answers: Any) -> Reservation:
        """Book a place at the booth's queue as a visitor does."""
        form = reserved(self.fair, Wish(QUEUE, self.fair.slots(QUEUE)[0]), **answers)
        return await self._reservations.book(self.fair.slug, form, command_id=secrets.token_hex(16), author=visitor())

    async def token(self, booked: Reservation) -> str:
        return await self._reservations.token(self.fair.slug, booked.id)

    def entries(self) -> list[Entry]:
        """What stands in the audit record."""
        stream: Any = self.redis.xrange(PeopleKeys(self.server.prefix, self.fair.slug).named("audit"))
        return [Entry.from_json(fields[b"entry"].decode()) for _, fields in stream]

    async def shown(self, offset: int) -> None:
        """Wait until the server's own board has an event."""
        async with asyncio.timeout(10):
            while (await self.reception.get("/board"))["offset"] < offset:
                pass

    async def issued(self, card: str) -> dict[str, Any]:
        """Issue a number; gives the ticket."""
        event = await self.reception.command("issue", card=card, queues=[QUEUE])
        await self.shown(event["offset"])
        ticket: dict[str, Any] = event["tickets"][0]
        return ticket


@pytest_asyncio.fixture(scope="module")
async def desk(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    path: Path = future_fair(tmp_path_factory.mktemp("fair"), sapporo=50)
    pipeline = Pipeline(masters.connect(redis_url))
    with Redis.from_url(redis_url) as redis:
        async with real_server(redis_url=redis_url, fair=path) as server:
            desk = Desk(server, load_fair(path), pipeline, redis)
            desk.visitor = await server.client()
            desk.reception = await server.as_role("reception")
            desk.consultant = await server.as_role("consultant", booth=BOOTH)
            yield desk
    await pipeline.close()


async def test_a_visitor_fills_in_a_card_and_withdraws_a_consent(desk: Desk) -> None:
    own = await desk.visitor.post("/own-cards", source="phone", **written())
    assert [(each["consent"], each["given"]) for each in own["consents"]] == [("city", True), ("furusato", False)]
    status, page = await desk.visitor.page(f"/c/{own['token']}")
    assert status == 200
    assert "見本" not in page
    again = await desk.visitor.post(f"/own-cards/{own['token']}/withdraw", consent="city")
    assert [each["given"] for each in again["consents"]] == [False, False]
    assert await desk.visitor.get(f"/own-cards/{own['token']}") == again
    assert "見本" not in repr(again)
    assert {entry.who for entry in desk.entries() if entry.act == "own-card"} == {"visitor"}


async def test_a_card_with_faults_is_told_all_of_them(desk: Desk) -> None:
    with pytest.raises(Refused) as caught:
        await desk.visitor.post("/own-cards", **written(name=None, consents={}, adults=0, children=0))
    assert (caught.value.status, caught.value.code) == (422, "invalid_answers")
    fields = {fault["field"] for fault in caught.value.answer["detail"]["faults"]}
    assert fields == {"party", "answers.name", "consents.city", "consents.furusato"}


@pytest.mark.parametrize("token", ["A" * 22, "x", "A" * 200])
async def test_nobody_opens_a_card_by_guessing(desk: Desk, token: str) -> None:
    with pytest.raises(Refused) as read:
        await desk.visitor.get(f"/own-cards/{token}")
    with pytest.raises(Refused) as withdrawn:
        await desk.visitor.post(f"/own-cards/{token}/withdraw", consent="city")
    assert (read.value.code, withdrawn.value.code) == ("unknown_link", "unknown_link")


async def test_the_reception_finds_the_card_and_issues(desk: Desk) -> None:
    own = await desk.visitor.post("/own-cards", **written(name="見本 四郎", kana="みほん しろう"))
    (found,) = (await desk.reception.post("/arrivals/find", text=f"{desk.server.url}/c/{own['token']}"))["found"]
    assert (found["name"], found["reservation"], found["party"]) == ("見本 四郎", None, None)
    card = await desk.reception.get(f"/cards/{found['card']}")
    assert (card["source"], card["made_by"], card["answers"]["kana"]) == ("phone", "visitor", "みほん しろう")
    ticket = await desk.issued(found["card"])
    (after,) = (await desk.reception.post("/arrivals/find", party=ticket["party"]))["found"]
    assert (after["card"], after["party"]) == (found["card"], ticket["party"])
    assert (await desk.visitor.get(f"/own-cards/{own['token']}"))["party"] == ticket["party"]
    mine = [entry for entry in desk.entries() if entry.who == desk.reception.id]
    assert {"search-people", "read-card", "issue"} <= {entry.act for entry in mine}
    assert all(entry.device for entry in mine)
    assert f"card:{found['card']}" in {place for entry in mine for place in entry.records}
    assert "見本" not in repr(mine)
    assert "みほん" not in repr(mine)


async def test_a_reservation_is_confirmed_and_gets_its_reserved_place(desk: Desk) -> None:
    booked = await desk.book(name="見本 五郎", kana="みほん ごろう")
    (found,) = (await desk.reception.post("/arrivals/find", text=booked.code))["found"]
    assert (found["reservation"], found["state"], found["novelty"]) == (booked.id, "booked", None)
    known = await desk.reception.get(f"/arrivals/{booked.id}")
    form = {key: known[key] for key in ("party", "answers", "consents")}
    card = await desk.reception.post("/cards", reservation=booked.id, **form)
    assert (card["source"], card["made_by"]) == ("reservation", desk.reception.id)
    ticket = await desk.issued(card["id"])
    assert ticket["reserved"] == booked.wishes[0].slot
    with pytest.raises(Refused) as caught:
        await desk.reception.post("/cards", reservation=booked.id, **form)
    assert (caught.value.code, caught.value.answer["detail"]["number"]) == ("card_used", ticket["number"])


async def test_a_card_is_typed_corrected_and_withdrawn_from_at_the_desk(desk: Desk) -> None:
    card = await desk.reception.post("/cards", **written(name="見本 六郎"))
    assert (card["source"], card["made_by"]) == ("staff", desk.reception.id)
    corrected = await desk.reception.post(f"/cards/{card['id']}/correct", **written(name="見本 陸郎"))
    assert corrected["answers"]["name"] == "見本 陸郎"
    gone = await desk.reception.post(f"/cards/{card['id']}/withdraw", consent="city", why="ご本人の申し出")
    assert [(each["consent"], each["given"], each["by"]) for each in gone["history"]][-1] == (
        "city",
        False,
        desk.reception.id,
    )
    assert desk.entries()[-1].why == "ご本人の申し出"
    with pytest.raises(Refused) as caught:
        await desk.reception.get(f"/cards/{'A' * 22}")
    assert caught.value.code == "unknown_card"


async def test_the_booth_reads_of_its_own_party_and_no_longer(desk: Desk) -> None:
    own = await desk.visitor.post("/own-cards", **written(name="見本 七郎", themes=["snow"]))
    (found,) = (await desk.reception.post("/arrivals/find", text=own["code"]))["found"]
    ticket = await desk.issued(found["card"])
    path = f"/booths/{BOOTH}/briefs/{ticket['id']}"
    with pytest.raises(Refused) as early:
        await desk.consultant.get(path)
    assert early.value.code == "brief_closed", "a walk-in who waits is nobody's yet"
    event = await desk.consultant.command("call", booth=BOOTH, number=ticket["number"])
    await desk.shown(event["offset"])
    brief = await desk.consultant.get(path)
    assert (brief["adults"], brief["children"]) == (2, 1)
    assert [line["key"] for line in brief["glance"]] == ["language", "needs"]
    assert brief["lines"][0]["values"] == [{"ja": "雪・交通", "en": "Snow, transport"}]
    assert "見本" not in repr(brief)
    (look,) = [entry for entry in desk.entries() if entry.act == "read-brief" and f"ticket:{ticket['id']}" in entry.on]
    assert (look.who, look.records) == (desk.consultant.id, (f"card:{found['card']}",))
    assert "themes" in look.fields
    await desk.consultant.command("start", booth=BOOTH)
    event = await desk.consultant.command("finish", booth=BOOTH)
    await desk.shown(event["offset"])
    with pytest.raises(Refused) as late:
        await desk.consultant.get(path)
    assert late.value.code == "brief_closed"


async def test_the_booth_reads_beforehand_who_reserved_it(desk: Desk) -> None:
    booked = await desk.book(content="保育園のことを聞きたい", name="見本 八郎")
    answer = await desk.consultant.get(f"/booths/{BOOTH}/briefs")
    briefs = [each["brief"] for each in answer["booked"]]
    assert "保育園のことを聞きたい" in repr(briefs)
    assert "見本" not in repr(answer)
    assert "taro@" not in repr(answer)
    looks = [entry for entry in desk.entries() if entry.act == "read-brief" and entry.on == f"booth:{BOOTH}"]
    assert f"reservation:{booked.id}" in looks[-1].records
    with pytest.raises(Refused) as caught:
        await desk.consultant.get("/booths/2/briefs")
    assert caught.value.code == "other_booth"
