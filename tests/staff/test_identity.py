"""Who asks: cookies, and nothing but the right ones together."""

import pytest

from staff_desk import Desk
from yobidashi.staff.devices import DeviceKind
from yobidashi.staff.principal import PUBLIC, Kind
from yobidashi.staff.roles import Role
from yobidashi.staff.tokens import DeviceToken, csrf_of, device_cookie, session_cookie


async def test_without_cookies_nobody_asks(desk: Desk) -> None:
    assert await desk.who() == PUBLIC


async def test_a_device_a_screen_and_a_member_are_each_what_they_are(desk: Desk) -> None:
    device = await desk.device()
    screen = await desk.device(DeviceKind.SCREEN, command_id="enrol-screen-01234")
    token = await desk.enter(await desk.member(Role.CONSULTANT, Role.GUIDE, booth=7), device)

    assert (await desk.who(device)).kind is Kind.DEVICE
    assert (await desk.who(screen)).kind is Kind.SCREEN
    member = await desk.who(device, token)
    assert (member.kind, member.staff, member.device, member.booth) == (Kind.STAFF, "s01", device.id, 7)
    assert member.roles == {Role.CONSULTANT, Role.GUIDE}
    assert member.csrf == csrf_of(token)
    assert (await desk.who(device)).csrf == csrf_of(device.secret) != member.csrf


async def test_a_stolen_sign_in_is_worth_nothing_at_another_device(desk: Desk) -> None:
    device, other = await desk.device(), await desk.device(command_id="enrol-another-0123")
    token = await desk.enter(await desk.member(Role.CHIEF), device)
    assert await desk.who(session=token) == PUBLIC
    assert (await desk.who(other, token)).kind is Kind.DEVICE
    assert (await desk.who(device, token)).kind is Kind.STAFF, "its own device still has it"


async def test_a_stolen_device_is_nobody_without_its_secret(desk: Desk) -> None:
    device = await desk.device()
    assert await desk.who(DeviceToken(device.id, "A" * 22)) == PUBLIC
    assert await desk.who(DeviceToken("A" * 22, device.secret)) == PUBLIC


async def test_a_revoked_device_takes_whoever_is_signed_in_with_it(desk: Desk) -> None:
    device = await desk.device()
    token = await desk.enter(await desk.member(Role.CHIEF), device)
    await desk.devices.revoke(desk.slug, device.id)
    assert await desk.who(device, token) == PUBLIC


@pytest.mark.parametrize(
    "junk",
    ["", ".", "a.b", "A" * 22, "A" * 22 + "." + "A" * 5_000, "A" * 22 + ".\r\n" + "A" * 22, "あ" * 22 + "." + "A" * 22],
)
async def test_junk_in_a_cookie_is_nobody(desk: Desk, junk: str) -> None:
    cookies = {device_cookie(desk.slug): junk, session_cookie(desk.slug): junk}
    assert await desk.identity(desk.slug, cookies) == PUBLIC


async def test_a_booth_that_the_fair_no_longer_has_is_nobodys(desk: Desk) -> None:
    device = await desk.device()
    member = await desk.member(Role.CONSULTANT, booth=30)
    token = await desk.enter(member, device)
    fewer = desk.fair.model_copy(update={"booths": desk.fair.booths[:-1]})
    desk.identity._fairs = {desk.slug: fewer}
    assert (await desk.who(device, token)).booth is None
