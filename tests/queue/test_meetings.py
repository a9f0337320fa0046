"""Online booths in the queue: nobody is called to one before its meeting link was checked today; and the helper at the venue."""

from typing import Any

import pytest

from queue_rules import SLUG, command, rules
from small_fair import Fair, booth
from yobidashi.live.journal import Journal
from yobidashi.queue.commands.booths import NoteMeeting
from yobidashi.queue.events import Event
from yobidashi.queue.store import Store
from yobidashi.queue.tickets import BoothState

HOUR = 3_600_000
DAY = 24 * HOUR
JAPAN = 9 * HOUR
NOON = 1_771_038_000_000  # 2026-02-14 12:00 in Japan

ONLINE, ON_SITE, SPARE = 3, 1, 6
"""Booths of the small fair: 3 serves queue b."""


def online_rules(**changes: Any) -> dict[str, Any]:
    booths: dict[str, dict[str, Any]] = rules()["booths"]
    for number in (ONLINE, SPARE):
        booths[str(number)]["online"] = True
    return rules(booths=booths, utc_offset_ms=JAPAN, **changes)


@pytest.fixture
async def fair(store: Store, journal: Journal) -> Fair:
    await store.found(SLUG, online_rules())
    fair = Fair(store, journal)
    await fair.do("set-clock", at=NOON, rate=0)
    return fair


async def note(fair: Fair, number: int = ONLINE, command_id: str = "") -> Event:
    """What the server does when somebody sets a meeting link."""
    return await fair.store.run(SLUG, NoteMeeting(command_id=command_id or command("reset").command_id, booth=number))


async def check(fair: Fair, number: int = ONLINE) -> Event:
    return await fair.do("check-meeting", booth=number, meeting=booth(await note(fair, number)).meeting)


async def test_an_online_booth_begins_paused(fair: Fair) -> None:
    states = {number: row.state for number, row in (await fair.board()).booths.items()}
    assert {number for number, state in states.items() if state is BoothState.PAUSED} == {ONLINE, SPARE}


async def test_it_opens_and_calls_once_its_link_was_checked(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["b"])
    assert (await fair.refused("open-booth", booth=ONLINE)).code == "meeting_unchecked"
    assert (await fair.refused("check-meeting", booth=ONLINE, meeting=1)).code == "meeting_missing"
    noted = await note(fair)
    row = booth(noted)
    assert (noted.kind, row.meeting, row.checked_at) == ("meeting_set", noted.offset, None)
    assert (await fair.refused("open-booth", booth=ONLINE)).code == "meeting_unchecked"
    checked = await fair.do("check-meeting", booth=ONLINE, meeting=noted.offset)
    assert (checked.kind, booth(checked).checked_at) == ("meeting_checked", NOON)
    await fair.do("open-booth", booth=ONLINE)
    assert (await fair.do("call-next", booth=ONLINE)).kind == "called"
    assert await fair.folded() == await fair.board()


async def test_a_new_link_has_to_be_checked_anew(fair: Fair) -> None:
    for _ in range(2):
        await fair.do("issue", size=1, queues=["b"])
    await check(fair)
    await fair.do("open-booth", booth=ONLINE)
    await fair.do("call-next", booth=ONLINE)
    first = (await fair.board()).booths[ONLINE].meeting
    second = await note(fair)  # in the middle of a talk: the old one has failed
    await fair.do("start", booth=ONLINE)
    assert (await fair.refused("call-next", booth=ONLINE, finish=True)).code == "meeting_unchecked"
    assert (await fair.refused("check-meeting", booth=ONLINE, meeting=first)).code == "meeting_changed"
    await fair.do("check-meeting", booth=ONLINE, meeting=second.offset)
    await fair.do("call-next", booth=ONLINE, finish=True)


async def test_a_chosen_number_is_not_called_either(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["b"])
    await check(fair)
    await fair.do("open-booth", booth=ONLINE)
    await note(fair)
    assert (await fair.refused("call", booth=ONLINE, number="1")).code == "meeting_unchecked"


async def test_a_check_holds_for_its_day(fair: Fair) -> None:
    await fair.do("issue", size=1, queues=["b"])
    await check(fair)
    await fair.do("open-booth", booth=ONLINE)
    await fair.do("set-clock", at=NOON + 12 * HOUR - 1, rate=0)  # the last moment before midnight in Japan
    event = await fair.do("call-next", booth=ONLINE)
    await fair.do("undo", offset=event.offset)
    await fair.do("set-clock", at=NOON + 12 * HOUR, rate=0)
    assert (await fair.refused("call-next", booth=ONLINE)).code == "meeting_unchecked"
    await fair.do("pause-booth", booth=ONLINE)
    assert (await fair.refused("open-booth", booth=ONLINE)).code == "meeting_unchecked"


async def test_an_online_spare_opens_when_it_was_checked(fair: Fair) -> None:
    assigned = await fair.do("assign-booth", booth=SPARE, queue="b")
    assert booth(assigned).state is BoothState.PAUSED
    await check(fair, SPARE)
    await fair.do("open-booth", booth=SPARE)
    await fair.do("assign-booth", booth=SPARE)
    assert booth(await fair.do("assign-booth", booth=SPARE, queue="b")).state is BoothState.OPEN


async def test_a_booth_on_site_has_no_meeting(fair: Fair) -> None:
    assert (await fair.refused("check-meeting", booth=ON_SITE, meeting=1)).code == "not_online"
    with pytest.raises(Exception, match="not_online"):
        await note(fair, ON_SITE)


async def test_a_check_can_be_taken_back_but_not_a_new_link(fair: Fair) -> None:
    checked = await check(fair)
    await fair.do("undo", offset=checked.offset)
    board = await fair.board()
    assert (board.booths[ONLINE].checked_at, board.booths[ONLINE].meeting) == (None, checked.offset - 1)
    assert (await fair.refused("undo", offset=checked.offset - 1)).code == "undo_too_late"


async def test_setting_it_twice_with_one_id_sets_it_once(fair: Fair) -> None:
    same = command("reset").command_id
    assert await note(fair, command_id=same) == await note(fair, command_id=same)


async def test_a_booth_that_is_online_from_today_calls_nobody_unchecked(store: Store, journal: Journal) -> None:
    await store.found(SLUG, rules())
    fair = Fair(store, journal)
    await fair.do("issue", size=1, queues=["b"])
    await store.found(SLUG, online_rules())  # the file has changed, and the booth stands open
    assert (await fair.refused("call-next", booth=ONLINE)).code == "meeting_unchecked"


async def test_the_helper_is_called_and_comes(fair: Fair) -> None:
    assert (await fair.refused("helper-came", booth=ONLINE)).code == "helper_unchanged"
    asked = await fair.do("ask-helper", booth=ONLINE)
    assert (asked.kind, booth(asked).helper_at) == ("helper_asked", NOON)
    assert (await fair.refused("ask-helper", booth=ONLINE)).code == "helper_unchanged"
    came = await fair.do("helper-came", booth=ONLINE)
    assert (came.kind, booth(came).helper_at) == ("helper_came", None)
    assert (await fair.do("ask-helper", booth=ON_SITE)).kind == "helper_asked"
