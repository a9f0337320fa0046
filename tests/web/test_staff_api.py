"""The register and the devices over HTTP: what is written, what is read, and what stands on record afterwards."""

import asyncio
import secrets
from pathlib import Path

import pytest
from redis.asyncio import Redis

from real import RealServer, badge_in, real_server
from running import Refused
from serving import run
from yobidashi.people.keys import PeopleKeys
from yobidashi.places import SAMPLE_FAIR

DAYS = {"first": "2020-01-01", "last": "2099-12-31"}
SHEET = "氏名,ふりがな,役割,ブース\n見本 一郎,みほん いちろう,受付,\n見本 二郎,,相談員,12\n"


async def test_a_member_is_added_changed_and_read(real: RealServer) -> None:
    command_id = secrets.token_hex(16)
    for _ in range(2):
        added = await real.chief.post("/staff", command_id=command_id, person="見本 三郎", roles=["guide"], **DAYS)
    (member_id,) = added["ids"]
    await real.chief.post(
        f"/staff/{member_id}/change", person="見本 四郎", kana="みほん", roles=["online"], booth=13, **DAYS
    )
    (found,) = [one for one in (await real.chief.get("/staff"))["members"] if one["id"] == member_id]
    assert (found["name"], found["roles"], found["booth"], found["state"]) == ("見本 四郎", ["online"], 13, "no-badge")


async def test_a_sheet_is_taken_in_whole(real: RealServer) -> None:
    path = f"/staff/import?command_id={secrets.token_hex(16)}"
    first = await real.chief.post_file(path, SHEET.encode())
    assert await real.chief.post_file(path, SHEET.encode()) == first, "sent again it is the same import"
    members = {one["id"]: one for one in (await real.chief.get("/staff"))["members"]}
    assert [members[member_id]["booth"] for member_id in first["ids"]] == [None, 12]


async def test_a_faulty_sheet_adds_nobody(real: RealServer) -> None:
    before = len((await real.chief.get("/staff"))["members"])
    faulty = SHEET + "見本 三郎,,相談員,99\n"
    with pytest.raises(Refused) as refused:
        await real.chief.post_file(f"/staff/import?command_id={secrets.token_hex(16)}", faulty.encode())
    assert refused.value.code == "sheet_faults"
    assert [fault["line"] for fault in refused.value.answer["detail"]["faults"]] == [4]
    assert len((await real.chief.get("/staff"))["members"]) == before
    with pytest.raises(Refused) as refused:
        await real.chief.post_file("/staff/import", SHEET.encode())
    assert refused.value.code == "missing_command_id"


async def test_badges_are_printed_anew(real: RealServer) -> None:
    client = await real.sign_in("guide")
    content = await real.chief.post_for_bytes("/staff/badges", members=[client.id, client.id])
    assert content.startswith(b"%PDF-")
    with pytest.raises(Refused):
        await client.get("/board")
    with pytest.raises(Refused) as refused:
        await real.chief.post_for_bytes("/staff/badges", members=["s9999"])
    assert refused.value.code == "unknown_member"


async def test_an_address_that_names_nobody_is_refused(real: RealServer) -> None:
    for path in ("/staff/s99/revoke", "/staff/x/revoke", "/staff/%2e%2e/revoke", "/devices/x/revoke"):
        with pytest.raises(Refused) as refused:
            await real.chief.post(path)
        assert refused.value.code in ("unknown_member", "unknown_device", "not_found")


async def test_only_the_chief_writes_the_register_and_the_floor_manager_revokes(real: RealServer) -> None:
    floor = await real.as_role("floor")
    lost = await real.sign_in("guide")
    assert (await floor.get("/staff"))["members"]
    for path, arguments in (
        ("/staff", {"person": "見本", "roles": ["chief"], **DAYS}),
        (f"/staff/{lost.id}/badge", {}),
        (f"/staff/{lost.id}/unlock", {}),
        ("/staff/badges", {"members": [lost.id]}),
    ):
        with pytest.raises(Refused) as refused:
            await floor.post(path, **arguments)
        assert refused.value.code == "not_allowed"
    await floor.post(f"/staff/{lost.id}/revoke")
    with pytest.raises(Refused):
        await lost.get("/board")


