"""Reservations over HTTP on a real server: visitors by their private link alone, staff by their roles, each look on record."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from redis import Redis

from future_fair import future_fair
from real import Client, RealServer, real_server
from reservation_samples import reservation_form
from running import Refused
from yobidashi.fair import Fair, load_fair
from yobidashi.people.address_limit import SENT_MAX
from yobidashi.people.auditing.audit import Entry
from yobidashi.people.form.answers import Wish
from yobidashi.people.keys import PeopleKeys
from yobidashi.people.reservations.sheet import columns, nameless, sample_row
from yobidashi.people.sheets.table import read_table, write_csv, write_xlsx
from yobidashi.queue.keys import Keys

PRIVATE = ("見本 太郎", "みほん たろう", "taro@example.jp", "0900000000")


class Office:
    """A real server of a fair that is to come, and who works there."""

    def __init__(self, server: RealServer, fair: Fair, redis: Redis) -> None:
        self.server = server
        self.fair = fair
        self.redis = redis
        self.visitor: Client

    def form(self, *wishes: Wish, **changes: Any) -> dict[str, Any]:
        return reservation_form(self.fair, *wishes, **changes)

    async def reserve(self, *wishes: Wish, **changes: Any) -> dict[str, Any]:
        """Reserve as a visitor; what the private page shows."""
        return await self.visitor.post("/own-reservations", **self.form(*wishes, **changes))

    def entries(self) -> list[Entry]:
        """What stands in the audit record."""
        stream: Any = self.redis.xrange(PeopleKeys(self.server.prefix, self.fair.slug).named("audit"))
        return [Entry.from_json(fields[b"entry"].decode()) for _, fields in stream]

    def arrive(self) -> None:
        """Let every party arrive, as the queue's `issue` writes it."""
        key = Keys(self.server.prefix, self.fair.slug).named("bookings")
        stored: Any = self.redis.hgetall(key)
        for booking_id, text in stored.items():
            self.redis.hset(key, booking_id, text.replace(b'"booked"', b'"arrived"'))


@pytest_asyncio.fixture(scope="module")
async def real(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[RealServer, Path]]:
    path = future_fair(tmp_path_factory.mktemp("future"), sapporo=3, otaru=1)
    async with real_server(redis_url=redis_url, fair=path) as server:
        yield server, path


@pytest_asyncio.fixture
async def office(real: tuple[RealServer, Path], redis_url: str) -> AsyncIterator[Office]:
    """The server, with no reservation yet."""
    server, path = real
    with Redis.from_url(redis_url) as redis:
        office = Office(server, load_fair(path), redis)
        keys = PeopleKeys(server.prefix, office.fair.slug)
        for name in ("bookings", "slots", "links", "novelty"):
            redis.delete(keys.named(name))
        for key in redis.scan_iter(f"{server.prefix}:*:tries:*"):
            redis.delete(key)
        office.visitor = await server.client()
        yield office


async def code_of(waiting: Any) -> str:
    with pytest.raises(Refused) as refused:
        await waiting
    return refused.value.code


async def test_a_visitor_reserves_changes_withdraws_and_cancels_by_the_private_link(office: Office) -> None:
    slots = office.fair.slots("sapporo")
    places = (await office.visitor.get("/slots"))["places"]
    assert places["sapporo"][str(slots[0])] == 3
    made = await office.reserve()
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", made["token"])
    assert (made["state"], made["party"]) == ("booked", {"adults": 2, "children": 1})
    own = f"/own-reservations/{made['token']}"
    assert await office.visitor.get(own) == made
    changed = await office.visitor.post(f"{own}/change", **office.form(Wish("sapporo", slots[4]), adults=3))
    assert changed["wishes"] == [{"queue": "sapporo", "slot": slots[4]}]
    places = (await office.visitor.get("/slots"))["places"]
    assert (places["sapporo"][str(slots[0])], places["sapporo"][str(slots[4])]) == (3, 2)
    after = await office.visitor.post(f"{own}/withdraw", consent="city")
    assert {each["consent"]: each["given"] for each in after["consents"]} == {"city": False, "furusato": False}
    gone = await office.visitor.post(f"{own}/cancel")
    assert (gone["state"], gone["answers"]) == ("cancelled", {})
    assert (await office.visitor.get("/slots"))["places"]["sapporo"][str(slots[4])] == 3
    assert await code_of(office.visitor.post(f"{own}/cancel")) == "reservation_cancelled"


async def test_a_lost_answer_asked_for_again_is_the_same_reservation(office: Office) -> None:
    command_id = secrets.token_hex(16)
    tries = [office.visitor.post("/own-reservations", command_id=command_id, **office.form()) for _ in range(4)]
    tokens = {answer["token"] for answer in await asyncio.gather(*tries)}
    assert len(tokens) == 1
    assert (await office.visitor.get("/slots"))["places"]["sapporo"][str(office.fair.slots("sapporo")[0])] == 2


