"""The privacy officer's work over HTTP, on a real server with a Redis of its own: each step by who may, each on record.

The tests share one office; only the one that destroys everything has its own.
"""

import io
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pytest_asyncio

from card_samples import written
from printed import Printed
from real import Client, RealServer, real_server
from running import Refused
from yobidashi.people.keyring import wrapping_files
from yobidashi.people.protection.disposal import STEPS
from yobidashi.people.sheets.table import decrypt_xlsx

NEITHER = {"city": False, "furusato": False}


class Office:
    """The people who answer for the data."""

    def __init__(self, server: RealServer, data: Path) -> None:
        self.server = server
        self.data = data
        self.officer: Client
        self.second: Client
        self.auditor: Client
        self.visitor: Client

    async def card(self, consents: dict[str, bool] = NEITHER, **changes: Any) -> dict[str, Any]:
        """A visitor fills in a card. Only the test of exports consents to any: what it counts is its own."""
        return await self.visitor.post("/own-cards", **written(consents=consents, **changes))

    async def exported(self, recipient: str = "city", kind: str = "card") -> tuple[int, str]:
        """Ask for an export, and have it approved; its number and password."""
        asked = await self.officer.post(
            "/exports", recipient=recipient, purpose="移住相談の続き", reason="フェア後の連絡", kinds=[kind]
        )
        number = asked["export"]["number"]
        approved = await self.second.post(f"/exports/{number}/approve")
        return number, approved["password"]


@asynccontextmanager
async def opened(data: Path) -> AsyncIterator[Office]:
    """A server, two officers, an auditor and a visitor."""
    async with real_server(data=data) as server:
        office = Office(server, data)
        office.visitor = await server.client()
        office.officer = await server.as_role("privacy")
        office.second = await server.sign_in("privacy")
        office.auditor = await server.as_role("auditor")
        yield office


@pytest_asyncio.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """What a test leaves in it, others find."""
    async with opened(tmp_path_factory.mktemp("office") / "data") as office:
        yield office


@pytest_asyncio.fixture
async def own_office(tmp_path: Path) -> AsyncIterator[Office]:
    """For one test alone."""
    async with opened(tmp_path / "data") as office:
        yield office


async def whole_record(client: Client) -> list[dict[str, Any]]:
    """Give the pages of the audit record, from the newest entry to the first."""
    pages = [await client.get("/audit")]
    while (further := pages[-1]["further"]) is not None:
        pages.append(await client.get(f"/audit?before={further}"))
    return pages


async def refused(code: str, awaited: Any) -> None:
    with pytest.raises(Refused) as refusal:
        await awaited
    assert refusal.value.code == code


async def pdf(client: Client, path: str) -> Printed:
    async with client.http.get(client.api + path) as response:
        assert response.status == 200, await response.text()
        assert response.headers["Cache-Control"] == "no-store"
        return Printed(await response.read())


async def test_the_audit_record_shows_names_to_who_may_know_them(office: Office) -> None:
    await office.card()
    pages = await whole_record(office.officer)
    entries = [entry for page in pages for entry in page["entries"]]
    assert [entry["n"] for entry in entries] == list(range(entries[0]["n"], 0, -1))
    assert {"set-up", "write-staff", "own-card", "read-audit"} <= {entry["act"] for entry in entries}
    assert "見本 太郎" in {person["name"] for page in pages for person in page["staff"].values()}
    assert "見本 太郎" not in str(entries)
    seen = await office.auditor.get("/audit")
    assert {person["name"] for person in seen["staff"].values()} == {None}
    assert any("個人情報保護管理者" in person["roles"] for person in seen["staff"].values())
    mine = await office.officer.get(f"/audit?who={office.server.chief.id}")
    assert {entry["who"] for entry in mine["entries"]} == {office.server.chief.id}
    assert (await office.officer.get("/audit?act=own-card"))["entries"]
    assert not (await office.officer.get("/audit?day=2020-01-01"))["entries"]
    for query in ("day=yesterday", "before=-1", "before=1e9", f"who={'x' * 101}"):
        await refused("invalid_arguments", office.officer.get(f"/audit?{query}"))
    days = await office.auditor.get("/audit/days")
    assert days["verdict"]["whole"]
    assert sum(day["entries"] for day in days["days"]) == days["days"][-1]["last"]
    summary = await pdf(office.auditor, "/audit/summary.pdf")
    assert "監査記録" in summary.title
    assert "改変はありません" in summary.text