async def test_a_locked_badge_is_unlocked_by_the_chief(real: RealServer) -> None:
    client = await real.sign_in("guide")
    for _ in range(5):
        with pytest.raises(Refused):
            await client.sign_in(client.badge, "904172")
    with pytest.raises(Refused) as refused:
        await client.sign_in(client.badge)
    assert refused.value.code == "badge_locked"
    await real.chief.post(f"/staff/{client.id}/unlock")
    await client.sign_in(client.badge)


async def test_a_device_is_enrolled_by_its_code_and_shown(real: RealServer) -> None:
    invited = await real.chief.post("/devices/invite", kind="handheld", label="誘導3")
    client = await real.client()
    await client.enrol(invited["code"])
    (found,) = [one for one in (await real.chief.get("/devices"))["devices"] if one["label"] == "誘導3"]
    assert (found["kind"], found["by"], found["here"], found["revoked"]) == ("handheld", "s01", False, False)
    assert found["seen"] <= found["at"] + 60_000
    with pytest.raises(Refused) as refused:
        await (await real.client()).enrol(invited["code"])
    assert (refused.value.status, refused.value.code) == (410, "invitation_gone")


async def test_the_set_up_link_is_used_up(real: RealServer) -> None:
    stranger = await real.client()
    token = real.serving.said.partition("/set-up#")[2].split()[0]
    with pytest.raises(Refused) as refused:
        await stranger.post("/set-up", token=token, person="見本", pin="264813", again="264813")
    assert (refused.value.status, refused.value.code) == (410, "set_up_gone")
    assert stranger.cookies == {}


async def test_whoever_has_the_console_makes_a_chief_when_none_can_sign_in(
    redis_url: str, tmp_path: Path, prefix: str
) -> None:
    async with real_server(redis_url=redis_url, keys=tmp_path / "keys", prefix=prefix) as server:
        settings = {"REDIS_URL": redis_url, "YOBIDASHI_PREFIX": prefix, "YOBIDASHI_KEYS": str(server.keys)}
        told = await asyncio.to_thread(run, "owner-link", str(SAMPLE_FAIR), **settings)
        assert told.returncode == 0, told.stderr
        token = told.stdout.partition(f"/fairs/{server.fair}/set-up#")[2].strip()
        client = await server.client()
        made = await client.post("/set-up", token=token, person="見本 三郎", pin="264813", again="264813")
        client.csrf = made["csrf"]
        await client.sign_in(badge_in(made["badge"]))
        me = await client.get("/me")
        assert (me["id"], me["name"], me["roles"]) == ("s02", "見本 三郎", ["chief"])


async def test_every_act_is_on_record_by_ids_and_no_name_or_secret_is(real: RealServer, redis_url: str) -> None:
    badge = await real.member("guide", person="記録 テスト")
    client = await real.device(label="記録1")
    await client.sign_in_first(badge)
    await client.get("/me")
    with pytest.raises(Refused):
        await client.sign_in(badge, "904172")
    await real.chief.post(f"/staff/{badge['id']}/revoke")
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        entries = await redis.xrevrange(PeopleKeys(real.prefix, real.fair).named("audit"), count=40)
    text = "\n".join(str(values["entry"]) for _, values in entries or () if values)
    own = [line for line in text.splitlines() if badge["id"] in line]
    assert sum('"act":"revoke-staff"' in line and '"who":"s01"' in line for line in own) == 1
    assert any('"act":"sign-in"' in line and '"why":"sign_in_failed"' in line for line in own)
    assert any('"fields":["name"]' in line and f'"who":"{badge["id"]}"' in line for line in own)
    for secret in ("記録 テスト", badge["secret"], "904172", client.csrf, *client.cookies.values()):
        assert secret not in text


async def test_a_new_badge_leads_to_the_sign_in_page_with_its_secret_after_the_hash(real: RealServer) -> None:
    member = await real.member("guide")
    made = await real.chief.post(f"/staff/{member['id']}/badge")
    address, _, fragment = made["badge"].partition("#")
    assert address == f"{real.url}/sign-in"
    assert badge_in(made["badge"])["id"] == member["id"]
    assert fragment.startswith(f"{member['id']}.")
