"""Devices: invited, enrolled once, taken out."""

import asyncio

import pytest
from redis.asyncio import Redis

from staff_desk import Desk
from yobidashi.queue.errors import Refusal
from yobidashi.staff.devices import CODE_LENGTH, ENROL_TRIES, INVITATIONS_MAX, DeviceKind

HANDHELD = DeviceKind.HANDHELD
FROM = "192.0.2.1"


async def test_of_many_who_show_one_invitation_one_gets_in(desk: Desk) -> None:
    invitation = await desk.devices.invite(desk.slug, HANDHELD, "受付1", "s01")
    tries = [desk.devices.enrol(desk.fair, invitation.token, f"enrol-{n:016d}", FROM) for n in range(12)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refusal)} == {"invitation_gone"}
    assert len(await desk.devices.all(desk.slug)) == 1


async def test_whoever_did_not_hear_the_answer_asks_again_and_gets_the_same(desk: Desk) -> None:
    invitation = await desk.devices.invite(desk.slug, HANDHELD, "受付1", "s01")
    first = await desk.devices.enrol(desk.fair, invitation.token, "enrol-0123456789", FROM)
    assert await desk.devices.enrol(desk.fair, invitation.token, "enrol-0123456789", FROM) == first
    assert len(await desk.devices.all(desk.slug)) == 1


async def test_the_code_does_what_the_token_does_and_both_are_used_up(desk: Desk) -> None:
    invitation = await desk.devices.invite(desk.slug, DeviceKind.SCREEN, "入口", "s02")
    assert len(invitation.code) == CODE_LENGTH
    _, kind, _ = await desk.devices.enrol(desk.fair, invitation.code, "enrol-0123456789", FROM)
    assert kind is DeviceKind.SCREEN
    with pytest.raises(Refusal, match="invitation_gone"):
        await desk.devices.enrol(desk.fair, invitation.token, "enrol-another-0123", FROM)
    (device,) = await desk.devices.all(desk.slug)
    assert (device.kind, device.label, device.by, device.revoked) == (DeviceKind.SCREEN, "入口", "s02", False)


async def test_neither_token_nor_code_stands_in_redis(desk: Desk, redis_url: str) -> None:
    invitation = await desk.devices.invite(desk.slug, HANDHELD, "受付1", "s01")
    device, _, _ = await desk.devices.enrol(desk.fair, invitation.token, "enrol-0123456789", FROM)
    keys = desk.store.keys(desk.slug)
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        stored = [await redis.hgetall(keys.named(name)) for name in ("invitations", "devices", "seen")]
    for secret in (invitation.token, invitation.code, device.secret):
        assert secret not in str(stored)


async def test_an_invitation_ends(desk: Desk, redis_url: str) -> None:
    invitation = await desk.devices.invite(desk.slug, HANDHELD, "受付1", "s01")
    key = desk.store.keys(desk.slug).named("invitations")
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        ((name, row),) = (await redis.hgetall(key)).items()
        await redis.hset(key, name, str(row).replace(str(invitation.until), "1"))
        with pytest.raises(Refusal, match="invitation_gone"):
            await desk.devices.enrol(desk.fair, invitation.token, "enrol-0123456789", FROM)
        await desk.devices.invite(desk.slug, HANDHELD, "受付2", "s01")
        assert await redis.hlen(key) == 1, "what has run out is forgotten"


async def test_only_so_many_invitations_are_open(desk: Desk) -> None:
    await asyncio.gather(*(desk.devices.invite(desk.slug, HANDHELD, "受付", "s01") for _ in range(INVITATIONS_MAX)))
    with pytest.raises(Refusal, match="too_many_invitations"):
        await desk.devices.invite(desk.slug, HANDHELD, "受付", "s01")


async def test_who_guesses_codes_is_stopped_and_nobody_else(desk: Desk) -> None:
    invitation = await desk.devices.invite(desk.slug, HANDHELD, "受付1", "s01")
    for n in range(ENROL_TRIES):
        with pytest.raises(Refusal, match="invitation_gone"):
            await desk.devices.enrol(desk.fair, f"GUESS{n:03d}", f"guess-{n:016d}", FROM)
    with pytest.raises(Refusal) as refused:
        await desk.devices.enrol(desk.fair, invitation.code, "enrol-0123456789", FROM)
    assert refused.value.code == "too_often"
    assert refused.value.detail["wait_s"] > 0
    await desk.devices.enrol(desk.fair, invitation.code, "enrol-0123456789", "192.0.2.2")


async def test_a_device_that_nobody_knows_cannot_be_revoked(desk: Desk) -> None:
    with pytest.raises(Refusal, match="unknown_device"):
        await desk.devices.revoke(desk.slug, "A" * 22)