async def test_only_who_may_reaches_any_of_it(office: Office) -> None:
    for role in ("reception", "floor", "guide"):
        client = await office.server.as_role(role)
        for path in ("/audit", "/audit/days", "/exports", "/disposal", "/keys"):
            await refused("not_allowed", client.get(path))
        for path in ("/exports", "/incident", "/incident/names", "/disposal/apply", "/keys/rotate"):
            await refused("not_allowed", client.post(path))
    for path in ("/exports", "/incident", "/disposal/step", "/keys/rotate", "/exports/freeze"):
        await refused("not_allowed", office.auditor.post(path))
        await refused("not_signed_in", (await office.server.client()).post(path))


async def test_an_export_from_the_request_to_the_receipt(office: Office) -> None:
    await office.card(name="見本 同意", consents={"city": True, "furusato": False})
    await office.card(name="見本 不同意", consents={"city": False, "furusato": True})
    withdrawn = await office.card(name="見本 撤回", consents={"city": True, "furusato": False})
    await office.visitor.post(f"/own-cards/{withdrawn['token']}/withdraw", consent="city")
    await refused(
        "unknown_consent", office.officer.post("/exports", recipient="nobody", purpose="p", reason="r", kinds=["card"])
    )
    number, password = await office.exported()
    await refused("four_eyes", office.officer.post(f"/exports/{number}/approve"))
    await refused("export_not_yours", office.second.post(f"/exports/{number}/file"))
    await refused("export_state", office.officer.get(f"/exports/{number}/receipt.pdf"))
    content = await office.officer.post_for_bytes(f"/exports/{number}/file")
    assert "見本".encode() not in content
    book = openpyxl.load_workbook(io.BytesIO(decrypt_xlsx(content, password)))
    words = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "見本 同意" in words
    assert not words & {"見本 不同意", "見本 撤回"}
    await refused("export_state", office.officer.post(f"/exports/{number}/file"))
    (export,) = [one for one in (await office.auditor.get("/exports"))["exports"] if one["number"] == number]
    assert (export["state"], export["records"], export["persons"], export["bytes"]) == ("made", 1, 3, len(content))
    receipt = await pdf(office.officer, f"/exports/{number}/receipt.pdf")
    assert "札幌市" in receipt.text
    assert "見本太郎" in receipt.text
    assert export["sha256"][:8] in receipt.text
    left = (await office.officer.get("/audit?act=request-export"))["entries"]
    assert any(entry["records"] and entry["why"] == "フェア後の連絡" for entry in left)


async def test_nobody_who_consents_and_a_freeze(office: Office) -> None:
    number, _ = await office.exported("furusato", kind="reservation")  # nobody has reserved
    await refused("nobody_consented", office.officer.post(f"/exports/{number}/file"))
    floor = await office.server.as_role("floor")
    frozen = await floor.post("/exports/freeze", reason="端末の紛失")
    assert frozen["freeze"]["by"] == floor.id
    await refused("exports_frozen", office.officer.post(f"/exports/{number}/file"))
    await refused("not_allowed", floor.post("/exports/lift", reason="見つかった"))
    assert (await office.second.post("/exports/lift", reason="見つかった"))["freeze"] is None
    await refused("nobody_consented", office.officer.post(f"/exports/{number}/file"))
    refusal = await office.officer.post("/exports", recipient="city", purpose="p", reason="r", kinds=["card"])
    told = await office.second.post(f"/exports/{refusal['export']['number']}/refuse")
    assert told["export"]["state"] == "refused"


