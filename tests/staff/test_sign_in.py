"""Signing in: what lets somebody in, what everything else is told, and what each wrong try costs."""

import asyncio
import datetime as dt

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from staff_desk import PIN, Desk, shown
from yobidashi.queue.errors import Refusal
from yobidashi.staff.principal import Kind
from yobidashi.staff.roles import Role
from yobidashi.staff.sessions import LASTS_MS, REST_MS, Sessions
from yobidashi.staff.sign_in import ADDRESS_TRIES, DEVICE_TRIES, LOCKED_MS, PIN_TRIES, TRIES_MS, Shown
from yobidashi.staff.tokens import DeviceToken, digest, new_badge

WRONG = "904172"
MINUTE_MS = 60_000


@pytest_asyncio.fixture
async def device(desk: Desk) -> DeviceToken:
    """An enrolled device."""
    return await desk.device()


@pytest_asyncio.fixture
async def member(desk: Desk, device: DeviceToken) -> tuple[str, str]:
    """A receptionist who has chosen their PIN."""
    member = await desk.member(Role.RECEPTION)
    await desk.enter(member, device)
    return member


async def refused(desk: Desk, what: Shown, pin: str = PIN) -> Refusal:
    """Try to sign in, and give why not."""
    with pytest.raises(Refusal) as why:
        await desk.sign_in.sign_in(desk.slug, what, pin)
    return why.value


async def test_badge_and_pin_let_in_under_a_new_token_each_time(
    desk: Desk, device: DeviceToken, member: tuple[str, str]
) -> None:
    first = await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN)
    second = await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN, before=first.token)
    assert first.token != second.token
    assert len(second.token) == 43, "256 bits"
    assert (await desk.who(device, second.token)).staff == member[0]
    assert (await desk.who(device, first.token)).kind is Kind.DEVICE, "the one before has ended"


async def test_a_token_that_was_put_there_beforehand_is_never_the_one(
    desk: Desk, device: DeviceToken, member: tuple[str, str]
) -> None:
    planted = "A" * 43
    entered = await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN, before=planted)
    assert entered.token != planted
    assert (await desk.who(device, planted)).kind is Kind.DEVICE


async def test_a_new_badge_chooses_its_pin_once(desk: Desk, device: DeviceToken) -> None:
    member = await desk.member(Role.GUIDE)
    assert await desk.sign_in.is_first(desk.slug, shown(member, device))
    assert (await refused(desk, shown(member, device))).code == "pin_not_set"
    await desk.enter(member, device)
    assert not await desk.sign_in.is_first(desk.slug, shown(member, device))
    with pytest.raises(Refusal, match="sign_in_failed"):
        await desk.sign_in.sign_in_first(desk.slug, shown(member, device), WRONG, WRONG)
    await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN)


async def test_two_who_choose_the_pin_at_once_are_one(desk: Desk, device: DeviceToken) -> None:
    member = await desk.member(Role.GUIDE)
    pins = [f"{26481 + n}3" for n in range(4)]
    tries = [desk.sign_in.sign_in_first(desk.slug, shown(member, device), pin, pin) for pin in pins]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1


async def test_whatever_is_wrong_is_told_alike(desk: Desk, device: DeviceToken, member: tuple[str, str]) -> None:
    today = dt.datetime.now(desk.fair.timezone).date()
    day = dt.timedelta(days=1)
    early = await desk.member(Role.GUIDE, days=(today + day, today + day))
    over = await desk.member(Role.GUIDE, days=(today - 2 * day, today - day))
    lost = await desk.member(Role.GUIDE)
    await desk.register.revoke(desk.slug, lost[0])
    no_pin = [("s99", new_badge()), (member[0], new_badge()), early, over, lost]
    told = [await refused(desk, shown(badge, device)) for badge in no_pin]
    told.append(await refused(desk, shown(member, device), WRONG))
    assert {(str(one), one.status, tuple(one.detail)) for one in told} == {(str(told[0]), 403, ())}
    assert not any([await desk.sign_in.is_first(desk.slug, shown(badge, device)) for badge in no_pin])


async def test_validity_is_whole_days_of_the_fairs_zone(desk: Desk, device: DeviceToken) -> None:
    today = dt.datetime.now(desk.fair.timezone).date()
    member = await desk.member(Role.GUIDE, days=(today, today))
    token = await desk.enter(member, device)
    assert (await desk.who(device, token)).kind is Kind.STAFF
    yesterday = today - dt.timedelta(days=1)
    await desk.register.change(desk.fair, member[0], desk.profile(Role.GUIDE, days=(yesterday, yesterday)))
    assert (await desk.who(device, token)).kind is Kind.DEVICE, "what ends, ends for who is signed in as well"


async def test_wrong_pins_in_a_row_lock_the_badge_and_only_its_holder_learns_it(
    desk: Desk, device: DeviceToken, member: tuple[str, str]
) -> None:
    for _ in range(PIN_TRIES):
        assert (await refused(desk, shown(member, device), WRONG)).code == "sign_in_failed"
    locked = await refused(desk, shown(member, device))
    assert locked.code == "badge_locked"
    assert LOCKED_MS - MINUTE_MS < locked.detail["wait_s"] * 1000 <= LOCKED_MS
    assert (await refused(desk, shown((member[0], new_badge()), device))).code == "sign_in_failed"
    await desk.register.unlock(desk.slug, member[0])
    await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN)


