"""The register: who is in it, what a change does at once, and what cannot be done to it."""

import asyncio
import datetime as dt
import itertools
import json

import pytest
from redis.asyncio import Redis

from staff_desk import ALWAYS, PIN, Desk, shown
from yobidashi.queue.errors import Refusal
from yobidashi.staff.member import chiefs_days, profile
from yobidashi.staff.principal import Kind
from yobidashi.staff.register import MEMBERS_MAX, place
from yobidashi.staff.roles import Role
from yobidashi.staff.tokens import new_badge

NOW = round(dt.datetime(2026, 2, 14, 12, tzinfo=dt.UTC).timestamp() * 1000)


async def test_ids_are_given_in_order_and_names_are_sealed(desk: Desk, redis_url: str) -> None:
    profiles = [desk.profile(Role.GUIDE, name=f"見本 {n}郎") for n in range(12)]
    ids = await desk.register.add(desk.fair, profiles, "add-0123456789abc")
    assert ids[:2] == ["s01", "s02"]
    assert ids[-1] == "s12"
    members = await desk.register.all(desk.slug, NOW)
    assert [(member.id, member.name) for member in members] == [(f"s{n + 1:02d}", f"見本 {n}郎") for n in range(12)]
    async with Redis.from_url(redis_url) as redis:
        stored = [await redis.hgetall(desk.store.keys(desk.slug).named(name)) for name in ("records", "members")]
    assert all(place(member_id).encode() in stored[0] for member_id in ids)
    values = [bytes(value) for table in stored for value in table.values() if isinstance(value, bytes)]
    assert len(values) >= 24, "twelve rows and twelve names"
    assert not any("見本".encode() in value for value in values)


async def test_the_same_command_adds_once(desk: Desk) -> None:
    adding = [desk.register.add(desk.fair, [desk.profile(Role.GUIDE)], "add-0123456789abc") for _ in range(4)]
    assert await asyncio.gather(*adding) == [["s01"]] * 4
    assert await desk.register.ids(desk.slug) == ["s01"]


async def test_two_who_add_at_once_get_ids_of_their_own(desk: Desk) -> None:
    adding = [desk.register.add(desk.fair, [desk.profile(Role.GUIDE)], f"add-{n:016d}") for n in range(4)]
    assert sorted(itertools.chain(*await asyncio.gather(*adding))) == ["s01", "s02", "s03", "s04"]


async def test_it_is_bounded(desk: Desk) -> None:
    await desk.register.add(desk.fair, [desk.profile(Role.GUIDE)] * MEMBERS_MAX, "add-0123456789abc")
    with pytest.raises(Refusal) as refused:
        await desk.register.add(desk.fair, [desk.profile(Role.GUIDE)], "add-another-one-1")
    assert (refused.value.code, refused.value.detail) == ("staff_full", {"limit": MEMBERS_MAX})


async def test_a_new_badge_makes_the_old_one_and_its_pin_and_its_sign_ins_worthless(desk: Desk) -> None:
    device = await desk.device()
    old = await desk.member(Role.RECEPTION)
    token = await desk.enter(old, device)
    (secret,) = await desk.register.renew_badges(desk.slug, [old[0]])
    assert (await desk.who(device, token)).kind is Kind.DEVICE
    with pytest.raises(Refusal, match="sign_in_failed"):
        await desk.sign_in.sign_in(desk.slug, shown(old, device), PIN)
    assert await desk.sign_in.is_first(desk.slug, shown((old[0], secret), device))


async def test_badges_are_renewed_all_or_none(desk: Desk) -> None:
    device = await desk.device()
    member = await desk.member(Role.RECEPTION)
    with pytest.raises(Refusal, match="unknown_member"):
        await desk.register.renew_badges(desk.slug, [member[0], "s99"])
    await desk.enter(member, device)


async def test_a_revoked_member_is_out_at_once_and_comes_back_with_a_new_badge(desk: Desk) -> None:
    device = await desk.device()
    member = await desk.member(Role.FLOOR)
    token = await desk.enter(member, device)
    await desk.register.revoke(desk.slug, member[0])
    assert (await desk.who(device, token)).kind is Kind.DEVICE
    assert [found.state for found in await desk.register.all(desk.slug, NOW)] == ["revoked"]
    (secret,) = await desk.register.renew_badges(desk.slug, [member[0]])
    await desk.enter((member[0], secret), device)


async def test_other_roles_count_from_the_next_request(desk: Desk) -> None:
    device = await desk.device()
    member = await desk.member(Role.FLOOR)
    token = await desk.enter(member, device)
    await desk.register.change(desk.fair, member[0], desk.profile(Role.CONSULTANT, booth=7, name="見本 花子"))
    asked = await desk.who(device, token)
    assert (set(asked.roles), asked.booth) == ({Role.CONSULTANT}, 7)
    assert await desk.register.name(desk.slug, member[0]) == "見本 花子"