async def test_an_incident_is_answered_named_and_reported(office: Office) -> None:
    card = await office.card(name="見本 見られた人")
    reception = await office.server.as_role("reception")
    found = await reception.post("/arrivals/find", text=card["code"])
    card_id = found["found"][0]["card"]
    await reception.get(f"/cards/{card_id}")
    hour: dict[str, Any] = {"begins": round(time.time() * 1000) - 3_600_000, "ends": round(time.time() * 1000) + 60_000}
    answer = await office.officer.post("/incident", who=reception.id, **hour)
    places = [seen["id"] for seen in answer["seen"]]
    assert places == [f"card:{card_id}"]
    assert answer["people"] == answer["records"] == 1
    assert answer["viewers"][0]["id"] == reception.id
    assert answer["staff"][reception.id]["name"] == "見本 太郎"
    assert "見られた人" not in str(answer)
    by_record = await office.officer.post("/incident", record=f"card:{card_id}", **hour)
    assert reception.id in {viewer["id"] for viewer in by_record["viewers"]}
    named = await office.officer.post("/incident/names", places=[*places, "card:gone"], why="本人への連絡")
    assert [record["name"] for record in named["records"]] == ["見本 見られた人", ""]
    assert named["records"][1]["gone"]
    (looked,) = [
        entry
        for entry in (await office.officer.get("/audit?act=investigate"))["entries"]
        if entry["why"] == "本人への連絡"
    ]
    assert looked["records"] == [*places, "card:gone"]
    await refused("investigation_too_long", office.officer.post("/incident", begins=0, ends=hour["ends"]))
    text = {"what_happened": "受付の端末が30分間見当たらなかった。\n#panic() *強調* $x$"}
    report = Printed(await office.officer.post_for_bytes("/incident/report", who=reception.id, **text, **hour))
    assert "事故第1号" in report.text
    assert "#panic()*強調*$x$" in report.text
    assert "見られた人" not in report.text


async def test_keys_are_replaced_while_people_come_and_go(office: Office) -> None:
    card = await office.card()
    before = await office.officer.get("/keys")
    assert (before["version"], before["unfinished"], before["in_files"]) == (1, False, True)
    after = await office.officer.post("/keys/rotate")
    assert (after["version"], after["unfinished"], after["damaged"]) == (2, False, [])
    assert after["resealed"] > 0
    assert after["fingerprint"] != before["fingerprint"]
    assert (await office.visitor.get(f"/own-cards/{card['token']}"))["code"] == card["code"]
    await office.card()
    assert (await office.officer.get("/audit"))["staff"]  # names open with the new key


async def test_the_end_from_the_inventory_to_the_record(own_office: Office) -> None:
    await own_office.card(name="見本 消える人")
    state = await own_office.officer.get("/disposal")
    assert state["phase"] == "none"
    assert {line["english"]: line["count"] for line in state["inventory"]}["Reception cards"] == 1
    await refused("disposal_state", own_office.officer.get("/disposal/application.pdf"))
    await own_office.officer.post("/disposal/apply", reason="契約の終了")
    application = await pdf(own_office.officer, "/disposal/application.pdf")
    assert "受付カードの内容" in application.text
    assert "見本太郎" in application.text
    await refused("four_eyes", own_office.officer.post("/disposal/approve"))
    await refused("disposal_state", own_office.officer.post("/disposal/step"))
    await own_office.second.post("/disposal/approve")
    for number in range(1, len(STEPS) + 1):
        state = await own_office.officer.post("/disposal/step")
        assert sum(step["at"] is not None for step in state["steps"]) == number
    assert state["phase"] == "done"
    assert state["limits"]
    searched = state["steps"][-1]["result"]["searched"]
    assert [place["found"] for place in searched] == [0] * len(searched)
    assert str(own_office.data) in {place["place"] for place in searched}
    record = Printed(
        await own_office.officer.post_for_bytes("/disposal/record", carried_out_by="見本 花子", approved_by="見本 次郎")
    )
    assert "見本次郎" in record.text
    assert state["steps"][0]["result"]["fingerprint"][:8] in record.text
    assert wrapping_files(own_office.server.keys, own_office.server.fair) == []
    await refused("vault_closed", own_office.card())
    page = await own_office.officer.get("/audit")  # the record stays, its names are gone
    assert {person["name"] for person in page["staff"].values()} == {None}
    assert (await own_office.officer.get("/audit/days"))["verdict"]["whole"]
    assert (await own_office.officer.get("/keys"))["version"] is None
    assert await own_office.officer.get("/counts")
    raw = b"".join(path.read_bytes() for path in own_office.data.rglob("*") if path.is_file())
    assert "見本 花子".encode() not in raw


async def test_reasons_with_control_characters_or_nothing_are_refused(office: Office) -> None:
    for reason in ("", " ", "a\x00b", "a\nb", "x" * 501, 7, None):
        await refused("invalid_arguments", office.officer.post("/disposal/apply", reason=reason))
        await refused("invalid_arguments", office.officer.post("/exports/freeze", reason=reason))
    for kinds in ([], ["staff"], "card"):
        await refused(
            "invalid_arguments",
            office.officer.post("/exports", recipient="city", purpose="p", reason="r", kinds=kinds),
        )
