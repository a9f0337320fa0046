"""Follow-up at the closing: who still waited and consents to one recipient, with the queues that were still wanted; nobody else."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pytest_asyncio
from redis import Redis

from card_samples import written
from consent_samples import BOTH, card, decision, names, reservation, table
from real import Client, RealServer, real_server
from running import Refused
from yobidashi.fair import Fair
from yobidashi.live.board import Board
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.meetings import SealedMeetings
from yobidashi.people.protection.consenters import consenters, field_words, file_sheets
from yobidashi.people.protection.follow_up import unserved_cards, unserved_of
from yobidashi.people.protection.rotation import Rotation
from yobidashi.people.sheets.table import decrypt_xlsx, write_workbook
from yobidashi.people.store import PeopleStore
from yobidashi.queue.errors import Refusal
from yobidashi.queue.rows import Queue, Ticket
from yobidashi.queue.tickets import State


def ticket(id_: int, party: int, queue: str, state: State, reason: str | None = None) -> Ticket:
    return Ticket(
        id=id_, party=party, number=str(party), queue=queue, state=state, place=id_, issued_at=0, reason=reason, rev=1
    )


def board(*tickets: Ticket, issuing: bool = False) -> Board:
    queues = {id_: Queue(id=id_, issuing=issuing, rev=1) for id_ in ("sapporo", "otaru")}
    return Board(1, 1, {}, {each.id: each for each in tickets}, queues)


ENDED = (
    ticket(1, 1, "sapporo", State.FINISHED),
    ticket(2, 1, "otaru", State.WAITING),
    ticket(3, 2, "sapporo", State.CALLED),
    ticket(4, 3, "sapporo", State.HELD),
    ticket(5, 4, "sapporo", State.ABSENT),
    ticket(6, 5, "sapporo", State.SERVING),
    ticket(7, 6, "sapporo", State.CANCELLED, "left"),
    ticket(8, 7, "otaru", State.CANCELLED, "closed"),
    ticket(9, 7, "sapporo", State.CANCELLED, "closed"),
    ticket(10, 8, "sapporo", State.CANCELLED, "no_answer"),
)


def test_unserved_is_who_still_waited_whether_the_day_was_closed_or_not() -> None:
    assert unserved_of(board(*ENDED)) == {
        1: ("otaru",),
        2: ("sapporo",),
        3: ("sapporo",),
        4: ("sapporo",),
        7: ("otaru", "sapporo"),
    }


def test_nobody_is_unserved_while_tickets_are_issued() -> None:
    with pytest.raises(Refusal) as refusal:
        unserved_of(board(*ENDED, issuing=True))
    assert (refusal.value.code, refusal.value.detail) == ("day_not_over", {"queues": 2})


async def test_parts_of_a_party_that_was_split_have_one_card(
    people: PeopleStore, sample: Fair, redis_url: str, prefix: str
) -> None:
    with Redis.from_url(redis_url) as redis:
        holders = PeopleKeys(prefix, sample.slug).named("holders")
        redis.hset(holders, mapping={"1": "c" * 22, "7": "c" * 22, "2": "d" * 22})
    found = await unserved_cards(people, sample.slug, board(*ENDED))
    assert found == {"c" * 22: ("otaru", "sapporo"), "d" * 22: ("sapporo",)}  # 3 and 4 have none


def test_only_consenters_of_the_one_recipient_who_waited_are_chosen() -> None:
    cards = {
        "waited": card(decision(True, 1), name="待った"),
        "no": card(decision(False, 1), name="いいえ"),
        "withdrawn": card(decision(True, 1), decision(False, 2), name="撤回"),
        "other": card(decision(True, 1, "furusato"), name="別の提供先"),
        "served": card(decision(True, 1), name="相談した"),
        "reserved": card(decision(True, 2), name="予約した", reservation="r1"),
    }
    reservations = {"r1": reservation(decision(True, 1)), "r2": reservation(decision(True, 1), name="来なかった")}
    waited = dict.fromkeys(("waited", "no", "withdrawn", "other", "reserved"), ("otaru",))
    parties = consenters("city", BOTH, reservations, cards, waited)
    assert names(parties) == ["待った", "予約した"]
    assert [party.wanted for party in parties] == [("otaru",), ("otaru",)]
    assert names(consenters("furusato", BOTH, reservations, cards, waited)) == ["別の提供先"]
    assert consenters("city", BOTH, reservations, cards, {}) == []


def test_the_file_says_what_each_still_wanted(sample: Fair) -> None:
    parties = consenters("city", BOTH, {}, {"c": card(decision(True, 1))}, {"c": ("sapporo", "otaru")})
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(file_sheets(sample, parties, unserved=True))))
    for sheet in book:
        (row,) = table(sheet)
        assert row["ご案内できなかった相談先"] == "札幌市、小樽市"
    assert "ご案内できなかった相談先" in field_words(sample, unserved=True)
    plain = openpyxl.load_workbook(io.BytesIO(write_workbook(file_sheets(sample, parties))))
    assert all("ご案内できなかった相談先" not in table(sheet)[0] for sheet in plain)
    assert "ご案内できなかった相談先" not in field_words(sample)


async def test_a_meeting_link_outlives_a_new_key_and_not_a_newer_link(people: PeopleStore, sample: Fair) -> None:
    meetings = SealedMeetings(people)
    assert await meetings.get(sample.slug, 2, 5) is None
    await meetings.put(sample.slug, 2, 5, "https://meet.example.com/a")
    assert [step async for step in Rotation(people).run(sample.slug)]
    kept = await meetings.get(sample.slug, 2, 5)
    assert kept is not None
    assert (kept.number, kept.link) == (5, "https://meet.example.com/a")
    assert await meetings.get(sample.slug, 2, 6) is None  # another was set, and is not sealed yet
    assert await meetings.get(sample.slug, 3, 1) is None


class Evening:
    """A real fair at its end: who waited, by name."""

    def __init__(self, server: RealServer, visitor: Client) -> None:
        self.server = server
        self.visitor = visitor

    async def arrives(self, name: str, *queues: str, **consents: bool) -> dict[str, Any]:
        """Receive somebody with a card; gives the event of the issue."""
        reception = await self.server.as_role("reception")
        own = await self.visitor.post("/own-cards", **written(name=name, consents=consents))
        (found,) = (await reception.post("/arrivals/find", text=own["code"]))["found"]
        return await reception.command("issue", card=found["card"], queues=list(queues))

    async def exported(self, recipient: str) -> tuple[int, str]:
        """Ask for the list, and have it approved; its number and password."""
        officer, chief = await self.server.as_role("privacy"), self.server.chief
        words = {"purpose": "後日のご連絡", "reason": "閉場までに順番が来なかった"}
        asked = await officer.post("/exports", recipient=recipient, kinds=["card"], unserved=True, **words)
        assert asked["export"]["unserved"]
        number = asked["export"]["number"]
        return number, (await chief.post(f"/exports/{number}/approve"))["password"]


@pytest_asyncio.fixture
async def evening(redis_url: str, tmp_path: Path) -> AsyncIterator[Evening]:
    async with real_server(redis_url=redis_url, keys=tmp_path / "keys") as server:
        yield Evening(server, await server.client())


async def refused(awaited: Any) -> str:
    with pytest.raises(Refused) as refusal:
        await awaited
    return refusal.value.code


async def test_at_the_closing_consenters_who_waited_are_listed_and_the_day_is_closed(evening: Evening) -> None:
    server = evening.server
    floor, officer = await server.as_role("floor"), await server.as_role("privacy")
    yes, no = {"city": True, "furusato": False}, {"city": False, "furusato": False}
    await evening.arrives("見本 相談済み", "sapporo", **yes)
    for command in ("call-next", "start", "finish"):
        await floor.command(command, booth=1)
    await evening.arrives("見本 待ち", "sapporo", "otaru", **yes)
    await evening.arrives("見本 不同意", "sapporo", **no)
    await evening.arrives("見本 連盟", "otaru", city=False, furusato=True)
    (number, password), (another, _) = await evening.exported("city"), await evening.exported("furusato")
    assert await refused(officer.post(f"/exports/{number}/file")) == "day_not_over"
    assert await refused((await server.as_role("reception")).command("close-day")) == "not_allowed"
    before = await floor.get("/counts")
    closed = await floor.command("close-day")
    assert {each["reason"] for each in closed["tickets"]} == {"closed"}
    while (after := await floor.get("/counts"))["offset"] < closed["offset"]:
        pass
    assert {key: after[key] for key in ("came", "visited", "consultations")} == {
        key: before[key] for key in ("came", "visited", "consultations")
    }
    content = await officer.post_for_bytes(f"/exports/{number}/file")
    book = openpyxl.load_workbook(io.BytesIO(decrypt_xlsx(content, password)))
    listed = table(book["名簿"])
    assert [row["ご案内できなかった相談先"] for row in listed] == ["札幌市、小樽市"]
    assert "見本 待ち" in listed[0].values()
    content = await officer.post_for_bytes(f"/exports/{another}/file")
    assert "見本".encode() not in content
    entries = (await officer.get("/audit?act=request-export"))["entries"]
    looked = next(entry for entry in entries if entry["records"])
    assert "ご案内できなかった相談先" in looked["fields"]