async def test_concurrent_visitors_get_no_more_places_than_there_are(office: Office) -> None:
    wish = Wish("sapporo", office.fair.slots("sapporo")[2])
    answers = await asyncio.gather(*(office.reserve(wish) for _ in range(12)), return_exceptions=True)
    refused = [each for each in answers if isinstance(each, Refused)]
    assert len(refused) == 12 - 3
    assert {(each.status, each.code, each.answer["detail"]["wish"]) for each in refused} == {(409, "slot_full", 0)}


async def test_nobody_sees_a_reservation_without_its_link(office: Office) -> None:
    made = await office.reserve()
    for token in ("A" * 22, made["token"][:-1] + ("A" if made["token"][-1] != "A" else "B"), "x"):
        assert await code_of(office.visitor.get(f"/own-reservations/{token}")) == "unknown_link"
        assert await code_of(office.visitor.post(f"/own-reservations/{token}/cancel")) == "unknown_link"
    for path in ("/bookings", "/reservations?queue=sapporo", "/reservations/sheet"):
        assert await code_of(office.visitor.get(path)) == "not_signed_in"


async def test_pages_hold_nothing_personal_and_the_qr_code_leads_to_the_private_page(office: Office) -> None:
    token = (await office.reserve())["token"]
    for path in ("/reserve", f"/r/{token}", f"/fairs/{office.fair.slug}/r/{token}"):
        async with office.visitor.http.get(office.server.url + path) as response:
            text = await response.text()
            assert response.status == 200
            assert response.headers["Cache-Control"] == "no-store"
            assert not [word for word in PRIVATE if word in text]
    async with office.visitor.http.get(f"{office.server.url}/r/{token}/qr.svg") as response:
        assert (response.status, response.headers["Content-Type"]) == (200, "image/svg+xml")
        assert response.headers["Cache-Control"] == "no-store"
        assert (await response.text()).lstrip().startswith("<?xml")


async def test_every_fault_of_a_form_is_told_at_once(office: Office) -> None:
    form = office.form(Wish("sapporo", 1), mail="nowhere", name="")
    form["consents"] = {"city": True}
    with pytest.raises(Refused) as refused:
        await office.visitor.post("/own-reservations", **form)
    assert (refused.value.status, refused.value.code) == (422, "invalid_answers")
    assert {fault["field"] for fault in refused.value.answer["detail"]["faults"]} == {
        "wishes.0.slot",
        "answers.name",
        "answers.mail",
        "consents.furusato",
    }
    assert await code_of(office.visitor.post("/own-reservations", party={}, wishes=[1] * 99, answers={}, consents={}))
    big = office.form(content="あ" * 20_000)
    assert await code_of(office.visitor.post("/own-reservations", **big)) == "too_large"


async def test_one_address_cannot_flood(office: Office) -> None:
    own = "/own-reservations/" + "A" * 22
    assert await code_of(office.visitor.post(f"{own}/cancel")) == "unknown_link"
    counts: Any = office.redis.keys(PeopleKeys(office.server.prefix, office.fair.slug).tries_from("*"))
    (count,) = counts
    office.redis.set(count, SENT_MAX - 1, keepttl=True)  # the address has sent all but one of what it may
    codes = [await code_of(office.visitor.post(f"{own}/cancel")) for _ in range(2)]
    assert codes == ["unknown_link", "too_often"]
    office.redis.delete(count)
    assert (await office.visitor.get("/slots"))["period"] == "open"


async def test_staff_list_find_open_and_write_each_on_record(office: Office) -> None:
    reception = await office.server.as_role("reception")
    await office.reserve()
    slot = office.fair.slots("sapporo")[0]
    bookings = (await reception.get("/bookings"))["bookings"]
    assert [(each["party"], each["state"]) for each in bookings] == [({"adults": 2, "children": 1}, "booked")]
    assert not [word for word in PRIVATE if word in str(bookings)]
    (row,) = (await reception.get(f"/reservations?queue=sapporo&slot={slot}"))["reservations"]
    assert row["kana"] == "みほん たろう"
    assert "taro@example.jp" not in str(row)
    assert (await reception.get("/reservations?queue=otaru"))["reservations"] == []
    (found,) = (await reception.post("/reservations/search", text="みほ"))["reservations"]
    assert found == row
    opened = await reception.get(f"/reservations/{row['id']}")
    assert opened["answers"]["mail"] == "taro@example.jp"
    proxy = await reception.post("/reservations", **office.form(name="見本 次郎"))
    assert proxy["made_by"] == reception.id
    moved = await reception.post(f"/reservations/{proxy['id']}/change", **office.form(Wish("otaru", slot)))
    assert moved["wishes"] == [{"queue": "otaru", "slot": slot}]
    without = await reception.post(f"/reservations/{proxy['id']}/withdraw", consent="city", why="電話で申し出")
    assert without["history"][-1]["by"] == reception.id
    gone = await reception.post(f"/reservations/{proxy['id']}/cancel")
    assert gone["state"] == "cancelled"
    written = [entry for entry in office.entries() if entry.who == reception.id]
    seen = {(entry.act, entry.records) for entry in written}
    here, there = (f"reservation:{row['id']}",), (f"reservation:{proxy['id']}",)
    assert {("read-reservation", here), ("search-people", here), ("write-reservation", there)} <= seen
    assert [entry.why for entry in written if entry.act == "withdraw-consent"] == ["電話で申し出"]
    assert not [word for word in PRIVATE if word in str(written)]