async def test_one_chief_remains(desk: Desk) -> None:
    chief, _ = await desk.member(Role.CHIEF)
    for act in (
        desk.register.revoke(desk.slug, chief),
        desk.register.change(desk.fair, chief, desk.profile(Role.FLOOR)),
    ):
        with pytest.raises(Refusal, match="last_chief"):
            await act
    other, _ = await desk.member(Role.CHIEF, Role.PRIVACY)
    await desk.register.revoke(desk.slug, chief)
    with pytest.raises(Refusal, match="last_chief"):
        await desk.register.revoke(desk.slug, other)


@pytest.mark.parametrize("act", ["revoke", "unlock"])
async def test_nobody_who_is_not_there_can_be_acted_on(desk: Desk, act: str) -> None:
    with pytest.raises(Refusal, match="unknown_member"):
        await getattr(desk.register, act)(desk.slug, "s99")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": " \u3000 "}),
        ("roles", {"roles": []}),
        ("booth", {"roles": [Role.CONSULTANT]}),
        ("booth", {"roles": [Role.ONLINE], "booth": 99}),
        ("booth", {"roles": [Role.FLOOR], "booth": 7}),
        ("last", {"first": ALWAYS[1], "last": ALWAYS[0]}),
    ],
)
async def test_what_does_not_fit_is_refused_with_its_field(desk: Desk, field: str, given: dict[str, object]) -> None:
    fits = {"name": "見本", "kana": "", "roles": [Role.GUIDE], "booth": None, "first": ALWAYS[0], "last": ALWAYS[1]}
    with pytest.raises(Refusal) as refused:
        profile(desk.fair, **(fits | given))  # type: ignore[arg-type]
    assert refused.value.detail["field"] == field


async def test_a_name_is_written_evenly(desk: Desk) -> None:
    assert desk.profile(Role.GUIDE, name="  見本　太郎  ").name == "見本 太郎"


async def test_the_first_link_is_good_once_and_only_while_nobody_is_there(desk: Desk) -> None:
    older, newer = await desk.register.invite_owner(desk.slug), await desk.register.invite_owner(desk.slug)
    assert older
    assert newer
    who = desk.profile(Role.CHIEF, name="見本 花子")
    badge = new_badge()
    with pytest.raises(Refusal, match="set_up_gone"):
        await desk.register.set_up(desk.fair, older, "set-up-0123456789", who, "hash", badge)
    first = await desk.register.set_up(desk.fair, newer, "set-up-0123456789", who, "hash", badge)
    again = await desk.register.set_up(desk.fair, newer, "set-up-0123456789", who, "hash", badge)
    assert first[:2] == again[:2], "a lost answer can be asked for again"
    with pytest.raises(Refusal, match="set_up_gone"):
        await desk.register.set_up(desk.fair, newer, "set-up-another-one", who, "hash", badge)
    assert await desk.register.ids(desk.slug) == ["s01"]
    assert await desk.register.invite_owner(desk.slug) is None
    assert (await desk.who(first[1])).kind is Kind.DEVICE


async def test_two_who_use_the_first_link_at_once_make_one_chief(desk: Desk) -> None:
    token = await desk.register.invite_owner(desk.slug)
    assert token
    who = desk.profile(Role.CHIEF)
    tries = [desk.register.set_up(desk.fair, token, f"set-up-{n:016d}", who, "hash", new_badge()) for n in range(5)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert await desk.register.ids(desk.slug) == ["s01"]


async def test_names_are_gone_with_the_vault_and_the_register_stays(desk: Desk, redis_url: str) -> None:
    device = await desk.device()
    member = await desk.member(Role.PRIVACY)
    token = await desk.enter(member, device)
    async with Redis.from_url(redis_url) as redis:
        await redis.hset(desk.store.keys(desk.slug).named("vault"), "closed", json.dumps({"why": "a test"}))
    assert [(found.id, found.name) for found in await desk.register.all(desk.slug, NOW)] == [("s01", "")]
    assert (await desk.who(device, token)).staff == "s01", "somebody must still be able to read the record of it"
    with pytest.raises(Refusal, match="vault_closed"):
        await desk.register.add(desk.fair, [desk.profile(Role.GUIDE)], "add-0123456789abc")


def test_a_place_is_named_after_its_member() -> None:
    assert place("s07") == "staff:s07"


async def test_the_first_chief_is_valid_until_the_data_must_be_gone(desk: Desk) -> None:
    first, last = chiefs_days(desk.fair)
    assert last >= (desk.fair.deletion_deadline or desk.fair.date)
    assert last - first >= dt.timedelta(days=7)
