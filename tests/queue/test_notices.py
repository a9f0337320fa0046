"""Announcements on a real Redis: in force for their minutes or until they are ended, and few at once."""

from typing import Any

import pytest
from pydantic import ValidationError

from queue_rules import command
from small_fair import Cards, Fair
from yobidashi.queue.events import Event
from yobidashi.queue.keys import NOTICES_AT_ONCE, NOTICES_MAX
from yobidashi.queue.rows import Notice

AT = 1_000_000_000
MINUTE = 60_000


def notice(event: Event) -> Notice:
    row = event.changes["notices"][0]
    assert isinstance(row, Notice)
    return row


async def test_a_notice_is_in_force_for_its_minutes(fair: Fair) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    event = await fair.do("announce", ja="まもなく閉場します", en="We close soon", minutes=5)
    assert (event.kind, list(event.changes)) == ("announced", ["notices"])
    made = notice(event)
    assert (made.ja, made.en, made.at, made.until) == ("まもなく閉場します", "We close soon", AT, AT + 5 * MINUTE)
    board = await fair.board()
    assert board.notices_now(AT + 5 * MINUTE - 1) == [made]
    assert board.notices_now(AT + 5 * MINUTE) == []
    assert await fair.folded() == board


async def test_without_minutes_it_is_in_force_until_it_is_ended(fair: Fair) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    made = notice(await fair.do("announce", ja="ただいま満席です"))
    assert (made.en, made.until) == (None, None)
    await fair.do("set-clock", at=AT + 90 * MINUTE, rate=0)
    ended = await fair.do("end-notice", notice=made.id)
    assert (ended.kind, notice(ended).until) == ("notice_ended", ended.at)
    assert (await fair.board()).notices_now(ended.at) == []
    assert (await fair.refused("end-notice", notice=made.id)).code == "notice_over"
    assert (await fair.refused("end-notice", notice=9)).code == "unknown_notice"


async def test_few_are_in_force_at_once(fair: Fair) -> None:
    await fair.do("set-clock", at=AT, rate=0)
    for number in range(NOTICES_AT_ONCE):
        await fair.do("announce", ja=f"お知らせ{number}", minutes=1 + number)
    refusal = await fair.refused("announce", ja="もう一つ")
    assert (refusal.code, refusal.detail["limit"]) == ("too_many_notices", NOTICES_AT_ONCE)
    await fair.do("set-clock", at=AT + MINUTE, rate=0)
    await fair.do("announce", ja="もう一つ")
    assert [n.id for n in (await fair.board()).notices_now(AT + MINUTE)] == [2, 3, 4]


async def test_both_acts_can_be_taken_back(fair: Fair) -> None:
    announced = await fair.do("announce", ja="お知らせ")
    undone = await fair.do("undo", offset=announced.offset)
    assert notice(undone).until == undone.at
    made = notice(await fair.do("announce", ja="お知らせ"))
    ended = await fair.do("end-notice", notice=made.id)
    await fair.do("undo", offset=ended.offset)
    board = await fair.board()
    assert board.notices[made.id].until is None
    assert await fair.folded() == board


async def test_a_fair_takes_so_many_notices(fair: Fair, cards: Cards) -> None:
    cards.redis.hset(cards.keys.meta, "notices", NOTICES_MAX)
    assert (await fair.refused("announce", ja="お知らせ")).code == "fair_full"


@pytest.mark.parametrize(
    "arguments",
    [
        {"ja": ""},
        {"ja": " 　"},
        {"ja": "あ" * 61},
        {"ja": "上\n下"},
        {"ja": "お知らせ", "en": ""},
        {"ja": "お知らせ", "en": "x" * 121},
        {"ja": "お知らせ", "minutes": 0},
        {"ja": "お知らせ", "minutes": 241},
    ],
)
def test_a_notice_is_one_line_that_fits_a_screen(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        command("announce", **arguments)