@pytest.mark.parametrize(
    "path", ["/reservations", "/reservations?queue=nowhere", "/reservations?slot=x", "/reservations/x"]
)
async def test_lists_are_asked_for_by_place_and_reservations_by_id(office: Office, path: str) -> None:
    reception = await office.server.as_role("reception")
    assert await code_of(reception.get(path)) in {"invalid_arguments", "unknown_queue", "unknown_reservation"}


async def test_a_gift_is_handed_once_and_taken_back_within_ten_seconds(office: Office) -> None:
    reception = await office.server.as_role("reception")
    await office.reserve()
    (booking,) = (await reception.get("/bookings"))["bookings"]
    gift = f"/reservations/{booking['id']}/novelty"
    assert await code_of(reception.post(gift)) == "not_arrived"
    office.arrive()
    stock = (await reception.get("/novelty"))["left"]
    assert (await reception.post(gift))["left"] == stock - 1
    assert await code_of(reception.post(gift)) == "novelty_given"
    assert await reception.post(f"{gift}/undo") == {"handed": None, "left": stock}


async def test_the_chief_brings_a_sheet_and_nobody_else_does(office: Office) -> None:
    chief = office.server.chief
    assert await code_of((await office.server.as_role("reception")).get("/reservations/sheet")) == "not_allowed"
    async with chief.http.get(f"{chief.api}/reservations/sheet") as response:
        rows = read_table(await response.read(), columns(office.fair))
    assert [row.cells["answers.name"] for row in rows] == ["見本 太郎"]
    bad = sample_row(office.fair) | {"answers.mail": "nowhere"}
    data = write_xlsx(columns(office.fair), [sample_row(office.fair), bad])
    tried = await chief.post_file("/reservations/import?mode=check", data)
    assert (tried["rows"], tried["good"], tried["wrong"], tried["made"]) == (2, 1, 1, 0)
    assert [(fault["line"], fault["column"]) for fault in tried["faults"]] == [(3, "answers.mail")]
    assert (await chief.post_file("/reservations/import?mode=all", data))["made"] == 0
    assert (await chief.post_file("/reservations/import?mode=good", data))["made"] == 1
    assert (await chief.post_file("/reservations/import?mode=good", data))["there"] == 1
    assert await code_of(chief.post_file("/reservations/import?mode=other", data)) == "invalid_arguments"
    assert await code_of(chief.post_file("/reservations/import?mode=check", b"\0\0")) == "sheet_unreadable"
    entry = next(entry for entry in reversed(office.entries()) if entry.act == "import-reservations" and entry.records)
    assert (entry.who, entry.on, len(entry.records)) == (chief.id, "import:good", 1)


async def test_the_privacy_officer_takes_a_nameless_list_out_with_a_reason_on_record(office: Office) -> None:
    await office.reserve()
    privacy = await office.server.as_role("privacy")
    for role in ("chief", "reception"):
        client = office.server.chief if role == "chief" else await office.server.as_role(role)
        assert await code_of(client.post("/reservations/export", why="x", form="csv")) == "not_allowed"
    assert await code_of(privacy.post("/reservations/export", form="csv")) == "invalid_arguments"
    for form in ("csv", "xlsx"):
        content = await privacy.post_for_bytes("/reservations/export", why="当日の停電に備えて", form=form)
        (row,) = read_table(content, nameless(office.fair))
        assert row.cells["answers.themes"]
        everything = [text for row in read_table(content, nameless(office.fair)) for text in row.cells.values()]
        assert not [text for text in everything if "taro@example.jp" in text or "見本" in text]
    tried = [entry for entry in office.entries() if entry.act == "export-reservations"]
    refused, (entry, again) = (
        [entry for entry in tried if not entry.records],
        [entry for entry in tried if entry.records],
    )
    assert [entry.why for entry in refused] == ["refused: not_allowed"] * 2
    assert (entry.who, entry.why, len(entry.records)) == (privacy.id, "当日の停電に備えて", 1)
    assert again.records == entry.records


async def test_two_sheets_at_the_same_moment_book_each_row_once(office: Office) -> None:
    chief = office.server.chief
    rows = [sample_row(office.fair) | {"answers.name": f"見本 {n}郎"} for n in "一二三"]
    data = write_csv(columns(office.fair), rows)
    answers = await asyncio.gather(*(chief.post_file("/reservations/import?mode=all", data) for _ in range(3)))
    assert sum(answer["made"] for answer in answers) == 3
    assert sum(answer["there"] for answer in answers) == 6