async def test_a_right_pin_forgives_the_wrong_ones_before_it(
    desk: Desk, device: DeviceToken, member: tuple[str, str]
) -> None:
    for _ in range(2):
        for _ in range(PIN_TRIES - 1):
            await refused(desk, shown(member, device), WRONG)
        await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN)


async def test_many_tries_at_once_are_no_more_than_many_in_a_row(
    desk: Desk, device: DeviceToken, member: tuple[str, str]
) -> None:
    tries = [desk.sign_in.sign_in(desk.slug, shown(member, device), WRONG) for _ in range(DEVICE_TRIES)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    codes = [answer.code for answer in answers if isinstance(answer, Refusal)]
    assert codes.count("sign_in_failed") == PIN_TRIES
    assert codes.count("badge_locked") == DEVICE_TRIES - PIN_TRIES


async def test_a_wrong_badge_locks_nobody_out(desk: Desk, device: DeviceToken, member: tuple[str, str]) -> None:
    for _ in range(PIN_TRIES + 1):
        await refused(desk, shown((member[0], new_badge()), device))
    await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN)


async def test_a_device_has_so_many_tries(desk: Desk, device: DeviceToken, member: tuple[str, str]) -> None:
    unknown = ("s99", new_badge())
    for _ in range(DEVICE_TRIES):
        assert (await refused(desk, shown(unknown, device))).code == "sign_in_failed"
    too_often = await refused(desk, shown(member, device))
    assert too_often.code == "too_often"
    assert TRIES_MS - MINUTE_MS < too_often.detail["wait_s"] * 1000 <= TRIES_MS
    other = await desk.device(command_id="enrol-another-0123")
    await desk.sign_in.sign_in(desk.slug, shown(member, other), PIN)


async def test_an_address_has_so_many_tries_at_all_its_devices(
    desk: Desk, device: DeviceToken, member: tuple[str, str]
) -> None:
    unknown = ("s99", new_badge())
    what = [Shown(*unknown, f"{n // DEVICE_TRIES:022d}", "198.51.100.7") for n in range(ADDRESS_TRIES)]
    answers = await asyncio.gather(*(desk.sign_in.sign_in(desk.slug, one, PIN) for one in what), return_exceptions=True)
    assert {answer.code for answer in answers if isinstance(answer, Refusal)} == {"sign_in_failed"}
    assert (await refused(desk, shown(member, device, "198.51.100.7"))).code == "too_often"
    await desk.sign_in.sign_in(desk.slug, shown(member, device, "198.51.100.8"), PIN)


async def test_who_signs_in_rightly_uses_up_no_tries(desk: Desk, device: DeviceToken, member: tuple[str, str]) -> None:
    for _ in range(DEVICE_TRIES + 1):
        await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN)


async def test_a_badge_revoked_while_its_pin_is_checked_does_not_get_in(
    desk: Desk, device: DeviceToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # this PIN has its full cost: there must be time to revoke its badge
    member = await desk.member(Role.RECEPTION)
    await desk.enter(member, device)
    signing_in = asyncio.create_task(desk.sign_in.sign_in(desk.slug, shown(member, device), PIN))
    await asyncio.wait_for(_begun(desk, member), 5)
    await desk.register.revoke(desk.slug, member[0])
    with pytest.raises(Refusal, match="sign_in_failed"):
        await signing_in


async def _begun(desk: Desk, member: tuple[str, str]) -> None:
    """Wait until the try is counted: from then on the PIN is being checked."""
    while True:
        flat = await desk.store.run(desk.slug, "members-read")
        rows = dict(zip(flat[::2], flat[1::2], strict=True))
        if b'"failures":1' in rows[member[0].encode()]:
            return


async def test_a_sign_in_lasts_and_rests_for_so_long(
    desk: Desk, device: DeviceToken, member: tuple[str, str], redis_url: str
) -> None:
    entered = await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN)
    key = desk.store.keys(desk.slug).session(digest(entered.token))
    async with Redis.from_url(redis_url) as redis:
        assert REST_MS - MINUTE_MS < await redis.pttl(key) <= REST_MS
        ends = int(await redis.hget(key, "ends") or 0)
        seconds, _ = await redis.time()
        assert LASTS_MS - MINUTE_MS < ends - seconds * 1000 <= LASTS_MS + 1000
        await redis.pexpire(key, REST_MS // 2)  # nothing was heard of it for two hours
        assert (await desk.who(device, entered.token)).kind is Kind.STAFF
        assert await redis.pttl(key) > REST_MS - MINUTE_MS, "it was heard of now"
        await redis.hset(key, "ends", str(seconds * 1000))
        assert (await desk.who(device, entered.token)).kind is Kind.DEVICE


async def test_signing_out_ends_one_sign_in_or_all(desk: Desk, device: DeviceToken, member: tuple[str, str]) -> None:
    other = await desk.device(command_id="enrol-another-0123")
    here = (await desk.sign_in.sign_in(desk.slug, shown(member, device), PIN)).token
    there = (await desk.sign_in.sign_in(desk.slug, shown(member, other), PIN)).token
    sessions = Sessions(desk.store)
    await sessions.end(desk.slug, here)
    assert (await desk.who(device, here)).kind is Kind.DEVICE
    assert (await desk.who(other, there)).kind is Kind.STAFF
    await sessions.end_all_of(desk.slug, member[0])
    assert (await desk.who(other, there)).kind is Kind.DEVICE
